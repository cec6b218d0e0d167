"""The score: bars and beats of a song, worked out from the song alone.

Voice and music are recorded side by side from the same score, so that they meet without hearing
each other, and every line's place on the grid is known before a note is played.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from storyboard.schema.song import LineRef, Section, Song

BEATS_PER_BAR = {"2/4": 2, "3/4": 3, "4/4": 4, "6/8": 2}
_INSTRUMENTAL_S = {"intro": 7.0, "break": 7.0, "solo": 12.0, "outro": 7.0}
_RING_S = 2.0  # the least time in which the last chord rings out
_SYLLABLE_S = 0.26  # a sung syllable that one still understands, on average
_LINE_S = 3.4  # the shortest slot that lets a line end and the singer breathe
_VOWELS = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ]+", re.IGNORECASE)


@dataclass(frozen=True)
class LineSlot:
    """Where one occurrence of a line is sung, in beats from the start of the song."""

    ref: LineRef
    text: str
    first_beat: int
    n_beats: int


@dataclass(frozen=True)
class SectionSpan:
    """Where a section lies, in bars from the start of the song."""

    index: int
    kind: str
    first_bar: int
    n_bars: int


@dataclass(frozen=True)
class Score:
    """The grid of a song. Beat 0 is at 0.0 s; in 6/8 a beat is a dotted quarter."""

    tempo_bpm: float
    beats_per_bar: int
    subdivisions: int
    n_bars: int
    sections: tuple[SectionSpan, ...]
    lines: tuple[LineSlot, ...]

    @property
    def n_beats(self) -> int:
        """Number of beats in the song."""
        return self.n_bars * self.beats_per_bar

    @property
    def duration_s(self) -> float:
        """Length of the song in seconds, its last bars included, in which everything rings out."""
        return self.beat_s(self.n_beats)

    def beat_s(self, beat: float) -> float:
        """Return the time of a beat, counted from 0 and possibly between two, in seconds."""
        return beat * 60.0 / self.tempo_bpm

    def bar_s(self, bar: float) -> float:
        """Return the time at which a bar, counted from 0, begins."""
        return self.beat_s(bar * self.beats_per_bar)


def score_of(song: Song) -> Score:
    """Lay a song out in bars: every line gets whole bars, every section follows the last."""
    per_bar = BEATS_PER_BAR[song.time_signature]
    bar_s = per_bar * 60.0 / song.tempo_bpm
    sections, lines, bar = [], [], 0
    for index, section in enumerate(song.sections):
        lengths = [_line_bars(text, bar_s) for text in section.lines]
        n_bars = max(section.bars or _section_bars(section, lengths, bar_s), sum(lengths))
        sections.append(SectionSpan(index, section.kind, bar, n_bars))
        start = bar
        for position, (text, length) in enumerate(zip(section.lines, lengths, strict=True)):
            lines.append(LineSlot((index, position), text, start * per_bar, length * per_bar))
            start += length
        bar += n_bars
    subdivisions = 3 if song.time_signature == "6/8" else 2
    n_bars = bar + max(1, math.ceil(_RING_S / bar_s))
    return Score(song.tempo_bpm, per_bar, subdivisions, n_bars, tuple(sections), tuple(lines))


def syllables(text: str) -> int:
    """Estimate the number of syllables by vowel groups; good enough to choose a line's bars."""
    words = re.findall(r"[^\W\d_]+", text)
    return sum(max(1, len(_VOWELS.findall(_without_silent_e(word)))) for word in words)


def _without_silent_e(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "eE" and word[-2] not in "lL" else word


def _line_bars(text: str, bar_s: float) -> int:
    """Return the bars a line needs: an even number where bars are short, so that phrases pair."""
    needed_s = max(_LINE_S, syllables(text) * _SYLLABLE_S + 0.7)
    bars = max(1, math.ceil(needed_s / bar_s - 0.15))
    return bars + bars % 2 if bars > 2 else bars


def _section_bars(section: Section, lengths: list[int], bar_s: float) -> int:
    if section.lines:
        return sum(lengths)
    return max(2, 2 * round(_INSTRUMENTAL_S.get(section.kind, 7.0) / bar_s / 2))
