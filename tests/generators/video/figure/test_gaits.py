"""Animals on their own legs: paws that stay where they stand, a flight in the gallop, a low sleep."""

from __future__ import annotations

from itertools import pairwise

import pytest

skia = pytest.importorskip("skia")

from storyboard.generators.video.animatic.figure.acting import Cue, Moment, Playing, cue_of  # noqa: E402
from storyboard.generators.video.animatic.figure.fowl import perch_of  # noqa: E402
from storyboard.generators.video.animatic.figure.gestures import pose_of  # noqa: E402
from storyboard.generators.video.animatic.figure.moves import step_of  # noqa: E402
from storyboard.generators.video.animatic.figure.quadruped import Stand, stand_of  # noqa: E402

HEIGHT, LEG = 0.7, 0.45
FRAMES_A_BEAT = 24


def cue_at(beat: float, playing: Playing | None = None) -> Cue:
    return cue_of(Moment(beat / 2, beat, 0.6, 0.0, playing or Playing()), 0.5, 0)


def stand(action: str, beat: float, playing: Playing | None = None) -> Stand:
    cue = cue_at(beat, playing)
    return stand_of(action, cue, pose_of(action, cue), HEIGHT, LEG)


@pytest.mark.parametrize("action", ["walk", "run"])
@pytest.mark.parametrize("playing", [Playing(), Playing(step=0.3, beats=1.0)])
def test_a_paw_on_the_ground_goes_back_as_fast_as_the_body_goes_on(action: str, playing: Playing) -> None:
    step, beats = step_of(action, cue_at(0.0, playing))
    forward = step * LEG / beats / FRAMES_A_BEAT
    stands = [stand(action, frame / FRAMES_A_BEAT, playing).feet for frame in range(4 * FRAMES_A_BEAT)]
    still = 0
    for before, after in pairwise(stands):
        for index in range(4):
            ground = -0.012 * HEIGHT * (index % 2)
            if before[index][1] == after[index][1] == pytest.approx(ground, abs=1e-9):
                assert after[index][0] - before[index][0] == pytest.approx(-forward, abs=0.1 * forward)
                still += 1
    assert still > 0.2 * 4 * len(stands)


def test_a_galloping_animal_is_in_the_air_between_and_a_walking_one_never() -> None:
    def off(action: str) -> int:
        frames = (stand(action, frame / FRAMES_A_BEAT).feet for frame in range(2 * FRAMES_A_BEAT))
        return sum(all(y < -0.02 * HEIGHT for _, y in feet) for feet in frames)

    assert off("run") > 0
    assert off("walk") == 0


def test_one_who_sleeps_lies_and_one_who_sits_keeps_the_shoulders_up() -> None:
    awake, seated, asleep = stand("stand", 0.0), stand("sit", 0.0), stand("sleep", 0.0)
    assert seated.hip[1] > awake.hip[1] + 0.15 * HEIGHT and seated.shoulder[1] == awake.shoulder[1]
    assert asleep.shoulder[1] > seated.shoulder[1] + 0.2 * HEIGHT
    assert asleep.head[1] + asleep.head_r > -0.05 * HEIGHT


def test_a_bird_sets_one_foot_before_the_other() -> None:
    cue = cue_at(0.0)
    feet = perch_of("walk", cue, pose_of("walk", cue), HEIGHT, LEG).feet
    assert abs(feet[0][0] - feet[1][0]) > 0.05
