"""What a song costs and how well it is made: python benchmarks/song.py [genre …].

For every genre: how long the song is, what band and mix cost, the loudness and true peak of the mix, how far
the attacks are from the downbeats, the clicks in the mix, and how far the voice stands above the music from
1 to 4 kHz while words are sung.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from storyboard.generators.mix import balance, click_times_s, mix
from storyboard.generators.music.band import Band
from storyboard.generators.score import score_of
from storyboard.generators.seams import SongRequest
from storyboard.generators.voice.singer import Singer
from storyboard.schema.progress import ignore
from storyboard.schema.song import Section, Song
from storyboard.schema.timeline import Word

VERSE = ["I saw your name come up in blue", "A little heart beneath the view"]
CHORUS = ["Scroll me back to yesterday", "Swipe the lonely night away"]
WORDS_HZ = (1000, 4000)
RATE_HZ = 48000


@dataclass(frozen=True)
class Take:
    """A genre, and the tempo and metre in which it is usual."""

    genre: str
    tempo_bpm: float
    metre: Literal["2/4", "3/4", "4/4", "6/8"] = "4/4"

    def song(self, sections: list[Section]) -> Song:
        """Return a song of this genre in these sections."""
        return Song(
            title="Benchmark",
            genre=self.genre,
            tempo_bpm=self.tempo_bpm,
            time_signature=self.metre,
            key="G major",
            sections=sections,
        )


TAKES = [
    Take("pop", 112),
    Take("rock", 128),
    Take("electronic", 124),
    Take("hip-hop", 88),
    Take("ballad", 72),
    Take("folk", 104),
    Take("reggae", 76),
    Take("R&B", 92),
    Take("latin", 100),
    Take("jazz", 132),
    Take("waltz", 132, "3/4"),
    Take("pop", 120, "3/4"),
    Take("ballad", 56, "6/8"),
    Take("rock", 70, "6/8"),
]
SECTIONS = [
    Section(kind="intro"),
    Section(kind="verse", lines=VERSE),
    Section(kind="pre-chorus", lines=VERSE[:1]),
    Section(kind="chorus", lines=CHORUS),
    Section(kind="bridge", lines=VERSE[1:]),
    Section(kind="chorus", lines=CHORUS),
    Section(kind="outro"),
]
SIXTY_S = [
    Section(kind="intro", bars=4),
    Section(kind="verse", lines=VERSE, bars=6),
    Section(kind="chorus", lines=CHORUS, bars=6),
    Section(kind="verse", lines=VERSE, bars=6),
    Section(kind="outro", bars=5),
]


def main() -> None:
    wanted = [word.lower() for word in sys.argv[1:]]
    print(whole_song(), flush=True)
    print(
        "                 song   CPU s                     onset ms   clicks   words: voice above music, dB"
    )
    print("genre               s   band   mix   LUFS   dBTP  max median          median    soft tenth")
    for take in TAKES:
        if not wanted or take.genre.lower() in wanted:
            print(row(take), flush=True)


def whole_song() -> str:
    """Return how long one song of a minute takes: voice beside band, then the mix."""
    song = TAKES[0].song(SIXTY_S)
    request = SongRequest(song=song, seed=1)
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
        folder, start_s = Path(name), time.perf_counter()
        singing = pool.submit(Singer().sing, request, folder / "voice.wav", ignore)
        Band().play(request, folder / "music.wav", ignore)
        singing.result()
        mix(folder / "voice.wav", folder / "music.wav", folder / "mix.wav")
        return f"{score_of(song).duration_s:.0f} s song: {time.perf_counter() - start_s:.1f} s wall"


def row(take: Take) -> str:
    song = take.song(SECTIONS)
    with tempfile.TemporaryDirectory() as folder:
        voice, music, out = (Path(folder) / name for name in ("voice.wav", "music.wav", "mix.wav"))
        request = SongRequest(song=song, seed=1)
        sung = Singer().sing(request, voice, ignore)
        start_s = cpu_s()
        played = Band().play(request, music, ignore)
        band_s, start_s = cpu_s() - start_s, cpu_s()
        loudness = mix(voice, music, out)
        mix_s = cpu_s() - start_s
        errors_ms = np.abs(1000 * onset_errors_s(music, played.downbeats_s))
        n_clicks = len(click_times_s(*soundfile.read(out)))
        above_db = voice_above_music_db(voice, music, sung.words)
    length_s = score_of(song).duration_s
    cost = f"{length_s:7.1f}{band_s:7.2f}{mix_s:6.2f}"
    level = f"{loudness.lufs:7.1f}{loudness.true_peak_dbtp:7.1f}"
    grid = f"{errors_ms.max():6.1f}{np.median(errors_ms):6.1f}{n_clicks:9}"
    words = f"{np.median(above_db):10.1f}{np.percentile(above_db, 10):9.1f}"
    return f"{take.genre + ' ' + take.metre:14}{cost}{level}{grid}{words}"


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


def voice_above_music_db(voice: Path, music: Path, words: list[Word]) -> NDArray[np.float64]:
    """Return by how much the voice is above the music in the mix, from 1 to 4 kHz, for every word."""
    sos = butter(4, WORDS_HZ, "bandpass", fs=RATE_HZ, output="sos")
    sung, played = ((sosfilt(sos, sound) ** 2).sum(axis=0) for sound in balance(voice, music))
    spans = [slice(round(word.start_s * RATE_HZ), round(word.end_s * RATE_HZ)) for word in words]
    ratios = [(sung[span].mean() + 1e-12) / (played[span].mean() + 1e-12) for span in spans]
    return np.asarray(10 * np.log10(ratios))


if __name__ == "__main__":
    main()
