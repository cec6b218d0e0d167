"""How likely each frame is a beat and a downbeat, by a checkpoint of Beat This."""

from __future__ import annotations

import inspect
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from storyboard.schema.errors import SystemRequirementError
from storyboard.sync.beats.strokes import RATE_HZ, Floats

LOGIT_FRAME_S = 0.02
"""Seconds from one frame of the network to the next."""

# The spectrogram that the checkpoints were trained on (Foscarin et al., 2024, section 3.1).
_HOP, _N_FFT, _N_BANDS = 441, 1024, 128
_LOWEST_HZ, _HIGHEST_HZ = 30.0, 11_000.0
_LOUDER = 1000.0
_CHUNK, _BORDER = 1500, 6  # frames; the network knows no song longer than 30 s, and nothing near its edges


@dataclass(frozen=True)
class BeatModel:
    """A loaded network: logits (n_frames, 2) of a spectrogram (n_frames, 128), for a chunk."""

    predict: Callable[[Floats], Floats]


def load_beat_model(folder: Path, *, device: str = "auto") -> BeatModel:
    """Load the checkpoint in a folder.

    Args:
        folder: holds one file *.ckpt, as Beat This publishes them.
        device: of torch; "auto" is the card where there is one.

    Raises:
        SystemRequirementError: torch is missing, or the folder holds no such checkpoint.
    """
    if find_spec("torch") is None:
        raise SystemRequirementError(
            "not installed: torch", where="beat model", hint='pip install "storyboard[listening]"'
        )
    found = sorted(folder.glob("*.ckpt"))
    if len(found) != 1:
        raise SystemRequirementError(
            f"holds {len(found)} checkpoints, not one", where=str(folder), hint="storyboard pull beat_this"
        )
    try:
        return BeatModel(_predictor(found[0], device))
    except (
        OSError,
        RuntimeError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        pickle.PickleError,
    ) as error:
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise SystemRequirementError(
            f"is no checkpoint of Beat This ({said})", where=str(found[0]), hint="storyboard pull beat_this"
        ) from error


def logits(model: BeatModel, sound: Floats) -> Floats:
    """Return the logits of beat and downbeat, (n_frames, 2), of mono sound at RATE_HZ."""
    return in_chunks(model.predict, log_mel(sound))


def log_mel(sound: Floats) -> Floats:
    """Return the spectrogram (n_frames, 128) of mono sound at RATE_HZ, a frame every 20 ms."""
    import librosa

    padded = np.pad(sound, (0, max(0, _N_FFT - len(sound))))
    spectra = np.abs(librosa.stft(padded, n_fft=_N_FFT, hop_length=_HOP, pad_mode="reflect"))
    bands = librosa.filters.mel(
        sr=RATE_HZ, n_fft=_N_FFT, n_mels=_N_BANDS, fmin=_LOWEST_HZ, fmax=_HIGHEST_HZ, norm=None
    )
    return np.asarray(np.log1p(_LOUDER * (bands @ spectra).T / np.sqrt(_N_FFT)), np.float32)


def in_chunks(predict: Callable[[Floats], Floats], spectrogram: Floats) -> Floats:
    """Return the predictions for a whole song, from chunks of 30 s without their borders.

    The last chunk begins early, so that it is as long as the others; what two have heard is taken from
    the first (Foscarin et al., 2024).
    """
    n_frames, kept = len(spectrogram), _CHUNK - 2 * _BORDER
    padded = np.pad(spectrogram, ((_BORDER, _BORDER), (0, 0)))
    parts = []
    for first in range(0, n_frames, kept):
        begin = min(first, max(0, n_frames - kept))
        heard = predict(padded[begin : begin + _CHUNK])[_BORDER:-_BORDER]
        parts.append(heard[first - begin :])
    return np.concatenate(parts) if parts else np.zeros((0, 2), np.float32)


def _predictor(path: Path, device: str) -> Callable[[Floats], Floats]:
    import torch

    from storyboard.sync.beats.model.network import BeatThis

    checkpoint: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    given = {str(name): value for name, value in checkpoint["hyper_parameters"].items()}
    known = inspect.signature(BeatThis).parameters
    network = BeatThis(**{name: value for name, value in given.items() if name in known})
    weights = {_bare(name): value for name, value in checkpoint["state_dict"].items()}
    network.load_state_dict(weights)
    name = _device_name(torch) if device == "auto" else device
    network = network.to(name).eval()

    def predict(spectrogram: Floats) -> Floats:
        with torch.inference_mode():
            heard = network(torch.from_numpy(spectrogram)[None].to(name))
            return np.asarray(heard[0].float().cpu().numpy(), np.float32)

    return predict


def _bare(name: str) -> str:
    """Return the name of a weight without those of the classes that it was trained in."""
    return name.replace("_orig_mod.", "").removeprefix("model.")


def _device_name(torch: Any) -> str:
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"
