"""Films beside each other: captions burned, soft or none, other shapes, one sound; and what goes wrong."""

from __future__ import annotations

import stat
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile

from storyboard.schema.board import Storyboard
from storyboard.schema.errors import Cancelled, MediaError
from storyboard.sync import ffmpeg
from storyboard.sync.assemble import Film, assemble, films_of
from storyboard.sync.assemble.encoder import Encoder
from storyboard.sync.assemble.sound import encode_sound
from storyboard.sync.assemble.subtitles import language_code

SIZE, TALL, SQUARE = (128, 72), (72, 128), (72, 72)


@pytest.fixture(scope="module")
def folder(material: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write five films in one run."""
    folder = tmp_path_factory.mktemp("films")
    assemble(
        material.timeline,
        material.clips,
        material.song,
        [
            Film(folder / "burned.mp4", SIZE, burned=material.captions),
            Film(folder / "clean.mp4", SIZE),
            Film(folder / "soft.mp4", SIZE, soft=material.subtitles, language="pt-BR"),
            Film(folder / "tall.mp4", TALL),
            Film(folder / "square.mp4", SQUARE),
        ],
        material.look,
        focus=[(0.9, 0.5)] * 4 + [(0.1, 0.5)],
    )
    return folder


def test_nothing_but_the_films_is_left(folder: Path) -> None:
    assert {path.stem for path in folder.iterdir()} == {"burned", "clean", "soft", "tall", "square"}


def test_burned_captions_are_seen_while_they_last_and_only_low(folder: Path, material: Any) -> None:
    burned, clean = material.see(folder / "burned.mp4"), material.see(folder / "clean.mp4")
    changed = [np.abs(a - b) > 60 for a, b in zip(burned.lumas, clean.lumas, strict=True)]
    shown = [frame for frame, each in enumerate(changed) if each.any()]
    lines = [n for n in range(120) if 0.2 <= n / 24 < 1.8 or 2.9 <= n / 24 < 3.7]
    assert set(shown) <= set(lines) and len(shown) > 0.9 * len(lines)
    rows = np.flatnonzero(np.logical_or.reduce(changed).any(axis=1))
    assert rows.min() > 0.7 * SIZE[1]


def test_the_clean_film_is_the_one_without_captions(folder: Path, material: Any, tmp_path: Path) -> None:
    material.make(Film(tmp_path / "alone.mp4", SIZE))
    for kind in ("video", "audio"):
        alone = material.packets(tmp_path / "alone.mp4", kind)
        assert alone == material.packets(folder / "clean.mp4", kind)


def test_soft_captions_are_a_track_with_the_lines_at_their_times(folder: Path) -> None:
    with av.open(str(folder / "soft.mp4")) as container:
        (track,) = container.streams.subtitles
        assert (track.codec_context.name, track.language) == ("mov_text", "por")
        assert track.disposition.value & av.stream.Disposition.default.value
        seen = [
            (packet.pts * packet.time_base, packet.duration * packet.time_base, bytes(packet)[2:])
            for packet in container.demux(track)
            if packet.size and len(bytes(packet)) > 2
        ]
    assert [text.decode() for _, _, text in seen] == ["Snow falls", "again"]
    assert [float(start) for start, _, _ in seen] == pytest.approx([0.2, 2.9], abs=0.001)
    assert [float(lasts) for _, lasts, _ in seen] == pytest.approx([1.6, 0.8], abs=0.001)


def test_soft_captions_leave_the_picture_as_the_clean_film_has_it(folder: Path, material: Any) -> None:
    soft = material.packets(folder / "soft.mp4", "video")
    assert soft == material.packets(folder / "clean.mp4", "video")
    assert material.packets(folder / "clean.mp4", "subtitle") == []


def test_a_song_without_lines_has_no_track(material: Any, tmp_path: Path) -> None:
    (tmp_path / "lyrics.srt").write_text("")
    material.make(Film(tmp_path / "video.mp4", SIZE, soft=tmp_path / "lyrics.srt"))
    assert material.packets(tmp_path / "video.mp4", "subtitle") == []


@pytest.mark.parametrize(
    ("language", "code"), [("en", "eng"), ("zh-Hant", "zho"), ("yue", "yue"), ("xx", "und")]
)
def test_mp4_knows_languages_by_three_letters(language: str, code: str) -> None:
    assert language_code(language) == code


@pytest.mark.parametrize(("name", "size"), [("tall", TALL), ("square", SQUARE)])
def test_other_shapes_show_the_same_frames_about_the_focus(
    folder: Path, material: Any, name: str, size: tuple[int, int]
) -> None:
    lumas = material.see(folder / f"{name}.mp4").lumas
    assert len(lumas) == material.timeline.n_frames
    assert {luma.shape for luma in lumas} == {size[::-1]}
    right = [frame for frame in range(120) if (lumas[frame][:20] > 200).any()]
    assert right[:36] == list(range(36)), "the bar on the right is kept"
    assert not set(right) & set(range(76, 112)), "the focus of the last shot is on the left"


def test_other_shapes_have_the_same_transitions_and_accents(folder: Path, material: Any) -> None:
    grounds = [float(luma[:20, :10].mean()) for luma in material.see(folder / "square.mp4").lumas]
    assert [grounds[32 + k] for k in range(8)] == pytest.approx(
        [60 + 90 * (k + 1) / 9 for k in range(8)], abs=2
    )
    assert min(range(120), key=lambda frame: grounds[frame]) == 72
    assert max(range(76, 120), key=lambda frame: grounds[frame]) == 112


def test_all_films_carry_the_same_sound(folder: Path, material: Any) -> None:
    sounds = [material.packets(path, "audio") for path in sorted(folder.iterdir())]
    assert len(sounds) == 5 and sounds[0]
    assert all(before == after for before, after in pairwise(sounds))
    for path in folder.iterdir():
        with av.open(str(path)) as container:
            assert {
                stream.duration * stream.time_base
                for stream in container.streams
                if stream.type != "subtitle"
            } == {5}


def test_the_sound_is_the_master(folder: Path, material: Any) -> None:
    with av.open(str(folder / "burned.mp4")) as container:
        assert container.streams.audio[0].rate == 48_000
        resampler = av.AudioResampler("fltp", "stereo", 44_100)
        parts = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    heard = np.concatenate([part.to_ndarray() for part in parts], axis=1)
    master = soundfile.read(material.song, always_2d=True)[0].T[:, : 5 * 44_100 - 2000]
    error = heard[:, : master.shape[1]] - master
    assert np.sqrt((error**2).mean() / (master**2).mean()) < 0.02


@pytest.mark.parametrize("song_s", [4.985, 5.0, 5.015])
def test_the_sound_lasts_as_long_as_the_picture(material: Any, tmp_path: Path, song_s: float) -> None:
    samples, rate_hz = soundfile.read(material.song, always_2d=True)
    samples = np.pad(samples, ((0, rate_hz), (0, 0)))[: round(song_s * rate_hz)]
    soundfile.write(tmp_path / "mix.wav", samples, rate_hz)
    encode_sound(tmp_path / "mix.wav", 120, 24, tmp_path / "sound.mp4")
    with av.open(str(tmp_path / "sound.mp4")) as container:
        (sound,) = container.streams
        assert sound.duration * sound.time_base == 5


# What a storyboard asks for


def board_with(board_data: dict[str, Any], **output: Any) -> Storyboard:
    return Storyboard.model_validate(board_data | {"output": output, "language": "fr"})


def test_a_storyboard_gets_one_film_with_captions_unless_it_asks_for_more(
    board_data: dict[str, Any], tmp_path: Path
) -> None:
    (film,) = films_of(board_with(board_data), tmp_path)
    assert film == Film(tmp_path / "video.mp4", (1280, 720), burned=tmp_path / "burned.ass", language="fr")


def test_a_storyboard_gets_the_shapes_it_asks_for_each_with_captions_of_its_own(
    board_data: dict[str, Any], tmp_path: Path
) -> None:
    films = films_of(board_with(board_data, clean=True, also=["9:16", "16:9"]), tmp_path)
    assert [film.out.name for film in films] == ["video.mp4", "video-clean.mp4", "video-9x16.mp4"]
    assert [film.size for film in films] == [(1280, 720), (1280, 720), (720, 1280)]
    assert [film.burned and film.burned.name for film in films] == ["burned.ass", None, "burned-9x16.ass"]


@pytest.mark.parametrize(("kind", "soft"), [("soft", "lyrics.srt"), ("none", None)])
def test_without_titles_captions_that_are_not_burned_leave_every_picture_clean(
    board_data: dict[str, Any], tmp_path: Path, kind: str, soft: str | None
) -> None:
    films = films_of(board_with(board_data, captions=kind, titles=False, also=["1:1"]), tmp_path)
    assert [film.burned for film in films] == [None, None]
    assert [film.soft and film.soft.name for film in films] == [soft, soft]


def test_titles_are_burned_also_where_captions_are_not(board_data: dict[str, Any], tmp_path: Path) -> None:
    films = films_of(board_with(board_data, captions="soft", clean=True), tmp_path)
    assert [film.burned and film.burned.name for film in films] == ["burned.ass", None]


# What goes wrong


def test_a_full_disk_says_so(material: Any, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    encode_sound(material.song, 120, 24, tmp_path / "sound.mp4")
    (tmp_path / "video.mp4").symlink_to("/dev/full")
    film = Film(tmp_path / "video.mp4", SIZE)
    planes = np.full((108, 128), 90, np.uint8)
    with (
        pytest.raises(MediaError, match=r"video\.mp4: ffmpeg failed: .*No space left on device"),
        Encoder([film], tmp_path / "sound.mp4", 24, tmp_path) as encoder,
    ):
        for _ in range(120):
            encoder.write(planes)


def test_an_encoder_that_dies_is_an_error_and_leaves_nothing(
    material: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Put a script in ffmpeg's place that kills itself while it reads pictures."""
    dying = tmp_path / "ffmpeg"
    dying.write_text(
        f'#!/bin/sh\ncase "$*" in *pipe:0*) head -c 50000 >/dev/null; kill -9 $$;; esac\n'
        f'exec "{ffmpeg.program()}" "$@"\n'
    )
    dying.chmod(dying.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(ffmpeg, "program", lambda: str(dying))
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(MediaError, match=r"(video|tall)\.mp4: ffmpeg failed: it ended with code -9"):
        material.make(Film(out / "video.mp4", SIZE), Film(out / "tall.mp4", TALL))
    assert list(out.iterdir()) == []


def test_a_stopped_run_leaves_no_file_and_no_process(
    material: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            started.append(self)

    def stop(fraction: float) -> None:
        if fraction > 0.3:
            raise Cancelled("stop")

    monkeypatch.setattr(subprocess, "Popen", Noted)
    with pytest.raises(Cancelled):
        films = [Film(tmp_path / "video.mp4", SIZE), Film(tmp_path / "tall.mp4", TALL)]
        assemble(material.timeline, material.clips, material.song, films, material.look, progress=stop)
    assert list(tmp_path.iterdir()) == []
    encoders = [process for process in started if "pipe:0" in process.args]
    assert len(encoders) == 2 and all(process.returncode for process in encoders), "both were ended"


def test_a_film_there_is_stays_until_the_new_one_is_whole(material: Any, tmp_path: Path) -> None:
    (tmp_path / "video.mp4").write_bytes(b"the film of yesterday")
    (tmp_path / "mix.wav").write_bytes(b"RIFF....")
    with pytest.raises(MediaError, match="ffmpeg failed"):
        assemble(
            material.timeline,
            material.clips,
            tmp_path / "mix.wav",
            [Film(tmp_path / "video.mp4", SIZE)],
            material.look,
        )
    assert (tmp_path / "video.mp4").read_bytes() == b"the film of yesterday"


def test_a_folder_that_cannot_be_written_is_named(material: Any, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"nowhere: cannot be written \(No such file or directory\)"):
        material.make(Film(tmp_path / "nowhere" / "video.mp4", SIZE))
