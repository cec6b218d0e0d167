"""hibari-tts's English voice as a singer: its graph, edited in memory so that notes go straight in.

The package's model predicts durations, pitch and energy from phonemes and turns them into spectra.
Cut in two, the halves can be driven by a score: the prosody half says how the line would be spoken,
the spectrum half draws whatever durations, pitch and energy it is handed. Tensor names are internals
of the pinned release, so the release and the model file's hash are checked before anything else.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import GeneratorUnavailable

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

FRAME_RATE_HZ = 80.0
"""Spectra a second: hop 300 at 24 kHz."""
RATE_HZ = 24_000

_PACKAGE = "hibari-tts"
_RELEASE = "0.2.1"
_MODEL_SHA256 = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
_INSTALL = f'pip install "{_PACKAGE}[fast]=={_RELEASE}"'

_SPOKEN_PAIRS = "/Div_40_output_0"  # how long each phoneme is spoken, in pairs of frames, not yet rounded
_PAIRS = "/Cast_32_output_0"  # how long each phoneme shall last, in pairs of frames
_PROSODY_CODES = "/Transpose_55_output_0"  # one column a phoneme, what energy and f0 are made of
_SPECTRUM_CODES = "/Transpose_22_output_0"  # one column a phoneme, what the spectra are made of
_FRAME_CODES = "/Reshape_42_output_0"  # the same, one column a frame
_F0 = "f0"
_ENERGY = "/Mul_62_output_0"
_SPECTRA = ("lh", "theta", "ln", "lr", "phi")


@dataclass(frozen=True)
class Spectra:
    """One line's spectra, each [601 bins, frames]: what the vocoder filters pulses and noise with.

    `harmonic`, `noise` and `free` are log magnitudes, `harmonic_phase` turns as pi * tanh, and
    `free_phase` is in radians.
    """

    harmonic: Floats
    harmonic_phase: Floats
    noise: Floats
    free: Floats
    free_phase: Floats


def check_release() -> None:
    """Raise GeneratorUnavailable unless the pinned release and its model file are installed."""
    model_path()


@functools.cache
def model_path() -> Path:
    """Return the checked model file of the pinned release.

    Raises:
        GeneratorUnavailable: the package is missing, another release, or its model file differs.
    """
    try:
        release = importlib.metadata.version(_PACKAGE)
    except importlib.metadata.PackageNotFoundError as error:
        raise GeneratorUnavailable(f"{_PACKAGE} is not installed", where="singer", hint=_INSTALL) from error
    if release != _RELEASE:
        message = f"{_PACKAGE} {release} is installed, but the voice is fitted to {_RELEASE}"
        raise GeneratorUnavailable(message, where="singer", hint=_INSTALL)
    spec = importlib.util.find_spec("hibari")
    path = Path(spec.origin if spec and spec.origin else "hibari").parent / "assets" / "hibari.onnx"
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != _MODEL_SHA256:
        message = f"the voice model {path} is missing or is not the one of {_PACKAGE} {_RELEASE}"
        raise GeneratorUnavailable(message, where="singer", hint=f"{_INSTALL} --force-reinstall")
    return path


@functools.cache
def load_voice() -> VoiceModel:
    """Load the voice, once a process (about one CPU second)."""
    return VoiceModel(model_path())


@dataclass(frozen=True)
class Encoded:
    """A line's phonemes as the model sees them, its two pads included (n columns).

    `spectrum_codes` [1, 128, n] is what spectra are drawn from, `prosody_codes` [1, channels, n] what
    energy is; `spoken_frames` [n] is how long each lasts in speech, in frames (80 a second).
    """

    spectrum_codes: Floats
    prosody_codes: Floats
    spoken_frames: Floats


class VoiceModel:
    """Encodes phonemes, says how loudly each is spoken, and draws spectra for any durations and notes."""

    def __init__(self, path: Path) -> None:
        import onnx

        parts = onnx.utils.Extractor(onnx.load(str(path)))
        codes = [_SPECTRUM_CODES, _PROSODY_CODES, _SPOKEN_PAIRS]
        self._encoder = _session(parts.extract_model(["ids", "speed"], codes))
        self._prosody = _session(parts.extract_model([_PROSODY_CODES, _PAIRS], [_ENERGY, _F0]))
        self._drawer = _session(parts.extract_model([_FRAME_CODES, _F0, _ENERGY], list(_SPECTRA)))
        self._ids: dict[str, int] = json.loads((path.parent / "vocab.json").read_text(encoding="utf-8"))

    def encode(self, phonemes: str) -> Encoded:
        """Encode a line; column 0 and the last one are pads, silent."""
        ids = np.array([[0, *(self._ids[phoneme] for phoneme in phonemes), 0]], np.int64)
        outputs = self._encoder.run(None, {"ids": ids, "speed": np.ones(1, np.float32)})
        spectrum_codes, prosody_codes, pairs = outputs
        return Encoded(spectrum_codes, prosody_codes, 2.0 * np.maximum(pairs.reshape(-1), 0.0))

    def spoken_prosody(self, line: Encoded, pairs: Integers) -> tuple[Floats, Floats]:
        """Return energy and f0 (Hz) as the model would speak with these durations in pairs of frames."""
        energy, f0_hz = self._prosody.run(None, {_PROSODY_CODES: line.prosody_codes, _PAIRS: pairs})
        return energy[0], f0_hz[0]

    def draw(self, line: Encoded, columns: Integers, f0_hz: Floats, energy: Floats) -> Spectra:
        """Draw the spectra of a line.

        Args:
            line: the phonemes.
            columns: [frames] which phoneme sounds in each frame.
            f0_hz: [frames] pitch, 0 where unvoiced.
            energy: [frames] loudness in the model's own unit.
        """
        frames = np.ascontiguousarray(line.spectrum_codes[:, :, columns])
        inputs = {_FRAME_CODES: frames, _F0: f0_hz[None], _ENERGY: energy[None]}
        return Spectra(*(output[0] for output in self._drawer.run(None, inputs)))


def _session(model: Any) -> Any:
    """Open a part of the graph on one thread, so that the same input always gives the same bytes."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
