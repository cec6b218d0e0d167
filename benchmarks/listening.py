"""What listening costs, by part: python benchmarks/listening.py SONG LYRICS [language].

CPU seconds a minute of song: opening it, the first hearing (tempo, key, mood), beats and bars, sections
by ear, phrase ends by ear, taking the voice out, aligning the words in it; and the whole as it is run.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import soundfile

from storyboard.sync.align import LyricLine, find_words
from storyboard.sync.beats import at_rate, track
from storyboard.sync.impression import impression_of
from storyboard.sync.listen import listen
from storyboard.sync.lyrics import read_lyrics
from storyboard.sync.phrases import phrase_ends_by_ear
from storyboard.sync.sections import sections_by_ear
from storyboard.sync.separation import RATE_HZ as VOICE_HZ
from storyboard.sync.separation import separate_voice
from storyboard.sync.song_file import read_song

Result = TypeVar("Result")


def timed(name: str, minutes: float, work: Callable[[], Result]) -> Result:
    """Do some work and print its cost."""
    began = time.process_time()
    result = work()
    print(f"{name:14}{(time.process_time() - began) / minutes:6.2f}", flush=True)
    return result


def main() -> None:
    song, lyrics = Path(sys.argv[1]), Path(sys.argv[2])
    language = sys.argv[3] if len(sys.argv) > 3 else "en"
    read = read_lyrics(lyrics)
    lines = [
        LyricLine((number, index), text)
        for number, section in enumerate(read.sections)
        for index, text in enumerate(section.lines)
    ]
    with tempfile.TemporaryDirectory() as folder:
        mix, voice = Path(folder) / "mix.wav", Path(folder) / "voice.wav"
        minutes = read_song(song, mix) / 60  # the packages are loaded by now
        print(f"{song.name}: {minutes:.1f} minutes, CPU s/min")
        timed("decode", minutes, lambda: read_song(song, mix))
        samples, rate_hz = soundfile.read(mix, dtype="float32")
        mono = at_rate(samples.mean(axis=1), rate_hz)
        impression_of(mono[: 22_050 * 10])
        timed("first hearing", minutes, lambda: impression_of(mix))
        grid = timed("beats", minutes, lambda: track(mono, 22_050))
        bars_s = grid.downbeats_s if grid else []
        timed("sections", minutes, lambda: sections_by_ear(mono, bars_s, 60 * minutes))
        sides = np.stack([at_rate(channel, rate_hz) for channel in samples.T], axis=1)
        timed("phrases", minutes, lambda: phrase_ends_by_ear(sides))
        sung = timed("separation", minutes, lambda: separate_voice(mix))[0]
        soundfile.write(voice, sung, VOICE_HZ)
        timed("alignment", minutes, lambda: find_words(voice, lines, language, is_voice=True))
        timed(
            "listen in all", minutes,
            lambda: listen(
                mix, beats_s=[], downbeats_s=[], sections=[], words=[], beats_per_bar=4, lines=lines,
                language=language,
            ),
        )  # fmt: skip


if __name__ == "__main__":
    main()
