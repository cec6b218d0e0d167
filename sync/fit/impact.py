"""Visual beats: moments in which movement stops or turns round, as where a foot lands or a head turns.

After Davis and Agrawala, Visual Rhythm and Beat (ACM Transactions on Graphics 37(4), 2018): the optical
flow of a frame by direction is its directogram; where flow in a direction dies down there is impact, and
where impact stands out from the mean around it there is a beat. Two things are added here. Movement that
takes up again in another direction right after counts as well, so that a smooth turn is heard at its
turning point and a start from rest is none; and neighbouring directions are joined, so that a curve,
which passes from one to the next, is no turn. Both were chosen on clips with known accents
(benchmarks/fit.py), as were the constants.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Curve = NDArray[np.float64]
_JOINED = 1.0  # directions (of twelve) over which neighbours are joined
_SMOOTH_S = 0.045  # of flow over time, before it is differentiated
_TURN_S = 0.1  # movement that takes up this soon after some has died down has turned
_AROUND_S = 0.8  # over which the mean is taken from which a beat stands out
_STANDS_OUT = 0.2  # by how much of the clip's strong impacts
_STRONG = 98  # percentile of impact that counts as strong: one flash does not silence the rest
_APART_S = 0.15  # two beats are never nearer to each other
_LEAST = 0.04  # pixels a frame at a width of 160: weaker impact is noise of the measurement


def impact_of(directogram: Curve, fps: float) -> Curve:
    """Return how much movement dies down or turns at each frame, pixels a frame, shape (n_frames,).

    Args:
        directogram: mean flow into each frame by direction, shape (n_frames, n_directions).
        fps: frames a second.
    """
    from scipy.ndimage import gaussian_filter1d, maximum_filter1d

    joined = gaussian_filter1d(directogram, _JOINED, axis=1, mode="wrap")
    smooth = gaussian_filter1d(joined, max(0.5, _SMOOTH_S * fps), axis=0)
    change = np.diff(smooth, axis=0, append=smooth[-1:])
    dying, growing = np.maximum(-change, 0.0).sum(axis=1), np.maximum(change, 0.0).sum(axis=1)
    reach = max(1, round(_TURN_S * fps))
    just_before = maximum_filter1d(dying, reach + 1, mode="constant", origin=reach - (reach + 1) // 2)
    return np.asarray(dying + np.minimum(just_before, growing), np.float64)


def beats_in(impact: Curve, fps: float) -> tuple[Curve, Curve]:
    """Return the times of the visual beats in seconds, and how strong each is, 0 to 1."""
    from scipy.ndimage import uniform_filter1d
    from scipy.signal import find_peaks

    strong = float(np.percentile(impact, _STRONG))
    if strong < _LEAST:
        return np.zeros(0), np.zeros(0)
    around = uniform_filter1d(impact, max(3, round(_AROUND_S * fps) | 1))
    least = max(_STANDS_OUT * strong, _LEAST)
    peaks, _ = find_peaks(
        np.maximum(impact - around, 0.0), height=least, distance=max(1, round(_APART_S * fps))
    )
    return peaks / fps, np.minimum(1.0, impact[peaks] / strong)
