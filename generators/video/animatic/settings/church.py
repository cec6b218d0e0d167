"""A church: pews along an aisle, pillars and arches, a great stained window over the altar."""

from __future__ import annotations

import math

import skia

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import interior
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

_BACK = -0.17
"""Where the far wall stands on the floor."""


@place(
    "church",
    seat="bench",
    indoor=True,
    words=(
        "church, chapel, cathedral, altar, wedding chapel, pew, nave, abbey, church hall, wedding, "
        "temple, shrine, mosque, monastery, synagogue, basilica, wedding ceremony, choir loft, "
        "confessional, old church, wedding aisle, sanctuary, convent, stained glass, stained-glass "
        "window, funeral"
    ),
)
def church(s: Scenery) -> None:
    """A church: pews along an aisle, pillars and arches, a great stained window over the altar."""
    stone = mix(s.rng.choice(("#b9ab97", "#a8a3a6", "#c2a78c")), s.palette.accent(1), 0.08)
    cloth = s.palette.accent(0)
    b = s.layer(0.55)
    b.gradient((s.left, s.high, s.span, _BACK - s.high + 0.02), [darker(stone, 0.62), darker(stone, 0.34)])
    _vault(s, b, stone)
    _great_window(s, b, round_window=s.rng.random() < 0.4)
    _altar(s, b, cloth)
    b = s.layer(0.74)
    for side in (-1, 1):
        for x in (0.50, 0.92):
            _pillar(
                b,
                side * max(s.w * x, 0.34 + 0.30 * (x > 0.6)),
                -0.12 + 0.04 * x,
                0.05 + 0.025 * x,
                stone,
                s.high,
            )
    b = s.layer(0.92)
    _floor(s, b, stone, cloth)
    for row in range(3):
        _pews(s, b, row)
    for side in (-1, 1):
        _candles(s, b, side * max(0.30, s.w * 0.36), -0.045)
    _shafts(s, b)
    interior.dust(s, -s.w * 0.5, s.w * 0.5, -0.6, 0.0, n=34)
    s.key_light, s.key_side, s.floor_gloss = mix("#ffd59a", s.palette.sun, 0.4 * (1 - s.night)), 1, 0.12


def _vault(s: Scenery, b: Brush, stone: RGB) -> None:
    """Draw pointed arches one behind the other."""
    for k, grow in enumerate((1.0, 0.80, 0.62)):
        half, top = 0.62 * grow, -1.02 + 0.24 * k * 0.55
        path = skia.Path()
        path.moveTo(-half, _BACK)
        path.lineTo(-half, -0.46)
        path.quadTo(-half, top + 0.10, 0, top)
        path.quadTo(half, top + 0.10, half, -0.46)
        path.lineTo(half, _BACK)
        path.close()
        b.canvas.drawPath(path, b.paint(lighter(darker(stone, 0.42 - 0.10 * k), 0.06)))
        rim = b.paint(lighter(stone, 0.12), 0.5)
        rim.setStyle(skia.Paint.kStroke_Style)
        rim.setStrokeWidth(0.010)
        b.canvas.drawPath(path, rim)


def _lancet(x: float, base: float, w: float, h: float) -> skia.Path:
    path = skia.Path()
    path.moveTo(x - w / 2, base)
    path.lineTo(x - w / 2, base - h * 0.62)
    path.quadTo(x - w / 2, base - h * 0.86, x, base - h)
    path.quadTo(x + w / 2, base - h * 0.86, x + w / 2, base - h * 0.62)
    path.lineTo(x + w / 2, base)
    path.close()
    return path


def _great_window(s: Scenery, b: Brush, *, round_window: bool) -> None:
    bright = 0.45 + 0.55 * (1 - s.night)
    tones = [mix(s.palette.accent(i), "#ffffff", 0.16) for i in range(4)]
    tones += [mix("#ffcf5a", s.palette.sun, 0.2), mix("#4f8fd8", s.palette.sky[1], 0.2)]
    panes = [(0.0, 0.15, 0.40), (-0.165, 0.105, 0.31), (0.165, 0.105, 0.31)]
    if round_window:
        _rose(s, b, 0.0, -0.60, 0.135, tones, bright)
        panes = [(-0.12, 0.085, 0.17), (0.0, 0.085, 0.19), (0.12, 0.085, 0.17)]
    for x, w, h in panes:
        base = -0.275
        frame = _lancet(x, base + 0.012, w + 0.026, h + 0.026)
        b.canvas.drawPath(frame, b.paint("#2a2430"))
        b.canvas.save()
        b.canvas.clipPath(_lancet(x, base, w, h), True)
        rows, columns = round(h / 0.042), 3
        for row in range(rows):
            for column in range(columns):
                tone = s.rng.choice(tones)
                b.rect(
                    x - w / 2 + column * w / columns + 0.002,
                    base - (row + 1) * h / rows + 0.002,
                    w / columns - 0.004,
                    h / rows - 0.004,
                    mix("#14121c", tone, bright * s.rng.uniform(0.75, 1.0)),
                    emit=True,
                )
        b.circle(x, base - h * 0.62, w * 0.34, mix("#14121c", tones[4], bright), emit=True)
        b.circle(x, base - h * 0.62, w * 0.22, mix("#14121c", tones[1], bright), emit=True)
        b.canvas.restore()
    b.glow(0.0, -0.50, 0.55, s.palette.sun, 0.30 * (1 - s.night) + 0.08)
    s.lamp(0.0, -0.48, 0.45, s.palette.sun, 0.30 * (1 - s.night) + 0.06, pulse=0.2)


def _rose(s: Scenery, b: Brush, x: float, y: float, r: float, tones: list[RGB], bright: float) -> None:
    b.circle(x, y, r + 0.014, "#2a2430")
    for ring, n in ((1.0, 16), (0.66, 12), (0.36, 8)):
        for i in range(n):
            a0, a1 = i * math.tau / n, (i + 0.9) * math.tau / n
            points = [(x, y)] + [
                (x + math.cos(a) * r * ring, y + math.sin(a) * r * ring) for a in (a0, (a0 + a1) / 2, a1)
            ]
            b.poly(points, mix("#14121c", tones[(i + n) % len(tones)], bright), emit=True)
    b.circle(x, y, r * 0.14, mix("#14121c", tones[4], bright), emit=True)


def _altar(s: Scenery, b: Brush, cloth: RGB) -> None:
    b.rect(-0.30, _BACK - 0.03, 0.60, 0.05, "#8d8072")
    b.rect(-0.34, _BACK, 0.68, 0.03, "#9d907f")
    b.rect(-0.15, _BACK - 0.12, 0.30, 0.09, "#efe6d6")
    b.rect(-0.05, _BACK - 0.12, 0.10, 0.09, cloth)
    b.rect(-0.165, _BACK - 0.128, 0.33, 0.014, "#fff8ea")
    b.rect(-0.008, _BACK - 0.225, 0.016, 0.10, "#d9b45a")
    b.rect(-0.030, _BACK - 0.200, 0.060, 0.014, "#d9b45a")


def _pillar(b: Brush, x: float, base: float, w: float, stone: RGB, top: float) -> None:
    b.gradient(
        (x - w / 2, top, w, base - top),
        [darker(stone, 0.45), lighter(stone, 0.05), darker(stone, 0.40)],
        across=True,
    )
    b.rect(x - w * 0.75, base - 0.055, w * 1.5, 0.055, darker(stone, 0.18), r=0.006)
    b.rect(x - w * 0.66, base - 0.085, w * 1.32, 0.032, lighter(stone, 0.04), r=0.006)
    b.rect(x - w * 0.72, -0.62, w * 1.44, 0.04, darker(stone, 0.10), r=0.006)


def _floor(s: Scenery, b: Brush, stone: RGB, cloth: RGB) -> None:
    b.gradient((s.left, _BACK + 0.03, s.span, s.low - _BACK), [darker(stone, 0.42), darker(stone, 0.16)])
    for i in range(-10, 11):
        b.line([(i * 0.10, _BACK + 0.03), (i * 0.30, s.low)], darker(stone, 0.5), 0.0025, alpha=0.6)
    carpet = [(-0.075, _BACK + 0.03), (0.075, _BACK + 0.03), (0.30, s.low), (-0.30, s.low)]
    b.poly(carpet, darker(cloth, 0.12))
    for side in (-1, 1):
        b.poly(
            [
                (side * 0.075, _BACK + 0.03),
                (side * 0.066, _BACK + 0.03),
                (side * 0.265, s.low),
                (side * 0.30, s.low),
            ],
            "#d9b45a",
        )
    b.shade((s.left, _BACK + 0.03, s.span, 0.05), 0.4, 0.0)


def _pews(s: Scenery, b: Brush, row: int) -> None:
    wood, base = "#6d4429", -0.075 + 0.062 * row
    inner, h = 0.20 + 0.095 * row, 0.105 + 0.028 * row
    for side in (-1, 1):
        far = side * (s.w + 0.4)
        near = side * inner
        left, w = min(far, near), abs(far - near)
        b.rect(left, base - h, w, h, darker(wood, 0.12 + 0.08 * (2 - row)))
        b.rect(left, base - h - 0.010, w, 0.020, lighter(wood, 0.20), r=0.005)
        b.rect(near - 0.014, base - h - 0.026, 0.028, h + 0.026, lighter(wood, 0.05), r=0.008)


def _candles(s: Scenery, b: Brush, x: float, base: float) -> None:
    heights = [s.rng.uniform(0.05, 0.10) for _ in range(3)]
    b.line([(x, base), (x, base - 0.24)], "#b08a3e", 0.010)
    b.line([(x - 0.055, base - 0.24), (x + 0.055, base - 0.24)], "#b08a3e", 0.010)
    tips = []
    for dx, h in zip((-0.05, 0.0, 0.05), heights, strict=True):
        b.rect(x + dx - 0.009, base - 0.245 - h, 0.018, h, "#f6ecd6", r=0.003)
        tips.append((x + dx, base - 0.25 - h))

    def draw(brush: Brush, clock: Clock) -> None:
        for i, (tx, ty) in enumerate(tips):
            sway = 0.003 * math.sin(clock.t_s * 5 + i * 2 + x * 9)
            brush.blob(
                [(tx - 0.007, ty), (tx + sway, ty - 0.034), (tx + 0.007, ty), (tx, ty + 0.006)],
                "#ffd27a",
                emit=True,
            )
            brush.circle(tx, ty - 0.006, 0.030, "#ffb54a", alpha=0.20, emit=True)

    s.move(draw)
    s.lamp(x, base - 0.34, 0.30, "#ffb860", 0.35 + 0.25 * s.night, flicker=0.25)


def _shafts(s: Scenery, b: Brush) -> None:
    strength = (0.26 if s.palette.weather in ("clear", "wind") else 0.12) * (1 - 0.75 * s.night)
    for i in range(3):
        x = -0.15 + 0.15 * i
        tone = mix(s.palette.accent(i), s.palette.sun, 0.55)
        shift = s.rng.choice((-1, 1)) * 0.22
        b.beam(
            [(x - 0.04, -0.60), (x + 0.04, -0.60), (x + shift + 0.14, 0.08), (x + shift - 0.10, 0.08)],
            tone,
            strength,
            fade=((x, -0.62), (x + shift, 0.12)),
            blur=0.015,
        )
