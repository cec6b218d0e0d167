"""What is to be filmed: a scene's shots as pieces that a model can make."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from storyboard.generators.seams import Cue, Portrait, ShotSpec, VideoRequest
from storyboard.generators.video.diffusion.lattice import FrameLattice
from storyboard.generators.video.diffusion.parameters import WHERE, ClipParameters
from storyboard.schema.board import Look
from storyboard.schema.errors import InputError

P = TypeVar("P", bound=ClipParameters)

FRAMED = {"wide": "Wide shot", "medium": "Medium shot", "close": "Close-up"}
"""How a prompt says how near the camera stands."""
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
        fps: the model's own rate; files have whole rates.
        n_pixels: the area that the model was trained on.
        multiple: what both sides have to be multiples of.

    Raises:
        InputError: a side that is told is no multiple.
    """
    for name, told_side in (("width", told.width), ("height", told.height)):
        if told_side and told_side % multiple:
            raise InputError(
                f"{name} = {told_side}: this model wants a multiple of {multiple}",
                where=f"{WHERE}.{name}",
                hint=f"write {max(1, round(told_side / multiple)) * multiple}",
            )
    across, down = look.size
    scale = math.sqrt(n_pixels / (across * down))
    if told.height and not told.width:
        scale = told.height / down
    if told.width and not told.height:
        scale = told.width / across

    def side(asked: int | None, wanted: float) -> int:
        return asked or max(multiple, round(wanted * scale / multiple) * multiple)

    return Frame(side(told.width, across), side(told.height, down), float(told.fps or round(fps)))


def wishes_of(request: VideoRequest, told: P, frame: Frame, lattice: FrameLattice) -> list[Wish[P]]:
    """Return one piece for each shot of a scene, each long enough for its shot.

    Raises:
        InputError: the model cannot make as many frames at once as it is told.
    """
    if told.num_frames is not None:
        if not lattice.allows(told.num_frames):
            raise InputError(
                f"num_frames = {told.num_frames}: this model makes {lattice} at once",
                where=f"{WHERE}.num_frames",
                hint="choose one of these, or leave it out: a shot gets what it needs",
            )
        lattice = FrameLattice(told.num_frames, lattice.step, told.num_frames, lattice.overlap)
    first_seed = request.seed if told.seed is None else told.seed
    return [
        Wish(
            prompt=prompt_of(request, shot),
            negative_prompt=told.negative_prompt or _unwanted(request, shot),
            stretches=lattice.stretches(n_frames_of(shot, request.look.fps, frame.fps)),
            frame=frame,
            seed=seed_of(first_seed, index),
            film_seed=request.film_seed,
            told=told,
            travel=_travel(request, shot, frame.fps),
            key_frame=Path(request.key_frames[index].file) if request.key_frames else None,
            portraits=tuple(request.portraits),
        )
        for index, shot in enumerate(request.shots)
    ]


def prompt_of(request: VideoRequest, shot: ShotSpec) -> str:
    """Return the prompt that a shot begins with: what is sung there, and how near the camera stands."""
    return _framed(shot, _prompts(request, shot)[0])


def seed_of(first_seed: int, index: int) -> int:
    """Return the seed of one shot of a scene, from the scene's."""
    return (first_seed + index * _SEED_STEP) % 2**32


def n_frames_of(shot: ShotSpec, film_fps: int, fps: float) -> int:
    """Return how many frames at the model's rate last as long as a shot, its last frame included."""
    last = math.ceil((shot.n_frames - 1) / film_fps * fps - 1e-9)
    return max(last + 1, math.ceil(shot.n_frames / film_fps * fps - 1e-9))


def _prompts(request: VideoRequest, shot: ShotSpec) -> tuple[str, list[Cue]]:
    """Return the prompt that a shot begins with, and the cues that come while it lasts."""
    cues = [cue for cue in request.cues if cue.prompt or cue.style]
    before = [cue for cue in cues if cue.first_frame <= shot.first_frame]
    last = shot.first_frame + shot.n_frames
    later = [cue for cue in cues if shot.first_frame < cue.first_frame < last]
    return (_told(before[-1], request) if before else request.scene.prompt), later


def _framed(shot: ShotSpec, prompt: str) -> str:
    return f"{FRAMED[shot.framing]}. {prompt}"


def _unwanted(request: VideoRequest, shot: ShotSpec) -> str:
    """Return what shall not be seen: the scene's, and that of the rows that hold while a shot lasts."""
    before = [cue for cue in request.cues if cue.first_frame <= shot.first_frame][-1:]
    last = shot.first_frame + shot.n_frames
    later = [cue for cue in request.cues if shot.first_frame < cue.first_frame < last]
    texts = [request.scene.negative_prompt]
    for cue in (*before, *later):
        if not any(cue.negative_prompt in text for text in texts):
            texts.append(cue.negative_prompt)
    return ", ".join(text for text in texts if text)


def _told(cue: Cue, request: VideoRequest) -> str:
    return (
        ". ".join(text.rstrip(". ") for text in (cue.prompt, cue.style, request.scene.prompt) if text) + "."
    )


def _travel(request: VideoRequest, shot: ShotSpec, fps: float) -> tuple[tuple[int, str], ...]:
    return tuple(
        (
            round((cue.first_frame - shot.first_frame) / request.look.fps * fps),
            _framed(shot, _told(cue, request)),
        )
        for cue in _prompts(request, shot)[1]
    )
