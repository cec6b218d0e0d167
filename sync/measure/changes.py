"""Hard cuts: frames on which the picture changes far more than in the second around them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_CUT = 7.0  # change, 0 to 255, at which another shot may begin
_CUT_RATIO = 3.5  # and how far it must stand out from its second
_PLANNED_CUT = 2.0  # the same where a cut is planned: less is enough
_PLANNED_RATIO = 2.5
_ONE_CUT = 2  # frames on either side that belong to the same change
_SETTLES_S = 0.35  # a flash of light or a jump of the camera has passed after this time
_SAME = 0.93  # correlation of the pictures before and after, from which they show the same


def find_cuts(changes: NDArray[np.float64], fps: float) -> list[int]:
    """Return the frames on which another shot begins: changes that tower over the second around them.

    Of several within two frames the largest counts; the others are light that settles.
    """
    return [
        index
        for index in range(1, len(changes))
        if changes[index] >= _CUT
        and changes[index] >= changes[max(0, index - _ONE_CUT) : index + _ONE_CUT + 1].max()
        and changes[index] > _CUT_RATIO * _usual(changes, index, fps)
    ]


def is_cut_where_planned(changes: NDArray[np.float64], index: int, fps: float) -> bool:
    """Whether the picture changes on a frame on which a cut is planned: the largest change around it."""
    near = changes[max(1, index - _ONE_CUT) : index + _ONE_CUT + 1]
    stands_out = changes[index] > _PLANNED_RATIO * _usual(changes, index, fps)
    return bool(changes[index] >= _PLANNED_CUT and changes[index] >= near.max() and stands_out)


def _usual(changes: NDArray[np.float64], index: int, fps: float) -> float:
    reach = max(3, round(fps / 2))
    around = np.delete(changes[max(1, index - reach) : index + reach + 1], min(reach, index - 1))
    return max(0.5, float(np.median(around))) if len(around) else 0.5


def is_passing(lumas: NDArray[np.uint8], index: int, fps: float) -> bool:
    """Whether a sudden change passes: soon after it, the picture before it is there again.

    A flash of light or a jump of the camera changes a picture as much as a cut does. How bright the
    pictures are does not count, only what they show.

    Args:
        lumas: the luma of every frame as a vector, shape (n_frames, k).
        index: the frame with the change.
        fps: frames a second.
    """
    before = lumas[index - 1]
    later = lumas[index + 1 : index + 1 + round(_SETTLES_S * fps)]
    return any(_correlation(before, picture) >= _SAME for picture in later)


def _correlation(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> float:
    first, second = a - a.mean(dtype=np.float64), b - b.mean(dtype=np.float64)
    size = float(np.sqrt((first @ first) * (second @ second)))
    return float(first @ second) / size if size else 0.0
