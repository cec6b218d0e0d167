"""espeak talks on the beat in any of its languages, and tells exactly when every word sounds."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from storyboard.generators.score import score_of
from storyboard.generators.seams import SongRequest, VoiceTake
from storyboard.generators.testing import check_voice
from storyboard.generators.voice.espeak import Espeak
from storyboard.generators.voice.espeak.flow import laid
from storyboard.generators.voice.espeak.speaker import Phoneme, Speech, speaker
from storyboard.generators.voice.espeak.words import words_of
from storyboard.schema.errors import GeneratorUnavailable, InputError
from storyboard.schema.progress import ignore
from storyboard.schema.song import Song

pytest.importorskip("espeakng_loader")

BEAT_S = 0.5


def request_for(
    *lines: str, language: str = "en", voice: str = "female", **parameters: object
) -> SongRequest:
    sections = [{"kind": "intro"}, {"kind": "verse", "lines": list(lines)}]
    song = Song(title="Rain", genre="pop", tempo_bpm=120, key="C major", sections=sections)
    song.vocals.voice = voice
    return SongRequest(song=song, seed=3, language=language, parameters=parameters)


def sing(request: SongRequest, out: Path, model: str = "") -> VoiceTake:
    return Espeak(model).sing(request, out, ignore)


LINES = (
    "I met my ex on TikTok, out of the blue",
    "Rain on the window — nothing to do",
    "... and it's 1984 again!",
    "Scroll me away, scroll me a way back home to everything that we used to know and then some more of it",
    "Hold me",
)


def test_it_conforms(tmp_path: Path) -> None:
    check_voice(Espeak(), request_for(*LINES), tmp_path)


def test_the_same_request_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.wav", "two.wav"):
        sing(request_for(*LINES[:2]), tmp_path / name)
    assert (tmp_path / "one.wav").read_bytes() == (tmp_path / "two.wav").read_bytes()


def test_every_line_starts_on_the_first_beat_of_its_slot(tmp_path: Path) -> None:
    request = request_for(*LINES)
    take = sing(request, tmp_path / "voice.wav")
    score = score_of(request.song)
    for slot in score.lines:
        first = next(word for word in take.words if (word.section, word.line) == slot.ref)
        assert first.start_s == pytest.approx(score.beat_s(slot.first_beat), abs=0.001)


def test_the_voice_sounds_while_words_do_and_nowhere_else(tmp_path: Path) -> None:
    take = sing(request_for("never gonna let you down", "running in the cold"), tmp_path / "voice.wav")
    samples, rate_hz = soundfile.read(tmp_path / "voice.wav")
    inside = np.zeros(len(samples), bool)
    for word in take.words:
        first, last = round(word.start_s * rate_hz), round(word.end_s * rate_hz)
        inside[max(0, first - 480) : last + 480] = True
        assert np.abs(samples[first:last]).max() > 0.05, word.text
    assert np.abs(samples[~inside]).max() < 0.01


def test_words_are_as_the_lyrics_write_them_in_any_language(tmp_path: Path) -> None:
    lyrics = {
        "fr": "je t'aime — mon amour, toujours",
        "de": "ich war in der Stadt",
        "ru": "я помню 3 чудных мгновенья",
        "cmn": "你好世界 我爱你",
        "ar": "أنا أحبك",
    }
    for language, line in lyrics.items():
        take = sing(request_for(line, language=language), tmp_path / "voice.wav")
        assert [word.text for word in take.words] == line.split(), language


def test_a_stressed_syllable_waits_for_the_beat() -> None:
    rate_hz = 1000
    phonemes = (Phoneme("ə", 0.0), Phoneme("ˈaʊ", 0.3), Phoneme("n", 0.4), Phoneme("", 0.6))  # noqa: RUF001
    speech = Speech(np.ones(700, np.float32), rate_hz, ((0, 0.0), (2, 0.25)), phonemes)
    words = words_of("a town", speech)
    assert [(word.start_s, word.end_s, word.stress_s) for word in words] == [
        (0.0, 0.25, None),
        (0.25, 0.6, 0.3),
    ]
    line = laid(speech, words, grid_s=0.5)
    assert line.words[1].start_s == pytest.approx(0.45)  # its vowel, 0.05 s later, is on the grid
    assert not line.samples[260:440].any() and line.samples[460:780].all()


def test_two_words_spoken_as_one_are_parted_inside_it() -> None:
    with speaker() as espeak:
        espeak.take_voice("en-us")
        text = "out of the blue"
        words = words_of(text, espeak.speak(text, 160))
    assert [word.text for word in words] == text.split()
    assert all(word.end_s - word.start_s > 0.04 for word in words)
    assert all(before.end_s <= after.start_s for before, after in pairwise(words))


def test_off_the_beat_the_words_keep_their_distance(tmp_path: Path) -> None:
    lines = ("never gonna let you down", "running in the cold")
    free = sing(request_for(*lines, on_beat=False), tmp_path / "free.wav")
    on_beat = sing(request_for(*lines), tmp_path / "beat.wav")
    gaps = [
        sum(
            after.start_s - before.end_s
            for before, after in zip(take.words[:5], take.words[1:5], strict=False)
        )
        for take in (free, on_beat)
    ]
    assert gaps[0] < 0.01 < gaps[1]


def pitch_hz(path: Path) -> float:
    """The median pitch of the loud frames, by autocorrelation."""
    samples, rate_hz = soundfile.read(path)
    frames = samples[: len(samples) // 2400 * 2400].reshape(-1, 2400)
    found = []
    for frame in frames[frames.std(axis=1) > 0.05]:
        alike = np.correlate(frame, frame, "full")[len(frame) - 1 :]
        low, high = rate_hz // 400, rate_hz // 60
        found.append(rate_hz / (low + alike[low:high].argmax()))
    return float(np.median(found))


def test_a_woman_is_higher_than_a_man_and_the_pitch_can_be_set(tmp_path: Path) -> None:
    wishes = {
        "woman": {"voice": "female, warm"},
        "man": {"voice": "male"},
        "deep": {"voice": "male", "pitch": 10},
    }
    for name, wish in wishes.items():
        sing(request_for("never gonna let you down", **wish), tmp_path / f"{name}.wav")  # type: ignore[arg-type]
    woman, man, deep = (pitch_hz(tmp_path / f"{name}.wav") for name in wishes)
    assert woman > 1.2 * man and man > 1.1 * deep


@pytest.mark.parametrize(
    ("language", "model", "voice"),
    [
        ("en", "", "en-US"),
        ("pt-BR", "", "pt-BR"),
        ("de-CH", "", "de"),
        ("zh", "", "cmn"),
        ("en", "fr+f2", "fr+f2"),
    ],
)
def test_the_voice_is_that_of_the_language(language: str, model: str, voice: str, tmp_path: Path) -> None:
    take = sing(request_for("la la", language=language), tmp_path / "voice.wav", model)
    assert take.model and voice in take.model.id
    assert take.model.revision == Espeak().revision != ""


def test_a_song_without_words_is_silence_as_long_as_the_score(tmp_path: Path) -> None:
    request = request_for()
    assert sing(request, tmp_path / "voice.wav").words == []
    samples, rate_hz = soundfile.read(tmp_path / "voice.wav")
    assert not samples.any() and len(samples) == round(score_of(request.song).duration_s * rate_hz)


def test_a_language_it_lacks_is_refused_with_near_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"does not speak 'zz'; near it are .*zh"):
        sing(request_for("la la", language="zz"), tmp_path / "voice.wav")
    assert not list(tmp_path.iterdir())


def test_a_voice_it_lacks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GeneratorUnavailable, match="does not speak 'klingon'"):
        sing(request_for("la la"), tmp_path / "voice.wav", "klingon")


def test_a_variant_it_lacks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GeneratorUnavailable, match=r"no variant 'opera'; .*whisper"):
        sing(request_for("la la"), tmp_path / "voice.wav", "+opera")


def test_an_unknown_parameter_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no parameter 'speed'") as caught:
        sing(request_for("la la", speed=2), tmp_path / "voice.wav")
    assert "pitch_range" in caught.value.hint


def test_without_the_package_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    with pytest.raises(GeneratorUnavailable) as caught:
        Espeak().check()
    assert caught.value.hint == 'pip install "storyboard[espeak]"'
    assert Espeak().revision == ""


def test_a_library_that_does_not_load_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "libespeak-ng.so"
    broken.write_bytes(b"not a library")
    monkeypatch.setattr("espeakng_loader.get_library_path", lambda: str(broken))
    with pytest.raises(GeneratorUnavailable, match="does not run"):
        Espeak().check()


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import sys, storyboard.generators.voice.espeak, storyboard.generators.voice.on_grid\n"
    code += "assert not {'torch', 'scipy', 'av', 'espeakng_loader', 'soundfile'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
