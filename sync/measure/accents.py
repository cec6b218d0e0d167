"""Visual beats of a film: how many of its motion accents fall on a beat, and how many would by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.report import VisualBeats
from storyboard.sync.fit.motion import Motion

Curve = NDArray[np.float64]
_TOLERANCE_FRAMES = 1.5
_SHIFTS = 15  # places between two beats to which the beats are moved to know what chance gives
_STILL = 0.1  # pixels a frame at a width of 160: what moves less has no accents
_USUAL = 95  # percentile of movement in the film that counts as much
_BESIDE_S = 0.1  # movement this long before an accent is what comes to rest in it


@dataclass(frozen=True)
class ShotMotion:
    """The movement of one shot, which begins on a frame of the film."""

    first_frame: int
    motion: Motion


def visual_beats(
    shots: Sequence[ShotMotion],
    beats_s: Sequence[float],
    fps: float,
    disturbed: Sequence[tuple[float, float]],
) -> VisualBeats:
    """Return how the motion accents of a film lie against the beats.

    Args:
        shots: the movement, measured shot by shot, so that a cut is none.
        beats_s: the beats of the music.
        fps: frames a second.
        disturbed: stretches of the film (first and last frame) in which a change is not movement.
    """
    times_s, strengths = _accents(shots, fps, disturbed)
    tolerance_s = _TOLERANCE_FRAMES / fps
    found = VisualBeats(
        accents=len(times_s),
        at_s=[round(float(time), 3) for time in times_s],
        strengths=[round(float(strength), 3) for strength in strengths],
        tolerance_ms=round(tolerance_s * 1000, 1),
    )
    if not len(times_s) or len(beats_s) < 2:
        return found
    beats = np.asarray(beats_s)
    steps = np.append(np.diff(beats), beats[-1] - beats[-2])
    moved = [
        _share(times_s, strengths, beats + steps * shift / (_SHIFTS + 1), tolerance_s)
        for shift in range(1, _SHIFTS + 1)
    ]
    on_beat = _share(times_s, strengths, beats, tolerance_s)
    return found.model_copy(
        update={"on_beat": round(on_beat, 4), "by_chance": round(float(np.mean(moved)), 4)}
    )


def _accents(
    shots: Sequence[ShotMotion], fps: float, disturbed: Sequence[tuple[float, float]]
) -> tuple[Curve, Curve]:
    """Return the times of all accents, and their strengths: by how much movement comes to rest."""
    usual = float(np.percentile(np.concatenate([shot.motion.amount for shot in shots]), _USUAL))
    times, strengths = [], []
    for shot in shots:
        for time_s, strength in zip(shot.motion.beats_s, shot.motion.strengths, strict=True):
            index = round(float(time_s) * fps)
            frame = shot.first_frame + index
            amount = float(shot.motion.amount[max(0, index - round(_BESIDE_S * fps)) : index + 1].max())
            if amount < _STILL or any(first <= frame <= last for first, last in disturbed):
                continue
            times.append(frame / fps)
            strengths.append(float(strength) * min(1.0, amount / max(usual, _STILL)))
    return np.asarray(times), np.asarray(strengths)


def _share(times_s: Curve, strengths: Curve, beats_s: Curve, tolerance_s: float) -> float:
    near = np.abs(times_s[:, None] - beats_s[None, :]).min(axis=1) <= tolerance_s + 1e-9
    return float(strengths[near].sum() / strengths.sum()) if strengths.sum() else 0.0
