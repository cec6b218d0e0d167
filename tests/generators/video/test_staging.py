"""Where characters stand and what the camera shows of them, from what they do to each other."""

from __future__ import annotations

import pytest

from storyboard.generators.seams import ShotSpec, VideoRequest
from storyboard.generators.video.animatic.blocking import pointing
from storyboard.generators.video.animatic.staging import Actor, cast_of, frame_of, shots_of
from storyboard.schema.board import Look
from storyboard.schema.cast import Character, Garment, Hair
from storyboard.schema.scene import Scene


def character(name: str) -> Character:
    return Character(
        name=name,
        gender="person",
        age=30,
        hair=Hair(color="black", length="short"),
        eyes="brown",
        clothing=[Garment(item="coat", color="teal")],
    )


CAST = [character(name) for name in ("Mia", "Leo", "Rosa")]


def request_of(
    actions: str, n_characters: int = 2, framings: tuple[str, ...] = ("wide",), aspect: str = "16:9"
) -> VideoRequest:
    cast = CAST[:n_characters]
    return VideoRequest(
        scene=Scene(
            id="s", title="t", setting="a park", characters=[one.name for one in cast], actions=actions
        ),
        scene_index=0,
        n_scenes=1,
        characters=cast,
        look=Look.model_validate({"aspect": aspect, "height": 144}),
        seed=1,
        n_frames=2 * len(framings),
        shots=[
            ShotSpec.model_validate({"first_frame": 2 * i, "n_frames": 2, "framing": framing})
            for i, framing in enumerate(framings)
        ],
    )


def cast_for(actions: str, n_characters: int = 2) -> tuple[Actor, ...]:
    request = request_of(actions, n_characters)
    return cast_of(request, frame_of(request), 0.0)


@pytest.mark.parametrize("n_characters", [1, 2])
def test_a_close_shot_never_shows_the_back_of_a_head(n_characters: int) -> None:
    request = request_of("Mia turns away.", n_characters, ("close", "wide", "close"))
    frame = frame_of(request)
    first, wide, last = shots_of(request, frame, cast_of(request, frame, 0.0))
    assert "turn_away" in {actor.action for actor in wide.actors}
    for shot in (first, last):
        assert [actor.name for actor in shot.actors] == ["Mia" if n_characters == 1 else "Leo"]
        assert shot.actors[0].action != "turn_away"


def test_who_hug_stand_close_and_face_each_other() -> None:
    mia, leo = cast_for("Mia hugs Leo.")
    assert {mia.action, leo.action} == {"embrace"}
    assert 0 < leo.x - mia.x < 0.2 < cast_for("Mia waves.")[1].x - cast_for("Mia waves.")[0].x
    assert (mia.facing, leo.facing) == (1, -1)


def test_nobody_points_into_a_face() -> None:
    mia, _ = cast_for("Mia points at Leo.")
    assert mia.action == "point"
    assert mia.facing == -1  # Leo stands on the other side
    assert cast_for("Mia points.", 1)[0].action == "point"
    assert pointing("sit+point", 1, place=1, n=3) == ("sit+point_up", 1)


def test_who_hug_across_a_third_stand_side_by_side() -> None:
    mia, leo, rosa = cast_for("Mia hugs Rosa. Leo waves.", 3)
    assert rosa.x - mia.x < 0.2
    assert leo.x > rosa.x
    assert leo.action == "wave"


def test_one_who_hugs_alone_opens_the_arms() -> None:
    assert cast_for("Mia hugs the whole world.", 1)[0].action == "hug"
