"""When the title and the credits are shown: from a downbeat, where nobody sings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from storyboard.schema.timeline import SongMap
from storyboard.sync.captions.timing import caption_spans

Span = tuple[float, float]
"""From and to, in seconds."""

SHORTEST_S = 1.5
"""What is shown shorter than this cannot be read, and is left out."""
_TITLE_BARS = 2
_EARLY = 0.4
"""How much of a song is its first part, into which the title belongs."""
_CREDITS_S = 9.0
_WITHOUT_A_GRID_S = 4.0
_INSTANT_S = 1e-6


def title_span(song_map: SongMap) -> Span | None:
    """Return when the title is shown: from a downbeat to a downbeat, two bars at most, before the first word.

    A song that is sung from its beginning has its title in the first pause of the voice; one without
    room in its first part has none. Without a grid the title is shown for four seconds.
    """
    for begins_s, ends_s in _pauses(song_map):
        if begins_s > song_map.duration_s * _EARLY:
            return None
        span = _on_downbeats(song_map, begins_s, ends_s)
        if span is not None:
            return span
    return None


def credits_span(song_map: SongMap) -> Span | None:
    """Return when the credits are shown: from a downbeat after the last word to the end of the song.

    Where the last bar is too short for them they begin on a beat, else as soon as the last caption is gone.
    """
    begins_s = max((span.end_s for span in caption_spans(song_map)), default=0.0)
    earliest_s = max(begins_s, song_map.duration_s - _CREDITS_S)
    latest_s = song_map.duration_s - SHORTEST_S
    for grid in (song_map.downbeats_s, song_map.beats_s, [earliest_s]):
        at = bisect_left(grid, earliest_s - _INSTANT_S)
        if at < len(grid) and grid[at] <= latest_s:
            return grid[at], song_map.duration_s
    return None


def _pauses(song_map: SongMap) -> Iterator[Span]:
    """Yield where no caption is shown; the first pause lasts until the first word itself."""
    spans = caption_spans(song_map)
    if not spans:
        yield 0.0, song_map.duration_s
        return
    yield 0.0, spans[0].words[0].start_s
    gone_s = spans[0].end_s
    for span in spans[1:]:
        if span.start_s > gone_s:
            yield gone_s, span.start_s
        gone_s = max(gone_s, span.end_s)


def _on_downbeats(song_map: SongMap, begins_s: float, ends_s: float) -> Span | None:
    """Return the first bars of a pause, two at most."""
    inside = [at for at in song_map.downbeats_s if begins_s - _INSTANT_S <= at <= ends_s + _INSTANT_S]
    if not song_map.downbeats_s and ends_s - begins_s >= SHORTEST_S:
        return begins_s, min(ends_s, begins_s + _WITHOUT_A_GRID_S)
    if len(inside) < 2:
        return None
    last = inside[min(_TITLE_BARS, len(inside) - 1)]
    return (inside[0], last) if last - inside[0] >= SHORTEST_S else None
