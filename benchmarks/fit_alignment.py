"""Fit the constants of sync/align: python benchmarks/fit_alignment.py FOLDER [--cache DIR].

FOLDER is that of lyrics_alignment.py. On the separated voice of each song are sought: its own lyrics; on
three excerpts its own lines, one of them left out and foreign ones put between; and on the whole song and
a minute of it the lyrics of two others. From what is found are fitted when a word is heard to begin
(starts.py), how likely a line is sung, and how likely a word is within 0.3 s (judgement.py). All figures
that are printed are of songs that were left out of the fit, one after the other; the constants at the end
are of all songs together. DIR keeps the voices and searches (about 8 CPU minutes for six songs).
Needs scikit-learn, which librosa installs.
"""

from __future__ import annotations

import argparse
import pickle
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from lyrics_alignment import CLOSE_S, reference, reliability
from sklearn.linear_model import LogisticRegression

from storyboard.sync.align.cepstra import FRAME_S, RATE_HZ, Floats
from storyboard.sync.align.foreground import Foreground, foregrounds
from storyboard.sync.align.judgement import SUNG, Evidence, line_features, word_features
from storyboard.sync.align.pronunciation import pronunciations
from storyboard.sync.align.search import search
from storyboard.sync.align.starts import LATENCY_S, LONGEST_ONSET, OF_ONSET, heard_start_s
from storyboard.sync.song_file import read_song

Sung = tuple[str, list[float] | None]
"""A line and when its words are sung, if at all."""


@dataclass(frozen=True)
class Song:
    """A song: its voice at 16 kHz and its lines."""

    name: str
    language: str
    voice: Floats
    lines: list[Sung]


@dataclass(frozen=True)
class Case:
    """Lines sought in a piece of a song, what was found, and when (line, word) is really sung."""

    kind: str
    song: str
    evidence: Evidence
    truth: dict[tuple[int, int], float]

    def is_right(self, line: int) -> bool:
        """Whether most words of a line were found within half a second."""
        words = self.evidence.searched.last[line]
        late = [abs(heard_start_s(word) - self.truth.get((line, at), np.inf)) for at, word in words.items()]
        return bool(np.mean(np.array(late) < 0.5) > 0.5)


def song_of(folder: Path, scratch: Path) -> Song:
    """Read a song and take its voice out."""
    language, lyrics, truth = reference(folder)
    wav = scratch / "song.wav"
    read_song(next(folder.glob("audio.*")), wav)
    voice = next(foregrounds(wav, False, lambda _: None))
    starts = iter(truth)
    lines = [(line.text, [next(starts) for _ in line.words]) for line in lyrics]
    return Song(folder.name, language, voice.samples, list(lines))


def cases_of(song: Song, songs: Sequence[Song], seed: int) -> Iterator[Callable[[], Case]]:
    """Return all searches in one song, each to be made when it is called."""
    length_s, dice = len(song.voice) / RATE_HZ, random.Random(seed)
    yield lambda: searched("own", song, 0, length_s, song.lines)
    others = [other for other in songs if other is not song]
    dice.shuffle(others)
    for number in range(3):
        first_s = max(0.0, dice.choice(song.lines[:-6])[1][0] - 2)  # type: ignore[index]
        end_s = min(length_s, first_s + dice.choice([25, 35, 45]))
        lines = [line for line in song.lines if first_s < line[1][0] and line[1][-1] < end_s - 0.5]  # type: ignore[index]
        if len(lines) > 3:
            lines.pop(dice.randrange(len(lines)))
        for _ in range((1, 2, len(lines))[number]):
            lines.insert(dice.randrange(len(lines) + 1), (dice.choice(dice.choice(others).lines)[0], None))
        yield lambda first_s=first_s, end_s=end_s, lines=lines: searched("mixed", song, first_s, end_s, lines)
    strange = [[(text, None) for text, _ in other.lines] for other in others[:2]]
    yield lambda: searched("foreign", song, 0, length_s, strange[0])
    yield lambda: searched("foreign", song, 20, min(80, length_s), strange[1][:14])


def searched(kind: str, song: Song, first_s: float, end_s: float, lines: Sequence[Sung]) -> Case:
    """Look for lines in a piece of a song."""
    sound = Foreground("voice", song.voice[round(first_s * RATE_HZ) : round(end_s * RATE_HZ)])
    words = [[(at, way) for at, way in _ways(text, song.language)] for text, _ in lines]
    sought = [number for number, line in enumerate(words) if line]
    ways = [[way for _, way in words[number]] for number in sought]
    frames = [(0, round(len(sound.samples) / RATE_HZ / FRAME_S))] * len(ways)
    found = search(sound.samples, ways, frames, (), True, lambda _: None)
    truth = {
        (place, word): starts[at] - first_s
        for place, number in enumerate(sought)
        if (starts := lines[number][1])
        for word, (at, _) in enumerate(words[number])
    }
    lengths = [[len(way[0]) for way in line] for line in ways]
    return Case(kind, song.name, Evidence(found, lengths), truth)


def _ways(text: str, language: str) -> list[tuple[int, list[tuple[str, ...]]]]:
    ways = [(at, pronunciations(word, language)) for at, word in enumerate(text.split())]
    return [(at, way) for at, way in ways if way]


def left_out(
    features: np.ndarray, right: np.ndarray, songs: np.ndarray
) -> tuple[np.ndarray, tuple[float, ...]]:
    """Return the probability of each row by a fit without its song, and the weights of a fit of all."""
    likely = np.zeros(len(right))
    for song in sorted(set(songs)):
        others = songs != song
        likely[~others] = _fitted(features[others], right[others])[0](features[~others])
    return likely, _fitted(features, right)[1]


def _fitted(
    features: np.ndarray, right: np.ndarray
) -> tuple[Callable[[np.ndarray], np.ndarray], tuple[float, ...]]:
    middle, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=1000).fit((features - middle) / spread, right)
    slopes = model.coef_[0] / spread
    weights = np.array([model.intercept_[0] - slopes @ middle, *slopes])
    return (
        lambda rows: 1 / (1 + np.exp(-(weights[0] + rows @ weights[1:]))),
        tuple(round(float(weight), 2) for weight in weights),
    )


def fit_starts(cases: Sequence[Case]) -> None:
    """Print how far word starts are off with this share of the way to the vowel, songs left out."""
    onsets, errors, songs = [], [], []
    for case in cases:
        if case.kind != "own":
            continue
        for (line, word), start_s in case.truth.items():
            heard = case.evidence.searched.last.get(line, {}).get(word)
            if heard:
                onset = min(max(0, heard.vowel_frame - heard.first_frame), LONGEST_ONSET)
                onsets.append(onset * FRAME_S)
                errors.append(heard.first_frame * FRAME_S + LATENCY_S - start_s)
                songs.append(case.song)
    onset, error, song = np.array(onsets), np.array(errors), np.array(songs)
    shares = np.arange(0, 1.01, 0.05)

    def wrong_s(share: float, which: np.ndarray) -> float:
        """Return the median over songs of the median error, a constant for each song taken off."""
        off = error + share * onset
        parts = [off[which & (song == name)] for name in sorted(set(song[which]))]
        return float(np.mean([np.median(np.abs(part - np.median(part))) for part in parts]))

    print("share of the onset, by the other songs; median error with it, with none, with all (ms)")
    for name in sorted(set(song)):
        best = min(shares, key=lambda share: wrong_s(share, song != name))
        told = [1000 * wrong_s(share, song == name) for share in (best, 0, 1)]
        print(f"{name[:40]:40} {best:.2f} {told[0]:6.0f} {told[1]:6.0f} {told[2]:6.0f}")
    everything = np.ones(len(song), bool)
    off = error + OF_ONSET * onset
    constants = [np.median(off[song == name]) for name in sorted(set(song))]
    print(f"OF_ONSET = {min(shares, key=lambda share: wrong_s(share, everything)):.2f} (now {OF_ONSET})")
    print(f"left to take off: {1000 * np.median(constants):+.0f} ms\n")


def fit_lines(cases: Sequence[Case]) -> dict[int, dict[int, float]]:
    """Print the fit of lines; return, by case, how likely each is by the songs left out."""
    rows = [
        (n, line, of) for n, case in enumerate(cases) for line, of in line_features(case.evidence).items()
    ]
    right = np.array([cases[n].is_right(line) for n, line, _ in rows])
    songs = np.array([cases[n].song for n, _, _ in rows])
    likely, weights = left_out(np.array([of for _, _, of in rows]), right, songs)
    print("lines that are right, and kept; foreign lines sought, kept, and likely by 0.3 and more")
    for kind in ("own", "mixed", "foreign"):
        of_kind = np.array([cases[n].kind == kind for n, _, _ in rows])
        foreign = of_kind & np.array([(line, 0) not in cases[n].truth for n, line, _ in rows])
        sought = sum(
            (line, 0) not in case.truth
            for case in cases if case.kind == kind for line in range(len(case.evidence.n_phones))
        )  # fmt: skip
        print(
            f"{kind:8} {(of_kind & right).sum():4} {(of_kind & right & (likely >= SUNG)).sum():4}    "
            f"{sought:4} "
            f"{(foreign & (likely >= SUNG)).sum():4} {(foreign & (likely >= 0.3)).sum():4}"
        )
    print(f"LINE_WEIGHTS = {weights}\n")
    told: dict[int, dict[int, float]] = {}
    for (n, line, _), probability in zip(rows, likely, strict=True):
        told.setdefault(n, {})[line] = float(probability)
    return told


def fit_words(cases: Sequence[Case], likely: dict[int, dict[int, float]]) -> None:
    """Print the fit of words."""
    features, right, songs, kept = [], [], [], []
    for number, case in enumerate(cases):
        if number not in likely:
            continue
        for (line, word), of in word_features(case.evidence, likely[number]).items():
            features.append(of)
            start_s = heard_start_s(case.evidence.searched.last[line][word])
            right.append(abs(start_s - case.truth.get((line, word), np.inf)) < CLOSE_S)
            songs.append(case.song)
            kept.append(likely[number][line] >= SUNG)
    said, weights = left_out(np.array(features), np.array(right), np.array(songs))
    print("words of lines that are kept:")
    print(*reliability(said[kept], np.array(right)[kept]), sep="\n")
    print("all words:")
    print(*reliability(said, np.array(right)), sep="\n")
    print(f"WORD_WEIGHTS = {weights}")


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("--cache", type=Path)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cache = options.cache or Path(scratch)
        cache.mkdir(parents=True, exist_ok=True)
        folders = sorted(song.parent for song in options.folder.glob("*/words.json"))
        songs = [
            kept(cache / f"{folder.name}.voice", lambda folder=folder: song_of(folder, Path(scratch)))
            for folder in folders
        ]
        cases = [
            kept(cache / f"{song.name}.{number}", make)
            for seed, song in enumerate(songs)
            for number, make in enumerate(cases_of(song, songs, seed))
        ]
    fit_starts(cases)
    fit_words(cases, fit_lines(cases))


def kept(path: Path, make: Callable[[], object]):  # type: ignore[no-untyped-def]
    """Return what was made before, or make it."""
    if not path.exists():
        path.write_bytes(pickle.dumps(make()))
    return pickle.loads(path.read_bytes())


if __name__ == "__main__":
    main()
