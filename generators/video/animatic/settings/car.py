"""In a car that drives: seen through the windscreen, the road running away behind."""

from __future__ import annotations

import skia

from storyboard.generators.video.animatic.brush import Brush, Point, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import city, nature
from storyboard.generators.video.animatic.pieces.season import ground_colour, leaf_colour
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

_HORIZON = -0.34
_ROOF, _SILL = -0.665, -0.135
"""Upper and lower edge of the windscreen."""
_TOP_HALF, _LOW_HALF = 0.47, 0.585
"""Half the windscreen's width at its upper and its lower edge."""


@place(
    "car",
    seat="sofa",
    words=(
        "car, inside a car, inside the car, in the car, in a car, car interior, passenger seat, back "
        "seat, backseat, front seat, driver's seat, driver seat, driving seat, dashboard, windscreen, "
        "windshield, taxi, cab, behind the wheel, uber, limousine, limo, convertible, pickup, pickup "
        "truck, van, cadillac, jeep, camper van, campervan, minivan, car window, taxicab, police car, "
        "moving car, car seat, sports car, muscle car, vintage car, old car, drive, driving, truck cab, "
        "hatchback, sedan, rv, camper, mustang, chevy"
    ),
)
def car(s: Scenery) -> None:
    """In a car that drives: seen through the windscreen, the road running away behind."""
    paint = s.palette.accent(0)
    in_town = s.rng.random() < 0.45
    b = s.layer(0.22)
    paint_sky(s, b, _HORIZON, sun_x=0.7, clouds=5)
    if in_town:
        city.skyline(s, b, _HORIZON + 0.02, 0.10, 0.30, mix("#5f6b8c", s.palette.haze, 0.3), width=0.11)
    else:
        nature.mountains(s, b, _HORIZON + 0.01, 0.13, "#66739a", n=6)
    earth = ground_colour(s, s.rng.choice(("#8fa05a", "#b39a5c", "#7c9a58")))
    b.gradient((s.left, _HORIZON, s.span, s.low - _HORIZON), [darker(earth, 0.1), earth, darker(earth, 0.2)])
    b.poly([(-0.03, _HORIZON), (0.03, _HORIZON), (1.5, s.low), (-1.5, s.low)], "#4a4b57")
    for side in (-1, 1):
        edge = [
            (side * 0.024, _HORIZON),
            (side * 0.028, _HORIZON),
            (side * 1.36, s.low),
            (side * 1.30, s.low),
        ]
        b.poly(edge, "#e8dfc8", alpha=0.8)
    _receding(s, in_town=in_town)
    b = s.layer(0.92)
    _cabin(s, b, mix("#3a3440", paint, 0.10))
    seat_x = min(0.20, s.w * 0.42)
    for x in (-seat_x, seat_x):
        _seat(b, x, mix("#6d5848", s.palette.accent(2), 0.25))
    b = s.layer(1.04, kept=True)
    _front(s, b, paint, seat_x)
    _reflections(s)
    s.key_side = 1
    if s.night > 0.5:
        s.key_light = "#ffd7a0"


def _receding(s: Scenery, *, in_town: bool) -> None:
    """Let what stands at the roadside run away towards the vanishing point."""
    leaf = leaf_colour(s, "#55803f")
    things = [(i / 9, -1 if i % 2 else 1, s.rng.uniform(0.9, 1.5), s.rng.uniform(0.7, 1.2)) for i in range(9)]

    def draw(brush: Brush, clock: Clock) -> None:
        brush.softness = 0.0  # what moves this fast need not be blurred as well, which is dear
        for k in range(8):
            near = (1.0 - ((k + clock.t_s * 1.3) / 8) % 1.0) ** 2.6
            y, half = _HORIZON + 0.62 * near, 0.002 + 0.022 * near
            brush.poly(
                [(-half, y), (half, y), (half * 1.3, y + 0.075 * near), (-half * 1.3, y + 0.075 * near)],
                "#eadfae",
            )
        order = sorted(
            (1.0 - (phase + clock.t_s * 0.17) % 1.0, side, away, tall) for phase, side, away, tall in things
        )
        for near, side, away, tall in order:
            share = near**2.4
            x, base = side * away * (0.05 + 1.25 * share), _HORIZON + 0.02 + 0.34 * share
            h = tall * (0.03 + 0.75 * share)
            if in_town or away > 1.35:
                brush.rect(x - 0.008 * share - 0.001, base - h, 0.016 * share + 0.002, h, "#2b2e3a")
                brush.oval(x - side * 0.05 * share, base - h, 0.06 * share, 0.016 * share, "#2b2e3a")
                brush.oval(
                    x - side * 0.06 * share,
                    base - h + 0.01 * share,
                    0.05 * share,
                    0.014 * share,
                    "#ffe2a6",
                    alpha=0.25 + 0.75 * s.night,
                    emit=True,
                )
            else:
                brush.rect(x - 0.02 * share, base - h * 0.4, 0.04 * share, h * 0.4, "#4b382c")
                brush.oval(x, base - h * 0.62, h * 0.34, h * 0.40, darker(leaf, 0.25))
                brush.oval(x + h * 0.07, base - h * 0.70, h * 0.22, h * 0.26, lighter(leaf, 0.10))

    s.move(draw)


def _screen(grow: float = 0.0) -> list[Point]:
    """Return the windscreen's corners, moved outward."""
    return [
        (-_TOP_HALF - grow, _ROOF - grow),
        (_TOP_HALF + grow, _ROOF - grow),
        (_LOW_HALF + grow * 1.6, _SILL + grow),
        (-_LOW_HALF - grow * 1.6, _SILL + grow),
    ]


def _cabin(s: Scenery, b: Brush, lining: RGB) -> None:
    """Paint the inside around the rear and side windows, which are holes in it."""
    shell = skia.Path()
    shell.addPoly([skia.Point(*point) for point in _screen(0.01)], True)
    shell.addRoundRect(skia.Rect.MakeLTRB(-0.265, -0.585, 0.265, -0.395), 0.04, 0.04)
    for side in (-1, 1):
        corners = ((0.315, -0.575), (0.43, -0.585), (0.50, -0.34), (0.325, -0.345))
        shell.addPoly([skia.Point(side * x, y) for x, y in corners], True)
    shell.setFillType(skia.PathFillType.kEvenOdd)
    b.canvas.drawPath(shell, b.paint(lining))
    b.rect(-0.28, -0.385, 0.56, 0.25, darker(lining, 0.35), r=0.03)
    b.poly([(-0.46, _ROOF), (0.46, _ROOF), (0.43, -0.615), (-0.43, -0.615)], lighter(lining, 0.10))
    b.rect(-0.05, -0.652, 0.10, 0.014, "#ffe9bd", r=0.006, alpha=0.35 + 0.5 * s.night, emit=True)
    if s.night > 0.3:
        b.glow(0.0, -0.60, 0.40, "#ffcf94", 0.32 * s.night)
        s.lamp(0.0, -0.60, 0.30, "#ffcf94", 0.22 * s.night, pulse=0.2)


def _seat(b: Brush, x: float, tone: RGB) -> None:
    b.rect(x - 0.135, -0.475, 0.27, 0.50, darker(tone, 0.35), r=0.06)
    b.rect(x - 0.118, -0.46, 0.236, 0.48, tone, r=0.05)
    b.rect(x - 0.07, -0.43, 0.14, 0.44, lighter(tone, 0.08), r=0.03)
    for dx in (-0.03, 0.03):
        b.rect(x + dx - 0.004, -0.52, 0.008, 0.05, "#9aa0ac")
    b.rect(x - 0.072, -0.600, 0.144, 0.095, darker(tone, 0.2), r=0.035)
    b.rect(x - 0.060, -0.592, 0.120, 0.070, lighter(tone, 0.06), r=0.028)


def _front(s: Scenery, b: Brush, paint: RGB, wheel_x: float) -> None:
    """Paint what is before the people: dashboard, wheel, mirror, the frame of the screen, the bonnet."""
    half = _LOW_HALF - 0.01
    dash = "#2b2830"
    b.blob(
        [
            (-half, 0.0),
            (-half, 0.0),
            (-half, -0.185),
            (-half + 0.04, -0.215),
            (0.0, -0.205),
            (half - 0.04, -0.215),
            (half, -0.185),
            (half, 0.0),
            (half, 0.0),
        ],
        dash,
    )
    b.line(
        [(-half + 0.06, -0.207), (0.0, -0.201), (half - 0.06, -0.207)],
        lighter(dash, 0.22),
        0.006,
        smooth=True,
    )
    _wheel(b, wheel_x, -0.185)
    b.rect(-0.006, _ROOF - 0.01, 0.012, 0.045, "#22222a")
    b.rect(-0.080, _ROOF + 0.022, 0.16, 0.048, "#24242c", r=0.02)
    b.rect(-0.070, _ROOF + 0.029, 0.14, 0.034, mix(s.palette.sky[1], "#1c2030", 0.35), r=0.014, emit=True)
    outer, inner = _screen(0.055), _screen()
    frame = skia.Path()
    frame.addPoly([skia.Point(*point) for point in outer], True)
    frame.addPath(_rounded(inner))
    frame.setFillType(skia.PathFillType.kEvenOdd)
    b.canvas.drawPath(frame, b.paint(paint))
    b.line([outer[0], outer[1]], lighter(paint, 0.35), 0.010)
    for side in (-1, 1):
        x = side * (_LOW_HALF + 0.10)
        b.line([(side * _LOW_HALF, -0.20), (x, -0.215)], darker(paint, 0.3), 0.016)
        b.rect(x - 0.05, -0.275, 0.10, 0.075, darker(paint, 0.12), r=0.025)
        b.rect(x - 0.05, -0.275, 0.10, 0.03, lighter(paint, 0.15), r=0.015)
    wide = _LOW_HALF + 0.10
    bonnet = [(-wide, _SILL), (wide, _SILL), (wide + 0.14, s.low), (-wide - 0.14, s.low)]
    b.poly(bonnet, paint)
    b.shade((-wide, _SILL, 2 * wide, 0.045), 0.50, 0.0)
    for side in (-1, 1):
        b.poly(
            [
                (side * 0.30, _SILL + 0.02),
                (side * 0.36, _SILL + 0.02),
                (side * 0.46, s.low),
                (side * 0.34, s.low),
            ],
            lighter(paint, 0.28),
            alpha=0.55,
        )
        b.line([(side * 0.16 - 0.10, _SILL + 0.018), (side * 0.30 + 0.10, _SILL - 0.035)], "#16161c", 0.011)
    b.gradient(
        (-wide, _SILL + 0.07, 2 * wide, s.low - _SILL), [s.palette.sky[1]] * 2, alphas=[0.20, 0.0], emit=True
    )


def _wheel(b: Brush, x: float, y: float) -> None:
    ring = b.paint("#17161b")
    ring.setStyle(skia.Paint.kStroke_Style)
    ring.setStrokeWidth(0.020)
    b.canvas.drawOval(skia.Rect.MakeLTRB(x - 0.105, y - 0.075, x + 0.105, y + 0.075), ring)
    b.line([(x - 0.10, y), (x + 0.10, y)], "#17161b", 0.016)
    b.oval(x, y + 0.005, 0.034, 0.026, "#24232a")


def _rounded(corners: list[Point]) -> skia.Path:
    """Return a polygon with its corners cut round, wound against its frame."""
    path, n = skia.Path(), len(corners)
    for i in range(n):
        (ax, ay), (bx, by), (cx, cy) = corners[i - 1], corners[i], corners[(i + 1) % n]
        start, end = (
            ((bx + (ax - bx) * 0.08), by + (ay - by) * 0.12),
            (bx + (cx - bx) * 0.08, by + (cy - by) * 0.12),
        )
        if i == 0:
            path.moveTo(*start)
        else:
            path.lineTo(*start)
        path.quadTo(bx, by, *end)
    path.close()
    return path


def _reflections(s: Scenery) -> None:
    """Slide the sky, or the street lamps at night, over the glass."""

    def draw(brush: Brush, clock: Clock) -> None:
        night = s.night > 0.5
        for k, speed in enumerate((0.21, 0.13)):
            share = (clock.t_s * speed + k * 0.55) % 1.0
            x = -0.72 + 1.2 * share
            fade = 1.0 - abs(2 * share - 1.0)
            tone = "#ffd9a0" if night else "#ffffff"
            corners = [(x, -0.66), (x + 0.14, -0.66), (x + 0.30, -0.20), (x + 0.10, -0.20)]
            inside = [(max(-0.46, min(0.46, px)), py) for px, py in corners]
            brush.poly(inside, tone, alpha=(0.13 if night else 0.09) * fade, emit=True)

    s.move(draw)
