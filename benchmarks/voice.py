"""Measure the embedded singer on a sample song: pitch, onsets and CPU time.

python benchmarks/voice.py [OUT.wav]

A note's pitch is the median over its vowel, 30 ms after it begins to 20 ms before it ends; rapped lines
are at the pitch of speech, so they have no notes to miss. A word's start is compared with the grid point
that its first syllable was given; those are sixteenths (in 6/8: sixteenths too) at middle tempi.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import librosa
import numpy as np
import soundfile

from storyboard.generators.score import Score, score_of
from storyboard.generators.seams import SongRequest
from storyboard.generators.voice.singer import Singer
from storyboard.generators.voice.singer.part import SungLine, part_of
from storyboard.generators.voice.singer.performance import timed
from storyboard.generators.voice.singer.phrasing import sung_parts
from storyboard.schema.song import Section, Song, VocalTags
from storyboard.schema.timeline import Word

_VERSE = [
    "I saw your name light up my phone tonight",
    "A little dance beneath the kitchen light",
    "You told the world a joke I used to know",
    "And now a million strangers watch it go",
]
_CHORUS = [
    "I met my ex on TikTok again",
    "Scrolling through the night with all her friends",
    "Every little heart is breaking mine",
    "I met my ex on TikTok one more time",
]


def sample_song(voice: str = "female") -> Song:
    return Song(
        title="For You Page",
        genre="pop",
        tempo_bpm=104,
        key="G major",
        sections=[
            Section(kind="intro"),
            Section(kind="verse", lines=_VERSE),
            Section(kind="chorus", lines=_CHORUS),
            Section(kind="bridge", lines=["Maybe I should close the door and sleep", "Maybe I should not"]),
            Section(kind="chorus", lines=_CHORUS),
        ],
        vocals=VocalTags(voice=voice),
    )


def target_notes(lines: list[SungLine], score: Score) -> list[tuple[float, float, int]]:
    """Return (start_s, end_s, MIDI note) of every sung vowel; of rapped lines none."""
    targets = []
    for line in lines:
        if line.speech_midi is None:
            sung = sung_parts(timed(line, score), line.diction.syllables)
            targets += [
                (part.nucleus_s, part.coda_s, note) for part, note in zip(sung, line.notes, strict=True)
            ]
    return targets


def pitch_errors_cents(
    sound: np.ndarray, rate_hz: int, targets: list[tuple[float, float, int]]
) -> list[float]:
    """Return how far the median pitch of each note is from the written one."""
    f0_hz, voiced, _ = librosa.pyin(sound, fmin=70, fmax=500, sr=rate_hz, frame_length=1024, hop_length=96)
    times_s = librosa.times_like(f0_hz, sr=rate_hz, hop_length=96)
    errors = []
    for start_s, end_s, note in targets:
        inside = voiced & (times_s > start_s + 0.03) & (times_s < end_s - 0.02)
        if inside.sum() >= 5:
            errors.append(float(np.median(1200 * np.log2(f0_hz[inside] / librosa.midi_to_hz(note)))))
    return errors


def grid_errors_ms(lines: list[SungLine], words: list[Word], score: Score) -> list[float]:
    """Return the distance of each word's start from its first syllable's grid point."""
    points_s = []
    for line in lines:
        firsts = {sung.word: sung.beat for sung in reversed(line.syllables)}
        points_s += [score.beat_s(firsts[word]) for word in sorted(firsts)]
    return [1000 * abs(word.start_s - at_s) for word, at_s in zip(words, points_s, strict=True)]


def heard_errors_ms(sound: np.ndarray, rate_hz: int, words: list[Word]) -> list[float]:
    """Return, for words after a silence, how far the sound's beginning is from the time reported."""
    hop = rate_hz // 1000
    level = np.sqrt(np.convolve(sound**2, np.ones(5 * hop) / (5 * hop), mode="same"))[::hop]
    errors = []
    for word in words:
        at = round(1000 * word.start_s)
        if at < 100 or level[at - 100 : at - 50].max(initial=0.0) > 1e-4:
            continue
        loud = np.flatnonzero(level[at - 50 : at + 200] > 0.02)
        errors += [float(loud[0] - 50)] if len(loud) else []
    return errors


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp()) / "voice.wav"
    for voice in ("female", "male"):
        song = sample_song(voice)
        score = score_of(song)
        began = time.process_time()
        take = Singer().sing(SongRequest(song=song, seed=1), out, lambda _: None)
        cpu_s = time.process_time() - began
        sound, rate_hz = soundfile.read(out, dtype="float32")
        low = librosa.resample(sound, orig_sr=rate_hz, target_sr=16_000)
        lines = part_of(song, score)
        cents = np.abs(pitch_errors_cents(low, 16_000, target_notes(lines, score)))
        grid = grid_errors_ms(lines, take.words, score)
        heard = heard_errors_ms(sound, rate_hz, take.words)
        print(f"{voice}: {score.duration_s:.1f} s of song in {cpu_s:.1f} CPU seconds")
        off = f"{np.mean(cents > 50):.1%} of {len(cents)} notes off by 50"
        print(f"  pitch: median {np.median(cents):.1f} cents, {off}")
        print(f"  word starts from the grid: median {np.median(grid):.0f} ms, largest {np.max(grid):.0f} ms")
        print(
            f"  sound from the word starts reported: median {np.median(heard):+.0f} ms ({len(heard)} words)"
        )


if __name__ == "__main__":
    main()
