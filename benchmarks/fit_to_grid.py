"""How well music at another tempo is brought onto a song's grid: python benchmarks/fit_to_grid.py [band].

Synthesised drums of known beats are fitted to songs of other tempi and metres, and the rise of every beat
in the result is measured against the score. With `band`, songs of the embedded band are heard and fitted:
there the beats that are heard are measured against the score that was played.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.mix.sound import RATE_HZ, Sound, read
from storyboard.generators.music.band import Band
from storyboard.generators.music.on_grid import fit_to_grid
from storyboard.generators.music.on_grid.onsets import onsets_of
from storyboard.generators.music.on_grid.pulse import find_pulse
from storyboard.generators.score import Score, score_of
from storyboard.generators.seams import SongRequest
from storyboard.schema.progress import ignore
from storyboard.schema.song import Song

SOURCE_S = 45.0
TIMES_S = np.arange(round(0.25 * RATE_HZ)) / RATE_HZ


@dataclass(frozen=True)
class Case:
    """What is played, and the song that it is to fit."""

    name: str
    played_bpm: float
    song_bpm: float
    metre: str = "4/4"
    drift: float = 0.0
    loose_s: float = 0.0
    noise: float = 0.0


CASES = [
    Case("as asked", 112, 112),
    Case("slower", 97, 112),
    Case("faster", 124, 112),
    Case("much faster", 140, 112),
    Case("half time", 61, 118),
    Case("double time", 180, 92),
    Case("waltz", 97, 112, "3/4"),
    Case("drifting 3 %", 100, 104, drift=0.03),
    Case("loose 10 ms", 97, 112, loose_s=0.010),
    Case("in noise", 97, 112, noise=0.05),
]
BAND = [
    ("pop", 112, 104, "4/4"), ("rock", 97, 112, "4/4"), ("ballad", 70, 80, "4/4"), ("jazz", 130, 112, "4/4"),
    ("reggae", 80, 92, "4/4"), ("hip-hop", 88, 97, "4/4"), ("electronic", 124, 120, "4/4"),
    ("waltz", 100, 120, "3/4"), ("folk", 110, 96, "6/8"), ("latin", 100, 110, "4/4"), ("r&b", 78, 84, "4/4"),
    ("country", 104, 96, "4/4"), ("funk", 105, 100, "4/4"),
]  # fmt: skip


def score(tempo_bpm: float, metre: str, genre: str = "pop", bars: int = 16) -> tuple[Song, Score]:
    song = Song.model_validate(
        {"title": "Benchmark", "genre": genre, "tempo_bpm": tempo_bpm, "time_signature": metre,
         "key": "C major", "sections": [{"kind": "verse", "bars": bars}]}
    )  # fmt: skip
    return song, score_of(song)


def drums(case: Case, beats_per_bar: int) -> Sound:
    rng = np.random.default_rng(0)
    number = np.arange(int(SOURCE_S * case.played_bpm / 60))
    beats_s = 0.37 + np.cumsum(60 / (case.played_bpm * (1 + case.drift * np.sin(number / 12))))
    beats_s += rng.normal(0, case.loose_s, len(beats_s))
    kick = np.sin(2 * np.pi * 55 * TIMES_S) * np.exp(-TIMES_S * 18)
    snare = rng.normal(0, 0.4, len(TIMES_S)) * np.exp(-TIMES_S * 30)
    hat = np.diff(rng.normal(0, 0.1, len(TIMES_S) + 1)) * np.exp(-TIMES_S * 80)
    track = case.noise * rng.normal(0, 1, round((beats_s[-1] + 1) * RATE_HZ))
    for beat, at_s in enumerate(beats_s):
        played = [(snare if beat % beats_per_bar else kick, at_s), (hat, at_s)]
        for sound, when_s in [*played, (hat, at_s + 30 / case.played_bpm)]:
            first = round(when_s * RATE_HZ)
            track[first : first + len(sound)] += 0.5 * sound[: len(track) - first]
    return np.stack([track, track]).astype(np.float32)


def rises_s(sound: Sound, grid: Score) -> NDArray[np.float64]:
    """How far from every beat the sound rises to half of what it reaches within 90 ms."""
    level = np.convolve(np.abs(np.diff(sound[0])), np.ones(96) / 96, "same")
    found = []
    for beat in range(1, grid.n_beats - grid.beats_per_bar):
        first = round((grid.beat_s(beat) - 0.09) * RATE_HZ)
        near = level[first : first + round(0.18 * RATE_HZ)]
        found.append(int(np.argmax(near > near.max() / 2)) / RATE_HZ - 0.09)
    return np.array(found)


def show_drums() -> None:
    print(f"{'drums':14}{'played':>8}{'heard':>8}{'song':>6}{'evidence':>10}{'hit':>6}"
          f"{'median ms':>11}{'p95 ms':>8}{'max ms':>8}{'seconds':>9}")  # fmt: skip
    for case in CASES:
        _, grid = score(case.song_bpm, case.metre)
        sound = drums(case, grid.beats_per_bar)
        start_s = time.perf_counter()
        fitted = fit_to_grid(sound, grid)
        took_s = time.perf_counter() - start_s
        off_ms = 1000 * rises_s(fitted.sound, grid)
        print(
            f"{case.name:14}{case.played_bpm:8.0f}{fitted.tempo_bpm or 0:8.1f}{case.song_bpm:6.0f}"
            f"{fitted.evidence:10.2f}{fitted.hit:6.0%}{np.median(off_ms):11.1f}"
            f"{np.percentile(np.abs(off_ms), 95):8.1f}{np.abs(off_ms).max():8.1f}{took_s:9.2f}"
        )


def show_band() -> None:
    print(f"\n{'band':14}{'played':>8}{'heard':>8}{'song':>6}{'evidence':>10}{'hit':>6}"
          f"{'median ms':>11}{'p95 ms':>8}{'downbeat':>10}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "band.wav"
        for genre, played_bpm, song_bpm, metre in BAND:
            song, played = score(played_bpm, metre, genre)
            Band().play(SongRequest(song=song, seed=1), out, ignore)
            sound = np.pad(read(out, 2), ((0, 0), (RATE_HZ // 2, 0)))
            heard = find_pulse(onsets_of(sound), song_bpm, played.beats_per_bar)
            assert heard is not None
            true_s = 0.5 + np.array([played.beat_s(beat) for beat in range(played.n_beats)])
            off_ms = 1000 * np.abs(heard.beats_s[:, None] - true_s[None, :]).min(axis=1)
            first = int(np.abs(true_s - heard.beats_s[heard.first_downbeat]).argmin()) % played.beats_per_bar
            fitted = fit_to_grid(sound, score(song_bpm, metre)[1])
            print(
                f"{genre:14}{played_bpm:8.0f}{heard.tempo_bpm:8.1f}{song_bpm:6.0f}{heard.evidence:10.2f}"
                f"{fitted.hit:6.0%}{np.median(off_ms):11.1f}{np.percentile(off_ms, 95):8.1f}"
                f"{'right' if first == 0 else f'beat {first + 1}':>10}"
            )


if __name__ == "__main__":
    show_drums()
    if "band" in sys.argv[1:]:
        show_band()
