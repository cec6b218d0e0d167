"""The chord players: each layer of a style plays its figure with voice-led chords."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storyboard.generators.harmony import Chord
from storyboard.generators.music.band.arrangement import Arrangement, Bar, Note
from storyboard.generators.music.band.figures import FIGURES
from storyboard.generators.music.band.patterns import Step, steps_of
from storyboard.generators.music.band.styles import INSTRUMENTS, Layer
from storyboard.generators.music.band.voicing import Voicing, nearest, voice_led

_VELOCITIES = {"X": 104, "x": 88, "o": 66, "m": 62, "p": 84}
_FASTEST_S = 0.085
_STRUM_S = 0.008  # from one string to the next


@dataclass(frozen=True)
class _Hands:
    """What the hands hold in one bar: its chord, the one it turns to, and the one that comes next."""

    keys: Voicing
    turned: Voicing
    coming: Voicing


def play(arrangement: Arrangement, layer: Layer) -> list[Note]:
    """Return the notes of one layer."""
    notes: list[Note] = []
    hands, final = _hands(arrangement, layer)
    for bar, held in zip(arrangement.bars, hands, strict=True):
        if layer.start <= bar.energy <= layer.stop:
            notes += _bar(arrangement, bar, layer, held)
    if notes and layer.stop >= 0.9:
        rings = arrangement.score.n_beats - arrangement.final_beat
        strum = _strum(arrangement, layer)
        loud = arrangement.final_velocity
        notes += [
            Note(arrangement.final_beat + place * strum, rings, key, loud, tight=True)
            for place, key in enumerate(final)
        ]
    return notes


def _hands(arrangement: Arrangement, layer: Layer) -> tuple[list[_Hands], Voicing]:
    chords: list[Chord] = []
    for bar in arrangement.bars:
        chords += [bar.chord, *([bar.turn] if bar.turn else [])]
    chords.append(arrangement.final)
    centre = INSTRUMENTS[layer.instrument].centre
    voicings = voice_led(chords, arrangement.scale, centre, layer.voices, layer.colour)
    hands, place = [], 0
    for bar in arrangement.bars:
        after = place + 1 + (bar.turn is not None)
        hands.append(_Hands(voicings[place], voicings[after - 1], voicings[after]))
        place = after
    return hands, voicings[-1]


def _bar(arrangement: Arrangement, bar: Bar, layer: Layer, hands: _Hands) -> Iterator[Note]:
    figure = layer.full if bar.is_full else layer.light
    if not figure:
        return
    per_bar = arrangement.score.beats_per_bar
    steps, length = steps_of(FIGURES[figure][arrangement.metre])
    start = bar.position * per_bar % length
    softer = 0.82 + 0.18 * bar.energy
    for step in _kept(arrangement, bar, steps, start):
        beat = step.beat - start
        n_beats = min(step.n_beats, per_bar - beat) * layer.length
        turned = bar.turn is not None and beat >= arrangement.turn_beat
        keys = hands.coming if step.symbol == "p" else hands.turned if turned else hands.keys
        root = bar.turn.root if turned and bar.turn else bar.chord.root
        strum = _strum(arrangement, layer)
        for note in _struck(step.symbol, keys, root, bar.first_beat + beat, n_beats, strum):
            velocity = note.velocity * softer
            yield Note(note.beat, note.n_beats, note.key, velocity, tight=note.beat == bar.first_beat)


def _kept(arrangement: Arrangement, bar: Bar, steps: tuple[Step, ...], start: int) -> Iterator[Step]:
    """Yield the steps of one bar that hands can play; a chord that turns is struck, not held into."""
    per_bar, turn = arrangement.score.beats_per_bar, arrangement.turn_beat
    for step in steps:
        beat = step.beat - start
        if not 0 <= beat < per_bar or _too_fast(arrangement, step, beat):
            continue
        ends = beat + step.n_beats
        if bar.turn and beat < turn < ends:
            yield Step(step.symbol, step.beat, turn - beat)
            yield Step("x" if step.symbol in "Xxop" else step.symbol, start + turn, ends - turn)
        else:
            yield step


def _struck(
    symbol: str, keys: Voicing, root: int, beat: float, n_beats: float, strum: float
) -> Iterator[Note]:
    if symbol == "b":
        yield Note(beat, n_beats * 1.5, nearest(root, keys[0] - 7), 90)
    elif symbol in "1234":
        # An arpeggio lets its strings ring on into each other.
        yield Note(beat, n_beats * 1.6, keys[(int(symbol) - 1) % len(keys)], 84)
    else:
        length = n_beats * 0.4 if symbol == "m" else n_beats
        for place, key in enumerate(keys):
            yield Note(beat + place * strum, length, key, _VELOCITIES[symbol] - 2 * place)


def _strum(arrangement: Arrangement, layer: Layer) -> float:
    return _STRUM_S / arrangement.beat_s if "guitar" in layer.instrument else 0.0


def _too_fast(arrangement: Arrangement, step: Step, beat: float) -> bool:
    on_half = abs(beat * 2 - round(beat * 2)) < 0.01
    shortest = min(step.n_beats, 0.5)
    return shortest * arrangement.beat_s < _FASTEST_S and not on_half
