"""A bathroom: tiles, a tub on feet with its curtain, a basin under a mirror with bulbs, steam."""

from __future__ import annotations

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import furniture, interior
from storyboard.generators.video.animatic.pieces.nature import pot_plant
from storyboard.generators.video.animatic.scenery import Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR
_TILED = -0.40
"""Up to where the wall is tiled."""


@place(
    "bathroom",
    seat="stool",
    indoor=True,
    words=(
        "bathroom, bathtub, bath, shower, restroom, washroom, toilet, bathroom mirror, bathroom floor, "
        "public toilet, bathroom stall, powder room, tub, motel bathroom, hotel bathroom, school "
        "bathroom, bathroom sink, ladies' room, men's room, sauna"
    ),
)
def bathroom(s: Scenery) -> None:
    """A bathroom: tiles, a tub on feet with its curtain, a basin under a mirror with bulbs, steam."""
    tile = mix(
        s.rng.choice(("#8fc4bd", "#e3b7b0", "#9fb8d6", "#e6e2d6", "#7fa88a")), s.palette.accent(1), 0.10
    )
    wall = mix(tile, "#f6f0e6", 0.55)
    side = s.rng.choice((-1, 1))
    b = s.layer(0.72)
    interior.room(s, b, wall)
    _tiles(s, b, tile)
    if s.w > 0.6:
        interior.window(
            s, b, s.w * s.rng.uniform(-0.14, -0.06), -0.68, 0.22, 0.25, "#f3efe6", panes=(2, 2), city=False
        )
    _mirror(s, b, side * s.w * 0.56)
    b = s.layer(0.92)
    interior.tile_floor(s, b, "#f0ece2", darker(tile, 0.45))
    _tub(s, b, -side * max(0.22, s.w * 0.56), FLOOR + 0.035, side)
    _basin(s, b, side * s.w * 0.56, FLOOR + 0.015)
    _towels(s, b, side * s.w * 0.93)
    if s.w > 0.6:
        interior.rug(
            b, 0.0, 0.04, 0.26, 0.035, lighter(s.palette.accent(0), 0.25), lighter(s.palette.accent(0), 0.5)
        )
        pot_plant(b, side * s.w * 0.20, FLOOR + 0.02, 0.24, pot="#f3ece0")
    s.key_light, s.key_side, s.centre = "#fff0d4", 1 if side > 0 else -1, side * 0.06


def _tiles(s: Scenery, b: Brush, tile: RGB) -> None:
    b.gradient((s.left, _TILED, s.span, FLOOR - _TILED), [lighter(tile, 0.08), darker(tile, 0.08)])
    size = 0.062
    for i in range(round(s.span / size) + 1):
        x = s.left + i * size
        b.line([(x, _TILED), (x, FLOOR)], lighter(tile, 0.45), 0.0035, alpha=0.8)
    for k in range(round((FLOOR - _TILED) / size) + 1):
        b.line(
            [(s.left, _TILED + k * size), (s.right, _TILED + k * size)],
            lighter(tile, 0.45),
            0.0035,
            alpha=0.8,
        )
    for _ in range(22):
        column, row = s.rng.randrange(round(s.span / size)), s.rng.randrange(5)
        b.rect(
            s.left + column * size + 0.003,
            _TILED + row * size + 0.003,
            size - 0.006,
            size - 0.006,
            lighter(tile, 0.2),
            alpha=0.5,
        )
    b.rect(s.left, _TILED - 0.022, s.span, 0.026, darker(s.palette.accent(0), 0.1))
    b.rect(s.left, FLOOR - 0.03, s.span, 0.034, darker(tile, 0.25))


def _mirror(s: Scenery, b: Brush, x: float) -> None:
    w, top, h = 0.27, -0.70, 0.25
    b.rect(x - w / 2 - 0.03, top - 0.03, w + 0.06, h + 0.06, "#f3ece0", r=0.012)
    glass = mix("#b9d0dc", s.palette.sky[1], 0.12)
    b.gradient((x - w / 2, top, w, h), [lighter(glass, 0.2), darker(glass, 0.12)])
    b.poly(
        [
            (x - 0.08, top),
            (x - 0.03, top),
            (x - 0.09, top + h),
            (x - w / 2, top + h),
            (x - w / 2, top + h * 0.8),
        ],
        "#ffffff",
        alpha=0.30,
    )
    for k in range(4):
        for dx in (-w / 2 - 0.015, w / 2 + 0.015):
            b.circle(x + dx, top + 0.02 + k * h / 3.6, 0.013, "#fff3d2", emit=True)
    b.glow(x, top + h / 2, 0.36, "#ffeec8", 0.35)
    s.lamp(x, top + h / 2, 0.34, "#ffeec8", 0.20 + 0.25 * s.night)


def _basin(s: Scenery, b: Brush, x: float, base: float) -> None:
    white = "#f7f5f0"
    b.shadow(x, base + 0.004, 0.15, 0.012, 0.35)
    b.rect(x - 0.17, base - 0.245, 0.34, 0.245, mix("#b98d68", s.palette.accent(2), 0.25), r=0.006)
    for dx in (-0.155, 0.005):
        b.rect(
            x + dx,
            base - 0.205,
            0.15,
            0.19,
            lighter(mix("#b98d68", s.palette.accent(2), 0.25), 0.14),
            r=0.004,
        )
        b.circle(x + (0.135 if dx < 0 else 0.02) - 0.15 * (dx < 0), base - 0.11, 0.007, "#d0a24c")
    b.rect(x - 0.19, base - 0.285, 0.38, 0.045, white, r=0.012)
    b.oval(x, base - 0.280, 0.12, 0.016, darker(white, 0.18))
    b.line(
        [(x, base - 0.285), (x, base - 0.345), (x + 0.045, base - 0.345), (x + 0.045, base - 0.325)],
        "#b9c2c8",
        0.012,
    )
    b.rect(x - 0.145, base - 0.345, 0.034, 0.060, "#d7ecf2", r=0.006, alpha=0.85)
    for i, dx in enumerate((-0.136, -0.122)):
        b.line(
            [(x + dx, base - 0.32), (x + dx + (i - 0.5) * 0.018, base - 0.395)], s.palette.accent(i), 0.006
        )
    b.rect(x + 0.105, base - 0.325, 0.036, 0.042, s.palette.accent(3), r=0.008)
    b.rect(x + 0.117, base - 0.345, 0.012, 0.022, "#f3ece0")


def _tub(s: Scenery, b: Brush, x: float, base: float, side: int) -> None:
    half, white = min(0.32, s.w * 0.46), "#fbf9f5"
    b.shadow(x, base + 0.004, half * 1.1, 0.016, 0.4)
    for dx in (-0.72, 0.72):
        b.blob(
            [
                (x + dx * half - 0.02, base - 0.05),
                (x + dx * half - 0.028, base),
                (x + dx * half + 0.028, base),
                (x + dx * half + 0.02, base - 0.05),
            ],
            "#d0a24c",
        )
    b.blob(
        [
            (x - half, base - 0.215),
            (x - half, base - 0.215),
            (x + half, base - 0.215),
            (x + half, base - 0.215),
            (x + half * 0.93, base - 0.07),
            (x + half * 0.7, base - 0.03),
            (x - half * 0.7, base - 0.03),
            (x - half * 0.93, base - 0.07),
        ],
        white,
    )
    b.blob(
        [
            (x - half * 0.95, base - 0.12),
            (x + half * 0.95, base - 0.12),
            (x + half * 0.7, base - 0.032),
            (x - half * 0.7, base - 0.032),
        ],
        darker(white, 0.16),
        alpha=0.7,
    )
    for i in range(14):
        cx = x + half * s.rng.uniform(-0.86, 0.86)
        b.circle(
            cx,
            base - 0.222 - s.rng.uniform(0, 0.03),
            s.rng.uniform(0.016, 0.036),
            mix("#ffffff", s.palette.accent(1), 0.06 * (i % 3)),
            alpha=0.95,
        )
    b.rect(x - half - 0.018, base - 0.228, 2 * half + 0.036, 0.026, white, r=0.013)
    b.rect(x - half - 0.010, base - 0.210, 2 * half + 0.020, 0.008, darker(white, 0.22), r=0.004)
    tap = x + side * (half - 0.03)
    b.line([(tap, base - 0.23), (tap, base - 0.62), (tap - side * 0.12, base - 0.62)], "#c3a35a", 0.010)
    b.oval(tap - side * 0.12, base - 0.605, 0.034, 0.012, "#c3a35a")
    b.line([(x - half - 0.06, -0.70), (x + half + 0.06, -0.70)], "#c3a35a", 0.008)
    edge = x - side * (half - 0.02)
    interior.curtain(b, edge - 0.09, -0.698, 0.18, 0.50, lighter(s.palette.accent(0), 0.22))
    furniture.steam(s, x, base - 0.26)


def _towels(s: Scenery, b: Brush, x: float) -> None:
    b.line([(x - 0.09, -0.50), (x + 0.09, -0.50)], "#c3a35a", 0.008)
    for dx, h, index in ((-0.075, 0.20, 0), (0.010, 0.16, 2)):
        tone = lighter(s.palette.accent(index), 0.3)
        b.rect(x + dx, -0.505, 0.066, h, tone, r=0.008)
        b.rect(x + dx, -0.505 + h - 0.035, 0.066, 0.010, darker(tone, 0.2))
