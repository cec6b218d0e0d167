"""Cutting the song into scenes: which lines each scene carries."""

from __future__ import annotations

from storyboard.schema.song import LineRef, Song

_SECTION_END, _COUPLET_END, _INSIDE = 0.0, 1.5, 6.0  # what a cut costs, in squared lines off the even length


def slices_of(song: Song, n_scenes: int) -> list[list[LineRef]]:
    """Split the sung lines into n_scenes runs of even length that end where sections do, if they can.

    The best split over all, by dynamic programming. A song with fewer lines than scenes gives one run a line.
    """
    refs = list(song.line_refs())
    n_runs = min(n_scenes, len(refs))
    if not n_runs:
        return [[] for _ in range(n_scenes)]
    even = len(refs) / n_runs
    # best[end] is the least cost of cutting refs[:end] into the runs so far, with the cuts that reach it.
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for run in range(1, n_runs + 1):
        step: dict[int, tuple[float, tuple[int, ...]]] = {}
        for end in range(run, len(refs) - (n_runs - run) + 1):
            cut = _cut_cost(song, refs, end)
            step[end] = min(
                (cost + (end - start - even) ** 2 + cut, (*cuts, end))
                for start, (cost, cuts) in best.items()
                if start < end
            )
        best = step
    ends = best[len(refs)][1]
    return [refs[start:end] for start, end in zip((0, *ends), ends, strict=False)]


def _cut_cost(song: Song, refs: list[LineRef], end: int) -> float:
    if end == len(refs) or refs[end][1] == 0:
        return _SECTION_END
    return _COUPLET_END if refs[end][1] % 2 == 0 else _INSIDE


def section_kind(song: Song, refs: list[LineRef]) -> str:
    """Return the kind of section that most lines of a run belong to."""
    kinds = [song.sections[section].kind for section, _ in refs]
    return max(kinds, key=lambda kind: (kinds.count(kind), -kinds.index(kind))) if kinds else "intro"
