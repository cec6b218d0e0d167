"""Assemble the films in one pass: pictures of the clips in, transitions, accents, captions and sound.

Frames are chosen and mixed here one by one and handed to ffmpeg as raw pictures, so every cut is exact to
the frame; ffmpeg draws the captions with libass, encodes and muxes in the same run. A film of another
shape is cut out of the same pictures.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from storyboard.schema.board import Look
from storyboard.schema.errors import MediaError
from storyboard.schema.progress import OnFraction, ignore
from storyboard.schema.timeline import Timeline
from storyboard.sync import ffmpeg
from storyboard.sync.assemble.composing import composed
from storyboard.sync.assemble.effects import effects_of
from storyboard.sync.assemble.encoder import FILE, Encoder
from storyboard.sync.assemble.films import Film, films_of
from storyboard.sync.assemble.layers import Layer, Planes, Takes, check_clips
from storyboard.sync.assemble.sound import encode_sound
from storyboard.sync.reframe import reframed

__all__ = ["Film", "Picture", "assemble", "films_of"]

_REPORT_EVERY = 24  # frames
_MIDDLE = (0.5, 0.5)


def assemble(
    timeline: Timeline,
    clips: Mapping[str, Path],
    song: Path,
    films: Sequence[Film],
    look: Look,
    focus: Sequence[tuple[float, float]] = (),
    progress: OnFraction = ignore,
) -> None:
    """Write films of one timeline, whole or not at all: H.264 yuv420p, AAC 48 kHz, moov atom first.

    Args:
        timeline: the shots, tiling the song.
        clips: the file of each scene, by the scene's id; it holds what crossfades take beyond its shots.
        song: the master (WAV); its length is the film's.
        films: what to write, all into one folder.
        look: size, frame rate and palette of the film.
        focus: for films of another size, the point of each shot to keep in view; none: the middle.
        progress: receives the fraction done.

    Raises:
        MediaError: a clip is missing or too short (known before anything is encoded), ffmpeg failed, or
            the films cannot be written.
    """
    check_clips(timeline, clips, look.size)
    beside = films[0].out.parent
    try:
        with tempfile.TemporaryDirectory(prefix=".assembling-", dir=beside) as folder:
            _assemble(timeline, clips, song, films, look, focus, Path(folder), progress)
    except OSError as error:
        hint = "make room there, or choose another folder with --out"
        raise MediaError(f"cannot be written ({error.strerror})", where=str(beside), hint=hint) from error
    progress(1.0)


def _assemble(
    timeline: Timeline,
    clips: Mapping[str, Path],
    song: Path,
    films: Sequence[Film],
    look: Look,
    focus: Sequence[tuple[float, float]],
    folder: Path,
    progress: OnFraction,
) -> None:
    sound = folder / "sound.mp4"
    encode_sound(song, timeline.n_frames, timeline.fps, sound)
    encoded, copied = _encoded_and_copied(films)
    encoders = [Encoder(group, sound, timeline.fps, folder) for group in _by_size(encoded)]
    _encode(timeline, clips, encoders, look, focus, progress)
    for film, twin in copied:
        _copy(folder / twin.out.name, folder / film.out.name)
    for film in films:
        os.replace(folder / film.out.name, film.out)


class Picture:
    """The picture of a film without captions, frame by frame: transitions and accents in it."""

    def __init__(self, timeline: Timeline, clips: Mapping[str, Path], look: Look) -> None:
        """Look at the clips.

        Raises:
            MediaError: a clip is missing, broken or too short; `where` names it.
        """
        check_clips(timeline, clips, look.size)
        self._takes = Takes(timeline, clips, look.size)
        self._effects = effects_of(timeline, look.palette)
        self._size = look.size

    def frame(self, index: int) -> Planes:
        """Return a frame, shape (3 * height / 2, width); quick where they are asked for in order."""
        return composed(self._takes.at(index), index, self._effects, self._size)

    def close(self) -> None:
        """Let go of the clips."""
        self._takes.close()


def _encode(
    timeline: Timeline,
    clips: Mapping[str, Path],
    encoders: Sequence[Encoder],
    look: Look,
    focus: Sequence[tuple[float, float]],
    progress: OnFraction,
) -> None:
    effects = effects_of(timeline, look.palette)
    focus = focus or [_MIDDLE] * len(timeline.shots)
    with ExitStack() as stack:
        for encoder in encoders:
            stack.enter_context(encoder)
        for frame, layers in enumerate(Takes(timeline, clips, look.size).pictures()):
            for encoder in encoders:
                seen = layers if encoder.size == look.size else _reframed(layers, look, focus, encoder.size)
                encoder.write(composed(seen, frame, effects, encoder.size))
            if frame % _REPORT_EVERY == 0:
                progress(frame / timeline.n_frames)


def _reframed(
    layers: Sequence[tuple[Layer, Planes]],
    look: Look,
    focus: Sequence[tuple[float, float]],
    size: tuple[int, int],
) -> list[tuple[Layer, Planes]]:
    return [(layer, reframed(planes, look.size, focus[layer.shot], size)) for layer, planes in layers]


def _by_size(films: Sequence[Film]) -> list[list[Film]]:
    sizes = dict.fromkeys(film.size for film in films)
    return [[film for film in films if film.size == size] for size in sizes]


def _encoded_and_copied(films: Sequence[Film]) -> tuple[list[Film], list[tuple[Film, Film]]]:
    """Part the films into those to encode and those with the same picture as one of them."""
    encoded: list[Film] = []
    copied: list[tuple[Film, Film]] = []
    for film in sorted(films, key=lambda film: film.soft is None):  # a copy is made without subtitles
        twins = [other for other in encoded if (other.size, other.burned) == (film.size, film.burned)]
        if twins:
            copied.append((film, twins[0]))
        else:
            encoded.append(film)
    return encoded, copied


def _copy(source: Path, out: Path) -> None:
    """Write a film with the picture and sound of another, and without its subtitles."""
    streams = ["-map", "0:v", "-map", "0:a", "-c", "copy"]
    ffmpeg.run(["-v", "error", "-y", "-i", str(source), *streams, *FILE, str(out)], where=str(out))
