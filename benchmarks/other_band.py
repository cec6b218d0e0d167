"""A second band for benchmarks/beats.py: plucked strings, organ, a humming voice and hand percussion.

Nothing of it was heard when the weights of sync/beats were fitted: neither its instruments, nor its
patterns, nor its room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, lfilter, sosfilt

from storyboard.sync.beats import RATE_HZ

Times = NDArray[np.float64]
BEATS_OF = {2: 2, 3: 3, 4: 4, 6: 2}

# A row of steps for each instrument, a sixteenth (in six a third of a beat) each: how loud, 1 to 9.
PATTERNS = {
    "bossa": (
        "boom 9.....4.8.....4. / block 4..4..4...4..4.. / shaker 3.2.3.2.3.2.3.2. / "
        "bass 8.....5.7.....4. / strum 4...4..4..4...4."
    ),
    "one drop": (
        "boom ........9....... / rim ........7....... / shaker 2.3.2.3.2.3.2.3. / "
        "strum ..5...5...5...5. / bass ..7.7...7..7..7."
    ),
    "skank": (
        "boom ........9....... / rim ........7....... / shaker 2.2.2.2.2.2.2.2. / "
        "strum ....6.......6... / bass 9.....5.7...6..."
    ),
    "four on the floor": (
        "boom 9...9...9...9... / shaker ..5...5...5...5. / clap ....6.......6... / "
        "bass ..6...6...6...6. / organ 5.........5....."
    ),
    "backbeat": (
        "boom 9.....6.8....... / clap ....9.......9... / shaker 3.3.3.3.3.3.3.3. / "
        "bass 6.6...6.6.6...6. / strum 4.....4...4....."
    ),
    "half time": (
        "boom 9..6.......6.... / clap ........9....... / shaker 2222222222222222 / "
        "bass 9..........9.... / organ 4..............."
    ),
    "syncopated": (
        "boom 9......7..7..... / clap ....8.......8... / shaker 2121212121212121 / "
        "bass 7..7..77..7..7.. / strum ..4....4......4."
    ),
    "ride": (
        "cymbal 5...6.4.5...6.4. / rim ....3.......3... / bass 7...7...7...7... / organ ..3.......3....."
    ),
    "picked": "string 8.4.5.4.7.4.5.4. / bass 5.......5.......",
    "strummed": "strum 7...5.4...4.6.4.",
    "hymn": "organ 6...4...5...4... / bass 5.......5.......",
    "march": "boom 9...6... / rim ..5.5.55 / bass 7...7... / strum ..4...4.",
    "oompah": "bass 9........... / strum ....5...5... / string 4.....4...4.",
    "waltz, drums": (
        "boom 9........... / rim ....5...5... / shaker 2.2.2.2.2.2. / bass 8........... / strum ....4...4..."
    ),
    "jig": "boom 9..6.. / string 555555 / shaker 312312 / bass 6..6..",
    "slow six": "boom 9..... / clap ...7.. / shaker 222222 / bass 7.77.. / organ 4.....",
    "arpeggio in six": "string 844644 / bass 5.....",
}


@dataclass(frozen=True)
class Tune:
    """A tune to be played.

    Attributes:
        pattern: name in PATTERNS, one for each run of bars of a metre.
        metres: the metre of every bar.
        tempo_bpm: at each beat, or one for all.
        swing: where the second half of a beat begins.
        loose_s: how far the players are from the grid, on average.
        hums: whether a voice hums a melody that does not keep to the beats.
        seed: for chords, melody and looseness.
    """

    pattern: str
    metres: Sequence[int]
    tempo_bpm: float | Times
    swing: float = 0.5
    loose_s: float = 0.006
    hums: bool = False
    seed: int = 0


def play(tune: Tune) -> tuple[NDArray[np.float32], Times, Times]:
    """Return the sound of a tune at RATE_HZ, its beats and its downbeats in seconds."""
    rng = np.random.default_rng(tune.seed)
    place = np.concatenate([np.arange(BEATS_OF[metre]) for metre in tune.metres])
    lengths_s = 60 / np.broadcast_to(np.asarray(tune.tempo_bpm, np.float64), (len(place),))
    beats_s = 0.7 + np.concatenate([[0.0], np.cumsum(lengths_s)])
    sound = np.zeros(round((beats_s[-1] + 0.8) * RATE_HZ))
    starts = np.flatnonzero(place == 0)
    patterns = [PATTERNS[name.strip()] for name in tune.pattern.split("|")]
    of_metre = {
        metre: patterns[min(n, len(patterns) - 1)] for n, metre in enumerate(dict.fromkeys(tune.metres))
    }
    roots = rng.choice([0, 5, 7, 9, 2], len(starts), p=[0.3, 0.25, 0.2, 0.15, 0.1])
    for bar, (start, metre) in enumerate(zip(starts, tune.metres, strict=True)):
        chord = 45 + int(roots[bar - bar % 2 if rng.random() < 0.3 else bar]) + np.array([0, 4, 7, 12])
        for name, at, loud in notes(of_metre[metre], BEATS_OF[metre]):
            if at and rng.random() < 0.08:
                continue
            swung = int(at) + tune.swing if at % 1 == 0.5 else at
            at_s = _time(beats_s, start + swung) + rng.normal(0, tune.loose_s)
            _add(sound, at_s, loud * rng.uniform(0.8, 1.1) * _sound_of(name, chord, rng))
    if tune.hums:
        _hum(sound, beats_s, rng)
    wet = _in_a_room(sound, rng)
    return np.asarray(0.4 * wet / np.abs(wet).max(), np.float32), beats_s[:-1], beats_s[:-1][place == 0]


def notes(pattern: str, n_beats: int) -> list[tuple[str, float, float]]:
    """Return the instrument of every note of a bar, when in beats, and how loud."""
    rows = [row.split() for row in pattern.split(" / ")]
    return [
        (name, step * n_beats / len(steps), int(mark) / 10)
        for name, steps in rows
        for step, mark in enumerate(steps)
        if mark != "."
    ]


def _time(beats_s: Times, beat: float) -> float:
    return float(np.interp(beat, np.arange(len(beats_s)), beats_s))


def _add(sound: Times, at_s: float, note: Times) -> None:
    first = max(0, round(at_s * RATE_HZ))
    kept = note[: max(0, len(sound) - first)]
    sound[first : first + len(kept)] += kept


def _sound_of(name: str, chord: NDArray[np.int_], rng: np.random.Generator) -> Times:
    """Return a stroke or a note."""
    match name:
        case "boom":
            time_s = _clock(0.3)
            falling = 48 * time_s + 110 * 0.03 * (1 - np.exp(-time_s / 0.03))
            return 1.2 * np.sin(2 * np.pi * falling) * np.exp(-9 * time_s)
        case "rim":
            time_s = _clock(0.08)
            return (np.sin(2 * np.pi * 1700 * time_s) + np.sin(2 * np.pi * 460 * time_s)) * np.exp(
                -60 * time_s
            )
        case "block":
            time_s = _clock(0.12)
            return np.sin(2 * np.pi * 900 * time_s) * np.exp(-40 * time_s)
        case "clap":
            time_s = _clock(0.2)
            hands = (np.maximum(0, time_s - late) for late in (0, 0.011, 0.02))
            bursts = sum(np.exp(-90 * after) * (after > 0) for after in hands)
            return 1.2 * _band(rng.standard_normal(len(time_s)), 800, 3500) * bursts
        case "shaker":
            time_s = _clock(0.11)
            return (
                0.5
                * _band(rng.standard_normal(len(time_s)), 4500, 10000)
                * np.sin(np.pi * time_s / 0.11) ** 2
            )
        case "cymbal":
            time_s = _clock(0.5)
            ring = sum(np.sin(2 * np.pi * hz * time_s) for hz in (3120, 4210, 5390, 6870)) / 8
            return (ring + 0.3 * _band(rng.standard_normal(len(time_s)), 3000, 10000)) * np.exp(-8 * time_s)
        case "bass":
            return _string(int(chord[0]) - 12, 0.5, rng, bright=0.2)
        case "string":
            return 0.8 * _string(int(rng.choice(chord)) + 12, 0.7, rng, bright=0.7)
        case "strum":
            late = np.cumsum(rng.uniform(0.004, 0.012, len(chord)))
            out = np.zeros(round(0.8 * RATE_HZ))
            for note, at_s in zip(chord, late - late[0], strict=True):
                _add(out, at_s, 0.4 * _string(int(note) + 12, 0.6, rng, bright=0.6))
            return out
        case _:  # an organ
            time_s = _clock(0.9)
            swell = np.minimum(1, time_s / 0.04) * np.minimum(1, (0.9 - time_s) / 0.1)
            hz = 440 * 2 ** ((chord + 12 - 69) / 12)
            return 0.12 * swell * sum(np.sin(2 * np.pi * f * n * time_s) / n for f in hz for n in (1, 2, 4))


def _clock(duration_s: float) -> Times:
    return np.arange(round(duration_s * RATE_HZ)) / RATE_HZ


def _band(noise: Times, low_hz: float, high_hz: float) -> Times:
    return np.asarray(sosfilt(butter(2, (low_hz, high_hz), "band", fs=RATE_HZ, output="sos"), noise))


def _string(midi: int, duration_s: float, rng: np.random.Generator, bright: float) -> Times:
    """Return a plucked string (Karplus & Strong, Digital synthesis of plucked string timbres, 1983)."""
    period = round(RATE_HZ / (440 * 2 ** ((midi - 69) / 12)))
    burst = lfilter([bright], [1, bright - 1], rng.uniform(-1, 1, period))
    excited = np.concatenate([burst / np.abs(burst).max(), np.zeros(round(duration_s * RATE_HZ))])
    loop = np.concatenate([[1.0], np.zeros(period - 1), [-0.4985, -0.4985]])
    out = lfilter([1.0], loop, excited)[: round(duration_s * RATE_HZ)]
    return np.asarray(out * np.minimum(1, (duration_s - _clock(duration_s)[: len(out)]) / 0.05))


def _hum(sound: Times, beats_s: Times, rng: np.random.Generator) -> None:
    """Add a voice: held notes with vibrato that begin where they like."""
    beat = 2.0
    while beat < len(beats_s) - 3:
        n_beats = float(rng.choice([0.5, 0.75, 1.0, 1.5, 2.5]))
        start_s, end_s = _time(beats_s, beat), _time(beats_s, beat + n_beats)
        time_s = _clock(max(0.12, end_s - start_s - 0.03))
        hz = 440 * 2 ** ((57 + int(rng.choice([0, 2, 4, 7, 9, 12])) - 69) / 12)
        phase = 2 * np.pi * hz * time_s - 0.4 * np.cos(2 * np.pi * 5.5 * time_s)
        shape = np.minimum(1, time_s / 0.05) * np.minimum(1, (time_s[-1] - time_s) / 0.06)
        _add(
            sound,
            start_s + rng.normal(0, 0.025),
            0.25 * shape * sum(np.sin(n * phase) / n for n in range(1, 9)),
        )
        beat += n_beats + (float(rng.choice([0, 0.5, 1.5])) if rng.random() < 0.3 else 0)


def _in_a_room(sound: Times, rng: np.random.Generator) -> Times:
    time_s = _clock(0.6)
    room = 0.03 * rng.standard_normal(len(time_s)) * np.exp(-9 * time_s)
    room[0] = 1
    wet = fftconvolve(sound, room)[: len(sound)]
    return np.asarray(
        np.tanh(1.2 * wet / np.percentile(np.abs(wet), 99.5)) + 3e-4 * rng.standard_normal(len(wet))
    )


def changing(first_bpm: float, n_beats: int, shape: str) -> Times:
    """Return the tempo at each beat: "ramp", "slowing", "step", "rubato" (with a fermata) or "breathing"."""
    beat = np.arange(n_beats + 0.0)
    part = beat / max(1, n_beats - 1)
    if shape == "ramp":
        return first_bpm * (1 + 0.4 * part)
    if shape == "slowing":
        return first_bpm * (1 - 0.35 * part)
    if shape == "step":
        return first_bpm * np.where(part < 0.5, 1.0, 1.3)
    if shape == "breathing":
        return first_bpm * (1 + 0.06 * np.sin(beat / 5))
    slow = 1 + 0.12 * np.sin(beat / 2.7) + 0.05 * np.sin(beat / 1.1 + 1)
    slow[7::16] *= 0.75
    return np.asarray(first_bpm * slow)


_FOURS, _THREES, _SIXES = (4,) * 20, (3,) * 28, (6,) * 28
TUNES: dict[str, Tune] = {
    "bossa 132": Tune("bossa", _FOURS, 132, hums=True),
    "one drop 76": Tune("one drop", (4,) * 14, 76),
    "one drop 140": Tune("one drop", _FOURS, 140, seed=2),
    "skank 84": Tune("skank", (4,) * 14, 84, hums=True),
    "four on the floor 122": Tune("four on the floor", _FOURS, 122),
    "backbeat 98": Tune("backbeat", (4,) * 16, 98, hums=True),
    "backbeat 172": Tune("backbeat", (4,) * 28, 172),
    "half time 140": Tune("half time", _FOURS, 140),
    "half time 75": Tune("half time", (4,) * 14, 75, hums=True),
    "syncopated 104": Tune("syncopated", (4,) * 18, 104),
    "ride 160": Tune("ride", (4,) * 24, 160, swing=0.66),
    "ride 96, loose": Tune("ride", (4,) * 16, 96, swing=0.63, loose_s=0.015),
    "picked 92": Tune("picked", (4,) * 16, 92),
    "picked 118, hummed": Tune("picked", _FOURS, 118, hums=True),
    "strummed 128": Tune("strummed", _FOURS, 128, hums=True),
    "hymn 80": Tune("hymn", (4,) * 14, 80),
    "march 112": Tune("march", (2,) * 36, 112),
    "oompah 144": Tune("oompah", (3,) * 32, 144),
    "waltz, drums 96": Tune("waltz, drums", (3,) * 22, 96, hums=True),
    "waltz, drums 174": Tune("waltz, drums", (3,) * 36, 174),
    "jig 116": Tune("jig", (6,) * 36, 116),
    "slow six 54": Tune("slow six", (6,) * 20, 54, hums=True),
    "arpeggio in six 66": Tune("arpeggio in six", (6,) * 22, 66),
    "ramp 90-126, picked": Tune("picked", _FOURS, changing(90, 80, "ramp")),
    "ramp 104-146, backbeat": Tune("backbeat", _FOURS, changing(104, 80, "ramp")),
    "slowing 140-91, strummed": Tune("strummed", _FOURS, changing(140, 80, "slowing")),
    "step 92-120, bossa": Tune("bossa", _FOURS, changing(92, 80, "step")),
    "step 120-156, waltz": Tune("waltz, drums", (3,) * 28, changing(120, 84, "step")),
    "rubato 84, picked": Tune("picked", (4,) * 16, changing(84, 64, "rubato"), hums=True),
    "rubato 72, hymn": Tune("hymn", (4,) * 14, changing(72, 56, "rubato")),
    "breathing 100, strummed": Tune("strummed", (4,) * 18, changing(100, 72, "breathing"), hums=True),
    "metre 4 then 3": Tune("backbeat | waltz, drums", (4,) * 12 + (3,) * 14, 110),
    "metre 3 then 4, picked": Tune("oompah | picked", (3,) * 16 + (4,) * 12, 116),
}
