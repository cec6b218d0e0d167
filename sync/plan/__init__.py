"""Plan the cuts: one optimum over beats, bars, sections, lines, shot lengths and what models can deliver.

Hard rules hold by construction: whole frames, exact tiling, scenes in order, every scene on screen
while its lines are sung, every pin a cut. Everything else is a cost, and the plan is the cheapest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storyboard.schema.board import Storyboard
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.errors import InputError
from storyboard.schema.timeline import Shot, SongMap, Timeline
from storyboard.sync.plan.accents import with_accents
from storyboard.sync.plan.framing import framing_of
from storyboard.sync.plan.objective import Objective, Taste, assess, total_of
from storyboard.sync.plan.points import CutPoint
from storyboard.sync.plan.reasons import reason
from storyboard.sync.plan.search import cheapest
from storyboard.sync.plan.transitions import with_transitions
from storyboard.sync.plan.windows import points_of, windows_of

__all__ = ["Taste", "plan_cuts"]


def plan_cuts(
    song_map: SongMap,
    board: Storyboard,
    capabilities: Mapping[str, VideoCapabilities] | None = None,
    taste: Taste | None = None,
) -> Timeline:
    """Return the shots that show every scene over its lines and cut where the song asks for it.

    Args:
        song_map: where everything is in the song.
        board: the scenes in order, the lines that each carries, and what the user wants of the cuts.
        capabilities: what the generator of each scene delivers, by the scene's id; without it, anything.
        taste: what cuts and shots cost.

    Raises:
        InputError: a pin lies outside the song, or contradicts another or the lines of a scene.
    """
    n_frames = max(len(board.scenes), round(song_map.duration_s * board.look.fps))
    windows = windows_of(song_map, board, n_frames)
    points = points_of(song_map, board, windows, n_frames)
    objective = Objective(points, song_map, board, capabilities or {}, taste or Taste())
    pins = _pins(points, board)
    path = cheapest(points, objective, windows, pins, board.look.fps)
    if path is None:
        raise _impossible(board)
    parts, _ = assess(path, points, objective, windows)
    shots = _shots(path, points, parts, set(pins), board)
    shots = with_transitions(shots, song_map, board, capabilities or {})
    return Timeline(
        fps=board.look.fps,
        n_frames=n_frames,
        song_map=song_map,
        shots=with_accents(shots, song_map, board),
        objective=total_of(parts),
    )


def _pins(points: Sequence[CutPoint], board: Storyboard) -> dict[int, int]:
    """Return the scene that each pinned point demands, by the point's index; -1 for any."""
    at = {point.frame: index for index, point in enumerate(points)}
    ids = [scene.id for scene in board.scenes]
    return {
        at[max(1, round(pin.at_s * board.look.fps))]: ids.index(pin.scene) if pin.scene else -1
        for pin in board.cutting.pins
    }


def _impossible(board: Storyboard) -> InputError:
    pinned = ", ".join(f"{pin.at_s:g} s: {pin.scene}" for pin in board.cutting.pins if pin.scene)
    return InputError(
        f"no plan shows every scene over its lines with these pins ({pinned})",
        where="cutting.pins",
        hint="take away the scene of a pin, or give the lines sung there to that scene",
    )


def _shots(
    path: list[tuple[int, int]],
    points: Sequence[CutPoint],
    parts: list[dict[str, float]],
    pinned: set[int],
    board: Storyboard,
) -> list[Shot]:
    fps = board.look.fps
    ends = [points[start].frame for start, _ in path[1:]] + [points[-1].frame]
    shots: list[Shot] = []
    scene_start, n_before = 0, 0
    for position, ((start, scene_index), end) in enumerate(zip(path, ends, strict=True)):
        point, scene = points[start], board.scenes[scene_index]
        is_new = position == 0 or path[position - 1][1] != scene_index
        scene_start, n_before = (point.frame, 0) if is_new else (scene_start, n_before + 1)
        why = reason(point, board.song, new_scene=is_new * scene.title, pinned=start in pinned)
        why = "the song begins" if position == 0 else why
        shots.append(
            Shot(
                scene=scene.id,
                first_frame=point.frame,
                last_frame=end - 1,
                clip=f"scenes/{scene_index + 1:02d}.mp4",
                source_start_s=round((point.frame - scene_start) / fps, 6),
                framing=framing_of(scene, scene_index, n_before),
                reason=why + _wish(board.cutting.shot_s.get(scene.id), (end - point.frame) / fps),
                cost=parts[position],
            )
        )
    return shots


def _wish(wanted_s: float | None, length_s: float) -> str:
    """Say where a shot is not as long as the user wants it, so that nothing is changed in silence."""
    if wanted_s is None or abs(length_s - wanted_s) < 0.05:
        return ""
    return f"; {length_s:.2f} s where you want {wanted_s:g} s, to stay on the beat"
