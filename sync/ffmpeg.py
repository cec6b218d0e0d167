"""The ffmpeg program that imageio-ffmpeg ships."""

from __future__ import annotations

import subprocess

import imageio_ffmpeg

from storyboard.schema.errors import MediaError


def program() -> str:
    """Return the path of ffmpeg."""
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def run(arguments: list[str], *, where: str) -> str:
    """Run ffmpeg and return what it wrote to its log.

    Raises:
        MediaError: it failed; the message ends with its last words.
    """
    done = subprocess.run(
        [program(), "-hide_banner", "-nostdin", *arguments], capture_output=True, text=True, errors="replace"
    )
    if done.returncode:
        raise MediaError(last_words(done.stderr), where=where)
    return done.stderr


def last_words(log: str) -> str:
    """Return the end of ffmpeg's log in one line."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    return "ffmpeg failed: " + " / ".join(lines[-3:])
