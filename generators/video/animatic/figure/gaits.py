"""Gaits of animals: a trot, a gallop, a leap. Paws on the ground go back as fast as the body goes on."""

from __future__ import annotations

import math
from dataclasses import dataclass

from storyboard.generators.video.animatic.figure.acting import TAU, Cue
from storyboard.generators.video.animatic.figure.moves import RUN_GROUND, WALK_GROUND, step_of, stride
from storyboard.generators.video.animatic.figure.skeleton import Pose

Paw = tuple[float, float]

_TROT = (0.0, 0.5, 0.5, 0.0)
"""When in a cycle each paw strikes, behind near and far, then in front: across, as in a trot."""
_GALLOP = (0.0, 0.08, 0.36, 0.44)
"""The same in a gallop: both behind, both in front, then a flight."""
_STILL: tuple[Paw, Paw, Paw, Paw] = ((0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0))


@dataclass(frozen=True)
class Gait:
    """What going does to an animal, in its heights.

    Attributes:
        paws: how far each is ahead of where it stands, and how high.
        lift: how much higher the trunk is.
        air: how much higher all paws are.
        pitch: how much higher the shoulder is, and lower the hip.
        stretch: how much longer the trunk is at either end.
        runs: whether it gallops.
    """

    paws: tuple[Paw, Paw, Paw, Paw] = _STILL
    lift: float = 0.0
    air: float = 0.0
    pitch: float = 0.0
    stretch: float = 0.0
    runs: bool = False


def gait_of(action: str, cue: Cue, pose: Pose, leg: float) -> Gait:
    """Return how an animal goes; `leg` is the length by which its steps are told, in its heights."""
    if action == "run":
        return _gallop(cue, leg)
    if action == "walk":
        return _trot(cue, leg)
    if action == "jump":
        return _leap(cue, pose)
    if action == "dance":
        return Gait(_prance(cue))
    return Gait()


def _cycle(action: str, cue: Cue) -> tuple[float, float]:
    """Return where in a cycle of two steps a moment is, and the length of a step in leg lengths."""
    step, beats = step_of(action, cue)
    return cue.beat / (2 * beats), step


def _trot(cue: Cue, leg: float) -> Gait:
    cycle, step = _cycle("walk", cue)
    paws = [stride(cycle + strike, step / 2, WALK_GROUND, 0.0, 0.0, 0.0)[0] * leg for strike in _TROT]
    size = min(1.0, 0.4 + step)
    ups = [_up(cycle + strike, WALK_GROUND) * 0.11 * size for strike in _TROT]
    return Gait(_pairs(paws, ups), lift=0.012 * math.cos(2 * TAU * cycle))


def _gallop(cue: Cue, leg: float) -> Gait:
    cycle, step = _cycle("run", cue)
    size = min(1.0, 0.45 + 0.7 * step)
    paws = [
        stride(cycle + strike, step * RUN_GROUND, RUN_GROUND, 0.0, 0.0, 0.0)[0] * leg for strike in _GALLOP
    ]
    spread = 0.10 * size
    flung = [-1.0, -1.0, 1.0, 1.0]  # in the air legs behind reach back, legs in front ahead
    ups = [_up(cycle + strike, RUN_GROUND) for strike in _GALLOP]
    paws = [x + side * spread * up for x, side, up in zip(paws, flung, ups, strict=True)]
    hop = 0.5 - 0.5 * math.cos(TAU * (cycle - 0.4))
    return Gait(
        _pairs(paws, [0.16 * size * up for up in ups]),
        lift=0.05 * size * hop - 0.01,
        pitch=0.05 * size * math.sin(TAU * (cycle + 0.1)),
        stretch=0.035 * size * math.cos(TAU * (cycle - 0.36)),
        runs=True,
    )


def _leap(cue: Cue, pose: Pose) -> Gait:
    """Rise with the nose up, come down with the nose down, the legs flung out between."""
    air = math.sin(math.pi * cue.beat) ** 2
    reach = 0.10 * air
    paws = ((-reach, 0.03 * air), (-reach, 0.05 * air), (reach, 0.06 * air), (reach, 0.08 * air))
    lift = min(0.3, pose.lift)
    return Gait(
        paws,
        lift=lift - 0.07 * (1 - air) ** 2,
        air=lift,
        pitch=0.07 * math.sin(TAU * cue.beat),
        stretch=0.03 * air,
    )


def _prance(cue: Cue) -> tuple[Paw, Paw, Paw, Paw]:
    ups = [max(0.0, -math.sin(TAU * (cue.beat / 2 + strike))) * 0.12 for strike in _TROT]
    return _pairs([0.02 * math.cos(TAU * (cue.beat / 2 + strike)) for strike in _TROT], ups)


def _up(cycle: float, ground: float) -> float:
    """Return how high a paw is in its swing, 0 to 1."""
    p = cycle % 1.0
    return 0.0 if p < ground else math.sin(math.pi * (p - ground) / (1 - ground)) ** 1.5


def _pairs(xs: list[float], ups: list[float]) -> tuple[Paw, Paw, Paw, Paw]:
    a, b, c, d = zip(xs, ups, strict=True)
    return a, b, c, d
