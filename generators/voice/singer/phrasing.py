"""How long every sound lasts: a spoken line is stretched onto the grid, its consonants kept as spoken.

The line is first taken as the model would speak it. Every vowel is then stretched or squeezed so
that the syllables begin where the rhythm wants them; the map from sung to spoken time is all that
the voice needs.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.voice.singer.rhythm import SungSyllable

_LONGEST_HOLD_S = 0.55  # of a vowel inside a line; what is left over is a rest
_LAST_HOLD_S = 0.7
_SHORTEST_VOWEL_S = 0.055
_LEAD, _MOST_LEAD_S = 0.4, 0.02  # how far a word's consonants reach ahead of its grid point
# The shares of a spoken vowel that keep their pace: its beginning, which joins a consonant, and its
# end, which glides (diphthongs), joins the next sound or fades into breath.
_BEGINNING, _ENDING = 0.3, 0.5


@dataclass(frozen=True)
class Parts:
    """When a syllable's parts begin, in seconds: consonants, vowel, consonants, and where it ends."""

    onset_s: float
    nucleus_s: float
    coda_s: float
    end_s: float

    @property
    def onset_length_s(self) -> float:
        """Length of the consonants before the vowel."""
        return self.nucleus_s - self.onset_s

    @property
    def nucleus_length_s(self) -> float:
        """Length of the vowel."""
        return self.coda_s - self.nucleus_s

    @property
    def coda_length_s(self) -> float:
        """Length of the consonants after the vowel."""
        return self.end_s - self.coda_s


def phonemes_of(syllables: Sequence[SungSyllable]) -> str:
    """Write a line's phonemes as the model wants them, a space before every word."""
    parts = []
    for index, sung in enumerate(syllables):
        space = " " if _begins_word(syllables, index) else ""
        parts.append(space + sung.syllable.onset + sung.syllable.nucleus + sung.syllable.coda)
    return "".join(parts)


def spoken_parts(
    syllables: Sequence[SungSyllable], phoneme_s: NDArray[np.float32], start_s: float, lag_s: float
) -> list[Parts]:
    """Divide the spoken line among its syllables.

    Args:
        syllables: the line.
        phoneme_s: length of each phoneme of `phonemes_of`, in seconds; more may follow.
        start_s: when the first of them begins.
        lag_s: how much earlier than its phoneme a sound comes, in seconds.
    """
    starts_s = np.concatenate([[0.0], np.cumsum(phoneme_s, dtype=np.float64)]) + start_s - lag_s
    parts, column = [], 0
    for index, sung in enumerate(syllables):
        space = _begins_word(syllables, index)
        syllable = sung.syllable
        # The space before a consonant already sounds like it; before a vowel it is a breath, not sung.
        edges = [0, space + len(syllable.onset), len(syllable.nucleus), len(syllable.coda)]
        if not syllable.onset:
            edges[:2] = [space, 0]
        columns = column + np.cumsum(edges)
        parts.append(Parts(*(float(starts_s[column]) for column in columns)))
        column = int(columns[-1])
    return parts


def _begins_word(syllables: Sequence[SungSyllable], index: int) -> bool:
    return index == 0 or syllables[index].word != syllables[index - 1].word


def sung_parts(grid_s: Sequence[float], spoken: Sequence[Parts], last_s: float) -> list[Parts]:
    """Fit the spoken syllables to the grid.

    Args:
        grid_s: where each syllable's grid point is, in seconds of the song.
        spoken: the syllables as spoken.
        last_s: when the line must be over.
    """
    vowels_s = [
        _vowel_s(at_s, part, index == 0)
        for index, (at_s, part) in enumerate(zip(grid_s, spoken, strict=True))
    ]
    sung = []
    onset_s = grid_s[0]
    for index, (part, vowel_s) in enumerate(zip(spoken, vowels_s, strict=True)):
        if index + 1 == len(spoken):
            sung.append(_last(part, onset_s, vowel_s, last_s))
            break
        following = spoken[index + 1]
        coda_s, end_s, next_onset_s = _between(part, following, vowel_s, vowels_s[index + 1])
        sung.append(Parts(onset_s, vowel_s, coda_s, end_s))
        onset_s = next_onset_s
    return sung


def _vowel_s(at_s: float, part: Parts, is_first: bool) -> float:
    """Return when a vowel begins: its consonants straddle the grid point, the line's first follow it."""
    lead_s = 0.0 if is_first else min(_LEAD * part.onset_length_s, _MOST_LEAD_S)
    return at_s + part.onset_length_s - lead_s


def _between(
    part: Parts, following: Parts, vowel_s: float, next_vowel_s: float
) -> tuple[float, float, float]:
    """Return when a syllable's coda begins, when it ends, and when the next syllable's onset begins."""
    room_s = next_vowel_s - vowel_s
    coda_s, onset_s = part.coda_length_s, following.onset_length_s
    shortest_s = min(max(_SHORTEST_VOWEL_S, 0.6 * part.nucleus_length_s), 0.5 * room_s)
    squeeze = min(1.0, (room_s - shortest_s) / max(coda_s + onset_s, 1e-6))
    coda_s, onset_s = coda_s * squeeze, onset_s * squeeze
    hold_s = min(room_s - coda_s - onset_s, max(_LONGEST_HOLD_S, part.nucleus_length_s))
    end_s = vowel_s + hold_s + coda_s
    return vowel_s + hold_s, end_s, next_vowel_s - onset_s


def _last(part: Parts, onset_s: float, vowel_s: float, last_s: float) -> Parts:
    """Let the last syllable ring as long as suits it, and end in time."""
    room_s = last_s - vowel_s
    coda_s = min(part.coda_length_s, 0.5 * room_s)
    hold_s = min(room_s - coda_s, max(_LAST_HOLD_S, part.nucleus_length_s))
    return Parts(onset_s, vowel_s, vowel_s + hold_s, vowel_s + hold_s + coda_s)


def spoken_time_of(
    times_s: NDArray[np.float64], sung: Sequence[Parts], spoken: Sequence[Parts]
) -> NDArray[np.float64]:
    """Return the moment of the spoken line that sounds at each moment of the sung one."""
    knots = [knot for parts in zip(sung, spoken, strict=True) for knot in _knots(*parts)]
    song_s, speech_s = np.array(sorted(knots)).T
    before, after = times_s < song_s[0], times_s > song_s[-1]
    mapped: NDArray[np.float64] = np.interp(times_s, song_s, speech_s)
    mapped[before] += times_s[before] - song_s[0]
    mapped[after] += times_s[after] - song_s[-1]
    return mapped


def _knots(sung: Parts, spoken: Parts) -> list[tuple[float, float]]:
    """Return (song, speech) pairs in seconds; a stretched vowel is stretched in its middle."""
    knots = [(sung.onset_s, spoken.onset_s), (sung.nucleus_s, spoken.nucleus_s)]
    if sung.nucleus_length_s > spoken.nucleus_length_s:
        beginning_s, ending_s = _BEGINNING * spoken.nucleus_length_s, _ENDING * spoken.nucleus_length_s
        knots.append((sung.nucleus_s + beginning_s, spoken.nucleus_s + beginning_s))
        knots.append((sung.coda_s - ending_s, spoken.coda_s - ending_s))
    return [*knots, (sung.coda_s, spoken.coda_s), (sung.end_s, spoken.end_s)]


def rests(sung: Sequence[Parts]) -> list[tuple[float, float]]:
    """Return the silences inside a line, as (start, end) in seconds."""
    pairs = itertools.pairwise(sung)
    return [(first.end_s, second.onset_s) for first, second in pairs if second.onset_s - first.end_s > 0.01]
