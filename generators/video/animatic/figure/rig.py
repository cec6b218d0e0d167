"""The rig: everything the drawing functions of one frame share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB
from storyboard.generators.video.animatic.figure.shapes import Level, Point, Ribbon, lerp
from storyboard.generators.video.animatic.figure.skeleton import Body, Joints, Pose
from storyboard.generators.video.animatic.figure.wardrobe import Outfit
from storyboard.schema.cast import Character

if TYPE_CHECKING:
    from storyboard.generators.video.animatic.things.catalogue import Thing


@dataclass(frozen=True)
class Looks:
    """What of a figure never changes: its sheet, read once."""

    character: Character
    body: Body
    outfit: Outfit
    skin: RGB
    hair: RGB
    seed: int


@dataclass
class Rig:
    """One figure in one frame: its looks, its pose, and the brush to draw it with."""

    looks: Looks
    body: Body
    pose: Pose
    joints: Joints
    brush: Brush
    t_s: float
    swing: float
    held: Thing | None = None

    @property
    def outfit(self) -> Outfit:
        """What it wears."""
        return self.looks.outfit

    @cached_property
    def torso(self) -> Ribbon:
        """The upper body without clothes' thickness, from neck (t = 1) to hips (t = 0)."""
        return torso_ribbon(self.body, self.joints, self.pose.back, 0.0)


def torso_ribbon(body: Body, joints: Joints, back: bool, pad: float) -> Ribbon:
    """Return the torso as a ribbon; `pad` is added on either side."""
    levels: list[Level] = []
    widths = _widths(body)
    for t, half in widths:
        centre, normal = _spine_at(joints, t)
        near = half + pad
        far = (half + pad) * (0.96 if t < 0.5 else 0.93)
        front = 0.0 if back else body.girth * 0.006
        left = (centre[0] - normal[0] * (near - front), centre[1] - normal[1] * (near - front))
        right = (centre[0] + normal[0] * (far + front), centre[1] + normal[1] * (far + front))
        levels.append((t, left, right))
    return Ribbon(levels)


def _widths(body: Body) -> tuple[tuple[float, float], ...]:
    neck = 0.04 * body.height * (1 - 0.2 * body.child)
    return (
        (1.02, neck * 0.9),
        (0.965, neck + (body.shoulder_w - neck) * 0.42),
        (0.9, body.shoulder_w * 0.93),
        (0.8, (body.shoulder_w + body.chest_w) * 0.49),
        (0.66, body.chest_w),
        (0.42, body.waist_w),
        (0.2, (body.waist_w + body.hip_w) * 0.5 + 0.004 * body.height),
        (0.04, body.hip_w),
        (-0.08, body.hip_w * 0.97),
    )


def _spine_at(joints: Joints, t: float) -> tuple[Point, Point]:
    """Return the point on the spine at t and the direction across it, towards the far side."""
    low = _direction(joints.pelvis, joints.spine)
    high = _direction(joints.spine, joints.neck)
    share = max(0.0, min(1.0, t))
    up = lerp(low, high, share)
    across = (-up[1], up[0])
    a, b = lerp(joints.pelvis, joints.spine, t * 2), lerp(joints.spine, joints.neck, t * 2 - 1)
    blend = max(0.0, min(1.0, (t - 0.3) / 0.4))
    return lerp(a, b, blend), across


def _direction(a: Point, b: Point) -> Point:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1e-6
    return (dx / length, dy / length)
