"""A sofa under an arched lamp, a fire or a shelf, evening in the window."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.pieces import furniture, interior
from storyboard.generators.video.animatic.pieces.nature import pot_plant
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR


@place(
    "living room",
    seat="sofa",
    indoor=True,
    words=(
        "living room, sofa, couch, apartment, flat, home, house, fireplace, parlour, parlor, hallway, "
        "room, cabin, stairs, staircase, stairwell, loft, armchair, den, family room, lounge room, "
        "sitting room, studio apartment, studio flat, cottage, mansion, drawing room, basement, "
        "penthouse, mobile home, trailer, bungalow, log cabin, houseboat"
    ),
)
def living_room(s: Scenery) -> None:
    """A sofa under an arched lamp, a fire or a shelf, evening in the window."""
    accent, second = s.palette.accent(0), s.palette.accent(2)
    wall = mix(s.rng.choice(("#4f6b6a", "#8a5a4a", "#6b5f7a", "#a8905f", "#5a6f52")), second, 0.25)
    b = s.layer(0.72)
    interior.room(s, b, wall, low_wall=darker(wall, 0.28))
    shelves = s.rng.choice((3, 4, 5))
    furniture.bookcase(
        s,
        b,
        -s.w - 0.02,
        FLOOR,
        s.rng.uniform(0.34, 0.46),
        0.10 + 0.125 * shelves,
        "#7b4f36",
        shelves=shelves,
    )
    wx = s.about(0.54, 0.06)
    interior.window(
        s,
        b,
        wx,
        -0.68,
        0.26,
        0.46,
        "#f2e9db",
        panes=s.rng.choice(((2, 3), (1, 2), (3, 4))),
        city=s.rng.random() < 0.5,
    )
    interior.curtain(b, wx - 0.13, -0.74, 0.12, 0.66, accent, tied=0)
    interior.curtain(b, wx + 0.27, -0.74, 0.14, 0.66, accent, tied=0)
    _pictures(s, b)
    interior.sunbeam(s, b, wx, -0.55, 0.26, 0.33, 0.32, side=-1)
    b = s.layer(0.9)
    interior.plank_floor(s, b, "#7a5138", gloss=0.14)
    interior.rug(b, 0.0, 0.05, 0.62, 0.07, mix(second, "#dccbb4", 0.45), accent)
    if s.palette.weather in ("snow", "rain", "fog") or s.rng.random() < 0.4:
        _fireplace(s, b, -s.w * 0.16, FLOOR + 0.01)
    else:
        _couch(
            s,
            b,
            s.about(0.06, 0.06),
            FLOOR + 0.02,
            s.rng.choice((accent, s.palette.accent(1), s.palette.accent(3))),
        )
    _arc_lamp(s, b, -s.w * 0.62, FLOOR + 0.03)
    pot_plant(b, s.w * 0.95, FLOOR + 0.05, 0.42, pot="#39434f")
    interior.dust(s, -s.w * 0.5, s.w * 0.6, -0.6, 0.0)
    n = s.layer(1.5, softness=0.018)
    n.rect(s.w - 0.10, 0.04, 0.6, 0.4, darker(accent, 0.45), r=0.09)
    s.centre = 0.22
    s.key_light, s.key_side = "#ffbf78", -1


def _couch(s: Scenery, b: Brush, x: float, base: float, colour: tuple[float, float, float]) -> None:
    b.shadow(x, base + 0.006, 0.44, 0.022, 0.45)
    for leg in (-0.33, 0.33):
        b.rect(x + leg - 0.01, base - 0.04, 0.02, 0.04, "#3a2618")
    b.rect(x - 0.38, base - 0.30, 0.76, 0.22, darker(colour, 0.22), r=0.05)
    for dx in (-0.345, 0.005):
        b.rect(x + dx, base - 0.285, 0.34, 0.17, darker(colour, 0.05), r=0.04)
        b.rect(x + dx, base - 0.155, 0.34, 0.07, lighter(colour, 0.12), r=0.03)
    b.rect(x - 0.36, base - 0.095, 0.72, 0.06, darker(colour, 0.3), r=0.015)
    for dx in (-0.44, 0.35):
        b.rect(x + dx, base - 0.21, 0.09, 0.175, darker(colour, 0.1), r=0.04)
    for dx, tone in ((-0.25, s.palette.accent(1)), (0.21, s.palette.accent(3))):
        b.poly(
            [
                (x + dx, base - 0.15),
                (x + dx + 0.10, base - 0.17),
                (x + dx + 0.12, base - 0.26),
                (x + dx + 0.02, base - 0.25),
            ],
            tone,
        )


def _arc_lamp(s: Scenery, b: Brush, x: float, base: float) -> None:
    on = 0.45 + 0.55 * s.night
    b.oval(x, base, 0.06, 0.012, "#1c1d22")
    b.line(
        [
            (x, base),
            (x - 0.02, base - 0.34),
            (x + 0.04, base - 0.56),
            (x + 0.20, base - 0.60),
            (x + 0.26, base - 0.52),
        ],
        "#23252c",
        0.010,
        smooth=True,
    )
    tip = (x + 0.26, base - 0.50)
    b.glow(tip[0], tip[1], 0.5, "#ffc67c", 0.45 * on)
    b.glow(tip[0], FLOOR + 0.06, 0.38, "#ffc67c", 0.35 * on, flat=0.25)
    b.oval(tip[0], tip[1] + 0.010, 0.05, 0.014, "#fff0cc", emit=True)
    b.blob(
        [
            (tip[0] - 0.068, tip[1] + 0.012),
            (tip[0] - 0.05, tip[1] - 0.055),
            (tip[0], tip[1] - 0.07),
            (tip[0] + 0.05, tip[1] - 0.055),
            (tip[0] + 0.068, tip[1] + 0.012),
        ],
        "#d99a4a",
    )
    s.lamp(tip[0], tip[1] + 0.02, 0.34, "#ffc67c", 0.55 * on)


def _pictures(s: Scenery, b: Brush) -> None:
    """Hang one large picture, a pair, or a group."""
    x = s.about(-0.16, 0.03)
    layouts: tuple[tuple[tuple[float, float, float, float], ...], ...] = (
        ((0.0, -0.66, 0.26, 0.18),),
        ((-0.02, -0.67, 0.13, 0.19), (0.15, -0.67, 0.13, 0.19)),
        (
            (-0.03, -0.69, 0.10, 0.10),
            (0.10, -0.71, 0.15, 0.12),
            (-0.02, -0.57, 0.16, 0.09),
            (0.17, -0.57, 0.09, 0.09),
        ),
    )
    for dx, y, w, h in s.rng.choice(layouts):
        frame = s.rng.choice(("#c9a25e", "#2b2a30", "#f1e7d8"))
        furniture.picture_frame(s, b, x + dx, y, w, h, frame, motif=s.rng.randrange(6))


def _fireplace(s: Scenery, b: Brush, x: float, base: float) -> None:
    stone = "#a39a92"
    b.rect(x - 0.24, base - 0.42, 0.48, 0.42, darker(stone, 0.15), r=0.004)
    b.rect(x - 0.28, base - 0.45, 0.56, 0.045, lighter(stone, 0.1), r=0.004)
    b.rect(x - 0.15, base - 0.29, 0.30, 0.29, "#1b1210", r=0.02)
    b.glow(x, base - 0.08, 0.42, "#ff8a3a", 0.75)
    for dx in (-0.07, 0.0, 0.06):
        b.line([(x + dx - 0.05, base - 0.02), (x + dx + 0.05, base - 0.035)], "#4a2b1c", 0.024)
    for dx in (-0.2, -0.05, 0.15):
        b.rect(x + dx, base - 0.52, 0.02, 0.07, "#f1e6d2", r=0.003)
    s.lamp(x, base - 0.10, 0.42, "#ff9440", 0.6, flicker=0.22)

    def flames(brush: Brush, clock: Clock) -> None:
        for i in range(7):
            t = clock.t_s * (3.1 + i * 0.37) + i * 2.1
            h = 0.10 + 0.05 * math.sin(t) + 0.03 * clock.pulse
            cx = x - 0.09 + i * 0.03
            brush.blob(
                [
                    (cx - 0.022, base - 0.025),
                    (cx - 0.018, base - h * 0.5),
                    (cx + 0.008 * math.sin(t * 1.3), base - h * 1.3),
                    (cx + 0.018, base - h * 0.5),
                    (cx + 0.022, base - 0.025),
                ],
                ("#ff7a2a", "#ffb347", "#ffe08a")[i % 3],
                alpha=0.85,
                emit=True,
            )

    s.move(flames)
