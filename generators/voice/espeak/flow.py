"""Talk-singing: a spoken line laid over the beats of its slot, so that stressed syllables meet them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from storyboard.generators.voice.espeak.speaker import Floats, Speech
from storyboard.generators.voice.espeak.words import SpokenWord

_LONGEST_PAUSE_S = 0.1  # between words; the beats make the rest
_TOLERANCE_S = 0.02  # a syllable this little late is on the beat
_FADE_S = 0.006


@dataclass(frozen=True)
class LaidWord:
    """A written word in its slot, in seconds from the slot's start."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class LaidLine:
    """A line as it sounds in its slot, from the slot's start on."""

    samples: Floats
    words: tuple[LaidWord, ...]

    @property
    def length_s(self) -> float:
        """When its last word ends."""
        return max((word.end_s for word in self.words), default=0.0)


def laid(speech: Speech, words: Sequence[SpokenWord], grid_s: float) -> LaidLine:
    """Lay a line: its first word on the start, every stressed syllable on the next point of the grid.

    Args:
        speech: the spoken line.
        words: its words.
        grid_s: distance of the grid's points, half a beat; 0 leaves the words where they were spoken.
    """
    starts = _starts(words, grid_s)
    return LaidLine(
        _joined(speech, words, starts),
        tuple(
            LaidWord(word.text, start_s, start_s + word.end_s - word.start_s)
            for word, start_s in zip(words, starts, strict=True)
        ),
    )


def _starts(words: Sequence[SpokenWord], grid_s: float) -> list[float]:
    starts: list[float] = []
    before: SpokenWord | None = None
    for word in words:
        start_s = 0.0
        if before:
            pause_s = min(max(0.0, word.start_s - before.end_s), _LONGEST_PAUSE_S)
            start_s = starts[-1] + before.end_s - before.start_s + pause_s
            if word.stress_s is not None and grid_s:
                start_s += _wait_s(start_s + word.stress_s - word.start_s, grid_s)
        starts.append(start_s)
        before = word
    return starts


def _wait_s(stress_s: float, grid_s: float) -> float:
    """Return how long a stressed syllable waits for the next point of the grid."""
    late_s = stress_s % grid_s
    return 0.0 if late_s <= _TOLERANCE_S else grid_s - late_s


def _joined(speech: Speech, words: Sequence[SpokenWord], starts: Sequence[float]) -> Floats:
    """Return the sound: words that keep their distance stay in one piece, the others are moved."""
    rate_hz = speech.rate_hz
    length_s = starts[-1] + words[-1].end_s - words[-1].start_s if words else 0.0
    line = np.zeros(round((length_s + _FADE_S) * rate_hz), np.float32)
    first = 0
    for index in range(1, len(words) + 1):
        if index < len(words) and _moves_with(words, starts, index):
            continue
        piece = speech.samples[
            round(words[first].start_s * rate_hz) : round(words[index - 1].end_s * rate_hz)
        ]
        place = round(starts[first] * rate_hz)
        part = line[place : place + len(piece)]
        part += _faded(piece[: len(part)], rate_hz)
        first = index
    return line


def _moves_with(words: Sequence[SpokenWord], starts: Sequence[float], index: int) -> bool:
    spoken_s = words[index].start_s - words[index - 1].start_s
    return abs(starts[index] - starts[index - 1] - spoken_s) < 1e-6


def _faded(piece: Floats, rate_hz: int) -> Floats:
    ramp = np.linspace(0.0, 1.0, min(round(_FADE_S * rate_hz), len(piece) // 2), dtype=np.float32)
    whole = np.array(piece)
    whole[: len(ramp)] *= ramp
    whole[len(whole) - len(ramp) :] *= ramp[::-1]
    return whole
