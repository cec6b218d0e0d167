"""How long every sound lasts: a spoken line is stretched onto the grid, all its sounds alike.

A recogniser, like a listener, knows a word by the proportions of its sounds. Between two grid points
speech is therefore stretched or squeezed as a whole; only what would be stretched beyond measure is
held on its vowel, or followed by a rest. The map from sung to spoken time is all that the voice needs.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.voice.singer.lyrics import Syllable

_MOST_STRETCH = 1.5  # of consonants; beyond it, vowels are held
_CLAUSE_STRETCH = 1.3  # of the last syllable before a breath
_LAST_STRETCH = 1.2
_LEAD, _MOST_LEAD_S = 0.4, 0.02  # how far a word's consonants reach ahead of its grid point
# The shares of a held vowel that keep the pace of its consonants: its beginning, which joins one, and
# its end, which glides (diphthongs), joins the next sound or fades into breath.
_BEGINNING, _ENDING = 0.35, 0.6

Knot = tuple[float, float]
"""(song, speech) in seconds: what sounds there in the song is spoken there."""


@dataclass(frozen=True)
class Parts:
    """When a syllable's parts begin, in seconds: consonants, vowel, consonants, and where it ends."""

    onset_s: float
    nucleus_s: float
    coda_s: float
    end_s: float

    @property
    def lead_s(self) -> float:
        """How much of its first consonants sounds before the grid point."""
        return min(_LEAD * (self.nucleus_s - self.onset_s), _MOST_LEAD_S)


def phonemes_of(syllables: Sequence[Syllable], breathes: Sequence[bool]) -> str:
    """Write a line's phonemes as the model wants them: a space before every word, a comma at a breath."""
    return "".join(
        " " * one.starts_word + one.onset + one.nucleus + one.coda + "," * breath
        for one, breath in zip(syllables, breathes, strict=True)
    )


def spoken_parts(
    syllables: Sequence[Syllable],
    breathes: Sequence[bool],
    phoneme_s: NDArray[np.float32],
    start_s: float,
    lag_s: float,
) -> list[Parts]:
    """Divide the spoken line among its syllables.

    Args:
        syllables: the line.
        breathes: after which a comma was written.
        phoneme_s: length of each phoneme of `phonemes_of`, in seconds; more may follow.
        start_s: when the first of them begins.
        lag_s: how much earlier than its phoneme a sound comes, in seconds.
    """
    starts_s = np.concatenate([[0.0], np.cumsum(phoneme_s, dtype=np.float64)]) + start_s - lag_s
    parts, column = [], 0
    for one, breath in zip(syllables, breathes, strict=True):
        # The space before a consonant already sounds like it; before a vowel it is a breath, not sung.
        edges = [0, one.starts_word + len(one.onset), len(one.nucleus), len(one.coda)]
        if not one.onset:
            edges[:2] = [int(one.starts_word), 0]
        columns = column + np.cumsum(edges)
        parts.append(Parts(*(float(starts_s[column]) for column in columns)))
        column = int(columns[-1]) + breath
    return parts


def knots_of(
    grid_s: Sequence[float], spoken: Sequence[Parts], breathes: Sequence[bool], hold_s: float, last_s: float
) -> list[Knot]:
    """Fit the spoken syllables to the grid.

    Args:
        grid_s: where each syllable's grid point is, in seconds of the song.
        spoken: the syllables as spoken.
        breathes: after which a rest may follow.
        hold_s: how long the last vowel is held at least, if there is room.
        last_s: when the line must be over.
    """
    points = [(grid_s[0], spoken[0].onset_s)]
    points += [(at_s, part.onset_s + part.lead_s) for at_s, part in zip(grid_s[1:], spoken[1:], strict=True)]
    knots: list[Knot] = []
    for index, (start, end) in enumerate(itertools.pairwise(points)):
        knots.append(start)
        stretch = (end[0] - start[0]) / max(end[1] - start[1], 1e-3)
        if stretch > _MOST_STRETCH:
            following = spoken[index + 1] if breathes[index] else None
            knots += _slowed(start, end, spoken[index], following)
    return [*knots, points[-1], *_last(points[-1], spoken[-1], hold_s, last_s)]


def _slowed(start: Knot, end: Knot, part: Parts, following: Parts | None) -> list[Knot]:
    """Return the knots inside a syllable far longer than spoken; with a following one, a rest comes first."""
    if following is not None:
        over_s = start[0] + _CLAUSE_STRETCH * (part.end_s - start[1])
        return [(over_s, part.end_s), (end[0] - following.lead_s, following.onset_s)]
    nucleus_s = start[0] + _MOST_STRETCH * (part.nucleus_s - start[1])
    coda_s = end[0] - _MOST_STRETCH * (end[1] - part.coda_s)
    return _held(nucleus_s, coda_s, part, _MOST_STRETCH)


def _held(nucleus_s: float, coda_s: float, part: Parts, stretch: float) -> list[Knot]:
    """Return the knots of a vowel that is stretched in its middle."""
    length_s = stretch * (part.coda_s - part.nucleus_s)
    knots = [(nucleus_s, part.nucleus_s), (coda_s, part.coda_s)]
    if coda_s - nucleus_s > length_s:
        spoken_s = part.coda_s - part.nucleus_s
        beginning = (nucleus_s + _BEGINNING * length_s, part.nucleus_s + _BEGINNING * spoken_s)
        ending = (coda_s - _ENDING * length_s, part.coda_s - _ENDING * spoken_s)
        knots[1:1] = [beginning, ending]
    return knots


def _last(start: Knot, part: Parts, hold_s: float, last_s: float) -> list[Knot]:
    """Let the last syllable ring as long as suits it, and end in time."""
    room_s = last_s - start[0]
    spoken_s = part.end_s - start[1]
    stretch = min(_LAST_STRETCH, room_s / max(spoken_s, 1e-3))
    nucleus_s = start[0] + stretch * (part.nucleus_s - start[1])
    coda_length_s = stretch * (part.end_s - part.coda_s)
    vowel_s = max(stretch * (part.coda_s - part.nucleus_s), hold_s)
    coda_s = min(nucleus_s + vowel_s, last_s - coda_length_s)
    return [*_held(nucleus_s, coda_s, part, stretch), (coda_s + coda_length_s, part.end_s)]


def sung_parts(knots: Sequence[Knot], spoken: Sequence[Parts]) -> list[Parts]:
    """Return when the syllables sound in the song."""
    song_s, speech_s = np.array(knots).T

    def sung_s(moment_s: float) -> float:
        return float(np.interp(moment_s, speech_s, song_s))

    return [
        Parts(sung_s(one.onset_s), sung_s(one.nucleus_s), sung_s(one.coda_s), sung_s(one.end_s))
        for one in spoken
    ]


def spoken_time_of(times_s: NDArray[np.float64], knots: Sequence[Knot]) -> NDArray[np.float64]:
    """Return the moment of the spoken line that sounds at each moment of the sung one."""
    song_s, speech_s = np.array(knots).T
    before, after = times_s < song_s[0], times_s > song_s[-1]
    mapped: NDArray[np.float64] = np.interp(times_s, song_s, speech_s)
    mapped[before] += times_s[before] - song_s[0]
    mapped[after] += times_s[after] - song_s[-1]
    return mapped


def rests(sung: Sequence[Parts]) -> list[tuple[float, float]]:
    """Return the silences inside a line, as (start, end) in seconds."""
    pairs = itertools.pairwise(sung)
    return [(first.end_s, second.onset_s) for first, second in pairs if second.onset_s - first.end_s > 0.12]
