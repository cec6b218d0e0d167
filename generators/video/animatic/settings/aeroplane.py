"""The cabin of an aeroplane: round windows over the clouds, rows of seats with heads, lockers above."""

from __future__ import annotations

import math

import skia

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces.interior import FLOOR
from storyboard.generators.video.animatic.pieces.outside import weather_outside
from storyboard.generators.video.animatic.pieces.said import is_crowded, is_deserted
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "aeroplane",
    seat="padded",
    indoor=True,
    words=(
        "aeroplane, airplane, plane, airliner, aircraft, jet, airplane cabin, aeroplane cabin, "
        "plane cabin, cabin of a plane, airplane aisle, airplane seat, plane seat, "
        "window seat on a plane, private jet, jumbo jet, passenger plane, on a flight, night flight, "
        "red-eye flight, first class cabin, on board a plane"
    ),
)
def aeroplane(s: Scenery) -> None:
    """The cabin of an aeroplane: round windows over the clouds, rows of seats with heads, lockers above."""
    shell: RGB = mix("#e6e6e8", s.palette.accent(1), 0.06)
    cloth: RGB = mix(s.rng.choice(("#34558a", "#7a3a4a", "#3f6a6a")), s.palette.accent(0), 0.2)
    b = s.layer(0.66)
    b.gradient(
        (s.left, s.high, s.span, FLOOR - s.high + 0.05),
        [darker(shell, 0.25), shell, shell, darker(shell, 0.18)],
    )
    pitch = 0.30
    n = int(s.w / pitch) + 2
    start = s.rng.uniform(-0.4, 0.4) * pitch
    for k in range(-n, n + 1):
        _window(s, b, start + k * pitch, shell)
    _lockers(s, b, shell, start)
    b.rect(s.left, -0.245, s.span, 0.010, darker(shell, 0.18))
    b.rect(s.left, -0.20, s.span, 0.018, cloth)
    b = s.layer(0.80)
    b.gradient((s.left, FLOOR, s.span, s.low - FLOOR), ["#3c3f4c", "#565a68"])
    b.rect(s.left, FLOOR + 0.018, s.span, 0.006, "#ffe2a0", emit=True)
    for k in range(int(s.span / 0.11)):
        b.rect(s.left + k * 0.11, FLOOR + 0.08, 0.055, 0.006, mix("#6d7180", cloth, 0.4), alpha=0.6)
    for k in range(-n, n + 1):
        x = start + (k + 0.5) * pitch
        if abs(x - s.centre * s.w) > 0.14 or s.w < 0.6:
            _row(s, b, x, cloth)
    b = s.layer(0.96)
    _trolley(s, b, s.rng.choice((-1, 1)) * s.w * 0.84)
    _lights(s)
    s.key_light, s.key_side = None if s.night < 0.5 else "#ffd9a8", 1


def _window(s: Scenery, b: Brush, x: float, shell: RGB) -> None:
    w, h, y = 0.062, 0.088, -0.425
    b.rect(x - w - 0.014, y - h - 0.014, 2 * w + 0.028, 2 * h + 0.028, darker(shell, 0.14), r=0.07)
    b.rect(x - w - 0.006, y - h - 0.006, 2 * w + 0.012, 2 * h + 0.012, lighter(shell, 0.4), r=0.062)
    box = skia.RRect.MakeRectXY(skia.Rect.MakeLTRB(x - w, y - h, x + w, y + h), 0.056, 0.056)
    b.canvas.save()
    b.canvas.clipRRect(box, True)
    high, middle, low = s.palette.sky
    b.gradient(
        (x - w, y - h, 2 * w, 2 * h), [mix(high, "#1f4a9a", 0.25 * (1 - s.night)), middle, low], emit=True
    )
    floor = mix(low, "#ffffff", 0.55 * (1 - s.night) + 0.08)
    for _ in range(5):
        at, r = x + s.rng.uniform(-w, w), s.rng.uniform(0.02, 0.04)
        b.oval(
            at,
            y + h - s.rng.uniform(0.0, 0.035),
            r * 1.5,
            r,
            mix(floor, middle, s.rng.uniform(0.0, 0.35)),
            emit=True,
        )
    if s.night > 0.6:
        for _ in range(7):
            b.circle(x + s.rng.uniform(-w, w), y - s.rng.uniform(0.0, h), 0.0022, "#eef3ff", emit=True)
    b.canvas.restore()
    weather_outside(s, (x - w * 0.8, y - h * 0.8, w * 1.6, h * 1.6))
    if s.rng.random() < 0.22:
        b.rect(x - w, y - h, 2 * w, h * s.rng.uniform(0.5, 1.2), lighter(shell, 0.25), r=0.03)
    if s.night < 0.8:
        s.lamp(x, y, 0.22, s.palette.sun, 0.30 * (1 - s.night), pulse=0.08)


def _lockers(s: Scenery, b: Brush, shell: RGB, start: float) -> None:
    low, high = -0.60, -0.80
    b.rect(s.left, low, s.span, 0.040, darker(shell, 0.32))
    b.gradient((s.left, high, s.span, low - high), [lighter(shell, 0.3), shell, darker(shell, 0.12)])
    x = s.left
    while x < s.right:
        b.rect(x, high, 0.005, low - high, darker(shell, 0.3))
        b.rect(x + 0.20, low - 0.030, 0.05, 0.010, darker(shell, 0.4), r=0.004)
        x += 0.45
    if s.high < -0.84:
        b.gradient((s.left, s.high, s.span, -0.80 - s.high), [darker(shell, 0.5), darker(shell, 0.15)])
        b.rect(s.left, -0.83, s.span, 0.016, "#fff2d8", emit=True)
    x = s.left
    while x < s.right:
        b.circle(x + 0.11, low + 0.020, 0.008, "#fff4d8", emit=True)
        b.rect(
            x + 0.135,
            low + 0.013,
            0.022,
            0.014,
            "#ff9a4a" if s.rng.random() < 0.5 else "#7ad0a0",
            r=0.003,
            emit=True,
        )
        x += 0.30


def _row(s: Scenery, b: Brush, x: float, cloth: RGB) -> None:
    """Paint a seat from the side, with who sits in it."""
    base = FLOOR + 0.022
    share = 0.05 if is_deserted(s) else 0.95 if is_crowded(s) else 0.55
    if s.rng.random() < share:
        tone: RGB = mix("#2a2836", s.palette.accent(s.rng.randrange(4)), 0.25)
        b.line([(x - 0.010, base - 0.385), (x - 0.004, base - 0.30)], tone, 0.030)
        b.oval(x - 0.012, base - 0.385, 0.034, 0.040, tone)
        b.oval(x - 0.020, base - 0.400, 0.034, 0.032, darker(tone, 0.3))
        b.blob(
            [
                (x - 0.05, base - 0.17),
                (x - 0.055, base - 0.31),
                (x, base - 0.35),
                (x + 0.05, base - 0.30),
                (x + 0.075, base - 0.17),
            ],
            tone,
        )
    b.rect(x - 0.010, base - 0.11, 0.020, 0.11, "#4a4d58")
    b.rect(x - 0.075, base - 0.005, 0.15, 0.010, "#3a3c46", r=0.004)
    b.rect(x - 0.060, base - 0.165, 0.155, 0.050, darker(cloth, 0.12), r=0.016)
    b.blob(
        [
            (x - 0.085, base - 0.13),
            (x - 0.105, base - 0.36),
            (x - 0.085, base - 0.40),
            (x - 0.055, base - 0.37),
            (x - 0.040, base - 0.14),
        ],
        cloth,
    )
    b.rect(x - 0.108, base - 0.405, 0.052, 0.058, "#f1efe9", r=0.014)
    b.rect(x - 0.045, base - 0.225, 0.105, 0.020, darker(cloth, 0.35), r=0.008)


def _trolley(s: Scenery, b: Brush, x: float) -> None:
    base = FLOOR + 0.075
    b.shadow(x, base, 0.11, 0.012, 0.45)
    b.rect(x - 0.085, base - 0.30, 0.17, 0.285, "#b9bec8", r=0.008)
    for k in range(4):
        b.rect(x - 0.072, base - 0.26 + 0.06 * k, 0.144, 0.048, "#d4d8df", r=0.004)
        b.rect(x - 0.02, base - 0.24 + 0.06 * k, 0.04, 0.007, "#7d828c")
    for dx in (-0.065, 0.065):
        b.circle(x + dx, base - 0.008, 0.014, "#22242c")
    for k, tone in enumerate(("#c2473a", "#3f8a5a", "#e0b23c")):
        b.rect(x - 0.06 + 0.045 * k, base - 0.355, 0.022, 0.055, tone, r=0.006)
    b.rect(x + 0.055, base - 0.345, 0.020, 0.045, "#f4f2ec", r=0.003)


def _lights(s: Scenery) -> None:
    """Let the wing's light blink outside, and the cabin tremble a little."""
    x = s.w * s.rng.uniform(0.3, 0.7)

    def blink(brush: Brush, clock: Clock) -> None:
        on = max(0.0, math.sin(clock.t_s * 4.2)) ** 8
        brush.circle(x, FLOOR + 0.021, 0.006, "#ffd9a0", alpha=0.3 + 0.5 * on, emit=True)

    s.move(blink)
