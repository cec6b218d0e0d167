"""A frame as the film shows it: upright, in square pixels, filling the film's picture, in its colours.

Phones turn a film on its side and say so in a matrix; tape formats keep narrow pixels; some clips use
the full range of values, ten bits, or an alpha channel. All of them become yuv420p of 8 bits in studio
range by BT.601, as the clips of the embedded generators are.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from av import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from storyboard.sync.fit.footage import Picture

Planes = NDArray[np.uint8]
Focus = tuple[float, float]
CENTRE: Final[Focus] = (0.5, 0.5)
_EXACT = Interpolation.ACCURATE_RND  # without it a change of matrix takes two levels of brightness
_BT709, _BT2020 = 1, (9, 10)  # as ITU-T H.273 numbers them; all else, and nothing, is read as BT.601


class Covering:
    """Makes every frame of a clip fill a picture of one size, cropped about a focal point."""

    def __init__(self, size: tuple[int, int], focus: Focus = CENTRE) -> None:
        """Take the size in pixels, and where the eye shall be, from the left and the top, 0 to 1."""
        self._size = size
        self._focus = focus
        self._reformatter = VideoReformatter()

    def planes(self, picture: Picture) -> Planes:
        """Return a frame as planes of yuv420p, shape (3 * height / 2, width)."""
        frame, turns = picture.frame, quarter_turns(picture.frame)
        if self._is_exact(picture):
            return np.asarray(frame.to_ndarray(), np.uint8)
        width, height = self._size[::-1] if turns % 2 else self._size
        wide = frame.width * picture.pixel_aspect
        scale = max(width / wide, height / frame.height)
        across = max(width, round(wide * scale / 2) * 2)
        down = max(height, round(frame.height * scale / 2) * 2)
        frame = _opaque(frame)
        whole = self._reformatter.reformat(
            frame,
            across,
            down,
            "yuv420p",
            src_colorspace=_matrix(frame),
            dst_colorspace=Colorspace.ITU601,
            interpolation=(Interpolation.AREA if scale < 0.5 else Interpolation.BICUBIC) | _EXACT,
            src_color_range=_range(frame),
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )
        luma, *chroma = planes_of(np.asarray(whole.to_ndarray(), np.uint8), across, down)
        turned = [np.rot90(plane, turns) for plane in (luma, *chroma)]
        left, top = self._corner(turned[0].shape[1], turned[0].shape[0])
        return self._cropped(turned, left, top)

    def _is_exact(self, picture: Picture) -> bool:
        frame = picture.frame
        return (
            (frame.width, frame.height) == self._size
            and frame.format.name == "yuv420p"
            and picture.pixel_aspect == 1
            and frame.rotation == 0
            and _matrix(frame) == Colorspace.ITU601
            and _range(frame) == ColorRange.MPEG
        )

    def _corner(self, across: int, down: int) -> tuple[int, int]:
        """Return where the crop begins, on even pixels: the focal point as near its middle as may be."""
        sides = zip((across, down), self._size, self._focus, strict=True)
        left, top = (
            round(min(max(0.0, share * have - need / 2), have - need) / 2) * 2 for have, need, share in sides
        )
        return left, top

    def _cropped(self, turned: list[NDArray[np.uint8]], left: int, top: int) -> Planes:
        width, height = self._size
        out = np.empty((height * 3 // 2, width), np.uint8)
        for target, plane, step in zip(planes_of(out, width, height), turned, (1, 2, 2), strict=True):
            x, y = left // step, top // step
            target[:] = plane[y : y + target.shape[0], x : x + target.shape[1]]
        return out


def planes_of(planes: Planes, width: int, height: int) -> tuple[Planes, Planes, Planes]:
    """Return luma and both chromas of a yuv420p picture as views into it."""
    chroma = planes[height:].reshape(2, height // 2, width // 2)
    return planes[:height], chroma[0], chroma[1]


def quarter_turns(frame: VideoFrame) -> int:
    """Return how many quarters a frame must be turned counterclockwise to stand upright, 0 to 3."""
    return round(frame.rotation / 90) % 4


def _opaque(frame: VideoFrame) -> VideoFrame:
    """Return a frame that is laid on black where it is transparent."""
    if not any(component.is_alpha for component in frame.format.components):
        return frame
    rgba = frame.reformat(format="rgba").to_ndarray()
    shown = rgba[..., :3].astype(np.uint16) * rgba[..., 3:] // 255
    return VideoFrame.from_ndarray(shown.astype(np.uint8), format="rgb24")


def _matrix(frame: VideoFrame) -> Colorspace:
    if frame.colorspace in _BT2020:
        return Colorspace.BT2020
    return Colorspace.ITU709 if frame.colorspace == _BT709 else Colorspace.ITU601


def _range(frame: VideoFrame) -> ColorRange:
    if frame.format.is_rgb or frame.format.name.startswith("yuvj"):
        return ColorRange.JPEG
    return ColorRange.JPEG if frame.color_range == ColorRange.JPEG else ColorRange.MPEG
