"""The user's own recording: any finished song as the stereo WAV that everything else works on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import InputError, MediaError

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

RATE_HZ = 48_000
SHORTEST_S = 8.0
LONGEST_S = 20 * 60.0

_SILENT = 10 ** (-60 / 20)  # a recording that never exceeds -60 dBFS
_LENGTHS = f"{SHORTEST_S:g} seconds to {LONGEST_S / 60:g} minutes"


def read_song(path: Path, out: Path) -> float:
    """Decode a finished song to `out` (WAV, stereo, 48 kHz, 16 bit) and return its length in seconds.

    Any file that FFmpeg can decode will do, the sound of a video too. Encoder delay is taken off where
    the file tells it. The level stays as it is, unless decoded peaks exceed full scale: then all of it
    is made softer by as much.

    Raises:
        InputError: there is no such file, or it is a folder.
        MediaError: it is empty, broken, without sound, silent, or not of 8 s to 20 minutes.
    """
    if not path.is_file():
        raise InputError("is no file", where=str(path), hint="give the path of a recording")
    if path.stat().st_size == 0:
        raise MediaError("the file is empty", where=str(path), hint="copy or export the song again")
    samples = _decoded(path)
    duration_s = len(samples) / RATE_HZ
    if duration_s < SHORTEST_S:
        raise MediaError(
            f"is {duration_s:.1f} seconds long; a film needs a song of {_LENGTHS}", where=str(path)
        )
    peak = float(np.abs(samples).max())
    if peak < _SILENT:
        raise MediaError("is silent from beginning to end", where=str(path), hint="export the song again")
    _write(samples / max(1.0, peak), out)
    return duration_s


def _decoded(path: Path) -> NDArray[np.float32]:
    """Return all samples, (n, 2)."""
    import av
    from av.error import FFmpegError

    try:
        with av.open(str(path)) as container:
            stream = next(iter(container.streams.audio), None)
            if stream is None:
                raise MediaError("holds no sound", where=str(path), hint="give a recording of the song")
            told_s = _told_length_s(container, stream)
            if told_s > LONGEST_S and _holds_more_than(path, LONGEST_S):
                _refuse_long(told_s, path)
            return _joined(container, stream, path)
    except FFmpegError as error:
        raise _unreadable(path, error.strerror or str(error)) from error


def _joined(container: InputContainer, stream: AudioStream, path: Path) -> NDArray[np.float32]:
    parts, n_samples = [], 0
    for part in _parts(container, stream):
        parts.append(part)
        n_samples += len(part)
        _refuse_long(n_samples / RATE_HZ, path)
    if not n_samples:
        raise _unreadable(path, "no sound could be decoded")
    return np.concatenate(parts)


def _parts(container: InputContainer, stream: AudioStream) -> Iterator[NDArray[np.float32]]:
    """Decode to stereo floats at 48 kHz; a broken packet is left out, so is all after a broken end."""
    import av
    from av.error import EOFError as EndOfFile
    from av.error import InvalidDataError

    resampler = av.AudioResampler(format="flt", layout="stereo", rate=RATE_HZ)
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
            frames = packet.decode() if packet is not None else []
        except EndOfFile:
            packet, frames = None, []
        except InvalidDataError:
            continue
        for frame in [*frames, *([None] if packet is None else [])]:
            for converted in resampler.resample(frame):
                yield np.asarray(converted.to_ndarray(), np.float32).reshape(-1, 2)
        if packet is None:
            return


def _told_length_s(container: InputContainer, stream: AudioStream) -> float:
    """Return the length that the file claims, 0 where it says nothing."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return (container.duration or 0) / 1_000_000


def _holds_more_than(path: Path, length_s: float) -> bool:
    """Return whether the file's packets are of more sound than that; none is decoded.

    What a header claims may be wrong: that of a variable-rate mp3 that was cut, say.
    """
    import av

    held_s = 0.0
    with av.open(str(path)) as container:
        for packet in container.demux(container.streams.audio[0]):
            held_s += float((packet.duration or 0) * packet.time_base)
            if held_s > length_s:
                return True
    return False


def _refuse_long(duration_s: float, path: Path) -> None:
    if duration_s > LONGEST_S + 1:
        minutes = f"{duration_s / 60:.0f} minutes" if duration_s > LONGEST_S + 60 else "too"
        raise MediaError(
            f"is {minutes} long; a film needs a song of {_LENGTHS}", where=str(path), hint="cut out one song"
        )


def _write(samples: NDArray[np.float32], out: Path) -> None:
    import soundfile

    soundfile.write(str(out), samples, RATE_HZ, subtype="PCM_16", format="WAV")


def _unreadable(path: Path, why: str) -> MediaError:
    return MediaError(
        f"cannot be read as sound ({why})",
        where=str(path),
        hint="give an mp3, wav, flac, ogg, m4a or opus file",
    )
