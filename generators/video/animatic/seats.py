"""Seats: what a sitting figure sits on, as fits the setting."""

from __future__ import annotations

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.scenery import ADULT, Scenery

_SEAT_HEIGHT = 0.262
_HIPS_BACK = 0.13
"""Where a sitting figure's hips are, in body heights: up from the feet, and behind them."""


def paint_seat(brush: Brush, scenery: Scenery, x: float, y: float, height: float, facing: int) -> None:
    """Paint the seat under a figure whose feet are at (x, y)."""
    top = y - _SEAT_HEIGHT * ADULT * height
    middle = x - facing * _HIPS_BACK * ADULT * height
    {
        "chair": _chair,
        "stool": _stool,
        "bench": _bench,
        "bed": _block,
        "ledge": _ledge,
        "crate": _crate,
        "rock": _rock,
        "sofa": _sofa,
    }[scenery.seat](brush, middle, top, y, facing)


def _chair(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    wood = "#8a5a3c"
    brush.shadow(x, y, 0.09, 0.014, 0.4)
    back = x - facing * 0.066
    for leg in (-0.060, 0.060):
        brush.line([(x + leg, top), (x + leg * 1.15, y)], darker(wood, 0.3), 0.010)
    brush.line([(back, top), (back - facing * 0.016, top - 0.17)], wood, 0.012)
    brush.rect(
        min(back, back - facing * 0.016) - 0.010, top - 0.18, 0.028, 0.085, lighter(wood, 0.1), r=0.008
    )
    brush.rect(x - 0.076, top - 0.004, 0.152, 0.018, wood, r=0.006)


def _stool(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    metal = "#2c2f3a"
    brush.shadow(x, y, 0.08, 0.013, 0.4)
    for leg in (-1, 1):
        brush.line([(x + leg * 0.030, top), (x + leg * 0.062, y)], metal, 0.008)
    brush.line([(x - 0.05, y - 0.05), (x + 0.05, y - 0.05)], metal, 0.006)
    brush.rect(x - 0.066, top - 0.006, 0.132, 0.026, scenery_red(brush), r=0.012)


def scenery_red(brush: Brush) -> tuple[float, float, float]:
    """Return the upholstery colour: the scene's first accent."""
    return brush.palette.accent(1)


def _bench(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    wood, iron = "#94643f", "#2b2d35"
    brush.shadow(x, y + 0.002, 0.25, 0.018, 0.4)
    for side in (-0.18, 0.18):
        brush.line([(x + side, y), (x + side * 0.96, top), (x + side * 0.98, top - 0.17)], iron, 0.013)
    for row in range(3):
        brush.rect(
            x - 0.225, top - 0.165 + row * 0.042, 0.45, 0.028, lighter(wood, 0.1 - row * 0.05), r=0.006
        )
    brush.rect(x - 0.235, top - 0.004, 0.47, 0.022, lighter(wood, 0.18), r=0.007)
    brush.rect(x - 0.235, top + 0.014, 0.47, 0.010, darker(wood, 0.35), r=0.004)


def _block(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    sheet = brush.palette.accent(0)
    brush.shadow(x, y, 0.2, 0.018, 0.4)
    brush.rect(x - 0.17, y - 0.045, 0.34, 0.04, "#6b4630", r=0.006)
    brush.rect(x - 0.18, top + 0.006, 0.36, y - top - 0.045, darker(sheet, 0.25), r=0.02)
    brush.rect(x - 0.185, top - 0.008, 0.37, 0.052, lighter(sheet, 0.35), r=0.024)


def _sofa(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    cloth = brush.palette.accent(0)
    brush.shadow(x, y, 0.24, 0.018, 0.4)
    brush.rect(x - 0.21, top - 0.17, 0.42, 0.25, darker(cloth, 0.30), r=0.04)
    brush.rect(x - 0.20, top - 0.006, 0.40, y - top - 0.012, darker(cloth, 0.15), r=0.02)
    brush.rect(x - 0.19, top - 0.012, 0.38, 0.05, lighter(cloth, 0.12), r=0.022)
    for side in (-0.245, 0.175):
        brush.rect(x + side, top - 0.075, 0.07, y - top + 0.062, darker(cloth, 0.08), r=0.03)


def _ledge(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    stone = "#7d7f8c"
    brush.shadow(x, y, 0.22, 0.016, 0.4)
    brush.rect(x - 0.20, top + 0.008, 0.40, y - top - 0.008, darker(stone, 0.25))
    brush.rect(x - 0.215, top - 0.006, 0.43, 0.026, lighter(stone, 0.12), r=0.003)


def _crate(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    box = "#23252e"
    brush.shadow(x, y, 0.14, 0.014, 0.45)
    brush.rect(x - 0.115, top, 0.23, y - top, box, r=0.006)
    for edge in (-0.115, 0.100):
        brush.rect(x + edge, top, 0.015, y - top, "#8d93a3", r=0.003)
    brush.rect(x - 0.115, top - 0.002, 0.23, 0.012, "#a4aaba", r=0.003)
    brush.rect(x - 0.03, (top + y) / 2 - 0.012, 0.06, 0.02, "#12131a", r=0.006)


def _rock(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    stone = "#8b8378"
    brush.shadow(x, y, 0.20, 0.018, 0.45)
    brush.blob(
        [
            (x - 0.20, y + 0.004),
            (x - 0.19, top + 0.05),
            (x - 0.10, top - 0.012),
            (x + 0.08, top - 0.016),
            (x + 0.18, top + 0.04),
            (x + 0.20, y + 0.004),
        ],
        darker(stone, 0.2),
    )
    brush.blob(
        [
            (x - 0.14, top + 0.05),
            (x - 0.09, top - 0.006),
            (x + 0.07, top - 0.010),
            (x + 0.15, top + 0.05),
            (x + 0.02, top + 0.035),
        ],
        lighter(stone, 0.18),
    )
