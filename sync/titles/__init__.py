"""Titles: a title card at the start of the film and credits at its end, on the beat, as ASS events.

They are drawn by libass like the captions, in the same file, so that every film has them, whoever shot it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pysubs2

from storyboard.schema.board import Storyboard
from storyboard.schema.files import write_whole
from storyboard.schema.timeline import SongMap
from storyboard.sync.titles.cards import Page, credit_card, styles_of, title_card
from storyboard.sync.titles.timing import credits_span, title_span
from storyboard.sync.titles.wording import credits_of, subtitle_of

__all__ = ["credits_span", "title_events", "title_span", "with_titles"]

_ACCENT = (255, 224, 138)
_DARKEST, _PALEST = 0.30, 0.25
"""Least luminance of the short line's colour, and least distance of its channels."""


def title_events(
    song_map: SongMap, board: Storyboard, size: tuple[int, int], made_by: Mapping[str, str] | None = None
) -> list[pysubs2.SSAEvent]:
    """Return the events of the title card and of the credits, but what has no room.

    Args:
        song_map: where the bars and the words are.
        board: title, topic, language, palette, and the names of the generators.
        size: width and height of the film in pixels.
        made_by: names of generators by family (music, voice, video) for those that the storyboard leaves
            open (auto).
    """
    page, accent = Page(size), _accent_of(board)
    events: list[pysubs2.SSAEvent] = []
    shown = title_span(song_map)
    if shown is not None:
        events += title_card(page, shown, board.song.title, subtitle_of(board), accent)
    ended = credits_span(song_map)
    if ended is not None and (shown is None or ended[0] >= shown[1]):
        events += credit_card(page, ended, board.song.title, credits_of(board, made_by or {}), accent)
    return events


def with_titles(
    ass: Path,
    song_map: SongMap,
    board: Storyboard,
    size: tuple[int, int],
    made_by: Mapping[str, str] | None = None,
) -> None:
    """Add the title card and the credits to an ASS file, or make one of them alone.

    Args:
        ass: the file; one that is there keeps the size that it is set for.
        song_map: see title_events.
        board: see title_events.
        size: see title_events.
        made_by: see title_events.
    """
    if ass.exists():
        subtitles = pysubs2.load(str(ass), encoding="utf-8", format_="ass")
        width, height = subtitles.info.get("PlayResX"), subtitles.info.get("PlayResY")
        size = (int(width), int(height)) if width and height else size
    else:
        subtitles = pysubs2.SSAFile()
        subtitles.info.update({"Title": board.song.title, "WrapStyle": "2"})
        subtitles.info.update({"PlayResX": str(size[0]), "PlayResY": str(size[1])})
    subtitles.styles.update(styles_of(Page(size)))
    subtitles.events += title_events(song_map, board, size, made_by)
    write_whole(ass, str(subtitles.to_string("ass")).encode())


def _accent_of(board: Storyboard) -> str:
    """Return the palette's first strong, light colour as ASS writes it, else a warm yellow."""
    channels = [tuple(int(color[at : at + 2], 16) for at in (1, 3, 5)) for color in board.look.palette]
    strong = [c for c in channels if _luminance(c) >= _DARKEST and max(c) - min(c) >= _PALEST * 255]
    r, g, b = strong[0] if strong else _ACCENT
    return f"{b:02X}{g:02X}{r:02X}"


def _luminance(color: tuple[int, ...]) -> float:
    return (0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]) / 255
