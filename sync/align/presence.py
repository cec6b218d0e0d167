"""When somebody sings at all, by how loud a voice that stands alone is."""

from __future__ import annotations

import numpy as np

from storyboard.sync.align.cepstra import FRAME_S, RATE_HZ, Floats

_LOUD = 90  # percentile of the loudness of all frames that is taken for singing
_HALFWAY_DB, _WIDTH_DB = 25.0, 10.0  # below that singing is as likely as silence, and within these in doubt
_WINDOW_S = 0.0256
_FLOOR = 1e-7
_WEIGHT = 1.0  # log, a frame; of 0, 1 and 3 the best on real songs


def presence(voice: Floats, n_frames: int) -> Floats:
    """Return by how much (log) each frame speaks for a word and against a gap, -1 to 1, (n_frames,)."""
    energy = np.concatenate([[0.0], np.cumsum(voice.astype(np.float64) ** 2)])
    first = np.round(np.arange(n_frames) * FRAME_S * RATE_HZ).astype(int)
    width = round(_WINDOW_S * RATE_HZ)
    power = (energy[np.minimum(first + width, len(voice))] - energy[np.minimum(first, len(voice))]) / width
    level_db = 10 * np.log10(power + _FLOOR)
    if not n_frames:
        return np.zeros(0, np.float32)
    above = (level_db - np.percentile(level_db, _LOUD) + _HALFWAY_DB) / _WIDTH_DB
    return np.asarray(_WEIGHT * np.clip(above, -1, 1), np.float32)
