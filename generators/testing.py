"""The conformance suite: what every voice, music and video generator must do, ours or another's.

Call these from a test of the generator. Each raises AssertionError with what is wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import soundfile
from numpy.typing import NDArray

from storyboard.generators.score import Score, score_of
from storyboard.generators.seams import (
    MusicGenerator,
    SongRequest,
    VideoGenerator,
    VideoRequest,
    VoiceGenerator,
)
from storyboard.schema.errors import Cancelled
from storyboard.schema.progress import OnFraction
from storyboard.schema.timeline import Word

_RATES_HZ = (22_050, 24_000, 32_000, 44_100, 48_000)


def check_voice(generator: VoiceGenerator, request: SongRequest, folder: Path) -> None:
    """Check a voice: mono, as long as the score, audible, unclipped, every word timed inside its line."""
    out = folder / "voice.wav"
    seen: list[float] = []
    take = generator.sing(request, out, seen.append)
    score = score_of(request.song)
    samples = _sound(out, score.duration_s, channels=1)
    _check_level(samples)
    _check_progress(seen)
    expected = [ref for ref in request.song.line_refs() for _ in request.song.line(ref).split()]
    if take.words:
        found = [(word.section, word.line) for word in take.words]
        assert found == expected, "one Word for each written word, in order, by occurrence"
        _check_words(take.words, score)
    _check_cancel(lambda progress: generator.sing(request, folder / "stopped.wav", progress), folder)


def check_music(generator: MusicGenerator, request: SongRequest, folder: Path) -> None:
    """Check music: stereo, as long as the score, audible, unclipped, on the score's grid where it has one."""
    out = folder / "music.wav"
    seen: list[float] = []
    take = generator.play(request, out, seen.append)
    score = score_of(request.song)
    _check_level(_sound(out, score.duration_s, channels=2))
    _check_progress(seen)
    if take.beats_s:
        assert np.allclose(take.beats_s, [score.beat_s(beat) for beat in range(score.n_beats)], atol=0.005)
        assert set(take.downbeats_s) <= set(take.beats_s), "every downbeat is a beat"
        assert [span.label for span in take.sections] == [span.kind for span in score.sections]
    _check_cancel(lambda progress: generator.play(request, folder / "stopped.wav", progress), folder)


def check_video(generator: VideoGenerator, request: VideoRequest, folder: Path) -> None:
    """Check a video: decodable, the length and rate it says, never black, progress, cancel, same seed."""
    out = folder / "clip.mp4"
    seen: list[float] = []
    take = generator.shoot(request, out, seen.append)
    with av.open(str(out)) as container:
        stream = container.streams.video[0]
        rate = float(stream.average_rate or 0)
        luma = [frame.to_ndarray(format="gray").mean() for frame in container.decode(stream)]
    assert len(luma) == take.n_frames, f"{len(luma)} frames, the take says {take.n_frames}"
    assert abs(rate - take.fps) < 1e-3, f"{rate} frames a second, the take says {take.fps}"
    assert take.n_frames / take.fps >= request.n_frames / request.look.fps - 1e-6, "shorter than asked"
    assert min(luma) > 4, "a black frame"
    _check_progress(seen)
    if generator.capabilities().deterministic:
        again = folder / "again.mp4"
        generator.shoot(request, again, lambda _: None)
        assert _digest(out) == _digest(again), "the same request gives the same bytes"
    _check_cancel(lambda progress: generator.shoot(request, folder / "stopped.mp4", progress), folder)


def _sound(path: Path, duration_s: float, *, channels: int) -> NDArray[np.float32]:
    samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    assert rate_hz in _RATES_HZ, f"{rate_hz} Hz"
    assert samples.shape[1] == channels, f"{samples.shape[1]} channels, not {channels}"
    assert abs(len(samples) - duration_s * rate_hz) <= 1.5, f"{len(samples) / rate_hz} s, not {duration_s} s"
    return np.asarray(samples, np.float32)


def _check_level(samples: NDArray[np.float32]) -> None:
    peak, rms = float(np.abs(samples).max()), float(np.sqrt(np.mean(samples**2)))
    assert peak <= 1.0, "clipped"
    assert rms > 0.005, f"too soft: RMS {rms:.4f}"


def _check_words(words: list[Word], score: Score) -> None:
    slots = {slot.ref: slot for slot in score.lines}
    for word, following in pairwise(words):
        assert word.end_s <= following.start_s + 1e-6, f"{word.text!r} overlaps {following.text!r}"
    for word in words:
        assert word.end_s > word.start_s, f"{word.text!r} ends before it begins"
        slot = slots[(word.section, word.line)]
        start_s, end_s = score.beat_s(slot.first_beat), score.beat_s(slot.first_beat + slot.n_beats)
        assert start_s - 0.005 <= word.start_s and word.end_s <= end_s, f"{word.text!r} leaves its line"


def _check_progress(seen: list[float]) -> None:
    assert seen, "no progress was reported"
    assert all(0 <= fraction <= 1 for fraction in seen), "a fraction outside 0 to 1"
    assert seen == sorted(seen), "progress went back"


def _check_cancel(make: Callable[[OnFraction], object], folder: Path) -> None:
    before = set(folder.iterdir())

    def stop(_: float) -> None:
        raise Cancelled("stop")

    try:
        make(stop)
    except Cancelled:
        assert set(folder.iterdir()) == before, "a stopped job must leave no file"
    else:
        raise AssertionError("Cancelled from the progress callback was swallowed")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
