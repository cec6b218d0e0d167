"""What is to be filmed: a scene's shots as pieces that a model can make."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from storyboard.generators.seams import Cue, Portrait, ShotSpec, VideoRequest
from storyboard.generators.video.diffusion.lattice import FrameLattice
from storyboard.generators.video.diffusion.parameters import ClipParameters
from storyboard.schema.board import Look

P = TypeVar("P", bound=ClipParameters)

_FRAMED = {"wide": "Wide shot", "medium": "Medium shot", "close": "Close-up"}
_SEED_STEP = 0x85EBCA6B  # odd, so that no two shots of a scene have the same seed


@dataclass(frozen=True)
class Frame:
    """How pictures are made: their size in pixels, and how many a second."""

    width: int
    height: int
    fps: float


@dataclass(frozen=True)
class Wish(Generic[P]):
    """One piece to film: the part of a scene that one shot shows.

    Attributes:
        prompt: what is to be seen.
        negative_prompt: what is not.
        stretches: frames of each run of the model; each but the first goes on from the one before.
        frame: size and rate.
        seed: of this piece alone.
        film_seed: of the noise that all pieces of the film share.
        told: what the user told the model.
        travel: prompts that take over later, by frame of the piece, in order.
        key_frame: the picture it begins with.
        portraits: of the characters in it.
    """

    prompt: str
    negative_prompt: str
    stretches: tuple[int, ...]
    frame: Frame
    seed: int
    film_seed: int
    told: P
    travel: tuple[tuple[int, str], ...] = ()
    key_frame: Path | None = None
    portraits: tuple[Portrait, ...] = ()


def frame_of(look: Look, told: ClipParameters, fps: float, n_pixels: int, multiple: int) -> Frame:
    """Return the size and rate to film in: the film's shape, at the area that the model was trained on.

    Args:
        look: the film's shape.
        told: may say width, height and rate.
        fps: the model's own rate.
        n_pixels: the area that the model was trained on.
        multiple: what both sides have to be multiples of.
    """
    across, down = look.size
    scale = math.sqrt(n_pixels / (across * down))
    if told.height and not told.width:
        scale = told.height / down
    if told.width and not told.height:
        scale = told.width / across

    def side(asked: int | None, wanted: float) -> int:
        return asked or max(multiple, round(wanted * scale / multiple) * multiple)

    return Frame(side(told.width, across), side(told.height, down), float(told.fps or fps))


def wishes_of(request: VideoRequest, told: P, frame: Frame, lattice: FrameLattice) -> list[Wish[P]]:
    """Return one piece for each shot of a scene, each long enough for its shot."""
    if told.num_frames is not None:
        lattice = FrameLattice(told.num_frames, lattice.step, told.num_frames, lattice.overlap)
    first_seed = request.seed if told.seed is None else told.seed
    return [
        Wish(
            prompt=f"{_FRAMED[shot.framing]}. {_prompts(request, shot)[0]}",
            negative_prompt=told.negative_prompt or request.scene.negative_prompt,
            stretches=lattice.stretches(n_frames_of(shot, request.look.fps, frame.fps)),
            frame=frame,
            seed=(first_seed + index * _SEED_STEP) % 2**32,
            film_seed=request.film_seed,
            told=told,
            travel=_travel(request, shot, frame.fps),
            key_frame=Path(request.key_frames[index].file) if request.key_frames else None,
            portraits=tuple(request.portraits),
        )
        for index, shot in enumerate(request.shots)
    ]


def n_frames_of(shot: ShotSpec, film_fps: int, fps: float) -> int:
    """Return how many frames at the model's rate last until a shot's last frame is shown."""
    return math.ceil((shot.n_frames - 1) / film_fps * fps - 1e-9) + 1


def _prompts(request: VideoRequest, shot: ShotSpec) -> tuple[str, list[Cue]]:
    """Return the prompt that a shot begins with, and the cues that come while it lasts."""
    cues = [cue for cue in request.cues if cue.prompt or cue.style]
    before = [cue for cue in cues if cue.first_frame <= shot.first_frame]
    last = shot.first_frame + shot.n_frames
    later = [cue for cue in cues if shot.first_frame < cue.first_frame < last]
    return (_told(before[-1], request) if before else request.scene.prompt), later


def _told(cue: Cue, request: VideoRequest) -> str:
    return (
        ". ".join(text.rstrip(". ") for text in (cue.prompt, cue.style, request.scene.prompt) if text) + "."
    )


def _travel(request: VideoRequest, shot: ShotSpec, fps: float) -> tuple[tuple[int, str], ...]:
    return tuple(
        (round((cue.first_frame - shot.first_frame) / request.look.fps * fps), _told(cue, request))
        for cue in _prompts(request, shot)[1]
    )
