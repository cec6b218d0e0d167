"""Dream: a picture that is painted over again and again, and turns into what is sung.

Every beat Stable Diffusion paints over the picture before it (img2img), moved a little towards the viewer.
The first picture shines through all others, target pictures are approached step by step, and prompts take
turns line by line: a row of the spreadsheet each. Between two beats one picture moves into the next.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from storyboard.generators.image.checkpoint import Checkpoint
from storyboard.generators.image.painting_model import PaintingModel
from storyboard.generators.models.device import Device, choose_device
from storyboard.generators.models.held import alone
from storyboard.generators.models.parameters import parameters_of
from storyboard.generators.models.run import running
from storyboard.generators.models.spread import on_first_that_holds
from storyboard.generators.models.tiers import Demand, tiers_for
from storyboard.generators.models.weights import Weights
from storyboard.generators.seams import VideoRequest, VideoTake
from storyboard.generators.video.diffusion.estimating import DECODE_TFLOP, estimate_of_work, weights_gb
from storyboard.generators.video.diffusion.parameters import ClipParameters
from storyboard.generators.video.diffusion.portraits import SCALE
from storyboard.generators.video.diffusion.wish import Frame, frame_of
from storyboard.schema.capabilities import Estimate, VideoCapabilities
from storyboard.schema.document import Part
from storyboard.schema.errors import GeneratorUnavailable
from storyboard.schema.progress import OnFraction

_N_PIXELS, _MULTIPLE = 512 * 512, 64
_TFLOP = 2.6  # of a guided step for a million pixels: 0.68 at 512 x 512, by SD 1.5's operations
_RUN_BYTES, _DECODE_BYTES = 12_000.0, 12_000.0  # for a pixel: 3 GB each at 512 x 512
_WRITING = 0.05  # of the progress: the frames between the pictures


class DreamParameters(ClipParameters):
    """What the user may tell a dream; its pictures fall on the film's frames, one by one."""

    num_frames: ClassVar[None] = None  # type: ignore[misc]
    fps: ClassVar[None] = None  # type: ignore[misc]
    batch: ClassVar[int] = 1  # type: ignore[misc]
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
    portrait_scale: float = Field(
        default=SCALE, ge=0, le=1, description="how much portraits weigh against the prompt"
    )


class Dream(PaintingModel):
    """Key frames by img2img feedback, with any checkpoint of Stable Diffusion 1 or 2, as long as the song."""

    name: ClassVar[str] = "dream"
    version: ClassVar[str] = "1"
    parameters: ClassVar[type[Part]] = DreamParameters

    def weights(self) -> Weights:
        """Return the weights on this machine.

        Raises:
            GeneratorUnavailable: a part of them is missing, or they are of another family.
        """
        found = super().weights()
        kind = Checkpoint(found.path).index.get("_class_name")
        if kind != "StableDiffusionPipeline":
            raise GeneratorUnavailable(
                f"{self.model} is for {kind}",
                where=self.name,
                hint="choose a checkpoint of Stable Diffusion 1 or 2",
            )
        return found

    def capabilities(self) -> VideoCapabilities:
        """Any length, one stream at the film's own rate; a key frame begins it where there is one."""
        return VideoCapabilities(uses_portraits=self.uses_portraits)

    def estimate(self, request: VideoRequest) -> Estimate:
        """Return what the paintings of a scene will take, from this machine's speed; loads nothing."""
        from storyboard.generators.video.dream_score import score_of

        told, frame, device = self._told(request), self._frame(request), choose_device()
        megapixels, n_pictures = frame.width * frame.height / 1e6, len(score_of(request, told))
        n_steps = told.steps * (1 + told.strength * (n_pictures - 1))
        work = megapixels * (n_steps * _TFLOP + n_pictures * DECODE_TFLOP)
        return estimate_of_work(device, self._demand(device, frame), work, request.n_frames * megapixels)

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
        seed = request.seed if told.seed is None else told.seed
        begins = Path(request.key_frames[0].file) if request.key_frames else None
        painter = Painter(score, told, frame, seed, request.film_seed, begins, request.portraits)
        counting = Counting(lambda done: progress((1 - _WRITING) * done), painter.n_open)
        with alone(), running(self.spec, device):
            tiers = tiers_for(device, self._demand(device, frame))
            on_first_that_holds(
                tiers,
                lambda tier: painter.paint(
                    self.held("StableDiffusionImg2ImgPipeline", device, tier), counting
                ),
            )
        frames = film_through(painter.painted, [key.frame for key in score], request.n_frames, told)
        write_stream(
            frames,
            round(frame.fps),
            out,
            lambda n_done: progress(1 - _WRITING * (1 - n_done / request.n_frames)),
        )
        return VideoTake(n_frames=request.n_frames, fps=round(frame.fps), model=self.used(device))

    def _told(self, request: VideoRequest) -> DreamParameters:
        return parameters_of(DreamParameters, request.parameters, "generators.parameters.video")

    def _frame(self, request: VideoRequest) -> Frame:
        """Return size and rate: the film's own rate, so that pictures fall on its beats."""
        return frame_of(request.look, self._told(request), request.look.fps, _N_PIXELS, _MULTIPLE)

    def _demand(self, device: Device, frame: Frame) -> Demand:
        folders = [self.weights().path, *(self.companion(name).path for name in self.companions)]
        total, largest = weights_gb(folders, device.dtype_name)
        pixels = frame.width * frame.height
        return Demand(total, largest, pixels * _RUN_BYTES / 1e9, pixels * _DECODE_BYTES / 1e9)
