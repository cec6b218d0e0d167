"""Automation: the curves along a song that its faders follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.music.band.arrangement import Arrangement
from storyboard.generators.music.band.performance import Played
from storyboard.generators.music.band.sampler import RATE_HZ

_QUIETEST_DB = -4.5  # the whole band at energy 0, against energy 1
_PUMP_S, _PUMP_DECAY_S = 0.25, 0.09
_RINGS = 0.45  # the share of the last bars that rings before it fades
_SILENT_S = 0.03  # at the very end

Curve = NDArray[np.float32]


@dataclass(frozen=True)
class Automation:
    """One value a sample: how loud the band is, when someone sings, the pump, the last fade."""

    energy: Curve
    sung: Curve
    pump: Curve
    fade: Curve


def automate(arrangement: Arrangement, kicks: Iterable[Played]) -> Automation:
    """Work out the curves of a song; `kicks` push the band down where the style pumps."""
    n_samples = round(arrangement.score.duration_s * RATE_HZ)
    return Automation(
        energy=_energy(arrangement, n_samples),
        sung=_sung(arrangement, n_samples),
        pump=_pump(arrangement.style.pump_db, kicks, n_samples),
        fade=_fade(arrangement, n_samples),
    )


def _energy(arrangement: Arrangement, n_samples: int) -> Curve:
    score, edges_s, levels = arrangement.score, [], []
    for bar in arrangement.bars:
        edges_s += [score.bar_s(bar.index) + 0.02, score.bar_s(bar.index + 1) - 0.02]
        levels += [10 ** (_QUIETEST_DB * (1 - bar.energy) / 20)] * 2
    moments = np.arange(n_samples, dtype=np.float32)
    return np.interp(moments, np.array(edges_s) * RATE_HZ, levels).astype(np.float32)


def _sung(arrangement: Arrangement, n_samples: int) -> Curve:
    from scipy.ndimage import uniform_filter1d

    sung = np.zeros(n_samples, np.float32)
    for first, last in arrangement.sung:
        first_s, last_s = (arrangement.score.beat_s(max(0.0, beat)) for beat in (first, last))
        sung[int(first_s * RATE_HZ) : int(last_s * RATE_HZ)] = 1
    return np.asarray(uniform_filter1d(sung, round(0.05 * RATE_HZ)), np.float32)


def _pump(depth_db: float, kicks: Iterable[Played], n_samples: int) -> Curve:
    """Press the band down at every kick and let it come back within 0.25 s."""
    gain = np.ones(n_samples, np.float32)
    depth = 1 - 10 ** (-depth_db / 20)
    times_s = np.arange(int(_PUMP_S * RATE_HZ)) / RATE_HZ
    curve = (1 - depth * np.exp(-times_s / _PUMP_DECAY_S)).astype(np.float32)
    curve[:96] = np.linspace(1, curve[96], 96)
    curve[-480:] += (1 - curve[-480:]) * np.linspace(0, 1, 480, dtype=np.float32)
    for kick in kicks if depth > 0 else ():
        start = round(kick.start_s * RATE_HZ)
        held = gain[start : start + len(curve)]
        np.minimum(held, curve[: len(held)], out=held)
    return gain


def _fade(arrangement: Arrangement, n_samples: int) -> Curve:
    """Let the last chord ring, then fade it to silence just before the end."""
    score = arrangement.score
    final_s, end_s = score.beat_s(arrangement.final_beat), score.duration_s
    first_s, last_s = final_s + _RINGS * (end_s - final_s), end_s - _SILENT_S
    first, opening = round(first_s * RATE_HZ), RATE_HZ // 1000
    times_s = np.arange(first, n_samples) / RATE_HZ
    part = np.clip((times_s - first_s) / (last_s - first_s), 0, 1)
    fade = np.ones(n_samples, np.float32)
    fade[first:] = np.cos(part * np.pi / 2) ** 2
    fade[:opening] *= np.linspace(0, 1, opening, dtype=np.float32)
    return fade
