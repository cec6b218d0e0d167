"""A corner café."""

from __future__ import annotations

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.pieces import furniture, interior, lamps
from storyboard.generators.video.animatic.pieces.nature import pot_plant
from storyboard.generators.video.animatic.pieces.people import sitter
from storyboard.generators.video.animatic.pieces.said import is_crowded, is_deserted
from storyboard.generators.video.animatic.scenery import Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR


@place(
    "café",
    seat="table",
    indoor=True,
    words=(
        "café, cafe, coffee, coffee shop, coffee house, coffeehouse, tea room, tea house, teahouse, "
        "canteen, cafeteria, internet cafe, internet café, ice cream parlour, ice cream parlor, "
        "patisserie, espresso bar, coffee bar, milk bar, juice bar, school canteen, school cafeteria, "
        "coffee stand"
    ),
)
def cafe(s: Scenery) -> None:
    """A corner café: big window on the street, a counter with a machine, pendant lamps over small tables."""
    accent, wood = s.palette.accent(0), "#8a5a3a"
    b = s.layer(0.68)
    wall = mix(s.rng.choice(("#b5654a", "#c9a86a", "#5f7a6a", "#7a5f7a", "#d0c0a0")), accent, 0.2)
    interior.room(s, b, wall, low_wall=mix("#38524e", s.palette.accent(2), 0.2))
    ww = s.w * s.rng.uniform(0.72, 0.96)
    wx = -s.w * 0.98 + s.rng.uniform(0.0, 0.10)
    interior.window(
        s,
        b,
        wx,
        -0.66,
        ww,
        0.40,
        "#2c2a2b",
        panes=(s.rng.choice((2, 3, 4)), s.rng.choice((1, 2))),
        city=s.rng.random() < 0.7,
    )
    b.rect(wx - 0.04, -0.70, ww + 0.08, 0.045, accent)
    for i in range(12):
        x = wx - 0.04 + i * (ww + 0.08) / 12
        tone = accent if i % 2 else mix(accent, "#fff0dc", 0.8)
        b.poly([(x, -0.70), (x + (ww + 0.08) / 12, -0.70), (x + (ww + 0.08) / 12, -0.645), (x, -0.645)], tone)
        b.circle(x + (ww + 0.08) / 24, -0.645, (ww + 0.08) / 24, tone)
    _menu_board(b, s.w * 0.30, -0.67, 0.34, 0.20)
    b.rect(s.w * 0.26, -0.40, s.w * 0.9, 0.014, wood)
    for i in range(9):
        x = s.w * 0.30 + i * 0.055
        furniture.cup(b, x, -0.402, 0.036, ("#f3e6d2", mix(accent, "#ffffff", 0.3), "#6d8b86")[i % 3])
    interior.sunbeam(s, b, wx + ww * 0.3, -0.60, ww * 0.5, 0.34, 0.30, side=1)
    b = s.layer(0.86)
    interior.plank_floor(s, b, "#a07048", gloss=0.16)
    _bar(s, b, s.w * 0.28, FLOOR + 0.005)
    furniture.steam(s, s.w * 0.28 + 0.20, FLOOR - 0.50)
    _guests(s, b, wood)
    b = s.layer(0.97)
    for i, x in enumerate((s.rng.uniform(-0.7, -0.5), s.rng.uniform(-0.3, -0.1), s.rng.uniform(0.5, 0.7))):
        lamps.pendant(
            s, b, s.w * x, -0.60 + 0.03 * (i % 2), 0.06, mix(accent, "#2b2422", 0.25), strength=0.36
        )
    for i, x in enumerate((-0.84, 0.80) if s.w > 0.6 else (-0.84,)):
        _laid_table(s, b, s.w * x, 0.0, 1.0, wood)
        s.filled.append((s.w * x - 0.19, s.w * x + 0.19))
        _chair(b, s.w * x + (0.17 if i == 0 else -0.17), 0.0, 1.0, wood, back=1 if i == 0 else -1)
    pot_plant(b, s.w * 1.02, -0.045, 0.34)
    n = s.layer(1.5, softness=0.02)
    n.rect(s.w - 0.16, 0.06, 0.7, 0.5, "#5a3a28", r=0.02)
    n.rect(s.w - 0.18, 0.05, 0.7, 0.028, "#b07b50", r=0.01)
    furniture.cup(n, s.w - 0.06, 0.052, 0.07, "#f1e4d1")
    s.centre, s.key_light, s.key_side = -0.18, "#ffc98a", 1


def _guests(s: Scenery, b: Brush, wood: str) -> None:
    """Paint the small tables at the window, and who sits there before the light."""
    share = 0.0 if is_deserted(s) else 0.95 if is_crowded(s) else 0.45
    places = (-0.66, -0.34, 0.02) if s.w > 0.6 else (-0.62, 0.06)
    for index, place_x in enumerate(places):
        x, y = s.w * place_x, FLOOR + 0.018
        for side in (-1, 1):
            taken = s.rng.random() < share
            _chair(b, x + side * 0.115, y, 0.72, wood, back=side)
            if taken:
                tone = mix("#35303e", s.palette.accent(index + side), 0.28)
                sitter(s, b, x + side * 0.110, y - 0.118, tone, facing=-side, scale=0.74)
        _laid_table(s, b, x, y, 0.70, wood)


def _laid_table(s: Scenery, b: Brush, x: float, y: float, scale: float, wood: str) -> None:
    """Paint a round table with cups and a flower on it."""
    furniture.round_table(b, x, y, 0.125 * scale, 0.25 * scale, wood)
    top = y - 0.255 * scale
    cups = ("#f6eadb", mix(s.palette.accent(0), "#ffffff", 0.4))
    for i, dx in enumerate((-0.05, 0.045)):
        furniture.cup(b, x + dx * scale, top, 0.028 * scale, cups[i])
    b.line([(x, top - 0.052 * scale), (x, top - 0.02 * scale)], "#3f7a4e", 0.005 * scale)
    b.circle(x, top - 0.056 * scale, 0.012 * scale, s.rng.choice(("#e7707a", "#f2c14e", "#e9e4f2")))
    b.rect(x - 0.008 * scale, top - 0.026 * scale, 0.016 * scale, 0.026 * scale, "#dfe9ea", r=0.003)
    if scale == 1.0:
        furniture.steam(s, x + 0.045, top - 0.035)


def _chair(b: Brush, x: float, y: float, scale: float, wood: str, *, back: int) -> None:
    """Paint a bentwood chair whose back is on a side."""
    seat, top = y - 0.150 * scale, y - 0.325 * scale
    for dx in (-0.045, 0.045):
        b.line([(x + dx * scale, seat), (x + dx * 1.15 * scale, y)], darker(wood, 0.4), 0.009 * scale)
    edge = x + back * 0.050 * scale
    b.line([(edge, seat), (edge + back * 0.014 * scale, top)], darker(wood, 0.2), 0.010 * scale)
    b.line(
        [(edge - back * 0.030 * scale, seat), (edge - back * 0.004 * scale, top + 0.02)],
        darker(wood, 0.2),
        0.007,
    )
    b.rect(x - 0.058 * scale, seat - 0.010 * scale, 0.116 * scale, 0.018 * scale, wood, r=0.006)


def _menu_board(b: Brush, x: float, y: float, w: float, h: float) -> None:
    b.rect(x - 0.012, y - 0.012, w + 0.024, h + 0.024, "#6f472f", r=0.005)
    b.rect(x, y, w, h, "#262b2b")
    for row in range(5):
        length = w * (0.34, 0.28, 0.38, 0.25, 0.32)[row]
        b.rect(x + 0.02, y + 0.03 + row * h * 0.18, length, 0.007, "#e9e2cf", alpha=0.8, r=0.003)
        b.rect(
            x + w * 0.55,
            y + 0.03 + row * h * 0.18,
            w * (0.3, 0.36, 0.26, 0.33, 0.2)[row],
            0.007,
            "#e9b96a",
            alpha=0.8,
            r=0.003,
        )


def _bar(s: Scenery, b: Brush, x: float, base: float) -> None:
    front, h = mix("#41625c", s.palette.accent(2), 0.25), 0.34
    w = s.right - x + 0.1
    b.shadow(x + w / 2, base + 0.006, w * 0.52, 0.016, 0.4)
    b.rect(x, base - h, w, h, front)
    for i in range(int(w / 0.065)):
        b.rect(x + 0.012 + i * 0.065, base - h + 0.05, 0.05, h - 0.08, lighter(front, 0.07), r=0.004)
        b.rect(x + 0.012 + i * 0.065, base - h + 0.05, 0.008, h - 0.08, darker(front, 0.3))
    b.rect(x - 0.02, base - h - 0.022, w, 0.03, "#a9744a", r=0.005)
    b.rect(x - 0.02, base - h - 0.022, w, 0.009, "#d9a473", r=0.004)
    top = base - h - 0.022
    b.rect(x + 0.10, top - 0.13, 0.22, 0.13, "#c9cdd4", r=0.014)
    b.rect(x + 0.10, top - 0.15, 0.22, 0.035, "#8d939e", r=0.010)
    b.rect(x + 0.115, top - 0.085, 0.19, 0.055, "#34373f", r=0.006)
    for dx in (0.15, 0.21, 0.27):
        b.rect(x + dx, top - 0.085, 0.016, 0.026, "#d8b068")
        b.circle(x + dx + 0.008, top - 0.115, 0.007, "#e8e9ee")
    b.rect(x + 0.38, top - 0.11, 0.26, 0.11, "#dfe9ea", r=0.01, alpha=0.35)
    for i in range(4):
        b.oval(
            x + 0.42 + i * 0.058, top - 0.022, 0.024, 0.018, ("#d9963f", "#a85b33", "#e6b25e", "#7b452a")[i]
        )
        b.oval(
            x + 0.43 + i * 0.055, top - 0.070, 0.020, 0.014, ("#e7a7a0", "#f2dcae", "#c9764e", "#e8c173")[i]
        )
    b.rect(x + 0.38, top - 0.056, 0.26, 0.004, "#9fb1b3")
