"""What the band and the mix cost, and how well they meet the grid: python benchmarks/song.py [genre …]."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from storyboard.generators.mix import mix
from storyboard.generators.music.band import Band
from storyboard.generators.score import score_of
from storyboard.generators.seams import SongRequest
from storyboard.generators.voice.singer import Singer
from storyboard.schema.progress import ignore
from storyboard.schema.song import Section, Song

GENRES = ["pop", "rock", "electronic", "hip-hop", "ballad", "folk", "reggae", "R&B", "latin", "jazz"]
VERSE = ["I saw your name come up in blue", "A little heart beneath the view"] * 2
CHORUS = ["Scroll me back to yesterday", "Swipe the lonely night away"]


def main() -> None:
    print("genre         song s  band CPU s  mix CPU s   LUFS   dBTP  onset ms: median    max")
    for genre in sys.argv[1:] or GENRES:
        print(row(genre), flush=True)


def row(genre: str) -> str:
    sections = [
        Section(kind="intro"),
        Section(kind="verse", lines=VERSE),
        Section(kind="chorus", lines=CHORUS),
        Section(kind="verse", lines=VERSE),
        Section(kind="chorus", lines=CHORUS),
        Section(kind="outro"),
    ]
    song = Song(title="Benchmark", genre=genre, tempo_bpm=112, key="G major", sections=sections)
    with tempfile.TemporaryDirectory() as folder:
        voice, music, out = (Path(folder) / name for name in ("voice.wav", "music.wav", "mix.wav"))
        request = SongRequest(song=song, seed=1)
        Singer().sing(request, voice, ignore)
        start_s = cpu_s()
        take = Band().play(request, music, ignore)
        band_s, start_s = cpu_s() - start_s, cpu_s()
        loudness = mix(voice, music, out)
        mix_s = cpu_s() - start_s
        errors_ms = 1000 * onset_errors_s(music, take.downbeats_s)
    length_s = score_of(song).duration_s
    figures = f"{length_s:8.1f}{band_s:12.2f}{mix_s:11.2f}{loudness.lufs:7.1f}{loudness.true_peak_dbtp:7.1f}"
    return f"{genre:12}{figures}{np.median(errors_ms):18.1f}{np.abs(errors_ms).max():7.1f}"


def cpu_s() -> float:
    """Return the CPU seconds of this process and of the ffmpegs it ran."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def onset_errors_s(path: Path, beats_s: list[float]) -> NDArray[np.float64]:
    """Return how far from each beat the attack next to it begins, where there is one."""
    samples, rate_hz = soundfile.read(path)
    attacks = sosfilt(butter(2, 1500, "highpass", fs=rate_hz, output="sos"), samples.mean(axis=1))
    window, reach = rate_hz // 500, rate_hz // 33
    power = np.cumsum(np.pad(attacks**2, (1, 0)))
    level = np.sqrt((power[window:] - power[:-window]).clip(0) / window)
    errors = []
    for beat_s in beats_s:
        first = max(0, round(beat_s * rate_hz) - reach)
        near = level[first : round(beat_s * rate_hz) + reach]
        before = np.median(near[: reach // 3]) if first else 0.0
        if near.max() > max(0.01, 4 * before):
            rise = int(np.argmax(near > before + 0.3 * (near.max() - before)))
            errors.append((first + rise + window / 2) / rate_hz - beat_s)
    return np.array(errors)


if __name__ == "__main__":
    main()
