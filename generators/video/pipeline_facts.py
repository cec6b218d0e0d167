"""What can be known of a video pipeline from its configuration alone, before any weight is loaded."""

from __future__ import annotations

import inspect
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from storyboard.generators.video.diffusion.lattice import FrameLattice
from storyboard.schema.errors import GeneratorUnavailable

_RATES = {
    "Wan": 16, "CogVideoX": 8, "HunyuanVideo": 24, "Mochi": 30, "Allegro": 15, "EasyAnimate": 8,
    "Kandinsky": 24, "SkyReels": 24, "Helios": 24, "Motif": 24, "Sana": 16,
}  # fmt: skip
"""Frames a second of models whose pipeline does not say them, as their model cards do."""
_USUAL_FPS, _USUAL_SIZE, _USUAL_FRAMES, _USUAL_STEPS = 16, (480, 832), 49, 50
_OURS = {
    "prompt", "negative_prompt", "image", "height", "width", "num_frames", "num_inference_steps",
    "guidance_scale", "fps", "frame_rate", "reference_images", "output_type", "return_dict",
    "num_videos_per_prompt", "callback_on_step_end_tensor_inputs",
}  # fmt: skip
_GIVEN = {"prompt", "image", "height", "width", "num_frames", "fps", "frame_rate", "reference_images"}
_DISSOLVE = 8  # frames in which a part gives way to the next where it cannot go on from a picture
_PLAIN = (bool, int, float, str)


@dataclass(frozen=True)
class Argument:
    """A plain argument of a pipeline's call: its type, and its default."""

    kind: Any
    default: Any


@dataclass(frozen=True)
class PipelineFacts:
    """A video pipeline.

    Attributes:
        name: of its class in diffusers.
        lattice: the frame counts it can make.
        fps: its frame rate.
        size: the width and height it was trained for, in pixels.
        multiple: what both have to be multiples of.
        steps: denoising steps by default.
        guidance_scale: by default; None where its call has none.
        takes: the arguments of its call by name that are set here.
        arguments: its further plain arguments, which users may set.
    """

    name: str
    lattice: FrameLattice
    fps: float
    size: tuple[int, int]
    multiple: int
    steps: int
    guidance_scale: float | None
    takes: frozenset[str]
    arguments: dict[str, Argument]

    @property
    def is_transformer(self) -> bool:
        """Whether its numbers run over in float16, as those of large transformers do."""
        return self.multiple > 8 or self.lattice.step > 1


@lru_cache(maxsize=8)
def facts_of(folder: Path, where: str) -> PipelineFacts:
    """Read a pipeline's configuration and the signature of its call.

    Args:
        folder: holds model_index.json and the models' configurations.
        where: what asks, for the error.

    Raises:
        GeneratorUnavailable: it is no video pipeline of diffusers, or asks for what no scene has.
    """
    kind = _class_of(folder, where)
    parameters = dict(list(inspect.signature(kind.__call__).parameters.items())[1:])
    unknown = [
        name
        for name, each in parameters.items()
        if each.default is inspect.Parameter.empty and name not in _GIVEN and each.kind != each.VAR_KEYWORD
    ]
    if "num_frames" not in parameters or unknown:
        lacks = f"asks for {', '.join(unknown)}" if unknown else "makes no video of a given length"
        raise GeneratorUnavailable(
            f"{kind.__name__} {lacks}", where=where, hint="choose a text- or image-to-video model"
        )
    core = _config(folder, "transformer") or _config(folder, "unet")
    spatial, temporal = _factors(folder)
    multiple = spatial * _last(core.get("patch_size", 1)) if _config(folder, "transformer") else 8
    overlap = 1 if "image" in parameters else _DISSOLVE
    most = _default(parameters, "num_frames") or core.get("sample_frames") or _USUAL_FRAMES
    return PipelineFacts(
        name=kind.__name__,
        lattice=FrameLattice(2 * temporal + 1, temporal, max(int(most), 2 * temporal + 1), overlap),
        fps=float(_default(parameters, "frame_rate") or _default(parameters, "fps") or _rate(kind.__name__)),
        size=_size(parameters, core, spatial),
        multiple=multiple,
        steps=int(_default(parameters, "num_inference_steps") or _USUAL_STEPS),
        guidance_scale=_default(parameters, "guidance_scale"),
        takes=frozenset(parameters),
        arguments=_plain_arguments(kind, parameters),
    )


def _class_of(folder: Path, where: str) -> Any:
    import diffusers

    name = diffusers.DiffusionPipeline.load_config(folder).get("_class_name", "")
    kind = getattr(diffusers, name, None)
    if kind is None:
        raise GeneratorUnavailable(
            f"diffusers {diffusers.__version__} has no {name or 'such pipeline'}",
            where=where,
            hint="pip install -U diffusers, or choose another model",
        )
    return kind


def _config(folder: Path, part: str) -> dict[str, Any]:
    path = folder / part / "config.json"
    return dict(json.loads(path.read_bytes())) if path.is_file() else {}


def _factors(folder: Path) -> tuple[int, int]:
    """Return how many pixels and how many frames a latent stands for, by the VAE built without memory."""
    import diffusers
    import torch

    config = _config(folder, "vae")
    kind: Any = getattr(diffusers, config.get("_class_name", ""), None)
    if kind is None:
        return 8, 1
    with torch.device("meta"):
        vae = kind.from_config(config)

    def first(*names: str) -> int | None:
        found = (vae.config.get(name) or vars(vae).get(name) for name in names)
        return next((int(each) for each in found if each), None)

    down = vae.config.get("temperal_downsample")  # diffusers spells it so
    by_levels = 2 ** (len(config.get("block_out_channels", [0] * 4)) - 1)
    spatial = first("scale_factor_spatial", "spatial_compression_ratio")
    temporal = first("scale_factor_temporal", "temporal_compression_ratio")
    return (
        spatial or (2 ** len(down) if down else by_levels),
        temporal or (2 ** sum(bool(each) for each in down) if down else 1),
    )


def _size(parameters: dict[str, Any], core: dict[str, Any], spatial: int) -> tuple[int, int]:
    high = _default(parameters, "height") or core.get("sample_height", 0) * spatial or _USUAL_SIZE[0]
    wide = _default(parameters, "width") or core.get("sample_width", 0) * spatial or _USUAL_SIZE[1]
    return int(wide), int(high)


def _rate(name: str) -> int:
    return next((fps for start, fps in _RATES.items() if name.startswith(start)), _USUAL_FPS)


def _default(parameters: dict[str, Any], name: str) -> Any:
    found = parameters[name].default if name in parameters else None
    return None if found is inspect.Parameter.empty else found


def _last(value: Any) -> int:
    return int(value[-1] if isinstance(value, (list, tuple)) else value)


def _plain_arguments(kind: Any, parameters: dict[str, Any]) -> dict[str, Argument]:
    """Return the arguments that a number, a text, or yes and no can be given for."""
    hints = get_type_hints(kind.__call__)
    found = {}
    for name, each in parameters.items():
        plain = [one for one in _alternatives(hints.get(name, type(each.default))) if one in _PLAIN]
        if plain and name not in _OURS and each.default is not inspect.Parameter.empty:
            found[name] = Argument(Union[(*plain, NoneType)], each.default)
    return found


def _alternatives(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
