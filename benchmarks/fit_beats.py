"""Fit the weights of sync/beats on rendered songs: python benchmarks/fit_beats.py [songs of chance].

The songs are not those of benchmarks/beats.py: a band of chance plays most of them, the embedded band and
plain synthesis in other tempi, keys and seeds the rest, and those also as they sound through a dull or a
roomy loudspeaker or a compressor. Writes sync/beats/weights.npz. Needs torch.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import torch
from beats import Case, Known, of_band, stroke, synthesised
from chance_band import chance_song
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d
from scipy.signal import butter, fftconvolve, sosfilt
from torch import nn

import storyboard.sync.beats
from storyboard.sync.beats.evidence import (
    BAR_PARTS,
    BEAT_PARTS,
    BEATS_OF,
    PLACES,
    song_terms,
    tempo_terms,
    terms,
)  # fmt: skip
from storyboard.sync.beats.strokes import FRAME_S, RATE_HZ, Floats, features_of

Times = NDArray[np.float64]
N_CHANCE = 700
BEAT_UNITS, BAR_UNITS = 32, 48
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
    *(partial(synthesised, bpm, (4,) * (bpm // 6)) for bpm in (57, 61, 64, 69, 73, 77, 83)),
    *(partial(synthesised, bpm, (4,) * (bpm // 6), parts="drums chords") for bpm in (59, 67, 75, 81)),
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


def pulse(tempo_bpm: float, soft: float, seed: int) -> Known:
    """Play the same stroke on every beat, and soft ticks between them: four beats a bar, when unsure."""
    rng = np.random.default_rng(seed)
    beats_s = 0.3 + np.arange(round(34 * tempo_bpm / 60)) * 60 / tempo_bpm
    sound = 1e-4 * rng.standard_normal(round((beats_s[-1] + 0.8) * RATE_HZ))
    strong = stroke(rng.uniform(50, 90), rng.uniform(15, 35), rng.uniform(0.1, 1.5), rng)
    tick = soft * stroke(0, 70, 1.0, rng)
    for beat_s in beats_s:
        for note, at_s in ((strong, beat_s), (tick, beat_s + 30 / tempo_bpm)):
            first = round(at_s * RATE_HZ)
            sound[first : first + len(note)] += note[: len(sound) - first]
    return Known((0.3 * sound / np.abs(sound).max()).astype(np.float32), beats_s, beats_s[::4], 4)


CLICKS = [(110, 4, 3000), (125, 4, 3800), (70, 4, 2500), (80, 4, 900), (130, 4, 150), (90, 4, 5000),
          (115, 3, 1500), (140, 3, 200), (100, 2, 2000), (72, 6, 1200)]  # fmt: skip
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
    *(Case("metronome", partial(metronome, bpm, metre, hz)) for bpm, metre, hz in CLICKS),
    *(
        Case("pulse", partial(pulse, bpm, soft, seed))
        for seed, (bpm, soft) in enumerate(
            ((62, 0.02), (68, 0.1), (78, 0.02), (88, 0.05), (96, 0.02), (106, 0.1), (118, 0.02), (126, 0.05),
             (138, 0.02), (150, 0.02))
        )
    ),
    Case("sung", partial(of_band, "pop", 90, "4/4", seed=9, key="F major", sung=True)),
    Case("sung", partial(of_band, "rock", 160, "4/4", seed=9, key="A major", sung=True)),
]  # fmt: skip


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


def heard(n_chance: int) -> Iterator[tuple[Floats, Known]]:
    """Yield the features of every song, and what is known of it."""
    rng = np.random.default_rng(0)
    for seed in range(n_chance):
        known = chance_song(seed)
        yield features_of(known.sound), known
    for number, case in enumerate(SONGS):
        known = case.render()
        for sound in (known.sound, *(WORSE[(number + turn) % 3](known.sound, rng) for turn in (0, 1))):
            yield features_of(sound), known


class Examples:
    """Beats and what is none, with what is heard there, and how much each counts."""

    def __init__(self) -> None:
        self.beat: list[tuple[Floats, Floats, Floats]] = []
        self.place: list[tuple[Floats, NDArray[np.int64], Floats]] = []
        self._rng = np.random.default_rng(0)

    def add(self, features: Floats, known: Known) -> None:
        """Take the beats of a song, and some of the same moments with wrong lengths, and others."""
        whole = song_terms(features)
        frames = known.beats_s / FRAME_S + 0.25
        lengths = np.gradient(frames)
        self._add(features, whole, frames, lengths, 1, 1 / len(frames))
        wrong = self._wrong(frames, lengths)
        for at, length in wrong:
            some = self._rng.random(len(at)) < 0.2
            self._add(features, whole, at[some], length[some], 0, 4 / len(frames) / len(wrong))
        starts = np.array([np.abs(known.downbeats_s - beat).min() < 0.01 for beat in known.beats_s])
        number = np.arange(len(starts))
        place = number - np.maximum.accumulate(np.where(starts, number, 0))
        places = np.array([PLACES.index((known.metre, each)) for each in place])
        around = _terms(features, whole, frames, lengths, BAR_PARTS)
        self.place.append((around, places, np.full(len(frames), 1 / len(frames), np.float32)))

    def _wrong(self, at: Times, length: Times) -> list[tuple[Times, Times]]:
        """Return beats of the tempi next in kin, off-beats, and moments and lengths by chance."""
        kin = [(0, 2), (1 / 2, 1), (0, 1 / 2), (1 / 2, 1 / 2), (0, 2 / 3), (0, 3 / 2), (1 / 4, 1), (1 / 2, 2),
               (0, 1 / 3), (0, 3), (1 / 3, 1 / 3), (1 / 3, 1), (1, 2), (2 / 3, 1), (3 / 4, 1), (0, 4 / 3),
               (0, 3 / 4)]  # fmt: skip
        rng, size = self._rng, len(at)
        return [
            *((at + part * length, times * length) for part, times in kin),
            (at + rng.uniform(0.1, 0.9, size) * length, length),
            (at + rng.uniform(0.1, 0.9, size) * length, length * rng.uniform(0.5, 2, size)),
            (at, length * rng.uniform(0.6, 0.95, size)),
            (at, length * rng.uniform(1.05, 1.7, size)),
            (at + 3 * rng.choice([-1, 1], size), length),
        ]

    def _add(
        self, features: Floats, whole: Floats, at: Times, length: Times, truth: int, weight: float
    ) -> None:
        fits = (at > 0) & (at + length < len(features)) & (length > 18) & (length < 150)
        at, length = at[fits], length[fits]
        around = np.concatenate(
            [_terms(features, whole, at, length, BEAT_PARTS), tempo_terms(length)], axis=1
        )
        counts = np.full(len(at), weight, np.float32)
        self.beat.append((around, np.full(len(at), truth, np.float32), counts))


def _terms(features: Floats, whole: Floats, at: Times, length: Times, parts: tuple[float, ...]) -> Floats:
    around = terms(features, at, length, parts)
    return np.concatenate([around, np.tile(whole, (len(at), 1))], axis=1).astype(np.float32)


def fitted(
    rows: list[tuple[Floats, NDArray[np.generic], Floats]],
    n_heard: int,
    n_units: int,
    n_out: int,
    *,
    n_rounds: int,
    decay: float,
    dropped: float,
) -> list[Floats]:
    """Return weights and biases of both layers; `n_heard` terms are left out by chance while fitting."""
    inputs, truth, counts = (np.concatenate(part) for part in zip(*rows, strict=True))
    if n_out > 1:  # places of rare metres count as much as others
        counts = counts / np.bincount(truth, counts, minlength=n_out)[truth]
    weights = torch.tensor(counts / counts.mean(), dtype=torch.float32)
    net = nn.Sequential(nn.Linear(inputs.shape[1], n_units), nn.ReLU(), nn.Linear(n_units, n_out))
    judge = nn.CrossEntropyLoss(reduction="none") if n_out > 1 else nn.BCEWithLogitsLoss(reduction="none")
    size = 2048
    adam = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=decay)
    n_steps = n_rounds * (len(truth) // size + 1)
    pace = torch.optim.lr_scheduler.OneCycleLR(adam, 3e-3, total_steps=n_steps)
    for round_ in range(n_rounds):
        order = np.random.default_rng(round_).permutation(len(truth))
        for first in range(0, len(order), size):
            some = order[first : first + size]
            terms_ = torch.tensor(inputs[some])
            kept = (torch.rand(len(some), n_heard) > dropped) / (1 - dropped)
            terms_[:, :n_heard] *= kept
            told = net(terms_)
            wrong = judge(told if n_out > 1 else told[:, 0], torch.tensor(truth[some]))
            adam.zero_grad()
            (wrong * weights[some]).mean().backward()
            adam.step()
            pace.step()
    return [each.detach().numpy() for each in net.parameters()]


def main() -> None:
    torch.manual_seed(0)
    torch.set_num_threads(1)
    examples = Examples()
    for features, known in heard(int(sys.argv[1]) if len(sys.argv) > 1 else N_CHANCE):
        examples.add(features.astype(np.float16), known)
    n_features = len(song_terms(np.zeros((1, 10), np.float32))) // 2
    beat = fitted(examples.beat, len(BEAT_PARTS) * n_features, BEAT_UNITS, 1,
                  n_rounds=14, decay=1e-2, dropped=0.1)  # fmt: skip
    bar = fitted(examples.place, len(BAR_PARTS) * n_features, BAR_UNITS, len(PLACES),
                 n_rounds=22, decay=5e-2, dropped=0.15)  # fmt: skip
    names = ("in", "b", "out", "bias")
    held = {f"beat_{name}": each for name, each in zip(names, beat, strict=True)}
    held |= {f"bar_{name}": each for name, each in zip(names, bar, strict=True)}
    held["beat_out"] = held["beat_out"][0]
    out = Path(storyboard.sync.beats.__file__).with_name("weights.npz")
    np.savez_compressed(out, **{name: each.astype(np.float16) for name, each in held.items()})


if __name__ == "__main__":
    main()
