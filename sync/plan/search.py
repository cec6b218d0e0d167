"""The cheapest plan: dynamic programming over (cut point, scene)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from storyboard.sync.plan.objective import Objective
from storyboard.sync.plan.points import CutPoint
from storyboard.sync.plan.windows import Window

_LONGEST_S = 20.0  # no shot is even considered beyond this, where there is another way


def cheapest(
    points: Sequence[CutPoint],
    objective: Objective,
    windows: Sequence[Window],
    pins: dict[int, int],
    fps: int,
) -> list[tuple[int, int]] | None:
    """Return (point, scene) of every shot of the cheapest plan, or None if the pins allow no plan.

    best[p, s] is the cost of the cheapest film up to point p whose last shot is of scene s. A shot of s
    follows one of s, or one of s - 1 at a point inside the window of s; none reaches over a pin.

    Args:
        points: the cut points, both ends of the song among them.
        objective: what cuts and shots cost.
        windows: when each scene but the first may begin.
        pins: the scene that must begin or go on at a pinned point, by the point's index; -1 for any.
        fps: frames a second.
    """
    n_points, n_scenes = len(points), len(windows) + 1
    frames = np.array([point.frame for point in points])
    opens = np.sum(list(objective.cuts.values()), axis=0)
    begins = _begins(frames, objective, windows)
    best = np.full((n_points, n_scenes), np.inf)
    came = np.zeros((n_points, n_scenes, 2), np.int64)
    ahead = np.full((n_points, n_scenes), np.inf)  # cheapest film up to a point, its next shot of a scene
    before = np.zeros((n_points, n_scenes), np.int64)
    ahead[0, 0] = 0.0
    first = 0
    for end in range(1, n_points):
        if end - 1 in pins:
            first = end - 1
        while first < end - 1 and frames[end] - frames[first] > _LONGEST_S * fps:
            first += 1
        shots = np.sum(list(objective.shots(first, end).values()), axis=0)
        reached = ahead[first:end] + shots
        chosen = reached.argmin(axis=0)
        best[end] = reached[chosen, np.arange(n_scenes)]
        came[end, :, 0] = first + chosen
        came[end, :, 1] = before[first + chosen, np.arange(n_scenes)]
        stays, changes = best[end], np.concatenate([[np.inf], best[end, :-1]]) + begins[end]
        ahead[end] = np.minimum(stays, changes) + opens[end]
        before[end] = np.arange(n_scenes) - (changes < stays)
        if pins.get(end, -1) >= 0:
            ahead[end, np.arange(n_scenes) != pins[end]] = np.inf
    if not np.isfinite(best[-1, -1]):
        return None
    return _trace(came, n_points - 1, n_scenes - 1)


def _begins(
    frames: NDArray[np.int64], objective: Objective, windows: Sequence[Window]
) -> NDArray[np.float64]:
    """Return what it costs that a scene begins at a point, shape (n_points, n_scenes); inf: it may not."""
    costs = np.full((len(frames), len(windows) + 1), np.inf)
    for scene, window in enumerate(windows, start=1):
        may = (window.first <= frames) & (frames <= window.last)
        costs[may, scene] = objective.change[may]
    return costs


def _trace(came: NDArray[np.int64], point: int, scene: int) -> list[tuple[int, int]]:
    path = []
    while point > 0:
        start, before = (int(each) for each in came[point, scene])
        path.append((start, scene))
        point, scene = start, before
    return path[::-1]
