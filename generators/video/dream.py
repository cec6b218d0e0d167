"""Dream: a picture that is painted over again and again, and turns into what is sung.

Every beat Stable Diffusion paints over the picture before it (img2img), moved a little towards the viewer.
The first picture shines through all others, target pictures are approached step by step, and prompts take
turns line by line: a row of the spreadsheet each. Between two beats one picture moves into the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from storyboard.generators.models.device import Device, choose_device
from storyboard.generators.models.held import hold
from storyboard.generators.models.local_model import LocalModel
from storyboard.generators.models.parameters import parameters_of
from storyboard.generators.models.quiet import hush
from storyboard.generators.models.run import running
from storyboard.generators.models.spread import on_first_that_holds
from storyboard.generators.models.tiers import Demand, Tier, tiers_for
from storyboard.generators.seams import VideoRequest, VideoTake
from storyboard.generators.video.diffusion.estimating import speed_tflops, weights_gb
from storyboard.generators.video.diffusion.parameters import ClipParameters
from storyboard.generators.video.diffusion.wish import Frame, frame_of
from storyboard.schema.capabilities import Estimate, VideoCapabilities
from storyboard.schema.document import Part
from storyboard.schema.progress import OnFraction

_N_PIXELS, _MULTIPLE = 512 * 512, 64
_TFLOP = 2.6  # of a guided step for a million pixels: 0.68 at 512 x 512, by SD 1.5's operations
_RUN_BYTES, _DECODE_BYTES = 12_000.0, 12_000.0  # for a pixel: 3 GB each at 512 x 512
_EFFICIENCY = 0.35  # of the speed of large matrix products


class DreamParameters(ClipParameters):
    """What the user may tell a dream."""

    steps: int = Field(default=30, ge=1, le=500, description="denoising steps of a whole painting")
    strength: float = Field(default=0.5, gt=0, le=1, description="how far a picture leaves the one before")
    zoom: float = Field(default=1.04, ge=0.8, le=1.25, description="how much nearer each picture comes")
    turn_deg: float = Field(default=0.0, ge=-15, le=15, description="how far each picture turns")
    shadow: float = Field(default=0.1, ge=0, le=0.9, description="how much of the first picture stays in all")
    approach: float = Field(
        default=0.5, ge=0, le=1, description="how much of a target picture there is at the end of its line"
    )
    keep_colors: float = Field(
        default=0.7, ge=0, le=1, description="how closely to keep to the first colours"
    )
    keys: Literal["beats", "even"] = Field(
        default="beats", description="paint on the beats, or evenly", examples=["beats", "even"]
    )
    keys_per_s: float = Field(default=2.0, gt=0, le=30, description="pictures a second where evenly")


class Dream(LocalModel):
    """Key frames by img2img feedback, with any Stable Diffusion checkpoint, as long as the song."""

    name: ClassVar[str] = "dream"
    version: ClassVar[str] = "1"
    parameters: ClassVar[type[Part]] = DreamParameters
    default_model: ClassVar[str] = "stable-diffusion-v1-5/stable-diffusion-v1-5"
    modules: ClassVar[Sequence[str]] = ("torch", "diffusers", "transformers", "accelerate")
    extra: ClassVar[str] = "gpu"
    needs: ClassVar[Sequence[str]] = (
        "model_index.json",
        "unet/*.safetensors|unet/*.bin",
        "vae/*.safetensors|vae/*.bin",
        "text_encoder/*.safetensors|text_encoder/*.bin",
        "tokenizer/*.json",
        "scheduler/*.json",
    )
    files: ClassVar[Sequence[str] | None] = (
        "model_index.json",
        *(f"{part}/*" for part in ("unet", "vae", "text_encoder", "tokenizer", "scheduler")),
    )

    def capabilities(self) -> VideoCapabilities:
        """Any length, one stream at the film's own rate; a key frame begins it where there is one."""
        return VideoCapabilities()

    def estimate(self, request: VideoRequest) -> Estimate:
        """Return what the paintings of a scene will take, from this machine's speed; loads nothing."""
        from storyboard.generators.video.dream_score import score_of

        told, frame, device = self._told(request), self._frame(request), choose_device()
        megapixels = frame.width * frame.height / 1e6
        n_steps = told.steps * (1 + told.strength * (len(score_of(request, told)) - 1))
        demand, speed = self._demand(device, frame), speed_tflops(device.name, device.dtype_name)
        return Estimate(
            device_s=n_steps * megapixels * _TFLOP / (_EFFICIENCY * speed),
            vram_gb=0.0 if device.is_cpu else demand.at(tiers_for(device, demand)[0]),
            disk_mb=request.n_frames * megapixels * 0.12,
            is_guess=True,
        )

    def shoot(self, request: VideoRequest, out: Path, progress: OnFraction) -> VideoTake:
        """Paint every picture of a scene and write the film that moves through them.

        Raises:
            GeneratorUnavailable: packages, weights or the device are missing.
            InputError: a parameter is unknown or wrong.
            GeneratorError: the model failed.
            MediaError: it gave no numbers, or a target picture cannot be read.
            Cancelled: from `progress`, between two steps; no file is left.
        """
        told, frame = self._told(request), self._frame(request)
        self.check()
        progress(0.0)
        from storyboard.generators.video.diffusion.counting import Counting
        from storyboard.generators.video.dream_painting import Painter, film_through, write_stream
        from storyboard.generators.video.dream_score import score_of

        score, device = score_of(request, told), choose_device()
        counting = Counting(progress, len(score))
        seed = request.seed if told.seed is None else told.seed
        begins = Path(request.key_frames[0].file) if request.key_frames else None
        painter = Painter(score, told, frame, seed, request.film_seed, begins)
        with running(self.spec, device):
            tiers = tiers_for(device, self._demand(device, frame))
            on_first_that_holds(tiers, lambda tier: painter.paint(self._held(device, tier), counting))
        frames = film_through(painter.painted, [key.frame for key in score], request.n_frames, told)
        write_stream(frames, round(frame.fps), out)
        return VideoTake(n_frames=request.n_frames, fps=round(frame.fps), model=self.used(device))

    def _told(self, request: VideoRequest) -> DreamParameters:
        return parameters_of(DreamParameters, request.parameters, "generators.parameters.video")

    def _frame(self, request: VideoRequest) -> Frame:
        """Return size and rate: the film's own rate, so that pictures fall on its beats."""
        told = self._told(request).model_copy(update={"fps": request.look.fps})
        return frame_of(request.look, told, request.look.fps, _N_PIXELS, _MULTIPLE)

    def _demand(self, device: Device, frame: Frame) -> Demand:
        total, largest = weights_gb([self.weights().path], device.dtype_name)
        pixels = frame.width * frame.height
        return Demand(total, largest, pixels * _RUN_BYTES / 1e9, pixels * _DECODE_BYTES / 1e9)

    def _held(self, device: Device, tier: Tier) -> Any:
        """Return the img2img pipeline, the one that is loaded already where it is the same."""

        def load() -> Any:
            import diffusers

            hush()
            kind: Any = diffusers.StableDiffusionImg2ImgPipeline
            pipeline = kind.from_pretrained(
                self.weights().path,
                dtype=device.torch_dtype(),
                safety_checker=None,
                requires_safety_checker=False,
                local_files_only=True,
            )
            return tier.place(pipeline, device)

        return hold((self.spec, self.revision, device, tier), load)
