"""The picture of a scene: one frame of its animatic, in any size."""

from __future__ import annotations

import math

import cv2
import numpy as np

from storyboard.generators.image.picture import Picture
from storyboard.generators.seams import ImageRequest, ShotSpec, VideoRequest
from storyboard.generators.video.animatic.film import Film
from storyboard.generators.video.animatic.reel import scenery_of
from storyboard.schema.board import Aspect, Look
from storyboard.schema.scene import Scene

_FPS = 8
_SHOWN = 2  # a quarter of a second into the shot: nobody blinks so early, and every action has begun
_RATIOS: dict[Aspect, float] = {"16:9": 16 / 9, "1:1": 1.0, "9:16": 9 / 16}


class _Sheet(Look):
    """A look whose frame has a size of its own; its aspect is the nearest there is."""

    width: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.width, self.height


def scene_picture(request: ImageRequest, scene: Scene) -> Picture:
    """Return the scene in the framing and size that a request asks for."""
    cv2.setNumThreads(1)
    shot = ShotSpec(first_frame=0, n_frames=_SHOWN + 1, framing=request.framing)
    asked = VideoRequest(
        scene=scene,
        scene_index=0,
        n_scenes=1,
        characters=request.characters,
        look=_sheet_of(request),
        seed=request.seed,
        n_frames=shot.n_frames,
        shots=[shot],
    )
    planes = [planes.copy() for planes, _ in Film(asked, scenery_of(asked)).frames()][_SHOWN]
    drawn = np.asarray(cv2.cvtColor(planes, cv2.COLOR_YUV2RGB_I420), np.uint8)
    return drawn[: request.height, : request.width]


def _sheet_of(request: ImageRequest) -> _Sheet:
    ratio = math.log(request.width / request.height)
    nearest = min(_RATIOS, key=lambda aspect: abs(math.log(_RATIOS[aspect]) - ratio))
    return _Sheet.model_construct(
        style=request.look.style,
        palette=request.look.palette,
        aspect=nearest,
        width=request.width,
        height=request.height,
        fps=_FPS,
    )
