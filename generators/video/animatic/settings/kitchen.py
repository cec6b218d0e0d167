"""A tiled kitchen."""

from __future__ import annotations

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.pieces import furniture, interior, lamps
from storyboard.generators.video.animatic.pieces.nature import pot_plant
from storyboard.generators.video.animatic.scenery import Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR


@place(
    "kitchen",
    seat="chair",
    indoor=True,
    words=(
        "kitchen, dining, dining room, kitchen table, breakfast, stove, cooking, pantry, oven, "
        "kitchenette, sink, fridge, breakfast nook, dinner table, breakfast table"
    ),
)
def kitchen(s: Scenery) -> None:
    """A tiled kitchen: window over the sink, hanging copper, steam from a pot."""
    cupboard, accent = (
        mix(s.rng.choice(("#5f8a86", "#8a9a6a", "#6a7a9a", "#a8705a", "#d9cdb8")), s.palette.accent(0), 0.30),
        s.palette.accent(1),
    )
    b = s.layer(0.72)
    interior.room(s, b, mix("#f0dcb8", accent, 0.12))
    _tiles(s, b, -0.50, FLOOR, "#f3ead9")
    wx, wy, ww, wh = (
        s.about(-0.22 if s.w > 0.6 else -0.80, 0.12),
        -0.66,
        s.rng.choice((0.28, 0.36)),
        s.rng.choice((0.24, 0.28)),
    )
    interior.window(
        s,
        b,
        wx,
        wy,
        ww,
        wh,
        "#fff6e8",
        panes=s.rng.choice(((3, 1), (2, 2), (2, 1))),
        city=s.rng.random() < 0.4,
    )
    b.rect(wx - 0.03, wy - 0.06, ww + 0.06, 0.05, accent, r=0.004)
    for i in range(9):
        b.blob(
            [
                (wx - 0.03 + i * (ww + 0.06) / 9, wy - 0.02),
                (wx - 0.03 + (i + 1.03) * (ww + 0.06) / 9, wy - 0.02),
                (wx - 0.03 + (i + 0.5) * (ww + 0.06) / 9, wy + 0.025),
            ],
            lighter(accent, 0.2),
        )
    for x, w in ((s.left, s.w * 0.62), (wx + ww + 0.10, s.right - wx - ww)):
        _wall_cupboards(b, x, -0.76, w, 0.25, cupboard)
    _shelf_of_jars(s, b, wx - 0.32, -0.40, 0.24)
    b = s.layer(0.86)
    _counter(s, b, FLOOR + 0.005, cupboard)
    stove_x = s.about(0.50, 0.10)
    if "cook" not in s.done:  # who cooks brings the stove
        _stove(s, b, stove_x, FLOOR + 0.005)
        furniture.steam(s, stove_x - 0.04, FLOOR - 0.37)
        furniture.steam(s, stove_x - 0.03, FLOOR - 0.39)
    b = s.layer(0.95)
    interior.tile_floor(s, b, "#e9dcc6", mix(s.rng.choice(("#b4553f", "#3f5f6a", "#6b7a52")), accent, 0.3))
    lamps.pendant(s, b, s.about(-0.55, 0.08), -0.60, 0.075, accent)
    lamps.pendant(s, b, s.about(0.76, 0.08), -0.62, 0.075, accent)
    interior.sunbeam(s, b, wx, wy, ww, wh, 0.3, side=1)
    n = s.layer(1.45, softness=0.016)
    n.rect(-s.w - 0.4, 0.10, 0.62, 0.3, "#6d4630", r=0.01)
    n.rect(-s.w - 0.4, 0.09, 0.64, 0.03, "#9a6a47", r=0.01)
    for dx, tone in ((0.05, "#d8472f"), (0.11, "#e8a23a"), (0.0, "#e0653a")):
        n.circle(-s.w - 0.02 + dx, 0.055, 0.042, tone)
    s.key_light = "#ffd9a0" if s.night > 0.4 else s.palette.sun


def _tiles(s: Scenery, b: Brush, top: float, low: float, colour: str) -> None:
    b.rect(s.left, top, s.span, low - top, colour)
    size = 0.05
    for row in range(int((low - top) / size) + 1):
        b.line(
            [(s.left, top + row * size), (s.right, top + row * size)], darker(colour, 0.18), 0.0022, alpha=0.6
        )
        for column in range(int(s.span / (size * 1.7)) + 2):
            x = s.left + (column + (row % 2) * 0.5) * size * 1.7
            b.line(
                [(x, top + row * size), (x, top + (row + 1) * size)], darker(colour, 0.18), 0.0022, alpha=0.6
            )
    b.shade((s.left, top, s.span, 0.07), 0.22, 0.0)


def _wall_cupboards(
    b: Brush, x: float, y: float, w: float, h: float, colour: tuple[float, float, float]
) -> None:
    n = max(1, round(w / 0.21))
    b.rect(x, y + h, w, 0.02, "#000000", alpha=0.25)
    for i in range(n):
        cx = x + i * w / n
        b.rect(cx, y, w / n, h, darker(colour, 0.2))
        b.rect(cx + 0.008, y + 0.008, w / n - 0.016, h - 0.016, colour, r=0.004)
        b.rect(cx + 0.026, y + 0.026, w / n - 0.052, h - 0.052, lighter(colour, 0.08), r=0.003)
        b.rect(cx + (w / n - 0.024 if i % 2 == 0 else 0.016), y + h - 0.07, 0.008, 0.04, "#d9b36a", r=0.004)


def _shelf_of_jars(s: Scenery, b: Brush, x: float, y: float, w: float) -> None:
    b.rect(x, y, w, 0.014, "#8a5f42", r=0.003)
    for i in range(5):
        h = s.rng.uniform(0.05, 0.08)
        tone = mix(s.palette.accent(i), "#e8d9bd", 0.45)
        b.rect(x + 0.012 + i * w / 5, y - h, 0.034, h, tone, r=0.008)
        b.rect(x + 0.014 + i * w / 5, y - h - 0.008, 0.03, 0.012, "#6a4a36", r=0.003)


def _counter(s: Scenery, b: Brush, base: float, colour: tuple[float, float, float]) -> None:
    h = 0.27
    n = max(5, round(s.span / 0.24))
    for i in range(n):
        x = s.left + i * s.span / n
        b.rect(x, base - h, s.span / n, h - 0.03, darker(colour, 0.32))
        b.rect(x + 0.008, base - h + 0.05, s.span / n - 0.016, h - 0.095, darker(colour, 0.08), r=0.004)
        b.rect(x + 0.008, base - h + 0.010, s.span / n - 0.016, 0.034, darker(colour, 0.02), r=0.004)
        b.rect(x + s.span / n / 2 - 0.025, base - h + 0.024, 0.05, 0.007, "#d9b36a", r=0.003)
    b.rect(s.left, base - 0.032, s.span, 0.034, "#2b2a2c")
    b.rect(s.left, base - h - 0.022, s.span, 0.026, "#e9dfd0")
    b.rect(s.left, base - h - 0.022, s.span, 0.007, "#fff8ea")
    b.shade((s.left, base - h + 0.004, s.span, 0.03), 0.35, 0.0)
    top = base - h - 0.022
    b.line(
        [
            (-s.w * 0.02, top),
            (-s.w * 0.02, top - 0.09),
            (0.03 - s.w * 0.02, top - 0.11),
            (0.055 - s.w * 0.02, top - 0.085),
        ],
        "#b9bec6",
        0.010,
        smooth=True,
    )
    b.rect(-s.w * 0.55, top - 0.10, 0.018, 0.10, "#a9744e")
    for dx, tone in ((-0.64, "#c0392b"), (-0.60, "#e0a030"), (-0.68, "#7fa046")):
        b.circle(s.w * dx, top - 0.022, 0.024, tone)
    pot_plant(b, s.w * 0.22, top, 0.15, pot="#e8dccb")


def _stove(s: Scenery, b: Brush, x: float, base: float) -> None:
    b.rect(x - 0.135, base - 0.30, 0.27, 0.30, "#33363f", r=0.006)
    b.rect(x - 0.145, base - 0.305, 0.29, 0.02, "#1f2128", r=0.004)
    b.rect(x - 0.105, base - 0.20, 0.21, 0.14, "#191a20", r=0.01)
    b.rect(x - 0.095, base - 0.19, 0.19, 0.12, "#6b3420", r=0.008)
    b.glow(x, base - 0.13, 0.14, "#ff9a4a", 0.35)
    for i in range(5):
        b.circle(x - 0.09 + i * 0.045, base - 0.25, 0.011, "#c7ccd4")
    b.rect(x - 0.085, base - 0.385, 0.10, 0.08, "#c9683f", r=0.01)
    b.rect(x - 0.080, base - 0.38, 0.02, 0.07, "#f0a070", r=0.006)
    b.rect(x - 0.098, base - 0.372, 0.126, 0.012, "#8f4427", r=0.005)
    b.poly(
        [(x - 0.16, -0.815 - s.pad), (x + 0.16, -0.815 - s.pad), (x + 0.14, -0.60), (x - 0.14, -0.60)],
        "#aeb4bd",
    )
    b.poly(
        [(x - 0.16, -0.815 - s.pad), (x - 0.07, -0.815 - s.pad), (x - 0.07, -0.60), (x - 0.14, -0.60)],
        "#dfe3e8",
    )
    b.rect(x - 0.155, -0.60, 0.31, 0.035, "#8d939e", r=0.004)
    b.glow(x, -0.55, 0.22, "#ffe0a8", 0.25)
