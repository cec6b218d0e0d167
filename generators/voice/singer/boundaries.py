"""Where the sounds of a spoken line really begin and end: phoneme lengths, corrected by what is heard."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from storyboard.generators.voice.singer.phrasing import Parts
from storyboard.generators.voice.singer.voice_model import FRAME_RATE_HZ, Floats

# Energy in the model's own unit: silence is -9, f and h about 1, vowels 5 to 9.
_AUDIBLE, _AUDIBLE_VOWEL = 1.0, 4.0


def out_of_silence(part: Parts, energy: Floats) -> Parts:
    """Let the first syllable of a phrase begin when it is first heard.

    Args:
        part: the syllable by the model's phoneme lengths, in seconds of the spoken line.
        energy: [frames] loudness of the spoken line.
    """
    first, end = round(part.onset_s * FRAME_RATE_HZ), round(part.coda_s * FRAME_RATE_HZ)
    audible = _AUDIBLE if part.onset_s < part.nucleus_s else _AUDIBLE_VOWEL
    heard = np.flatnonzero(energy[first:end] >= audible)
    if not len(heard):
        return part
    onset_s = max(part.onset_s, float(first + heard[0]) / FRAME_RATE_HZ)
    return replace(part, onset_s=onset_s, nucleus_s=max(onset_s, part.nucleus_s))


def on_voice(part: Parts, voiced: Floats) -> Parts:
    """Move the edges of a syllable's vowel to its voiced frames; a whispered one stays as it is.

    Args:
        part: the syllable by the model's phoneme lengths, in seconds of the spoken line.
        voiced: [frames] 1 where the voice sounds, else 0.
    """
    first, end = round(part.nucleus_s * FRAME_RATE_HZ), round(part.coda_s * FRAME_RATE_HZ)
    sounding = first + np.flatnonzero(voiced[first:end])
    if len(sounding) < 2:
        return part
    nucleus_s = max(part.nucleus_s, float(sounding[0]) / FRAME_RATE_HZ)
    coda_s = min(part.coda_s, float(sounding[-1]) / FRAME_RATE_HZ)
    onset_s = part.onset_s if part.onset_s < part.nucleus_s else nucleus_s
    return replace(part, onset_s=onset_s, nucleus_s=nucleus_s, coda_s=coda_s)
