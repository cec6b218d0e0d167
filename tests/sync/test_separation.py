"""The singing voice of a finished recording."""

from __future__ import annotations

import importlib.util
import io
import pickle
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from scipy.signal import resample_poly

from storyboard.generators.mix import balance, click_times_s
from storyboard.generators.music.band import Band
from storyboard.generators.seams import SongRequest
from storyboard.generators.voice.singer import Singer
from storyboard.schema.errors import Cancelled, MediaError, SystemRequirementError
from storyboard.schema.progress import ignore
from storyboard.schema.song import Section, Song
from storyboard.sync.separation import RATE_HZ, separate_voice
from storyboard.sync.separation.weights import WEIGHTS, read_weights

Floats = NDArray[np.float32]

SONG_HZ = 48_000
LINES = ["I saw your name come up in blue", "A little heart beneath the view"]
SONG = Song(
    title="Blue",
    genre="pop",
    tempo_bpm=112,
    key="G major",
    sections=[Section(kind="verse", lines=LINES), Section(kind="chorus", lines=LINES)],
)


@dataclass
class Rendered:
    """A song of two blocks whose voice is known."""

    path: Path
    mix: Floats
    """(n, 2) at 48 kHz"""
    voice: Floats
    """mono at 16 kHz"""
    separated: Floats
    told: list[float]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    folder = tmp_path_factory.mktemp("song")
    request = SongRequest(song=SONG, seed=1)
    Singer().sing(request, folder / "voice.wav", ignore)
    Band().play(request, folder / "music.wav", ignore)
    sung, played = balance(folder / "voice.wav", folder / "music.wav")
    path, told = folder / "mix.wav", list[float]()
    soundfile.write(path, (sung + played).T, SONG_HZ)
    separated, rate_hz = separate_voice(path, on_fraction=told.append)
    assert rate_hz == RATE_HZ
    return Rendered(path, (sung + played).T.astype(np.float32), at_16_khz(sung.mean(axis=0)), separated, told)


def at_16_khz(sound: Floats, rate_hz: int = SONG_HZ) -> Floats:
    common = int(np.gcd(rate_hz, RATE_HZ))
    return np.asarray(resample_poly(sound, RATE_HZ // common, rate_hz // common), np.float32)


def likeness_db(heard: Floats, truth: Floats) -> float:
    """Return the scale-invariant ratio of signal to distortion (Le Roux et al., SDR - half-baked?, 2019)."""
    n = min(len(heard), len(truth))
    heard, truth = heard[:n] - heard[:n].mean(), truth[:n] - truth[:n].mean()
    right = (heard @ truth) / (truth @ truth) * truth
    return float(10 * np.log10((right @ right) / ((heard - right) @ (heard - right))))


def write(folder: Path, samples: Floats, rate_hz: int, name: str = "sound.wav") -> Path:
    path = folder / name
    soundfile.write(path, samples, rate_hz, subtype="FLOAT")
    return path


def test_the_voice_comes_out_of_the_mix(rendered: Rendered) -> None:
    mixed_db = likeness_db(at_16_khz(rendered.mix.mean(axis=1)), rendered.voice)
    separated_db = likeness_db(rendered.separated, rendered.voice)
    assert separated_db > mixed_db + 8


@pytest.mark.parametrize(("rate_hz", "n_channels"), [(44_100, 1), (22_050, 2), (96_000, 2), (48_000, 3)])
def test_any_rate_and_number_of_channels_will_do(
    rendered: Rendered, tmp_path: Path, rate_hz: int, n_channels: int
) -> None:
    common = int(np.gcd(rate_hz, SONG_HZ))
    sound = resample_poly(rendered.mix[: 9 * SONG_HZ], rate_hz // common, SONG_HZ // common, axis=0)
    channels = sound if n_channels == 2 else np.tile(sound.mean(axis=1, keepdims=True), n_channels)
    separated, _ = separate_voice(write(tmp_path, channels, rate_hz))
    mixed_db = likeness_db(at_16_khz(sound.mean(axis=1), rate_hz), rendered.voice)
    assert len(separated) == 9 * RATE_HZ
    assert likeness_db(separated, rendered.voice) > mixed_db + 6


def test_the_voice_is_as_long_as_the_song(rendered: Rendered) -> None:
    assert len(rendered.separated) == -(-len(rendered.mix) * RATE_HZ // SONG_HZ)


@pytest.mark.parametrize("n_samples", [0, 1, 700, 8_000])
def test_a_moment_of_8_khz_mono_is_long_enough(tmp_path: Path, n_samples: int) -> None:
    noise = np.random.default_rng(0).uniform(-0.3, 0.3, n_samples)
    separated, rate_hz = separate_voice(write(tmp_path, noise, 8_000))
    assert (len(separated), rate_hz) == (2 * n_samples, RATE_HZ)
    assert np.isfinite(separated).all()


def test_silence_stays_silent(tmp_path: Path) -> None:
    separated, _ = separate_voice(write(tmp_path, np.zeros((14 * 44_100, 2)), 44_100))
    assert len(separated) == 14 * RATE_HZ
    assert not separated.any()


def test_a_soft_recording_gives_the_same_voice_softer(rendered: Rendered, tmp_path: Path) -> None:
    loud, _ = separate_voice(write(tmp_path, rendered.mix[: 6 * SONG_HZ], SONG_HZ))
    soft, _ = separate_voice(write(tmp_path, 0.01 * rendered.mix[: 6 * SONG_HZ], SONG_HZ))
    assert np.allclose(100 * soft, loud, atol=1e-3)


def test_what_is_no_number_does_not_spread(rendered: Rendered, tmp_path: Path) -> None:
    sound = rendered.mix[: 4 * SONG_HZ].copy()
    sound[SONG_HZ : SONG_HZ + 3, 0] = np.nan, np.inf, -np.inf
    separated, _ = separate_voice(write(tmp_path, sound, SONG_HZ))
    assert np.isfinite(separated).all()
    assert likeness_db(separated, rendered.voice) > 6


def test_where_blocks_meet_is_not_heard(rendered: Rendered, tmp_path: Path) -> None:
    cut_s = 4
    later, _ = separate_voice(write(tmp_path, rendered.mix[cut_s * SONG_HZ :], SONG_HZ))
    moved = np.pad(later, (cut_s * RATE_HZ, 0))
    for first_s, last_s in ((9, 14), (13, 18)):  # blocks meet from 10 to 13 s; after the cut from 14 to 17 s
        span = slice(first_s * RATE_HZ, last_s * RATE_HZ)
        assert likeness_db(moved[span], rendered.separated[span]) > 15
    assert not len(click_times_s(rendered.separated, RATE_HZ))


def test_the_same_song_gives_the_same_samples(rendered: Rendered, tmp_path: Path) -> None:
    again = [separate_voice(write(tmp_path, rendered.mix[: 3 * SONG_HZ], SONG_HZ))[0] for _ in range(2)]
    assert np.array_equal(*again)


def test_progress_rises_to_the_end(rendered: Rendered) -> None:
    assert len(rendered.told) >= 2
    assert rendered.told == sorted(rendered.told)
    assert rendered.told[-1] == 1


def test_it_can_be_stopped_between_blocks(rendered: Rendered) -> None:
    told = []

    def stop(fraction: float) -> None:
        told.append(fraction)
        raise Cancelled("enough")

    with pytest.raises(Cancelled):
        separate_voice(rendered.path, on_fraction=stop)
    assert told == rendered.told[:1]


def test_what_is_no_sound_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "song.wav").write_bytes(b"RIFF but not really")
    for path in (tmp_path / "song.wav", tmp_path / "missing.wav"):
        with pytest.raises(MediaError) as refused:
            separate_voice(path)
        assert refused.value.where == str(path)
        assert refused.value.hint


def test_what_a_damaged_recording_still_holds_is_separated(tmp_path: Path) -> None:
    path = tmp_path / "song.ogg"
    soundfile.write(path, np.random.default_rng(0).uniform(-0.2, 0.2, (15 * 22_050, 2)), 22_050)
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(content[:middle] + bytes(5_000) + content[middle + 5_000 :])
    separated, _ = separate_voice(path)
    assert 5 * RATE_HZ < len(separated) <= 15 * RATE_HZ
    assert np.isfinite(separated).all()


def test_damaged_weights_are_found_before_they_are_used(tmp_path: Path) -> None:
    content = bytearray(WEIGHTS.read_bytes())
    content[len(content) // 2] ^= 1
    damaged = tmp_path / "weights.npz"
    damaged.write_bytes(content)
    with pytest.raises(SystemRequirementError, match="damaged") as refused:
        read_weights(damaged)
    assert "pip install" in refused.value.hint
    with pytest.raises(SystemRequirementError, match="No such file"):
        read_weights(tmp_path / "none.npz")


@pytest.fixture(scope="module")
def converter() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "benchmarks" / "convert_separator.py"
    spec = importlib.util.spec_from_file_location("convert_separator", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_converting_reads_arrays_and_runs_nothing_else(converter: ModuleType) -> None:
    array = np.arange(6, dtype=np.float32).reshape(2, 3)
    read = converter.ArraysOnly(io.BytesIO(pickle.dumps({"a": array}, protocol=2))).load()
    assert np.array_equal(read["a"], array)
    with pytest.raises(pickle.UnpicklingError, match="no place"):
        converter.ArraysOnly(io.BytesIO(pickle.dumps(print))).load()
