"""Beats and bars by ear on songs whose grid is known: python benchmarks/beats.py [word in a name …].

A row a song: F of beats and of downbeats (within 70 ms; the first five seconds count too), the median
distance of the beats found from the nearest true one, and CPU seconds a minute of song; beside them what
librosa's tracker reaches as it comes. Songs of the embedded band and singer, and synthesised ones; then
tunes of another synthesis, of which nothing was heard in fitting. At the end, what the confidence is worth.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import librosa
import numpy as np
import soundfile
from numpy.typing import NDArray
from other_band import TUNES, Tune, play

from storyboard.generators.mix import mix
from storyboard.generators.music.band import Band
from storyboard.generators.seams import SongRequest
from storyboard.generators.voice.singer import Singer
from storyboard.schema.progress import ignore
from storyboard.schema.song import Song
from storyboard.sync.beats import RATE_HZ, at_rate, track

Floats = NDArray[np.float32]
Times = NDArray[np.float64]
NEAR_S = 0.07
LINES = ["I saw your name come up in blue", "A little heart beneath the view"]


@dataclass(frozen=True)
class Known:
    """A song at RATE_HZ and its grid in seconds."""

    sound: Floats
    beats_s: Times
    downbeats_s: Times
    metre: int


@dataclass(frozen=True)
class Case:
    """A song to render."""

    name: str
    render: Callable[[], Known]


def of_band(
    genre: str, tempo_bpm: float, metre: str, *, seed: int = 3, key: str = "D major", sung: bool = False
) -> Known:
    """Play a song by the embedded band, sung or not."""
    sections = [
        {"kind": "intro", "bars": 4},
        {"kind": "verse", "lines": LINES if sung else [], "bars": 8},
        {"kind": "chorus", "lines": LINES[:1] if sung else [], "bars": 8},
        {"kind": "outro", "bars": 2},
    ]
    song = Song.model_validate(
        {"title": "Benchmark", "genre": genre, "tempo_bpm": tempo_bpm, "time_signature": metre, "key": key,
         "sections": sections}
    )  # fmt: skip
    request = SongRequest(song=song, seed=seed)
    with tempfile.TemporaryDirectory() as folder:
        band, voice, out = (Path(folder) / f"{name}.wav" for name in ("band", "voice", "mix"))
        take = Band().play(request, band, ignore)
        if sung:
            Singer().sing(request, voice, ignore)
            mix(voice, band, out)
        samples, rate_hz = soundfile.read(out if sung else band, dtype="float32", always_2d=True)
    beats_per_bar = {"2/4": 2, "3/4": 3, "4/4": 4, "6/8": 6}[metre]
    return Known(
        at_rate(samples.mean(axis=1), rate_hz),
        np.array(take.beats_s),
        np.array(take.downbeats_s),
        beats_per_bar,
    )


def bends(beat: Times, shape: str) -> Times:
    """Return the tempo at each beat over that of the first, for a shape of tempo change."""
    ways: dict[str, Callable[[], Times]] = {
        "": lambda: np.ones(len(beat)),
        "ramp": lambda: 1 + 0.35 * beat / beat[-1],
        "slowing": lambda: 1 - 0.3 * beat / beat[-1],
        "step": lambda: np.where(beat < len(beat) / 2, 1.0, 1.25),
        "rubato": lambda: 1 + 0.10 * np.sin(beat / 3.1) + 0.04 * np.sin(beat / 1.3),
        "drift": lambda: 1 + 0.04 * np.sin(beat / 12),
    }
    return ways[shape]()


def synthesised(
    tempo_bpm: float,
    metres: Sequence[int] = (4,) * 20,
    *,
    shape: str = "",
    swing: float = 0.5,
    loose_s: float = 0.0,
    parts: str = "drums bass chords",
    seed: int = 0,
) -> Known:
    """Play bars of these metres: drums with a backbeat, a bass and chords that change with the bars."""
    rng = np.random.default_rng(seed)
    place = np.concatenate([np.arange(beats if beats != 6 else 2) for beats in metres])
    metre = np.concatenate([np.full(beats if beats != 6 else 2, beats) for beats in metres])
    bar = np.cumsum(place == 0) - 1
    beats_s = 0.4 + np.concatenate(
        [[0], np.cumsum(60 / tempo_bpm / bends(np.arange(len(place) + 0.0), shape))]
    )
    track_ = 1e-4 * rng.standard_normal(round((beats_s[-1] + 1.5) * RATE_HZ))
    roots = rng.choice([0, 5, 7, 9], bar[-1] + 1)
    for beat, (start_s, end_s) in enumerate(pairwise(beats_s)):
        for name, sound in played(place[beat], int(metre[beat]), int(roots[bar[beat]]), swing, rng):
            kind, part = name.split()
            if kind in parts:
                at_s = start_s + float(part) * (end_s - start_s) + rng.normal(0, loose_s)
                first = max(0, round(at_s * RATE_HZ))
                track_[first : first + len(sound)] += sound[: len(track_) - first]
    sound = np.asarray(0.3 * track_ / np.abs(track_).max(), np.float32)
    return Known(sound, beats_s[:-1], beats_s[:-1][place == 0], int(metre[0]))


def played(
    place: int, metre: int, root: int, swing: float, rng: np.random.Generator
) -> Iterator[tuple[str, Times]]:
    """Yield what is played in a beat: its part, when in the beat, and the sound."""
    kick, snare, hat = (
        stroke(55, 18, 0.1, rng),
        0.5 * stroke(190, 25, 1.5, rng),
        0.12 * stroke(0, 70, 1.0, rng),
    )
    backbeat = place % 2 == 1 if metre != 3 else False
    yield "drums 0", snare if backbeat else kick if place % 2 == 0 and (metre != 3 or place == 0) else hat
    if metre == 3 and place:
        yield "drums 0", 0.5 * snare
    halves = (1 / 3, 2 / 3) if metre == 6 else (swing,)
    for part in (0, *halves):
        yield f"drums {part}", hat
    if metre != 6 and rng.random() < 0.3 and place in (1, 2):
        yield f"drums {swing}", 0.6 * kick
    strong = place == 0
    if strong or (metre in (4, 6) and place % 2 == 0) or rng.random() < 0.25:
        yield "bass 0", 0.5 * tone(33 + root + (0 if strong else 7), 3.0)
    for part in (0, *halves):
        if part == 0 or rng.random() < 0.6:
            loud = 0.22 if part == 0 else 0.12
            for step in (0, 4, 7) if part == 0 else (int(rng.choice([0, 4, 7, 12])),):
                yield f"chords {part}", loud * tone(57 + root + step, 4.0)


def stroke(hz: float, fall: float, rustle: float, rng: np.random.Generator) -> Times:
    """Return a drum: a falling tone and noise."""
    time_s = np.arange(round(0.25 * RATE_HZ)) / RATE_HZ
    body = np.sin(2 * np.pi * hz * time_s) if hz else np.zeros(len(time_s))
    return np.asarray((body + 0.3 * rustle * rng.standard_normal(len(time_s))) * np.exp(-fall * time_s))


def tone(midi: float, fall: float) -> Times:
    """Return a plucked tone."""
    time_s = np.arange(round(0.7 * RATE_HZ)) / RATE_HZ
    hz = 440 * 2 ** ((midi - 69) / 12)
    partials = sum(np.sin(2 * np.pi * hz * n * time_s) / n**1.5 for n in range(1, 6))
    return np.asarray(partials * np.exp(-fall * time_s) * np.minimum(1, time_s / 0.004))


CASES = [
    *(
        Case(f"{genre} {bpm} {metre}", partial(of_band, genre, bpm, metre))
        for genre, bpm, metre in (
            ("pop", 112, "4/4"), ("rock", 168, "4/4"), ("rock", 128, "4/4"), ("electronic", 124, "4/4"),
            ("hip-hop", 88, "4/4"), ("ballad", 72, "4/4"), ("folk", 104, "4/4"), ("reggae", 76, "4/4"),
            ("r&b", 92, "4/4"), ("latin", 100, "4/4"), ("jazz", 132, "4/4"), ("country", 150, "4/4"),
            ("funk", 105, "4/4"), ("metal", 180, "4/4"), ("march", 116, "2/4"), ("waltz", 150, "3/4"),
            ("waltz", 100, "3/4"), ("pop", 120, "3/4"), ("folk", 138, "3/4"), ("ballad", 56, "6/8"),
            ("rock", 70, "6/8"), ("folk", 96, "6/8"),
        )
    ),
    *(
        Case(f"{genre} {bpm} {metre} sung", partial(of_band, genre, bpm, metre, sung=True))
        for genre, bpm, metre in (
            ("pop", 104, "4/4"), ("rock", 140, "4/4"), ("waltz", 126, "3/4"), ("folk", 62, "6/8"),
        )
    ),
    Case("steady 168", partial(synthesised, 168, (4,) * 28)),
    Case("steady 66", partial(synthesised, 66, (4,) * 12)),
    Case("waltz 150", partial(synthesised, 150, (3,) * 32)),
    Case("six-eight 72", partial(synthesised, 72, (6,) * 24)),
    Case("two-four 120", partial(synthesised, 120, (2,) * 36)),
    Case("ramp 100-135", partial(synthesised, 100, (4,) * 24, shape="ramp")),
    Case("slowing 120-84", partial(synthesised, 120, (4,) * 20, shape="slowing")),
    Case("step 100-125", partial(synthesised, 100, (4,) * 22, shape="step")),
    Case("swing 126", partial(synthesised, 126, (4,) * 22, swing=0.667)),
    Case("drift 110, loose", partial(synthesised, 110, (4,) * 20, shape="drift", loose_s=0.008)),
    Case("rubato 90, no drums", partial(synthesised, 90, (4,) * 16, shape="rubato", parts="bass chords")),
    Case("no drums 96", partial(synthesised, 96, (4,) * 18, parts="bass chords")),
    Case("chords alone 104", partial(synthesised, 104, (4,) * 18, parts="chords")),
    Case("drums alone 116", partial(synthesised, 116, (4,) * 20, parts="drums")),
    Case("metre 4 then 3", partial(synthesised, 112, (4,) * 12 + (3,) * 14)),
]  # fmt: skip


def of_other_band(tune: Tune) -> Known:
    """Play a tune by the second band."""
    return Known(*play(tune), max(tune.metres, key=tune.metres.count))


OTHERS = [Case(name, partial(of_other_band, tune)) for name, tune in TUNES.items()]


def matched_f(found_s: Sequence[float] | Times, true_s: Times) -> float:
    """Return the F-measure of one-to-one matches within 70 ms (Davies et al., 2009)."""
    hits = at = 0
    for beat_s in found_s:
        while at < len(true_s) and true_s[at] < beat_s - NEAR_S:
            at += 1
        if at < len(true_s) and abs(true_s[at] - beat_s) <= NEAR_S:
            hits, at = hits + 1, at + 1
    return 2 * hits / max(1, len(found_s) + len(true_s))


def off_ms(found_s: Sequence[float] | Times, true_s: Times) -> float:
    """Return the median distance of what was found from the nearest true beat."""
    if not len(found_s):
        return float("nan")
    return 1000 * float(np.median(np.abs(np.asarray(found_s)[:, None] - true_s[None, :]).min(axis=1)))


def plain_librosa(sound: Floats) -> Times:
    """Return librosa's beats as they come."""
    return np.asarray(librosa.beat.beat_track(y=sound, sr=RATE_HZ, units="time")[1])


def share_near(found_s: Sequence[float] | Times, true_s: Times) -> float:
    """Return the share of the beats found that lie within 70 ms of a true one; NaN of none."""
    near = [np.abs(true_s - beat_s).min() <= NEAR_S for beat_s in found_s]
    return float(np.mean(near)) if near else float("nan")


ROW = "{:26}{:>7}{:>7}{:>7}{:>7}{:>9}{:>7}{:>7}{:>9}{:>9}{:>9}"


def row(name: str, song: Known) -> list[float]:
    """Print a song's row; return its figures."""
    began = time.process_time()
    heard = track(song.sound, RATE_HZ)
    cpu_s = (time.process_time() - began) / (len(song.sound) / RATE_HZ / 60)
    plain = plain_librosa(song.sound)
    beats = heard.beats_s if heard else []
    downbeats = heard.downbeats_s if heard else []
    figures = [matched_f(beats, song.beats_s), matched_f(downbeats, song.downbeats_s),
               off_ms(beats, song.beats_s), cpu_s,
               matched_f(plain, song.beats_s), off_ms(plain, song.beats_s)]  # fmt: skip
    told = ("-", "-", "-")
    if heard:
        told = (f"{heard.tempo_bpm:.0f}", f"{heard.beats_per_bar}", f"{heard.confidence:.2f}")
    steady = "steady" if heard and heard.is_steady else ""
    print(ROW.format(name, *(f"{figure:.2f}" for figure in figures[:2]), f"{figures[2]:.1f}", told[0],
                     f"{told[1]} of {song.metre}", told[2], f"{cpu_s:.1f}", steady, f"{figures[4]:.2f}",
                     f"{figures[5]:.1f}"), flush=True)  # fmt: skip
    return [*figures, heard.confidence if heard else float("nan"), share_near(beats, song.beats_s)]


def rows(title: str, cases: Sequence[Case], words: Sequence[str]) -> list[list[float]]:
    """Print the rows of songs whose names have one of the words, and their mean; return their figures."""
    print(f"\n{title}")
    found = [
        row(each.name, each.render()) for each in cases if not words or any(w in each.name for w in words)
    ]
    if found:
        means = np.nanmean(np.array(found), axis=0)
        print(ROW.format("mean", f"{means[0]:.2f}", f"{means[1]:.2f}", f"{means[2]:.1f}", "", "", "",
                         f"{means[3]:.1f}", "", f"{means[4]:.2f}", f"{means[5]:.1f}"))  # fmt: skip
    return found


def main() -> None:
    print(ROW.format("", "beats", "down", "ms", "bpm", "metre", "sure", "cpu", "", "librosa", "ms"))
    track(np.zeros(RATE_HZ, np.float32), RATE_HZ), plain_librosa(CASES[-1].render().sound)  # warm up
    words = sys.argv[1:]
    found = [*rows("band, singer, plain synthesis", CASES, words), *rows("other synthesis", OTHERS, words)]
    sure, near = np.array(found)[:, -2:].T
    print("\nshare of beats within 70 ms, by confidence")
    for low, high in pairwise((0.2, 0.4, 0.6, 0.8, 1.01)):
        inside = (sure >= low) & (sure < high)
        if inside.any():
            print(f"{low:.1f} to {min(high, 1):.1f}: {near[inside].mean():.2f} ({inside.sum()} songs)")


if __name__ == "__main__":
    main()
