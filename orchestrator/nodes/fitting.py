"""The fit: what a model delivered becomes exactly the frames that the shots of a scene need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from storyboard.generators.seams import VideoRequest, VideoTake
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.board import Parameter
from storyboard.schema.document import Line, Part, Text
from storyboard.schema.errors import DocumentError, MediaError
from storyboard.schema.files import load
from storyboard.schema.provenance import TakeMade
from storyboard.schema.timeline import Retime, Timeline

if TYPE_CHECKING:
    from storyboard.sync.fit.between import SlowMotion
    from storyboard.sync.fit.footage import Timing
    from storyboard.sync.fit.motion import Motion

CLIP, TAKE = "clip.mp4", "take.json"
PARAMETERS = ("forward_and_back", "slow_motion")
"""What of a scene's parameters is for the fit, and not for its generator."""
FIT = "fit.json"


class SceneFit(Part):
    """How each shot of a scene is filled from the clip that its generator made."""

    shots: list[Retime] = Field(min_length=1)
    clip: Line = Field(description="the key of the clip that was used")
    take: int = Field(default=1, ge=1, description="which take that is; 1 is the first")
    seed: int = Field(description="of that take")
    takes: list[TakeMade] = Field(default_factory=list, description="all that there were, in order")
    slow_motion: Text = Field(description="how pictures between its frames were made up, where needed")


@dataclass(frozen=True)
class FitWishes:
    """What a scene wants of its fit.

    Attributes:
        forward_and_back: its clip may run so where it is too short.
        slow_motion: how pictures between frames are made up.
        focus: where the eye shall be, should the clip have to be cropped.
    """

    forward_and_back: bool = False
    slow_motion: SlowMotion = "flow"
    focus: tuple[float, float] | None = None


def fit_wishes(
    told: Mapping[str, Parameter], focus: tuple[float, float] | None, where: str = "slow_motion"
) -> FitWishes:
    """Return what a scene's parameters say of its fit.

    Raises:
        DocumentError: they ask for slow motion that there is not; `where` is the scene.
    """
    asked = told.get("slow_motion", "flow")
    if asked not in ("flow", "blend"):
        raise DocumentError(f"slow_motion is {asked!r}", where=where, hint="flow (the default) or blend")
    way: SlowMotion = "blend" if asked == "blend" else "flow"
    return FitWishes(bool(told.get("forward_and_back", False)), way, focus)


@dataclass(frozen=True)
class Footage:
    """A clip of a scene, measured and fitted to its shots.

    Attributes:
        path: of the clip.
        motion: how it moves.
        timing: when its frames are shown.
        pieces_s: what of it was shot for each shot, from and to, in seconds; empty: one stream.
        shots: how each shot is filled from it.
    """

    path: Path
    motion: Motion
    timing: Timing
    pieces_s: tuple[tuple[float, float], ...]
    shots: list[Retime]


def footage_of(workspace: Workspace, clip: str, request: VideoRequest, wishes: FitWishes) -> Footage:
    """Measure a clip and fit it to the shots of its scene.

    Raises:
        MediaError: it is no clip, or too short, black or still; the message names the scene.
    """
    from storyboard.sync.fit.motion import motion_and_timing
    from storyboard.sync.fit.scene import fit_scene
    from storyboard.sync.fit.slot import Slot

    fps, path, name = request.look.fps, workspace.store.path(clip, CLIP), name_of(request)
    try:
        motion, timing = motion_and_timing(path)
    except MediaError as error:
        hint = error.hint or "take the scene again"
        raise MediaError(error.message, where=name, hint=hint) from error
    slots = [
        Slot(
            shot.n_frames / fps,
            _beats_s(request, shot.first_frame, shot.n_frames),
            wishes.forward_and_back,
            frame_s=1 / fps,
        )
        for shot in request.shots
    ]
    pieces_s = _pieces_s(workspace, clip, len(slots))
    return Footage(path, motion, timing, pieces_s, fit_scene(motion, slots, name, pieces_s))


def write_fitted(footage: Footage, request: VideoRequest, wishes: FitWishes, folder: Path) -> str:
    """Write exactly the frames of a scene's shots into a folder; return how slow motion was made."""
    from storyboard.sync.fit.conform import Conforming, conform
    from storyboard.sync.fit.covering import CENTRE

    look, n_frames = request.look, [shot.n_frames for shot in request.shots]
    film = Conforming(look.fps, look.size, wishes.slow_motion, wishes.focus or CENTRE)
    conform(footage.path, footage.timing, footage.shots, n_frames, film, folder / CLIP)
    return film.slow_motion


def name_of(request: VideoRequest) -> str:
    """Return how a scene is called in messages."""
    return f"scene {request.scene_index + 1} ({request.scene.title})"


def clip_take_of(workspace: Workspace, clip: str) -> VideoTake | None:
    """Return what a generator said of its clip."""
    path = workspace.store.path(clip, TAKE)
    return load(path, VideoTake) if path.exists() else None


def _pieces_s(workspace: Workspace, clip: str, n_shots: int) -> tuple[tuple[float, float], ...]:
    take = clip_take_of(workspace, clip)
    if take is None or len(take.pieces) != n_shots:
        return ()
    return tuple(
        (piece.first_frame / take.fps, (piece.first_frame + piece.n_frames) / take.fps)
        for piece in take.pieces
    )


def _beats_s(request: VideoRequest, first_frame: int, n_frames: int) -> tuple[float, ...]:
    inside = (beat - first_frame for beat in request.beats)
    return tuple(beat / request.look.fps for beat in inside if 0 <= beat < n_frames)


def with_fits(workspace: Workspace, timeline: Timeline, clips: dict[str, str]) -> Timeline:
    """Return the timeline with the speed map of every shot whose clip had to be fitted.

    A speed map counts from its shot's first frame; what a crossfade shows of it before that has
    negative times.
    """
    fits = {
        scene: iter(_from_shot(load(path, SceneFit).shots, timeline.handles(scene)[0] / timeline.fps))
        for scene, key in clips.items()
        if (path := workspace.store.path(key, FIT)).exists()
    }
    shots = []
    for shot in timeline.shots:
        if shot.scene in fits:
            retime = next(fits[shot.scene])
            changes = {
                "retime": retime,
                "source_start_s": round(_place_s(retime), 6),
                "speed": round(retime.speed, 6),
            }
            shot = shot.model_copy(update=changes)
        shots.append(shot)
    return timeline.model_copy(update={"shots": shots})


def _from_shot(retimes: list[Retime], lead_s: float) -> list[Retime]:
    """Return the speed maps of a scene with the first counted from its shot, `lead_s` after its clip's."""
    anchors = [(round(time_s - lead_s, 9), clip_s) for time_s, clip_s in retimes[0].anchors]
    return [retimes[0].model_copy(update={"anchors": anchors}), *retimes[1:]]


def _place_s(retime: Retime) -> float:
    """Return where a shot itself begins in its clip."""
    times_s, clip_s = zip(*retime.anchors, strict=True)
    return float(np.interp(0.0, times_s, clip_s))
