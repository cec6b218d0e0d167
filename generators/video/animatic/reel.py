"""From a request to a file: choose the setting, build it, film it, encode it."""

from __future__ import annotations

import random
import zlib
from pathlib import Path

import cv2

from storyboard.generators.seams import VideoRequest, VideoTake
from storyboard.generators.video.animatic.encode import encoding
from storyboard.generators.video.animatic.figure import actions_of
from storyboard.generators.video.animatic.film import Film
from storyboard.generators.video.animatic.palette import palette_of
from storyboard.generators.video.animatic.scenery import GROUND, Scenery
from storyboard.generators.video.animatic.settings import SETTINGS, kind_of
from storyboard.generators.video.animatic.staging import frame_of
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
    """Build the set of a scene."""
    scene, frame = request.scene, frame_of(request)
    kind = kind_of(scene.setting, request.seed)
    setting = SETTINGS[kind]
    palette = palette_of(
        request.look.palette,
        time_of_day=scene.time_of_day,
        weather=scene.weather,
        mood=scene.mood,
        indoor=setting.indoor,
        film_index=zlib.crc32(request.look.style.encode()),
        scene_index=request.scene_index,
    )
    scenery = Scenery(
        palette=palette,
        rng=random.Random(request.seed * 7919 + request.scene_index * 104729 + zlib.crc32(kind.encode())),
        w=frame.width / frame.scale / 2,
        top=-GROUND * frame.height / frame.scale,
        bottom=(1 - GROUND) * frame.height / frame.scale,
        seat=setting.seat,
        indoor=setting.indoor,
        weathered=not setting.indoor,
        seated=any(action.startswith("sit") for action in actions_of(scene).values()),
    )
    setting.paint(scenery)
    scenery.close()
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
