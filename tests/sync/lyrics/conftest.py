"""Reading lyrics from a file written on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from storyboard.sync.lyrics import Lyrics, read_lyrics


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Lyrics]:
    """Write a file and read it: read(content, name)."""

    def read(content: str | bytes, name: str = "song.txt") -> Lyrics:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_lyrics(path)

    return read


@pytest.fixture
def shape() -> Callable[[Lyrics], list[tuple[str, list[str]]]]:
    """Return kinds and lines of lyrics."""
    return lambda lyrics: [(section.kind, section.lines) for section in lyrics.sections]
