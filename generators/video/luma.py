"""Luma's Dream Machine: clips made by a server, for money, through the official client.

Every shot is a generation of 5 or 9 seconds; a longer shot is extended from its own generation. An order that
was paid for is written down before it is waited for, so that a run that was killed picks it up again.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from storyboard.generators.models.packages import need
from storyboard.generators.models.parameters import parameters_of
from storyboard.generators.seams import Piece, VideoRequest, VideoTake
from storyboard.generators.video.diffusion.wish import prompt_of, seed_of
from storyboard.schema.capabilities import Estimate, VideoCapabilities
from storyboard.schema.document import Part, Text
from storyboard.schema.errors import GeneratorUnavailable
from storyboard.schema.progress import OnFraction
from storyboard.schema.provenance import ModelUsed

MODELS = {"ray-2": 0.0064, "ray-flash-2": 0.0022}
"""Dollars for a million pixels, as lumalabs.ai/dream-machine/api/pricing said in 2025."""
_LENGTHS_S = (5, 9)
_FPS = 24
_HEIGHTS = {"540p": 540, "720p": 720, "1080p": 1080}
_KEY = "LUMAAI_API_KEY"


class LumaParameters(Part):
    """What the user may tell Luma."""

    prompt: Text = Field(default="", description="instead of the scene's")
    resolution: Literal["540p", "720p", "1080p"] = Field(default="720p", examples=list(_HEIGHTS))
    usd_per_megapixel: float | None = Field(default=None, ge=0, description="your own price")
    wait_s: float = Field(default=1200, gt=0, le=86_400, description="longest wait for one generation")


class Luma:
    """Clips by Ray 2 (`luma`, `luma:ray-flash-2`); honours no seed and takes no local pictures."""

    name: ClassVar[str] = "luma"
    version: ClassVar[str] = "1"
    parameters: ClassVar[type[Part]] = LumaParameters

    def __init__(self, model: str = "") -> None:
        self.model = model or "ray-2"

    def check(self) -> None:
        """Raise GeneratorUnavailable when the client, the key or the model are missing; asks no server."""
        need("lumaai", extra="luma", where=self.name)
        if self.model not in MODELS:
            raise GeneratorUnavailable(
                f"there is no model {self.model!r}", where=self.name, hint=f"known: {', '.join(MODELS)}"
            )
        if not os.environ.get(_KEY, "").strip():
            raise GeneratorUnavailable(
                f"{_KEY} is not set", where=self.name, hint="make a key at lumalabs.ai/dream-machine/api/keys"
            )

    def capabilities(self) -> VideoCapabilities:
        """Any length, by extending; another clip each time."""
        return VideoCapabilities(
            best_s=float(_LENGTHS_S[-1]), fps=float(_FPS), deterministic=False, runs_in="elsewhere"
        )

    def estimate(self, request: VideoRequest) -> Estimate:
        """Return what the generations of a scene cost; seconds are those of the film bought."""
        told = self._told(request)
        bought_s = sum(sum(lengths) for lengths in self._lengths(request))
        across, down = request.look.size
        pixels = _HEIGHTS[told.resolution] ** 2 * max(across, down) / min(across, down)
        price = MODELS[self.model] if told.usd_per_megapixel is None else told.usd_per_megapixel
        megapixels = pixels * _FPS * bought_s / 1e6
        return Estimate(cost_usd=megapixels * price, disk_mb=bought_s * 1.2, is_guess=True)

    def shoot(self, request: VideoRequest, out: Path, progress: OnFraction) -> VideoTake:
        """Order, wait for and fetch every shot, and write them as one clip.

        Raises:
            GeneratorUnavailable: the client or the key are missing, or the key is refused.
            InputError: a parameter is unknown or wrong.
            GeneratorError: the server refused a prompt, the account's limit is reached or its credits are
                used up, the server failed, or it cannot be reached.
            MediaError: what it sent is no film.
            Cancelled: from `progress`, while waiting; an order that is under way is kept for the next run.
        """
        told = self._told(request)
        self.check()
        from storyboard.generators.video.luma_orders import Counter, Order

        progress(0.0)
        orders = [
            Order(
                model=self.model,
                prompt=told.prompt or prompt_of(request, shot),
                aspect_ratio=request.look.aspect,
                resolution=told.resolution,
                lengths_s=lengths,
                seed=seed_of(request.seed, index),
            )
            for index, (shot, lengths) in enumerate(zip(request.shots, self._lengths(request), strict=True))
        ]
        counter = Counter(progress, sum(len(order.lengths_s) for order in orders))
        pieces = _fetched(orders, told, out, counter)
        used = ModelUsed(id=self.model, revision=f"lumaai {version_of('lumaai')}", device="lumalabs.ai")
        longest = max(len(order.lengths_s) for order in orders)
        return VideoTake(
            n_frames=sum(piece.n_frames for piece in pieces),
            fps=float(_FPS),
            pieces=pieces,
            lengthened=f"extended by the server, up to {longest} parts" if longest > 1 else "",
            model=used,
        )

    def _told(self, request: VideoRequest) -> LumaParameters:
        return parameters_of(LumaParameters, request.parameters, "generators.parameters.video")

    def _lengths(self, request: VideoRequest) -> list[tuple[int, ...]]:
        """Return the lengths in seconds of the generations of each shot."""
        return [lengths_for(shot.n_frames / request.look.fps) for shot in request.shots]


def lengths_for(needed_s: float) -> tuple[int, ...]:
    """Return generations that last so long together: of 9 s, and one of 5 s where that is enough."""
    lengths: list[int] = []
    while needed_s > 1e-9:
        lengths.append(_LENGTHS_S[0] if needed_s <= _LENGTHS_S[0] else _LENGTHS_S[-1])
        needed_s -= lengths[-1]
    return tuple(lengths)


def _fetched(orders: Sequence[Any], told: LumaParameters, out: Path, counter: Any) -> list[Piece]:
    """Bring all orders here and write them as one clip; return where each of them is in it."""
    from storyboard.generators.video.luma_films import joined
    from storyboard.generators.video.luma_orders import delivered

    with tempfile.TemporaryDirectory(prefix="storyboard-luma-") as folder:
        shots = []
        for index, order in enumerate(orders):
            own = Path(folder, str(index))
            own.mkdir()
            shots.append(delivered(order, own, told.wait_s, counter))
        counts = joined(shots, out, _FPS)
    starts = [sum(counts[:index]) for index in range(len(counts))]
    return [Piece(first_frame=start, n_frames=count) for start, count in zip(starts, counts, strict=True)]
