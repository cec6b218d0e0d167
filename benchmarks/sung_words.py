"""Measure how well the embedded singer's words are understood, over five songs, and how well it sings them.

python benchmarks/sung_words.py [FOLDER]

The judge that reports is pocketsphinx as its wheel brings it: its US English acoustic model, its trigram
model of a vocabulary of 130,000 words, its default settings; it hears every line of the voice alone, cut
by the reported word times with 0.12 s before and after. The singer's rhythm and stretching were tuned with
another judge on other lines: a small network of phones over mel spectra, trained on varied speech of the
voice model, with a vocabulary of 3,000 words and their frequencies. Two constants are older, found with
pocketsphinx on other lines: the gain of the breath and the shortest phoneme. The lines below were fixed
before they were heard. "spoken" is the same line as the voice model's package speaks it. Lines of rap are
at the pitch of speech: their words and rhythm count, and they have no notes. A note's pitch is the median
over its vowel, where that lasts long enough to be measured (80 ms).
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import librosa
import numpy as np
import soundfile
from voice import grid_errors_ms, pitch_errors_cents, target_notes

from storyboard.generators.score import score_of
from storyboard.generators.seams import SongRequest
from storyboard.generators.voice.singer import Singer
from storyboard.generators.voice.singer.part import part_of
from storyboard.schema.song import Section, Song, VocalTags
from storyboard.schema.timeline import Word

_RATE_HZ = 16_000
_MARGIN_S = 0.12
_SILENCE_S = 0.3  # around a line, as before and after speech

_LYRICS = {
    "Paper Boats": """
        We folded paper boats beside the lake
        You wrote our names on every one
        The water took them slowly one by one
        And carried them into the sun
        Hold on to me until the morning comes
        I can hear the thunder and the drums
        Nothing in the world could make me run
        Hold on to me until the morning comes
        Some of them were sinking in the rain
        But one of them is coming home again""",
    "Engine Room": """
        Lock the doors and turn the engine on
        We were fighting here since early dawn
        There's a fire burning in the street
        And a broken bottle at my feet
        Run away before they find your name
        Everybody here has played the game
        Run away and never look behind
        Freedom is the only thing on my mind
        Let the sirens scream and let it burn
        This is where we reach the point of no return""",
    "Corner Store": """
        I started out with nothing but a notebook and a pen
        I lost my job in April and I found it back again
        My mother always told me that the money comes and goes
        But nobody can take away the things a person knows
        So put your hands together for the people on the block
        We open up at seven and we never watch the clock
        My neighbor has a story that he only tells at night
        About the day the river rose and covered every light
        Now look at how the children play in front of every door
        We built a little city from a little corner store""",
    "Harvest Moon Road": """
        My father walked this road before the war
        He carried apples from the orchard to the store
        The fields are golden when the summer ends
        And every fence was mended by his friends
        Oh take me back to where the river bends
        Where every letter that you write is one you send
        The winter nights are long but never cold
        There is a story here that must be told
        I keep his hammer hanging on the wall
        And hear his footsteps coming down the hall""",
    "Satellite": """
        I am floating like a satellite
        Looking for a signal in the night
        Every window has a different glow
        Every number is someone that I know
        Call me when you come around the moon
        Tell me that you want to see me soon
        I will send a message through the air
        I will be your light from anywhere
        Turn around and let the music start
        There is only silence in my heart""",
}
_SONGS = (
    ("Paper Boats", "ballad", 74, "D major", "4/4", "female, warm"),
    ("Engine Room", "rock", 138, "E minor", "4/4", "male"),
    ("Corner Store", "hip-hop", 92, "A minor", "4/4", "male"),
    ("Harvest Moon Road", "folk waltz", 108, "G major", "3/4", "female, low"),
    ("Satellite", "synth pop", 118, "Bb major", "4/4", "female, high"),
)


@dataclass
class Heard:
    """What was heard of some lines: wrong words and notes."""

    n_lines: int = 0
    n_words: int = 0
    n_wrong: int = 0
    n_wrong_spoken: int = 0
    cents: list[float] = field(default_factory=list)
    grid_ms: list[float] = field(default_factory=list)

    def add(self, other: Heard) -> None:
        """Count another's lines too."""
        self.n_lines += other.n_lines
        self.n_words += other.n_words
        self.n_wrong += other.n_wrong
        self.n_wrong_spoken += other.n_wrong_spoken
        self.cents += other.cents
        self.grid_ms += other.grid_ms

    def row(self, title: str) -> str:
        """Return a row of the table."""
        errors = f"{self.n_wrong / self.n_words:7.2f} {self.n_wrong_spoken / self.n_words:7.2f}"
        sizes = np.abs(self.cents)
        pitch = (
            f"{np.median(sizes):7.1f} {100 * np.mean(sizes > 50):7.1f}"
            if len(sizes)
            else f"{'-':>7} {'-':>7}"
        )
        return f"{title:28}{self.n_lines:6d} {errors} {pitch} {np.median(self.grid_ms):7.0f}"


def songs() -> Iterator[Song]:
    """Yield the five songs: a verse, a chorus and a bridge each."""
    for title, genre, tempo_bpm, key, metre, voice in _SONGS:
        lines = [line.strip() for line in _LYRICS[title].strip().splitlines()]
        kinds = (("verse", lines[:4]), ("chorus", lines[4:8]), ("bridge", lines[8:]))
        yield Song(
            title=title,
            genre=genre,
            tempo_bpm=tempo_bpm,
            key=key,
            time_signature=metre,
            sections=[Section(kind=kind, lines=sung) for kind, sung in kinds],
            vocals=VocalTags(voice=voice),
        )


def written(text: str) -> list[str]:
    return re.sub(r"[^a-z' ]", " ", text.lower()).split()


def n_edits(expected: list[str], heard: list[str]) -> int:
    """Return how many words must be changed, added or taken away."""
    row = list(range(len(heard) + 1))
    for index, word in enumerate(expected):
        above, row = row, [index + 1]
        for column, other in enumerate(heard):
            row.append(min(above[column] + (word != other), above[column + 1] + 1, row[-1] + 1))
    return row[-1]


class Judge:
    """pocketsphinx at its defaults."""

    def __init__(self) -> None:
        from pocketsphinx import Decoder

        self._decoder = Decoder(samprate=_RATE_HZ, loglevel="FATAL")

    def words(self, sound: np.ndarray, rate_hz: int) -> list[str]:
        """Return what it understands of a line."""
        low = librosa.resample(sound, orig_sr=rate_hz, target_sr=_RATE_HZ)
        padded = np.pad(0.7 * low / np.abs(low).max(), round(_SILENCE_S * _RATE_HZ))
        padded += 1e-3 * np.random.default_rng(0).standard_normal(
            len(padded)
        )  # a room is never digital silence
        self._decoder.start_utt()
        self._decoder.process_raw((32767 * padded).astype(np.int16).tobytes(), full_utt=True)
        self._decoder.end_utt()
        hypothesis = self._decoder.hyp()
        return hypothesis.hypstr.split() if hypothesis else []


def measure(song: Song, path: Path, judge: Judge) -> Heard:
    from hibari import Hibari

    take = Singer().sing(SongRequest(song=song, seed=1), path, lambda _: None)
    sound, rate_hz = soundfile.read(path, dtype="float32")
    score, speaker, heard = score_of(song), Hibari(), Heard()
    for ref in song.line_refs():
        words = [word for word in take.words if (word.section, word.line) == ref]
        expected = written(song.line(ref))
        heard.n_lines += 1
        heard.n_words += len(expected)
        heard.n_wrong += n_edits(expected, judge.words(_cut(sound, rate_hz, words), rate_hz))
        spoken = speaker(song.line(ref), seed=0)
        heard.n_wrong_spoken += n_edits(expected, judge.words(spoken, speaker.sample_rate))
    lines = part_of(song, score)
    low = librosa.resample(sound, orig_sr=rate_hz, target_sr=_RATE_HZ)
    targets = target_notes(lines, score)
    heard.cents = pitch_errors_cents(low, _RATE_HZ, targets) if targets else []
    heard.grid_ms = grid_errors_ms(lines, take.words, score)
    return heard


def _cut(sound: np.ndarray, rate_hz: int, words: list[Word]) -> np.ndarray:
    first, last = words[0].start_s - _MARGIN_S, words[-1].end_s + _MARGIN_S
    return sound[max(0, round(first * rate_hz)) : round(last * rate_hz)]


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
    judge, total = Judge(), Heard()
    print(f"{'song':28}{'lines':>6} {'sung':>7} {'spoken':>7} {'cents':>7} {'% > 50':>7} {'grid ms':>7}")
    for song in songs():
        heard = measure(song, folder / f"{song.title}.wav", judge)
        total.add(heard)
        print(heard.row(f"{song.title} ({song.tempo_bpm:g} BPM)"), flush=True)
    print(total.row("total"))


if __name__ == "__main__":
    main()
