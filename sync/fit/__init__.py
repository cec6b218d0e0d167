"""Fit clips into their shots: which frame of a clip each frame of the film shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.schema.timeline import Shot, Timeline
from storyboard.sync.fit.clip import Clip

__all__ = ["Clip", "check_clips", "fitted_frames", "source_frames"]


def source_frames(shot: Shot, timeline_fps: int, clip_fps: float) -> list[int]:
    """Return, for every frame of a shot, the index of the clip's frame shown there."""
    step_s = shot.speed / timeline_fps
    times_s = (shot.source_start_s + index * step_s for index in range(shot.n_frames))
    # Half a frame's grace: a time that falls on a frame must not be rounded to the one before.
    return [int(time_s * clip_fps + 0.01) for time_s in times_s]


def check_clips(timeline: Timeline, clips: dict[str, Path], size: tuple[int, int]) -> None:
    """Make sure that every clip is long enough before anything is encoded.

    Raises:
        MediaError: a clip is missing, broken or too short; `where` names it.
    """
    for path in clips.values():
        clip = Clip(path, size)
        try:
            shots = [shot for shot in timeline.shots if clips[shot.scene] == path]
            needed = 1 + max(source_frames(shot, timeline.fps, clip.fps)[-1] for shot in shots)
            if clip.n_frames < needed:
                raise MediaError(f"has {clip.n_frames} frames, its shots need {needed}", where=str(path))
        finally:
            clip.close()


def fitted_frames(
    timeline: Timeline, clips: dict[str, Path], size: tuple[int, int]
) -> Iterator[NDArray[np.uint8]]:
    """Yield every frame of the film in order; `clips` maps a scene's id to its file."""
    clip: Clip | None = None
    scene = ""
    try:
        for shot in timeline.shots:
            if clip is None or shot.scene != scene:
                if clip is not None:
                    clip.close()
                clip, scene = Clip(clips[shot.scene], size), shot.scene
            for index in source_frames(shot, timeline.fps, clip.fps):
                yield clip.frame(index)
    finally:
        if clip is not None:
            clip.close()
