"""An open road to the horizon, a car on the shoulder, hills, poles running away."""

from __future__ import annotations

import itertools

from storyboard.generators.video.animatic.brush import Brush, darker
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.pieces import city
from storyboard.generators.video.animatic.pieces.nature import hills, mountains
from storyboard.generators.video.animatic.pieces.said import colour_said, says
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.pieces.trees import tree
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "road",
    seat="crate",
    words=(
        "road, highway, motorway, gas station, petrol station, truck, route, parking lot, parking, road "
        "trip, car park, roadside, interstate, freeway, truck stop, rest stop, parking garage, parked "
        "car, broken-down car, stop sign, race track, racetrack, toll booth, overpass, tunnel, junction, "
        "motorbike, motorcycle, hood of a car, bonnet of a car, hood of the car, bonnet of the car, on "
        "the hood, route 66, bypass, filling station, drive-through, drive-thru, car wash"
    ),
)
def road(s: Scenery) -> None:
    """An open road to the horizon, a car on the shoulder, hills, poles running away."""
    horizon = -0.20
    b = s.layer(0.10)
    paint_sky(s, b, horizon, sun_x=0.12, clouds=6)
    mountains(s, b, horizon + 0.01, 0.16, "#6d7697", n=6)
    b = s.layer(0.40)
    hills(s, b, horizon + 0.03, 0.05, mix("#8d9a5a", s.palette.film[0], 0.12), n=6)
    for _ in range(9):
        tree(s, b, s.rng.uniform(s.left, s.right), horizon + 0.035, s.rng.uniform(0.05, 0.10), "#56703f")
    b = s.layer(0.92)
    earth = "#a99a5e"
    b.gradient(
        (s.left, horizon + 0.02, s.span, s.low - horizon), [darker(earth, 0.12), earth, darker(earth, 0.15)]
    )
    van = 0.0
    b.poly(
        [
            (van - 0.012, horizon + 0.02),
            (van + 0.012, horizon + 0.02),
            (van + 1.15, s.low),
            (van - 0.95, s.low),
        ],
        "#494a55",
    )
    b.poly(
        [
            (van - 0.010, horizon + 0.02),
            (van - 0.007, horizon + 0.02),
            (van - 0.78, s.low),
            (van - 0.83, s.low),
        ],
        "#e8dfc8",
        alpha=0.8,
    )
    b.poly(
        [
            (van + 0.007, horizon + 0.02),
            (van + 0.010, horizon + 0.02),
            (van + 1.02, s.low),
            (van + 0.97, s.low),
        ],
        "#e8dfc8",
        alpha=0.8,
    )
    _poles(s, b, horizon)
    _centre_line(s, horizon)
    if s.seat != "bonnet" and not s.done & {"drive", "passenger"}:  # else the scene's own car is there
        _parked_car(s, b)
    if s.palette.weather == "rain":
        city.puddles(s, b, -0.02)
    n = s.layer(1.5, softness=0.018)
    for i in range(9):
        x = -s.w - 0.1 + i * 0.035
        n.blob(
            [
                (x - 0.02, 0.4),
                (x, 0.12),
                (x + 0.05 - i * 0.012, -0.02 + i * 0.018),
                (x + 0.02, 0.14),
                (x + 0.03, 0.4),
            ],
            "#7c7440",
        )
    s.centre = -0.30
    s.key_side = 1


def _parked_car(s: Scenery, b: Brush) -> None:
    x = s.about(0.44, 0.05) if s.w > 0.6 else s.w * 0.35
    s.filled.append((x - 0.34, x + 0.34))
    city.car(
        b, x, -0.045, 0.70, colour_said(s, "car|van|truck", s.palette.accent(0)), lights=s.night, facing=-1
    )
    if says(s, "bag|suitcase|luggage"):
        for dx, w, tone in ((-0.07, 0.10, "#8a5236"), (0.035, 0.085, "#4a6a7a"), (-0.01, 0.09, "#b98f4a")):
            top = -0.282 if dx > -0.05 and dx < 0.03 else -0.240
            b.rect(x + dx - w / 2, top - 0.044, w, 0.044, tone, r=0.008)
            b.rect(x + dx - 0.012, top - 0.044, 0.007, 0.044, darker(tone, 0.4))
    if s.night > 0.3:
        b.glow(x - 0.62, 0.0, 0.42, "#ffe9b5", 0.45 * s.night, flat=0.16)
        s.lamp(x - 0.345, -0.14, 0.26, "#ffe9b5", 0.6 * s.night)
        s.lamp(x + 0.345, -0.14, 0.14, "#ff4a3a", 0.5 * s.night)


def _poles(s: Scenery, b: Brush, horizon: float) -> None:
    tops = []
    for i in range(5):
        share = 0.62**i
        x, base = -0.03 - s.w * 1.02 * share, horizon + 0.02 + 0.24 * share
        h = 0.72 * share
        b.line([(x, base), (x, base - h)], "#4a382f", 0.016 * share + 0.001)
        b.line(
            [(x - 0.10 * share, base - h * 0.92), (x + 0.10 * share, base - h * 0.92)],
            "#4a382f",
            0.010 * share + 0.001,
        )
        tops.append((x, base - h * 0.92))
    for (ax, ay), (bx, by) in itertools.pairwise(tops):
        b.line([(ax, ay), ((ax + bx) / 2, (ay + by) / 2 + 0.03), (bx, by)], "#2f2824", 0.0022, smooth=True)


def _centre_line(s: Scenery, horizon: float) -> None:
    """Let the dashes of the road come towards the camera."""

    def draw(brush: Brush, clock: Clock) -> None:
        for i in range(7):
            near = ((i + clock.t_s * 0.12) / 7) % 1.0
            far = max(0.0, near - 0.055)
            y0, y1 = (horizon + 0.02 + (s.low - horizon) * share**2.2 for share in (far, near))
            x0, x1 = (0.10 * (y - horizon - 0.02) / (s.low - horizon) for y in (y0, y1))
            w0, w1 = (0.001 + 0.030 * (y - horizon - 0.02) for y in (y0, y1))
            brush.poly([(x0 - w0, y0), (x0 + w0, y0), (x1 + w1, y1), (x1 - w1, y1)], "#e9d9a0", alpha=0.85)

    s.move(draw)
