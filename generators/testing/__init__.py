"""The conformance suite: what every voice, music, video and image generator must do, ours or another's.

Call these from a test of the generator. Each raises AssertionError with what is wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import av
import numpy as np
import soundfile
from numpy.typing import NDArray

from storyboard.generators.score import Score, score_of
from storyboard.generators.seams import (
    ImageGenerator,
    ImageRequest,
    MusicGenerator,
    MusicTake,
    SongRequest,
    VideoGenerator,
    VideoRequest,
    VideoTake,
    VoiceGenerator,
)
from storyboard.schema.document import Part
from storyboard.schema.errors import Cancelled, InputError
from storyboard.schema.progress import OnFraction, ignore
from storyboard.schema.timeline import Word

R = TypeVar("R", bound=Part)
_SHAPE = 0.15  # how far a shape may be off: models want sides that are multiples of up to 64 pixels
_RATES_HZ = (22_050, 24_000, 32_000, 44_100, 48_000)


def check_voice(generator: VoiceGenerator, request: SongRequest, folder: Path) -> None:
    """Check a voice: mono, as long as the score, audible, unclipped, every word timed inside its line.

    An unknown parameter is refused by name; a stopped job leaves no file.
    """
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
    _check_unknown_parameter(lambda asked: generator.sing(asked, folder / "refused.wav", ignore), request)
    _check_cancel(lambda progress: generator.sing(request, folder / "stopped.wav", progress), folder)


def check_music(generator: MusicGenerator, request: SongRequest, folder: Path) -> None:
    """Check music: stereo, as long as the score, audible, unclipped, on the score's grid where it has one.

    Stems add up to the music and its MIDI opens; an unknown parameter is refused by name; a stopped
    job leaves no file.
    """
    out = folder / "music.wav"
    seen: list[float] = []
    take = generator.play(request, out, seen.append)
    score = score_of(request.song)
    _check_level(_sound(out, score.duration_s, channels=2))
    _check_progress(seen)
    _check_stems(take, out)
    _check_midi(take, out)
    if take.beats_s:
        assert np.allclose(take.beats_s, [score.beat_s(beat) for beat in range(score.n_beats)], atol=0.005)
        assert set(take.downbeats_s) <= set(take.beats_s), "every downbeat is a beat"
        assert [span.label for span in take.sections] == [span.kind for span in score.sections]
    _check_unknown_parameter(lambda asked: generator.play(asked, folder / "refused.wav", ignore), request)
    _check_cancel(lambda progress: generator.play(request, folder / "stopped.wav", progress), folder)


def check_video(
    generator: VideoGenerator, request: VideoRequest, folder: Path, *, ignores: Collection[str] = ()
) -> None:
    """Check a video: its length, rate, size and pieces, never black, progress, cancel, same seed.

    A generator with `parameters` refuses by name what it does not know, and heeds a negative prompt
    where it knows one.

    Args:
        generator: what is checked.
        request: a short scene of several shots.
        folder: an empty one.
        ignores: the names of parameters that the model knows and that yet change nothing: "negative_prompt"
            of one that reads no prompts, or that runs without guidance.
    """
    out = folder / "clip.mp4"
    seen: list[float] = []
    take = generator.shoot(request, out, seen.append)
    with av.open(str(out)) as container:
        stream = container.streams.video[0]
        rate = float(stream.average_rate or 0)
        _check_size(generator, request, (stream.width, stream.height))
        luma = [frame.to_ndarray(format="gray").mean() for frame in container.decode(stream)]
    assert len(luma) == take.n_frames, f"{len(luma)} frames, the take says {take.n_frames}"
    assert abs(rate - take.fps) < 1e-3, f"{rate} frames a second, the take says {take.fps}"
    assert take.n_frames / take.fps >= request.n_frames / request.look.fps - 1e-6, "shorter than asked"
    assert min(luma) > 4, "a black frame"
    _check_pieces(take, request)
    _check_progress(seen)
    known = getattr(getattr(generator, "parameters", None), "model_fields", {})
    if generator.capabilities().deterministic:
        again = folder / "again.mp4"
        generator.shoot(request, again, lambda _: None)
        assert _digest(out) == _digest(again), "the same request gives the same bytes"
        if "negative_prompt" in known and "negative_prompt" not in ignores:
            told = {**request.parameters, "negative_prompt": "a ladder in the rain"}
            generator.shoot(request.model_copy(update={"parameters": told}), again, ignore)
            assert _digest(out) != _digest(again), "a negative prompt changes nothing"
    if known:
        _check_unknown_parameter(
            lambda asked: generator.shoot(asked, folder / "refused.mp4", ignore), request
        )
        assert not (folder / "refused.mp4").exists(), "a refused job must leave no file"
    _check_cancel(lambda progress: generator.shoot(request, folder / "stopped.mp4", progress), folder)


def _check_size(generator: VideoGenerator, request: VideoRequest, size: tuple[int, int]) -> None:
    """Check that pictures have the size that was asked for: the very one, or else its shape."""
    told = (request.parameters.get("width"), request.parameters.get("height"))
    if generator.capabilities().exact:
        assert size == request.look.size, f"{size} pixels, asked for {request.look.size}"
    elif None not in told:
        assert size == told, f"{size} pixels, told {told}"
    elif told == (None, None):
        asked, is_ = request.look.size[0] / request.look.size[1], size[0] / size[1]
        assert abs(is_ / asked - 1) < _SHAPE, f"{size} pixels do not fill the shape {request.look.size}"


def _check_pieces(take: VideoTake, request: VideoRequest) -> None:
    """Check that pieces tile the clip, one for each shot, each as long as it."""
    if not take.pieces:
        return
    assert len(take.pieces) == len(request.shots), "one piece for each shot"
    first = 0
    for piece, shot in zip(take.pieces, request.shots, strict=True):
        assert piece.first_frame == first, "pieces tile the clip"
        first += piece.n_frames
        assert piece.n_frames / take.fps >= shot.n_frames / request.look.fps - 1e-6, "shorter than its shot"
    assert first == take.n_frames, "pieces tile the clip"


def check_image(generator: ImageGenerator, request: ImageRequest, folder: Path) -> None:
    """Check an image: a PNG of the size asked for, not of one colour; progress, same seed, same bytes.

    An unknown parameter is refused by name; a stopped job leaves no file.
    """
    out = folder / "image.png"
    seen: list[float] = []
    generator.draw(request, out, seen.append)
    assert out.read_bytes().startswith(b"\x89PNG"), "not a PNG"
    with av.open(str(out)) as container:
        pixels = next(container.decode(video=0)).to_ndarray(format="rgb24")
    shape = (request.height, request.width, 3)
    assert pixels.shape == shape, f"an image of the shape {pixels.shape}, not {shape}"
    assert pixels.std() > 1, "an image of one colour"
    _check_progress(seen)
    again = folder / "again.png"
    generator.draw(request, again, ignore)
    assert _digest(out) == _digest(again), "the same request gives the same bytes"
    _check_unknown_parameter(lambda asked: generator.draw(asked, folder / "refused.png", ignore), request)
    _check_cancel(lambda progress: generator.draw(request, folder / "stopped.png", progress), folder)


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


def _check_stems(take: MusicTake, out: Path) -> None:
    """Check that stems stand beside the music, are as long as it, and add up to it."""
    music, rate_hz = soundfile.read(out, dtype="float64", always_2d=True)
    total = np.zeros_like(music)
    for stem, name in take.stems.items():
        assert name == Path(name).name, f"stem {stem} is named by its path, not by its file name"
        samples, stem_hz = soundfile.read(out.parent / name, dtype="float64", always_2d=True)
        assert stem_hz == rate_hz, f"{name} has {stem_hz} Hz, the music {rate_hz}"
        assert samples.shape == music.shape, f"{name} has the shape {samples.shape}, the music {music.shape}"
        total += samples
    # One bit of 16 for each stem that was rounded, and one for the music.
    allowed = (len(take.stems) + 1) / 32768
    furthest = float(np.abs(total - music).max(initial=0)) if take.stems else 0.0
    assert furthest <= allowed, f"the stems are {furthest:.4f} of full scale off the music"


def _check_midi(take: MusicTake, out: Path) -> None:
    """Check that the MIDI file opens, has notes, and lasts no longer than the music."""
    if not take.midi:
        return
    from pretty_midi import PrettyMIDI

    assert take.midi == Path(take.midi).name, "the MIDI file is named by its path, not by its file name"
    midi = PrettyMIDI(str(out.parent / take.midi))
    assert any(track.notes for track in midi.instruments), "the MIDI file has no notes"
    ends_s, duration_s = float(midi.get_end_time()), soundfile.info(out).duration
    assert ends_s <= duration_s + 0.01, f"the MIDI file lasts {ends_s:.2f} s, the music {duration_s:.2f} s"


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


def _check_unknown_parameter(make: Callable[[R], object], request: R) -> None:
    try:
        make(request.model_copy(update={"parameters": {"no_such_parameter": 1}}))
    except InputError as error:
        assert "no_such_parameter" in str(error), f"the error does not name the parameter: {error}"
    else:
        raise AssertionError("an unknown parameter was taken")


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
