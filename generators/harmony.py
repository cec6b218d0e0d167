"""The harmony of a song: one chord a bar, worked out from the song alone.

The singer and the band are recorded side by side without hearing each other; both take the chords
from here, so that a melody that rests on a chord tone does so in the mix.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from storyboard.generators.score import Score
from storyboard.schema.song import Song

Quality = Literal["major", "minor", "dim"]

_TRIADS: dict[Quality, tuple[int, int, int]] = {"major": (0, 4, 7), "minor": (0, 3, 7), "dim": (0, 3, 6)}
_SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}

# Well-known loops, in scale degrees, one chord a bar. Verses circle; choruses arrive.
_MAJOR_LOOPS: dict[str, tuple[tuple[int, ...], ...]] = {
    "verse": ((1, 6, 4, 5), (1, 4, 6, 5), (1, 3, 4, 5), (6, 4, 1, 5)),
    "pre-chorus": ((2, 4, 6, 5), (4, 5, 6, 5), (6, 3, 4, 5)),
    "chorus": ((1, 5, 6, 4), (4, 1, 5, 6), (1, 4, 1, 5)),
    "bridge": ((6, 3, 4, 5), (2, 6, 4, 5), (4, 6, 2, 5)),
}
_MINOR_LOOPS: dict[str, tuple[tuple[int, ...], ...]] = {
    "verse": ((1, 6, 7, 1), (1, 4, 6, 7), (1, 3, 6, 7), (1, 7, 6, 7)),
    "pre-chorus": ((4, 6, 1, 7), (6, 7, 1, 7), (4, 1, 6, 7)),
    "chorus": ((1, 6, 3, 7), (6, 7, 1, 3), (1, 3, 7, 4)),
    "bridge": ((6, 3, 4, 7), (4, 6, 3, 7), (3, 7, 4, 6)),
}
# Genres whose listeners expect loops of their own (twelve-bar families cut down to four bars).
_GENRE_LOOPS: dict[str, dict[str, tuple[tuple[int, ...], ...]]] = {
    "blues": {"verse": ((1, 4, 1, 5),), "chorus": ((1, 1, 4, 5), (4, 1, 5, 4))},
    "rock": {"verse": ((1, 4, 1, 5), (1, 5, 4, 4)), "chorus": ((1, 5, 6, 4), (4, 1, 5, 6))},
    "country": {"verse": ((1, 4, 1, 5), (1, 1, 4, 5)), "chorus": ((4, 1, 5, 1), (1, 5, 4, 5))},
    "folk": {"verse": ((1, 5, 6, 4), (1, 4, 1, 5)), "chorus": ((4, 1, 5, 1), (1, 4, 5, 4))},
    "jazz": {"verse": ((1, 6, 2, 5),), "chorus": ((2, 5, 1, 6), (4, 5, 3, 6))},
    "soul": {"verse": ((1, 6, 2, 5), (1, 3, 4, 5)), "chorus": ((4, 3, 2, 5), (2, 5, 1, 4))},
}
_LIKE_VERSE = ("verse", "intro", "outro")
_LIKE_BRIDGE = ("bridge", "break")


@dataclass(frozen=True)
class Chord:
    """A triad: root as a pitch class (0 is C), quality, and scale degree from 1."""

    root: int
    quality: Quality
    degree: int

    @property
    def pitches(self) -> tuple[int, int, int]:
        """The pitch classes of the triad, root first."""
        root, third, fifth = (_with(self.root, step) for step in _TRIADS[self.quality])
        return root, third, fifth


def scale_of(song: Song) -> tuple[int, ...]:
    """Return the seven pitch classes of the song's key, tonic first (natural minor)."""
    return tuple(_with(song.tonic, step) for step in _SCALES["minor" if song.is_minor else "major"])


def chords_of(song: Song, score: Score) -> tuple[Chord, ...]:
    """Return the chord of every bar of the score; the last bar is the tonic."""
    bars = [_chord(song, 1)] * score.n_bars
    for section in score.sections:
        loop = _loop(song, section.kind)
        for bar in range(section.n_bars):
            bars[section.first_bar + bar] = _chord(song, loop[bar % len(loop)])
    return tuple(bars)


def _loop(song: Song, kind: str) -> tuple[int, ...]:
    """Choose the loop of a section kind; the title decides between those that fit."""
    role = _role(kind)
    loops = _loops(song, role)
    # The chorus must not be the verse again, so it skips the loop the verse drew.
    if role == "chorus":
        verse = _drawn(_loops(song, "verse"), song.title, "verse")
        loops = tuple(loop for loop in loops if loop != verse)
    return _drawn(loops, song.title, role)


def _role(kind: str) -> str:
    if kind in _LIKE_VERSE:
        return "verse"
    if kind in _LIKE_BRIDGE:
        return "bridge"
    return "pre-chorus" if kind == "pre-chorus" else "chorus"


def _loops(song: Song, role: str) -> tuple[tuple[int, ...], ...]:
    if song.is_minor:
        return _MINOR_LOOPS[role]
    genre = song.genre.lower()
    named = next((loops for name, loops in _GENRE_LOOPS.items() if name in genre), {})
    return named.get(role, _MAJOR_LOOPS[role])


def _drawn(loops: tuple[tuple[int, ...], ...], title: str, role: str) -> tuple[int, ...]:
    digest = hashlib.sha256(f"{title}/{role}".encode()).digest()
    return loops[digest[0] % len(loops)]


def _chord(song: Song, degree: int) -> Chord:
    scale = scale_of(song)
    root, third, fifth = (scale[(degree - 1 + step) % 7] for step in (0, 2, 4))
    intervals = (0, (third - root) % 12, (fifth - root) % 12)
    quality = next(quality for quality, triad in _TRIADS.items() if triad == intervals)
    return Chord(root, quality, degree)


def _with(pitch_class: int, semitones: int) -> int:
    return (pitch_class + semitones) % 12
