"""The camera: moves by words, eased, never past what is painted; focus; light that answers the beat."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from storyboard.generators.seams import ShotSpec, VideoRequest
from storyboard.generators.video.animatic.camera import (
    MOVES,
    REST,
    Drift,
    Frame,
    View,
    drift,
    focusing_of,
    matrix_at,
    move_of,
    racked,
)
from storyboard.generators.video.animatic.film import Film
from storyboard.generators.video.animatic.reel import scenery_of
from storyboard.generators.video.animatic.staging import Shot, cast_of, frame_of, shots_of
from storyboard.schema.board import Look
from storyboard.schema.cast import Character, Garment, Hair
from storyboard.schema.scene import Scene

NAMES = ("Mia", "Leo", "Rosa", "Finn")
FRAMINGS = ("wide", "medium", "close", "wide", "medium", "close")
ASPECTS = ("16:9", "9:16", "1:1")
CAPTIONS = 0.82
"""Where captions begin, as a share of the height."""


def character(name: str) -> Character:
    return Character(
        name=name,
        gender="person",
        age=8 if name == "Finn" else 30,
        hair=Hair(color="black", length="short"),
        eyes="brown",
        clothing=[Garment(item="coat", color="teal")],
    )


def request_of(
    n: int,
    aspect: str = "16:9",
    framings: tuple[str, ...] = FRAMINGS,
    setting: str = "a park",
    n_frames: int = 0,
    **scene: object,
) -> VideoRequest:
    cast = [character(name) for name in NAMES[:n]]
    record = {"id": "s", "title": "t", "setting": setting, "characters": [one.name for one in cast], **scene}
    length = n_frames or 1
    return VideoRequest(
        scene=Scene.model_validate(record),
        scene_index=3,
        n_scenes=6,
        characters=cast,
        look=Look.model_validate({"aspect": aspect, "height": 144}),
        seed=1,
        n_frames=length * len(framings),
        shots=[
            ShotSpec.model_validate({"first_frame": length * i, "n_frames": length, "framing": framing})
            for i, framing in enumerate(framings)
        ],
        beats=list(range(0, length * len(framings) + 24, 12)),
        downbeats=[0],
    )


def extremes(strength: float = 1.3) -> Iterator[Drift]:
    for move in MOVES:
        for share in (0.0, 0.5, 1.0):
            for t_s in (0.0, 1.7, 5.3):
                yield drift(move.name, share, t_s, strength, 1.0)


def every_shot() -> Iterator[tuple[Frame, Shot]]:
    for aspect in ASPECTS:
        for n in range(5):
            request = request_of(n, aspect)
            frame = frame_of(request)
            for shot in shots_of(request, frame, cast_of(request, frame, 0.0)):
                yield frame, shot


def corners(frame: Frame, matrix: skia.Matrix) -> skia.Rect:
    """Return what of a layer a transform from it to the frame shows."""
    back = skia.Matrix()
    assert matrix.invert(back)
    return back.mapRect(skia.Rect.MakeWH(frame.width, frame.height))


def test_no_move_in_any_framing_and_shape_leaves_what_is_baked() -> None:
    for frame, shot in every_shot():
        for depth in (0.0, 0.3, 0.62, 1.0, 1.6):
            rest = matrix_at(frame, shot.view, REST, depth)
            undo = skia.Matrix()
            assert rest.invert(undo)
            for drifted in extremes():
                moved = skia.Matrix.Concat(matrix_at(frame, shot.view, drifted, depth), undo)
                seen = corners(frame, moved)
                spare = frame.margin_px
                assert seen.left() >= -spare and seen.right() <= frame.width + spare, (shot, depth, drifted)
                assert seen.top() >= -spare and seen.bottom() <= frame.height + spare, (shot, depth, drifted)


def test_no_move_in_any_framing_and_shape_leaves_what_places_paint() -> None:
    for frame, shot in every_shot():
        half, pad = frame.width / frame.scale / 2, 0.16
        top = -0.80 * frame.height / frame.scale - pad
        bottom = 0.20 * frame.height / frame.scale + pad
        for depth in (0.0, 0.3, 0.62, 1.0):
            for drifted in extremes():
                seen = corners(frame, matrix_at(frame, shot.view, drifted, depth))
                assert -half - pad <= seen.left() and seen.right() <= half + pad, (shot, depth, drifted)
                assert top <= seen.top() and seen.bottom() <= bottom, (shot, depth, drifted)


def test_faces_stay_above_the_captions_in_every_framing_shape_and_move() -> None:
    for frame, shot in every_shot():
        for drifted in extremes(1.0):
            matrix = matrix_at(frame, shot.view, drifted, 1.0)
            for actor in shot.actors:
                x, y, radius = actor.head
                at = matrix.mapXY(x, y + radius)
                if 0 <= at.fX <= frame.width:
                    assert at.fY < CAPTIONS * frame.height, (shot.framing, actor.name, drifted)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("slow push in", "push"),
        ("the camera pulls back to reveal the city", "pull"),
        ("pan left across the room", "pan left"),
        ("a slow pan", "pan right"),
        ("tracking shot beside her", "right"),
        ("tilt up to the stars", "tilt up"),
        ("tilt down to the street", "tilt down"),
        ("aerial drone shot", "crane"),
        ("handheld, nervous", "handheld"),
        ("orbits around them", "orbit"),
        ("locked-off tripod", "static"),
        ("slow dolly", "dolly"),
        ("rack focus from the cup to Mia, slow push in", "push"),
    ],
)
def test_a_camera_direction_is_understood(text: str, name: str) -> None:
    assert move_of(text, 0) == name


@pytest.mark.parametrize("move", [move.name for move in MOVES if move.shake == 1.0])
def test_a_move_begins_and_ends_gently_and_never_jumps(move: str) -> None:
    places = [drift(move, share, 0.0, 1.0, 0.0) for share in np.linspace(0, 1, 101)]
    steps = np.array([[b.x - a.x, b.y - a.y, b.zoom - a.zoom] for a, b in pairwise(places)])
    speed = np.abs(steps).sum(1)
    assert speed[0] < 0.5 * speed[50]
    assert speed[-1] < 0.5 * speed[50]
    assert np.abs(np.diff(speed)).max() < 0.1 * speed[50]


def places_of(move: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how far a far layer and the figures move across the picture, in pixels."""
    frame, view = Frame(1280, 720, 720.0, -0.3), View(1.3, 0.0, -0.3)
    ends = [drift(move, share, 0.0, 1.0, 0.0) for share in (0.0, 1.0)]
    far, near = (
        np.diff([matrix_at(frame, view, end, depth).mapXY(0.0, -0.3).fX for end in ends])
        for depth in (0.2, 1.0)
    )
    return np.abs(far), np.abs(near)


def test_a_track_shows_parallax_a_pan_does_not_and_an_orbit_turns_the_world_behind_the_figures() -> None:
    far, near = places_of("right")
    assert near > 3 * far
    far, near = places_of("pan right")
    assert near < 1.9 * far
    far, near = places_of("orbit")
    assert far > 3 * near


def test_focus_is_racked_from_the_background_to_the_figures() -> None:
    assert [racked(share) for share in (0.0, 1.0)] == [0.0, 1.0]
    assert focusing_of("rack focus to Mia") == "rack"
    assert focusing_of("shallow depth of field") == "shallow"
    assert focusing_of("slow push in") == "lens"
    request = request_of(
        1,
        framings=("medium",),
        n_frames=12,
        camera="rack focus to Mia",
        setting="a street",
        time_of_day="night",
    )
    luma = [planes[:144].copy() for planes, _ in Film(request, scenery_of(request)).frames()]
    behind = [float(cv2.Laplacian(picture[:, :60], cv2.CV_32F).std()) for picture in luma]
    assert behind[0] > 1.25 * behind[-1]
    frame = frame_of(request)
    shot = shots_of(request, frame, cast_of(request, frame, 0.0))[0]
    x, y, radius = shot.actors[0].head
    matrix = matrix_at(frame, shot.view, REST, 1.0)
    at, r = matrix.mapXY(x, y), int(matrix.mapRadius(radius))
    box = (slice(max(0, int(at.fY) - r), int(at.fY) + r), slice(max(0, int(at.fX) - r), int(at.fX) + r))
    face = [float(cv2.Laplacian(picture[box], cv2.CV_32F).std()) for picture in luma]
    assert face[-1] > 1.5 * face[0]


def test_the_light_of_a_club_sweeps_and_answers_the_beat() -> None:
    request = request_of(
        0, framings=("wide",), n_frames=24, setting="a nightclub", camera="static", kind="performance"
    )
    on_beat = request.model_copy(update={"beats": [8, 20, 32], "downbeats": [100]})
    off_beat = request.model_copy(update={"beats": [2, 14, 26], "downbeats": [100]})
    first, second = (
        [float(planes[:144].mean()) for planes, _ in Film(each, scenery_of(each)).frames()]
        for each in (on_beat, off_beat)
    )
    assert first[20] > second[20]
    assert second[14] > first[14]


@pytest.mark.parametrize(
    ("aspect", "height", "fps"), [("16:9", 480, 60), ("9:16", 1080, 30), ("1:1", 2160, 24)]
)
def test_any_height_and_rate_is_composed_alike(aspect: str, height: int, fps: int) -> None:
    def picture(at: int, rate: int) -> NDArray[np.uint8]:
        request = request_of(2, aspect, ("wide",), setting="a café")
        look = request.look.model_copy(update={"height": at, "fps": rate})
        request = request.model_copy(update={"look": look})
        planes, _ = next(Film(request, scenery_of(request)).frames())
        width, tall = look.size
        luma = np.ascontiguousarray(planes[:tall, :width])
        return np.asarray(cv2.resize(luma, (64, 64), interpolation=cv2.INTER_AREA), np.uint8)

    small, large = picture(240, 24).astype(float), picture(height, fps).astype(float)
    assert float(np.abs(small - large).mean()) < 4
