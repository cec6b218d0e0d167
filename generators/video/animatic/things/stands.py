"""Stands: what small things stand on, as fits the place: a table, a crate, a stump, a box."""

from __future__ import annotations

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.scenery import Scenery

_HEIGHTS = {"table": 0.235, "crate": 0.155, "stump": 0.150, "case": 0.175}


def stand_height(scenery: Scenery) -> float:
    """Return how high small things stand in a place, in scene units."""
    return _HEIGHTS[_kind(scenery)]


def paint_stand(brush: Brush, scenery: Scenery, x: float, y: float, width: float) -> None:
    """Paint a stand of a width with its feet at (x, y)."""
    paint = {"table": _table, "crate": _crate, "stump": _stump, "case": _case}[_kind(scenery)]
    brush.shadow(x, y + 0.004, width * 0.52, 0.016, 0.42)
    paint(brush, x, y, width, stand_height(scenery))


def paint_logs(brush: Brush, x: float, y: float, width: float) -> None:
    """Paint the logs that a fire of a width burns on."""
    for side, lean in ((-1, 0.030), (1, 0.036), (-1, 0.008), (1, 0.004)):
        wood = darker("#6f4a33", 0.15 if lean > 0.02 else 0.0)
        foot, tip = (x + side * width * 0.78, y + 0.010), (x - side * width * 0.42, y + 0.004 - lean)
        brush.line([foot, tip], wood, 0.030)
        brush.oval(foot[0], foot[1], 0.010, 0.015, lighter("#a67c52", 0.1))


def _kind(scenery: Scenery) -> str:
    if scenery.seat in ("rock",):
        return "stump"
    if scenery.seat == "crate":
        return "case" if scenery.indoor else "crate"
    return "table" if scenery.indoor else "crate"


def _table(brush: Brush, x: float, y: float, width: float, height: float) -> None:
    wood = mix("#8a5b3d", brush.palette.accent(1), 0.16)
    top = y - height
    for side in (-1, 1):
        brush.line(
            [(x + side * width * 0.36, top + 0.01), (x + side * width * 0.42, y)], darker(wood, 0.34), 0.011
        )
        brush.line(
            [(x + side * width * 0.22, top + 0.01), (x + side * width * 0.25, y - 0.012)],
            darker(wood, 0.5),
            0.008,
        )
    brush.rect(x - width * 0.42, top + 0.008, width * 0.84, 0.022, darker(wood, 0.30), r=0.003)
    brush.oval(x, top + 0.006, width / 2, 0.014, darker(wood, 0.18))
    brush.oval(x, top + 0.002, width / 2, 0.013, lighter(wood, 0.14))


def _crate(brush: Brush, x: float, y: float, width: float, height: float) -> None:
    wood, top = "#a9784b", y - height
    brush.rect(x - width / 2, top, width, height, darker(wood, 0.42), r=0.004)
    board = height / 4
    for row in range(4):
        tone = lighter(wood, 0.10) if row % 2 == 0 else darker(wood, 0.06)
        brush.rect(x - width / 2, top + row * board + 0.003, width, board - 0.006, tone, r=0.003)
    for side in (-1, 1):
        brush.rect(x + side * (width / 2 - 0.012) - 0.012, top, 0.024, height, darker(wood, 0.14), r=0.003)
    brush.rect(x - width / 2 - 0.006, top - 0.004, width + 0.012, 0.014, lighter(wood, 0.22), r=0.004)


def _stump(brush: Brush, x: float, y: float, width: float, height: float) -> None:
    bark, top = "#6b4a35", y - height
    half = width / 2
    foot = half * 1.12
    sides = [(x - half, top), (x + half, top), (x + half * 1.02, y - 0.02), (x + foot, y + 0.004)]
    brush.poly([*sides, (x - foot, y + 0.004), (x - half * 1.02, y - 0.02)], bark)
    for share in (-0.72, -0.38, -0.05, 0.3, 0.66):
        brush.line(
            [(x + half * share, top + 0.02), (x + half * share * 1.06, y - 0.012)], darker(bark, 0.4), 0.005
        )
    brush.oval(x, top + 0.002, half, 0.020, lighter("#b08a62", 0.06))
    brush.oval(x, top + 0.002, half * 0.68, 0.013, darker("#b08a62", 0.16), alpha=0.55)
    brush.oval(x, top + 0.002, half * 0.60, 0.011, lighter("#b08a62", 0.06))


def _case(brush: Brush, x: float, y: float, width: float, height: float) -> None:
    box, rail, top = "#2a2c37", "#8d93a3", y - height
    brush.rect(x - width / 2, top, width, height, box, r=0.006)
    for edge in (-width / 2, width / 2 - 0.014):
        brush.rect(x + edge, top, 0.014, height, rail, r=0.003)
    brush.rect(x - width / 2, top - 0.002, width, 0.013, lighter(rail, 0.15), r=0.003)
    brush.rect(x - width / 2, top + height * 0.44, width, 0.008, darker(rail, 0.3))
    brush.rect(x - 0.02, top + height * 0.40, 0.04, 0.020, lighter(rail, 0.1), r=0.004)
