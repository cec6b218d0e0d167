"""Seats: what a sitting figure sits on, as fits the setting."""

from __future__ import annotations

import re

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import Colour, mix
from storyboard.generators.video.animatic.pieces import furniture
from storyboard.generators.video.animatic.pieces.city import car
from storyboard.generators.video.animatic.pieces.said import colour_said
from storyboard.generators.video.animatic.scenery import ADULT, Scenery

_SEAT_HEIGHT = 0.262
_HIPS_BACK = 0.13
"""Where a sitting figure's hips are, in body heights: up from the feet, and behind them."""

_SITS = re.compile(r"\bs(?:its?|itting|at)\b(?: [a-z]+)?? (?:on|upon|over|in|at) ([^.;,]*)")
_SAID = (
    (r"bonnet|hood|(?:the|his|her|their|old) car", "bonnet"),
    (r"steps?|stairs?|doorstep|stoop|staircase", "steps"),
    (r"swings?", "swing"),
    (r"stump|log|driftwood|trunk", "stump"),
    (r"suitcases?|luggage", "suitcase"),
    (r"sofa|couch|settee", "sofa"),
    (r"bench|pew", "bench"),
    (r"stool", "stool"),
    (r"bed|mattress", "bed"),
    (r"rock|boulder", "rock"),
    (r"crates?|box(?:es)?|case", "crate"),
    (r"wall|ledge|kerb|curb|parapet|fountain", "ledge"),
)


def seat_said(actions: str) -> str:
    """Return the seat that words name for one who sits ("sits on the bonnet of the car"), or none."""
    for place in _SITS.findall(actions.lower()):
        words = re.split(r"\b(?:and|while|beside|with|under|near|by)\b", place)[0]
        for pattern, seat in _SAID:
            if re.search(rf"\b(?:{pattern})\b", words):
                return seat
    return ""


def paint_seat(brush: Brush, scenery: Scenery, x: float, y: float, height: float, facing: int) -> None:
    """Paint the seat under a figure whose feet are at (x, y)."""
    top = y - _SEAT_HEIGHT * ADULT * height
    middle = x - facing * _HIPS_BACK * ADULT * height
    if scenery.seat == "bonnet":
        _bonnet(brush, colour_said(scenery, "car", brush.palette.accent(1)), middle, top, y, facing)
        return
    if scenery.seat == "sofa":
        _sofa(brush, colour_said(scenery, "sofa|couch", brush.palette.accent(0)), middle, top, y)
        return
    crate = _crate if scenery.indoor else _wooden_crate
    {
        "chair": _chair,
        "stool": _stool,
        "bench": _bench,
        "bed": _bed,
        "table": _chair_at_table,
        "ledge": _ledge,
        "crate": crate,
        "rock": _rock,
        "steps": _steps,
        "swing": _swing,
        "stump": _stump,
        "suitcase": _suitcase,
        "padded": _padded,
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


def _chair_at_table(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    """Paint a chair, and the small table that it is drawn up to."""
    _chair(brush, x, top, y, facing)
    wood, at = "#7a5238", x + facing * 0.215
    furniture.round_table(brush, at, y - 0.012, 0.105, 0.235, wood)
    furniture.cup(brush, at + facing * 0.045, y - 0.252, 0.026, "#f6eadb")


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


def _bed(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    """Paint a bed from the side: its foot under the sitter, head and pillows behind."""
    quilt, wood = brush.palette.accent(0), "#6d4936"

    def part(first: float, last: float, upper: float, lower: float, tone: Colour, r: float) -> None:
        left = min(x + facing * first, x + facing * last)
        brush.rect(left, upper, abs(last - first), lower - upper, tone, r=r)

    brush.shadow(x - facing * 0.24, y, 0.42, 0.018, 0.4)
    part(-0.70, -0.645, top - 0.20, y - 0.004, darker(wood, 0.15), 0.018)
    part(-0.675, -0.655, top - 0.17, y - 0.05, lighter(wood, 0.12), 0.008)
    for leg in (-0.63, 0.10):
        part(leg, leg + 0.03, y - 0.04, y - 0.002, darker(wood, 0.35), 0.004)
    part(-0.66, 0.15, y - 0.060, y - 0.026, wood, 0.006)
    part(-0.65, 0.15, top + 0.012, y - 0.052, "#efe6dc", 0.02)
    for at, tone in ((-0.63, "#f7f1e8"), (-0.55, mix(quilt, "#f7f1e8", 0.6))):
        part(at, at + 0.15, top - 0.055, top + 0.022, darker(tone, 0.07), 0.03)
        part(at + 0.012, at + 0.13, top - 0.050, top + 0.006, tone, 0.026)
    part(-0.42, 0.158, top - 0.006, y - 0.070, darker(quilt, 0.15), 0.022)
    part(-0.42, 0.155, top - 0.008, top + 0.040, lighter(quilt, 0.18), 0.022)
    part(-0.42, -0.34, top - 0.010, y - 0.074, lighter(quilt, 0.36), 0.020)


def _sofa(brush: Brush, cloth: Colour, x: float, top: float, y: float) -> None:
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


def _wooden_crate(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    wood = "#a67c4c"
    brush.shadow(x, y, 0.15, 0.014, 0.45)
    brush.rect(x - 0.12, top, 0.24, y - top, darker(wood, 0.45), r=0.004)
    board = (y - top) / 4
    for row in range(4):
        tone = lighter(wood, 0.08) if row % 2 == 0 else darker(wood, 0.08)
        brush.rect(x - 0.12, top + row * board + 0.002, 0.24, board - 0.005, tone, r=0.003)
    for edge in (-0.12, 0.096):
        brush.rect(x + edge, top, 0.024, y - top, darker(wood, 0.18), r=0.003)
    brush.rect(x - 0.126, top - 0.004, 0.252, 0.014, lighter(wood, 0.20), r=0.004)


def _stump(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    bark = "#6b4a35"
    brush.shadow(x, y, 0.15, 0.016, 0.45)
    sides = [(x - 0.10, top), (x + 0.10, top), (x + 0.105, y - 0.02), (x + 0.125, y + 0.004)]
    brush.poly([*sides, (x - 0.125, y + 0.004), (x - 0.105, y - 0.02)], bark)
    for share in (-0.7, -0.25, 0.2, 0.6):
        brush.line([(x + 0.1 * share, top + 0.02), (x + 0.104 * share, y - 0.012)], darker(bark, 0.4), 0.005)
    brush.oval(x, top + 0.002, 0.10, 0.018, lighter("#b08a62", 0.06))
    brush.oval(x, top + 0.002, 0.066, 0.011, darker("#b08a62", 0.16), alpha=0.6)


def _suitcase(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    leather = "#8a5236"
    brush.shadow(x, y, 0.14, 0.014, 0.45)
    brush.rect(x - 0.115, top, 0.23, y - top, darker(leather, 0.1), r=0.018)
    brush.rect(x - 0.115, top, 0.23, (y - top) * 0.46, lighter(leather, 0.06), r=0.018)
    for dx in (-0.075, 0.055):
        brush.rect(x + dx, top, 0.020, y - top, darker(leather, 0.4))
        brush.rect(x + dx + 0.003, top + (y - top) * 0.42, 0.014, 0.014, "#d9b45a", r=0.003)


def _padded(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    """Paint an upholstered seat with a high back, as in planes, trains and cinemas."""
    cloth = darker(brush.palette.accent(0), 0.18)
    brush.shadow(x, y, 0.12, 0.014, 0.4)
    for leg in (-0.055, 0.055):
        brush.rect(x + leg - 0.012, top + 0.03, 0.024, y - top - 0.03, "#3c3f4a")
    back = x - facing * 0.085
    lean = back - facing * 0.030
    brush.blob(
        [
            (back - facing * 0.035, top + 0.03),
            (lean - facing * 0.040, top - 0.22),
            (lean - facing * 0.010, top - 0.30),
            (lean + facing * 0.030, top - 0.26),
            (back + facing * 0.030, top + 0.01),
        ],
        darker(cloth, 0.14),
    )
    brush.rect(lean - 0.034, top - 0.305, 0.068, 0.066, "#efece4", r=0.018)
    brush.rect(x - 0.10, top - 0.008, 0.20, 0.056, cloth, r=0.022)
    brush.rect(x - 0.10, top - 0.008, 0.20, 0.018, lighter(cloth, 0.16), r=0.009)


def _steps(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    stone, rise = "#b9b2a8", (y - top) / 3
    brush.shadow(x, y, 0.34, 0.016, 0.4)
    for row in range(3):
        half, level = 0.34 - 0.045 * row, y - rise * (row + 1)
        ahead = facing * 0.030 * (2 - row)
        brush.rect(x - half + ahead, level, 2 * half, rise + 0.002, darker(stone, 0.20 + 0.05 * row))
        brush.rect(
            x - half + ahead - 0.006, level - 0.004, 2 * half + 0.012, 0.012, lighter(stone, 0.12), r=0.002
        )


def _swing(brush: Brush, x: float, top: float, y: float, facing: int) -> None:
    wood, beam = "#8a5a3c", top - 0.66
    brush.shadow(x, y, 0.12, 0.012, 0.25)
    for side in (-1, 1):
        brush.line([(x + side * 0.30, y), (x + side * 0.20, beam)], darker(wood, 0.25), 0.018)
        brush.line([(x + side * 0.16, y), (x + side * 0.20, beam)], darker(wood, 0.40), 0.014)
        brush.line([(x + side * 0.075, top), (x + side * 0.085, beam)], "#d8c9a4", 0.005)
    brush.line([(x - 0.23, beam), (x + 0.23, beam)], wood, 0.022)
    brush.rect(x - 0.095, top - 0.002, 0.19, 0.016, lighter(wood, 0.1), r=0.004)


def _bonnet(brush: Brush, paint: Colour, x: float, top: float, y: float, facing: int) -> None:
    """Paint a car that points where the sitter looks, its bonnet under the sitter."""
    length = (y - top) / 0.185
    car(brush, x - facing * length * 0.325, y, length, paint, facing=facing)


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
