"""Sound files in and out through the ffmpeg that comes with imageio-ffmpeg."""

from __future__ import annotations

import subprocess
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.schema.files import beside

RATE_HZ = 48000

Sound = NDArray[np.float32]
"""Samples at 48 kHz, shape (channels, n)."""


def read(path: Path, channels: int) -> Sound:
    """Decode any file with sound in it; raises MediaError when there is none."""
    layout = ["-ac", str(channels), "-ar", str(RATE_HZ), "-f", "f32le", "-"]
    data = ffmpeg(["-i", str(path), "-map", "0:a:0", *layout], where=path).stdout
    return np.frombuffer(data, "<f4").reshape(-1, channels).T.astype(np.float32)


def write(path: Path, sound: Sound) -> None:
    """Write 16-bit WAV so that the file appears whole or not at all; equal sound gives equal bytes."""
    with beside(path, ".wav") as place, wave.open(str(place), "wb") as sound_file:
        sound_file.setnchannels(sound.shape[0])
        sound_file.setsampwidth(2)
        sound_file.setframerate(RATE_HZ)
        sound_file.writeframes(np.round(np.clip(sound.T, -1, 1) * 32767).astype("<i2").tobytes())


def ffmpeg(
    arguments: list[str], *, where: Path, stdin: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run ffmpeg.

    Raises:
        MediaError: it failed; the message ends with the last lines of what it said.
    """
    import imageio_ffmpeg

    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", *arguments]
    done = subprocess.run(command, capture_output=True, check=False, input=stdin or b"")
    if done.returncode != 0:
        said = " / ".join(done.stderr.decode(errors="replace").strip().splitlines()[-3:])
        raise MediaError(f"ffmpeg failed: {said}", where=str(where), hint="check that it is a sound file")
    return done
