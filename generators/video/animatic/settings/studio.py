"""A recording studio: a desk of faders, speakers, foam, a microphone behind glass, guitars."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import interior
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR


@place(
    "recording studio",
    seat="stool",
    indoor=True,
    words=(
        "recording studio, studio, music studio, vocal booth, recording booth, sound booth, home studio, "
        "mixing desk, rehearsal room, practice room, rehearsal space, sound studio, control booth, band "
        "room, radio studio, photo studio, basement studio, garage studio, isolation booth, podcast "
        "studio"
    ),
)
def studio(s: Scenery) -> None:
    """A recording studio: a desk of faders, speakers, foam, a microphone behind glass, guitars."""
    accent, glow = s.palette.accent(0), s.palette.accent(2)
    side = s.rng.choice((-1, 1))
    wall = mix("#3a3640", accent, 0.14)
    b = s.layer(0.72)
    interior.room(s, b, wall)
    _foam(s, b, wall)
    _booth(s, b, side * s.w * 0.16, glow)
    if s.w > 0.6:
        for i, x in enumerate((0.62, 0.80)):
            _guitar(s, b, -side * s.w * x, -0.66, s.palette.accent(i * 2))
        _panel(s, b, side * s.w * 0.80)
    _on_air(s, side * s.w * 0.16)
    b = s.layer(0.90)
    interior.plank_floor(s, b, "#6d4a38", gloss=0.16)
    interior.rug(
        b, 0.0, 0.075, min(0.62, s.w * 0.8), 0.075, darker(accent, 0.25), mix(accent, "#e9ddcf", 0.55)
    )
    _desk(s, b, side * s.w * 0.16, FLOOR + 0.02)
    for x in (-0.86, 0.90):
        _amp(s, b, s.w * x, FLOOR + 0.05)
    near = s.layer(1.5, softness=0.02)
    near.line([(s.w - 0.10, 0.6), (s.w - 0.10, -0.16), (s.w - 0.20, -0.25)], "#17181e", 0.018)
    near.rect(s.w - 0.25, -0.32, 0.075, 0.12, "#2b2d36", r=0.036)
    s.key_light, s.key_side = mix(glow, "#ffffff", 0.3), 1


def _foam(s: Scenery, b: Brush, wall: RGB) -> None:
    """Cover the wall with wedges of foam, light and dark by turns."""
    size = 0.115
    for row in range(3):
        for column in range(round(s.span / size) + 1):
            x, y = s.left + column * size, -0.78 + row * size
            if (column + row) % 2:
                for k in range(4):
                    b.rect(x + k * size / 4, y, size / 8, size, darker(wall, 0.30))
                    b.rect(x + k * size / 4 + size / 8, y, size / 8, size, lighter(wall, 0.06))
            else:
                for k in range(4):
                    b.rect(x, y + k * size / 4, size, size / 8, darker(wall, 0.34))
                    b.rect(x, y + k * size / 4 + size / 8, size, size / 8, lighter(wall, 0.03))
    b.rect(s.left, -0.78 + 3 * size, s.span, 0.014, "#8a5a3c")


def _booth(s: Scenery, b: Brush, x: float, glow: RGB) -> None:
    w, top, h = min(0.62, s.w * 0.86), -0.66, 0.30
    b.rect(x - w / 2 - 0.022, top - 0.022, w + 0.044, h + 0.044, "#6d4429", r=0.008)
    b.gradient((x - w / 2, top, w, h), [mix("#ffc987", glow, 0.45), mix("#5a3a3a", glow, 0.35)], emit=True)
    for i in range(round(w / 0.03)):
        b.rect(x - w / 2 + i * 0.03, top, 0.004, h, "#000000", alpha=0.12)
    b.glow(x, top + 0.08, 0.30, "#ffdca8", 0.45)
    mic = x - w * 0.30
    b.line([(mic, top + h), (mic, top + 0.12)], "#1d1b22", 0.008)
    b.circle(mic, top + 0.105, 0.052, "#1d1b22", alpha=0.30)
    b.rect(mic - 0.020, top + 0.075, 0.040, 0.070, "#24222a", r=0.018)
    b.rect(mic - 0.016, top + 0.080, 0.032, 0.034, "#8d929c", r=0.014)
    b.line([(mic + 0.13, top + h), (mic + 0.13, top + 0.18)], "#1d1b22", 0.006)
    b.poly(
        [
            (mic + 0.085, top + 0.15),
            (mic + 0.185, top + 0.15),
            (mic + 0.175, top + 0.20),
            (mic + 0.095, top + 0.20),
        ],
        "#24222a",
    )
    b.poly(
        [(x + w * 0.28, top), (x + w * 0.42, top), (x + w * 0.30, top + h), (x + w * 0.16, top + h)],
        "#ffffff",
        alpha=0.10,
        emit=True,
    )
    s.lamp(x, top + 0.12, 0.34, "#ffcf98", 0.30, pulse=0.3)


def _on_air(s: Scenery, x: float) -> None:
    def draw(brush: Brush, clock: Clock) -> None:
        bright = 0.65 + 0.35 * clock.pulse
        brush.rect(x - 0.062, -0.752, 0.124, 0.044, "#2a1416", r=0.008)
        brush.rect(x - 0.056, -0.747, 0.112, 0.034, "#ff4a42", r=0.006, alpha=bright, emit=True)
        brush.circle(x, -0.730, 0.009, "#fff1ea", alpha=bright, emit=True)
        for k in (1, 2):
            for turn in (-1, 1):
                arc = [
                    (
                        x + turn * (0.012 + 0.012 * k) * math.cos(a),
                        -0.730 + (0.012 + 0.012 * k) * 0.8 * math.sin(a),
                    )
                    for a in (-0.7, -0.35, 0.0, 0.35, 0.7)
                ]
                brush.line(arc, "#fff1ea", 0.003, alpha=bright, emit=True)

    s.move(draw)
    s.lamp(x, -0.73, 0.14, "#ff4a42", 0.45, pulse=0.8)


def _panel(s: Scenery, b: Brush, x: float) -> None:
    """Hang gold and silver records."""
    for i in range(2):
        cx, cy = x + (-0.06 if i == 0 else 0.07), -0.56 + 0.15 * i
        b.rect(cx - 0.062, cy - 0.062, 0.124, 0.124, "#1b1a20", r=0.004)
        b.circle(cx, cy, 0.048, ("#d9b04a", "#c5cad2")[(i + s.rng.randrange(2)) % 2])
        b.circle(cx, cy, 0.017, s.palette.accent(i))
        b.circle(cx, cy, 0.005, "#1b1a20")


def _guitar(s: Scenery, b: Brush, x: float, y: float, tone: RGB) -> None:
    b.rect(x - 0.012, y + 0.03, 0.024, 0.21, "#4a2f20")
    b.poly(
        [(x - 0.018, y + 0.035), (x + 0.018, y + 0.035), (x + 0.013, y - 0.010), (x - 0.013, y - 0.010)],
        "#2b1d16",
    )
    b.blob(
        [
            (x - 0.012, y + 0.22),
            (x - 0.060, y + 0.24),
            (x - 0.038, y + 0.30),
            (x - 0.078, y + 0.36),
            (x - 0.050, y + 0.41),
            (x + 0.050, y + 0.41),
            (x + 0.078, y + 0.36),
            (x + 0.038, y + 0.30),
            (x + 0.060, y + 0.24),
            (x + 0.012, y + 0.22),
        ],
        tone,
    )
    b.circle(x, y + 0.31, 0.021, darker(tone, 0.6))
    b.rect(x - 0.028, y + 0.362, 0.056, 0.012, "#2b1d16")
    for dx in (-0.006, 0.0, 0.006):
        b.line([(x + dx, y + 0.01), (x + dx, y + 0.366)], "#efe6d2", 0.0014)


def _desk(s: Scenery, b: Brush, x: float, base: float) -> None:
    w = min(0.86, s.w * 1.10)
    wood = "#5a3826"
    b.shadow(x, base + 0.004, w * 0.54, 0.016, 0.5)
    b.rect(x - w / 2 + 0.03, base - 0.20, w - 0.06, 0.20, darker(wood, 0.3))
    b.poly(
        [
            (x - w / 2, base - 0.20),
            (x + w / 2, base - 0.20),
            (x + w / 2 - 0.03, base - 0.30),
            (x - w / 2 + 0.03, base - 0.30),
        ],
        "#2c2e38",
    )
    b.rect(x - w / 2 - 0.012, base - 0.205, w + 0.024, 0.024, lighter(wood, 0.12), r=0.006)
    n = round(w / 0.036)
    knobs = [s.palette.accent(s.rng.randrange(4)) for _ in range(n)]
    levels = [s.rng.random() for _ in range(n)]
    for i in range(n):
        cx = x - w / 2 + 0.05 + i * (w - 0.10) / max(1, n - 1)
        b.line([(cx, base - 0.215), (cx, base - 0.252)], "#0f1016", 0.004)
        b.rect(cx - 0.007, base - 0.222 - 0.024 * levels[i], 0.014, 0.010, "#d9dde4", r=0.002)
        for row in range(2):
            b.circle(cx, base - 0.267 - row * 0.016, 0.0052, knobs[(i + row) % n])
    for side in (-1, 1):
        _speaker(s, b, x + side * (w / 2 - 0.09), base - 0.30)
    screen_w = min(0.30, w * 0.4)
    b.rect(x - screen_w / 2, base - 0.465, screen_w, 0.150, "#15161c", r=0.006)

    def waves(brush: Brush, clock: Clock) -> None:
        for row in range(4):
            y, tone = base - 0.445 + row * 0.034, s.palette.accent(row)
            m = 22
            for k in range(m):
                phase = k * 0.9 + row * 2.1 + clock.t_s * 1.4
                h = 0.004 + 0.020 * abs(math.sin(phase) * math.sin(phase * 0.37 + row)) * (
                    0.7 + 0.3 * clock.pulse
                )
                brush.rect(
                    x - screen_w * 0.46 + k * screen_w * 0.92 / m,
                    y - h / 2 + 0.010,
                    screen_w * 0.022,
                    h,
                    tone,
                    emit=True,
                )
        for i in range(n):
            lit = abs(math.sin(clock.t_s * (2 + levels[i]) + i * 1.7)) * (0.6 + 0.4 * clock.pulse)
            lamp = "#5dff8f" if lit < 0.75 else "#ff5a4a"
            cx = x - w / 2 + 0.05 + i * (w - 0.10) / max(1, n - 1)
            brush.rect(cx - 0.004, base - 0.296, 0.008, 0.006, lamp, alpha=0.3 + 0.7 * lit, emit=True)

    s.move(waves)
    s.lamp(x, base - 0.39, 0.26, s.palette.accent(2), 0.22, pulse=0.5)


def _speaker(s: Scenery, b: Brush, x: float, base: float) -> None:
    b.rect(x - 0.065, base - 0.19, 0.13, 0.19, "#1f2028", r=0.008)
    b.rect(x - 0.065, base - 0.19, 0.022, 0.19, "#2e303a", r=0.006)
    b.circle(x, base - 0.145, 0.022, "#3a3c48")
    b.circle(x, base - 0.145, 0.010, "#14151b")

    def cone(brush: Brush, clock: Clock) -> None:
        r = 0.044 * (1 + 0.06 * clock.pulse)
        brush.circle(x, base - 0.065, r, "#e8e2d4")
        brush.circle(x, base - 0.065, r * 0.86, "#2a2c35")
        brush.circle(x, base - 0.065, r * 0.40, "#d9b04a")

    s.move(cone)


def _amp(s: Scenery, b: Brush, x: float, base: float) -> None:
    b.shadow(x, base, 0.12, 0.013, 0.45)
    b.rect(x - 0.105, base - 0.25, 0.21, 0.25, "#2a2320", r=0.012)
    b.rect(x - 0.090, base - 0.185, 0.18, 0.165, mix("#8a6a48", s.palette.accent(1), 0.2), r=0.006)
    for i in range(9):
        b.line(
            [(x - 0.085 + i * 0.0212, base - 0.182), (x - 0.085 + i * 0.0212, base - 0.025)],
            "#000000",
            0.002,
            alpha=0.25,
        )
    for i in range(5):
        b.circle(x - 0.07 + i * 0.028, base - 0.215, 0.008, "#e6dccb")
    b.circle(x + 0.083, base - 0.215, 0.006, "#ff5a4a", emit=True)
