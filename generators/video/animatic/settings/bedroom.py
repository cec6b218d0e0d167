"""A bed under a slanting light, string lights on the wall, a window on the night."""

from __future__ import annotations

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.pieces import furniture, interior, lamps
from storyboard.generators.video.animatic.pieces.nature import pot_plant
from storyboard.generators.video.animatic.pieces.said import says
from storyboard.generators.video.animatic.scenery import Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR


@place(
    "bedroom",
    seat="bed",
    indoor=True,
    words=(
        "bedroom, bed, dorm, dorm room, hotel room, attic, pillow, nursery, motel, motel room, hotel "
        "suite, sleepover, bunk bed, tour bus bunk, jail cell, prison cell, barracks, tent interior, "
        "hostel, guest room, loft bedroom"
    ),
)
def bedroom(s: Scenery) -> None:
    """A bed under a slanting light, string lights on the wall, a window on the night."""
    accent, soft = s.palette.accent(0), s.palette.accent(2)
    wall = mix(s.rng.choice(("#8d86a8", "#7fa39a", "#c9a78f", "#6f7fa5", "#b58a94")), accent, 0.30)
    b = s.layer(0.72)
    interior.room(s, b, wall)
    wx, wy, ww, wh = s.about(0.24, 0.10), -0.63, s.rng.choice((0.26, 0.30, 0.34)), s.rng.choice((0.30, 0.36))
    interior.window(
        s,
        b,
        wx,
        wy,
        ww,
        wh,
        "#efe6da",
        panes=s.rng.choice(((2, 2), (1, 2), (2, 3))),
        city=s.rng.random() < 0.6,
    )
    interior.curtain(b, wx - 0.115, wy - 0.045, 0.13, wh + 0.14, mix(soft, "#d9c6b8", 0.35), tied=-1)
    interior.curtain(b, wx + ww - 0.015, wy - 0.045, 0.13, wh + 0.14, mix(soft, "#d9c6b8", 0.35), tied=1)
    _over_the_bed(s, b)
    interior.breathing_curtain(s, wx - 0.01, wy - 0.03, 0.16, wh + 0.10, "#f3ece2")
    if says(s, "paper lamp|paper lantern|lampion"):
        _paper_lamps(s, b)
    elif s.rng.random() < 0.6:
        lamps.fairy_lights(s, [(s.left, -0.70), (s.about(-0.35), -0.66), (s.w * 0.16, -0.71)], n=11, sag=0.03)
    interior.sunbeam(s, b, wx, wy + wh * 0.4, ww, wh * 0.6, 0.34, side=-1)
    b = s.layer(0.92)
    interior.plank_floor(s, b, "#9a6f52", gloss=0.10)
    interior.rug(b, -s.w * 0.05, 0.045, 0.48, 0.06, mix(accent, "#e9ddcf", 0.5), lighter(accent, 0.4))
    if not (s.seated and s.seat == "bed"):  # else the one that is sat on is the room's bed
        _bed(s, b, -s.w * 0.70, FLOOR + 0.015)
    _nightstand(s, b, -s.w * 0.70 + 0.41, FLOOR + 0.012)
    pot_plant(b, s.w * 0.93, FLOOR + 0.04, 0.36, pot="#d8c8b6")
    interior.dust(s, -s.w * 0.3, s.w * 0.6, -0.6, -0.02)
    n = s.layer(1.5, softness=0.018)
    n.blob(
        [
            (-s.w - 0.3, 0.35),
            (-s.w - 0.3, 0.02),
            (-s.w - 0.02, 0.06),
            (-s.w + 0.12, 0.18),
            (-s.w + 0.16, 0.35),
        ],
        darker(soft, 0.5),
    )
    s.centre = 0.16
    s.key_light, s.key_side = "#ffc58a" if s.night > 0.4 else s.palette.sun, -1 if s.night > 0.4 else 1


def _paper_lamps(s: Scenery, b: Brush) -> None:
    """Hang a string of round paper lamps across the wall."""
    left, right, n = s.left, s.w * 0.30, 7
    at = [(left + (right - left) * k / n, -0.735 + 0.16 * k / n * (1 - k / n)) for k in range(n + 1)]
    b.line(at, "#3a3230", 0.003)
    for k, (x, y) in enumerate(at[1:]):
        tone = ("#f6d9a0", "#f0b8a0", "#cfe0c8", "#f2e6c4")[k % 4]
        b.glow(x, y + 0.045, 0.13, tone, 0.20 + 0.30 * s.night)
        b.circle(x, y + 0.045, 0.036, tone, emit=True)
        for dy in (-0.016, 0.0, 0.016):
            b.line(
                [(x - 0.032, y + 0.045 + dy), (x + 0.032, y + 0.045 + dy)],
                darker(tone, 0.25),
                0.0015,
                alpha=0.6,
            )
        s.lamp(x, y + 0.045, 0.13, "#ffd9a0", 0.10 + 0.16 * s.night)


def _over_the_bed(s: Scenery, b: Brush) -> None:
    """Hang what hangs over the bed: pictures, a shelf of books, or a large poster."""
    choice = s.rng.randrange(3)
    if choice == 0:
        for i, (dx, dy, w, h) in enumerate(
            ((-0.82, -0.56, 0.12, 0.16), (-0.60, -0.60, 0.10, 0.10), (-0.60, -0.47, 0.10, 0.13))
        ):
            furniture.picture_frame(s, b, s.about(dx, 0.02), dy, w, h, "#f1e7d8" if i else "#3a2e2b", motif=i)
    elif choice == 1:
        x = s.about(-0.82, 0.03)
        furniture.books(s, b, x, -0.50, 0.30, 0.12)
        b.rect(x - 0.02, -0.50, 0.36, 0.014, "#7a523c", r=0.003)
        furniture.picture_frame(s, b, x + 0.06, -0.70, 0.13, 0.12, "#3a2e2b", motif=s.rng.randrange(6))
    else:
        furniture.picture_frame(
            s, b, s.about(-0.76, 0.06), -0.68, 0.24, 0.30, "#2b2a30", motif=s.rng.randrange(6)
        )


def _bed(s: Scenery, b: Brush, x: float, base: float) -> None:
    quilt, sheet, wood = s.palette.accent(0), "#efe6dc", "#6d4936"
    b.shadow(x + 0.02, base + 0.006, 0.42, 0.02, 0.45)
    b.rect(x - 0.40, base - 0.33, 0.055, 0.33, darker(wood, 0.15), r=0.02)
    b.rect(x - 0.385, base - 0.31, 0.02, 0.27, lighter(wood, 0.12), r=0.008)
    b.rect(x - 0.37, base - 0.085, 0.70, 0.055, wood, r=0.006)
    for leg in (-0.36, 0.29):
        b.rect(x + leg, base - 0.03, 0.03, 0.03, darker(wood, 0.3))
    b.rect(x - 0.36, base - 0.145, 0.69, 0.075, sheet, r=0.025)
    for dx, tone in ((-0.335, "#f7f1e8"), (-0.27, mix(quilt, "#f7f1e8", 0.65))):
        b.blob(
            [
                (x + dx, base - 0.15),
                (x + dx - 0.005, base - 0.235),
                (x + dx + 0.07, base - 0.25),
                (x + dx + 0.125, base - 0.20),
                (x + dx + 0.12, base - 0.145),
            ],
            darker(tone, 0.08),
        )
        b.blob(
            [
                (x + dx + 0.02, base - 0.17),
                (x + dx + 0.018, base - 0.23),
                (x + dx + 0.075, base - 0.242),
                (x + dx + 0.11, base - 0.205),
            ],
            tone,
        )
    top = [
        (x - 0.13, base - 0.17),
        (x + 0.0, base - 0.19),
        (x + 0.14, base - 0.175),
        (x + 0.27, base - 0.185),
        (x + 0.345, base - 0.155),
        (x + 0.36, base - 0.03),
        (x + 0.22, base - 0.045),
        (x + 0.05, base - 0.03),
        (x - 0.10, base - 0.05),
    ]
    b.blob(top, darker(quilt, 0.12))
    for i in range(5):
        cx = x - 0.08 + i * 0.095
        b.blob(
            [
                (cx, base - 0.165),
                (cx + 0.045, base - 0.178),
                (cx + 0.06, base - 0.10),
                (cx + 0.03, base - 0.055),
            ],
            lighter(quilt, 0.14),
            alpha=0.55,
        )
    b.blob(
        [
            (x - 0.15, base - 0.165),
            (x - 0.06, base - 0.195),
            (x - 0.02, base - 0.10),
            (x - 0.06, base - 0.04),
            (x - 0.13, base - 0.06),
        ],
        lighter(quilt, 0.35),
    )


def _nightstand(s: Scenery, b: Brush, x: float, base: float) -> None:
    wood = "#7a523c"
    b.shadow(x, base + 0.004, 0.09, 0.012, 0.4)
    b.rect(x - 0.07, base - 0.165, 0.14, 0.16, wood, r=0.006)
    b.rect(x - 0.078, base - 0.175, 0.156, 0.016, lighter(wood, 0.18), r=0.004)
    b.rect(x - 0.055, base - 0.135, 0.11, 0.05, darker(wood, 0.18), r=0.004)
    b.circle(x, base - 0.11, 0.006, "#d9b878")
    lamps.table_lamp(s, b, x, base - 0.175, 0.17, mix("#f0d9b4", s.palette.accent(1), 0.2))
