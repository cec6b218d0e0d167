"""A portrait of a character, from its sheet alone: head and shoulders before a plain background."""

from __future__ import annotations

import cv2
import numpy as np
import skia

from storyboard.generators.image.picture import Picture
from storyboard.generators.video.animatic.figure import Light, Moment
from storyboard.generators.video.animatic.figure.acting import Cue, Playing, act
from storyboard.generators.video.animatic.figure.player import Player
from storyboard.generators.video.animatic.figure.skeleton import Pose
from storyboard.schema.cast import Character

_BACKDROP = ((238, 239, 240), (203, 208, 213))  # around the head, and in the corners
_STUDIO = Light(ambient=(1.0, 1.0, 1.0), rim=(1.0, 1.0, 1.0), rim_side=1, strength=0.3)
_MOMENT = Moment(t_s=0.5, beat=0.5, energy=0.3, mouth=0.0, playing=Playing())  # when nobody blinks
_HEAD = {"wide": 0.205, "tall": 0.25}
"""Radius of the head, as a share of the picture's shorter side."""
_LEVEL = {"wide": 0.46, "tall": 0.41}
"""Where the middle of the head is, as a share of the picture's height."""
_PET_AT = 0.6
"""Where the head of one that stands in profile is, as a share of the width: its body is behind it."""
_ACTION = "pose_for_portrait"


def portrait_of(character: Character, width: int, height: int, seed: int) -> Picture:
    """Return a picture of a character who looks at the viewer.

    Args:
        character: its sheet.
        width: in pixels.
        height: in pixels.
        seed: decides what the sheet leaves open.
    """
    player = Player(character, seed)
    action = "sit" if player.is_pet else _ACTION
    x, y, radius = player.head(action, _MOMENT, x=0.0, feet_y=0.0, unit_px=1.0, facing=1)
    shape = "tall" if height > width else "wide"
    unit_px, level = _HEAD[shape] * min(width, height) / radius, _LEVEL[shape]
    pixels = _backdrop(width, height, level)
    surface = skia.Surface(pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
    player.draw(
        surface.getCanvas(),
        action,
        _MOMENT,
        _STUDIO,
        x=width * (_PET_AT if player.is_pet else 0.5) - x * unit_px,
        feet_y=height * level - y * unit_px,
        unit_px=unit_px,
        facing=1,
    )
    surface.flushAndSubmit()
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGB), np.uint8)


@act(_ACTION)
def _pose(cue: Cue, pose: Pose) -> None:
    """Turn the face to the viewer, arms at the sides, with the beginning of a smile."""
    pose.yaw = -0.7
    pose.mood.gaze_x, pose.mood.smile = 0.0, 0.4
    pose.near.angle, pose.near.flex = -0.1, 0.12
    pose.far.angle, pose.far.flex = 0.1, -0.12


def _backdrop(width: int, height: int, level: float) -> Picture:
    """Return a plain studio wall (BGRA), lightest behind the head."""
    across = (np.arange(width, dtype=np.float32)[None] - width / 2) / min(width, height)
    down = (np.arange(height, dtype=np.float32)[:, None] - height * level) / min(width, height)
    away = np.clip(np.hypot(across, down) / 0.8, 0, 1)[..., None]
    light, dark = (np.array([*color[::-1], 255], np.float32) for color in _BACKDROP)
    return np.asarray(np.round(light + (dark - light) * away * away), np.uint8)
