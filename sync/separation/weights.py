"""The network's weights: Spleeter's for the voice, as benchmarks/convert_separator.py packs them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import SystemRequirementError

Floats = NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("voice-unet.npz")
SHA256 = "17949a4dcef3b7600d8219e4737430843b1673027f1a6ef08523b7132eeee599"

_PARTS = ("kernel", "scale", "bias", "gain", "shift")


@dataclass(frozen=True)
class Layer:
    """One convolution and the batch normalisation near it.

    Attributes:
        kernel: (n_out, n_in, height, width), of a transposed convolution (n_in, n_out, height, width);
            height is time, width is frequency.
        bias: (n_out,).
        gain: what batch normalisation multiplies with, (n_out,); 1 where there is none.
        shift: what it adds, (n_out,).
    """

    kernel: Floats
    bias: Floats
    gain: Floats
    shift: Floats


def read_weights(path: Path = WEIGHTS) -> dict[str, Layer]:
    """Return the layers by name: down1 to down6, up1 to up6 and mask.

    Raises:
        SystemRequirementError: the file is missing or not the one that belongs to this version.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unusable(path, f"cannot be read ({error.strerror})") from error
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise _unusable(path, "are damaged")
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return layers(arrays)


def layers(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Layer]:
    """Return the layers of packed arrays, named as in "down1.kernel"."""
    names = [name.removesuffix(".kernel") for name in arrays if name.endswith(".kernel")]
    return {name: _layer({part: arrays[f"{name}.{part}"] for part in _PARTS}) for name in names}


def _layer(parts: dict[str, NDArray[Any]]) -> Layer:
    floats = {part: values.astype(np.float32) for part, values in parts.items()}
    kernel = floats["kernel"] * floats["scale"]
    return Layer(kernel, floats["bias"], floats["gain"], floats["shift"])


def _unusable(path: Path, why: str) -> SystemRequirementError:
    return SystemRequirementError(
        f"the weights of the voice separation {why}",
        where=str(path),
        hint="pip install --force-reinstall --no-deps storyboard",
    )
