"""Pictures of the places without anyone in them, for contact sheets and golden pictures."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from storyboard.generators.seams import ShotSpec, VideoRequest
from storyboard.generators.video.animatic.settings.building import scenery_of
from storyboard.generators.video.animatic.settings.registry import SETTINGS
from storyboard.schema.board import Look
from storyboard.schema.scene import Scene

_SEED = 11
_STILL_FRAME = 8
"""Which frame of a clip a picture shows: things that move have left their first positions."""


def place_pictures(kinds: Sequence[str] = ()) -> dict[str, NDArray[np.uint8]]:
    """Return a picture of each kind of place by day and by night, as RGB of 360 x 640 x 3.

    Keys are "<kind>, day" and "<kind>, night", in the order of the kinds' names; all kinds unless
    some are given.
    """
    return {
        f"{kind}, {hour}": place_picture(kind, time_of_day=hour)
        for kind in sorted(kinds or SETTINGS)
        for hour in ("day", "night")
    }


def place_picture(
    setting: str,
    *,
    time_of_day: str = "day",
    weather: str = "clear",
    mood: str = "",
    seed: int = _SEED,
    scene_index: int = 0,
    framing: str = "wide",
    aspect: str = "16:9",
    height: int = 360,
    frame: int = _STILL_FRAME,
) -> NDArray[np.uint8]:
    """Return one frame of a place without anyone in it, as RGB pixels (height x width x 3)."""
    from storyboard.generators.video.animatic.film import Film

    record = {"id": "place", "title": "Place", "setting": setting, "mood": mood}
    record |= {"time_of_day": time_of_day, "weather": weather, "camera": "static"}
    n_frames = frame + 1
    request = VideoRequest(
        scene=Scene.model_validate(record),
        scene_index=scene_index,
        n_scenes=6,
        characters=[],
        look=Look.model_validate({"aspect": aspect, "height": height, "fps": 24}),
        seed=seed,
        n_frames=n_frames,
        shots=[ShotSpec.model_validate({"first_frame": 0, "n_frames": n_frames, "framing": framing})],
        beats=list(range(0, n_frames, 12)),
        downbeats=[0],
        sung=[],
    )
    planes = np.zeros(0, np.uint8)
    for planes, _ in Film(request, scenery_of(request)).frames():  # noqa: B007
        pass
    picture: NDArray[np.uint8] = cv2.cvtColor(planes, cv2.COLOR_YUV2RGB_I420).astype(np.uint8, copy=False)
    return picture
