"""The performance: every player's notes as they are played, swung and a little off, by the seed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from storyboard.generators.music.band import bass, chording, drums, hook
from storyboard.generators.music.band.arrangement import Arrangement, Note
from storyboard.generators.music.band.soundfont import DRUM_BANK
from storyboard.generators.music.band.styles import INSTRUMENTS

Stem = Literal["drums", "bass", "harmony", "lead"]
STEMS: tuple[Stem, ...] = ("drums", "bass", "harmony", "lead")

_TIGHT_S, _LOOSE_S = 0.002, 0.008  # the furthest a note is displaced
_BACKBEAT = ("snare", "clap", "rim")
_VELOCITY_SPREAD = 3.0


@dataclass(frozen=True)
class Played:
    """A note as played: when and how long in seconds, MIDI key and velocity."""

    start_s: float
    length_s: float
    key: int
    velocity: int


@dataclass(frozen=True)
class Part:
    """What one player plays, or what is played on one drum; `name` is the instrument's or the drum's."""

    stem: Stem
    name: str
    bank: int
    program: int
    notes: list[Played]


def perform(arrangement: Arrangement, seed: int) -> list[Part]:
    """Return every part of the band; a player who has nothing to play is left out."""
    rng = random.Random(f"band {seed}")
    style = arrangement.style
    bassist, lead = rng.choice(style.bass), rng.choice(style.leads)
    parts = [
        Part(
            "drums", lane, DRUM_BANK, style.kit, _played(arrangement, notes, rng, _late_s(arrangement, lane))
        )
        for lane, notes in drums.play(arrangement, rng).items()
    ]
    melodic: list[tuple[Stem, str, list[Note]]] = [("bass", bassist, bass.play(arrangement, bassist))]
    melodic += [("harmony", layer.instrument, chording.play(arrangement, layer)) for layer in style.layers]
    melodic.append(("lead", lead, hook.play(arrangement, lead, rng)))
    for stem, name, notes in melodic:
        parts.append(Part(stem, name, 0, INSTRUMENTS[name].program, _played(arrangement, notes, rng)))
    return [part for part in parts if part.notes]


def _played(
    arrangement: Arrangement, notes: Iterable[Note], rng: random.Random, late_s: float = 0.0
) -> list[Played]:
    """Play notes as a person does: swung, and never quite on time or equally loud."""
    played = []
    for note in notes:
        furthest_s = _TIGHT_S if note.tight else _LOOSE_S
        off_s = late_s + max(-furthest_s, min(furthest_s, rng.gauss(0, furthest_s / 2.5)))
        start_s = max(0.0, arrangement.score.beat_s(_swung(arrangement, note.beat)) + off_s)
        velocity = round(max(1, min(127, note.velocity + rng.gauss(0, _VELOCITY_SPREAD))))
        played.append(Played(start_s, note.n_beats * arrangement.beat_s, note.key, velocity))
    return played


def _late_s(arrangement: Arrangement, lane: str) -> float:
    return arrangement.style.laid_back_s if lane in _BACKBEAT else 0.0


def _swung(arrangement: Arrangement, beat: float) -> float:
    """Move what lies on sixteenths by the style's swing; triplets are swung as written."""
    style = arrangement.style
    on_sixteenth = abs(beat * 4 - round(beat * 4)) < 0.01
    if style.swing == 0.5 or arrangement.score.subdivisions == 3 or not on_sixteenth:
        return beat
    pair = 2 / style.swung
    whole, part = divmod(beat / pair, 1)
    late = part * 2 * style.swing if part < 0.5 else style.swing + (part - 0.5) * 2 * (1 - style.swing)
    return (whole + late) * pair
