"""Listening takes an exact grid as it is, and tracks beats by ear where there is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from storyboard.schema.errors import MediaError
from storyboard.sync.listen import listen, track_beats


def clicks(duration_s: float, interval_s: float, rate_hz: int = 22_050) -> np.ndarray:
    """Return a click train with an accent on every fourth click."""
    samples = np.zeros(round(duration_s * rate_hz), np.float32)
    burst = np.exp(-np.arange(600) / 90) * np.sin(np.arange(600))
    for number, start_s in enumerate(np.arange(0.2, duration_s - 0.1, interval_s)):
        start = round(start_s * rate_hz)
        samples[start : start + 600] += burst * (1.0 if number % 4 == 0 else 0.35)
    return samples


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_beats_are_tracked_where_nobody_knows_them() -> None:
    truth = np.arange(0.2, 29.9, 0.5)
    beats, downbeats = track_beats(clicks(30, 0.5), 22_050, 4)
    errors = [np.abs(truth - beat).min() for beat in beats]
    assert np.median(errors) < 0.03
    assert len(beats) == pytest.approx(len(truth), abs=3)
    accents = truth[::4]
    assert np.median([np.abs(accents - beat).min() for beat in downbeats]) < 0.03


def test_a_known_grid_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mix.wav"
    level = np.repeat([0.02, 0.02, 0.5, 0.5], 8000)
    soundfile.write(path, level * np.sin(np.arange(32_000) / 5), 8000)
    song_map = listen(
        path, beats_s=[0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4.5], downbeats_s=[0, 1, 2, 3], sections=[], words=[],
        beats_per_bar=2,
    )  # fmt: skip
    assert song_map.duration_s == 4
    assert song_map.beats_s[-1] == 3.5, "a beat after the end is no beat"
    assert song_map.energy[0] == song_map.energy[1] < song_map.energy[2] == song_map.energy[3] == 1


def test_silence_and_broken_files(tmp_path: Path) -> None:
    path = tmp_path / "mix.wav"
    soundfile.write(path, np.zeros(8000), 8000)
    silent = listen(path, beats_s=[0.0], downbeats_s=[0.0], sections=[], words=[], beats_per_bar=4)
    assert silent.energy == [0.5]
    path.write_bytes(b"nothing")
    with pytest.raises(MediaError, match=r"mix\.wav: cannot be read as sound"):
        listen(path, beats_s=[], downbeats_s=[], sections=[], words=[], beats_per_bar=4)
