"""An open office high up."""

from __future__ import annotations

from storyboard.generators.video.animatic.brush import Brush, darker
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.pieces import furniture, interior
from storyboard.generators.video.animatic.pieces.nature import pot_plant
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
    floor = "#5d6670"
    b.gradient(
        (s.left, FLOOR - 0.015, s.span, s.low - FLOOR), [darker(floor, 0.25), floor, darker(floor, 0.1)]
    )
    b.shade((s.left, FLOOR - 0.015, s.span, 0.04), 0.35, 0.0)
    for i in range(4):
        _desk(s, b, s.left + 0.22 + i * 0.56 + s.rng.uniform(-0.09, 0.09), FLOOR + 0.005, 0.36, i, 0.75)
    b = s.layer(0.95)
    for i in range(5):
        x = s.left + (i + 0.5) * s.span / 5
        b.rect(x - 0.14, -0.795, 0.28, 0.014, "#f4f8ff", emit=True, r=0.004)
        b.glow(x, -0.79, 0.30, "#dfeaff", 0.28)
        s.lamp(x, -0.788, 0.18, "#dfeaff", 0.22)
    _desk(s, b, -s.w * 0.70, -0.012, 0.50, 5, 1.0)
    pot_plant(b, s.w * 0.90, -0.005, 0.44, pot="#d9dde2")
    b.rect(s.w * 0.62, -0.20, 0.13, 0.19, "#dfe5ea", r=0.01)
    b.rect(s.w * 0.635, -0.31, 0.10, 0.11, "#a9d3ea", r=0.03, alpha=0.8)
    n = s.layer(1.5, softness=0.02)
    n.rect(s.w - 0.12, -0.02, 0.6, 0.5, "#2f3944", r=0.012)
    n.rect(s.w - 0.14, -0.04, 0.6, 0.024, "#697684", r=0.008)
    s.centre, s.key_light, s.key_side, s.floor_gloss = 0.14, "#cfe4ff", -1, 0.14


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
