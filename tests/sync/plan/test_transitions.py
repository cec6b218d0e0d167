"""One scene gives way to the next as the song asks for it, or as the user wants it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from storyboard.schema.board import Storyboard
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.errors import InputError
from storyboard.schema.timeline import Shot, SongMap, Timeline
from storyboard.sync.plan import plan_cuts


def with_energy(song_map: SongMap, *levels: float) -> SongMap:
    """Spread levels of loudness evenly over the bars."""
    n_bars = len(song_map.energy)
    return song_map.model_copy(
        update={"energy": [levels[bar * len(levels) // n_bars] for bar in range(n_bars)]}
    )


def wishing(board: Storyboard, **wishes: Any) -> Storyboard:
    return board.model_copy(update={"cutting": board.cutting.model_copy(update=wishes)})


def changes_of(timeline: Timeline) -> list[tuple[Shot, Shot]]:
    """Return the last shot of each scene with the first of the next."""
    pairs = zip(timeline.shots, timeline.shots[1:], strict=False)
    return [(before, after) for before, after in pairs if before.scene != after.scene]


def test_soft_scenes_melt_into_each_other_and_loud_ones_are_cut(board: Storyboard, song_map: SongMap) -> None:
    soft = changes_of(plan_cuts(with_energy(song_map, 0.1), board))
    loud = changes_of(plan_cuts(with_energy(song_map, 0.9), board))
    assert {after.transition for _, after in soft} == {"crossfade"}
    assert {after.transition for _, after in loud} == {"cut"}
    assert all("the song is soft" in after.reason for _, after in soft)


def test_where_the_song_comes_to_rest_the_picture_dips(board: Storyboard, song_map: SongMap) -> None:
    timeline = plan_cuts(song_map, board)
    fps = timeline.fps
    energies = {
        shot.first_frame: [
            next(
                e
                for e, d in reversed(list(zip(song_map.energy, song_map.downbeats_s, strict=True)))
                if d <= t
            )
            for t in (max(0.0, shot.first_frame / fps - 0.5), shot.first_frame / fps + 0.5)
        ]
        for _, shot in changes_of(timeline)
    }
    dips = {shot.first_frame for _, shot in changes_of(timeline) if shot.transition == "dip"}
    assert dips
    assert all(energies[frame][0] > energies[frame][1] for frame in dips)


def test_inside_a_scene_there_are_only_cuts(board: Storyboard, song_map: SongMap) -> None:
    timeline = plan_cuts(with_energy(song_map, 0.1), board)
    firsts = {after.first_frame for _, after in changes_of(timeline)}
    assert all(shot.transition == "cut" for shot in timeline.shots if shot.first_frame not in firsts)


def test_a_transition_lies_evenly_around_a_beat_and_leaves_most_of_both_shots(
    board: Storyboard, song_map: SongMap
) -> None:
    for before, after in changes_of(plan_cuts(with_energy(song_map, 0.1), board)):
        half = after.transition_frames // 2
        assert 2 * half == after.transition_frames > 0
        assert half <= min(before.n_frames, after.n_frames) / 4


def test_a_clip_holds_what_its_crossfades_take(board: Storyboard, song_map: SongMap) -> None:
    timeline = plan_cuts(with_energy(song_map, 0.1), board)
    for before, after in changes_of(timeline):
        half = after.transition_frames // 2
        assert timeline.handles(before.scene)[1] == half
        assert timeline.handles(after.scene)[0] == half
        assert after.source_start_s == pytest.approx(half / timeline.fps, abs=1e-6)
    assert timeline.handles(timeline.shots[0].scene)[0] == 0


def test_nothing_melts_where_a_model_cannot_deliver_more(board: Storyboard, song_map: SongMap) -> None:
    soft = with_energy(song_map, 0.1)
    plain = plan_cuts(soft, wishing(board, transitions="cuts"))
    needed_s = {
        scene.id: sum(shot.n_frames for shot in plain.shots_of(scene.id)) / plain.fps
        for scene in board.scenes
    }
    able = {scene: VideoCapabilities(max_s=length_s) for scene, length_s in needed_s.items()}
    assert {shot.transition for shot in plan_cuts(soft, board, able).shots} == {"cut"}


def test_who_wants_only_cuts_gets_only_cuts(board: Storyboard, song_map: SongMap) -> None:
    timeline = plan_cuts(with_energy(song_map, 0.1), wishing(board, transitions="cuts"))
    assert {shot.transition for shot in timeline.shots} == {"cut"}


def pinned(board: Storyboard, timeline: Timeline, index: int, **wish: Any) -> Storyboard:
    """Pin every cut of a timeline, one of them with a wish."""
    pins = [{"at_s": shot.first_frame / timeline.fps, "scene": shot.scene} for shot in timeline.shots[1:]]
    pins[index - 1] |= wish
    data = board.model_dump(by_alias=True)
    return Storyboard.model_validate(data | {"cutting": {"only_pins": True, "pins": pins}})


def test_a_pinned_transition_holds_whatever_the_song_does(board: Storyboard, song_map: SongMap) -> None:
    loud = with_energy(song_map, 0.9)
    timeline = plan_cuts(loud, board)
    index = timeline.shots.index(changes_of(timeline)[0][1])
    wish = {"transition": "crossfade", "transition_s": 0.5}
    shot = plan_cuts(loud, pinned(board, timeline, index, **wish)).shots[index]
    assert (shot.transition, shot.transition_frames) == ("crossfade", round(0.5 * timeline.fps))
    assert "as you want it" in shot.reason
    soft = with_energy(song_map, 0.1)
    assert plan_cuts(soft, pinned(board, timeline, index, transition="cut")).shots[index].transition == "cut"


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"transition": "crossfade", "inside": True}, "both sides show"),
        ({"transition": "dip", "transition_s": 4.0}, "the shots beside it leave"),
    ],
)
def test_a_transition_that_cannot_be_had_is_refused_by_its_pin(
    board: Storyboard, song_map: SongMap, wish: dict[str, Any], said: str
) -> None:
    timeline = plan_cuts(song_map, board)
    changed = {after.first_frame for _, after in changes_of(timeline)}
    inside = wish.pop("inside", False)
    index = next(
        i for i, shot in enumerate(timeline.shots) if i and (shot.first_frame in changed) is not inside
    )
    with pytest.raises(InputError, match=said) as refused:
        plan_cuts(song_map, pinned(board, timeline, index, **wish))
    assert refused.value.where == f"cutting.pins[{index - 1}].transition"


def test_accents_fall_on_the_downbeats_of_loud_bars(board: Storyboard, song_map: SongMap) -> None:
    timeline = plan_cuts(song_map, wishing(board, accents=["zoom", "flash"]))
    loud = {
        round(downbeat_s * timeline.fps)
        for downbeat_s, energy in zip(song_map.downbeats_s, song_map.energy, strict=True)
        if energy >= 0.7
    }
    opens = {round(section.start_s * timeline.fps) for section in song_map.sections}
    accents = [accent for shot in timeline.shots for accent in shot.accents]
    assert {accent.frame for accent in accents if accent.kind == "zoom"} == loud
    assert {accent.frame for accent in accents if accent.kind == "flash"} == loud & opens
    for shot in timeline.shots:
        assert all(shot.first_frame <= accent.frame <= shot.last_frame for accent in shot.accents)
    assert not any(shot.accents for shot in plan_cuts(song_map, board).shots)


def test_an_accent_begins_with_the_cut_on_its_beat(
    board: Storyboard, song_map_of: Callable[[Storyboard], SongMap]
) -> None:
    # Beats lie between frames, and words begin with them: a cut takes the frame before, an accent may not.
    board = board.model_copy(update={"song": board.song.model_copy(update={"tempo_bpm": 97.3})})
    loud = with_energy(song_map_of(board), 0.9)
    timeline = plan_cuts(loud, wishing(board, accents=["zoom"]))
    cuts = {shot.first_frame for shot in timeline.shots}
    frames = {accent.frame for shot in timeline.shots for accent in shot.accents}
    assert any(round(beat_s * timeline.fps) - 1 in cuts for beat_s in loud.downbeats_s)
    assert frames & cuts
    assert not {frame for frame in frames - cuts if frame - 1 in cuts or frame + 1 in cuts}
