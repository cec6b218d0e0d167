"""The shoot of every video model that denoises: pieces, batches, tiers of memory, one loaded pipeline.

A backend says how its pipeline is loaded and how a few pieces are filmed at once; the rest is here.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np

from storyboard.generators.models.device import Device, choose_device
from storyboard.generators.models.held import alone, hold
from storyboard.generators.models.local_model import LocalModel
from storyboard.generators.models.parameters import parameters_of
from storyboard.generators.models.quiet import hush
from storyboard.generators.models.run import running, within_memory
from storyboard.generators.models.spread import on_first_that_holds
from storyboard.generators.models.tiers import Demand, Tier, batch_for, tiers_for
from storyboard.generators.seams import Piece, VideoRequest, VideoTake
from storyboard.generators.video.diffusion.counting import Counting
from storyboard.generators.video.diffusion.estimating import estimate_of, weights_gb
from storyboard.generators.video.diffusion.frames import Frames, write_clip
from storyboard.generators.video.diffusion.lattice import FrameLattice
from storyboard.generators.video.diffusion.parameters import WHERE, ClipParameters
from storyboard.generators.video.diffusion.wish import Wish, frame_of, wishes_of
from storyboard.schema.capabilities import Estimate, VideoCapabilities
from storyboard.schema.errors import GeneratorError
from storyboard.schema.progress import OnFraction

P = TypeVar("P", bound=ClipParameters)
_SAME = ("stretches", "frame", "told", "film_seed")
"""What pieces that are filmed in one run have in common."""


class DiffusionVideo(LocalModel, Generic[P]):
    """A video model of diffusers. A backend inherits from it and says the names below."""

    version: ClassVar[str]
    parameters: ClassVar[type[Any]]
    modules: ClassVar[Sequence[str]] = ("torch", "diffusers", "transformers", "accelerate")
    extra: ClassVar[str] = "gpu"
    lattice: ClassVar[FrameLattice]
    """Which frame counts it can make at once."""
    native_fps: ClassVar[float]
    n_pixels: ClassVar[int]
    """The area that it was trained on."""
    multiple: ClassVar[int] = 8
    """What width and height have to be multiples of."""
    needs_image: ClassVar[bool] = False
    uses_portraits: ClassVar[bool] = False
    goes_on_by: ClassVar[str] = "each part goes on from the last frame of the one before"
    """How it makes more than it can make at once, for the record."""
    run_bytes: ClassVar[float] = 700.0
    """Memory that a guided step takes for a pixel of a frame, in a number format of 16 bits.

    Counted, as the most that lives at once beside the weights, on the published configurations: 665 for
    VideoFusion, 521 for AnimateDiff, 563 for SVD. VideoFusion's card (200 frames of 256 x 256 pixels in
    less than 16 GB, offloaded) agrees: less than 1000 beside its UNet.
    """
    decode_bytes: ClassVar[float] = 1_600.0
    """Memory that decoding takes for a pixel: 1536 counted on Stable Diffusion's VAE, 2048 on SVD's."""
    tflop: ClassVar[float] = 1.0
    """Work of a guided step for a million pixels (all frames together), in 10^12 operations."""

    @abstractmethod
    def load(self, device: Device) -> Any:
        """Return the pipeline, loaded by `from_pretrained` in the device's number format, not placed."""

    @abstractmethod
    def film(
        self, pipeline: Any, wishes: Sequence[Wish[P]], n_frames: int, before: Sequence[Frames]
    ) -> list[Frames]:
        """Run the pipeline once for several pieces.

        Args:
            pipeline: as loaded, placed on its device.
            wishes: of one film, with the same stretches, frame, parameters and number of portraits.
            n_frames: how many to make.
            before: what of each piece is there already, to go on from; empty in the first run. The
                first `lattice.overlap` frames that are returned then show the last ones of it.
        """

    def device(self) -> Device:
        """Return where it runs, and in which number format."""
        return choose_device()

    def capabilities(self) -> VideoCapabilities:
        """Any length: what the model cannot make at once is made of parts."""
        best_s = None if self.lattice.most is None else self.lattice.most / self.native_fps
        return VideoCapabilities(
            best_s=best_s,
            fps=float(round(self.native_fps)),
            needs_image=self.needs_image,
            uses_portraits=self.uses_portraits,
        )

    def estimate(self, request: VideoRequest) -> Estimate:
        """Return time, memory and disk that a clip will take, from this machine's speed; loads nothing."""
        device, wishes = self.device(), self.wishes(request)
        return estimate_of(device, self.demand(device, wishes[0]), wishes, self.tflop)

    def shoot(self, request: VideoRequest, out: Path, progress: OnFraction) -> VideoTake:
        """Write the clip, one piece after the other, and return where each of them is.

        Raises:
            GeneratorUnavailable: packages, weights or the device are missing.
            InputError: a parameter is unknown or wrong.
            GeneratorError: the model failed.
            MediaError: it gave no numbers.
            Cancelled: from `progress`, between two steps; no file is left.
        """
        return self.shoot_all([request], [out], [progress])[0]

    def shoot_all(
        self, requests: Sequence[VideoRequest], outs: Sequence[Path], progresses: Sequence[OnFraction]
    ) -> list[VideoTake]:
        """Write several clips with one loaded pipeline, pieces of the same length side by side."""
        scenes = [self.wishes(request) for request in requests]
        self.check()

        def progress(done: float) -> None:
            for each in progresses:
                each(done)

        progress(0.0)
        device = self.device()
        with alone(), running(self.spec, device):
            films = self._filmed([wish for scene in scenes for wish in scene], device, progress)
        takes, used = [], self.used(device)
        for scene, out in zip(scenes, outs, strict=True):
            own, films = films[: len(scene)], films[len(scene) :]
            write_clip(own, scene[0].frame.fps, out)
            takes.append(_take(scene, own, self.goes_on_by).model_copy(update={"model": used}))
        return takes

    def wishes(self, request: VideoRequest) -> list[Wish[P]]:
        """Return the pieces of a scene; raises InputError where a parameter is unknown or wrong."""
        told: P = parameters_of(self.parameters, request.parameters, WHERE)
        if self.needs_image and len(request.key_frames) != len(request.shots):
            raise GeneratorError(
                "needs a key frame for each shot", where=self.spec, hint="give the request key_frames"
            )
        frame = frame_of(request.look, told, self.native_fps, self.n_pixels, self.multiple)
        return wishes_of(request, told, frame, self.lattice)

    def demand(self, device: Device, wish: Wish[P]) -> Demand:
        """Return what the pipeline needs of the card."""
        folders = [self.weights().path, *(self.companion(name).path for name in self.companions)]
        total, largest = weights_gb(folders, device.dtype_name)
        pixels = wish.frame.width * wish.frame.height * max(wish.stretches)
        pixels *= 2 if device.dtype_name == "float32" else 1
        return Demand(total, largest, pixels * self.run_bytes / 1e9, pixels * self.decode_bytes / 1e9)

    def held(self, device: Device, tier: Tier) -> Any:
        """Return the pipeline on its device, the one that is loaded already where it is the same."""

        def load() -> Any:
            hush()
            return _compiled(tier.place(self.load(device), device), tier)

        return hold((self.spec, self.revision, device, tier), load)

    def _filmed(self, wishes: Sequence[Wish[P]], device: Device, progress: OnFraction) -> list[Frames]:
        """Return the frames of every piece; a tier that runs out of memory gives way to the next."""
        films: list[Frames | None] = [None] * len(wishes)
        counting = Counting(progress, sum(len(wish.stretches) for wish in wishes))
        largest = max(wishes, key=lambda wish: wish.frame.width * wish.frame.height * max(wish.stretches))
        demand = self.demand(device, largest)

        def film_open(tier: Tier) -> None:
            self._film_open(
                wishes, films, self.held(device, tier), partial(batch_for, device, demand, tier), counting
            )

        on_first_that_holds(tiers_for(device, demand), film_open)
        return [film for film in films if film is not None]

    def _film_open(
        self,
        wishes: Sequence[Wish[P]],
        films: list[Frames | None],
        pipeline: Any,
        batch_of: Callable[[int], int],
        counting: Counting,
    ) -> None:
        """Film what is still open, alike pieces side by side, fewer of them where memory runs out."""
        most = len(wishes)
        while open_ones := [index for index, film in enumerate(films) if film is None]:
            first = wishes[open_ones[0]]
            alike = [index for index in open_ones if _goes_with(wishes[index], first)]
            batch = alike[: min(most, first.told.batch or batch_of(len(alike)))]
            run = partial(self._film_batch, pipeline, [wishes[index] for index in batch], counting)
            done = within_memory(run) if len(batch) > 1 else run()
            if done is None:
                most = len(batch) // 2
                continue
            for index, film in zip(batch, done, strict=True):
                films[index] = film

    def _film_batch(self, pipeline: Any, wishes: Sequence[Wish[P]], counting: Counting) -> list[Frames]:
        """Film several pieces, stretch after stretch."""
        films: list[Frames] = []
        with counting.attempt():
            for n_frames in wishes[0].stretches:
                with counting.run(pipeline, len(wishes)):
                    made = self.film(pipeline, wishes, n_frames, films)
                pairs = zip(films, made, strict=True)
                films = [_joined(film, new, self.lattice.overlap) for film, new in pairs] if films else made
        return films


def _goes_with(wish: Wish[P], other: Wish[P]) -> bool:
    """Whether two pieces can be filmed in one run, each as it would be alone."""
    if wish is other:
        return True
    same = all(getattr(wish, name) == getattr(other, name) for name in _SAME)
    same = same and len(wish.portraits) == len(other.portraits)
    return same and not wish.travel and not other.travel


def _joined(film: Frames, new: Frames, overlap: int) -> Frames:
    """Join what goes on to what is there; where both show the same moments, what goes on is shown."""
    return np.concatenate([film[: len(film) - overlap], new])


def _take(wishes: Sequence[Wish[P]], films: Sequence[Frames], goes_on_by: str) -> VideoTake:
    pieces, first = [], 0
    for film in films:
        pieces.append(Piece(first_frame=first, n_frames=len(film)))
        first += len(film)
    longest = max(len(wish.stretches) for wish in wishes)
    return VideoTake(
        n_frames=first,
        fps=float(round(wishes[0].frame.fps)),
        pieces=pieces,
        lengthened=f"{goes_on_by}, up to {longest} parts" if longest > 1 else "",
    )


def _compiled(pipeline: Any, tier: Tier) -> Any:
    """Compile what denoises, where the settings ask for it and its weights stay where they are.

    The hooks of offloading are new for every run: a whole model that has them would be compiled each time,
    and one whose layers have them is nothing but hooks. Blocks below them can be compiled.
    """
    from storyboard.generators.settings import load_settings

    core = getattr(pipeline, "transformer", None) or getattr(pipeline, "unet", None)
    if core is not None and tier.offload != "sequential" and load_settings().models.compile:
        if getattr(core, "_repeated_blocks", None):
            core.compile_repeated_blocks(fullgraph=False)
        elif tier.offload == "none":
            core.compile()
    return pipeline
