"""Measure how well known lyrics are aligned to whole songs, against times set by hand.

python benchmarks/lyrics_alignment.py FOLDER [NAME ...]

FOLDER holds one folder a song: audio.*, lyrics.txt and words.json ({"language", "words": [{"word",
"start_s", "line"}]}). NAME: only songs whose folder holds it. Hand-made times are displaced by a
constant for each song (encoder delay, taste): its median, `offset`, is taken off before the errors are
counted. A word that is not found counts as an error of any size. Then follow

* what the confidences of all these words are worth: said, and found;
* the same recordings with the lyrics of another song, of which nothing should be left;
* poems spoken by espeak-ng in other languages (no songs: they test the phones, not the singing).

The constants of the aligner were chosen on the six songs of this project. What that flatters is told by
benchmarks/fit_alignment.py, which fits them on five songs and measures on the sixth.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile

from storyboard.generators.voice.espeak.speaker import speaker
from storyboard.generators.voice.espeak.words import words_of
from storyboard.schema.timeline import Word
from storyboard.sync.align import Alignment, LyricLine, find_words
from storyboard.sync.song_file import read_song

CLOSE_S = 0.3
_EXCERPT_S = (20.0, 80.0)  # of a recording that other lyrics are tried on
_PAUSE_S = 0.6  # between spoken lines

POEMS = {  # all in the public domain
    "de": [
        "Sah ein Knab ein Röslein stehn", "Röslein auf der Heiden", "war so jung und morgenschön",
        "lief er schnell es nah zu sehn", "sah's mit vielen Freuden", "Ich weiß nicht was soll es bedeuten",
        "dass ich so traurig bin", "ein Märchen aus uralten Zeiten", "das kommt mir nicht aus dem Sinn",
    ],
    "fr": [
        "Au clair de la lune mon ami Pierrot", "Prête-moi ta plume pour écrire un mot",
        "Ma chandelle est morte je n'ai plus de feu", "Ouvre-moi ta porte pour l'amour de Dieu",
        "Il pleure dans mon cœur comme il pleut sur la ville",
        "Quelle est cette langueur qui pénètre mon cœur",
        "Sous le pont Mirabeau coule la Seine", "Et nos amours faut-il qu'il m'en souvienne",
    ],
    "es": [
        "Volverán las oscuras golondrinas", "en tu balcón sus nidos a colgar",
        "y otra vez con el ala a sus cristales",
        "jugando llamarán", "Caminante son tus huellas", "el camino y nada más", "caminante no hay camino",
        "se hace camino al andar", "yo soy un hombre sincero de donde crece la palma",
    ],
    "it": [
        "Va pensiero sull'ali dorate", "va ti posa sui clivi sui colli", "ove olezzano tepide e molli",
        "l'aure dolci del suolo natal", "Nel mezzo del cammin di nostra vita",
        "mi ritrovai per una selva oscura", "che la diritta via era smarrita",
        "che bella cosa una giornata di sole",
    ],
    "pt": [
        "Amor é fogo que arde sem se ver", "é ferida que dói e não se sente",
        "é um contentamento descontente",
        "é dor que desatina sem doer", "Minha terra tem palmeiras", "onde canta o sabiá",
        "as aves que aqui gorjeiam", "não gorjeiam como lá",
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """The figures of one song, and how far each word is off; without end where it is missing."""

    name: str
    language: str
    words_from: str
    errors_s: np.ndarray
    confidences: np.ndarray
    cpu_s_a_minute: float

    @property
    def offset_s(self) -> float:
        """The constant between hand-made times and those found."""
        found = self.errors_s[np.isfinite(self.errors_s)]
        return float(np.median(found)) if len(found) else 0.0

    @property
    def wrong_s(self) -> np.ndarray:
        """How far each word is off without it."""
        return np.abs(self.errors_s - self.offset_s)

    @property
    def share_close(self) -> float:
        """The share of words within 0.3 s."""
        return float((self.wrong_s < CLOSE_S).mean())

    def told(self) -> str:
        """Return a row of the table."""
        raw = np.abs(self.errors_s)
        return (
            f"{self.name[:40]:40} {self.language:4} {self.words_from:15} {len(raw):5} "
            f"{(~np.isfinite(raw)).sum():7} {1000 * self.offset_s:+6.0f} {1000 * np.median(raw):6.0f} "
            f"{1000 * np.median(self.wrong_s):6.0f} {self.share_close:7.1%} {self.cpu_s_a_minute:9.1f}"
        )


HEAD = f"{'song':40} lang {'from':15} words missing offset    raw median ≤ 0.3 s CPU s/min"


def reference(folder: Path) -> tuple[str, list[LyricLine], list[float]]:
    """Return the language, the lines, and the start of every word in order."""
    document = json.loads((folder / "words.json").read_text(encoding="utf-8"))
    lines: dict[int, list[str]] = {}
    for word in document["words"]:
        lines.setdefault(word["line"], []).append(word["word"])
    lyrics = [LyricLine((0, line), " ".join(words)) for line, words in sorted(lines.items())]
    ordered = sorted(document["words"], key=lambda word: int(word["line"]))
    return document["language"], lyrics, [word["start_s"] for word in ordered]


def aligned(
    audio: Path, language: str, lines: list[LyricLine], truth: Sequence[float], name: str, **how: bool
) -> tuple[Row, Alignment]:
    """Align one recording and compare."""
    duration_s, began = soundfile.info(audio).duration, time.process_time()
    found = find_words(audio, lines, language, **how)
    cpu_s = time.process_time() - began
    places = _by_place(found.words)
    wanted = [(line.ref[1], number) for line in lines for number in range(len(line.words))]
    errors = [
        places[at].start_s - start if at in places else np.inf
        for at, start in zip(wanted, truth, strict=True)
    ]
    sure = [places[at].confidence if at in places else 0.0 for at in wanted]
    row = Row(name, language, found.words_from, np.array(errors), np.array(sure), 60 * cpu_s / duration_s)
    return row, found


def _by_place(words: list[Word]) -> dict[tuple[int, int], Word]:
    found: dict[tuple[int, int], Word] = {}
    counts: dict[int, int] = {}
    for word in words:
        found[(word.line, counts.get(word.line, 0))] = word
        counts[word.line] = counts.get(word.line, 0) + 1
    return found


def with_other_lyrics(wav: Path, name: str, language: str, lines: list[LyricLine], scratch: Path) -> str:
    """Return a row on a minute of a recording with lyrics that are not its own."""
    excerpt = scratch / "excerpt.wav"
    samples, rate_hz = soundfile.read(wav)
    first, end = (round(edge * rate_hz) for edge in _EXCERPT_S)
    soundfile.write(excerpt, samples[first:end], rate_hz)
    found = find_words(excerpt, lines, language)
    sure = [word.confidence for word in found.words]
    kept = len(lines) - len(found.unsung)
    sure_words = sum(confidence >= 0.3 for confidence in sure)
    return (
        f"{name[:40]:40} {kept:3} of {len(lines):3} lines kept, {sure_words:3} words with a confidence of "
        f"0.3 and more, highest {max(sure, default=0):.2f}"
    )


def spoken(scratch: Path) -> Iterator[Row]:
    """Align poems that espeak-ng speaks."""
    with speaker() as espeak:
        for language, poem in POEMS.items():
            espeak.take_voice(language)
            parts, truth, at_s = [], [], _PAUSE_S
            for text in poem:
                speech = espeak.speak(text, 130)
                parts += [np.zeros(round(_PAUSE_S * speech.rate_hz), np.float32), speech.samples]
                truth += [at_s + word.start_s for word in words_of(text, speech)]
                at_s += len(speech.samples) / speech.rate_hz + _PAUSE_S
            wav = scratch / f"{language}.wav"
            soundfile.write(wav, np.concatenate(parts), speech.rate_hz)
            lines = [LyricLine((0, n), text) for n, text in enumerate(poem)]
            yield aligned(wav, language, lines, truth, "spoken by espeak-ng", is_voice=True)[0]


def reliability(said: np.ndarray, close: np.ndarray) -> Iterator[str]:
    """Return rows of what was said of words, and what was found."""
    yield "confidence   words  said  found"
    edges = [0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.001]
    off = 0.0
    for low, high in pairwise(edges):
        within = (said >= low) & (said < high)
        if within.any():
            mean, found = said[within].mean(), close[within].mean()
            off += within.sum() * abs(mean - found)
            yield f"{low:.2f} - {min(high, 1):.2f} {within.sum():7} {mean:5.2f} {found:6.2f}"
    yield f"mean difference {off / max(1, len(said)):.3f}"


def main() -> None:
    folder, names = Path(sys.argv[1]), sys.argv[2:]
    songs = sorted(song.parent for song in folder.glob("*/words.json"))
    chosen = [song for song in songs if not names or any(name in song.name for name in names)]
    rows, foreign = [], []
    with tempfile.TemporaryDirectory() as scratch:
        print(HEAD)
        for song in chosen:
            language, lines, truth = reference(song)
            wav = Path(scratch, "song.wav")
            read_song(next(song.glob("audio.*")), wav)
            rows.append(aligned(wav, language, lines, truth, song.name)[0])
            print(rows[-1].told(), flush=True)
            other = reference(songs[(songs.index(song) + 1) % len(songs)])[1][:14]
            foreign.append(with_other_lyrics(wav, song.name, language, other, Path(scratch)))
        medians, shares = [np.median(row.wrong_s) for row in rows], [row.share_close for row in rows]
        print(
            f"all: median of medians {1000 * np.median(medians):.0f} ms, "
            f"{np.mean(shares):.1%} within {CLOSE_S} s"
        )
        print("\nWhat the confidences are worth:")
        said, wrong = (
            np.concatenate(parts) for parts in zip(*[(r.confidences, r.wrong_s) for r in rows], strict=True)
        )
        kept = np.isfinite(wrong)
        print(*reliability(said[kept], wrong[kept] < CLOSE_S), sep="\n")
        print("\nA minute of each recording with 14 lines of another song:", *foreign, sep="\n")
        print(f"\n{HEAD}")
        for row in spoken(Path(scratch)):
            print(row.told(), flush=True)


if __name__ == "__main__":
    main()
