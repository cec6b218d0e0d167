"""Riffusion: Stable Diffusion paints the spectrogram of music, which is turned into sound.

Forsgren and Martiros, Riffusion: Stable diffusion for real-time music generation, 2022.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from storyboard.generators.models.device import choose_device
from storyboard.generators.models.layout import STABLE_DIFFUSION
from storyboard.generators.models.local_model import LocalModel
from storyboard.generators.models.parameters import parameters_of
from storyboard.generators.models.run import running
from storyboard.generators.music.prompt import music_prompt
from storyboard.generators.score import score_of
from storyboard.generators.seams import MusicTake, SongRequest
from storyboard.schema.document import Part, Text
from storyboard.schema.progress import OnFraction

_SPARE_BARS = 1  # before the first downbeat
_PAINTED, _HEARD = 0.75, 0.2  # of the work


class RiffusionParameters(Part):
    """What the user may tell Riffusion; steps, guidance and strength are its authors'."""

    prompt: Text = Field(default="", description="instead of the one made of the song's tags")
    negative_prompt: Text = Field(
        default="vocals, singing, speech", description="what it should not sound like"
    )
    steps: int = Field(default=50, ge=1, le=500)
    guidance_scale: float = Field(default=7.0, ge=0, le=30, description="how closely to keep to the prompt")
    strength: float = Field(
        default=0.75, gt=0, le=1, description="how far each image may leave the bars that it goes on from"
    )
    width: int = Field(
        default=512, ge=64, le=2048, multiple_of=8, description="widest image, 100 pixels a second"
    )
    start_from: Text = Field(default="", description="a recording that the music begins like: its path")


class Riffusion(LocalModel):
    """Music by a Riffusion checkpoint, as long as the song, fitted to its grid."""

    name: ClassVar[str] = "riffusion"
    version: ClassVar[str] = "1"
    parameters: ClassVar[type[Part]] = RiffusionParameters
    default_model: ClassVar[str] = "riffusion/riffusion-model-v1"
    modules: ClassVar[Sequence[str]] = ("torch", "diffusers", "transformers", "accelerate")
    extra: ClassVar[str] = "gpu"
    needs: ClassVar[Sequence[str]] = STABLE_DIFFUSION.needs
    files: ClassVar[Sequence[str] | None] = STABLE_DIFFUSION.files

    def play(self, request: SongRequest, out: Path, progress: OnFraction) -> MusicTake:
        """Write the music to `out` (WAV, 48 kHz, stereo, both sides alike); the grid is told where measured.

        Raises:
            GeneratorUnavailable: packages, weights or the device are missing.
            InputError: a parameter is unknown or wrong.
            GeneratorError: the model failed, or gave silence.
            MediaError: the recording to start from cannot be read.
        """
        told = parameters_of(RiffusionParameters, request.parameters, "generators.parameters.music")
        self.check()
        progress(0.0)
        from storyboard.generators.music.on_grid.deliver import deliver
        from storyboard.generators.music.riffusion_image import RATE_HZ, samples_of
        from storyboard.generators.music.riffusion_model import Wish, paint

        score, device = score_of(request.song), choose_device()
        wish = Wish(
            prompt=told.prompt or music_prompt(request.song),
            duration_s=score.duration_s + score.bar_s(_SPARE_BARS),
            bar_s=score.bar_s(1),
            **told.model_dump(exclude={"prompt", "start_from"}),
            start_from=Path(told.start_from).expanduser() if told.start_from else None,
            seed=request.seed,
        )
        with running(self.spec, device):
            image = paint(self.weights().path, device, wish, lambda done: progress(_PAINTED * done))
        with running(self.spec, device):
            samples = samples_of(
                image, request.seed, device.name, lambda done: progress(_PAINTED + _HEARD * done)
            )
        return deliver(samples[None], RATE_HZ, score, out, self.used(device), progress)
