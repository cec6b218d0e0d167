"""What the user pins, holds; what a model cannot deliver, is not asked for; every cost is on the page."""

from __future__ import annotations

import pytest

from storyboard.schema.board import CutPin, Cutting, Storyboard
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.errors import InputError
from storyboard.schema.timeline import SongMap
from storyboard.sync.plan import plan_cuts


def with_cutting(board: Storyboard, **cutting: object) -> Storyboard:
    return board.model_copy(update={"cutting": Cutting.model_validate(cutting)})


def test_a_pinned_cut_is_on_the_frame_nearest_to_its_time(board: Storyboard, song_map: SongMap) -> None:
    pinned = with_cutting(board, pins=[CutPin(at_s=5.13), CutPin(at_s=9.02, scene="scene-1")])
    timeline = plan_cuts(song_map, pinned)
    starts = {shot.first_frame: shot for shot in timeline.shots}
    assert "pinned by you" in starts[round(5.13 * timeline.fps)].reason
    assert starts[round(9.02 * timeline.fps)].scene == "scene-1"


def test_only_the_pins_are_cut_where_that_is_asked_for(board: Storyboard, song_map: SongMap) -> None:
    free = plan_cuts(song_map, board)
    pins = [
        CutPin(at_s=shot.first_frame / free.fps, scene=shot.scene)
        for shot in free.shots[1::2]
        if shot.first_frame
    ]
    changes = {shot.scene: shot.first_frame for shot in reversed(free.shots)}
    wanted = {pin.at_s: pin for pin in pins}
    wanted |= {f / free.fps: CutPin(at_s=f / free.fps, scene=s) for s, f in changes.items() if f}
    ordered = [wanted[at_s] for at_s in sorted(wanted)]
    timeline = plan_cuts(song_map, with_cutting(board, pins=ordered, only_pins=True))
    assert [shot.first_frame / free.fps for shot in timeline.shots[1:]] == [pin.at_s for pin in ordered]
    with pytest.raises(InputError, match="no plan shows every scene"):
        plan_cuts(song_map, with_cutting(board, pins=[], only_pins=True))


def test_a_pin_that_would_take_a_scene_from_its_lines_is_refused(
    board: Storyboard, song_map: SongMap
) -> None:
    late = song_map.words[-1].start_s
    with pytest.raises(InputError, match=r"cutting\.pins: no plan shows every scene over its lines"):
        plan_cuts(song_map, with_cutting(board, pins=[CutPin(at_s=late, scene="scene-1")]))


def test_a_pin_outside_the_song_is_named(board: Storyboard, song_map: SongMap) -> None:
    with pytest.raises(InputError, match=r"cutting\.pins\[0\]\.at_s: 4000 s is outside the song"):
        plan_cuts(song_map, with_cutting(board, pins=[CutPin(at_s=4000)]))


def test_the_pace_decides_how_many_shots_there_are(board: Storyboard, song_map: SongMap) -> None:
    n_shots = [
        len(plan_cuts(song_map, with_cutting(board, pace=pace)).shots) for pace in ("calm", "medium", "fast")
    ]
    assert n_shots[0] < n_shots[1] < n_shots[2]


def test_a_wanted_shot_length_is_met_or_said_to_be_missed(board: Storyboard, song_map: SongMap) -> None:
    timeline = plan_cuts(song_map, with_cutting(board, shot_s={"scene-2": 1.5}))
    free = plan_cuts(song_map, board)
    shots = timeline.shots_of("scene-2")
    lengths_s = [shot.n_frames / timeline.fps for shot in shots]
    assert len(shots) > len(free.shots_of("scene-2"))
    assert sorted(lengths_s)[len(lengths_s) // 2] == pytest.approx(1.5, abs=0.1)
    for shot, length_s in zip(shots, lengths_s, strict=True):
        assert (abs(length_s - 1.5) < 0.05) != ("where you want 1.5 s" in shot.reason)


def test_a_model_of_short_clips_is_asked_for_short_shots(board: Storyboard, song_map: SongMap) -> None:
    calm = with_cutting(board, pace="calm")
    brief = {scene.id: VideoCapabilities(best_s=2.0) for scene in board.scenes}
    free, held = plan_cuts(song_map, calm), plan_cuts(song_map, calm, brief)
    assert max(shot.n_frames for shot in held.shots) < max(shot.n_frames for shot in free.shots)
    slow = {scene.id: VideoCapabilities(min_s=4.0) for scene in board.scenes}
    fast = with_cutting(board, pace="fast")
    assert all(shot.n_frames / 24 >= 4.0 - 1e-6 for shot in plan_cuts(song_map, fast, slow).shots)


def test_choruses_are_performed_where_a_scene_can(board: Storyboard, song_map: SongMap) -> None:
    scenes = [
        scene.model_copy(update={"kind": "performance" if index == 1 else "story"})
        for index, scene in enumerate(board.scenes)
    ]
    timeline = plan_cuts(song_map, board.model_copy(update={"scenes": scenes}))
    unperformed = [shot.cost.get("performance", 0.0) for shot in timeline.shots if shot.scene != "scene-2"]
    assert any(cost > 0 for cost in unperformed)
    assert all("performance" not in shot.cost for shot in timeline.shots_of("scene-2"))


def test_the_objective_adds_up(board: Storyboard, song_map: SongMap) -> None:
    timeline = plan_cuts(song_map, board)
    by_shot = sum(sum(shot.cost.values()) for shot in timeline.shots)
    assert timeline.objective["total"] == pytest.approx(by_shot, abs=0.01)
    parts = {name: cost for name, cost in timeline.objective.items() if name != "total"}
    assert timeline.objective["total"] == pytest.approx(sum(parts.values()), abs=0.01)
