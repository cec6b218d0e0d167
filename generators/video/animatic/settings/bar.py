"""A bar: a long counter with taps and stools, bottles against a lit mirror, low lamps."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import furniture, interior, lamps
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR


@place(
    "bar",
    seat="stool",
    indoor=True,
    words=(
        "bar, pub, tavern, saloon, dive bar, cocktail bar, wine bar, lounge, hotel bar, jazz club, "
        "speakeasy, irish pub, beer hall, bar counter, bar stool, local pub, smoky bar, neon bar, sports "
        "bar, piano bar, honky-tonk, whiskey bar, jazz bar, brewery, inn, pool hall, tiki bar, cocktail "
        "lounge, gay bar, corner bar, blues bar, karaoke pub, biker bar, cantina, bodeguita"
    ),
)
def bar(s: Scenery) -> None:
    """A bar: a long counter with taps and stools, bottles against a lit mirror, low lamps."""
    wood = s.rng.choice(("#5a3524", "#4b3328", "#6a3b2a"))
    wall = mix(s.rng.choice(("#2f4a3f", "#5b2a2c", "#2e3650", "#4a3a2c")), s.palette.accent(1), 0.15)
    b = s.layer(0.70)
    interior.room(s, b, wall, low_wall=darker(wood, 0.2))
    middle = s.w * s.rng.uniform(-0.16, 0.16)
    shelf_w = min(1.05, s.w * 1.15)
    _shelves(s, b, middle, shelf_w, wood)
    aside = [side for side in (-1, 1) if s.w - abs(middle + side * shelf_w / 2) > 0.12]
    signs = [_neon_mug, _dartboard, _frames]
    s.rng.shuffle(signs)
    for side, sign in zip(aside, signs, strict=False):
        sign(s, b, side * (s.w + side * middle + shelf_w / 2) / 2)
    b = s.layer(0.86)
    interior.plank_floor(s, b, darker(wood, 0.1), gloss=0.22)
    _counter(s, b, wood)
    b = s.layer(0.97)
    n = max(2, round(s.w * 3.4))
    for i in range(n):
        x = s.w * (2 * (i + 0.5) / n - 1)
        lamps.pendant(s, b, x, -0.635, 0.05, mix("#3b5f4a", s.palette.accent(0), 0.3), strength=0.42)
    for x in (-0.93, -0.70, 0.78):
        _stool(b, s.w * x + s.rng.uniform(-0.03, 0.03), 0.0, s.palette.accent(0))
    near = s.layer(1.5, softness=0.02)
    near.rect(-s.w - 0.5, 0.10, 0.62, 0.5, darker(wood, 0.45), r=0.03)
    _pint(near, -s.w + 0.02, 0.105, 0.17)
    s.key_light, s.key_side = "#ffbe78", 1


def _shelves(s: Scenery, b: Brush, x: float, w: float, wood: str) -> None:
    """Paint the back bar: bottles on glass before a mirror lit from below."""
    left, top, low = x - w / 2, -0.70, -0.33
    b.rect(left - 0.03, top - 0.035, w + 0.06, low - top + 0.06, darker(wood, 0.25), r=0.008)
    b.rect(left - 0.05, top - 0.05, w + 0.10, 0.03, lighter(wood, 0.12), r=0.006)
    glow = mix("#ffb45e", s.palette.accent(2), 0.25)
    for row in range(3):
        y = top + 0.115 + row * 0.115
        b.gradient(
            (left, y - 0.10, w, 0.10), [mix(glow, "#2a1a18", 0.72), mix(glow, "#fff0d0", 0.10)], emit=True
        )
        at = left + 0.02
        while at < left + w - 0.03:
            h, tone = s.rng.uniform(0.052, 0.085), _glass(s)
            if s.rng.random() < 0.86:
                b.rect(at, y - h, 0.021, h, tone, r=0.005, emit=True)
                b.rect(at + 0.007, y - h - 0.020, 0.008, 0.024, tone, emit=True)
                b.rect(at + 0.002, y - h * 0.62, 0.017, h * 0.3, "#efe2c4", alpha=0.75, emit=True)
                b.rect(at + 0.004, y - h + 0.006, 0.003, h * 0.8, "#ffffff", alpha=0.35, emit=True)
            at += s.rng.uniform(0.026, 0.036)
        b.rect(left, y, w, 0.008, mix(glow, "#ffffff", 0.35), emit=True)
    for post in (left - 0.03, x - 0.012, left + w + 0.006):
        b.rect(post, top - 0.03, 0.024, low - top + 0.05, wood)
    s.lamp(x, -0.50, 0.42, glow, 0.30, pulse=0.3)


def _glass(s: Scenery) -> RGB:
    own = s.rng.choice(("#2f6b4a", "#7a4a20", "#b5762a", "#3f5f8a", "#8a2f35", "#d8cfa8"))
    return mix(own, s.palette.accent(s.rng.randrange(4)), 0.22)


def _counter(s: Scenery, b: Brush, wood: str) -> None:
    base, h = FLOOR + 0.012, 0.325
    top = base - h
    b.rect(s.left, top, s.span, h, darker(wood, 0.22))
    n = max(4, round(s.span / 0.19))
    for i in range(n):
        x, w = s.left + i * s.span / n, s.span / n
        b.rect(x + 0.016, top + 0.055, w - 0.032, h - 0.105, darker(wood, 0.06), r=0.006)
        b.rect(x + 0.026, top + 0.066, w - 0.052, h - 0.127, lighter(wood, 0.05), r=0.005)
        b.rect(x + 0.026, top + 0.066, w - 0.052, 0.008, darker(wood, 0.35), alpha=0.6)
    b.rect(s.left, top - 0.026, s.span, 0.036, lighter(wood, 0.16), r=0.008)
    b.rect(s.left, top - 0.026, s.span, 0.010, lighter(wood, 0.42), r=0.004)
    b.rect(s.left, base - 0.065, s.span, 0.012, "#c79a4a")
    b.rect(s.left, base - 0.063, s.span, 0.004, "#f3d48a")
    b.shadow(0.0, base + 0.008, s.span * 0.5, 0.016, 0.45)
    taps = s.w * s.rng.choice((-0.55, -0.40, 0.42, 0.55))
    _taps(s, b, taps, top - 0.024)
    for x in (-0.85, -0.15, 0.22, 0.88):
        if abs(s.w * x - taps) > 0.13:
            _pint(b, s.w * x, top - 0.024, 0.062)


def _taps(s: Scenery, b: Brush, x: float, base: float) -> None:
    b.rect(x - 0.075, base - 0.085, 0.15, 0.026, "#d9b564", r=0.012)
    for dx in (-0.045, 0.045):
        b.rect(x + dx - 0.008, base - 0.085, 0.016, 0.085, "#b98f42")
    for i, dx in enumerate((-0.05, 0.0, 0.05)):
        b.rect(x + dx - 0.009, base - 0.165, 0.018, 0.082, s.palette.accent(i), r=0.007)
        b.circle(x + dx, base - 0.168, 0.011, "#f4e7c8")
        b.rect(x + dx - 0.004, base - 0.064, 0.008, 0.022, "#8d6c30")


def _pint(b: Brush, x: float, base: float, h: float) -> None:
    b.poly(
        [(x - h * 0.30, base - h), (x + h * 0.30, base - h), (x + h * 0.23, base), (x - h * 0.23, base)],
        "#d98e2b",
    )
    b.rect(x - h * 0.31, base - h * 1.08, h * 0.62, h * 0.22, "#fff4dc", r=h * 0.09)
    b.rect(x - h * 0.17, base - h * 0.80, h * 0.07, h * 0.6, "#ffd489", alpha=0.8)


def _stool(b: Brush, x: float, base: float, cloth: RGB) -> None:
    metal = "#23242c"
    b.shadow(x, base, 0.075, 0.012, 0.4)
    for dx in (-0.045, 0.045):
        b.line([(x + dx * 0.6, base - 0.22), (x + dx, base - 0.004)], metal, 0.009)
    b.line([(x - 0.038, base - 0.08), (x + 0.038, base - 0.08)], "#b98f42", 0.007)
    b.rect(x - 0.058, base - 0.245, 0.116, 0.03, darker(cloth, 0.2), r=0.012)
    b.rect(x - 0.056, base - 0.246, 0.112, 0.012, lighter(cloth, 0.15), r=0.006)


def _neon_mug(s: Scenery, b: Brush, x: float) -> None:
    tone, y = s.palette.accent(2), -0.53
    b.glow(x, y, 0.22, tone, 0.25)
    body = [(x - 0.05, y - 0.05), (x - 0.042, y + 0.07), (x + 0.042, y + 0.07), (x + 0.05, y - 0.05)]
    foam = [
        (x + 0.055 * math.cos(a * 0.35 + math.pi), y - 0.05 + 0.035 * math.sin(a * 0.35 + math.pi))
        for a in range(10)
    ]
    grip = [(x + 0.048, y - 0.02), (x + 0.085, y - 0.01), (x + 0.08, y + 0.045), (x + 0.045, y + 0.045)]

    def draw(brush: Brush, clock: Clock) -> None:
        bright = 0.65 + 0.35 * clock.pulse
        for points, colour in ((body, tone), (grip, tone), (foam, mix("#fff2c8", tone, 0.2))):
            brush.line(points, colour, 0.018, alpha=0.30 * bright, emit=True, smooth=True)
            brush.line(points, lighter(colour, 0.6), 0.006, alpha=bright, emit=True, smooth=True)

    s.move(draw)
    s.lamp(x, y, 0.26, tone, 0.40, pulse=0.6)


def _dartboard(s: Scenery, b: Brush, x: float) -> None:
    y = -0.50
    b.rect(x - 0.105, y - 0.12, 0.21, 0.24, "#3a2419", r=0.01)
    for r, tone in (
        (0.088, "#15151a"),
        (0.076, "#e8dcc0"),
        (0.066, "#b23a30"),
        (0.056, "#1d3b2c"),
        (0.030, "#e8dcc0"),
        (0.012, "#b23a30"),
    ):
        b.circle(x, y, r, tone)
    for i in range(10):
        angle = i * math.pi / 5
        b.line(
            [(x, y), (x + 0.076 * math.cos(angle), y + 0.076 * math.sin(angle))], "#15151a", 0.003, alpha=0.7
        )
    b.line([(x + 0.018, y - 0.012), (x + 0.05, y - 0.045)], s.palette.accent(0), 0.006)


def _frames(s: Scenery, b: Brush, x: float) -> None:
    for i, (dx, dy, w, h) in enumerate(
        ((-0.09, -0.62, 0.10, 0.13), (0.03, -0.58, 0.08, 0.08), (-0.07, -0.46, 0.15, 0.09))
    ):
        furniture.picture_frame(
            s, b, x + dx, dy, w, h, ("#c79a4a", "#2b2320")[i % 2], motif=s.rng.randrange(3)
        )
