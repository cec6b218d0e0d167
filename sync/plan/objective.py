"""What a plan is worth: the costs of every cut and every shot, by part. Less is better.

One definition serves the search, the explanation in timeline.json, and the comparison with any other
way of cutting the same song.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.board import Storyboard
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.timeline import SongMap
from storyboard.sync.plan.points import CutPoint
from storyboard.sync.plan.windows import Window

Costs = NDArray[np.float64]
_PACE = {"calm": 1.5, "medium": 1.0, "fast": 0.62}  # factors of the wanted length of a shot


@dataclass(frozen=True)
class Taste:
    """What a cut or a shot costs. A negative cost is a reward."""

    calm_shot_s: float = 4.6  # wanted length where the song is softest
    lively_shot_s: float = 2.1  # and where it is loudest
    length: float = 2.2  # a shot twice or half as long as wanted, squared in octaves
    wish: float = 9.0  # the same where the user has said how long the shots of a scene shall be
    too_short_s: float = 1.0  # below this a shot cannot be read
    too_short: float = 8.0
    beat: float = 0.7  # a beat that is no downbeat
    phrase: float = 1.2  # the beginning of a phrase where beats are far
    off_grid: float = 5.0
    without_beats: float = 0.3  # factor of both in a song that has no beats at all
    inside_word: float = 100.0
    inside_line: float = 0.3  # between two words of one line
    new_line: float = -0.25
    new_section: float = -0.9
    scene_off_section: float = 0.3  # a scene that changes inside a section
    not_performed: float = 0.04  # a second of chorus that is not performed, in a film with performances
    beyond_model: float = 3.0  # a shot twice as long as its model does well, squared in octaves
    below_model: float = 200.0  # a shot shorter than its model can make


class Objective:
    """The costs of all cuts and shots between the cut points of one song and board."""

    def __init__(
        self,
        points: Sequence[CutPoint],
        song_map: SongMap,
        board: Storyboard,
        capabilities: Mapping[str, VideoCapabilities],
        taste: Taste,
    ) -> None:
        self.taste = taste
        self._fps = board.look.fps
        self._frames = np.array([point.frame for point in points])
        able = [capabilities.get(scene.id, VideoCapabilities()) for scene in board.scenes]
        self._min_s = np.array([each.min_s for each in able])
        self._best_s = np.array([each.best_s or math.inf for each in able])
        self._wish_s = np.array([board.cutting.shot_s.get(scene.id, math.nan) for scene in board.scenes])
        self._pace = _PACE[board.cutting.pace]
        performed = np.array([scene.kind == "performance" for scene in board.scenes])
        self._is_staged = performed if performed.any() else np.ones(len(performed), bool)
        self._energy_until = _energy_until(self._frames, song_map, self._fps)
        self._chorus_until = _chorus_until(self._frames, song_map, self._fps)
        self.cuts = _cut_costs(points, taste)
        self.change = np.array([0.0 if point.section else taste.scene_off_section for point in points])

    def shots(self, first: int, end: int) -> dict[str, Costs]:
        """Return the costs of every shot that ends at one point, shape (end - first, n_scenes), by part.

        Args:
            first: index of the earliest point at which the shot may begin.
            end: index of the point at which it ends.
        """
        taste = self.taste
        lengths_s = (self._frames[end] - self._frames[first:end])[:, None] / self._fps
        energy = (self._energy_until[end] - self._energy_until[first:end])[:, None] / (lengths_s * self._fps)
        by_energy_s = taste.calm_shot_s + (taste.lively_shot_s - taste.calm_shot_s) * energy
        wishes = np.broadcast_to(~np.isnan(self._wish_s), (end - first, len(self._wish_s)))
        wanted_s = np.where(wishes, self._wish_s, by_energy_s * self._pace)
        # A shot twice too long stands for two: else one that never ends would be cheap.
        octaves = np.log2(lengths_s / wanted_s) ** 2 * np.maximum(1.0, lengths_s / wanted_s)
        chorus_s = (self._chorus_until[end] - self._chorus_until[first:end])[:, None]
        over = np.log2(np.maximum(lengths_s / self._best_s, 1.0)) ** 2
        return {
            "length": np.where(wishes, taste.wish, taste.length) * octaves,
            "short": taste.too_short * (lengths_s < taste.too_short_s) * ~wishes,
            "performance": taste.not_performed * chorus_s * ~self._is_staged[None, :],
            "model": taste.beyond_model * over + taste.below_model * (lengths_s < self._min_s - 1e-6),
        }

    def of_shot(self, start: int, end: int, scene: int, *, changes: bool) -> dict[str, float]:
        """Return what one shot and the cut that opens it cost, by part; parts of no cost are left out."""
        parts = {name: float(costs[0, scene]) for name, costs in self.shots(start, end).items()}
        if start:
            parts |= {name: float(costs[start]) for name, costs in self.cuts.items()}
            parts["scene"] = float(self.change[start]) if changes else 0.0
        return {name: round(cost, 4) for name, cost in parts.items() if abs(cost) > 5e-5}


def _cut_costs(points: Sequence[CutPoint], taste: Taste) -> dict[str, Costs]:
    """Return what it costs to cut at each point, by part, shape (n_points,)."""
    free = 1.0 if any(point.grid == "beat" for point in points) else taste.without_beats
    grid = {"downbeat": 0.0, "beat": taste.beat, "phrase": free * taste.phrase, "none": free * taste.off_grid}
    return {
        "grid": np.array([grid[point.grid] for point in points]),
        "word": np.array([taste.inside_word * point.inside_word for point in points]),
        "line": np.array(
            [
                taste.inside_line * point.inside_line + taste.new_line * (point.line is not None)
                for point in points
            ]
        ),
        "section": np.array([taste.new_section * bool(point.section) for point in points]),
    }


def _energy_until(frames: NDArray[np.int_], song_map: SongMap, fps: int) -> Costs:
    """Return the energy summed over all frames before each point; 0.5 a frame where it is not known."""
    level = np.full(int(frames[-1]), 0.5)
    edges = [round(beat * fps) for beat in song_map.downbeats_s] + [len(level)]
    for energy, start, end in zip(song_map.energy, edges, edges[1:], strict=False):
        level[start:end] = energy
    return np.concatenate([[0.0], np.cumsum(level)])[frames]


def _chorus_until(frames: NDArray[np.int_], song_map: SongMap, fps: int) -> Costs:
    """Return how many seconds of chorus are sung before each point."""
    level = np.zeros(int(frames[-1]))
    for span in song_map.sections:
        if "chorus" in span.label and "pre" not in span.label:
            level[round(span.start_s * fps) : round(span.end_s * fps)] = 1 / fps
    return np.concatenate([[0.0], np.cumsum(level)])[frames]


def total_of(parts: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Sum the costs of all shots by part, with their total."""
    names = sorted({name for each in parts for name in each})
    sums = {name: round(sum(each.get(name, 0.0) for each in parts), 4) for name in names}
    return sums | {"total": round(sum(sums.values()), 4)}


def assess(
    cuts: Sequence[tuple[int, int]],
    points: Sequence[CutPoint],
    objective: Objective,
    windows: Sequence[Window],
) -> tuple[list[dict[str, float]], int]:
    """Return what each shot of a plan costs by part, and how many scenes begin outside their windows.

    Args:
        cuts: (index of the point, scene) of every shot in order; the first is (0, 0).
        points: the cut points, both ends of the song among them.
        objective: the costs.
        windows: when each scene but the first may begin.
    """
    ends = [start for start, _ in cuts[1:]] + [len(points) - 1]
    parts, misplaced, before = [], 0, 0
    for (start, scene), end in zip(cuts, ends, strict=True):
        changes = scene != before
        misplaced += changes and points[start].frame not in windows[scene - 1]
        parts.append(objective.of_shot(start, end, scene, changes=changes))
        before = scene
    return parts, misplaced
