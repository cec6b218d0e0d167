"""How loud the song is over a stretch of time."""

from __future__ import annotations

from storyboard.schema.timeline import SongMap


def energy_between(song_map: SongMap, start_s: float, end_s: float) -> float:
    """Return the loudness of a stretch, 0 to 1: the mean of its bars, by their share; 0.5 where unknown."""
    edges = [*song_map.downbeats_s, song_map.duration_s]
    inside_s = weighed = 0.0
    for energy, first_s, last_s in zip(song_map.energy, edges, edges[1:], strict=False):
        overlap_s = min(end_s, last_s) - max(start_s, first_s)
        if overlap_s > 0:
            inside_s += overlap_s
            weighed += overlap_s * energy
    return weighed / inside_s if inside_s else 0.5
