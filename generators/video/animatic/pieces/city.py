"""City: buildings with lit windows, street lamps, wet ground, traffic."""

from __future__ import annotations

import random

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import Colour, mix
from storyboard.generators.video.animatic.scenery import Clock, Scenery

_SEEN = 0.07
"""From this pitch of windows on one sees how they are made, in scene units."""
WINDOW_LIGHTS = ("#ffd48a", "#ffbf6b", "#ffe6b0", "#bfe0ff")


def building(
    scenery: Scenery,
    brush: Brush,
    x: float,
    base: float,
    w: float,
    h: float,
    colour: Colour,
    *,
    cell: float = 0.05,
    side: int = 1,
) -> None:
    """Paint a block with a lit and a shaded edge, and rows of windows of which some are lit."""
    rng = scenery.rng
    brush.rect(x, base - h, w, h, colour)
    shade = w * 0.22
    brush.rect(x if side > 0 else x + w - shade, base - h, shade, h, darker(colour, 0.22))
    brush.rect(x - 0.004, base - h - 0.006, w + 0.008, 0.012, lighter(colour, 0.12))
    columns, rows = max(2, int(w / cell)), max(2, int(h / (cell * 1.35)))
    pitch_x, pitch_y = w / columns, h / rows
    lit_share = 0.06 + 0.5 * scenery.night
    for row in range(rows):
        for column in range(columns):
            wx, wy = x + (column + 0.22) * pitch_x, base - h + (row + 0.25) * pitch_y
            lit = rng.random() < lit_share
            tone = rng.choice(WINDOW_LIGHTS) if lit else darker(colour, 0.38)
            alpha = rng.uniform(0.55, 1.0) * (0.5 + 0.5 * scenery.night) if lit else 0.75
            brush.rect(wx, wy, pitch_x * 0.56, pitch_y * 0.5, tone, alpha=alpha, emit=lit)
            if cell > _SEEN:
                _frame(brush, wx, wy, pitch_x * 0.56, pitch_y * 0.5, colour)


def _frame(brush: Brush, x: float, y: float, w: float, h: float, colour: Colour) -> None:
    """Paint the bars and the sill of a window that is near enough to show them."""
    bar = darker(colour, 0.5)
    brush.line([(x + w / 2, y), (x + w / 2, y + h)], bar, 0.006)
    brush.line([(x, y + h * 0.42), (x + w, y + h * 0.42)], bar, 0.005)
    brush.rect(x - w * 0.10, y + h, w * 1.2, 0.012, lighter(colour, 0.14))


def roof_things(scenery: Scenery, brush: Brush, x: float, top: float, w: float, colour: Colour) -> None:
    """Put a water tank, an aerial or a hut on a roof."""
    choice = scenery.rng.randrange(4)
    if choice == 0:
        brush.rect(x + w * 0.3, top - 0.05, w * 0.3, 0.05, darker(colour, 0.25))
        brush.poly(
            [(x + w * 0.28, top - 0.05), (x + w * 0.45, top - 0.075), (x + w * 0.62, top - 0.05)],
            darker(colour, 0.35),
        )
    elif choice == 1:
        brush.line([(x + w * 0.5, top), (x + w * 0.5, top - 0.11)], darker(colour, 0.3), 0.004)
        brush.circle(x + w * 0.5, top - 0.11, 0.005, "#ff5a4a", emit=True)
    elif choice == 2:
        brush.rect(x + w * 0.55, top - 0.035, w * 0.3, 0.035, darker(colour, 0.18))


def skyline(
    scenery: Scenery,
    brush: Brush,
    base: float,
    low: float,
    high: float,
    colour: Colour,
    *,
    width: float = 0.15,
    cell: float = 0.03,
) -> None:
    """Paint a row of buildings from one side to the other."""
    rng, x = scenery.rng, scenery.left
    while x < scenery.right:
        w = width * rng.uniform(0.6, 1.3)
        h = rng.uniform(low, high)
        tone = mix(colour, rng.choice(scenery.palette.film), 0.12 * rng.random())
        building(scenery, brush, x, base, w * 0.97, h, tone, cell=cell)
        roof_things(scenery, brush, x, base - h, w, tone)
        x += w


def street_lamp(
    scenery: Scenery,
    brush: Brush,
    x: float,
    base: float,
    height: float,
    *,
    arm: int = 1,
    colour: Colour = "#ffd08a",
) -> None:
    """Paint a lamp post; it shines when it is dark."""
    brush.line(
        [
            (x, base),
            (x, base - height * 0.93),
            (x + 0.02 * arm, base - height),
            (x + 0.09 * arm, base - height),
        ],
        "#262a36",
        0.010,
    )
    brush.rect(x - 0.011, base - height * 0.2, 0.022, height * 0.2, "#1d212c", r=0.004)
    brush.oval(x + 0.095 * arm, base - height + 0.006, 0.028, 0.009, "#2b303d")
    if scenery.night > 0.3:
        brush.oval(x + 0.095 * arm, base - height + 0.012, 0.022, 0.007, "#fff0cf", emit=True)
        tip = (x + 0.095 * arm, base - height)
        brush.beam(
            [
                (tip[0] - 0.015, tip[1]),
                (tip[0] + 0.015, tip[1]),
                (tip[0] + 0.22, base + 0.03),
                (tip[0] - 0.22, base + 0.03),
            ],
            colour,
            0.30 * scenery.night,
            fade=(tip, (tip[0], base + 0.05)),
        )
        scenery.lamp(tip[0], tip[1] + 0.012, 0.24, colour, 0.62 * scenery.night)


def puddles(scenery: Scenery, brush: Brush, top: float, n: int = 7) -> None:
    """Paint puddles that hold the colour of the sky."""
    rng = scenery.rng
    for _ in range(n):
        y = rng.uniform(top + 0.02, scenery.bottom)
        size = 0.05 + (y - top) * 0.7
        brush.oval(
            rng.uniform(scenery.left, scenery.right),
            y,
            size * rng.uniform(0.8, 1.6),
            size * 0.13,
            mix(scenery.palette.sky[1], "#ffffff", 0.1),
            alpha=0.30,
            emit=True,
        )


def reflection(brush: Brush, x: float, top: float, w: float, h: float, colour: Colour, alpha: float) -> None:
    """Lay the streak of a light on wet ground."""
    brush.gradient((x - w / 2, top, w, h), [colour, colour], alphas=[alpha, 0.0], emit=True)


def car(
    brush: Brush,
    x: float,
    base: float,
    length: float,
    colour: Colour,
    *,
    lights: float = 0.0,
    facing: int = 1,
) -> None:
    """Paint a car from the side; `facing` is where it drives."""
    h, f = length * 0.30, facing
    brush.shadow(x, base, length * 0.54, 0.018, 0.5)
    body = [
        (-0.50, -0.24),
        (-0.49, -0.52),
        (-0.40, -0.60),
        (-0.24, -0.66),
        (-0.13, -1.06),
        (0.0, -1.12),
        (0.14, -1.08),
        (0.28, -0.68),
        (0.44, -0.56),
        (0.51, -0.42),
        (0.50, -0.22),
    ]
    brush.poly([(x + px * length * f, base + py * h) for px, py in body], colour)
    brush.poly(
        [
            (x + px * length * f, base + py * h)
            for px, py in [(-0.50, -0.24), (-0.49, -0.38), (0.51, -0.36), (0.50, -0.22)]
        ],
        darker(colour, 0.35),
    )
    brush.line(
        [(x - 0.44 * length * f, base - 0.57 * h), (x + 0.42 * length * f, base - 0.54 * h)],
        lighter(colour, 0.3),
        0.006,
    )
    glass = mix("#2b3a52", "#9fc4dd", 0.25)
    brush.poly(
        [
            (x + px * length * f, base + py * h)
            for px, py in [(-0.20, -0.68), (-0.11, -0.99), (0.005, -1.03), (0.005, -0.68)]
        ],
        glass,
    )
    brush.poly(
        [
            (x + px * length * f, base + py * h)
            for px, py in [(0.03, -0.68), (0.03, -1.03), (0.12, -1.0), (0.23, -0.69)]
        ],
        glass,
    )
    for wheel in (-0.31, 0.31):
        brush.circle(x + wheel * length * f, base - h * 0.2, length * 0.088, "#15161d")
        brush.circle(x + wheel * length * f, base - h * 0.2, length * 0.046, "#8b909c")
    if lights > 0.2:
        brush.oval(x + 0.49 * length * f, base - h * 0.46, 0.014, 0.012, "#fff3cf", emit=True)
        brush.oval(x - 0.49 * length * f, base - h * 0.46, 0.010, 0.014, "#ff4a3d", emit=True)
        brush.glow(x + 0.50 * length * f, base - h * 0.46, 0.13, "#ffe9b5", 0.6 * lights)
        brush.glow(x - 0.50 * length * f, base - h * 0.46, 0.09, "#ff3b30", 0.5 * lights)


def bokeh(scenery: Scenery, brush: Brush, y: float, spread: float, n: int = 16) -> None:
    """Scatter far, blurred lights."""
    rng: random.Random = scenery.rng
    for _ in range(n):
        tone = rng.choice([*WINDOW_LIGHTS, "#ff6a5a", "#ff8fb0"])
        brush.circle(
            rng.uniform(scenery.left, scenery.right),
            y + rng.uniform(-spread, spread),
            rng.uniform(0.008, 0.02),
            tone,
            alpha=rng.uniform(0.12, 0.4),
            emit=True,
        )


def flicker_windows(scenery: Scenery, base: float, height: float, n: int = 14) -> None:
    """Let some far windows go on and off with the bars."""
    rng = scenery.rng
    spots = [
        (
            rng.uniform(scenery.left, scenery.right),
            base - rng.uniform(0.1, 0.9) * height,
            rng.choice(WINDOW_LIGHTS),
            rng.randrange(2, 6),
        )
        for _ in range(n)
    ]

    def draw(brush: Brush, clock: Clock) -> None:
        for index, (x, y, colour, period) in enumerate(spots):
            if (int(clock.beat / 4) + index) % period:
                brush.rect(x, y, 0.011, 0.013, colour, alpha=0.8 * scenery.night, emit=True)

    if scenery.night > 0.2:
        scenery.move(draw)
