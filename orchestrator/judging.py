"""Judge a take: whether it can be used, and how good it is beside the others of its scene."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from storyboard.orchestrator.nodes.fitting import Footage
from storyboard.schema.provenance import TakeMade

if TYPE_CHECKING:
    from storyboard.generators.video.likeness import Likeness
    from storyboard.sync.fit.motion import Motion

JUDGING = "1"
"""Changes whenever the same takes would be judged in another way."""
FLAT = 0.02
"""Standard deviation of brightness (0 to 1) inside a picture: dense fog has 0.04, a plain wall 0.01."""
LEAST_MOVEMENT = 0.002
"""Mean movement in widths a second: breathing in a medium shot has 0.005, a photograph nothing."""
MOST_MOVEMENT = 1.0
"""All of the picture moves by its own width each second: faster than any pan that can be followed."""
LEAST_LIKENESS = 0.25
"""Cosine of CLIP embeddings: any two photographs of people are nearer than that."""
_WIDTH = 160  # in whose pixels the sync engine gives movement
_PLACES = (0.25, 0.5, 0.75)  # of each piece, where it is looked at
_LOOKED_AT = 8  # pictures at most that are compared with portraits
_WEIGHTS = {"likeness": 2.0, "on_beat": 1.0, "speed": 1.0}


def judged(
    footage: Footage, seed: int, likeness: Likeness | None = None, portraits: Sequence[Path] = ()
) -> TakeMade:
    """Return how good a take is; `refused` says why it should be taken again, if it should.

    The score adds up the likeness to the portraits, twice, the share of the clip's movement that meets the
    beat, and how little it has to be slowed.

    Args:
        footage: of the take, fitted to its shots.
        seed: of the take.
        likeness: compares pictures; None: likeness is not judged.
        portraits: of the characters in the scene.
    """
    pictures = _pictures(footage)
    contrasts = [max(_contrast(picture) for picture in piece) for piece in pictures]
    movements = [_movement(footage.motion, *piece) for piece in _pieces(footage)]
    alike = None
    if likeness is not None and portraits:
        shown = [picture for piece in pictures for picture in piece]
        alike = likeness.of(shown[:: -(-len(shown) // _LOOKED_AT)], portraits)
    speed = float(np.mean([min(1.0, shot.speed) for shot in footage.shots]))
    on_beat = float(np.mean([shot.on_beat[1] for shot in footage.shots]))
    parts = {"likeness": alike or 0.0, "on_beat": on_beat, "speed": speed}
    return TakeMade(
        seed=seed,
        score=round(sum(weight * parts[name] for name, weight in _WEIGHTS.items()), 4),
        movement=round(float(np.mean(movements)), 4),
        contrast=round(min(contrasts), 4),
        likeness=None if alike is None else round(alike, 4),
        refused=_fault(min(contrasts), min(movements), max(movements), alike),
    )


def _fault(contrast: float, least: float, most: float, alike: float | None) -> str:
    if contrast < FLAT:
        return f"is flat: brightness varies by {100 * contrast:.1f} % in a picture"
    if least < LEAST_MOVEMENT:
        return f"hardly moves ({100 * least:.2f} % of the picture's width a second)"
    if most > MOST_MOVEMENT:
        return f"moves too wildly ({most:.1f} times the picture's width a second)"
    if alike is not None and alike < LEAST_LIKENESS:
        return f"does not look like the portraits (likeness {alike:.2f})"
    return ""


def _pieces(footage: Footage) -> list[tuple[int, int]]:
    """Return the first frame of each piece and the one after its last."""
    fps, n_frames = footage.motion.fps, footage.motion.n_frames
    pieces = [(round(from_s * fps), round(to_s * fps)) for from_s, to_s in footage.pieces_s]
    return pieces or [(0, n_frames)]


def _movement(motion: Motion, first: int, end: int) -> float:
    """Return the mean movement of a piece, in shares of the picture's width a second."""
    inside = motion.amount[first + 1 : end]  # the first frame moves from another picture
    return float(inside.mean()) * motion.fps / _WIDTH if len(inside) else 0.0


def _pictures(footage: Footage) -> list[list[NDArray[np.uint8]]]:
    """Return some pictures of each piece, in RGB."""
    from storyboard.sync.fit.footage import pictures_of

    wanted = [[int(first + place * (end - first)) for place in _PLACES] for first, end in _pieces(footage)]
    last = len(footage.timing.times_s) - 1
    places = sorted({min(frame, last) for piece in wanted for frame in piece})
    found = {}
    for index, picture in enumerate(islice(pictures_of(footage.path), places[-1] + 1)):
        if index in places:
            found[index] = np.asarray(picture.frame.to_ndarray(format="rgb24"), np.uint8)
    return [[found[min(frame, last)] for frame in piece] for piece in wanted]


def _contrast(picture: NDArray[np.uint8]) -> float:
    return float((picture @ np.array([0.299, 0.587, 0.114])).std()) / 255
