"""A concert."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "stage",
    seat="crate",
    indoor=True,
    words=(
        "stage, concert, arena, festival, theatre, theater, stadium, spotlight, gig, microphone, "
        "auditorium, talent show, opera, concert hall, amphitheatre, amphitheater, music hall, "
        "opera house, dressing room, backstage, festival stage, open mic, school stage, main stage, "
        "talent contest, music festival, drum riser, catwalk, runway show, fashion show, circus, "
        "circus tent, boxing ring, film set, orchestra pit, comedy club, jazz club stage"
    ),
)
def stage(s: Scenery) -> None:
    """A concert: beams from a truss, haze, stacks of speakers."""
    cool, warm = s.palette.accent(0), s.palette.accent(1)
    b = s.layer(0.5)
    dark = mix("#140f26", cool, 0.12)
    b.gradient(
        (s.left, s.high, s.span, s.low - s.high),
        [darker(dark, 0.4), mix(dark, cool, 0.30), mix(dark, warm, 0.22)],
        emit=True,
    )
    _screen_wall(s, b, cool, warm)
    _truss(s, b)
    _beams(s, cool, warm)
    b = s.layer(0.88)
    _drums(s, b, s.w * s.rng.choice((-0.36, -0.30, 0.0, -0.34)), -0.10)
    for side in (-1, 1):
        _speakers(b, side * s.w * 0.86, -0.07)
    for x in (-0.58, 0.52):
        _amp(b, s.w * x, -0.06)
    floor = mix("#20192f", cool, 0.12)
    b.gradient((s.left, -0.085, s.span, 0.30), [lighter(floor, 0.10), floor, darker(floor, 0.3)], emit=True)
    b.rect(s.left, -0.085, s.span, 0.006, mix(cool, "#ffffff", 0.4), emit=True, alpha=0.7)
    b.glow(0.0, 0.02, s.w * 0.8, mix(warm, "#ffffff", 0.35), 0.42, flat=0.16)
    for i in range(5):
        b.circle(s.left + (i + 0.5) * s.span / 5, -0.068, 0.011, "#fff3dd", emit=True)
        s.lamp(s.left + (i + 0.5) * s.span / 5, -0.075, 0.13, (cool, warm)[i % 2], 0.5, pulse=0.7)
    n = s.layer(1.30, softness=0.004)
    n.rect(s.left - 0.3, s.bottom + 0.01, s.span + 0.6, 0.4, "#08060f", emit=True)
    s.key_light, s.key_side, s.floor_gloss, s.seat = mix(cool, "#ffffff", 0.25), -1, 0.34, "crate"


def _screen_wall(s: Scenery, b: Brush, cool: RGB, warm: RGB) -> None:
    w, top, low = min(0.62, s.w * 0.85), _truss_y(s) + 0.065, -0.17
    b.rect(-w - 0.02, top - 0.02, 2 * w + 0.04, low - top + 0.04, "#0c0a16", emit=True, r=0.01)
    b.gradient(
        (-w, top, 2 * w, low - top), [mix(cool, "#120b25", 0.45), mix(warm, "#120b25", 0.35)], emit=True
    )
    _emblem(s, b, w, top, low, (cool, warm))
    columns = 26
    heights = [s.rng.random() for _ in range(columns)]

    def bars(brush: Brush, clock: Clock) -> None:
        for i, base in enumerate(heights):
            swing = abs(math.sin(clock.beat * math.pi * (1 + i % 3) * 0.5 + base * 6))
            h = 0.03 + 0.17 * base * (0.35 + 0.65 * swing) + 0.06 * clock.pulse * base
            x = -w + (i + 0.15) * 2 * w / columns
            brush.rect(
                x, low - h, 2 * w / columns * 0.62, h, mix("#ffffff", warm, 0.45), alpha=0.34, emit=True
            )

    s.move(bars)


def _emblem(s: Scenery, b: Brush, w: float, top: float, low: float, tones: tuple[RGB, RGB]) -> None:
    """Paint what the screen shows: rings, rays, a sunset of bars, or a skyline of triangles."""
    cool, warm = tones
    middle, choice = (top + low) / 2, s.rng.randrange(4)
    for i in range(4 if choice == 0 else 0):
        tone = mix(mix(warm, cool, i / 4), "#ffffff", 0.10 * i)
        b.circle(0.0, middle, 0.30 - i * 0.062, tone, alpha=0.35, emit=True)
    for i in range(14 if choice == 1 else 0):
        angles = (i * math.tau / 14, (i + 0.5) * math.tau / 14)
        reach = [(w * 0.98 * math.cos(a), middle + (low - top) * 0.49 * math.sin(a)) for a in angles]
        b.poly([(0.0, middle), *reach], mix(warm, "#ffffff", 0.15), alpha=0.30, emit=True)
    if choice == 2:
        b.circle(0.0, middle, 0.19, mix(warm, "#ffffff", 0.25), alpha=0.7, emit=True)
        for k in range(5):
            b.rect(
                -0.2, middle + 0.02 + k * 0.034, 0.4, 0.007 + 0.003 * k, mix(cool, "#120b25", 0.45), emit=True
            )
    for i in range(7 if choice == 3 else 0):
        x, h = -w + (i + 0.5) * 2 * w / 7, (low - top) * s.rng.uniform(0.35, 0.85)
        tone = mix((cool, warm)[i % 2], "#ffffff", 0.15)
        b.poly([(x - w * 0.2, low), (x, low - h), (x + w * 0.2, low)], tone, alpha=0.32, emit=True)


def _truss_y(s: Scenery) -> float:
    """Return the height of the lights: near the top of the frame, whatever its shape."""
    return s.top + 0.035


def _truss(s: Scenery, b: Brush) -> None:
    y = _truss_y(s)
    for dy in (0.0, 0.045):
        b.rect(s.left, y + dy, s.span, 0.009, "#4c4a60")
    step = 0.07
    for i in range(int(s.span / step) + 1):
        x = s.left + i * step
        b.line([(x, y + 0.045), (x + step / 2, y + 0.005), (x + step, y + 0.045)], "#3c3a4e", 0.005)


def _beams(s: Scenery, cool: RGB, warm: RGB) -> None:
    n, lamp_y = max(4, round(s.span / 0.34)), _truss_y(s) + 0.05
    spots = [
        (s.left + (i + 0.5) * s.span / n, (cool, warm, mix(cool, warm, 0.5))[i % 3], s.rng.random())
        for i in range(n)
    ]

    def draw(brush: Brush, clock: Clock) -> None:
        for x, tone, phase in spots:
            swing = 0.34 * math.sin(clock.t_s * (0.5 + 0.25 * phase) + phase * 20)
            aim = (x * 0.55 + swing, 0.10)
            strength = 0.15 + 0.08 * clock.pulse
            for half in (0.15, 0.11, 0.06):
                corners = [
                    (x - 0.012, lamp_y),
                    (x + 0.012, lamp_y),
                    (aim[0] + half, aim[1]),
                    (aim[0] - half, aim[1]),
                ]
                brush.beam(corners, tone, strength, fade=((x, lamp_y), aim), blur=0.0)
            brush.oval(x, lamp_y, 0.016, 0.010, lighter(tone, 0.75), emit=True)

    s.move(draw)
    for x, tone, _ in spots:
        s.lamp(x, lamp_y, 0.13, tone, 0.6, pulse=0.8)


def _drums(s: Scenery, b: Brush, x: float, base: float) -> None:
    shell = s.palette.accent(1)
    b.rect(x - 0.28, base, 0.56, 0.05, "#15121f", emit=True)
    b.line([(x - 0.20, base), (x - 0.22, base - 0.30)], "#a7a9b8", 0.006)
    b.line([(x + 0.20, base), (x + 0.22, base - 0.32)], "#a7a9b8", 0.006)
    for cx, cy, rx in ((-0.225, -0.30, 0.085), (0.225, -0.325, 0.095)):
        b.oval(x + cx, base + cy, rx, 0.014, "#d9b04e")
        b.oval(x + cx, base + cy - 0.003, rx * 0.8, 0.008, "#f6dc8c")
    for dx, dy, w, h in (
        (-0.105, -0.27, 0.10, 0.085),
        (0.015, -0.27, 0.10, 0.085),
        (0.11, -0.17, 0.12, 0.13),
        (-0.22, -0.17, 0.11, 0.07),
    ):
        b.rect(x + dx, base + dy, w, h, darker(shell, 0.2), r=0.01)
        b.rect(x + dx, base + dy, w * 0.3, h, lighter(shell, 0.2), r=0.01)
        b.oval(x + dx + w / 2, base + dy, w / 2, 0.014, "#efe9dd")
    b.circle(x, base - 0.10, 0.105, darker(shell, 0.35))
    b.circle(x, base - 0.10, 0.090, "#efe6d6")
    b.circle(x, base - 0.10, 0.045, shell)


def _speakers(b: Brush, x: float, base: float) -> None:
    for k in range(3):
        y = base - 0.24 * (k + 1)
        b.rect(x - 0.115, y, 0.23, 0.232, "#1b1926", r=0.008)
        b.rect(x - 0.115, y, 0.23, 0.012, "#383548", r=0.004)
        for cy, r in ((0.145, 0.070), (0.050, 0.030)):
            b.circle(x, y + cy, r, "#0e0d16")
            b.circle(x, y + cy, r * 0.78, "#2c2a3a")
            b.circle(x, y + cy, r * 0.32, "#4a475c")


def _amp(b: Brush, x: float, base: float) -> None:
    b.rect(x - 0.095, base - 0.22, 0.19, 0.22, "#241f2c", r=0.012)
    b.rect(x - 0.082, base - 0.165, 0.164, 0.145, "#4c4350", r=0.006)
    for k in range(5):
        b.circle(x - 0.06 + k * 0.03, base - 0.192, 0.006, "#e4c57c")
    b.circle(x + 0.075, base - 0.192, 0.006, "#ff5a4a", emit=True)
