"""Pictures between two frames of a clip, made up where it is shown slower than it was shot.

`flow` moves both frames along the optical flow between them (DIS, Kroeger et al., Fast Optical Flow
using Dense Inverse Search, ECCV 2016) and mixes what they become. Measured on frames held out of
camera and drawn clips it comes as near to them as ffmpeg's minterpolate, in a third of the time
(benchmarks/fit.py). Where the flow explains no more than standing still does, as at a cut or a flash,
and where `blend` is asked for, the two frames are mixed as they are.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from storyboard.sync.fit.covering import Planes, planes_of

SlowMotion = Literal["flow", "blend"]
_WIDTH = 480  # pixels at which flow is found: finer gained 0.1 dB on frames held out, for twice the time
_EXPLAINED = 0.8  # of what changes between two frames: with more than that left, the flow is not believed

_Field = NDArray[np.float32]


class Between:
    """Makes pictures between frames of one size; keeps the flow of the last two."""

    def __init__(self, way: SlowMotion = "flow") -> None:
        self._way = way
        self._pair: tuple[Planes, Planes] | None = None
        self._flows: tuple[_Field, _Field] | None = None

    def picture(self, before: Planes, after: Planes, part: float) -> Planes:
        """Return the picture that is `part` (0 to 1) of the way from one frame to the next, yuv420p."""
        if self._way == "blend":
            return _mixed(before, after, part)
        if self._pair is None or self._pair[0] is not before or self._pair[1] is not after:
            self._pair, self._flows = (before, after), _believed(before, after)
        if self._flows is None:
            return _mixed(before, after, part)
        return _moved(before, after, part, *self._flows)


def _mixed(before: Planes, after: Planes, part: float) -> Planes:
    import cv2

    return np.asarray(cv2.addWeighted(before, 1 - part, after, part, 0), np.uint8)


def _believed(before: Planes, after: Planes) -> tuple[_Field, _Field] | None:
    """Return the flow from each frame to the other, or None where it explains too little."""
    import cv2

    height, width = before.shape[0] * 2 // 3, before.shape[1]
    across = min(width, _WIDTH)
    size = across, max(16, round(height * across / width))
    first, second = (
        np.asarray(cv2.resize(planes[:height], size, interpolation=cv2.INTER_AREA), np.uint8)
        for planes in (before, after)
    )
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    there = np.asarray(search.calc(first, second, None), np.float32)  # type: ignore[call-overload]
    back = np.asarray(search.calc(second, first, None), np.float32)  # type: ignore[call-overload]
    change = float(cv2.absdiff(first, second).mean())
    left = float(cv2.absdiff(first, _pulled(second, there)).mean())
    return (there, back) if left <= _EXPLAINED * change else None


def _moved(before: Planes, after: Planes, part: float, there: _Field, back: _Field) -> Planes:
    """Return the mix of both frames, each moved to where its content is at that moment."""
    height, width = before.shape[0] * 2 // 3, before.shape[1]
    out = np.empty_like(before)
    planes = zip(*(planes_of(each, width, height) for each in (out, before, after)), strict=True)
    fields: dict[tuple[int, ...], tuple[_Field, _Field]] = {}
    for target, first, second in planes:
        shape = target.shape
        if shape not in fields:
            fields[shape] = _scaled(back * part, shape), _scaled(there * (1 - part), shape)
        from_first, from_second = fields[shape]
        target[:] = _mixed(_pulled(first, from_first), _pulled(second, from_second), part)
    return out


def _scaled(field: _Field, shape: tuple[int, ...]) -> _Field:
    """Return a flow field in the size of a picture, in its pixels."""
    import cv2

    factor = np.array([shape[1] / field.shape[1], shape[0] / field.shape[0]], np.float32)
    return np.asarray(cv2.resize(field, (shape[1], shape[0])) * factor, np.float32)


def _pulled(picture: NDArray[np.uint8], field: _Field) -> NDArray[np.uint8]:
    """Return a picture in which every pixel comes from where the field points."""
    import cv2

    places = np.asarray(field + _places(*picture.shape), np.float32)
    edge = cv2.BORDER_REPLICATE
    moved = cv2.remap(picture, places, None, cv2.INTER_LINEAR, borderMode=edge)  # type: ignore[call-overload]
    return np.asarray(moved, np.uint8)


@lru_cache(maxsize=4)
def _places(height: int, width: int) -> _Field:
    """Return the place of every pixel, shape (height, width, 2)."""
    rows, columns = np.indices((height, width), np.float32)
    return np.stack([columns, rows], axis=-1)
