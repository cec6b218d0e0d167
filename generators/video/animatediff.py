"""AnimateDiff: a motion adapter that lets any Stable Diffusion 1.5 checkpoint film.

Guo et al., AnimateDiff: Animate Your Personalized Text-to-Image Diffusion Models without Specific
Tuning, ICLR 2024. Longer clips by Qiu et al., FreeNoise, ICLR 2024.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

from pydantic import Field

from storyboard.generators.models.device import Device
from storyboard.generators.models.layout import STABLE_DIFFUSION
from storyboard.generators.models.local_model import Companion
from storyboard.generators.models.tiers import Demand
from storyboard.generators.models.weights import Weights, file_weights, is_folder
from storyboard.generators.seams import VideoRequest, VideoTake
from storyboard.generators.video.diffusion.backend import DiffusionVideo
from storyboard.generators.video.diffusion.frames import Frames
from storyboard.generators.video.diffusion.lattice import FrameLattice
from storyboard.generators.video.diffusion.parameters import ClipParameters
from storyboard.generators.video.diffusion.portraits import SCALE, ip_adapter_of, is_here
from storyboard.generators.video.diffusion.wish import Wish
from storyboard.schema.board import Parameter
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.progress import OnFraction
from storyboard.schema.provenance import ModelUsed

WINDOW, STRIDE = 16, 4
"""Frames that the adapter was trained on, and from one FreeNoise window to the next (diffusers' own)."""
HELD = 4
"""Frames of a part that stands already, which are held while the next one is denoised."""
DECODED = 4
"""Frames that are decoded at once."""
_BEST_S = 4.0  # two windows; beyond, FreeNoise keeps the picture but begins to repeat its movement
_WINDOWS = f"up to {{}} frames at once by windows of {WINDOW} frames, {STRIDE} apart (FreeNoise)"
_CONFIGS = ("model_index.json", "*/*.json", "tokenizer/*")


class AnimateDiffParameters(ClipParameters):
    """What the user may tell AnimateDiff; steps and guidance are those of the adapter's card."""

    portrait_scale: float = Field(
        default=SCALE, ge=0, le=1, description="how much the characters' portraits weigh against the prompt"
    )


@dataclass(frozen=True)
class Variant:
    """A motion adapter and how it wants to be run.

    Attributes:
        adapter: its weights.
        scheduler: the class of diffusers, and what it changes of the checkpoint's own.
        defaults: parameters that follow from its training.
        lora: the file of a LoRA that belongs to it.
        lora_scale: how much of that.
        file: the file of the weights, where they are not a folder that `from_pretrained` reads.
    """

    adapter: Companion
    scheduler: str
    options: Mapping[str, Any]
    defaults: Mapping[str, Parameter] = field(default_factory=dict)
    lora: str = ""
    lora_scale: float = 1.0
    file: str = ""


_LCM_LORA = "AnimateLCM_sd15_t2v_lora.safetensors"
_LIGHTNING = "animatediff_lightning_4step_diffusers.safetensors"

# Schedulers, steps and guidance are those of the adapters' cards on the hub.
PLAIN = Variant(
    Companion(
        "guoyww/animatediff-motion-adapter-v1-5-2",
        needs=("config.json", "*.safetensors|*.bin"),
        files=("config.json", "diffusion_pytorch_model.*"),
    ),
    "DDIMScheduler",
    {"beta_schedule": "linear", "timestep_spacing": "linspace", "steps_offset": 1, "clip_sample": False},
)
FEW_STEPS: Mapping[str, Variant] = {
    "lcm": Variant(
        Companion(
            "wangfuyun/AnimateLCM",
            needs=(
                "config.json",
                "diffusion_pytorch_model.safetensors|diffusion_pytorch_model.bin",
                _LCM_LORA,
            ),
            files=("config.json", "diffusion_pytorch_model.*", _LCM_LORA),
        ),
        "LCMScheduler",
        {"beta_schedule": "linear"},
        {"steps": 6, "guidance_scale": 2.0},
        lora=_LCM_LORA,
        lora_scale=0.8,
    ),
    "lightning": Variant(
        Companion("ByteDance/AnimateDiff-Lightning", needs=(_LIGHTNING,), files=(_LIGHTNING,)),
        "EulerDiscreteScheduler",
        {"beta_schedule": "linear", "timestep_spacing": "trailing"},
        {"steps": 4, "guidance_scale": 1.0},
        file=_LIGHTNING,
    ),
}


class AnimateDiff(DiffusionVideo[AnimateDiffParameters]):
    """Clips of 16 frames and more at 512 x 512 pixels' worth of picture, 8 a second.

    The model is a Stable Diffusion 1.5 checkpoint: a folder, an id of the hub or one .safetensors file;
    "lcm" and "lightning" before it (`lcm+FOLDER`, or alone) take the adapters that need few steps. A
    checkpoint's folder may hold a `motion_adapter` and an `ip_adapter` of its own. Where IP-Adapter's
    weights are on this machine, which `pull` sees to, characters take after their portraits.
    """

    name: ClassVar[str] = "animatediff"
    version: ClassVar[str] = "1"
    parameters: ClassVar[type[Any]] = AnimateDiffParameters
    default_model: ClassVar[str] = "emilianJR/epiCRealism"
    modules: ClassVar[Sequence[str]] = ("torch", "diffusers", "transformers", "accelerate", "peft")
    needs: ClassVar[Sequence[str]] = STABLE_DIFFUSION.needs
    files: ClassVar[Sequence[str] | None] = STABLE_DIFFUSION.files
    lattice: ClassVar[FrameLattice] = FrameLattice(WINDOW, STRIDE, None, overlap=HELD)
    native_fps: ClassVar[float] = 8.0
    n_pixels: ClassVar[int] = 512 * 512
    goes_on_by: ClassVar[str] = "each part is denoised with the last four frames of the one before held"
    tflop: ClassVar[float] = 9.3  # counted on its configuration: 8.5 for 16 frames, 9.7 for 32 by windows

    def __init__(self, model: str = "") -> None:
        name, _, checkpoint = model.partition("+")
        super().__init__(checkpoint if name in FEW_STEPS else model)
        self.variant = FEW_STEPS.get(name, PLAIN)
        self.spec = f"{self.name}:{model}" if model else self.name

    @property
    def companions(self) -> Mapping[str, Companion]:
        """The motion adapter; IP-Adapter, where it is here; the configuration of a checkpoint in one file."""
        found = {"motion adapter": self._adapter}
        if is_here(self._ip_adapter):
            found["portraits"] = self._ip_adapter
        if self._is_file:
            found["configuration"] = Companion(self.default_model, needs=_CONFIGS, files=_CONFIGS)
        return found

    def weights(self) -> Weights:
        """Return the checkpoint on this machine; raises GeneratorUnavailable where there is none."""
        if self._is_file:
            return file_weights(Path(self.model).expanduser(), self.name)
        return super().weights()

    @property
    def wanted(self) -> list[tuple[str, Sequence[str] | None]]:
        """What a pull fetches: the checkpoint, the adapter, and what portraits need."""
        found = {**self.companions, "portraits": self._ip_adapter}
        companions = [(each.model, each.files) for each in found.values()]
        return companions if self._is_file else [(self.model, self.files), *companions]

    def capabilities(self) -> VideoCapabilities:
        """Any length at once, by windows; portraits are used where the weights for that are here."""
        found = super().capabilities()
        return found.model_copy(update={"best_s": _BEST_S, "uses_portraits": is_here(self._ip_adapter)})

    def wishes(self, request: VideoRequest) -> list[Wish[AnimateDiffParameters]]:
        """Return the pieces of a scene; what the variant was trained for is what is not told."""
        told = {**self.variant.defaults, **request.parameters}
        return super().wishes(request.model_copy(update={"parameters": told}))

    def shoot_all(
        self, requests: Sequence[VideoRequest], outs: Sequence[Path], progresses: Sequence[OnFraction]
    ) -> list[VideoTake]:
        """Write several clips with one loaded pipeline, and say which were made by windows."""
        takes = super().shoot_all(requests, outs, progresses)
        return [self._by_windows(*each) for each in zip(requests, takes, strict=True)]

    def _by_windows(self, request: VideoRequest, take: VideoTake) -> VideoTake:
        longest = max(max(wish.stretches) for wish in self.wishes(request))
        how = [take.lengthened, _WINDOWS.format(longest) if longest > WINDOW else ""]
        return take.model_copy(update={"lengthened": "; ".join(filter(None, how))})

    def demand(self, device: Device, wish: Wish[AnimateDiffParameters]) -> Demand:
        """Return what the pipeline needs of the card; only a few frames are decoded at once."""
        all_at_once = super().demand(device, wish)
        return replace(all_at_once, decode=all_at_once.decode * DECODED / max(wish.stretches))

    def used(self, device: Device) -> ModelUsed:
        """Return the record of a run: the checkpoint and the adapter that moves it."""
        checkpoint, adapter = super().used(device), self.companion("motion adapter")
        moved = adapter.used(self._adapter.model, device.name, device.dtype_name)
        licences = dict.fromkeys(each.licence for each in (checkpoint, moved) if each.licence)
        changed = {"id": f"{checkpoint.id} + {moved.id}", "licence": ", ".join(licences)}
        return checkpoint.model_copy(update=changed)

    def load(self, device: Device) -> Any:
        """Return the pipeline."""
        from storyboard.generators.video.animatediff_model import Parts, load

        has_portraits = "portraits" in self.companions
        return load(
            Parts(
                checkpoint=self.weights().path,
                configuration=self.companion("configuration").path if self._is_file else None,
                adapter=self.companion("motion adapter").path,
                ip_adapter=self.companion("portraits").path if has_portraits else None,
            ),
            self.variant,
            device.torch_dtype(),
        )

    def film(
        self,
        pipeline: Any,
        wishes: Sequence[Wish[AnimateDiffParameters]],
        n_frames: int,
        before: Sequence[Frames],
    ) -> list[Frames]:
        """Run it from noise, by windows where there are more than 16 frames."""
        from storyboard.generators.video.animatediff_model import film

        return film(pipeline, wishes, n_frames, before)

    @property
    def _adapter(self) -> Companion:
        """The variant's, or the one that the checkpoint's folder holds."""
        own = Path(self.model).expanduser() / "motion_adapter"
        has_own = self.variant is PLAIN and is_folder(self.model) and own.is_dir()
        return replace(self.variant.adapter, model=str(own)) if has_own else self.variant.adapter

    @property
    def _ip_adapter(self) -> Companion:
        return ip_adapter_of(self.model)

    @property
    def _is_file(self) -> bool:
        return self.model.endswith(".safetensors")
