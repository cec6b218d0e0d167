"""The fit: what a model delivered becomes exactly the frames that the shots of a scene need."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from storyboard.generators.seams import VideoRequest
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.document import Part
from storyboard.schema.files import load, save
from storyboard.schema.timeline import Retime, Timeline
from storyboard.sync import FITTING

CLIP = "clip.mp4"
_FIT = "fit.json"


class SceneFit(Part):
    """How each shot of a scene is filled from the clip that its generator made."""

    shots: list[Retime] = Field(min_length=1)


def fitted(workspace: Workspace, clip: str, request: VideoRequest) -> str:
    """Return the key of a clip that has exactly the frames of its shots.

    Raises:
        MediaError: the clip is too short, black, or cannot be decoded; the message names the scene.
    """
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
        forward_and_back=_may_go_back(request),
    )
    workspace.store.make(key, lambda folder: _fit(workspace.store.path(clip, CLIP), request, folder))
    return key


def _fit(clip: Path, request: VideoRequest, folder: Path) -> None:
    from storyboard.sync.fit.conform import conform
    from storyboard.sync.fit.motion import motion_of
    from storyboard.sync.fit.scene import fit_scene
    from storyboard.sync.fit.slot import Slot

    fps, motion = request.look.fps, motion_of(clip)
    slots = [
        Slot(shot.n_frames / fps, _beats_s(request, shot.first_frame, shot.n_frames), _may_go_back(request))
        for shot in request.shots
    ]
    name = f"scene {request.scene_index + 1} ({request.scene.title})"
    found = fit_scene(motion, slots, name)
    n_frames = [shot.n_frames for shot in request.shots]
    conform(clip, motion.fps, found, n_frames, fps, request.look.size, folder / CLIP)
    save(SceneFit(shots=found), folder / _FIT)


def _may_go_back(request: VideoRequest) -> bool:
    """Whether the scene asks for its clip to run forward and back where it is too short."""
    return bool(request.scene.generator.parameters.get("forward_and_back", False))


def _beats_s(request: VideoRequest, first_frame: int, n_frames: int) -> tuple[float, ...]:
    inside = (beat - first_frame for beat in request.beats)
    return tuple(beat / request.look.fps for beat in inside if 0 <= beat < n_frames)


def with_fits(workspace: Workspace, timeline: Timeline, clips: dict[str, str]) -> Timeline:
    """Return the timeline with the speed map of every shot whose clip had to be fitted."""
    retimes = {
        scene: iter(load(path, SceneFit).shots)
        for scene, key in clips.items()
        if (path := workspace.store.path(key, _FIT)).exists()
    }
    shots = []
    for shot in timeline.shots:
        if shot.scene in retimes:
            retime = next(retimes[shot.scene])
            start_s = round(retime.anchors[0][1], 6)
            changes = {"retime": retime, "source_start_s": start_s, "speed": round(retime.speed, 6)}
            shot = shot.model_copy(update=changes)
        shots.append(shot)
    return timeline.model_copy(update={"shots": shots})
