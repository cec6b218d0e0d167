"""Measure how well known lyrics are aligned to whole songs, against times set by hand.

python benchmarks/lyrics_alignment.py FOLDER [NAME ...]

FOLDER holds one folder a song: audio.*, lyrics.txt and words.json ({"language", "words": [{"word",
"start_s", "line"}]}). NAME: only songs whose folder holds it. Hand-made times are displaced by a
constant for each song (encoder delay, taste): its median is taken off before the errors are counted.
A word that is not found counts as an error of any size.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from storyboard.schema.timeline import Word
from storyboard.sync.align import LyricLine, align
from storyboard.sync.song_file import read_song

_CLOSE_S = 0.3


@dataclass(frozen=True)
class Row:
    """The figures of one song."""

    name: str
    language: str
    n_words: int
    n_missing: int
    offset_ms: float
    median_ms: float
    share_close: float
    calibration: float
    cpu_s_a_minute: float


def reference(folder: Path) -> tuple[str, list[LyricLine], list[float]]:
    """Return the language, the lines, and the start of every word in order."""
    document = json.loads((folder / "words.json").read_text(encoding="utf-8"))
    lines: dict[int, list[str]] = {}
    for word in document["words"]:
        lines.setdefault(word["line"], []).append(word["word"])
    lyrics = [LyricLine((0, line), " ".join(words)) for line, words in sorted(lines.items())]
    ordered = sorted(document["words"], key=lambda word: int(word["line"]))
    return document["language"], lyrics, [word["start_s"] for word in ordered]


def row_of(folder: Path) -> Row:
    """Align one song and compare."""
    language, lines, truth = reference(folder)
    with tempfile.TemporaryDirectory() as scratch:
        wav = Path(scratch, "song.wav")
        duration_s = read_song(next(folder.glob("audio.*")), wav)
        began = time.process_time()
        words = align(wav, lines, language)
        cpu_s = time.process_time() - began
    found = _by_place(words)
    places = [(line.ref[1], number) for line in lines for number in range(len(line.words))]
    pairs = [(found[place], start) for place, start in zip(places, truth, strict=True) if place in found]
    errors = np.array([word.start_s - start for word, start in pairs])
    offset = float(np.median(errors))
    wrong = np.abs(errors - offset)
    return Row(
        name=folder.name,
        language=language,
        n_words=len(truth),
        n_missing=len(truth) - len(pairs),
        offset_ms=1000 * offset,
        median_ms=1000 * float(np.median(wrong)),
        share_close=float((wrong < _CLOSE_S).sum() / len(truth)),
        calibration=_calibration([word.confidence for word, _ in pairs], wrong < _CLOSE_S),
        cpu_s_a_minute=60 * cpu_s / duration_s,
    )


def _by_place(words: list[Word]) -> dict[tuple[int, int], Word]:
    found: dict[tuple[int, int], Word] = {}
    counts: dict[int, int] = {}
    for word in words:
        found[(word.line, counts.get(word.line, 0))] = word
        counts[word.line] = counts.get(word.line, 0) + 1
    return found


def _calibration(confidences: list[float], close: np.ndarray) -> float:
    """Return how far the mean confidence is from the share of words that are close, over ten bins."""
    given = np.array(confidences)
    bins = np.minimum((given * 10).astype(int), 9)
    gaps = [(bins == b).sum() * abs(given[bins == b].mean() - close[bins == b].mean()) for b in set(bins)]
    return float(sum(gaps) / len(given))


def main() -> None:
    folder, names = Path(sys.argv[1]), sys.argv[2:]
    songs = sorted(song.parent for song in folder.glob("*/words.json"))
    rows = [row_of(song) for song in songs if not names or any(name in song.name for name in names)]
    print(f"{'song':44} lang words missing offset median ≤ 0.3 s calibration CPU s/min")
    for row in rows:
        print(
            f"{row.name[:44]:44} {row.language:4} {row.n_words:5} {row.n_missing:7} {row.offset_ms:+6.0f} "
            f"{row.median_ms:6.0f} {row.share_close:7.1%} {row.calibration:11.2f} {row.cpu_s_a_minute:9.1f}"
        )
    print(
        f"all: median of medians {np.median([row.median_ms for row in rows]):.0f} ms, "
        f"{np.mean([row.share_close for row in rows]):.1%} within {_CLOSE_S} s"
    )


if __name__ == "__main__":
    main()
