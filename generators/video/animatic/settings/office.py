"""An open office high up."""

from __future__ import annotations

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.pieces import furniture, interior, lamps
from storyboard.generators.video.animatic.pieces.nature import pot_plant
from storyboard.generators.video.animatic.pieces.people import sitter
from storyboard.generators.video.animatic.pieces.said import colour_said, is_crowded, is_deserted, says
from storyboard.generators.video.animatic.scenery import Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR


@place(
    "office",
    seat="chair",
    indoor=True,
    words=(
        "office, cubicle, desk, meeting, boardroom, workplace, startup, newsroom, lab, laboratory, bank, "
        "computer, control room, conference room, meeting room, call center, call centre, cubicle farm, "
        "open-plan office, police station, interrogation room, post office, open plan office, co-working "
        "space, coworking space, server room, trading floor, radio station, tv studio, command center, "
        "command centre"
    ),
)
def office(s: Scenery) -> None:
    """An open office high up: glass wall on the city, rows of desks, cold screens."""
    cool = mix("#7f93a3", s.palette.accent(3), 0.15)
    b = s.layer(0.45)
    interior.room(s, b, cool)
    interior.window(
        s, b, s.left, -0.74, s.span, 0.56, "#39444f", panes=(s.rng.choice((5, 6, 7)), s.rng.choice((1, 2)))
    )
    for i in range(7):
        x = s.left + i * s.span / 6.5
        for k in range(int(6 + 5 * s.rng.random())):
            b.rect(x, -0.74 + k * 0.016, s.span / 7.4, 0.006, "#dfe5ea", alpha=0.75)
    b = s.layer(0.72)
    floor = mix("#77736c", s.palette.accent(1), 0.08)
    b.gradient(
        (s.left, FLOOR - 0.015, s.span, s.low - FLOOR), [darker(floor, 0.25), floor, darker(floor, 0.1)]
    )
    b.shade((s.left, FLOOR - 0.015, s.span, 0.04), 0.35, 0.0)
    alone = is_deserted(s) or s.night > 0.6
    for i in range(4):
        x = s.left + 0.22 + i * 0.56 + s.rng.uniform(-0.09, 0.09)
        if s.rng.random() < (0.0 if alone else 0.9 if is_crowded(s) else 0.55):
            tone = mix("#3a4250", s.palette.accent(i), 0.30)
            sitter(s, b, x + 0.10, FLOOR - 0.115, tone, facing=-1, scale=0.72)
        _desk(s, b, x, FLOOR + 0.005, 0.36, i, 0.75)
    _shelf(s, b)
    b = s.layer(0.95)
    for i in range(5):
        x = s.left + (i + 0.5) * s.span / 5
        b.rect(x - 0.14, -0.795, 0.28, 0.014, "#f4f8ff", emit=True, r=0.004)
        b.glow(x, -0.79, 0.30, "#dfeaff", 0.28)
        s.lamp(x, -0.788, 0.18, "#dfeaff", 0.22)
    _desk(s, b, -s.w * 0.70, -0.012, 0.50, 5, 1.0)
    if says(s, "paper|papers|file|stack|grey|gray|cluttered|archive"):
        for x, n_sheets in ((0.50, 15), (0.37, 9), (-0.98, 19)):
            _paper_tower(s, b, s.w * x, -0.02, n_sheets)
    if says(s, "lamp"):
        lamps.table_lamp(s, b, -s.w * 0.70 - 0.19, -0.27, 0.13, colour_said(s, "desk lamp|lamp", "#3f7a4e"))
    pot_plant(b, s.w * 0.90, -0.005, 0.44, pot="#d9dde2")
    b.rect(s.w * 0.62, -0.20, 0.13, 0.19, "#dfe5ea", r=0.01)
    b.rect(s.w * 0.635, -0.31, 0.10, 0.11, "#a9d3ea", r=0.03, alpha=0.8)
    n = s.layer(1.5, softness=0.02)
    n.rect(s.w - 0.12, -0.02, 0.6, 0.5, "#2f3944", r=0.012)
    n.rect(s.w - 0.14, -0.04, 0.6, 0.024, "#697684", r=0.008)
    s.centre, s.key_light, s.key_side, s.floor_gloss = 0.14, "#cfe4ff", -1, 0.14


def _shelf(s: Scenery, b: Brush) -> None:
    """Paint a low row of cabinets under the glass, with files and plants on it."""
    top, h = FLOOR - 0.115, 0.115
    wood = mix("#b08a62", s.palette.accent(1), 0.10)
    for k in range(int(s.span / 0.30) + 1):
        x = s.left + k * 0.30
        b.rect(x, top, 0.295, h, darker(wood, 0.10 + 0.06 * (k % 2)))
        b.rect(x + 0.125, top + 0.020, 0.045, 0.007, "#e4e0d6", r=0.003)
    b.rect(s.left, top - 0.008, s.span, 0.014, lighter(wood, 0.22))
    x = s.left + 0.05
    while x < s.right:
        kind = s.rng.randrange(4)
        if kind == 0:
            for k in range(5):
                tone = s.palette.accent(k)
                b.rect(x + k * 0.017, top - 0.068, 0.015, 0.06, mix(tone, "#e9e4d8", 0.3), r=0.002)
        elif kind == 1:
            pot_plant(b, x + 0.03, top - 0.006, 0.13, pot="#e4ded2")
        elif kind == 2:
            b.rect(x, top - 0.030, 0.075, 0.022, "#f3efe6")
            b.rect(x + 0.006, top - 0.046, 0.065, 0.016, "#d8cfc0")
        x += s.rng.uniform(0.16, 0.30)


def _paper_tower(s: Scenery, b: Brush, x: float, base: float, n: int) -> None:
    b.shadow(x, base, 0.075, 0.010, 0.4)
    for k in range(n):
        tone = s.rng.choice(("#f4f0e6", "#ece6d8", "#e2d9c6", "#d9dfe4"))
        half = 0.055 + s.rng.uniform(-0.006, 0.010)
        at = x + s.rng.uniform(-0.008, 0.008)
        b.rect(at - half, base - 0.016 * (k + 1), 2 * half, 0.015, tone, r=0.002)
        b.rect(at - half, base - 0.016 * k - 0.004, 2 * half, 0.003, darker(tone, 0.25))


def _desk(s: Scenery, b: Brush, x: float, base: float, w: float, index: int, scale: float) -> None:
    h = 0.245 * scale
    furniture.table(b, x, base, w, h, "#c9a57c")
    screen_w, screen_h = 0.17 * scale, 0.11 * scale
    y = base - h - 0.02 - screen_h - 0.03 * scale
    b.rect(x - 0.008, base - h - 0.055 * scale, 0.016, 0.05 * scale, "#2b3038")
    b.rect(x - screen_w / 2 - 0.006, y - 0.006, screen_w + 0.012, screen_h + 0.012, "#1d2128", r=0.006)
    tone = mix("#7fc4ff", s.palette.accent(index), 0.3)
    b.gradient((x - screen_w / 2, y, screen_w, screen_h), [tone, darker(tone, 0.45)], emit=True)
    for k in range(4):
        b.rect(
            x - screen_w * 0.4,
            y + screen_h * (0.18 + 0.2 * k),
            screen_w * (0.5, 0.7, 0.4, 0.6)[(k + index) % 4],
            screen_h * 0.06,
            "#f2f8ff",
            alpha=0.7,
            emit=True,
        )
    s.lamp(x, y + screen_h / 2, 0.16 * scale, tone, 0.16 + 0.26 * s.night)
    b.rect(
        x + w * 0.28,
        base - h - 0.065 * scale,
        0.045 * scale,
        0.055 * scale,
        s.palette.accent(index + 1),
        r=0.006,
    )
    b.rect(x - w * 0.42, base - h - 0.03, 0.08 * scale, 0.018, "#f1ede4")
    b.rect(x - w * 0.41, base - h - 0.045, 0.07 * scale, 0.016, s.palette.accent(index + 2))
    b.rect(x - 0.05 * scale, base - 0.30 * scale, 0.10 * scale, 0.13 * scale, "#2c333d", r=0.02)
