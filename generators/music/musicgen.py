"""MusicGen: music from a line of words, and from a melody where the checkpoint takes one.

Copet et al., Simple and Controllable Music Generation, 2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from storyboard.generators.models.device import choose_device
from storyboard.generators.models.local_model import LocalModel
from storyboard.generators.models.parameters import parameters_of
from storyboard.generators.models.run import running
from storyboard.generators.music.prompt import music_prompt
from storyboard.generators.score import score_of
from storyboard.generators.seams import MusicTake, SongRequest
from storyboard.schema.document import Part, Text
from storyboard.schema.progress import OnFraction

_SPARE_BARS = 1  # before the first downbeat


class MusicGenParameters(Part):
    """What the user may tell MusicGen; the values are its authors'."""

    prompt: Text = Field(default="", description="instead of the one made of the song's tags")
    guidance_scale: float = Field(default=3.0, ge=1, le=20, description="how closely to keep to the prompt")
    temperature: float = Field(default=1.0, gt=0, le=4)
    top_k: int = Field(default=250, ge=1, le=2048)
    window_s: float = Field(default=30.0, ge=2, le=30, description="made at once; it was trained on 30 s")
    overlap_s: float = Field(default=10.0, ge=0.5, le=20, description="heard again before what comes next")
    melody: Text = Field(default="", description="a recording whose melody is followed: its path")


class MusicGen(LocalModel):
    """Music by a MusicGen checkpoint of any size, as long as the song, fitted to its grid."""

    name: ClassVar[str] = "musicgen"
    version: ClassVar[str] = "1"
    parameters: ClassVar[type[Part]] = MusicGenParameters
    default_model: ClassVar[str] = "facebook/musicgen-small"
    modules: ClassVar[Sequence[str]] = ("torch", "transformers")
    extra: ClassVar[str] = "gpu"
    needs: ClassVar[Sequence[str]] = (
        "config.json",
        "tokenizer.json|spiece.model",
        "*.safetensors|pytorch_model*.bin",
    )
    files: ClassVar[Sequence[str] | None] = ("*.json", "*.safetensors", "pytorch_model*.bin", "spiece.model")

    def play(self, request: SongRequest, out: Path, progress: OnFraction) -> MusicTake:
        """Write the music to `out` (WAV, 48 kHz, stereo); the grid is told where it was measured.

        Raises:
            GeneratorUnavailable: packages, weights or the device are missing.
            InputError: a parameter is unknown, wrong, or not for this checkpoint.
            GeneratorError: the model failed, or gave silence.
            MediaError: the melody cannot be read.
        """
        told = parameters_of(MusicGenParameters, request.parameters, "generators.parameters.music")
        self.check()
        progress(0.0)
        from storyboard.generators.music.musicgen_model import Wish, compose
        from storyboard.generators.music.on_grid.deliver import deliver

        score, device = score_of(request.song), choose_device()
        wish = Wish(
            prompt=told.prompt or music_prompt(request.song),
            duration_s=score.duration_s + score.bar_s(_SPARE_BARS),
            **told.model_dump(exclude={"prompt", "melody"}),
            melody=Path(told.melody).expanduser() if told.melody else None,
            seed=request.seed,
        )
        with running(self.spec, device):
            samples, rate_hz = compose(self.weights().path, device, wish, lambda done: progress(0.9 * done))
        return deliver(samples, rate_hz, score, out, self.used(device), progress)
