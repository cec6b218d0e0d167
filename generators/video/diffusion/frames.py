"""Frames: what a pipeline returns as one plain array, and that as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError

Frames = NDArray[np.uint8]
"""Shape (n_frames, height, width, 3), RGB."""

_SPEAKS_H264 = 2  # H.264 with halved colour wants even sides


def frames_of(output: Any) -> list[Frames]:
    """Return the clips of a pipeline that was asked for output_type "np", or gave PIL images or tensors.

    Raises:
        MediaError: they hold no numbers (NaN): the model ran over in its number format.
    """
    held = getattr(output, "frames", output)
    return [_clip(each) for each in held]


def _clip(clip: Any) -> Frames:
    if isinstance(clip, (list, tuple)):
        return np.stack([_uint8(np.asarray(picture)) for picture in clip])
    if hasattr(clip, "detach"):  # a tensor, channels first
        clip = clip.detach().float().cpu().numpy()
        clip = np.moveaxis(clip, 1, -1)
    return _uint8(np.asarray(clip))


def _uint8(pictures: NDArray[Any]) -> Frames:
    if pictures.dtype == np.uint8:
        return np.ascontiguousarray(pictures[..., :3])
    if not np.isfinite(pictures).all():
        raise MediaError(
            "holds no numbers (NaN)",
            hint='set dtype = "bfloat16" or "float32" under [models] of the settings',
        )
    return np.asarray(np.round(np.clip(pictures[..., :3], 0.0, 1.0) * 255), np.uint8)


def write_clip(pieces: Sequence[Frames], fps: float, out: Path) -> None:
    """Write pieces one after the other as an MP4 that appears whole or not at all."""
    import cv2

    from storyboard.generators.video.encode import encoding

    height, width = (side - side % _SPEAKS_H264 for side in pieces[0].shape[1:3])
    with encoding(out, width, height, round(fps)) as encoder:
        for piece in pieces:
            for index, picture in enumerate(piece):
                planes = cv2.cvtColor(np.ascontiguousarray(picture[:height, :width]), cv2.COLOR_RGB2YUV_I420)
                encoder.write(np.asarray(planes, np.uint8), keyframe=index == 0)
