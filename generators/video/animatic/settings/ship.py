"""On the deck of a ship: planks, a rail with a lifebuoy, mast and shrouds, a wheel, the open sea."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import city, nature
from storyboard.generators.video.animatic.pieces.season import birds
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.pieces.water import sea
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

_DECK = -0.070


@place(
    "ship",
    seat="crate",
    words=(
        "ship, ship deck, deck of a ship, boat deck, sailing ship, sailing boat, sailboat, yacht, ferry, "
        "cruise ship, pirate ship, boat, on a boat, on a ship, on deck, fishing boat, speedboat, steamer, "
        "ocean liner, vessel, galleon, schooner, small boat, raft, at sea, open sea, on the open sea"
    ),
)
def ship(s: Scenery) -> None:
    """On the deck of a ship: planks, a rail with a lifebuoy, mast and shrouds, a wheel, the open sea."""
    horizon = -0.30
    side = s.rng.choice((-1, 1))
    b = s.layer(0.10)
    sun_x = paint_sky(s, b, horizon, sun_x=0.3 * side, clouds=8)
    if s.rng.random() < 0.5:
        nature.mountains(s, b, horizon + 0.006, 0.05, mix("#5b6d80", s.palette.haze, 0.5), n=9)
    birds(s, horizon)
    b = s.layer(0.28)
    sea(s, b, horizon, 0.05, sun_x)
    _sail(s, s.about(-0.45 * side, 0.2), horizon + 0.008)
    b = s.layer(0.86)
    _rigging(s, b, side * s.w * (0.50 if s.w > 0.6 else 0.72))
    b = s.layer(0.95)
    _rail(s, b)
    _deck(s, b)
    _wheel(s, b, -side * s.w * 0.74, -0.030)
    _cargo(b, side * s.w * 0.90, -0.025)
    n = s.layer(1.5, softness=0.02)
    x = -side * (s.w + 0.02)
    n.line([(x, -1.2), (x + side * 0.10, 0.5)], "#b89a6a", 0.022)
    if s.palette.weather == "rain":
        city.puddles(s, b, 0.0)


def _sail(s: Scenery, x: float, y: float) -> None:
    """Let a far sail cross slowly."""

    def draw(brush: Brush, clock: Clock) -> None:
        at, bob = x + 0.004 * clock.t_s, 0.002 * math.sin(clock.t_s * 1.3)
        brush.poly([(at, y - 0.075 + bob), (at, y + bob), (at + 0.040, y - 0.006 + bob)], "#f4efe4")
        brush.poly(
            [(at - 0.004, y - 0.060 + bob), (at - 0.004, y - 0.004 + bob), (at - 0.028, y - 0.006 + bob)],
            "#e3dccd",
        )
        brush.poly(
            [
                (at - 0.035, y + bob),
                (at + 0.045, y + bob),
                (at + 0.032, y + 0.011 + bob),
                (at - 0.026, y + 0.011 + bob),
            ],
            "#5a4236",
        )

    s.move(draw)


def _rigging(s: Scenery, b: Brush, x: float) -> None:
    wood, rope, cloth = "#7a5a3e", "#4f4338", mix("#efe6d2", s.palette.accent(1), 0.12)
    top, base = s.high - 0.2, _DECK + 0.02
    yard = -0.66
    width = min(0.40, s.w * 0.55)
    b.blob(
        [
            (x - width, yard),
            (x - width, yard),
            (x - width * 0.92, s.high - 0.3),
            (x + width * 0.92, s.high - 0.3),
            (x + width, yard),
            (x + width, yard),
            (x, yard - 0.05),
        ],
        cloth,
    )
    for k in range(5):
        at = x + width * (k - 2) / 2.6
        b.line([(at, yard - 0.03), (at * 0.98 + x * 0.02, s.high - 0.2)], darker(cloth, 0.12), 0.004)
    b.rect(x - width - 0.03, yard - 0.010, 2 * width + 0.06, 0.022, wood, r=0.010)
    for side in (-1, 1):
        for k in range(3):
            b.line([(x + side * 0.02, top), (x + side * (0.24 + 0.06 * k), base)], rope, 0.005)
        for row in range(8):
            share = 0.36 + 0.08 * row
            left, right = x + side * (0.02 + 0.22 * share), x + side * (0.02 + 0.34 * share)
            y = top + (base - top) * share
            b.line([(left, y), (right, y)], rope, 0.004)
    b.rect(x - 0.024, top, 0.048, base - top, wood)
    b.rect(x - 0.024, top, 0.014, base - top, lighter(wood, 0.18))
    for y in (-0.22, -0.17, -0.12):
        b.rect(x - 0.028, y, 0.056, 0.012, "#c9ac78", r=0.004)


def _rail(s: Scenery, b: Brush) -> None:
    white, wood = "#efe9dc", "#8a5a38"
    b.rect(s.left, _DECK - 0.035, s.span, 0.05, darker(white, 0.18))
    for k in range(int(s.span / 0.062)):
        x = s.left + 0.03 + k * 0.062
        b.blob(
            [
                (x - 0.007, _DECK - 0.03),
                (x - 0.010, _DECK - 0.07),
                (x - 0.004, _DECK - 0.13),
                (x + 0.004, _DECK - 0.13),
                (x + 0.010, _DECK - 0.07),
                (x + 0.007, _DECK - 0.03),
            ],
            white,
        )
    b.rect(s.left, _DECK - 0.155, s.span, 0.026, wood)
    b.rect(s.left, _DECK - 0.155, s.span, 0.008, lighter(wood, 0.25))
    for x in (-0.34, 0.16) if s.w > 0.6 else (0.10,):
        at = s.about(x, 0.04)
        b.circle(at, _DECK - 0.075, 0.052, "#d9483a")
        for k in range(4):
            angle = math.pi / 4 + k * math.pi / 2
            b.circle(at + 0.040 * math.cos(angle), _DECK - 0.075 + 0.040 * math.sin(angle), 0.016, "#f6f0e4")
        b.circle(at, _DECK - 0.075, 0.027, darker("#5d7d92", 0.1))
    _lantern(s, b, s.about(-0.05, 0.08))


def _lantern(s: Scenery, b: Brush, x: float) -> None:
    y = _DECK - 0.155
    b.rect(x - 0.006, y - 0.12, 0.012, 0.12, "#2a2c33")
    b.rect(x - 0.022, y - 0.185, 0.044, 0.062, "#ffdf9c", r=0.008, emit=True)
    for dx in (-0.024, 0.018, -0.003):
        b.rect(x + dx, y - 0.188, 0.006, 0.068, "#2a2c33")
    b.poly([(x - 0.030, y - 0.186), (x, y - 0.215), (x + 0.030, y - 0.186)], "#2a2c33")
    b.glow(x, y - 0.155, 0.22, "#ffcf80", 0.15 + 0.5 * s.night)
    s.lamp(x, y - 0.155, 0.26, "#ffcf80", 0.12 + 0.45 * s.night, flicker=0.1)


def _deck(s: Scenery, b: Brush) -> None:
    wood: RGB = mix("#a9825a", s.palette.accent(1), 0.06)
    b.rect(s.left, _DECK - 0.010, s.span, 0.016, darker(wood, 0.5))
    b.gradient((s.left, _DECK, s.span, s.low - _DECK), [darker(wood, 0.18), wood, lighter(wood, 0.05)])
    for k in range(-15, 16):
        b.line([(k * 0.085, _DECK), (k * 0.155, s.low)], darker(wood, 0.42), 0.0028, alpha=0.6)
    b.shade((s.left, _DECK, s.span, 0.04), 0.34, 0.0)
    s.floor_gloss = max(s.floor_gloss, 0.08)


def _wheel(s: Scenery, b: Brush, x: float, base: float) -> None:
    s.filled.append((x - 0.15, x + 0.15))
    wood, y, r = "#6a4128", base - 0.27, 0.105
    b.shadow(x, base, 0.08, 0.011, 0.4)
    b.poly([(x - 0.030, base), (x + 0.030, base), (x + 0.018, y), (x - 0.018, y)], darker(wood, 0.2))
    ring = [(x + r * math.cos(k * math.tau / 24), y + r * math.sin(k * math.tau / 24)) for k in range(25)]
    turn = s.rng.uniform(0, 0.7)
    for k in range(8):
        angle = turn + k * math.tau / 8
        tip = (x + 1.34 * r * math.cos(angle), y + 1.34 * r * math.sin(angle))
        b.line([(x, y), tip], lighter(wood, 0.08), 0.011)
    b.line(ring, wood, 0.020)
    b.line(ring, lighter(wood, 0.25), 0.005)
    b.circle(x, y, 0.024, "#c79a4a")
    b.circle(x, y, 0.010, darker("#c79a4a", 0.4))


def _cargo(b: Brush, x: float, base: float) -> None:
    b.shadow(x, base, 0.16, 0.012, 0.4)
    wood = "#8a6038"
    for dx, h in ((-0.085, 0.17), (0.065, 0.19)):
        at = x + dx
        b.blob(
            [
                (at - 0.055, base),
                (at - 0.068, base - h / 2),
                (at - 0.055, base - h),
                (at + 0.055, base - h),
                (at + 0.068, base - h / 2),
                (at + 0.055, base),
            ],
            wood,
        )
        for share in (0.2, 0.78):
            b.rect(at - 0.063, base - h * share - 0.008, 0.126, 0.012, "#33302e")
        b.oval(at, base - h + 0.004, 0.052, 0.011, lighter(wood, 0.2))
    for k in range(4):
        b.oval(
            x - 0.19, base - 0.006 - 0.010 * k, 0.052 - 0.004 * k, 0.014, darker("#c9ac78", 0.08 * (k % 2))
        )
