"""Plan the cuts: one optimum over beats, bars, sections, lines and shot lengths.

Dynamic programming over (cut point, scene). Hard rules hold by construction: whole frames, exact
tiling, scenes in order, every scene on screen while its lines are sung, no cut inside a word where
a beat allows it. Everything else is a cost, and the plan is the cheapest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from storyboard.schema.board import Storyboard
from storyboard.schema.scene import Scene
from storyboard.schema.timeline import Framing, Shot, SongMap, Timeline
from storyboard.sync.cut_points import (
    CutPoint,
    cut_points,
    inside_word,
    line_spans,
    off_grid_point,
    reason,
)

_LONGEST_S = 20.0  # no shot is even considered beyond this
_PHRASE_BARS = 4


@dataclass(frozen=True)
class Taste:
    """What a cut or a shot costs. A negative cost is a reward."""

    calm_shot_s: float = 4.6  # wanted length where the song is softest
    lively_shot_s: float = 2.1  # and where it is loudest
    length: float = 2.2  # a shot twice or half as long as wanted, squared in octaves
    too_short_s: float = 1.0  # below this a shot cannot be read
    too_short: float = 8.0
    beat: float = 0.7  # a beat that is no downbeat
    off_grid: float = 5.0
    inside_line: float = 0.3  # between two words of one line
    new_line: float = -0.25
    new_section: float = -0.9
    scene_off_section: float = 0.3  # a scene that changes inside a section


@dataclass(frozen=True)
class _Step:
    cost: float
    point: int  # index of the point where the shot begins
    scene: int  # scene of the shot before it


def plan_cuts(song_map: SongMap, board: Storyboard, taste: Taste | None = None) -> Timeline:
    """Return the shots that show every scene over its lines and cut where the song asks for it."""
    fps = board.look.fps
    n_frames = max(len(board.scenes), round(song_map.duration_s * fps))
    windows = _scene_windows(song_map, board, n_frames)
    points = _all_points(song_map, fps, n_frames, windows)
    path = _cheapest(points, windows, song_map, fps, taste or Taste())
    return Timeline(fps=fps, n_frames=n_frames, song_map=song_map, shots=_shots(path, points, board))


def _scene_windows(song_map: SongMap, board: Storyboard, n_frames: int) -> list[tuple[int, int]]:
    """Return, for every scene but the first, the first and last frame on which it may begin."""
    fps = board.look.fps
    spans = {span.ref: span for span in line_spans(song_map)}
    windows, earliest = [], 1
    for index, (before, after) in enumerate(zip(board.scenes, board.scenes[1:], strict=False), start=1):
        ends = [spans[ref].end_s for ref in before.lines if ref in spans]
        starts = [spans[ref].start_s for ref in after.lines if ref in spans]
        even = round(n_frames * index / len(board.scenes))
        slack = n_frames // (4 * len(board.scenes))
        last = math.floor(min(starts) * fps + 1e-6) if starts else even + slack
        first = math.ceil(max(ends) * fps - 1e-6) if ends else even - slack
        first = max(earliest, min(first, last))
        last = min(max(first, last), n_frames - (len(board.scenes) - index))
        windows.append((first, last))
        earliest = first + 1
    return windows


def _all_points(song_map: SongMap, fps: int, n_frames: int, windows: list[tuple[int, int]]) -> list[CutPoint]:
    """Return the cut points with both ends of the song, and at least one in every window."""
    points = cut_points(song_map, fps, n_frames)
    for first, last in windows:
        if not any(first <= point.frame <= last for point in points):
            middle = (first + last) / 2 / fps if last - first > 2 else last / fps
            points.append(off_grid_point(middle, song_map, fps))
    start = CutPoint(0, "downbeat", bar=1, section=song_map.sections[0].label if song_map.sections else "")
    ordered = {point.frame: point for point in points if 0 < point.frame < n_frames}
    return [start, *(ordered[frame] for frame in sorted(ordered)), CutPoint(n_frames, "none")]


def _cheapest(
    points: list[CutPoint], windows: list[tuple[int, int]], song_map: SongMap, fps: int, taste: Taste
) -> list[tuple[int, int]]:
    """Return (point, scene) of every shot on the cheapest way through the song."""
    n_scenes = len(windows) + 1
    best: dict[tuple[int, int], _Step] = {(0, 0): _Step(0.0, 0, -1)}
    for end in range(1, len(points)):
        for start in range(end - 1, -1, -1):
            if points[end].frame - points[start].frame > _LONGEST_S * fps and start < end - 1:
                break
            shot_cost = _shot_cost(points[start], points[end], song_map, fps, taste)
            for scene in range(n_scenes):
                _extend(best, points, windows, taste, start, end, scene, shot_cost)
    return _trace(best, len(points) - 1, n_scenes - 1)


def _extend(
    best: dict[tuple[int, int], _Step],
    points: list[CutPoint],
    windows: list[tuple[int, int]],
    taste: Taste,
    start: int,
    end: int,
    scene: int,
    shot_cost: float,
) -> None:
    """Try the shot from one point to another in one scene, after the same scene or the one before.

    best[(end, scene)] is the cheapest film up to `end` whose last shot is of `scene`; (0, 0) is empty.
    """
    for before in (scene, scene - 1):
        so_far = best.get((start, before))
        if so_far is None or (start == 0 and scene > 0):
            continue
        changes = scene != before
        if changes and not windows[scene - 1][0] <= points[start].frame <= windows[scene - 1][1]:
            continue
        off_section = taste.scene_off_section if changes and not points[start].section else 0.0
        cost = so_far.cost + shot_cost + off_section
        held = best.get((end, scene))
        if held is None or cost < held.cost - 1e-12:
            best[(end, scene)] = _Step(cost, start, before)


def _trace(best: dict[tuple[int, int], _Step], end: int, scene: int) -> list[tuple[int, int]]:
    path = []
    while end > 0:
        step = best[(end, scene)]
        path.append((step.point, scene))
        end, scene = step.point, step.scene
    return path[::-1]


def _shot_cost(start: CutPoint, end: CutPoint, song_map: SongMap, fps: int, taste: Taste) -> float:
    """Return what it costs to cut at `start` and hold the shot until `end`."""
    length_s = (end.frame - start.frame) / fps
    wanted_s = taste.calm_shot_s + (taste.lively_shot_s - taste.calm_shot_s) * _energy(song_map, start.bar)
    cost = taste.length * math.log2(length_s / wanted_s) ** 2
    cost += taste.too_short if length_s < taste.too_short_s else 0.0
    cost += {"downbeat": 0.0, "beat": taste.beat, "none": taste.off_grid}[start.grid]
    cost += taste.off_grid if inside_word(start.frame / fps, song_map.words) else 0.0
    cost += taste.inside_line if start.inside_line else 0.0
    cost += taste.new_line if start.line is not None else 0.0
    return cost + (taste.new_section if start.section else 0.0)


def _energy(song_map: SongMap, bar: int) -> float:
    """Return how loud the song is in the phrase that a bar (from 1) opens, 0 to 1."""
    phrase = song_map.energy[max(0, bar - 1) : max(0, bar - 1) + _PHRASE_BARS]
    return sum(phrase) / len(phrase) if phrase else 0.5


def _shots(path: list[tuple[int, int]], points: list[CutPoint], board: Storyboard) -> list[Shot]:
    ends = [points[start].frame for start, _ in path[1:]] + [points[-1].frame]
    shots: list[Shot] = []
    scene_start = 0
    framings: list[Framing] = []
    for position, ((start, scene_index), end) in enumerate(zip(path, ends, strict=True)):
        point, scene = points[start], board.scenes[scene_index]
        is_new = position == 0 or path[position - 1][1] != scene_index
        if is_new:
            scene_start, framings = point.frame, []
        framings.append(_framing(scene, scene_index, framings))
        why = (
            "the song begins" if position == 0 else reason(point, board.song, new_scene=is_new * scene.title)
        )
        shots.append(
            Shot(
                scene=scene.id,
                first_frame=point.frame,
                last_frame=end - 1,
                clip=f"scenes/{scene_index + 1:02d}.mp4",
                source_start_s=round((point.frame - scene_start) / board.look.fps, 6),
                framing=framings[-1],
                reason=why,
            )
        )
    return shots


def _framing(scene: Scene, scene_index: int, before: list[Framing]) -> Framing:
    """Open every scene wide, so that the place is known; then come nearer and go back."""
    cycle: tuple[Framing, ...] = (
        ("wide", "medium", "close") if scene_index % 2 == 0 else ("wide", "close", "medium")
    )
    if not scene.characters:
        cycle = ("wide", "medium")
    return cycle[len(before) % len(cycle)]
