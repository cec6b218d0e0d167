"""Outlines of hair over the skull, by style and hairline, in head space (radius 1)."""

from __future__ import annotations

import math

import skia

from storyboard.generators.video.animatic.figure.haircut import Haircut
from storyboard.generators.video.animatic.figure.shapes import Points, blob, curve_through, polygon, scallops

# Each runs over the skull from the far temple back to the nape; the hairline closes it.
_OUTER: dict[str, Points] = {
    "": [(0.77, -0.3), (0.83, -0.62), (0.6, -1.0), (0.14, -1.2), (-0.4, -1.14), (-0.82, -0.82),
         (-0.97, -0.3), (-0.9, 0.16)],
    "afro": [(0.86, -0.3), (1.16, -0.75), (0.82, -1.4), (0.1, -1.68), (-0.7, -1.52), (-1.3, -0.95),
             (-1.4, -0.2), (-1.12, 0.42)],
    "curly": [(0.84, -0.24), (0.98, -0.68), (0.66, -1.16), (0.1, -1.36), (-0.5, -1.26), (-0.98, -0.88),
              (-1.12, -0.28), (-1.0, 0.3)],
    "buzz": [(0.74, -0.42), (0.79, -0.6), (0.54, -0.92), (0.1, -1.06), (-0.42, -0.98), (-0.78, -0.66),
             (-0.86, -0.2), (-0.82, 0.1)],
    "slick": [(0.72, -0.46), (0.8, -0.72), (0.58, -1.02), (0.12, -1.15), (-0.42, -1.1), (-0.86, -0.82),
              (-1.04, -0.3), (-0.98, 0.3)],
    "quiff": [(0.72, -0.46), (1.04, -0.78), (1.08, -1.22), (0.72, -1.5), (0.1, -1.46), (-0.46, -1.18),
              (-0.84, -0.8), (-0.93, -0.3), (-0.86, 0.12)],
    "wavy": [(0.8, -0.26), (0.96, -0.62), (0.7, -1.02), (0.3, -1.24), (-0.1, -1.22), (-0.5, -1.2),
             (-0.9, -0.9), (-1.0, -0.5), (-1.06, -0.1), (-0.94, 0.3)],
    "cornrows": [(0.74, -0.42), (0.8, -0.64), (0.56, -0.98), (0.1, -1.12), (-0.42, -1.04), (-0.82, -0.7),
                 (-0.92, -0.2), (-0.86, 0.14)],
}  # fmt: skip
_SPIKES: dict[str, Points] = {
    "messy": [(0.78, -0.2), (1.02, -0.5), (0.84, -0.66), (1.06, -1.0), (0.7, -1.02), (0.72, -1.36),
              (0.32, -1.16), (0.14, -1.46), (-0.12, -1.2), (-0.5, -1.42), (-0.56, -1.08), (-0.98, -1.16),
              (-0.86, -0.78), (-1.22, -0.66), (-0.98, -0.36), (-1.2, -0.04), (-0.94, 0.02), (-1.04, 0.44),
              (-0.76, 0.22)],
    "pixie": [(0.78, -0.16), (0.86, -0.6), (0.62, -1.0), (0.16, -1.22), (-0.4, -1.16), (-0.8, -0.86),
              (-1.02, -0.5), (-0.94, -0.34), (-1.06, 0.0), (-0.9, 0.02), (-0.96, 0.46), (-0.74, 0.3),
              (-0.62, 0.5), (-0.6, 0.12)],
}  # fmt: skip
_HAIRLINES: dict[str, Points] = {
    "side": [(-0.74, 0.2), (-0.68, -0.12), (-0.56, -0.4), (-0.2, -0.58), (0.22, -0.55), (0.6, -0.66),
             (0.7, -0.45)],
    "sweep": [(-0.74, 0.22), (-0.66, -0.1), (-0.5, -0.26), (0.0, -0.5), (0.36, -0.72), (0.56, -0.6),
              (0.72, -0.26)],
    "fringe": [(-0.74, 0.26), (-0.64, -0.06), (-0.5, -0.24), (-0.1, -0.3), (0.3, -0.31), (0.6, -0.3),
               (0.72, -0.22)],
    "back": [(-0.74, 0.16), (-0.66, -0.2), (-0.5, -0.5), (-0.14, -0.68), (0.28, -0.72), (0.6, -0.62),
             (0.72, -0.4)],
    "middle": [(-0.74, 0.3), (-0.64, 0.0), (-0.48, -0.32), (-0.1, -0.56), (0.24, -0.8), (0.5, -0.55),
               (0.7, -0.2)],
}  # fmt: skip
_AFRO_SIZE = {"short": 0.8, "medium": 1.0, "long": 1.14}


def cap_of(cut: Haircut) -> skia.Path:
    """Return the outline of the hair over the skull."""
    line = _HAIRLINES[cut.hairline]
    if cut.style in ("afro", "curly"):
        size = _AFRO_SIZE.get(cut.length, 1.0) if cut.style == "afro" else 1.0
        outer = [(x * size, -0.2 + (y + 0.2) * size) for x, y in _OUTER[cut.style]]
        return _curly_cap(outer, line, 0.5 if cut.style == "afro" else 0.4)
    if cut.style in _SPIKES or (cut.style == "mullet"):
        return polygon([*_SPIKES["messy" if cut.style == "mullet" else cut.style], *_jagged(line)])
    near = {"mohawk": "buzz", "undercut": "buzz", "dreads": "cornrows"}.get(cut.style, cut.style)
    return blob([*_OUTER.get(near, _OUTER[""]), *line])


def top_of(cut: Haircut) -> skia.Path:
    """Return the long hair on top of shaven sides: an undercut's sweep."""
    high = {"short": 0.0, "medium": 0.08, "long": 0.18}.get(cut.length, 0.0)
    return blob(
        [
            (0.7, -0.5), (0.98 + high, -0.84), (0.92, -1.24 - high), (0.4, -1.4 - high), (-0.24, -1.3 - high),
            (-0.76, -1.02), (-0.9, -0.7), (-0.5, -0.76), (0.0, -0.82), (0.36, -0.7),
        ]
    )  # fmt: skip


def crest_of(cut: Haircut, sway: float) -> skia.Path:
    """Return a mohawk's crest, a row of spikes over the middle of the skull."""
    high = {"short": 0.3, "medium": 0.5, "long": 0.74}.get(cut.length, 0.5)
    count, roots = 8, []
    for i in range(2 * count + 1):
        share = i / (2 * count)
        angle = math.radians(46 - 130 * share)  # from the forehead back over the crown
        radius = 1.0 + (high * (1 - 0.35 * share) if i % 2 else 0.2 + 0.3 * high)
        lean = 0.05 * sway * (i % 2)
        roots.append((0.08 + math.sin(angle) * radius * 0.92 + lean, 0.02 - math.cos(angle) * radius * 1.06))
    back = [(-0.6, -0.4), (-0.5, -0.72), (-0.16, -0.92), (0.28, -0.94), (0.52, -0.78)]
    return polygon([*roots, *back])


def _jagged(line: Points) -> Points:
    """Return a hairline in points, as strands that fall onto the forehead."""
    points: Points = []
    for i, (x, y) in enumerate(line):
        points.append((x, y + (0.07 if i % 2 else -0.05)))
    return points


def _curly_cap(outer: Points, line: Points, step: float) -> skia.Path:
    path = skia.Path()
    path.moveTo(*outer[0])
    scallops(path, outer, step, (0.0, -0.2))
    curve_through(path, [outer[-1], *line, outer[0]])
    path.close()
    return path
