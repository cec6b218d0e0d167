"""Beats by a network: published checkpoints load, songs are heard in chunks, logits become a grid."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from storyboard.schema.errors import SystemRequirementError
from storyboard.sync.beats import RATE_HZ, Beats, Floats
from storyboard.sync.beats.model import activations, track_by_model
from storyboard.sync.beats.model.activations import LOGIT_FRAME_S, in_chunks, load_beat_model, log_mel
from storyboard.sync.beats.model.decoding import LogitEvidence, grid_of
from storyboard.sync.beats.strokes import FRAME_S

Times = NDArray[np.float64]
SMALL = {"transformer_dim": 32, "n_layers": 1, "head_dim": 8, "stem_dim": 8, "ff_mult": 2}
# What Beat This keeps besides, of its training.
TRAINING = {"fps": 50, "lr": 8e-4, "dropout": {"frontend": 0.1, "transformer": 0.2}, "max_epochs": 100}


@pytest.fixture(scope="module")
def torch() -> Any:
    module = pytest.importorskip("torch")
    module.set_num_threads(1)
    return module


def checkpoint(folder: Path, **choices: object) -> Path:
    """Write a small network with random weights as the published checkpoints are written."""
    torch = pytest.importorskip("torch")
    from storyboard.sync.beats.model.network import BeatThis

    torch.manual_seed(7)
    given: dict[str, Any] = {"spect_dim": 128, **SMALL, **choices}
    weights = {f"model.{name}": value for name, value in BeatThis(**given).state_dict().items()}
    content = {
        "state_dict": weights,
        "hyper_parameters": given | TRAINING,
        "datamodule_hyper_parameters": {"batch_size": 8},
        "pytorch-lightning_version": "2.2.1",
    }
    folder.mkdir(exist_ok=True)
    torch.save(content, folder / "final0.ckpt")
    return folder


def test_the_network_has_the_parts_of_the_published_one(torch: Any) -> None:
    from storyboard.sync.beats.model.network import BeatThis

    with torch.device("meta"):
        network = BeatThis()
    shapes = {name: tuple(weight.shape) for name, weight in network.state_dict().items()}
    assert shapes["frontend.stem.bn1d.running_mean"] == (128,)
    assert shapes["frontend.stem.conv2d.weight"] == (32, 1, 4, 3)
    assert shapes["frontend.blocks.1.partial.attnF.to_qkv.weight"] == (192, 64)
    assert shapes["frontend.blocks.2.partial.ffT.net.4.weight"] == (128, 512)
    assert shapes["frontend.blocks.2.norm.running_var"] == (256,)
    assert shapes["frontend.linear.weight"] == (512, 1024)
    assert shapes["transformer_blocks.layers.5.0.rotary_embed.freqs"] == (16,)
    assert shapes["transformer_blocks.layers.5.0.to_gates.bias"] == (16,)
    assert shapes["transformer_blocks.layers.5.0.to_out.0.weight"] == (512, 512)
    assert shapes["transformer_blocks.layers.5.1.net.1.weight"] == (2048, 512)
    assert shapes["transformer_blocks.norm.gamma"] == (512,)
    assert shapes["task_heads.beat_downbeat_lin.weight"] == (2, 512)
    assert sum(weight.numel() for weight in network.parameters()) == pytest.approx(20.3e6, rel=0.02)


@pytest.mark.parametrize("choices", [{}, {"partial_transformers": False}, {"sum_head": False}])
def test_a_checkpoint_is_read_and_heard_with(torch: Any, tmp_path: Path, choices: dict[str, object]) -> None:
    model = load_beat_model(checkpoint(tmp_path, **choices))
    spectrogram = np.random.default_rng(1).random((300, 128)).astype(np.float32)
    heard = in_chunks(model.predict, spectrogram)
    assert heard.shape == (300, 2)
    assert heard.std() > 0
    again = in_chunks(load_beat_model(tmp_path).predict, spectrogram)
    assert np.array_equal(heard, again)


def test_a_compiled_network_has_other_names_for_the_same_weights(torch: Any, tmp_path: Path) -> None:
    path = checkpoint(tmp_path / "plain") / "final0.ckpt"
    content = torch.load(path, weights_only=True)
    content["state_dict"] = {
        name.replace("model.", "model._orig_mod."): value for name, value in content["state_dict"].items()
    }
    (tmp_path / "compiled").mkdir()
    torch.save(content, tmp_path / "compiled" / "x.ckpt")
    spectrogram = np.ones((50, 128), np.float32)
    heard = [load_beat_model(tmp_path / name).predict(spectrogram) for name in ("plain", "compiled")]
    assert np.array_equal(*heard)


@pytest.mark.parametrize("n_frames", [1, 40, 1487, 1488, 1489, 1500, 4000])
def test_chunks_together_hear_every_frame_once_and_none_near_an_edge(n_frames: int) -> None:
    lengths: list[int] = []

    def nearby(chunk: Floats) -> Floats:
        """A network that hears the five frames on either side, and nothing at the edges of a chunk."""
        lengths.append(len(chunk))
        sums = np.convolve(chunk[:, 0], np.ones(11), mode="same")
        sums[:5] = sums[-5:] = -1000
        return np.stack([sums, chunk[:, 0]], axis=1).astype(np.float32)

    spectrogram = np.random.default_rng(0).random((n_frames, 3)).astype(np.float32)
    heard = in_chunks(nearby, spectrogram)
    assert np.allclose(heard[:, 0], np.convolve(spectrogram[:, 0], np.ones(11))[5:][:n_frames], atol=1e-4)
    assert np.array_equal(heard[:, 1], spectrogram[:, 0])
    assert max(lengths) <= 1500
    assert n_frames < 1488 or min(lengths) == 1500


def test_the_spectrogram_is_that_of_the_training(torch: Any) -> None:
    sound = np.random.default_rng(4).standard_normal(RATE_HZ).astype(np.float32)
    frames = log_mel(sound)
    assert frames.shape == (51, 128)
    spectra = torch.stft(
        torch.from_numpy(sound), 1024, 441, window=torch.hann_window(1024), normalized=True,
        return_complex=True,
    ).abs()  # fmt: skip
    hz = torch.linspace(0, 11_025, 513)
    low, middle, high = mel_to_hz(np.linspace(hz_to_mel(30), hz_to_mel(11_000), 130)[60:63])
    triangle = torch.clamp(torch.minimum((hz - low) / (middle - low), (high - hz) / (high - middle)), min=0)
    assert np.allclose(frames[:, 60], torch.log1p(1000 * triangle @ spectra), atol=1e-3)


def hz_to_mel(hz: float) -> float:
    """Slaney's scale: straight to 1 kHz, then 27 steps for each factor of 6.4."""
    return hz * 3 / 200 if hz < 1000 else 15 + 27 * np.log(hz / 1000) / np.log(6.4)


def mel_to_hz(mels: Times) -> Times:
    return np.where(mels < 15, mels * 200 / 3, 1000 * np.exp((mels - 15) * np.log(6.4) / 27))


def planted(beats_s: Times, first_of_bar: NDArray[np.bool_], seed: int = 0) -> Floats:
    """Return logits as the network gives them: narrow peaks on the nearest frames, noise elsewhere."""
    rng = np.random.default_rng(seed)
    made = rng.normal(-7, 1, (round((beats_s[-1] + 1) / LOGIT_FRAME_S), 2))
    for at, is_first in zip(beats_s / LOGIT_FRAME_S, first_of_bar, strict=True):
        for frame in (round(at) - 1, round(at), round(at) + 1):
            top = rng.normal(4, 0.5) - 3 * (frame - at) ** 2
            made[frame, 0] = max(made[frame, 0], top)
            if is_first:
                made[frame, 1] = max(made[frame, 1], top - 1)
    return np.asarray(made, np.float32)


def in_bars(n_beats: int, metre: int, first: int = 0) -> NDArray[np.bool_]:
    return np.arange(n_beats) % metre == first


def heard(logits: Floats, beats_per_bar: int = 4) -> Beats:
    found = grid_of(logits, beats_per_bar=beats_per_bar)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("tempo_bpm", "metre", "first"),
    [(120, 4, 0), (67, 4, 2), (174, 4, 1), (96, 3, 0), (190, 3, 2), (108, 2, 1)],
)
def test_planted_beats_are_decoded_with_their_tempo_and_metre(
    tempo_bpm: float, metre: int, first: int
) -> None:
    beats_s = 0.63 + np.arange(64) * 60 / tempo_bpm
    found = heard(planted(beats_s, in_bars(64, metre, first)))
    assert found.beats_per_bar == metre
    assert found.tempo_bpm == pytest.approx(tempo_bpm, rel=0.01)
    assert found.is_steady and found.keeps_metre
    assert found.confidence > 0.9
    assert far_from(beats_s, found.beats_s) < 0.015
    assert far_from(beats_s[first::metre], found.downbeats_s) < 0.015
    between_s = [beat for beat in found.beats_s if beats_s[0] < beat < beats_s[-1]]
    assert far_from(np.array(between_s), beats_s) < 0.015


def far_from(wanted_s: Times, found_s: Any) -> float:
    """Return the distance of the worst wanted time from the found one that is nearest to it."""
    return float(np.abs(np.array(found_s)[:, None] - wanted_s).min(axis=0).max())


def test_two_beats_in_a_bar_are_six_eight_where_that_is_expected() -> None:
    beats_s = 0.5 + np.arange(60) * 0.7
    assert heard(planted(beats_s, in_bars(60, 2)), beats_per_bar=6).beats_per_bar == 6


def test_beats_that_the_network_misses_are_filled_in() -> None:
    beats_s = 0.5 + np.arange(80) * 0.5
    kept = np.ones(80, bool)
    kept[[13, 30, 31, 57]] = False
    found = heard(planted(beats_s[kept], in_bars(80, 4)[kept]))
    assert far_from(beats_s, found.beats_s) < 0.03


def test_a_tempo_that_changes_is_followed() -> None:
    beats_s = 0.5 + np.cumsum(0.5 + 0.08 * np.sin(np.arange(90) / 7))
    found = heard(planted(beats_s, in_bars(90, 4)))
    assert far_from(beats_s, found.beats_s) < 0.03
    assert not found.is_steady


def test_a_beat_speaks_against_one_that_would_span_it() -> None:
    found = np.full((400, 2), -7.0, np.float32)
    found[100:151:25, 0] = 5.0  # at 2.0, 2.5 and 3.0 s
    evidence = LogitEvidence(found)
    at = np.array([round(2.0 / FRAME_S)])
    half_s, whole_s = (round(length_s / FRAME_S) for length_s in (0.5, 1.0))
    assert evidence.beat(at, half_s)[0] > 3 and evidence.beat(at, whole_s)[0] < -3
    assert evidence.beat(at, np.array([whole_s]))[0] == evidence.beat(at, whole_s)[0]
    assert evidence.beat(at + half_s // 2, half_s)[0] < -3


def test_a_change_of_metre_is_followed() -> None:
    beats_s = 0.5 + np.arange(97) * 0.45
    firsts = np.concatenate([in_bars(48, 4), in_bars(49, 3)])
    found = heard(planted(beats_s, firsts))
    assert not found.keeps_metre
    assert far_from(beats_s[firsts], found.downbeats_s) < 0.02


@pytest.mark.parametrize("n_frames", [0, 100, 2000])
def test_nothing_is_made_up(n_frames: int) -> None:
    noise = np.random.default_rng(2).normal(-7, 1.5, (n_frames, 2)).astype(np.float32)
    assert grid_of(noise) is None


def test_the_same_sound_gives_the_same_grid_or_none(torch: Any, tmp_path: Path) -> None:
    folder = checkpoint(tmp_path)
    clicks = np.zeros(6 * 44_100, np.float32)
    clicks[:: 44_100 // 2] = 1
    found = [track_by_model(clicks, 44_100, folder) for _ in range(2)]
    assert found[0] == found[1]


def test_a_folder_without_a_checkpoint_says_how_to_get_one(torch: Any, tmp_path: Path) -> None:
    with pytest.raises(SystemRequirementError, match="holds 0 checkpoints") as failure:
        load_beat_model(tmp_path)
    assert failure.value.hint == "storyboard pull beat_this"
    (tmp_path / "a.ckpt").write_bytes(b"not a checkpoint")
    with pytest.raises(SystemRequirementError, match="no checkpoint of Beat This"):
        load_beat_model(tmp_path)


def test_the_weights_of_another_network_are_refused(torch: Any, tmp_path: Path) -> None:
    torch.save({"state_dict": {"a": torch.ones(1)}, "hyper_parameters": SMALL}, tmp_path / "a.ckpt")
    with pytest.raises(SystemRequirementError, match="no checkpoint of Beat This"):
        load_beat_model(tmp_path)


def test_a_checkpoint_cannot_run_code(torch: Any, tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return builtins.exec, ("raise AssertionError('it ran')",)

    torch.save({"state_dict": Trap(), "hyper_parameters": {}}, tmp_path / "a.ckpt")
    with pytest.raises(SystemRequirementError, match="no checkpoint of Beat This"):
        load_beat_model(tmp_path)


def test_without_torch_the_pip_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activations, "find_spec", lambda name: None)
    with pytest.raises(SystemRequirementError, match="not installed: torch") as failure:
        track_by_model(np.zeros(RATE_HZ, np.float32), RATE_HZ, tmp_path)
    assert failure.value.hint == 'pip install "storyboard[listening]"'
