"""A reading room."""

from __future__ import annotations

from storyboard.generators.video.animatic.brush import Brush, darker
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.pieces import furniture, interior
from storyboard.generators.video.animatic.scenery import Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR


@place(
    "library",
    seat="chair",
    indoor=True,
    words=(
        "library, university, study, archive, bookshop, bookcase, reading room, school library, college "
        "library, university library, bookshelf, bookshelves, secondhand bookshop, courtroom, court, home "
        "library, old library"
    ),
)
def library(s: Scenery) -> None:
    """A reading room: tall cases of books, green lamps, a blackboard's dust in a high window."""
    wood = s.rng.choice(("#6f4630", "#5a3a2c", "#8a6244"))
    b = s.layer(0.66)
    interior.room(s, b, mix(s.rng.choice(("#9c8262", "#6f7a6a", "#8a6a6f")), s.palette.accent(0), 0.15))
    arch_w = s.rng.choice((0.26, 0.34))
    arch_x = s.about(0.0, 0.22) - arch_w / 2
    for x, w in (
        (-s.w * 1.12, s.w * 1.12 + arch_x - 0.05),
        (arch_x + arch_w + 0.05, s.w * 1.12 - arch_x - arch_w),
    ):
        n_cases = max(1, round(w / 0.40))
        for i in range(n_cases):
            furniture.bookcase(s, b, x + i * w / n_cases, FLOOR, w / n_cases - 0.006, 0.74, wood, shelves=6)
    interior.window(
        s,
        b,
        arch_x,
        -0.76,
        arch_w,
        0.50,
        "#e3d4b8",
        panes=s.rng.choice(((3, 4), (2, 3), (2, 5))),
        city=s.rng.random() < 0.35,
    )
    b.rect(arch_x - 0.03, FLOOR - 0.17, arch_w + 0.06, 0.17, darker(wood, 0.1))
    interior.sunbeam(s, b, arch_x, -0.7, arch_w, 0.42, 0.30, side=1)
    b = s.layer(0.88)
    interior.plank_floor(s, b, "#7d5338", gloss=0.18)
    _ladder(b, s.w * 0.86, FLOOR + 0.02)
    furniture.table(b, -s.w * 0.62, -0.02, 0.62, 0.24, "#7b4a2e")
    for dx in (-0.17, 0.15):
        _green_lamp(s, b, -s.w * 0.62 + dx, -0.272)
    furniture.books(s, b, -s.w * 0.62 - 0.07, -0.272, 0.12, 0.10)
    b.poly(
        [(-s.w * 0.62 + 0.20, -0.276), (-s.w * 0.62 + 0.26, -0.286), (-s.w * 0.62 + 0.30, -0.276)], "#f3ead8"
    )
    interior.dust(s, -0.25, s.w * 0.6, -0.7, 0.0, n=40)
    n = s.layer(1.5, softness=0.02)
    n.rect(s.w - 0.06, -1.5, 0.4, 2.2, darker(wood, 0.45))
    for k in range(4):
        n.rect(s.w - 0.05 + k * 0.05, -0.30, 0.045, 0.26, s.palette.accent(k))
    s.centre, s.key_light, s.key_side = 0.16, s.palette.sun if s.night < 0.5 else "#ffd58f", -1


def _ladder(b: Brush, x: float, base: float) -> None:
    for dx in (0.0, 0.10):
        b.line([(x + dx, base), (x + dx - 0.10, base - 0.78)], "#a9744a", 0.014)
    for k in range(8):
        share = (k + 0.7) / 8
        b.line(
            [(x - 0.10 * share, base - 0.78 * share), (x + 0.10 - 0.10 * share, base - 0.78 * share)],
            "#8f5d3a",
            0.010,
        )


def _green_lamp(s: Scenery, b: Brush, x: float, base: float) -> None:
    b.line([(x, base), (x, base - 0.09)], "#c9a14e", 0.009)
    b.oval(x, base - 0.002, 0.03, 0.007, "#b08a3e")
    b.glow(x, base - 0.04, 0.20, "#ffe09a", 0.5 + 0.3 * s.night)
    b.rect(x - 0.055, base - 0.12, 0.11, 0.036, "#2f8a62", r=0.018)
    b.rect(x - 0.046, base - 0.117, 0.09, 0.012, "#7fd1a6", r=0.006)
    s.lamp(x, base - 0.06, 0.16, "#ffe09a", 0.30 + 0.2 * s.night)
