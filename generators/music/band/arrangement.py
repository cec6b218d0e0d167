"""The arrangement: what every bar of a song is for, before anyone plays a note."""

from __future__ import annotations

from dataclasses import dataclass, replace

from storyboard.generators.harmony import Chord, chords_of, scale_of
from storyboard.generators.music.band.patterns import Metre
from storyboard.generators.music.band.styles import Style, style_of
from storyboard.generators.music.band.voicing import BORROWED
from storyboard.generators.score import LineSlot, Score, SectionSpan, score_of, syllables
from storyboard.schema.song import Song

FULL = 0.62
"""From this energy on, parts play their full pattern instead of the light one."""

# Energy (0 to 1) of a section's first and second half, and what each return of it adds.
_ENERGIES = {
    "intro": (0.28, 0.42), "verse": (0.45, 0.5), "pre-chorus": (0.57, 0.66), "chorus": (0.82, 0.86),
    "post-chorus": (0.8, 0.8), "bridge": (0.36, 0.58), "break": (0.3, 0.5), "solo": (0.78, 0.82),
    "instrumental": (0.6, 0.7), "outro": (0.66, 0.4),
}  # fmt: skip
_GROWTH = {"verse": 0.06, "chorus": 0.09, "pre-chorus": 0.02}
_SYLLABLE_S = 0.3  # longer than the score's, to be sure that the singer has ended
_METRES: dict[tuple[int, int], Metre] = {(3, 2): "3/4", (2, 3): "6/8"}


@dataclass(frozen=True)
class Note:
    """A note as written: place and length in beats from the start of the song, MIDI key and velocity.

    A tight note is hardly displaced when it is played.
    """

    beat: float
    n_beats: float
    key: int
    velocity: float
    tight: bool = False


@dataclass(frozen=True)
class Bar:
    """One bar: its place in its section, its chord, and how much goes on in it (energy, 0 to 1)."""

    index: int
    first_beat: int
    kind: str
    position: int
    n_bars: int
    energy: float
    next_energy: float
    chord: Chord
    next_chord: Chord
    turn: Chord | None = None
    """The chord of the bar's end, where the style leads into the next one."""

    @property
    def opens(self) -> bool:
        """Whether a section begins here."""
        return self.position == 0

    @property
    def closes(self) -> bool:
        """Whether a section ends here."""
        return self.position == self.n_bars - 1

    @property
    def is_full(self) -> bool:
        """Whether parts play their full patterns."""
        return self.energy >= FULL


@dataclass(frozen=True)
class Arrangement:
    """Everything the players share. Where the song rings out is not among the bars."""

    score: Score
    style: Style
    metre: Metre
    scale: tuple[int, ...]
    bars: tuple[Bar, ...]
    final: Chord
    sung: tuple[tuple[float, float], ...]
    """First and last beat of every line, as long as its words may take."""

    @property
    def beat_s(self) -> float:
        """Length of a beat in seconds."""
        return self.score.beat_s(1)

    @property
    def final_beat(self) -> int:
        """The beat on which everyone plays the last chord."""
        last = self.score.sections[-1]
        return (last.first_bar + last.n_bars) * self.score.beats_per_bar

    @property
    def final_velocity(self) -> float:
        """How hard the last chord is struck: as the song went before."""
        return 76 + 34 * self.bars[-1].energy

    @property
    def turn_beat(self) -> int:
        """The beat of a bar from which its turn sounds, where it has one."""
        return turn_beat(self.score)

    def is_sung(self, beat: float, n_beats: float = 0.0) -> bool:
        """Return whether someone sings during a stretch of beats."""
        return any(first < beat + n_beats and beat < last for first, last in self.sung)


def arrange(song: Song, style: str = "") -> Arrangement:
    """Plan a song, bar by bar, in the style of that name or, without one, of the song's genre."""
    score = score_of(song)
    chords = chords_of(song, score)
    played = style_of(song.genre, style)
    sung = tuple(_sung(line, score) for line in score.lines)
    bars = _bars(score, chords)
    return Arrangement(
        score=score,
        style=played,
        metre=_METRES.get((score.beats_per_bar, score.subdivisions), "4/4"),
        scale=scale_of(song),
        bars=tuple(_turned(bar, score, sung) for bar in bars) if played.turns else bars,
        final=chords[-1],
        sung=sung,
    )


def turn_beat(score: Score) -> int:
    """Return the beat of a bar from which its turn sounds: the middle of a bar of four."""
    return score.beats_per_bar - max(1, score.beats_per_bar // 2)


def _bars(score: Score, chords: tuple[Chord, ...]) -> tuple[Bar, ...]:
    energies = [energy for section in score.sections for energy in _section_energies(section, score)]
    return tuple(
        Bar(
            index=section.first_bar + position,
            first_beat=(section.first_bar + position) * score.beats_per_bar,
            kind=section.kind,
            position=position,
            n_bars=section.n_bars,
            energy=energies[section.first_bar + position],
            next_energy=(*energies, 0.7)[section.first_bar + position + 1],
            chord=chords[section.first_bar + position],
            next_chord=chords[section.first_bar + position + 1],
        )
        for section in score.sections
        for position in range(section.n_bars)
    )


def _turned(bar: Bar, score: Score, sung: tuple[tuple[float, float], ...]) -> Bar:
    """Let every fourth bar lead into the next chord by that chord's own dominant, where nobody sings."""
    root = (bar.next_chord.root + 7) % 12
    first, last = bar.first_beat + turn_beat(score), bar.first_beat + score.beats_per_bar
    is_sung = any(begins < last and first < ends for begins, ends in sung)
    leads = (bar.closes or bar.position % 4 == 3) and root != bar.chord.root
    if is_sung or not leads or bar.next_chord.quality == "dim":
        return bar
    return replace(bar, turn=Chord(root, "major", BORROWED))


def _section_energies(section: SectionSpan, score: Score) -> list[float]:
    earlier = sum(other.kind == section.kind for other in score.sections[: section.index])
    first, second = (level + earlier * _GROWTH.get(section.kind, 0.0) for level in _ENERGIES[section.kind])
    return [min(1.0, first if 2 * bar < section.n_bars else second) for bar in range(section.n_bars)]


def _sung(line: LineSlot, score: Score) -> tuple[float, float]:
    words_s = syllables(line.text) * _SYLLABLE_S + 0.8
    return line.first_beat - 0.25, line.first_beat + min(line.n_beats, words_s / score.beat_s(1))
