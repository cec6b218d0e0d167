"""The fit: what a model delivered becomes exactly the frames that the shots of a scene need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from storyboard.generators.seams import VideoRequest
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.document import Line, Part, Text
from storyboard.schema.errors import DocumentError, MediaError
from storyboard.schema.files import load, save
from storyboard.schema.progress import Notice, OnEvent, ignore
from storyboard.schema.scene import Scene
from storyboard.schema.timeline import Retime, Timeline
from storyboard.sync import FITTING

if TYPE_CHECKING:
    from storyboard.sync.fit.between import SlowMotion

CLIP = "clip.mp4"
PARAMETERS = ("forward_and_back", "slow_motion")
"""What of a scene's parameters is for the fit, and not for its generator."""

RETAKES = 2
"""How many times a scene is taken again, each time with another seed, when its clip cannot be used."""
_FIT = "fit.json"
_SEED_STEP = 0x9E3779B1  # the golden ratio of 2**32: seeds that no scene of the film has by counting

Retake = Callable[[VideoRequest], str]
"""Shoots a request and returns the key of its clip in the store."""


class SceneFit(Part):
    """How each shot of a scene is filled from the clip that its generator made."""

    shots: list[Retime] = Field(min_length=1)
    clip: Line = Field(description="the key of the clip that was used")
    take: int = Field(default=1, ge=1, description="which take that is; 1 is the first")
    seed: int = Field(description="of that take")
    refused: list[Text] = Field(default_factory=list, description="why each take before it was not used")
    slow_motion: Text = Field(description="how pictures between its frames were made up, where needed")


def fitted(
    workspace: Workspace,
    clip: str,
    request: VideoRequest,
    scene: Scene,
    retake: Retake | None = None,
    *,
    on_event: OnEvent = ignore,
) -> str:
    """Return the key of a clip that has exactly the frames of its shots.

    Args:
        workspace: the project.
        clip: the key of the clip that was shot for the request.
        request: what was asked for.
        scene: says how it wants to be fitted; the request leaves that out, as it changes no clip.
        retake: shoots the scene again; without it the first take is the only one.
        on_event: told why a take was not used.

    Raises:
        MediaError: no take is long enough, lit, moving and whole; the message names the scene.
        DocumentError: the scene asks for slow motion that there is not.
    """
    refused: list[str] = []
    wishes = _wishes(scene, request)
    while True:
        try:
            return _fit_of(workspace, clip, request, wishes, refused)
        except MediaError as error:
            if retake is None or len(refused) == RETAKES:
                raise _after(error, refused) from error
            refused.append(error.message)
            take = len(refused)
            on_event(Notice(f"{_name(request)}: take {take} {error.message}; it is taken again"))
            request = request.model_copy(update={"seed": (request.seed + _SEED_STEP) % 2**32})
            clip = retake(request)


def _after(error: MediaError, refused: list[str]) -> MediaError:
    if not refused:
        return error
    message = f"none of {len(refused) + 1} takes can be used; the last {error.message}"
    return MediaError(message, where=error.where, hint=error.hint)


def _fit_of(
    workspace: Workspace, clip: str, request: VideoRequest, wishes: _Wishes, refused: list[str]
) -> str:
    slots = [[shot.first_frame, shot.n_frames] for shot in request.shots]
    look = request.look
    key = key_of(
        "fit",
        version=FITTING,
        clip=clip,
        slots=slots,
        beats=request.beats,
        size=look.size,
        fps=look.fps,
        **asdict(wishes),
    )
    workspace.store.make(key, lambda folder: _fit(workspace, clip, request, wishes, refused, folder))
    return key


def _fit(
    workspace: Workspace,
    clip: str,
    request: VideoRequest,
    wishes: _Wishes,
    refused: list[str],
    folder: Path,
) -> None:
    from storyboard.sync.fit.conform import Conforming, conform
    from storyboard.sync.fit.covering import CENTRE
    from storyboard.sync.fit.motion import motion_and_timing
    from storyboard.sync.fit.scene import fit_scene
    from storyboard.sync.fit.slot import Slot

    fps, path = request.look.fps, workspace.store.path(clip, CLIP)
    try:
        motion, timing = motion_and_timing(path)
    except MediaError as error:
        hint = error.hint or "take the scene again"
        raise MediaError(error.message, where=_name(request), hint=hint) from error
    slots = [
        Slot(
            shot.n_frames / fps,
            _beats_s(request, shot.first_frame, shot.n_frames),
            wishes.forward_and_back,
            frame_s=1 / fps,
        )
        for shot in request.shots
    ]
    found = fit_scene(motion, slots, _name(request))
    n_frames = [shot.n_frames for shot in request.shots]
    film = Conforming(fps, request.look.size, wishes.slow_motion, wishes.focus or CENTRE)
    conform(path, timing, found, n_frames, film, folder / CLIP)
    fit = SceneFit(
        shots=found,
        clip=clip,
        take=len(refused) + 1,
        seed=request.seed,
        refused=refused,
        slow_motion=film.slow_motion,
    )
    save(fit, folder / _FIT)


def _name(request: VideoRequest) -> str:
    return f"scene {request.scene_index + 1} ({request.scene.title})"


@dataclass(frozen=True)
class _Wishes:
    """What a scene wants of its fit.

    Attributes:
        forward_and_back: its clip may run so where it is too short.
        slow_motion: how pictures between frames are made up.
        focus: where the eye shall be, should the clip have to be cropped.
    """

    forward_and_back: bool
    slow_motion: SlowMotion
    focus: tuple[float, float] | None


def _wishes(scene: Scene, request: VideoRequest) -> _Wishes:
    asked = scene.generator.parameters.get("slow_motion", "flow")
    if asked not in ("flow", "blend"):
        raise DocumentError(
            f"slow_motion is {asked!r}", where=_name(request), hint="flow (the default) or blend"
        )
    way: SlowMotion = "blend" if asked == "blend" else "flow"
    return _Wishes(bool(scene.generator.parameters.get("forward_and_back", False)), way, scene.focus)


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
        if (path := workspace.store.path(key, _FIT)).exists()
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
