"""Other ways to cut the same song, to compare a plan with: what people do who do not plan.

Each gives (frame, scene) of every shot. A scene changes at the first cut at or after the earliest
frame on which it may begin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.schema.board import Storyboard
from storyboard.schema.timeline import SongMap, Timeline
from storyboard.sync.plan.objective import Objective, Taste, assess, total_of
from storyboard.sync.plan.points import CutPoint, Points
from storyboard.sync.plan.windows import Window, windows_of

Cuts = list[tuple[int, int]]


@dataclass(frozen=True)
class Figures:
    """What a way of cutting is worth: the objective, and what a viewer would count."""

    shots: int
    total: float
    on_beat: int
    on_downbeat: int
    inside_words: int
    scenes_misplaced: int


def even_lengths(windows: Sequence[Window], n_frames: int, n_shots: int) -> Cuts:
    """Cut into shots of equal length."""
    return _with_scenes([round(n_frames * each / n_shots) for each in range(n_shots)], windows)


def nearest_beat(
    board: Storyboard, windows: Sequence[Window], n_frames: int, n_shots: int, song_map: SongMap
) -> Cuts:
    """Cut into shots of equal length, each cut moved to the nearest beat."""
    beats = _beat_frames(song_map, board.look.fps, n_frames)
    even = [n_frames * each / n_shots for each in range(1, n_shots)]
    return _with_scenes([0, *(min(beats, key=lambda beat: abs(beat - at)) for at in even)], windows)


def every_nth_beat(
    board: Storyboard, windows: Sequence[Window], n_frames: int, n_shots: int, song_map: SongMap
) -> Cuts:
    """Cut on every n-th beat, n such that there are about as many shots as asked for."""
    beats = _beat_frames(song_map, board.look.fps, n_frames)
    return _with_scenes([0, *beats[:: max(1, round(len(beats) / n_shots))]], windows)


def figures_of_plan(timeline: Timeline, board: Storyboard, taste: Taste | None = None) -> Figures:
    """Return the figures of a planned timeline."""
    ids = [scene.id for scene in board.scenes]
    cuts = [(shot.first_frame, ids.index(shot.scene)) for shot in timeline.shots]
    return figures(cuts, timeline.song_map, board, taste)


def figures(cuts: Cuts, song_map: SongMap, board: Storyboard, taste: Taste | None = None) -> Figures:
    """Return what any way of cutting is worth by the planner's own objective."""
    fps = board.look.fps
    n_frames = max(len(board.scenes), round(song_map.duration_s * fps))
    windows, points = windows_of(song_map, board, n_frames), Points(song_map, fps)
    found = [CutPoint(0, "downbeat", bar=1), *(points.nearest(frame / fps) for frame, _ in cuts[1:])]
    found.append(CutPoint(n_frames, "none"))
    objective = Objective(found, song_map, board, {}, taste or Taste())
    numbered = [(index, scene) for index, (_, scene) in enumerate(cuts)]
    parts, misplaced = assess(numbered, found, objective, windows)
    made = found[1:-1]
    return Figures(
        shots=len(cuts),
        total=total_of(parts)["total"],
        on_beat=sum(point.grid in ("downbeat", "beat") for point in made),
        on_downbeat=sum(point.grid == "downbeat" for point in made),
        inside_words=sum(point.inside_word for point in made),
        scenes_misplaced=misplaced,
    )


def _beat_frames(song_map: SongMap, fps: int, n_frames: int) -> list[int]:
    frames = {round(beat * fps) for beat in song_map.beats_s}
    return sorted(frame for frame in frames if 0 < frame < n_frames) or [n_frames // 2]


def _with_scenes(frames: list[int], windows: Sequence[Window]) -> Cuts:
    cuts: Cuts = []
    scene = 0
    for frame in sorted(set(frames)):
        if scene < len(windows) and frame >= windows[scene].first and frame > 0:
            scene += 1
        cuts.append((frame, scene))
    return cuts
