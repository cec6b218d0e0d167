"""What an action brings along that stands on the ground: keyboard, stove, wheel, car, window, bed.

Everything is drawn in figure space scaled to the figure's height: y = 0 is the ground below it.
"""

from __future__ import annotations

import math

import skia

from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, lift, mix, rgb, scaled, shade
from storyboard.generators.video.animatic.figure.daily import PAN, WHEEL, WHEEL_R
from storyboard.generators.video.animatic.figure.performing import KEYS_X, KEYS_Y
from storyboard.generators.video.animatic.figure.shapes import Point, add_segment, blob, polygon, strand

_METAL: RGB = (0.2, 0.21, 0.25)
_CASES = (rgb("2b2b33"), rgb("6b3b2a"), rgb("b23a3a"), rgb("e9e4da"))
_CARS = (rgb("c8403c"), rgb("2f7f86"), rgb("e0b04a"), rgb("e7e2d6"))
_FRONTS = (rgb("7f9a8c"), rgb("9fb4c4"), rgb("c9a58a"), rgb("8d7f9c"))
_WOODS = (rgb("8a5f3f"), rgb("a97c50"), rgb("6d4c3a"), rgb("93705a"))
_QUILTS = (rgb("5f7fae"), rgb("b8697a"), rgb("6f9a7b"), rgb("c79a56"))
BED_TOP = 0.25
"""How high a mattress is, in heights of who lies on it."""


def draw_keyboard(brush: Brush, seed: int) -> None:
    """Draw a keyboard on crossed legs, its keys seen from above."""
    case = _CASES[seed % 4]
    (left, right), y = KEYS_X, KEYS_Y
    back, low = 0.04, y + 0.06
    for a, b in (((left + 0.05, low), (right - 0.02, 0.0)), ((right - 0.05, low), (left + 0.02, 0.0))):
        brush.line(strand([a, b]), _METAL, 0.016)
    brush.fill(
        polygon([(left - 0.02, y), (right + 0.02, y), (right + 0.05, y - 0.05), (left + 0.01, y - 0.05)]),
        case,
    )
    brush.fill(
        polygon([(left, y), (right, y), (right + back * 0.7, y - 0.036), (left + back * 0.7, y - 0.036)]),
        (0.95, 0.94, 0.9),
    )
    n_keys = 14
    for key in range(1, n_keys):
        x = left + (right - left) * key / n_keys
        if brush.fine(0.002):
            brush.line(strand([(x, y), (x + back * 0.7, y - 0.036)]), (0.6, 0.6, 0.62), 0.0016)
        if key % 7 not in (0, 3):
            brush.line(
                strand([(x + back * 0.28, y - 0.016), (x + back * 0.7, y - 0.036)]), (0.12, 0.12, 0.14), 0.011
            )
    brush.fill(
        polygon([(left - 0.02, y), (right + 0.02, y), (right + 0.02, low), (left - 0.02, low)]), shade(case)
    )
    brush.line(strand([(left - 0.02, y + 0.004), (right + 0.02, y + 0.004)]), lift(case, 0.25), 0.004)


def draw_worktop(brush: Brush, seed: int, *, seated: bool) -> None:
    """Draw a table under the hands of one who works, with papers and a mug on it."""
    wood, top = _WOODS[seed % 4], -0.345 if seated else -0.555
    left, right = (0.10, 0.47) if seated else (0.055, 0.43)
    for x in (left + 0.03, right - 0.03):
        brush.fill(
            polygon([(x - 0.012, top), (x + 0.012, top), (x + 0.010, 0.0), (x - 0.010, 0.0)]), shade(wood)
        )
    brush.fill(polygon([(left + 0.02, top), (right - 0.02, top), (right - 0.02, top + 0.07),
                        (left + 0.02, top + 0.07)]), shade(wood, 0.8))  # fmt: skip
    brush.fill(polygon([(left, top), (right, top), (right, top + 0.026), (left, top + 0.026)]), wood)
    brush.line(strand([(left, top + 0.003), (right, top + 0.003)]), lift(wood, 0.25), 0.006)
    sheet = [(left + 0.10, top), (left + 0.23, top), (left + 0.245, top - 0.012), (left + 0.125, top - 0.012)]
    brush.fill(polygon(sheet), (0.95, 0.94, 0.9))
    mug = _CASES[(seed + 2) % 3]
    x = right - 0.05
    brush.line(
        strand([(x + 0.018, top - 0.038), (x + 0.038, top - 0.026), (x + 0.018, top - 0.012)]), mug, 0.008
    )
    brush.fill(
        polygon([(x - 0.02, top - 0.05), (x + 0.02, top - 0.05), (x + 0.018, top), (x - 0.018, top)]), mug
    )


def draw_stool(brush: Brush, x: float, top: float) -> None:
    """Draw a stool behind who sits on it."""
    for leg in (-0.055, 0.055):
        brush.line(strand([(x + leg * 0.7, top), (x + leg, 0.0)]), _METAL, 0.014)
    brush.fill(
        blob([(x - 0.085, top), (x + 0.085, top), (x + 0.08, top + 0.03), (x - 0.08, top + 0.03)]),
        rgb("4a2f2a"),
    )


def draw_wheel(brush: Brush) -> None:
    """Draw a steering wheel seen from the side, with its column."""
    x, y = WHEEL
    brush.line(strand([(x, y), (x + 0.1, y + 0.05), (x + 0.17, y + 0.09)]), _METAL, 0.02)
    rim = skia.Path()
    rim.addOval(skia.Rect.MakeLTRB(x - 0.42 * WHEEL_R, y - WHEEL_R, x + 0.42 * WHEEL_R, y + WHEEL_R))
    brush.line(rim, (0.13, 0.12, 0.14), 0.017)
    brush.line(strand([(x - 0.03, y + 0.05), (x, y), (x + 0.03, y - 0.05)]), (0.2, 0.19, 0.21), 0.012)
    brush.oval((x, y), 0.018, 0.026, (0.2, 0.19, 0.21))


def draw_car_seat(brush: Brush, x: float, top: float) -> None:
    """Draw a car's seat behind the driver."""
    leather = rgb("5b4436")
    back = [
        (x - 0.12, top + 0.04),
        (x - 0.19, top - 0.3),
        (x - 0.15, top - 0.42),
        (x - 0.07, top - 0.4),
        (x - 0.02, top),
    ]
    brush.fill(blob(back), shade(leather))
    brush.fill(
        blob([(x - 0.14, top), (x + 0.14, top - 0.005), (x + 0.15, top + 0.05), (x - 0.13, top + 0.06)]),
        leather,
    )


def draw_car(brush: Brush, seed: int, t_s: float) -> None:
    """Draw the near side of a small open car in front of its driver."""
    paint = _CARS[seed % 4]
    glass = skia.Path()
    add_segment(glass, (0.40, -0.36), (0.29, -0.62), 0.008, 0.007, 0.006)
    brush.fill(polygon([(0.40, -0.36), (0.29, -0.62), (0.33, -0.62), (0.47, -0.36)]), (0.8, 0.9, 0.95), 0.35)
    brush.fill(glass, (0.75, 0.78, 0.82))
    body = [
        (-0.68, -0.12), (-0.68, -0.3), (-0.5, -0.37), (-0.2, -0.36), (0.1, -0.345), (0.42, -0.36),
        (0.66, -0.33), (0.83, -0.27), (0.86, -0.14), (0.6, -0.09), (0.0, -0.08), (-0.5, -0.09),
    ]  # fmt: skip
    brush.fill(blob(body), shade(paint))
    brush.fill(
        blob(
            [(x * 0.985 + 0.003, y * 0.97 - 0.02) for x, y in body[:8]]
            + [(0.78, -0.2), (0.0, -0.19), (-0.62, -0.2)]
        ),
        paint,
    )
    brush.line(
        strand([(-0.6, -0.335), (-0.2, -0.345), (0.4, -0.342), (0.74, -0.29)]), lift(paint, 0.45), 0.008
    )
    for x in (-0.2, 0.27):
        brush.line(strand([(x, -0.34), (x + 0.01, -0.1)]), shade(paint, 1.8), 0.005)
    brush.line(strand([(0.16, -0.285), (0.22, -0.285)]), (0.85, 0.86, 0.88), 0.012)
    lamp = skia.Path()
    lamp.addOval(skia.Rect.MakeLTRB(0.79, -0.27, 0.855, -0.2))
    brush.glow(lamp, (1.0, 0.94, 0.76))
    for x in (-0.43, 0.53):
        _tyre(brush, (x, -0.1), t_s)


def _tyre(brush: Brush, at: Point, t_s: float) -> None:
    brush.oval(at, 0.1, 0.1, (0.12, 0.12, 0.13))
    brush.oval(at, 0.058, 0.058, (0.72, 0.73, 0.76))
    for spoke in range(5):
        angle = t_s * 7 + spoke * math.tau / 5
        end = (at[0] + 0.05 * math.cos(angle), at[1] + 0.05 * math.sin(angle))
        brush.line(strand([at, end]), (0.45, 0.46, 0.5), 0.01)


def draw_stove(brush: Brush, seed: int, hands: tuple[Point, Point], t_s: float) -> None:
    """Draw a stove with a pan on it, the spoon in the far hand, and steam."""
    front, (x, y) = _FRONTS[seed % 4], PAN
    top, left, right = y + 0.035, x - 0.17, x + 0.23
    brush.fill(polygon([(left, top), (right, top), (right, 0.0), (left, 0.0)]), shade(front))
    brush.fill(polygon([(left, top), (right, top), (right - 0.02, -0.03), (left + 0.03, -0.03)]), front)
    brush.fill(
        polygon(
            [(left + 0.07, top + 0.1), (right - 0.05, top + 0.1), (right - 0.05, -0.1), (left + 0.07, -0.1)]
        ),
        shade(front, 1.5),
    )
    brush.line(strand([(left + 0.09, top + 0.075), (right - 0.07, top + 0.075)]), lift(front, 0.6), 0.012)
    brush.fill(
        polygon(
            [
                (left - 0.02, top - 0.018),
                (right + 0.02, top - 0.018),
                (right + 0.02, top + 0.012),
                (left - 0.02, top + 0.012),
            ]
        ),
        rgb("e8e2d6"),
    )
    near, far = hands
    brush.line(strand([near, (x - 0.07, y)]), (0.16, 0.15, 0.17), 0.016)
    brush.fill(
        blob([(x - 0.085, y), (x + 0.085, y), (x + 0.065, y + 0.03), (x - 0.065, y + 0.03)]),
        (0.22, 0.22, 0.25),
    )
    brush.oval((x, y), 0.085, 0.018, (0.3, 0.3, 0.33))
    brush.oval((x, y + 0.002), 0.072, 0.013, rgb("d8873e"))
    dip = (x + 0.4 * (far[0] - x), y + 0.002)
    brush.line(strand([(far[0] + 0.012, far[1] - 0.03), dip]), rgb("b98a58"), 0.011)
    for puff in range(3):
        age = (t_s * 0.45 + puff / 3) % 1.0
        sway = 0.02 * math.sin(t_s * 1.7 + puff * 2.1)
        at = (x - 0.03 + 0.04 * puff + sway * age, y - 0.03 - 0.16 * age)
        brush.oval(
            at, 0.014 + 0.022 * age, 0.02 + 0.026 * age, (1.0, 1.0, 1.0), 0.22 * math.sin(math.pi * age)
        )


def draw_window(brush: Brush, light: RGB) -> None:
    """Draw a window in the wall that the figure looks along, behind it."""
    wood, sky = rgb("d9cfc0"), mix((0.72, 0.84, 0.94), light, 0.35)
    outer = [(0.20, -1.24), (0.43, -1.17), (0.43, -0.55), (0.20, -0.50)]
    brush.fill(polygon(outer), wood)
    for low, high in ((0.06, 0.47), (0.53, 0.95)):
        pane = [_on(outer, u, v) for u, v in ((0.1, low), (0.92, low), (0.92, high), (0.1, high))]
        glass = polygon(pane)
        brush.glow(glass, sky, 0.92)
        streak = [_on(outer, u, v) for u, v in ((0.3, low), (0.5, low), (0.35, high), (0.15, high))]
        brush.glow(polygon(streak), (1.0, 1.0, 1.0), 0.18)
    brush.fill(polygon([(0.165, -0.505), (0.46, -0.555), (0.46, -0.53), (0.165, -0.47)]), shade(wood, 0.6))
    brush.line(strand([outer[0], outer[3]]), lift(wood, 0.4), 0.012)


def _on(quad: list[Point], u: float, v: float) -> Point:
    """Return a point of a window that recedes: u along the wall, v down."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
    top, low = (ax + (bx - ax) * u, ay + (by - ay) * u), (dx + (cx - dx) * u, dy + (cy - dy) * u)
    return (top[0] + (low[0] - top[0]) * v, top[1] + (low[1] - top[1]) * v)


def draw_bed(brush: Brush, seed: int) -> None:
    """Draw bed, mattress and pillow for one who lies with the head at -x."""
    wood, top = rgb("7a5238"), -BED_TOP
    brush.fill(polygon([(-0.66, top - 0.2), (-0.61, top - 0.2), (-0.61, 0.0), (-0.66, 0.0)]), wood)
    brush.fill(polygon([(0.58, top - 0.06), (0.62, top - 0.06), (0.62, 0.0), (0.58, 0.0)]), wood)
    brush.fill(
        polygon([(-0.62, top + 0.08), (0.6, top + 0.08), (0.6, top + 0.16), (-0.62, top + 0.16)]),
        shade(wood, 0.6),
    )
    brush.fill(
        blob(
            [
                (-0.6, top),
                (0.0, top - 0.012),
                (0.58, top),
                (0.58, top + 0.09),
                (0.0, top + 0.1),
                (-0.6, top + 0.09),
            ]
        ),
        (0.93, 0.92, 0.9),
    )
    brush.fill(
        blob(
            [
                (-0.6, top - 0.02),
                (-0.5, top - 0.085),
                (-0.32, top - 0.06),
                (-0.28, top + 0.0),
                (-0.45, top + 0.02),
            ]
        ),
        (0.98, 0.97, 0.95),
    )


def draw_quilt(brush: Brush, seed: int, breath: float) -> None:
    """Draw the quilt over one who lies in bed, rising with the breath."""
    quilt, top = _QUILTS[seed % 4], -BED_TOP
    rise = 0.012 * breath
    cover = [
        (-0.22, top + 0.07), (-0.245, top - 0.15 - rise), (-0.1, top - 0.245 - rise), (0.12, top - 0.215),
        (0.4, top - 0.185), (0.56, top - 0.215), (0.64, top - 0.05), (0.62, top + 0.1), (0.2, top + 0.125),
    ]  # fmt: skip
    brush.fill(blob(cover), shade(quilt))
    brush.fill(blob([(x * 0.98, y - 0.012 if y < top else y - 0.05) for x, y in cover]), quilt)
    hem = [(-0.215, top + 0.06), (-0.25, top - 0.04), (-0.225, top - 0.15 - rise)]
    brush.line(strand(hem), lift(quilt, 0.7), 0.035)
    for x in (0.05, 0.3):
        brush.line(
            strand([(x, top - 0.12), (x + 0.05, top - 0.03), (x + 0.02, top + 0.07)]),
            shade(quilt, 0.8),
            0.006,
        )


def draw_mic_stand(brush: Brush, fist: Point, mouth: Point) -> None:
    """Draw a microphone on its stand, which leans from its foot to the hand and on to the mouth."""
    foot = (0.27, 0.0)
    dx, dy = mouth[0] - fist[0], mouth[1] - fist[1]
    length = math.hypot(dx, dy) or 1e-6
    reach = max(0.02, length - 0.045)
    tip = (fist[0] + dx / length * reach, fist[1] + dy / length * reach)
    brush.line(strand([foot, fist]), (0.55, 0.57, 0.62), 0.0105)
    brush.fill(
        blob([(foot[0] - 0.085, 0.004), (foot[0], -0.022), (foot[0] + 0.085, 0.004)]), scaled(_METAL, 0.8)
    )
    handle = skia.Path()
    add_segment(handle, fist, tip, 0.0085, 0.01, 0.0125)
    brush.fill(handle, (0.16, 0.16, 0.19))
    brush.oval(tip, 0.02, 0.02, (0.52, 0.54, 0.58))
    brush.oval((tip[0] - 0.005 * brush.dark, tip[1] - 0.006), 0.009, 0.009, (0.82, 0.84, 0.88))
