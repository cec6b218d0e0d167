"""From a request to a file: choose the setting, build it, film it, encode it."""

from __future__ import annotations

import random
from pathlib import Path

import cv2

from storyboard.generators.seams import VideoRequest, VideoTake
from storyboard.generators.video.animatic.film import Film
from storyboard.generators.video.animatic.scenery import Scenery
from storyboard.generators.video.animatic.settings import building
from storyboard.generators.video.animatic.staging import cast_of, frame_of
from storyboard.generators.video.animatic.things import place_things, sheets_of
from storyboard.generators.video.encode import encoding
from storyboard.schema.errors import GeneratorError
from storyboard.schema.progress import OnFraction

_REPORT_EVERY = 6


def shoot(request: VideoRequest, out: Path, progress: OnFraction) -> VideoTake:
    """Draw and encode a clip."""
    cv2.setNumThreads(1)
    _check_shots(request)
    film = Film(request, scenery_of(request))
    width, height = request.look.size
    with encoding(out, width, height, request.look.fps) as encoder:
        for planes, starts_shot in film.frames():
            encoder.write(planes, keyframe=starts_shot)
            if encoder.n_frames % _REPORT_EVERY == 0 or encoder.n_frames == request.n_frames:
                progress(encoder.n_frames / request.n_frames)
    return VideoTake(n_frames=encoder.n_frames, fps=float(request.look.fps))


def scenery_of(request: VideoRequest) -> Scenery:
    """Build the set of a scene, with what its story speaks of."""
    scenery = building.scenery_of(request)
    cast = cast_of(request, frame_of(request), scenery.centre)
    rng = random.Random(request.seed * 6151 + request.scene_index)
    place_things(scenery, request.scene, rng, cast, request.lyrics, sheets_of(request))
    return scenery


def _check_shots(request: VideoRequest) -> None:
    expected = 0
    for index, shot in enumerate(request.shots):
        if shot.first_frame != expected:
            raise GeneratorError(
                f"shots[{index}] starts at frame {shot.first_frame}, not {expected}",
                where=f"scene {request.scene.id}",
                hint="give shots that tile the clip in order",
            )
        expected += shot.n_frames
    if expected != request.n_frames:
        raise GeneratorError(
            f"the shots hold {expected} frames, the clip {request.n_frames}",
            where=f"scene {request.scene.id}",
            hint="give shots that tile the clip in order",
        )
