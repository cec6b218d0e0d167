"""When a word is heard to begin: not at its first sound, but near its vowel.

A word is felt to begin between the onset of its first consonant and that of its vowel (the perceptual
centre: Morton, Marcus & Frankish, 1976), and those who set times by hand write that moment down. Counted
from the first sound, times are 20 to 60 ms early, a word in S 150 ms and one in a vowel not at all.
"""

from __future__ import annotations

from storyboard.sync.align.cepstra import FRAME_S
from storyboard.sync.align.trellis import Heard

LATENCY_S = 0.013
"""A frame hears the 26 ms from its start on; its middle is meant."""
OF_ONSET = 0.7
"""Share of the way from the first sound to the vowel; fitted by benchmarks/lyrics_alignment.py."""
LONGEST_ONSET = 30
"""Frames of a word before its vowel that count; more of them are a breath or an echo."""


def heard_start_s(word: Heard) -> float:
    """Return when a word is heard to begin, in seconds."""
    onset = min(word.vowel_frame - word.first_frame, LONGEST_ONSET)
    return (word.first_frame + OF_ONSET * max(0, onset)) * FRAME_S + LATENCY_S


def heard_end_s(word: Heard) -> float:
    """Return when it ends."""
    return word.end_frame * FRAME_S + LATENCY_S
