"""The chord players: each layer of a style plays its figure with voice-led chords."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.generators.music.band.arrangement import Arrangement, Bar, Note
from storyboard.generators.music.band.patterns import FIGURES, Step, steps_of
from storyboard.generators.music.band.styles import INSTRUMENTS, Layer
from storyboard.generators.music.band.voicing import Voicing, nearest, voice_led

_VELOCITIES = {"X": 104, "x": 88, "o": 66, "m": 62}
_FASTEST_S = 0.085
_STRUM_S = 0.008  # from one string to the next


def play(arrangement: Arrangement, layer: Layer) -> list[Note]:
    """Return the notes of one layer."""
    chords = [bar.chord for bar in arrangement.bars] + [arrangement.final]
    centre = INSTRUMENTS[layer.instrument].centre
    voicings = voice_led(chords, arrangement.scale, centre, layer.voices, layer.sevenths)
    notes: list[Note] = []
    for bar, keys in zip(arrangement.bars, voicings, strict=False):
        if layer.start <= bar.energy <= layer.stop:
            notes += _bar(arrangement, bar, layer, keys)
    if notes and layer.stop >= 0.9:
        held = float(arrangement.score.beats_per_bar)
        notes += [Note(arrangement.final_beat, held, key, 92, tight=True) for key in voicings[-1]]
    return notes


def _bar(arrangement: Arrangement, bar: Bar, layer: Layer, keys: Voicing) -> Iterator[Note]:
    figure = layer.full if bar.is_full else layer.light
    if not figure:
        return
    per_bar = arrangement.score.beats_per_bar
    steps, length = steps_of(FIGURES[figure][arrangement.metre])
    start = bar.position * per_bar % length
    for step in steps:
        beat = step.beat - start
        if 0 <= beat < per_bar and not _too_fast(arrangement, step, beat):
            n_beats = min(step.n_beats, per_bar - beat) * layer.length
            strum = _STRUM_S / arrangement.beat_s if "guitar" in layer.instrument else 0.0
            softer = 0.82 + 0.18 * bar.energy
            for note in _struck(step.symbol, keys, bar, bar.first_beat + beat, n_beats, strum):
                yield Note(note.beat, note.n_beats, note.key, note.velocity * softer)


def _struck(
    symbol: str, keys: Voicing, bar: Bar, beat: float, n_beats: float, strum: float
) -> Iterator[Note]:
    if symbol == "b":
        yield Note(beat, n_beats * 1.5, nearest(bar.chord.root, keys[0] - 7), 90)
    elif symbol in "1234":
        # An arpeggio lets its strings ring on into each other.
        yield Note(beat, n_beats * 1.6, keys[(int(symbol) - 1) % len(keys)], 84)
    else:
        length = n_beats * 0.4 if symbol == "m" else n_beats
        for place, key in enumerate(keys):
            yield Note(beat + place * strum, length, key, _VELOCITIES[symbol] - 2 * place)


def _too_fast(arrangement: Arrangement, step: Step, beat: float) -> bool:
    on_half = abs(beat * 2 - round(beat * 2)) < 0.01
    shortest = min(step.n_beats, 0.5)
    return shortest * arrangement.beat_s < _FASTEST_S and not on_half
