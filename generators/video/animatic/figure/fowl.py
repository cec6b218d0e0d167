"""A bird as birds are: on two thin legs, with wings that beat; its head is that of the upright one."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.figure.acting import Cue
from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, lift, shade
from storyboard.generators.video.animatic.figure.creature import draw_animal_head
from storyboard.generators.video.animatic.figure.features import Features
from storyboard.generators.video.animatic.figure.gaits import gait_of
from storyboard.generators.video.animatic.figure.quadruped import Stand
from storyboard.generators.video.animatic.figure.shapes import Point, blob, strand
from storyboard.generators.video.animatic.figure.skeleton import Pose

_FEET: RGB = (0.93, 0.6, 0.2)


def perch_of(action: str, cue: Cue, pose: Pose, height: float, leg: float) -> Stand:
    """Return the stand of a bird that does what a person's pose says, as far as it can."""
    rise = min(0.35, pose.lift) + (0.03 * cue.drive * cue.hit if action not in ("sit", "sleep") else 0.0)
    rise += 0.16 * abs(cue.swing(2)) if action == "jump" else 0.0
    low = 0.14 if action in ("sit", "sleep") else 0.0
    body = (-0.03 * height, -(0.46 + rise - low) * height)
    head = (body[0] + 0.19 * height, body[1] - (0.32 - 0.06 * pose.nod) * height)
    paws = gait_of("walk" if action == "dance" else action, cue, pose, leg / height).paws
    feet = [
        (x * height + dx * height, -(up + rise * 0.8) * height)
        for x, (dx, up) in zip((-0.02, 0.02), paws[:2], strict=True)
    ]
    return Stand(body, body, head, 0.2 * height, pose.tilt + 0.1 * pose.nod, (*feet, *feet))  # type: ignore[arg-type]


def paint_fowl(
    brush: Brush,
    stand: Stand,
    features: Features,
    pose: Pose,
    cue: Cue,
    action: str,
    height: float,
    collar: RGB,
) -> None:
    """Draw the bird from back to front."""
    h, color = height, features.skin
    x, y = stand.hip
    beat = 0.0
    if action in ("dance", "jump", "run", "wave", "hug", "laugh", "cheer"):
        beat = 0.6 + 0.4 * math.sin(2 * math.pi * cue.beat * 2)
    _wing(brush, (x + 0.03 * h, y - 0.07 * h), h, shade(color, 1.0), beat * 0.9)
    tail = [
        (x - 0.2 * h, y + 0.02 * h),
        (x - 0.5 * h, y + 0.03 * h),
        (x - 0.52 * h, y + 0.13 * h),
        (x - 0.2 * h, y + 0.15 * h),
    ]
    brush.fill(blob(tail), shade(color, 0.9))
    for foot in stand.feet[:2]:
        knee = ((x + foot[0]) / 2 - 0.03 * h, (y + 0.18 * h + foot[1]) / 2)
        brush.line(
            strand([(x + foot[0] * 0.4, y + 0.18 * h), knee, (foot[0], foot[1] - 0.01 * h)]), _FEET, 0.03 * h
        )
        for toe in (-0.05, 0.04, 0.09):
            brush.line(
                strand([(foot[0], foot[1] - 0.012 * h), (foot[0] + toe * h, foot[1] - 0.008)]),
                _FEET,
                0.022 * h,
            )
    body = blob([(x - 0.28 * h, y + 0.03 * h), (x - 0.14 * h, y - 0.16 * h), (x + 0.1 * h, y - 0.26 * h),
                 (x + 0.25 * h, y - 0.2 * h), (x + 0.27 * h, y), (x + 0.12 * h, y + 0.2 * h),
                 (x - 0.12 * h, y + 0.21 * h)])  # fmt: skip
    brush.fill(body, color)
    breast = blob([(x + 0.24 * h, y - 0.14 * h), (x + 0.26 * h, y + 0.02 * h), (x + 0.1 * h, y + 0.19 * h),
                   (x - 0.05 * h, y + 0.17 * h), (x + 0.08 * h, y + 0.02 * h)])  # fmt: skip
    brush.fill(breast, lift(color, 0.45))
    neck = [(x + 0.04 * h, y - 0.16 * h), (stand.head[0] - 0.16 * h, stand.head[1] + 0.02 * h),
            (stand.head[0] + 0.14 * h, stand.head[1] + 0.05 * h), (x + 0.26 * h, y - 0.1 * h)]  # fmt: skip
    brush.fill(blob(neck), color)
    brush.line(strand([(x + 0.03 * h, y - 0.18 * h), (x + 0.15 * h, y - 0.12 * h), (x + 0.27 * h,
                                                                                    y - 0.14 * h)]),
               collar, 0.03 * h)  # fmt: skip
    _wing(brush, (x - 0.02 * h, y - 0.08 * h), h, shade(color, 0.45), beat)
    canvas, px = brush.canvas, brush.px
    canvas.save()
    canvas.translate(*stand.head)
    canvas.rotate(math.degrees(stand.angle))
    canvas.scale(stand.head_r, stand.head_r)
    brush.px = px * stand.head_r
    draw_animal_head(brush, "bird", features, pose.mood, pose.nod, pose.back)
    brush.px = px
    canvas.restore()


def _wing(brush: Brush, root: Point, h: float, color: RGB, beat: float) -> None:
    """Draw a wing, folded along the body (beat 0) to stretched upwards (1)."""
    x, y = root
    angle = -0.25 - 2.0 * beat
    length = (0.36 + 0.16 * beat) * h
    dx, dy = -math.cos(angle) * length, -math.sin(angle) * length
    nx, ny = dy / length, -dx / length
    wide = 0.12 * h
    tip = (x + dx, y + dy * (1 if beat > 0 else -0.6))
    outline = [(x + 0.09 * h, y), (x + dx * 0.4 + nx * wide, y + dy * 0.4 + ny * wide), tip,
               (x + dx * 0.5 - nx * wide, y + dy * 0.5 - ny * wide)]  # fmt: skip
    brush.fill(blob(outline), color)
    for share in (0.45, 0.65, 0.85):
        a = (x + dx * share + nx * wide * 0.5, y + dy * share + ny * wide * 0.5)
        brush.line(
            strand([(x + dx * (share - 0.3), y + dy * (share - 0.3)), a]), shade(color, 1.2), 0.012 * h, 0.7
        )
