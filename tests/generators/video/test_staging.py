"""Where characters stand and what the camera shows of them, from what they do to each other."""

from __future__ import annotations

import pytest

from storyboard.generators.seams import ShotSpec, VideoRequest
from storyboard.generators.video.animatic.blocking import APART, pointing
from storyboard.generators.video.animatic.camera import REST, matrix_at
from storyboard.generators.video.animatic.energy import Energy
from storyboard.generators.video.animatic.figure.combined import parts_of
from storyboard.generators.video.animatic.players import FOLLOWED
from storyboard.generators.video.animatic.rhythm import Rhythm
from storyboard.generators.video.animatic.scenery import ADULT
from storyboard.generators.video.animatic.staging import Actor, Shot, cast_of, frame_of, shots_of
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


CAST = [character(name) for name in ("Mia", "Leo", "Rosa", "Ben")]


def request_of(
    actions: str,
    n_characters: int = 2,
    framings: tuple[str, ...] = ("wide",),
    aspect: str = "16:9",
    n_frames: int = 2,
    beats: tuple[int, ...] = (),
    **scene: object,
) -> VideoRequest:
    cast = CAST[:n_characters]
    return VideoRequest(
        scene=Scene.model_validate(
            {
                "id": "s", "title": "t", "setting": "a park", "actions": actions,
                "characters": [one.name for one in cast], **scene,
            }
        ),
        scene_index=0,
        n_scenes=1,
        characters=cast,
        look=Look.model_validate({"aspect": aspect, "height": 144}),
        seed=1,
        n_frames=n_frames * len(framings),
        shots=[
            ShotSpec.model_validate({"first_frame": n_frames * i, "n_frames": n_frames, "framing": framing})
            for i, framing in enumerate(framings)
        ],
        beats=list(beats),
    )  # fmt: skip


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


def faces_of(shot: Shot, request: VideoRequest) -> list[tuple[float, float, float]]:
    """Return centre and radius in pixels of every face in a shot that is at least half in the picture."""
    frame = frame_of(request)
    matrix = matrix_at(frame, shot.view, REST, 1.0)
    faces = []
    for actor in shot.actors:
        x, y, radius = actor.head
        at = matrix.mapXY(x, y)
        if 0 < at.fX < frame.width and 0 < at.fY < frame.height:
            faces.append((at.fX, at.fY, matrix.mapRadius(radius)))
    return faces


APARTNESS = [
    "", "They dance.", "They walk down the street.", "Mia talks to Leo.", "Mia sits. Leo reads on a bench.",
    "Mia holds Leo's hand.", "Mia slow dances with Leo.", "Mia drives with everyone.", "Mia sings.",
    "Mia runs to Leo.", "Mia plays the piano. Leo plays guitar.", "They all jump.",
]  # fmt: skip


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
@pytest.mark.parametrize("n_characters", [1, 2, 3, 4])
@pytest.mark.parametrize("actions", APARTNESS)
def test_faces_do_not_cover_each_other(aspect: str, n_characters: int, actions: str) -> None:
    request = request_of(actions, n_characters, ("wide", "medium", "close", "wide", "close"), aspect, 48)
    frame = frame_of(request)
    for shot in shots_of(request, frame, cast_of(request, frame, 0.0)):
        faces = faces_of(shot, request)
        assert faces
        for i, (x, y, radius) in enumerate(faces):
            for other_x, other_y, other_radius in faces[:i]:
                apart = ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5
                assert apart > 0.95 * (radius + other_radius)


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
def test_a_wide_shot_shows_all_four_and_a_close_one_its_subject(aspect: str) -> None:
    request = request_of("They talk.", 4, ("wide", "close"), aspect)
    frame = frame_of(request)
    wide, close = shots_of(request, frame, cast_of(request, frame, 0.0))
    assert len(faces_of(wide, request)) == 4
    assert len(faces_of(close, request)) == 1


@pytest.mark.parametrize(
    ("actions", "kind"),
    [
        ("Mia holds hands with Leo.", "hold_hands"),
        ("Mia and Leo slow dance.", "waltz"),
        ("They hug.", "embrace"),
    ],
)
def test_pairs_stand_as_far_apart_as_their_arms_ask(actions: str, kind: str) -> None:
    mia, leo = cast_for(actions)
    assert {parts_of(mia.action)[1], parts_of(leo.action)[1]} == {kind}
    assert leo.x - mia.x == pytest.approx(APART[kind])
    assert (mia.facing, leo.facing) == (1, -1)
    assert mia.figure.playing.partner is not None
    assert mia.figure.playing.partner[0] * mia.figure.height == pytest.approx(APART[kind] / ADULT)


def test_who_walk_hand_in_hand_go_the_same_way() -> None:
    mia, leo = cast_for("Mia and Leo walk hand in hand.")
    assert mia.facing == leo.facing == 1
    assert mia.figure.playing.partner is not None and leo.figure.playing.partner is not None
    assert mia.figure.playing.partner[0] > 0 > leo.figure.playing.partner[0]


def test_two_who_talk_take_turns() -> None:
    mia, leo = cast_for("Mia talks to Leo.")
    assert {mia.figure.playing.turn, leo.figure.playing.turn} == {0, 1}


@pytest.mark.parametrize(
    ("setting", "action"), [("her bedroom", "lie"), ("a train", "sleep"), ("a hospital", "lie")]
)
def test_who_sleeps_lies_down_where_there_is_a_bed(setting: str, action: str) -> None:
    request = request_of("Mia sleeps.", 1, setting=setting)
    assert cast_of(request, frame_of(request), 0.0)[0].action == action


def test_one_drives_and_the_others_ride() -> None:
    for setting, driving in (("inside the car", "steer"), ("a desert highway", "drive")):
        request = request_of("Mia and Leo drive. Rosa sings along.", 3, setting=setting)
        mia, leo, rosa = cast_of(request, frame_of(request), 0.0)
        assert mia.action == driving
        assert parts_of(leo.action)[0] in ("ride", "passenger")
        assert parts_of(rosa.action)[1] == "sing"
        assert rosa.sings


def test_dances_follow_the_song() -> None:
    def dance(mood: str, frames_a_beat: int) -> str:
        beats = tuple(range(0, 48, frames_a_beat))
        request = request_of("Mia dances.", 1, n_frames=48, beats=beats, mood=mood)
        return cast_of(request, frame_of(request), 0.0)[0].action

    assert dance("euphoric", 10) == "dance_jump"
    assert dance("tender", 16) == "waltz"
    assert dance("happy", 12) == "dance"


@pytest.mark.parametrize("action", ["walks", "runs"])
@pytest.mark.parametrize("n_frames", [24, 72, 168])
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_who_walks_goes_as_far_as_the_feet_step_and_stays_in_the_picture(
    action: str, n_frames: int, aspect: str
) -> None:
    request = request_of(
        f"Mia {action}.", 1, n_frames=n_frames, aspect=aspect, beats=tuple(range(0, n_frames, 12))
    )
    frame = frame_of(request)
    (shot,) = shots_of(request, frame, cast_of(request, frame, 0.0))
    (mia,) = shot.actors
    playing, tempo_bpm = mia.figure.playing, Rhythm(request).tempo_bpm
    stepped = playing.step * mia.figure.leg * ADULT / (playing.beats * 60 / tempo_bpm)
    assert abs(mia.speed) == pytest.approx(stepped)
    matrix, gone = matrix_at(frame, shot.view, REST, 1.0), mia.speed * n_frames / 24 / 2
    for x in (mia.x + mia.ahead - gone, mia.x + mia.ahead + gone):
        assert 0.05 * frame.width < matrix.mapXY(x, 0.0).fX < 0.95 * frame.width
    assert abs(gone) > 0.08  # and does go somewhere


def test_who_walks_does_not_walk_into_another() -> None:
    request = request_of("Mia walks. Leo stands.", 2, n_frames=96)
    frame = frame_of(request)
    mia, leo = shots_of(request, frame, cast_of(request, frame, 0.0))[0].actors
    assert mia.x + mia.ahead + mia.speed * 96 / 24 / 2 < leo.x - 0.2


def test_who_leaves_walks_away_from_the_others() -> None:
    mia, leo = cast_for("Mia waves. Leo walks away.")
    assert leo.action == "walk" and leo.facing == 1 and leo.x > mia.x


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
@pytest.mark.parametrize("framing", ["wide", "medium", "close"])
def test_the_head_of_one_who_jumps_stays_in_the_picture(aspect: str, framing: str) -> None:
    request = request_of("Mia jumps. Leo stands.", 2, (framing,), aspect, beats=(0, 1))
    frame = frame_of(request)
    (shot,) = shots_of(request, frame, cast_of(request, frame, 0.0))
    matrix = matrix_at(frame, shot.view, REST, 1.0)
    for actor in shot.actors:
        rise = actor.head[1] - actor.head[2] - actor.highest
        top = actor.head[1] - actor.head[2] - rise * (1.0 if framing == "wide" else 1.0 - FOLLOWED)
        assert matrix.mapXY(actor.head[0], top).fY > 0


@pytest.mark.parametrize("aspect", ["9:16", "1:1"])
def test_a_narrow_frame_cuts_nobody_through_the_face(aspect: str) -> None:
    for actions in ("They talk.", "Mia runs. Leo jumps.", "They dance."):
        request = request_of(actions, 3, ("wide", "medium"), aspect, 48)
        frame = frame_of(request)
        for shot in shots_of(request, frame, cast_of(request, frame, 0.0)):
            matrix = matrix_at(frame, shot.view, REST, 1.0)
            for actor in shot.actors:
                x, y, radius = actor.head
                at, r = matrix.mapXY(x, y), matrix.mapRadius(radius)
                assert r < at.fX < frame.width - r


def test_close_up_two_who_dance_in_each_others_arms_are_both_seen() -> None:
    request = request_of("Mia and Leo slow dance.", 2, ("close",))
    frame = frame_of(request)
    (shot,) = shots_of(request, frame, cast_of(request, frame, 0.0))
    assert len(faces_of(shot, request)) == 2


def test_who_talk_look_each_other_in_the_eyes() -> None:
    tall, short = character("Mia"), character("Leo").model_copy(update={"age": 7})
    request = request_of("Mia talks to Leo.").model_copy(update={"characters": [tall, short]})
    mia, leo = cast_of(request, frame_of(request), 0.0)
    assert mia.figure.playing.up < -0.05 and leo.figure.playing.up > 0.05


def test_who_sings_while_cooking_moves_the_mouth() -> None:
    mia, leo = cast_for("Mia stands at the stove and sings. Leo watches.")
    assert mia.action == "cook" and mia.sings and not leo.sings


def test_one_works_at_a_table_inside_and_bent_to_the_ground_outside() -> None:
    for setting, actions, action in (
        ("a kitchen", "Mia works.", "work"),
        ("a garden", "Mia works among the roses.", "tend"),
        ("a garden", "Mia works at the table.", "work"),
    ):
        request = request_of(actions, 1, setting=setting)
        assert cast_of(request, frame_of(request), 0.0)[0].action == action


def test_a_faster_cut_a_brighter_mood_and_livelier_actions_make_a_scene_move_more() -> None:
    def energy(actions: str = "Mia stands.", n_frames: int = 96, **scene: object) -> float:
        request = request_of(actions, 1, n_frames=n_frames, beats=tuple(range(0, n_frames, 12)), **scene)
        return Energy(request).at(0)

    assert energy(n_frames=36) > energy() > energy(n_frames=240)
    assert energy(mood="euphoric") > energy() > energy(mood="tender")
    assert energy("Mia dances.") > energy() > energy("Mia sleeps.")
    assert energy(kind="performance") > energy()


def test_a_bar_of_dancing_begins_with_the_songs() -> None:
    request = request_of("Mia dances.", 1, n_frames=96, beats=tuple(range(6, 96, 12)))
    request = request.model_copy(update={"downbeats": [30, 78]})
    assert Rhythm(request).clock(30).beat % 4 == 0
    assert Rhythm(request).clock(78).beat % 4 == 0


def test_who_turns_away_from_nobody_is_seen_in_the_face_from_nearer() -> None:
    request = request_of("Mia turns away.", 1, ("wide", "medium"))
    frame = frame_of(request)
    wide, medium = shots_of(request, frame, cast_of(request, frame, 0.0))
    assert (wide.actors[0].action, medium.actors[0].action) == ("turn_away", "look_away")
    assert cast_for("Mia walks along the quay and turns away.", 1)[0].action == "walk"


def test_a_face_alone_holds_nobodys_hand() -> None:
    request = request_of("Mia walks hand in hand with Leo.", 2, ("wide", "close"))
    frame = frame_of(request)
    wide, close = shots_of(request, frame, cast_of(request, frame, 0.0))
    assert {actor.action for actor in wide.actors} == {"walk+hold_hands"}
    assert [actor.action for actor in close.actors] == ["walk"]


@pytest.mark.parametrize("setting, action", [("a café", "sit+look_out"), ("a park", "sit+window")])
def test_a_place_with_windows_gets_no_other(setting: str, action: str) -> None:
    request = request_of("Mia sits and looks out of the window.", 1, setting=setting)
    assert cast_of(request, frame_of(request), 0.0)[0].action == action


@pytest.mark.parametrize("framing", ["medium", "close"])
def test_what_stands_on_a_head_is_in_the_picture(framing: str) -> None:
    alien = character("Mia").model_copy(
        update={"gender": "creature", "face": "the green face of an alien", "clothing": []}
    )
    request = request_of("Mia stands.", 1, (framing,)).model_copy(update={"characters": [alien]})
    frame = frame_of(request)
    shot = shots_of(request, frame, cast_of(request, frame, 0.0))[0]
    x, y, radius = shot.actors[0].head
    crown = shot.actors[0].figure.crown
    assert crown > 1.8
    assert matrix_at(frame, shot.view, REST, 1.0).mapXY(x, y - crown * radius).fY >= 0
