"""An old town: painted houses with shutters and flower boxes, a doorway, cobbles, lanterns on brackets."""

from __future__ import annotations

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import city
from storyboard.generators.video.animatic.pieces.said import colour_said, says
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Scenery
from storyboard.generators.video.animatic.settings.registry import place

_GROUND = -0.080
_PLASTER = ("#d9a25f", "#c9715a", "#e3cfa0", "#8fa7a0", "#d8b0a0", "#b9c4a4", "#e9dfce")
_DOORS = ("#2f5f6a", "#8a2f34", "#3f6a45", "#c98a2f", "#4a4a7a")


@place(
    "old town",
    seat="steps",
    words=(
        "old town, cobbled street, cobblestone street, cobbled lane, cobblestones, cobbles, lane, "
        "painted door, flower box, old quarter, medieval town, mediterranean street, narrow lane"
    ),
)
def old_town(s: Scenery) -> None:
    """An old town: painted houses with shutters and flower boxes, doorways, cobbles, lanterns."""
    b = s.layer(0.14)
    paint_sky(s, b, -0.3, sun_x=0.4, clouds=5)
    b = s.layer(0.60)
    x, tones, gap = s.left - 0.1, list(_PLASTER), s.rng.uniform(-0.1, 0.1)
    s.rng.shuffle(tones)
    index, lane_to_come = 0, s.w > 0.6
    while x < s.right:
        w = s.rng.uniform(0.36, 0.50)
        if lane_to_come and x < gap < x + w:  # a lane leads away here
            _lane(s, b, x, 0.26)
            x, lane_to_come = x + 0.26, False
            continue
        _house(s, b, x, w, mix(tones[index % len(tones)], s.palette.accent(index), 0.12), index)
        x, index = x + w, index + 1
    b = s.layer(0.90)
    _cobbles(s, b)
    for share in (-0.78, 0.62) if s.w > 0.6 else (0.72,):
        _tub(s, b, s.about(share, 0.08), -0.050)
    city.street_lamp(s, b, s.w * 0.93, -0.040, 0.56, arm=-1)
    if s.palette.weather == "rain" or says(s, "wet|puddle"):
        city.puddles(s, b, -0.02)
    s.key_light, s.key_side = ("#ffcf8a", -1) if s.night > 0.4 else (None, 1)


def _house(s: Scenery, b: Brush, x: float, w: float, wall: RGB, index: int) -> None:
    top = -0.66 - s.rng.uniform(0.0, 0.26)
    b.gradient((x, top, w, _GROUND - top + 0.01), [wall, wall, darker(wall, 0.14)])
    b.shade((x, top, w * 0.12, _GROUND - top), 0.22, 0.0, across=True)
    for _ in range(5):
        b.oval(x + w * s.rng.random(), s.rng.uniform(top, _GROUND), 0.05, 0.02, darker(wall, 0.08), alpha=0.5)
    b.poly(
        [(x - 0.02, top), (x + w + 0.02, top), (x + w, top - 0.075), (x, top - 0.075)],
        mix("#a5563c", s.palette.accent(0), 0.12),
    )
    for k in range(int(w / 0.03)):
        b.circle(x + 0.015 + k * 0.03, top, 0.013, darker("#a5563c", 0.12 * (k % 2)))
    b.rect(x, _GROUND - 0.05, w, 0.06, darker(wall, 0.30))
    shutter = mix(_DOORS[(index + 2) % len(_DOORS)], "#ffffff", 0.15)
    for row in range(2):
        y = top + 0.06 + row * 0.235
        for share in (0.27, 0.73):
            if row == 0 or share < 0.5 or w > 0.44:
                _window(s, b, x + w * share, y, shutter)
    if y + 0.235 < _GROUND - 0.25 or w > 0.40:
        _door(s, b, x + w * 0.68, _DOORS[index % len(_DOORS)])


def _window(s: Scenery, b: Brush, x: float, y: float, shutter: RGB) -> None:
    w, h = 0.086, 0.125
    lit = s.rng.random() < 0.7 * s.night
    b.rect(x - w / 2 - 0.008, y - 0.008, w + 0.016, h + 0.016, "#f1e9da")
    glass = mix(s.palette.sky[1], "#22304a", 0.5)
    b.rect(x - w / 2, y, w, h, "#ffd58a" if lit else glass, emit=lit)
    b.rect(x - 0.003, y, 0.006, h, "#f1e9da")
    b.rect(x - w / 2, y + h * 0.45, w, 0.005, "#f1e9da")
    for side in (-1, 1):
        left = x + side * (w / 2 + 0.008) - (0.040 if side < 0 else 0.0)
        b.rect(left, y - 0.004, 0.040, h + 0.008, shutter, r=0.003)
        for k in range(6):
            b.rect(left + 0.006, y + 0.008 + k * 0.019, 0.028, 0.005, darker(shutter, 0.25))
    low = y + h + 0.010
    b.rect(x - w / 2 - 0.012, low, w + 0.024, 0.026, "#8a5a3c", r=0.004)
    if s.palette.weather == "snow":
        b.oval(x, low, w / 2 + 0.01, 0.010, "#f4f7fc")
        return
    for k in range(9):
        at = x - w / 2 + k * w / 8
        b.circle(at, low - 0.004, 0.012, mix("#4f7f45", "#2f5f3a", s.rng.random()))
    for _ in range(6):
        tone = s.rng.choice(("#d9404a", "#f2c14e", "#e88ab0", "#f6f1e6"))
        b.circle(x - w / 2 + w * s.rng.random(), low - 0.010 + s.rng.uniform(-0.006, 0.012), 0.0065, tone)


def _door(s: Scenery, b: Brush, x: float, tone: str) -> None:
    low, top, half = _GROUND, _GROUND - 0.235, 0.052
    paint = colour_said(s, "door", tone)
    b.rect(x - half - 0.016, top - 0.010, 2 * half + 0.032, low - top + 0.010, "#d8cfbf")
    b.oval(x, top - 0.006, half + 0.016, 0.036, "#d8cfbf")
    b.oval(x, top, half, 0.030, "#ffdf9c" if s.night > 0.3 else "#5d7480", emit=s.night > 0.3)
    b.rect(x - half, top, 2 * half, low - top, paint)
    for dx in (-0.6, 0.12):
        for y, h in ((0.03, 0.075), (0.125, 0.085)):
            b.rect(x + dx * half, top + y, half * 0.5, h, darker(paint, 0.22), r=0.003)
    b.circle(x + half * 0.72, top + 0.125, 0.006, "#d9b45a")
    b.rect(x - half - 0.03, low - 0.016, 2 * half + 0.06, 0.022, "#b9b2a8")
    lamp = x - half - 0.055
    b.line([(lamp + 0.03, top + 0.005), (lamp, top - 0.01)], "#24262d", 0.006)
    b.rect(
        lamp - 0.014, top - 0.012, 0.028, 0.042, "#ffe0a0" if s.night > 0.2 else "#e9e2cf", emit=s.night > 0.2
    )
    b.poly([(lamp - 0.019, top - 0.011), (lamp, top - 0.030), (lamp + 0.019, top - 0.011)], "#24262d")
    if s.night > 0.2:
        b.glow(lamp, top + 0.01, 0.20, "#ffcf80", 0.5 * s.night)
        s.lamp(lamp, top + 0.01, 0.22, "#ffcf80", 0.42 * s.night)


def _lane(s: Scenery, b: Brush, x: float, w: float) -> None:
    """Paint the gap between two houses: a lane with washing, and light at its end."""
    far = mix(s.palette.haze, "#c9a27a", 0.4)
    b.gradient(
        (x, -0.95, w, 0.95 + _GROUND), [mix(s.palette.sky[1], far, 0.3), far, darker(far, 0.2)], emit=True
    )
    b.poly([(x, -0.8), (x + w * 0.32, -0.56), (x + w * 0.32, _GROUND), (x, _GROUND)], darker("#b9805a", 0.35))
    b.poly(
        [(x + w, -0.8), (x + w * 0.66, -0.58), (x + w * 0.66, _GROUND), (x + w, _GROUND)],
        darker("#c9a27a", 0.25),
    )
    b.poly(
        [(x, _GROUND + 0.01), (x + w * 0.4, -0.16), (x + w * 0.58, -0.16), (x + w, _GROUND + 0.01)], "#8f8880"
    )
    b.line([(x + 0.02, -0.52), (x + w / 2, -0.49), (x + w - 0.02, -0.52)], "#4a4440", 0.003)
    for k, tone in enumerate(("#f4efe4", "#c9565a", "#6f9ac0")):
        b.rect(x + 0.035 + k * 0.045, -0.505, 0.032, 0.058 - 0.012 * (k % 2), tone, r=0.003)


def _tub(s: Scenery, b: Brush, x: float, base: float) -> None:
    b.shadow(x, base, 0.06, 0.010, 0.4)
    b.poly(
        [(x - 0.055, base - 0.085), (x + 0.055, base - 0.085), (x + 0.042, base), (x - 0.042, base)],
        "#b5653f",
    )
    b.rect(x - 0.060, base - 0.095, 0.12, 0.018, lighter("#b5653f", 0.12), r=0.005)
    for _ in range(16):
        at = (x + s.rng.uniform(-0.055, 0.055), base - 0.10 - s.rng.uniform(0.0, 0.075))
        b.circle(*at, 0.018, mix("#4f7f45", "#2f5f3a", s.rng.random()))
    for _ in range(9):
        at = (x + s.rng.uniform(-0.055, 0.055), base - 0.105 - s.rng.uniform(0.0, 0.075))
        b.circle(*at, 0.009, s.rng.choice(("#d9404a", "#e88ab0", "#f2c14e")))


def _cobbles(s: Scenery, b: Brush) -> None:
    stone: RGB = mix("#8f8880", s.palette.accent(2), 0.06)
    stone = mix(stone, "#eef3fb", 0.7) if s.palette.weather == "snow" else stone
    b.gradient((s.left, _GROUND, s.span, s.low - _GROUND), [darker(stone, 0.30), darker(stone, 0.10)])
    rows, y = 11, _GROUND + 0.004
    for row in range(rows):
        h = 0.014 + 0.0042 * row
        w, x = h * 2.1, s.left - h * (row % 2)
        while x < s.right:
            tone = mix(
                stone, lighter(stone, 0.22) if s.rng.random() < 0.5 else darker(stone, 0.16), s.rng.random()
            )
            b.rect(x + w * 0.04, y, w * 0.92, h * 0.86, tone, r=h * 0.36)
            x += w
        y += h
    b.shade((s.left, _GROUND, s.span, 0.04), 0.36, 0.0)
    wet = says(s, "wet|rain")
    s.floor_gloss = max(s.floor_gloss, 0.30 if wet else 0.0)
