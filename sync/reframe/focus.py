"""The focus of every shot: the point that films of other shapes keep in view, one for the whole shot.

Where the storyboard says where the eye shall be, it is believed. Elsewhere the clip is looked at: the focus
is the middle of the window that holds most of what draws the eye. Shots of one scene in the same framing see
the same stage, so they are looked at together.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.board import Storyboard
from storyboard.schema.timeline import Timeline
from storyboard.sync.reframe.saliency import Map, saliency
from storyboard.sync.reframe.samples import pairs_of

Point = tuple[float, float]
_MIDDLE = (0.5, 0.5)
_NARROWEST = 9 / 16  # the narrowest shape there is; what it keeps in view, the others do too
_TOGETHER = 0.5  # how much the other shots of a scene in the same framing count
_OFF_MIDDLE = 0.8  # what counts of something at the edge of the window: better in its middle
_AS_GOOD = 1e-3  # places that differ by less are alike: the nearest to the middle is taken


def focal_points(
    timeline: Timeline, clips: dict[str, Path], board: Storyboard, size: tuple[int, int]
) -> list[Point]:
    """Return one point for every shot, from the left and the top, 0 to 1.

    Args:
        timeline: the shots.
        clips: the file of each scene, by the scene's id.
        board: its scenes may say where their focus is.
        size: width and height of the film that the others are made from, in pixels.
    """
    given = {scene.id: scene.focus for scene in board.scenes}
    looked = {scene: path for scene, path in clips.items() if given.get(scene) is None}
    maps = _maps(timeline, looked)
    points: list[Point] = []
    for index, shot in enumerate(timeline.shots):
        focus = given.get(shot.scene)
        drawn = _with_its_like(maps, timeline, index)
        points.append(focus or (point_of(drawn, size) if drawn is not None else _MIDDLE))
    return points


def _maps(timeline: Timeline, clips: dict[str, Path]) -> dict[int, Map]:
    """Return what draws the eye in each shot: the mean over the pictures looked at."""
    found: dict[int, list[Map]] = {}
    for pair in pairs_of(timeline, clips):
        found.setdefault(pair.shot, []).append(saliency(pair))
    return {shot: np.mean(maps, axis=0) for shot, maps in found.items()}


def _with_its_like(maps: dict[int, Map], timeline: Timeline, index: int) -> Map | None:
    """Return the map of a shot with those of its scene in the same framing; None if nothing could be seen."""
    shot = timeline.shots[index]
    like = [
        maps[other]
        for other, there in enumerate(timeline.shots)
        if other != index and other in maps and (there.scene, there.framing) == (shot.scene, shot.framing)
    ]
    own = maps.get(index)
    if own is None or not like:
        return own
    return np.asarray(own + _TOGETHER * np.mean(like, axis=0), np.float32)


def point_of(drawn: Map, size: tuple[int, int]) -> Point:
    """Return the middle of the window, of the narrowest shape either way, that holds most of a map."""
    width, height = size
    across = min(1.0, height * _NARROWEST / width)
    down = min(1.0, width * _NARROWEST / height)
    return _best_place(drawn.sum(axis=0), across), _best_place(drawn.sum(axis=1), down)


def _best_place(profile: NDArray[np.float32], length: float) -> float:
    """Return where a window of a length (0 to 1) holds most of a profile, its middle before its edges."""
    n = len(profile)
    half = length / 2
    if half >= 0.5:
        return 0.5
    places = np.linspace(half, 1 - half, 161)
    offsets = ((np.arange(n) + 0.5) / n)[None] - places[:, None]
    inside = np.abs(offsets) <= half
    weight = inside * (1 - (1 - _OFF_MIDDLE) * (offsets / half) ** 2)
    scores = weight @ profile
    as_good = places[scores >= scores.max() * (1 - _AS_GOOD)]
    return float(min(as_good, key=lambda place: abs(place - 0.5)))
