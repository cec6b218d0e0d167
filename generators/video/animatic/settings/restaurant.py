"""A restaurant: white tablecloths with candles and glasses, a chandelier, arches, wine on the wall."""

from __future__ import annotations

import math

import skia

from storyboard.generators.video.animatic.brush import Brush, darker
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import interior
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR


@place(
    "restaurant",
    seat="table",
    indoor=True,
    words=(
        "restaurant, bistro, pizzeria, trattoria, steakhouse, brasserie, italian restaurant, "
        "french restaurant, fancy restaurant, candlelit dinner, candlelit table, dinner date, "
        "sushi bar, noodle bar, noodle shop, ramen shop, chinese restaurant, taqueria, supper club, "
        "osteria, banquet hall, dinner party, wedding reception, restaurant table, reception hall"
    ),
)
def restaurant(s: Scenery) -> None:
    """A restaurant: white tablecloths with candles and glasses, a chandelier, arches, wine on the wall."""
    wall = mix(s.rng.choice(("#7a2f33", "#2f4a4a", "#8a6a46", "#4a3558")), s.palette.accent(0), 0.15)
    b = s.layer(0.70)
    interior.room(s, b, wall, low_wall=darker("#5a3a2a", 0.1))
    motifs = [_arch_window, _wine_rack, _mirror]
    s.rng.shuffle(motifs)
    places = (-0.64, 0.0, 0.64) if s.w > 0.6 else (-0.5, 0.5)
    for x, motif in zip(places, motifs, strict=False):
        motif(s, b, s.w * x)
    for x in (-0.32, 0.32) if s.w > 0.6 else ():
        _sconce(s, b, s.w * x, -0.50)
    b = s.layer(0.90)
    interior.plank_floor(s, b, "#7d5238", gloss=0.20)
    _chandelier(s, b, 0.0, -0.66)
    back = (-0.30, 0.34) if s.w > 0.6 else ()
    for x in back:
        _table(s, b, s.w * x + s.rng.uniform(-0.03, 0.03), FLOOR + 0.015, 0.72)
    b = s.layer(0.97)
    for x in (-0.80, 0.82):
        _table(s, b, s.w * x, FLOOR + 0.085, 1.0)
    n = s.layer(1.5, softness=0.022)
    n.rect(s.w - 0.24, 0.10, 0.9, 0.6, "#efe7da", r=0.02)
    _wine_glass(n, s.w - 0.10, 0.10, 0.15)
    s.key_light, s.key_side = "#ffcb8a", -1


def _arch(x: float, top: float, low: float, half: float) -> skia.Path:
    path = skia.Path()
    path.moveTo(x - half, low)
    path.lineTo(x - half, top + half)
    path.arcTo(skia.Rect.MakeLTRB(x - half, top, x + half, top + 2 * half), 180, 180, False)
    path.lineTo(x + half, low)
    path.close()
    return path


def _arch_window(s: Scenery, b: Brush, x: float) -> None:
    half = min(0.17, s.w * 0.22)
    b.canvas.drawPath(_arch(x, -0.72, -0.355, half + 0.018), b.paint("#e9dcc6"))
    b.canvas.save()
    b.canvas.clipPath(_arch(x, -0.70, -0.37, half), True)
    interior.window(s, b, x - half, -0.70, 2 * half, 0.33, "#e9dcc6", panes=(2, 2))
    b.canvas.restore()


def _mirror(s: Scenery, b: Brush, x: float) -> None:
    half = min(0.15, s.w * 0.20)
    b.canvas.drawPath(_arch(x, -0.70, -0.38, half + 0.016), b.paint("#c79a4a"))
    b.canvas.drawPath(_arch(x, -0.684, -0.392, half), b.paint(mix("#b9c4cf", s.palette.accent(1), 0.15)))
    b.poly(
        [(x - half * 0.6, -0.58), (x - half * 0.1, -0.66), (x - half * 0.3, -0.40), (x - half * 0.8, -0.40)],
        "#ffffff",
        alpha=0.25,
    )


def _wine_rack(s: Scenery, b: Brush, x: float) -> None:
    w, h = min(0.36, s.w * 0.44), 0.30
    b.rect(x - w / 2, -0.69, w, h, "#3a241a", r=0.008)
    columns, rows = max(3, round(w / 0.055)), 5
    for row in range(rows):
        for column in range(columns):
            cx, cy = x - w / 2 + (column + 0.5) * w / columns, -0.69 + (row + 0.5) * h / rows
            b.circle(cx, cy, 0.0215, "#1f130e")
            if s.rng.random() < 0.8:
                b.circle(cx, cy, 0.015, s.rng.choice(("#3f2230", "#20402e", "#4a3520")))
                b.circle(cx, cy, 0.007, s.rng.choice(("#b23a48", "#d9b45a", "#8fa05a")))
    b.rect(x - w / 2 - 0.012, -0.70, w + 0.024, 0.016, "#6a4430")


def _sconce(s: Scenery, b: Brush, x: float, y: float) -> None:
    b.glow(x, y - 0.03, 0.20, "#ffc980", 0.5)
    b.rect(x - 0.006, y, 0.012, 0.05, "#b98f42")
    b.poly(
        [(x - 0.026, y - 0.055), (x + 0.026, y - 0.055), (x + 0.018, y), (x - 0.018, y)], "#ffe3b4", emit=True
    )
    s.lamp(x, y - 0.03, 0.26, "#ffc980", 0.26 + 0.20 * s.night)


def _chandelier(s: Scenery, b: Brush, x: float, y: float) -> None:
    b.line([(x, s.high), (x, y)], "#8d6c30", 0.005)
    arms = [-0.15, -0.085, 0.0, 0.085, 0.15]
    b.glow(x, y, 0.42, "#ffd79a", 0.35)
    for dx in arms:
        b.line([(x, y + 0.03), (x + dx * 0.6, y + 0.045), (x + dx, y)], "#c79a4a", 0.007, smooth=True)
        b.rect(x + dx - 0.006, y - 0.035, 0.012, 0.035, "#fff4dc")
        b.circle(x + dx, y - 0.045, 0.011, "#ffe9bd", emit=True)
        for k in range(3):
            b.circle(x + dx * (0.95 - k * 0.2), y + 0.012 + k * 0.012, 0.005, "#eaf4ff", alpha=0.8, emit=True)
    b.circle(x, y + 0.035, 0.016, "#c79a4a")
    s.lamp(x, y - 0.02, 0.46, "#ffd79a", 0.30 + 0.20 * s.night, flicker=0.05)


def _table(s: Scenery, b: Brush, x: float, base: float, scale: float) -> None:
    h, half = 0.255 * scale, 0.165 * scale
    for side in (-1, 1):
        _chair(s, b, x + side * (half + 0.035 * scale), base - 0.006, scale, side)
    b.shadow(x, base + 0.002, half * 1.15, 0.014, 0.4)
    cloth, top = "#f3ece0", base - h
    drop = [
        (x - half, top),
        (x + half, top),
        (x + half * 1.06, base - h * 0.22),
        (x + half * 0.70, base - h * 0.16),
        (x + half * 0.30, base - h * 0.24),
        (x - half * 0.15, base - h * 0.15),
        (x - half * 0.62, base - h * 0.24),
        (x - half * 1.06, base - h * 0.17),
    ]
    b.rect(x - 0.02 * scale, base - h, 0.04 * scale, h, "#4a3226")
    b.poly(drop, darker(cloth, 0.16))
    for i in range(5):
        fold = x - half * 0.8 + i * half * 0.4
        b.poly(
            [(fold, top), (fold + 0.03 * scale, top), (fold + 0.02 * scale, base - h * 0.24)],
            darker(cloth, 0.27),
            alpha=0.5,
        )
    b.oval(x, top, half, half * 0.15, cloth)
    for dx in (-0.5, 0.5):
        b.oval(x + dx * half, top - 0.002, half * 0.30, half * 0.05, "#ffffff")
        _wine_glass(b, x + dx * half * 0.55, top - 0.002, 0.065 * scale)
    _candle(s, b, x, top - 0.004, 0.055 * scale)


def _chair(s: Scenery, b: Brush, x: float, base: float, scale: float, side: int) -> None:
    wood, cloth = "#4a2f22", s.palette.accent(2)
    for dx in (-0.045, 0.045):
        b.line([(x + dx * scale, base), (x + dx * scale, base - 0.16 * scale)], wood, 0.010 * scale)
    b.rect(x - 0.055 * scale, base - 0.175 * scale, 0.11 * scale, 0.028 * scale, cloth, r=0.01)
    back = x + side * 0.045 * scale
    b.rect(back - 0.012 * scale, base - 0.36 * scale, 0.024 * scale, 0.20 * scale, wood, r=0.01)


def _wine_glass(b: Brush, x: float, base: float, h: float) -> None:
    b.line([(x, base), (x, base - h * 0.5)], "#dfe9ef", h * 0.06, alpha=0.8)
    b.oval(x, base, h * 0.20, h * 0.05, "#dfe9ef", alpha=0.7)
    b.blob(
        [
            (x - h * 0.22, base - h),
            (x + h * 0.22, base - h),
            (x + h * 0.20, base - h * 0.5),
            (x, base - h * 0.4),
            (x - h * 0.20, base - h * 0.5),
        ],
        "#e6f0f5",
        alpha=0.45,
    )
    b.blob(
        [
            (x - h * 0.19, base - h * 0.75),
            (x + h * 0.19, base - h * 0.75),
            (x + h * 0.16, base - h * 0.5),
            (x, base - h * 0.42),
            (x - h * 0.16, base - h * 0.5),
        ],
        "#8a2438",
        alpha=0.9,
    )


def _candle(s: Scenery, b: Brush, x: float, base: float, h: float) -> None:
    b.rect(x - h * 0.13, base - h, h * 0.26, h, "#f8efdd", r=0.002)

    def draw(brush: Brush, clock: Clock) -> None:
        sway = 0.12 * h * math.sin(clock.t_s * 4.3 + x * 20)
        top = base - h
        brush.blob(
            [(x - h * 0.12, top), (x + sway, top - h * 0.55), (x + h * 0.12, top), (x, top + h * 0.08)],
            "#ffd27a",
            emit=True,
        )
        brush.circle(x, top - h * 0.2, h * 0.5, "#ffb54a", alpha=0.22, emit=True)

    s.move(draw)
    tone: RGB = s.palette.light("#ffb860")
    s.lamp(x, base - h * 1.2, 0.17, tone, 0.32 + 0.2 * s.night, flicker=0.22)
