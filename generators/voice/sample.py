"""A recording of the voice to be cloned, from whatever the user has: a sound, a video, an address."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from storyboard.generators.models.packages import need
from storyboard.generators.voice.on_grid import Floats, trimmed, write_wav
from storyboard.schema.errors import InputError, MediaError

RATE_HZ = 24_000
SHORTEST_S, LONGEST_S = 2.0, 30.0  # less says too little of a voice, more adds nothing
_LISTEN_S = 300.0  # how far into a file a voice is looked for
_SILENT_PEAK = 0.003  # 50 dB below full scale
_PEAK = 0.9
_LARGEST_BYTES = 500_000_000
_WAIT_S = 30


def prepare_sample(source: str, out: Path) -> None:
    """Write a voice sample: mono WAV, 24 kHz, 16 bit, at most 30 s, without silence at its ends.

    Args:
        source: path of a sound or video file, or an address (http or https) that yt-dlp can fetch.
        out: the WAV file; it appears whole or not at all.

    Raises:
        GeneratorUnavailable: an address is given and yt-dlp is not installed.
        InputError: the address is none of http or https, or nothing can be fetched from it.
        MediaError: the file is missing, corrupt, silent, or has less than 2 s of sound.
    """
    with _local(source) as path:
        sound = _voice_in(path, source)
    write_wav(sound, RATE_HZ, out)


def _voice_in(path: Path, source: str) -> Floats:
    whole = _decoded(path, source)
    peak = float(np.abs(whole).max(initial=0.0))
    if peak < _SILENT_PEAK:
        raise MediaError("there is nothing to hear in it", where=source, hint="give a recording of a voice")
    sound = trimmed(whole, RATE_HZ)[: round(LONGEST_S * RATE_HZ)]
    length_s = len(sound) / RATE_HZ
    if length_s < SHORTEST_S:
        raise MediaError(
            f"only {length_s:.1f} s of it sound",
            where=source,
            hint="give at least 2 s of one voice; 6 to 15 s without music are best",
        )
    return np.asarray(sound * np.float32(_PEAK / peak), np.float32)


def _decoded(path: Path, source: str) -> Floats:
    """Return the first minutes of a file's first sound track, mono, shape (n,)."""
    import av

    if not path.is_file():
        raise MediaError("there is no such file", where=source, hint="check the path")
    blocks: list[Floats] = []
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE_HZ)
    try:
        # By its handle, so that neither its name nor a playlist in it can lead elsewhere.
        with path.open("rb") as file, av.open(file, "r", options={"protocol_whitelist": "pipe"}) as container:
            if not container.streams.audio:
                raise MediaError("it has no sound", where=source, hint="give a recording of a voice")
            n_samples = 0
            for frame in container.decode(container.streams.audio[0]):
                blocks += [block.to_ndarray()[0] for block in resampler.resample(frame)]
                n_samples += round(frame.samples * RATE_HZ / frame.sample_rate)
                if n_samples > _LISTEN_S * RATE_HZ:
                    break
            blocks += [block.to_ndarray()[0] for block in resampler.resample(None)]
    except av.FFmpegError as error:
        reason = error.strerror or str(error)
        hint = "give a sound or video file that plays"
        raise MediaError(f"it cannot be decoded ({reason})", where=source, hint=hint) from error
    sound = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
    return np.nan_to_num(sound).astype(np.float32)


@contextmanager
def _local(source: str) -> Iterator[Path]:
    """Yield the source as a file; what is fetched for that is gone afterwards."""
    if "://" not in source:
        yield Path(source).expanduser()
        return
    if urlsplit(source).scheme.lower() not in ("http", "https"):
        hint = "give an address that begins with https:// or http://, or a file"
        raise InputError("only http and https are fetched", where=source, hint=hint)
    with tempfile.TemporaryDirectory() as folder:
        yield _fetched(source, Path(folder))


def _fetched(address: str, folder: Path) -> Path:
    need("yt_dlp", extra="url", where="voice sample")
    import yt_dlp

    options: dict[str, Any] = {
        "format": "bestaudio/best",
        "outtmpl": str(folder / "sample.%(ext)s"),
        "noplaylist": True,
        "playlist_items": "1",
        "max_filesize": _LARGEST_BYTES,
        "socket_timeout": _WAIT_S,
        "cachedir": False,
        "fixup": "never",
        "logger": _Silent(),
        "noprogress": True,
    }
    try:
        with yt_dlp.YoutubeDL(options) as loader:
            loader.extract_info(address, download=True)
    except yt_dlp.utils.YoutubeDLError as error:
        reason = str(error).removeprefix("ERROR: ").partition("\n")[0]
        hint = "check that it plays in a browser, or download it and give the file"
        raise InputError(f"nothing can be fetched from it ({reason})", where=address, hint=hint) from error
    found = sorted(path for path in folder.iterdir() if path.suffix != ".part")
    if not found:
        raise InputError("it is larger than 500 MB", where=address, hint="give a shorter recording")
    return found[0]


class _Silent:
    """Takes what yt-dlp says; its errors are raised."""

    def debug(self, _: str) -> None: ...
    def info(self, _: str) -> None: ...
    def warning(self, _: str) -> None: ...
    def error(self, _: str) -> None: ...
