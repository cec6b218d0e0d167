"""Which films are written: the shape of each, and how each shows the lyrics."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from storyboard.schema.board import Aspect, Storyboard
from storyboard.sync.reframe import size_for

FILM, CLEAN = "video.mp4", "video-clean.mp4"
BURNED = "burned.ass"


@dataclass(frozen=True)
class Film:
    """A film to be written: its file, its size in pixels, and what is written into it, if anything."""

    out: Path
    size: tuple[int, int]
    burned: Path | None = None  # ASS, drawn into the picture
    soft: Path | None = None  # SRT, a track beside the picture
    language: str = "en"  # of the track, as the storyboard names it


def shape_name(stem: str, aspect: Aspect, suffix: str) -> str:
    """Return the name of a file that belongs to a film of another shape: video-9x16.mp4."""
    return f"{stem}-{aspect.replace(':', 'x')}{suffix}"


ALL_FILMS = (FILM, CLEAN, *(shape_name("video", aspect, ".mp4") for aspect in get_args(Aspect)))
"""Every name that a film can have."""

ALL_CAPTIONS = tuple(shape_name("lyrics", aspect, ".ass") for aspect in get_args(Aspect))
"""Every name that the captions of a film of another shape can have."""


def other_shapes(board: Storyboard) -> list[Aspect]:
    """Return the shapes that are wanted beside the film's own, each once."""
    return [aspect for aspect in dict.fromkeys(board.output.also) if aspect != board.look.aspect]


def films_of(board: Storyboard, folder: Path) -> list[Film]:
    """Return the films of a storyboard, the main one first.

    What is drawn into them is expected in the same folder as burned.ass, for another shape as
    burned-9x16.ass; the lines of a track beside the picture as lyrics.srt.
    """
    films = [_film(board, folder / FILM, board.look.size, folder / BURNED)]
    if board.output.clean:
        films.append(Film(folder / CLEAN, board.look.size))
    for aspect in other_shapes(board):
        out = folder / shape_name("video", aspect, ".mp4")
        burned = folder / shape_name("burned", aspect, ".ass")
        films.append(_film(board, out, size_for(board.look.size, aspect), burned))
    return films


def _film(board: Storyboard, out: Path, size: tuple[int, int], burned: Path) -> Film:
    output = board.output
    return Film(
        out,
        size,
        burned=burned if output.titles or output.captions == "burned" else None,
        soft=out.with_name("lyrics.srt") if output.captions == "soft" else None,
        language=board.language,
    )
