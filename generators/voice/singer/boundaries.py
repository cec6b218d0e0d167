"""Where the vowels of a spoken line really begin and end: phoneme lengths, corrected by the voicing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from storyboard.generators.voice.singer.phrasing import Parts
from storyboard.generators.voice.singer.voice_model import FRAME_RATE_HZ, Floats


def on_voice(part: Parts, f0_hz: Floats) -> Parts:
    """Move the edges of a syllable's vowel to its voiced frames; a whispered one stays as it is.

    Args:
        part: the syllable by the model's phoneme lengths, in seconds of the spoken line.
        f0_hz: [frames] the line's pitch, 0 where unvoiced.
    """
    first, end = round(part.nucleus_s * FRAME_RATE_HZ), round(part.coda_s * FRAME_RATE_HZ)
    voiced = first + np.flatnonzero(f0_hz[first:end])
    if len(voiced) < 2:
        return part
    nucleus_s = max(part.nucleus_s, float(voiced[0]) / FRAME_RATE_HZ)
    coda_s = min(part.coda_s, float(voiced[-1]) / FRAME_RATE_HZ)
    onset_s = part.onset_s if part.onset_s < part.nucleus_s else nucleus_s
    return replace(part, onset_s=onset_s, nucleus_s=nucleus_s, coda_s=coda_s)
