"""Fit the weights of sync/beats on rendered songs: python benchmarks/fit_beats.py > sync/beats/weights.py.

The songs are not those of benchmarks/beats.py: other tempi, keys and seeds, and each also as it sounds
through a dull or a roomy loudspeaker or a compressor. Needs scikit-learn, which librosa installs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from beats import Case, Known, of_band, synthesised
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d
from scipy.signal import butter, fftconvolve, sosfilt
from sklearn.linear_model import LogisticRegression

from storyboard.sync.beats.evidence import BEATS_OF, PLACES, bar_terms, beat_terms
from storyboard.sync.beats.strokes import FRAME_S, N_FEATURES, RATE_HZ, Floats, features_of

Times = NDArray[np.float64]
BAND = [
    ("pop", 96, "4/4", 1, "C major"), ("rock", 150, "4/4", 2, "A minor"), ("rock", 104, "4/4", 5, "E minor"),
    ("electronic", 132, "4/4", 1, "F major"), ("hip-hop", 80, "4/4", 1, "D minor"),
    ("ballad", 64, "4/4", 1, "G major"), ("folk", 118, "4/4", 1, "C major"),
    ("reggae", 84, "4/4", 1, "A minor"), ("soul", 108, "4/4", 1, "Bb major"),
    ("latin", 112, "4/4", 1, "E minor"), ("jazz", 160, "4/4", 1, "F major"),
    ("country", 120, "4/4", 1, "G major"), ("punk", 190, "4/4", 1, "G major"),
    ("polka", 110, "2/4", 1, "C major"), ("waltz", 165, "3/4", 1, "C major"),
    ("waltz", 120, "3/4", 1, "A minor"), ("rock", 108, "3/4", 1, "C major"),
    ("ballad", 90, "3/4", 1, "F major"), ("pop", 64, "6/8", 1, "C major"),
    ("ballad", 50, "6/8", 1, "E minor"), ("country", 80, "6/8", 1, "C major"),
    ("jazz", 105, "3/4", 1, "C major"), ("soul", 60, "6/8", 1, "G major"),
    ("reggae", 70, "4/4", 2, "C major"), ("reggae", 92, "4/4", 4, "G minor"),
    ("metal", 165, "4/4", 1, "E minor"),
    ("folk", 74, "6/8", 2, "G major"), ("rock", 62, "6/8", 2, "A minor"), ("ballad", 61, "6/8", 2, "C major"),
]  # fmt: skip
PLAIN = [
    partial(synthesised, 178, (4,) * 26), partial(synthesised, 58, (4,) * 10),
    partial(synthesised, 92, (4,) * 14), partial(synthesised, 170, (3,) * 30),
    partial(synthesised, 110, (3,) * 24), partial(synthesised, 60, (6,) * 20),
    partial(synthesised, 100, (2,) * 30), partial(synthesised, 110, (4,) * 18, swing=0.667),
    partial(synthesised, 80, (4,) * 14, shape="rubato", parts="bass chords"),
    partial(synthesised, 120, (4,) * 20, parts="bass chords"),
    partial(synthesised, 84, (4,) * 14, parts="chords"),
    partial(synthesised, 100, (4,) * 16, parts="drums"),
    partial(synthesised, 130, (3,) * 24, parts="bass chords"),
    partial(synthesised, 80, (4,) * 18, shape="ramp"),
]  # fmt: skip


def metronome(tempo_bpm: float, metre: int, hz: float, soft: float = 0.4) -> Known:
    """Play clicks, softer ones after the first of each bar; of 6, faint ones a third of a beat apart."""
    beats_per_bar, divisions = BEATS_OF[metre], 3 if metre == 6 else 1
    clicks_s = 0.3 + np.arange(round(36 * tempo_bpm / 60) * divisions) * 60 / tempo_bpm / divisions
    sound = 1e-5 * np.random.default_rng(1).standard_normal(round((clicks_s[-1] + 0.6) * RATE_HZ))
    time_s = np.arange(900) / RATE_HZ
    click = np.sin(2 * np.pi * hz * time_s) * np.exp(-120 * time_s)
    for number, click_s in enumerate(clicks_s):
        at, beat = round(click_s * RATE_HZ), number / divisions
        loud = 1.0 if beat % beats_per_bar == 0 else soft if beat % 1 == 0 else 0.3 * soft
        sound[at : at + len(click)] += 0.5 * loud * click
    beats_s = clicks_s[::divisions]
    return Known(sound.astype(np.float32), beats_s, beats_s[::beats_per_bar], metre)


SONGS = [
    *(
        Case(genre, partial(of_band, genre, bpm, metre, seed=seed, key=key))
        for genre, bpm, metre, seed, key in BAND
    ),
    *(Case("plain", partial(play, seed=11 + number)) for number, play in enumerate(PLAIN)),
    *(
        Case("even", partial(metronome, bpm, 4, hz, soft=1.0))
        for bpm, hz in ((75, 90), (102, 70), (132, 2000))
    ),
    *(
        Case("metronome", partial(metronome, bpm, metre, hz))
        for bpm, metre, hz in (
            (110, 4, 3000),
            (125, 4, 3800),
            (70, 4, 2500),
            (80, 4, 900),
            (130, 4, 150),
            (90, 4, 5000),
            (115, 3, 1500),
            (140, 3, 200),
            (100, 2, 2000),
            (72, 6, 1200),
        )
    ),
    Case("sung", partial(of_band, "pop", 90, "4/4", seed=9, key="F major", sung=True)),
    Case("sung", partial(of_band, "rock", 160, "4/4", seed=9, key="A major", sung=True)),
]


def dull(sound: Floats, rng: np.random.Generator) -> Floats:
    """Cut the highs and add noise."""
    low = sosfilt(butter(2, 5000, fs=RATE_HZ, output="sos"), sound)
    return np.asarray(low + 0.06 * low.std() * rng.standard_normal(len(low)), np.float32)


def roomy(sound: Floats, rng: np.random.Generator) -> Floats:
    """Cut the lows and add a room."""
    time_s = np.arange(round(0.8 * RATE_HZ)) / RATE_HZ
    room = 0.06 * rng.standard_normal(len(time_s)) * np.exp(-7 * time_s)
    room[0] = 1
    wet = fftconvolve(sound, room)[: len(sound)]
    return np.asarray(sosfilt(butter(2, 110, "high", fs=RATE_HZ, output="sos"), wet), np.float32)


def squashed(sound: Floats, rng: np.random.Generator) -> Floats:
    """Make loud and soft alike."""
    level = np.sqrt(uniform_filter1d(sound.astype(np.float64) ** 2, round(0.03 * RATE_HZ)) + 1e-8)
    return np.asarray(sound / level**0.6, np.float32)


WORSE: list[Callable[[Floats, np.random.Generator], Floats]] = [dull, roomy, squashed]


class Examples:
    """Beats and what is none, with what is heard there, and how much each counts."""

    def __init__(self) -> None:
        self.beat: list[tuple[Floats, Times, Times]] = []
        self.place: list[tuple[Floats, Times, Times]] = []

    def add(self, sound: Floats, known: Known, rng: np.random.Generator) -> None:
        """Take the beats of a song, and the same moments with wrong lengths, and others."""
        features = features_of(sound)
        frames = known.beats_s / FRAME_S + 0.25
        lengths = np.gradient(frames)
        self._add(features, frames, lengths, 1, 1 / len(frames))
        wrong = self._wrong(frames, lengths, rng)
        for at, length in wrong:
            self._add(features, at, length, 0, 2 / len(frames) / len(wrong))
        starts = np.array([np.abs(known.downbeats_s - beat).min() < 0.01 for beat in known.beats_s])
        number = np.arange(len(starts))
        place = number - np.maximum.accumulate(np.where(starts, number, 0))
        places = np.array([PLACES.index((known.metre, each)) for each in place])
        inside = (frames > lengths) & (frames + 2 * lengths < len(features))
        terms = bar_terms(features, frames, lengths)
        self.place.append((terms[inside], places[inside], np.full(inside.sum(), 1 / len(frames))))

    def _wrong(self, at: Times, length: Times, rng: np.random.Generator) -> list[tuple[Times, Times]]:
        """Return beats of the tempi next in kin, off-beats, and moments and lengths by chance."""
        kin = [(0, 2), (1 / 2, 1), (0, 1 / 2), (1 / 2, 1 / 2), (0, 2 / 3), (0, 3 / 2), (1 / 4, 1), (1 / 2, 2),
               (0, 1 / 3), (0, 3), (1 / 3, 1 / 3), (1 / 3, 1)]  # fmt: skip
        size = len(at)
        return [
            *((at + part * length, times * length) for part, times in kin),
            (at + rng.uniform(0.1, 0.9, size) * length, length),
            (at + rng.uniform(0.1, 0.9, size) * length, length * rng.uniform(0.5, 2, size)),
            (at, length * rng.uniform(0.6, 0.95, size)),
            (at, length * rng.uniform(1.05, 1.7, size)),
            (at + 3 * rng.choice([-1, 1], size), length),
        ]

    def _add(self, features: Floats, at: Times, length: Times, truth: int, weight: float) -> None:
        fits = (at > 0) & (at + length < len(features)) & (length > 20) & (length < 135)
        terms = beat_terms(features, at[fits], length[fits])
        self.beat.append((terms, np.full(fits.sum(), truth), np.full(fits.sum(), weight)))


def main() -> None:
    rng, examples = np.random.default_rng(0), Examples()
    for number, case in enumerate(SONGS):
        known = case.render()
        for sound in (known.sound, *(WORSE[(number + turn) % 3](known.sound, rng) for turn in (0, 1))):
            examples.add(sound, known, rng)
    terms, truth, weights = (np.concatenate(part) for part in zip(*examples.beat, strict=True))
    beat = LogisticRegression(C=0.05, max_iter=500).fit(terms, truth, weights / weights.mean())
    terms, places, weights = (np.concatenate(part) for part in zip(*examples.place, strict=True))
    weights /= np.bincount(places, weights, minlength=len(PLACES))[places]
    bar = LogisticRegression(C=0.04, max_iter=500).fit(terms, places, weights / weights.mean())
    print_weights(beat.coef_[0], float(beat.intercept_[0]), bar.coef_, bar.intercept_)


def print_weights(beat: Times, beat_bias: float, bar: Times, bar_bias: Times) -> None:
    """Print the module that holds the weights."""
    print('"""What features say of beats and bars, fitted by benchmarks/fit_beats.py: not to be edited."""\n')
    print("# fmt: off")
    print(f"BEAT_BIAS = {beat_bias:.2f}")
    print(f"TEMPO = {numbers(beat[-2:])}")
    print("BEAT = (")
    for part in beat[:-2].reshape(-1, N_FEATURES):
        print(f"    {numbers(part)},")
    print(f")\nBAR_BIAS = {numbers(bar_bias)}\n# A row a feature, a number for each of PLACES.\nBAR = (")
    for part in bar.T.reshape(-1, N_FEATURES, len(PLACES)):
        print("    (")
        for feature in part:
            print(f"        {numbers(feature)},")
        print("    ),")
    print(")")


def numbers(values: Times) -> str:
    return "(" + ", ".join(f"{value:.2f}" for value in values) + ")"


if __name__ == "__main__":
    main()
