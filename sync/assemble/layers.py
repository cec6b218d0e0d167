"""Which pictures make up each frame of the film: one of a clip, or two where scenes melt into each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.schema.timeline import Shot, Timeline
from storyboard.sync.fit import Clip

Planes = NDArray[np.uint8]
_GRACE = 0.01  # of a frame: a time that falls on one must not be rounded to the one before


@dataclass(frozen=True)
class Layer:
    """A shot's share of a frame of the film; the shares of a frame add up to 1."""

    shot: int
    weight: float


Layers = tuple[Layer, ...]


def layers_of(timeline: Timeline) -> list[Layers]:
    """Return what each frame of the film is made of.

    Frame k of a crossfade of n frames shows (k + 1) / (n + 1) of the new scene: equal steps from the last
    frame that is purely old to the first that is purely new, about half on the shot's first frame.
    """
    frames: list[Layers] = []
    for index, shot in enumerate(timeline.shots):
        frames += [(Layer(index, 1.0),)] * shot.n_frames
    for index, shot in enumerate(timeline.shots):
        if shot.transition == "crossfade":
            n_frames, first = shot.transition_frames, shot.first_frame - shot.transition_frames // 2
            for k in range(n_frames):
                new = (k + 1) / (n_frames + 1)
                frames[first + k] = (Layer(index - 1, 1 - new), Layer(index, new))
    return frames


def clip_frame(shot: Shot, frame: int, timeline_fps: int, clip_fps: float) -> int:
    """Return which frame of its clip a shot shows at a frame of the film, also in crossfades beyond it."""
    time_s = shot.source_start_s + (frame - shot.first_frame) * shot.speed / timeline_fps
    return int(np.floor(time_s * clip_fps + _GRACE))


def check_clips(timeline: Timeline, clips: Mapping[str, Path], size: tuple[int, int]) -> None:
    """Make sure that every clip holds what is shown of it, before anything is encoded.

    Raises:
        MediaError: a clip is missing, broken or too short; `where` names it.
    """
    shown: dict[str, list[tuple[Shot, int]]] = {}
    for frame, layers in enumerate(layers_of(timeline)):
        for layer in layers:
            shot = timeline.shots[layer.shot]
            shown.setdefault(shot.scene, []).append((shot, frame))
    for scene, places in shown.items():
        clip = Clip(clips[scene], size)
        try:
            indices = [clip_frame(shot, frame, timeline.fps, clip.fps) for shot, frame in places]
            where = str(clips[scene])
            if max(indices) >= clip.n_frames:
                needed = f"has {clip.n_frames} frames, its shots need {max(indices) + 1}"
                raise MediaError(needed, where=where)
            if min(indices) < 0:
                raise MediaError(
                    f"lacks {-min(indices)} frames before its first for a crossfade", where=where
                )
        finally:
            clip.close()


class Takes:
    """The clips of the film, each open only while its scene is seen."""

    def __init__(self, timeline: Timeline, clips: Mapping[str, Path], size: tuple[int, int]) -> None:
        self._timeline = timeline
        self._clips = clips
        self._size = size
        self._layers = layers_of(timeline)
        self._take_of = [0]
        for before, shot in pairwise(timeline.shots):
            self._take_of.append(self._take_of[-1] + (shot.scene != before.scene))
        self._open: dict[int, tuple[Clip, int]] = {}

    def pictures(self) -> Iterator[list[tuple[Layer, Planes]]]:
        """Yield for every frame of the film its layers, each with its picture as planes of yuv420p."""
        try:
            for frame in range(self._timeline.n_frames):
                yield self.at(frame)
        finally:
            self.close()

    def at(self, frame: int) -> list[tuple[Layer, Planes]]:
        """Return the layers of one frame; quick where frames are asked for in their order."""
        layers = self._layers[frame]
        self._close_all_but({self._take_of[layer.shot] for layer in layers})
        return [(layer, self._picture(layer.shot, frame)) for layer in layers]

    def close(self) -> None:
        """Let go of the clips."""
        self._close_all_but(set())

    def _picture(self, index: int, frame: int) -> Planes:
        shot, take = self._timeline.shots[index], self._take_of[index]
        clip, at = self._open.get(take) or (self._opened(shot), -1)
        wanted = clip_frame(shot, frame, self._timeline.fps, clip.fps)
        if wanted < at:  # a clip is read forward; what was shown before is found by beginning again
            clip.close()
            clip = self._opened(shot)
        self._open[take] = clip, wanted
        return clip.frame(wanted)

    def _opened(self, shot: Shot) -> Clip:
        return Clip(self._clips[shot.scene], self._size)

    def _close_all_but(self, takes: set[int]) -> None:
        for take in [take for take in self._open if take not in takes]:
            self._open.pop(take)[0].close()
