"""A shop: racks of records, clothes, groceries or flowers, a counter with a till, a striped awning."""

from __future__ import annotations

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import interior, lamps
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR


@place(
    "shop",
    seat="stool",
    indoor=True,
    words=(
        "shop, store, market, mall, boutique, bookstore, supermarket, florist, barber, market stall, "
        "record shop, record store, flower shop, grocery store, convenience store, corner shop, "
        "corner store, thrift store, pawn shop, toy store, toy shop, candy store, barbershop, "
        "barber shop, hair salon, salon, beauty salon, nail salon, tattoo parlour, tattoo parlor, "
        "shopping mall, shopping centre, shopping center, grocery, pharmacy, drugstore, "
        "vintage shop, clothing store, department store, bodega, butcher, bike shop, music shop, "
        "music store, guitar shop, antique shop, night market, farmers market, flea market, bazaar, "
        "pet shop, jewelry store, gift shop, checkout, aisle, fitting room, repair shop, laundromat, "
        "launderette, workshop, garage"
    ),
)
def shop(s: Scenery) -> None:
    """A shop: racks of records, clothes, groceries or flowers, a counter with a till, a striped awning."""
    accent = s.palette.accent(0)
    wall = mix(s.rng.choice(("#c9b79a", "#8fa9a3", "#b58a8a", "#a3a9bf")), s.palette.accent(1), 0.15)
    side = s.rng.choice((-1, 1))
    b = s.layer(0.70)
    interior.room(s, b, wall)
    pane = min(0.62, s.w * 0.8)
    x = -side * s.w * 0.58 - pane / 2
    interior.window(s, b, x, -0.62, pane, 0.34, "#f3ece0", panes=(2, 1))
    _awning(s, b, x - 0.04, -0.70, pane + 0.08, accent)
    _shelves(s, b, side * s.w * 0.50, min(0.84, s.w * 0.95))
    b = s.layer(0.90)
    interior.tile_floor(s, b, "#e9e1d2", mix("#a8b0b5", accent, 0.25))
    rack = s.rng.choice((_clothes, _records, _crates))
    if s.w > 0.6:
        rack(s, b, -side * s.w * 0.52, FLOOR + 0.03)
    _counter(s, b, side * s.w * 0.62, FLOOR + 0.04)
    b = s.layer(0.97)
    for x in (-0.62, 0.0, 0.62):
        lamps.pendant(s, b, s.about(x, 0.05), -0.66, 0.05, darker(accent, 0.2), strength=0.34)
    n = s.layer(1.5, softness=0.02)
    n.rect(-side * s.w - 0.2, 0.06, 0.4, 0.6, darker(accent, 0.5), r=0.03)
    s.centre, s.key_light, s.key_side = -side * 0.14, "#ffe2b4", 1 if side > 0 else -1


def _awning(s: Scenery, b: Brush, x: float, y: float, w: float, tone: RGB) -> None:
    n = 11
    for i in range(n):
        stripe = tone if i % 2 == 0 else mix(tone, "#fff4e2", 0.85)
        b.rect(x + i * w / n, y, w / n + 0.001, 0.06, stripe)
        b.circle(x + (i + 0.5) * w / n, y + 0.06, w / n / 2, stripe)


def _shelves(s: Scenery, b: Brush, x: float, w: float) -> None:
    """Paint shelves of goods: each row of its own kind."""
    left, wood = x - w / 2, "#7a5238"
    b.rect(left - 0.02, -0.70, w + 0.04, 0.61, darker(wood, 0.45))
    goods = [_tins, _bottles, _boxes, _fruit]
    s.rng.shuffle(goods)
    for row, fill in enumerate(goods):
        y = -0.565 + row * 0.145
        fill(s, b, left + 0.015, y, w - 0.03)
        b.rect(left - 0.02, y, w + 0.04, 0.014, wood)
        b.rect(left - 0.02, y + 0.003, w + 0.04, 0.007, "#f3ece0", alpha=0.6)
    for edge in (left - 0.03, left + w + 0.010):
        b.rect(edge, -0.715, 0.02, 0.63, lighter(wood, 0.1))


def _tins(s: Scenery, b: Brush, x: float, y: float, w: float) -> None:
    n = round(w / 0.042)
    for i in range(n):
        tone, h = s.palette.accent(s.rng.randrange(4)), s.rng.choice((0.052, 0.062))
        b.rect(x + i * w / n + 0.003, y - h, w / n - 0.006, h, tone, r=0.004)
        b.rect(x + i * w / n + 0.003, y - h * 0.68, w / n - 0.006, h * 0.32, "#f6efe0")


def _bottles(s: Scenery, b: Brush, x: float, y: float, w: float) -> None:
    n = round(w / 0.034)
    for i in range(n):
        tone = mix(s.rng.choice(("#4f8a5a", "#c9862b", "#7a2f3a", "#5f8ab0")), s.palette.accent(i % 4), 0.2)
        at, h = x + (i + 0.5) * w / n, s.rng.uniform(0.062, 0.085)
        b.rect(at - 0.011, y - h, 0.022, h, tone, r=0.005)
        b.rect(at - 0.004, y - h - 0.020, 0.008, 0.024, tone)


def _boxes(s: Scenery, b: Brush, x: float, y: float, w: float) -> None:
    at = x
    while at < x + w - 0.03:
        wide, h = s.rng.uniform(0.035, 0.075), s.rng.uniform(0.05, 0.10)
        tone = mix(s.palette.accent(s.rng.randrange(4)), "#f1e4cc", s.rng.choice((0.0, 0.35)))
        wide = min(wide, x + w - at)
        b.rect(at, y - h, wide - 0.004, h, tone, r=0.003)
        b.circle(at + wide / 2, y - h * 0.55, min(wide, h) * 0.22, lighter(tone, 0.45))
        at += wide


def _fruit(s: Scenery, b: Brush, x: float, y: float, w: float) -> None:
    n = max(2, round(w / 0.20))
    for i in range(n):
        tone = s.rng.choice(("#d8472f", "#e8a23a", "#8fae3f", "#c9c23a", "#8a3f6a"))
        left, wide = x + i * w / n, w / n - 0.012
        for k in range(9):
            b.circle(left + 0.016 + (k % 5) * (wide - 0.03) / 4, y - 0.045 - 0.022 * (k // 5), 0.018, tone)
        b.rect(left, y - 0.042, wide, 0.042, "#a67c4c", r=0.004)
        b.rect(left, y - 0.026, wide, 0.006, darker("#a67c4c", 0.3))


def _counter(s: Scenery, b: Brush, x: float, base: float) -> None:
    w, h, tone = min(0.52, s.w * 0.70), 0.30, mix("#5f7a78", s.palette.accent(2), 0.3)
    b.shadow(x, base + 0.004, w * 0.55, 0.015, 0.45)
    b.rect(x - w / 2, base - h, w, h, tone)
    for i in range(6):
        b.rect(
            x - w / 2 + i * w / 6 + 0.006,
            base - h + 0.04,
            w / 6 - 0.012,
            h - 0.07,
            lighter(tone, 0.08),
            r=0.004,
        )
    b.rect(x - w / 2 - 0.02, base - h - 0.022, w + 0.04, 0.03, "#c9a06f", r=0.006)
    top = base - h - 0.022
    b.poly([(x - 0.10, top), (x - 0.085, top - 0.09), (x + 0.025, top - 0.09), (x + 0.04, top)], "#2f323b")
    b.rect(x - 0.075, top - 0.135, 0.09, 0.05, "#3f434e", r=0.006)

    def sum_due(brush: Brush, clock: Clock) -> None:
        glow = 0.65 + 0.35 * clock.pulse
        brush.rect(x - 0.066, top - 0.126, 0.072, 0.030, "#7dffb0", r=0.004, alpha=glow, emit=True)

    s.move(sum_due)
    for row in range(3):
        for column in range(4):
            b.rect(x - 0.075 + column * 0.026, top - 0.072 + row * 0.022, 0.018, 0.013, "#d9dde4", r=0.003)
    b.rect(x + w * 0.24, top - 0.10, 0.075, 0.10, "#e0c39a", r=0.004)
    b.line(
        [
            (x + w * 0.24 + 0.02, top - 0.10),
            (x + w * 0.24 + 0.037, top - 0.13),
            (x + w * 0.24 + 0.055, top - 0.10),
        ],
        "#b59468",
        0.005,
    )


def _clothes(s: Scenery, b: Brush, x: float, base: float) -> None:
    metal = "#c5cad2"
    b.shadow(x, base, 0.22, 0.013, 0.4)
    for dx in (-0.21, 0.21):
        b.line([(x + dx, base), (x + dx, base - 0.44)], metal, 0.010)
    b.line([(x - 0.21, base - 0.44), (x + 0.21, base - 0.44)], metal, 0.010)
    for i in range(11):
        at, tone = x - 0.185 + i * 0.037, mix(s.palette.accent(i), "#8a8f9a", s.rng.uniform(0.0, 0.5))
        b.line([(at, base - 0.44), (at, base - 0.42)], metal, 0.004)
        low = base - s.rng.uniform(0.10, 0.20)
        b.poly(
            [(at - 0.012, base - 0.42), (at + 0.012, base - 0.42), (at + 0.026, low), (at - 0.026, low)], tone
        )
        b.poly(
            [(at - 0.012, base - 0.42), (at - 0.004, base - 0.42), (at - 0.012, low), (at - 0.026, low)],
            darker(tone, 0.25),
        )


def _records(s: Scenery, b: Brush, x: float, base: float) -> None:
    wood = "#8a6244"
    b.shadow(x, base, 0.24, 0.013, 0.4)
    for dx in (-0.20, 0.20):
        b.rect(x + dx - 0.012, base - 0.20, 0.024, 0.20, darker(wood, 0.3))
    for bin_x in (-0.155, 0.0, 0.155):
        for k in range(9):
            tone = mix(s.palette.accent(s.rng.randrange(4)), "#2b2a30", s.rng.uniform(0.0, 0.6))
            top = base - 0.315 + 0.006 * k + s.rng.uniform(-0.006, 0.006)
            b.rect(x + bin_x - 0.066 + 0.002 * k, top, 0.128, 0.10, darker(tone, 0.06 * (8 - k)))
        b.rect(x + bin_x - 0.074, base - 0.235, 0.150, 0.075, wood, r=0.004)
        b.rect(x + bin_x - 0.074, base - 0.235, 0.150, 0.012, lighter(wood, 0.2))


def _crates(s: Scenery, b: Brush, x: float, base: float) -> None:
    b.shadow(x, base, 0.24, 0.013, 0.4)
    for row, y in enumerate((base, base - 0.15)):
        for dx in (-0.15, 0.0, 0.15) if row == 0 else (-0.075, 0.075):
            tone = s.rng.choice(("#e0564a", "#f0b23a", "#d97ab0", "#8fc05a", "#f3efe4"))
            for k in range(7):
                b.circle(
                    x + dx - 0.05 + k * 0.017,
                    y - 0.118 - 0.018 * (k % 2),
                    0.020,
                    mix(tone, "#ffffff", 0.12 * (k % 3)),
                )
            b.rect(x + dx - 0.068, y - 0.115, 0.136, 0.115, "#a67c4c", r=0.004)
            for k in range(3):
                b.rect(
                    x + dx - 0.064,
                    y - 0.108 + k * 0.036,
                    0.128,
                    0.026,
                    mix("#b98d5c", darker("#a67c4c", 0.2), s.rng.random()),
                )
