"""Fit clips into their shots: which frame of a clip each frame of the film shows."""

from __future__ import annotations

from storyboard.schema.timeline import Shot
from storyboard.sync.fit.clip import Clip

__all__ = ["Clip", "source_frames"]


def source_frames(shot: Shot, timeline_fps: int, clip_fps: float) -> list[int]:
    """Return, for every frame of a shot, the index of the clip's frame shown there."""
    step_s = shot.speed / timeline_fps
    times_s = (shot.source_start_s + index * step_s for index in range(shot.n_frames))
    # Half a frame's grace: a time that falls on a frame must not be rounded to the one before.
    return [int(time_s * clip_fps + 0.01) for time_s in times_s]
