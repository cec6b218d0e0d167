"""Listening takes what is known as it is, hears the rest, and its maps can be cut whatever they lack."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from storyboard.schema.board import Storyboard
from storyboard.schema.errors import MediaError
from storyboard.schema.timeline import SongMap, Span, Timeline, Word
from storyboard.sync.align import LyricLine
from storyboard.sync.beats import track
from storyboard.sync.listen import listen
from storyboard.sync.plan import plan_cuts

NOTHING: dict[str, Any] = {"beats_s": [], "downbeats_s": [], "sections": [], "words": [], "beats_per_bar": 4}


def clicks(duration_s: float, interval_s: float, rate_hz: int = 22_050) -> np.ndarray:
    """Return a click train with an accent on every fourth click."""
    samples = np.zeros(round(duration_s * rate_hz), np.float32)
    burst = np.exp(-np.arange(600) / 90) * np.sin(np.arange(600))
    for number, start_s in enumerate(np.arange(0.2, duration_s - 0.1, interval_s)):
        start = round(start_s * rate_hz)
        samples[start : start + 600] += burst * (1.0 if number % 4 == 0 else 0.35)
    return samples


@pytest.mark.parametrize("interval_s", [0.5, 0.6, 0.8])
def test_beats_are_tracked_where_nobody_knows_them(interval_s: float) -> None:
    truth = np.arange(0.2, 29.9, interval_s)
    heard = track(clicks(30, interval_s), 22_050)
    assert heard is not None
    beats, downbeats = heard.beats_s, heard.downbeats_s
    errors = [np.abs(truth - beat).min() for beat in beats]
    assert np.median(errors) < 0.03
    assert len(beats) == pytest.approx(len(truth), abs=3)
    accents = truth[::4]
    assert np.median([np.abs(accents - beat).min() for beat in downbeats]) < 0.03


def drone() -> np.ndarray:
    time_s = np.arange(30 * 22_050) / 22_050
    return np.asarray(0.1 * (np.sin(2 * np.pi * 110 * time_s) + np.sin(2 * np.pi * 165 * time_s)), np.float32)


def scattered() -> np.ndarray:
    """Return strokes at random times, as speech and rain have them."""
    rng = np.random.default_rng(4)
    samples = 1e-3 * rng.standard_normal(30 * 22_050)
    for start in np.cumsum(rng.exponential(0.35, 70) + 0.06):
        at = round(start * 22_050)
        if at + 900 < len(samples):
            samples[at : at + 900] += 0.5 * rng.standard_normal(900) * np.exp(-np.arange(900) / 150)
    return samples.astype(np.float32)


def noise() -> np.ndarray:
    return np.random.default_rng(1).normal(0, 0.1, 30 * 22_050).astype(np.float32)


@pytest.mark.parametrize("sound", [drone, scattered, noise])
def test_no_beats_are_made_up_where_there_is_no_pulse(sound: Callable[[], np.ndarray]) -> None:
    assert track(sound(), 22_050) is None


def test_a_known_grid_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mix.wav"
    level = np.repeat([0.02, 0.02, 0.5, 0.5], 8000)
    soundfile.write(path, level * np.sin(np.arange(32_000) / 5), 8000)
    word = Word(text="la", start_s=0.5, end_s=0.9, section=0, line=0)
    song_map = listen(
        path, beats_s=[0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4.5], downbeats_s=[0, 1, 2, 3],
        sections=[Span(label="verse", start_s=0, end_s=4)], words=[word],
        beats_per_bar=2, lines=[LyricLine((0, 0), "la la")],
    )  # fmt: skip
    assert song_map.duration_s == 4
    assert song_map.beats_s[-1] == 3.5, "a beat after the end is no beat"
    assert song_map.words == [word]
    assert [span.label for span in song_map.sections] == ["verse"]
    assert (song_map.beats_per_bar, song_map.grid_confidence, song_map.words_from) == (2, 1.0, "singer")
    assert song_map.tempo_bpm == pytest.approx(120) and song_map.is_steady and song_map.keeps_metre
    assert song_map.phrase_ends_s == [0.9]
    assert song_map.energy[0] == song_map.energy[1] < song_map.energy[2] == song_map.energy[3] == 1


def test_silence_and_broken_files(tmp_path: Path) -> None:
    path = tmp_path / "mix.wav"
    soundfile.write(path, np.zeros(8000), 8000)
    silent = listen(path, **{**NOTHING, "beats_s": [0.0], "downbeats_s": [0.0]})
    assert silent.energy == [0.5]
    unheard = listen(path, **NOTHING)
    assert unheard.beats_s == unheard.phrase_ends_s == []
    assert (unheard.tempo_bpm, unheard.beats_per_bar, unheard.grid_confidence) == (None, None, 0)
    path.write_bytes(b"nothing")
    with pytest.raises(MediaError, match=r"mix\.wav: cannot be read as sound"):
        listen(path, **NOTHING)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[Word], Storyboard]:
    """Return a song as a stranger would send it: mix, voice, the truth about its words, and its board."""
    from storyboard.generators.music.band import Band
    from storyboard.generators.seams import SongRequest
    from storyboard.generators.voice.singer import Singer

    board = silent_board(lines=True)
    folder = tmp_path_factory.mktemp("recording")
    request = SongRequest(song=board.song, seed=1)
    words = Singer().sing(request, folder / "voice.wav", lambda _: None).words
    Band().play(request, folder / "band.wav", lambda _: None)
    voice, rate_hz = soundfile.read(folder / "voice.wav", always_2d=True)
    band, _ = soundfile.read(folder / "band.wav", always_2d=True)
    length = min(len(voice), len(band))
    mix = voice[:length] / np.abs(voice).max() + 0.7 * band[:length] / np.abs(band).max()
    soundfile.write(folder / "mix.wav", 0.5 * mix, rate_hz)
    return folder / "mix.wav", folder / "voice.wav", words, board


def silent_board(*, lines: bool = False, n_scenes: int = 3) -> Storyboard:
    """Return a board; without lines its scenes carry none."""
    sung = [["I saw your name light up my phone tonight"], ["Every little heart is breaking mine"]]
    sections: list[dict[str, Any]] = [{"kind": "intro", "bars": 4}]
    sections += [
        {"kind": kind, "lines": text} for kind, text in zip(("verse", "chorus"), sung, strict=True) if lines
    ]
    refs = [[[1, 0]], [[2, 0]]] if lines else [[] for _ in range(n_scenes)]
    return Storyboard.model_validate(
        {
            "schema": "storyboard/1",
            "topic": "rain",
            "song": {
                "title": "Rain",
                "genre": "pop",
                "tempo_bpm": 110,
                "key": "G major",
                "sections": [*sections, {"kind": "outro", "bars": 4}],
            },
            "story": {"summary": "It rains."},
            "cast": [
                {
                    "name": "Ida",
                    "gender": "woman",
                    "age": 31,
                    "hair": {"color": "red", "length": "long"},
                    "eyes": "brown",
                    "clothing": [{"item": "coat", "color": "red", "material": "wool"}],
                }
            ],
            "scenes": [
                {"id": f"scene-{n}", "title": f"Scene {n}", "setting": "a street", "lines": ref}
                for n, ref in enumerate(refs)
            ],
        }
    )


def assert_film(timeline: Timeline, board: Storyboard) -> None:
    """Every scene is seen, in order, and no shot is shorter than half a second or longer than 20 s."""
    ids = [scene.id for scene in board.scenes]
    order = [ids.index(shot.scene) for shot in timeline.shots]
    assert order == sorted(order) and set(order) == set(range(len(ids)))
    lengths = [shot.n_frames / timeline.fps for shot in timeline.shots]
    assert 0.5 <= min(lengths) and max(lengths) <= 20


def test_a_strangers_song_is_heard_with_its_lyrics(
    recording: tuple[Path, Path, list[Word], Storyboard],
) -> None:
    mix, voice, truth, board = recording
    told: list[float] = []
    lines = [LyricLine(ref, board.song.line(ref)) for ref in board.song.line_refs()]
    labels = [section.kind for section in board.song.sections]
    heard = listen(mix, **NOTHING, vocals=voice, lines=lines, song_sections=labels, on_fraction=told.append)
    assert [word.text for word in heard.words] == [word.text for word in truth]
    # The singer counts from a word's first sound, listeners from its vowel: later by one constant.
    late = np.array([w.start_s - real.start_s for w, real in zip(heard.words, truth, strict=True)])
    assert 0 < np.median(late) < 0.1
    assert np.median(np.abs(late - np.median(late))) < 0.04
    sung = [span.label for span in heard.sections if span.label in ("verse", "chorus")]
    assert sung == ["verse", "chorus"]
    assert heard.sections[0].start_s == 0 and heard.sections[-1].end_s == pytest.approx(heard.duration_s)
    assert all(before.end_s == after.start_s for before, after in pairwise(heard.sections))
    assert np.median(np.diff(heard.beats_s)) == pytest.approx(60 / 110, rel=0.03)
    assert len(heard.energy) == len(heard.downbeats_s)
    assert told == sorted(told) and told[-1] == 1.0
    assert_film(plan_cuts(heard, board), board)


def test_lines_of_another_recording_are_not_sung(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "mix.wav", clicks(10, 0.5), 22_050)
    lines = [LyricLine((0, 0), "la la", words_s=(1.0, 2.0)), LyricLine((0, 1), "oh no", words_s=(11.0, 12.0))]
    heard = listen(tmp_path / "mix.wav", **NOTHING, lines=lines)
    assert [word.text for word in heard.words] == ["la", "la"]
    assert heard.unsung == [(0, 1)] and heard.words_from == "times"
    assert heard.phrase_ends_s and heard.tempo_bpm == pytest.approx(120, rel=0.02)


@pytest.mark.parametrize("n_scenes", [1, 6])
def test_an_instrumental_is_cut_on_its_bars(
    recording: tuple[Path, Path, list[Word], Storyboard], n_scenes: int
) -> None:
    heard = listen(recording[0], **NOTHING)
    assert heard.words == [] and heard.beats_s
    board = silent_board(n_scenes=n_scenes)
    assert_film(plan_cuts(heard, board), board)


@pytest.mark.parametrize("sound", [drone, scattered, noise])
@pytest.mark.parametrize("n_scenes", [1, 6])
def test_a_song_without_a_grid_is_cut_all_the_same(
    tmp_path: Path, sound: Callable[[], np.ndarray], n_scenes: int
) -> None:
    soundfile.write(tmp_path / "mix.wav", sound(), 22_050)
    heard = listen(tmp_path / "mix.wav", **NOTHING)
    assert heard.beats_s == heard.energy == []
    board = silent_board(n_scenes=n_scenes)
    assert_film(plan_cuts(heard, board), board)


@pytest.mark.parametrize("n_scenes", [1, 3, 24])
@pytest.mark.parametrize("duration_s", [8.0, 61.7, 1200.0])
def test_a_map_of_nothing_but_a_length_can_be_planned(n_scenes: int, duration_s: float) -> None:
    board = silent_board(n_scenes=n_scenes)
    timeline = plan_cuts(SongMap(duration_s=duration_s), board)
    assert [shot.scene for shot in timeline.shots][-1] == board.scenes[-1].id
