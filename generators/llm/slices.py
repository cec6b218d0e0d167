"""Cutting the song into scenes: which lines each scene carries."""

from __future__ import annotations

import math
from itertools import pairwise

from storyboard.schema.song import LineRef, Song

_SECTION_END, _COUPLET_END, _INSIDE = 0.0, 1.5, 6.0  # what a cut costs, in squared lines off the even length
_USUAL_RUN = 4.0  # lines; in the longer scenes of a given song a line more or less counts for less
_LONGEST_RUN, _SHORTEST_REACH = 4.0, 12  # even lengths and lines that a run may have at most


def slices_of(song: Song, n_scenes: int) -> list[list[LineRef]]:
    """Split the sung lines into n_scenes runs of even length that end where sections do, if they can.

    Length is time where the song says when its lines are sung, else the number of lines. The best split
    over all, by dynamic programming. A song with fewer lines than scenes gives one run a line.
    """
    refs = list(song.line_refs())
    n_runs = min(n_scenes, len(refs))
    if not n_runs:
        return [[] for _ in range(n_scenes)]
    even = len(refs) / n_runs
    reach = max(_SHORTEST_REACH, math.ceil(_LONGEST_RUN * even))
    until = _lengths_until(song, refs)
    scale = min(1.0, _USUAL_RUN / even) if song.audio else 1.0
    # best[end] is the least cost of cutting refs[:end] into the runs so far, with the cuts that reach it.
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for run in range(1, n_runs + 1):
        step: dict[int, tuple[float, tuple[int, ...]]] = {}
        for end in range(run, len(refs) - (n_runs - run) + 1):
            cut = _cut_cost(song, refs, end)
            choices = [
                (
                    best[start][0] + ((until[end] - until[start] - even) * scale) ** 2 + cut,
                    (*best[start][1], end),
                )
                for start in range(max(0, end - reach), end)
                if start in best
            ]
            if choices:
                step[end] = min(choices)
        best = step
    ends = best[len(refs)][1]
    return [refs[start:end] for start, end in zip((0, *ends), ends, strict=False)]


def _lengths_until(song: Song, refs: list[LineRef]) -> list[float]:
    """Return how much is sung before each line and before the end, in lines of the song's average length."""
    starts_s = _starts_s(song, refs)
    if not starts_s:
        return [float(index) for index in range(len(refs) + 1)]
    total_s = starts_s[-1] - starts_s[0]
    return [(start_s - starts_s[0]) * len(refs) / total_s for start_s in starts_s]


def _starts_s(song: Song, refs: list[LineRef]) -> list[float]:
    """Return when each line starts and when the last one ends; nothing unless most starts are known.

    A line of unknown time is put evenly between its neighbours.
    """
    places = {ref: index for index, ref in enumerate(refs)}
    known = {places[time.ref]: time.start_s for time in song.times if time.ref in places}
    if len(known) * 2 < len(refs) or 0 not in known:
        return []
    last = song.times[-1]
    average_s = (max(known.values()) - known[0]) / max(1, max(known))
    known[len(refs)] = max(last.end_s or 0.0, max(known.values()) + average_s * (len(refs) - max(known)))
    if known[len(refs)] <= known[0]:
        return []
    marks = sorted(known)
    starts_s: list[float] = []
    for mark, following in pairwise(marks):
        gap_s = (known[following] - known[mark]) / (following - mark)
        starts_s += [known[mark] + gap_s * index for index in range(following - mark)]
    return [*starts_s, known[len(refs)]]


def _cut_cost(song: Song, refs: list[LineRef], end: int) -> float:
    if end == len(refs) or refs[end][1] == 0:
        return _SECTION_END
    return _COUPLET_END if refs[end][1] % 2 == 0 else _INSIDE


def section_kind(song: Song, refs: list[LineRef]) -> str:
    """Return the kind of section that most lines of a run belong to."""
    kinds = [song.sections[section].kind for section, _ in refs]
    return max(kinds, key=lambda kind: (kinds.count(kind), -kinds.index(kind))) if kinds else "intro"
