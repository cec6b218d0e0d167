"""What can be known of a video pipeline from its configuration alone, before any weight is loaded."""

from __future__ import annotations

import inspect
import json
from dataclasses import dataclass
from functools import lru_cache
from math import lcm, prod
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from storyboard.generators.models.packages import need
from storyboard.generators.video.diffusion.lattice import FrameLattice
from storyboard.generators.video.model_cards import Card, card_of, wants_more
from storyboard.schema.errors import GeneratorUnavailable

_USUAL_SIZE, _USUAL_FRAMES, _USUAL_STEPS = (832, 480), 49, 50
_COUNTS = ("num_frames", "frames", "video_length")
"""What calls name the number of frames."""
_OURS = {
    "prompt", "negative_prompt", "image", "video", "height", "width", *_COUNTS, "num_inference_steps",
    "guidance_scale", "fps", "frame_rate", "seed", "reference_images", "output_type", "return_dict",
    "num_videos_per_prompt", "num_images_per_prompt", "callback_steps", "callback_on_step_end_tensor_inputs",
}  # fmt: skip
_DISSOLVE = 8  # frames in which a part gives way to the next where it cannot go on from a picture
_UNET_MULTIPLE = 64  # it halves the latents three times
_ATTENTION = ("num_attention_heads", "attention_head_dim", "num_layers")
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
        steps: denoising steps by default; None where its call has no such argument.
        guidance_scale: by default; None where its call has none.
        counts: what its call names the number of frames.
        takes: the arguments of its call by name.
        arguments: its further plain arguments, which users may set.
        is_transformer: whether a transformer denoises; else a UNet does.
        pixels_a_token: of all frames together, that a token of the transformer stands for.
        attention: the width of its attention times its layers; 0 where it is not known.
        card: what its model card says.
    """

    name: str
    lattice: FrameLattice
    fps: float
    size: tuple[int, int]
    multiple: int
    steps: int | None
    guidance_scale: float | None
    counts: str
    takes: frozenset[str]
    arguments: dict[str, Argument]
    is_transformer: bool
    pixels_a_token: int
    attention: int
    card: Card

    @property
    def goes_on(self) -> bool:
        """Whether it can go on from frames that are there: its call takes a film with a mask."""
        return {"video", "mask"} <= self.takes


@lru_cache(maxsize=8)
def facts_of(folder: Path, where: str) -> PipelineFacts:
    """Read a pipeline's configuration and the signature of its call.

    Args:
        folder: holds model_index.json and the models' configurations.
        where: what asks, for the error.

    Raises:
        GeneratorUnavailable: it is no video pipeline of diffusers, or asks for what no scene has.
    """
    need("diffusers", "torch", extra="gpu", where=where)
    kind = _class_of(folder, where)
    parameters = dict(list(inspect.signature(kind.__call__).parameters.items())[1:])
    counts = _check(kind.__name__, parameters, where)
    transformer = _config(folder, "transformer") or _config(folder, "transformer_2")
    core = transformer or _config(folder, "unet")
    spatial, temporal = _factors(folder)
    card = card_of(kind.__name__, core, spatial)
    patch = _last(core.get("patch_size") or 1) if transformer else 1
    steps = _default(parameters, "num_inference_steps") or _USUAL_STEPS
    return PipelineFacts(
        name=kind.__name__,
        lattice=_lattice(parameters, counts, core, card, temporal),
        fps=float(_default(parameters, "frame_rate") or _default(parameters, "fps") or card.fps),
        size=card.size or _size(parameters, core, spatial),
        multiple=lcm(_multiple(core, spatial * patch, bool(transformer)), card.multiple),
        steps=int(steps) if "num_inference_steps" in parameters else None,
        guidance_scale=_default(parameters, "guidance_scale"),
        counts=counts,
        takes=frozenset(parameters),
        arguments=_plain_arguments(kind, parameters, card),
        is_transformer=bool(transformer),
        pixels_a_token=(spatial * patch) ** 2 * temporal * (core.get("patch_size_t") or 1),
        attention=prod(transformer.get(name) or 0 for name in _ATTENTION),
        card=card,
    )


def _class_of(folder: Path, where: str) -> Any:
    import diffusers

    name = diffusers.DiffusionPipeline.load_config(folder).get("_class_name", "")
    kind = getattr(diffusers, name, None) if isinstance(name, str) else None
    if kind is None:
        raise GeneratorUnavailable(
            f"diffusers {diffusers.__version__} has no {name or 'such pipeline'}",
            where=where,
            hint="pip install -U diffusers, or choose another model",
        )
    return kind


def _check(name: str, parameters: dict[str, Any], where: str) -> str:
    """Make sure that a pipeline makes a video of what a scene has; return what it names frame counts."""
    needed = [
        each.name
        for each in parameters.values()
        if each.default is each.empty and each.name not in _OURS and each.kind != each.VAR_KEYWORD
    ]
    counts = next((each for each in _COUNTS if each in parameters), "")
    if counts and not needed and not wants_more(name):
        return counts
    lacks = "makes no video of a given length"
    if counts:
        lacks = f"asks for {', '.join(needed) or 'more than a scene has'}"
    raise GeneratorUnavailable(f"{name} {lacks}", where=where, hint="choose a text- or image-to-video model")


def _lattice(
    parameters: dict[str, Any], counts: str, core: dict[str, Any], card: Card, temporal: int
) -> FrameLattice:
    overlap = _DISSOLVE
    if "image" in parameters:
        overlap = 1
    elif {"video", "mask"} <= set(parameters):
        overlap = temporal + 1
    told = core.get("sample_frames") or _default(parameters, counts) or core.get("num_frames")
    most = int(card.n_frames or told or _USUAL_FRAMES)
    fewest = most if card.one_length else 2 * temporal + 1
    return FrameLattice(fewest, temporal, max(most, fewest), overlap)


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


def _multiple(core: dict[str, Any], patch: int, is_transformer: bool) -> int:
    """Return what sides have to be multiples of; sparse attention (Kandinsky) joins patches by eights."""
    return (
        lcm(patch, patch * 8 if core.get("attention_type") == "nabla" else 1)
        if is_transformer
        else _UNET_MULTIPLE
    )


def _size(parameters: dict[str, Any], core: dict[str, Any], spatial: int) -> tuple[int, int]:
    """Return the usual width and height: of the call, of the model, or what most have."""
    side = core.get("sample_size") if isinstance(core.get("sample_size"), int) else 0
    wide = _default(parameters, "width") or (core.get("sample_width") or side or 0) * spatial
    high = _default(parameters, "height") or (core.get("sample_height") or side or 0) * spatial
    wide, high = wide or core.get("target_size", 0), high or core.get("target_size", 0)
    return int(wide or _USUAL_SIZE[0]), int(high or _USUAL_SIZE[1])


def _default(parameters: dict[str, Any], name: str) -> Any:
    found = parameters[name].default if name in parameters else None
    return None if found is inspect.Parameter.empty else found


def _last(value: Any) -> int:
    return int(value[-1] if isinstance(value, (list, tuple)) else value)


def _plain_arguments(kind: Any, parameters: dict[str, Any], card: Card) -> dict[str, Argument]:
    """Return the arguments that a number, a text, or yes and no can be given for."""
    try:
        hints = get_type_hints(kind.__call__)
    except (NameError, TypeError):  # annotations that nobody can read say nothing: the defaults do
        hints = {}
    found = {}
    for name, each in parameters.items():
        plain = [one for one in _alternatives(hints.get(name, type(each.default))) if one in _PLAIN]
        if plain and name not in _OURS and each.default is not inspect.Parameter.empty:
            default = max(each.default or 0, card.n_tokens) if name == "max_sequence_length" else each.default
            found[name] = Argument(Union[(*plain, NoneType)], default)
    return found


def _alternatives(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
