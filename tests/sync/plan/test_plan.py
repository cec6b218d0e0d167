"""The plan obeys its hard rules on any song, and says why it cuts."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import pytest

from storyboard.schema.board import Storyboard
from storyboard.schema.timeline import SongMap, Timeline, Word
from storyboard.sync.plan import plan_cuts
from storyboard.sync.plan.points import inside_word, line_spans

MapOf = Callable[[Storyboard], SongMap]


def at_tempo(board: Storyboard, tempo_bpm: float, **song: object) -> Storyboard:
    return board.model_copy(update={"song": board.song.model_copy(update={"tempo_bpm": tempo_bpm, **song})})


def assert_rules_hold(timeline: Timeline, board: Storyboard) -> None:
    """Tiling is checked by Timeline itself; here: order, lines over their scene, no cut inside a word."""
    song_map, fps = timeline.song_map, timeline.fps
    ids = [scene.id for scene in board.scenes]
    order = [ids.index(shot.scene) for shot in timeline.shots]
    assert order == sorted(order)
    assert set(order) == set(range(len(ids)))
    assert timeline.n_frames == round(song_map.duration_s * fps)
    for shot in timeline.shots[1:]:
        assert not inside_word(shot.first_frame / fps, song_map.words), shot.reason
    carried = {ref: scene.id for scene in board.scenes for ref in scene.lines}
    for span in line_spans(song_map):
        shots = timeline.shots_of(carried[span.ref])
        assert shots[0].first_frame / fps <= span.start_s + 1e-6
        assert span.end_s <= (shots[-1].last_frame + 1) / fps + 1e-6


@pytest.mark.parametrize("fps", [12, 24, 25, 30, 60])
@pytest.mark.parametrize("tempo_bpm", [72, 97.3, 120, 164])
@pytest.mark.parametrize("time_signature", ["4/4", "3/4", "6/8"])
def test_every_cut_is_within_a_frame_of_a_beat(
    board: Storyboard, song_map_of: MapOf, fps: int, tempo_bpm: float, time_signature: str
) -> None:
    board = at_tempo(board, tempo_bpm, time_signature=time_signature)
    board = board.model_copy(update={"look": board.look.model_copy(update={"fps": fps})})
    timeline = plan_cuts(song_map_of(board), board)
    assert_rules_hold(timeline, board)
    for shot in timeline.shots[1:]:
        distance_s = min(abs(shot.first_frame / fps - beat) for beat in timeline.song_map.beats_s)
        assert distance_s <= 1 / fps + 1e-9


def test_most_cuts_fall_on_downbeats_and_every_section_start_is_one(
    board: Storyboard, song_map: SongMap
) -> None:
    timeline = plan_cuts(song_map, board)
    reasons = [shot.reason for shot in timeline.shots[1:]]
    assert sum("downbeat" in reason for reason in reasons) >= 0.8 * len(reasons)
    cuts_s = [shot.first_frame / timeline.fps for shot in timeline.shots]
    for section in song_map.sections:
        assert min(abs(cut - section.start_s) for cut in cuts_s) <= 1 / timeline.fps


def test_reasons_name_bar_section_and_line_by_occurrence(board: Storyboard, song_map: SongMap) -> None:
    timeline = plan_cuts(song_map, board)
    bar = round(song_map.sections[4].start_s / (4 * 60 / board.song.tempo_bpm)) + 1
    second_chorus = next(shot for shot in timeline.shots if f"bar {bar}," in shot.reason)
    assert "chorus begins" in second_chorus.reason
    assert "Come home before the snow" in second_chorus.reason
    assert second_chorus.scene == "scene-3", "the second chorus is not taken for the first"
    assert all(shot.reason for shot in timeline.shots)


def test_louder_bars_get_shorter_shots(board: Storyboard, song_map: SongMap) -> None:
    soft, loud = ([level] * len(song_map.energy) for level in (0.0, 1.0))
    calm = plan_cuts(song_map.model_copy(update={"energy": soft}), board)
    lively = plan_cuts(song_map.model_copy(update={"energy": loud}), board)
    assert len(lively.shots) > len(calm.shots)


def test_the_plan_is_the_same_every_time(board: Storyboard, song_map: SongMap) -> None:
    assert plan_cuts(song_map, board) == plan_cuts(song_map, board)


def test_shots_of_a_scene_follow_each_other_in_its_clip_and_change_their_framing(
    board: Storyboard, song_map: SongMap
) -> None:
    timeline = plan_cuts(song_map, board)
    for scene in board.scenes:
        shots = timeline.shots_of(scene.id)
        assert shots[0].source_start_s == 0
        for before, after in pairwise(shots):
            assert after.source_start_s == pytest.approx(
                before.source_start_s + before.n_frames / timeline.fps
            )
            assert after.framing != before.framing


def test_without_a_grid_it_cuts_between_words(board: Storyboard, song_map: SongMap) -> None:
    blind = song_map.model_copy(update={"beats_s": [], "downbeats_s": [], "sections": [], "energy": []})
    timeline = plan_cuts(blind, board)
    assert_rules_hold(timeline, board)
    reasons = [shot.reason for shot in timeline.shots[1:]]
    assert any("a phrase begins" in reason for reason in reasons)
    assert not any("beat of" in reason or "beat in" in reason for reason in reasons)


def test_without_lyrics_it_cuts_on_sections(board: Storyboard, song_map: SongMap) -> None:
    scenes = [scene.model_copy(update={"lines": []}) for scene in board.scenes]
    sections = [section.model_copy(update={"lines": [], "bars": 8}) for section in board.song.sections]
    song = board.song.model_copy(update={"sections": sections})
    silent = board.model_copy(update={"scenes": scenes, "song": song})
    blind = {"beats_s": [], "downbeats_s": [], "energy": [], "words": []}
    timeline = plan_cuts(song_map.model_copy(update=blind), silent)
    assert_rules_hold(timeline, silent)
    cuts_s = [shot.first_frame / timeline.fps for shot in timeline.shots]
    for section in song_map.sections[1:]:
        assert min(abs(cut - section.start_s) for cut in cuts_s) <= 1 / timeline.fps


def test_words_to_the_songs_last_moment_leave_a_frame_to_every_scene(
    board: Storyboard, song_map: SongMap
) -> None:
    last = song_map.words[-1].model_copy(
        update={"section": 2, "line": 0, "start_s": song_map.duration_s - 0.3, "end_s": song_map.duration_s}
    )
    timeline = plan_cuts(song_map.model_copy(update={"words": [last]}), board)
    assert [shot.scene for shot in timeline.shots][-2:] == ["scene-2", "scene-3"]


def test_random_words_never_break_a_rule(board: Storyboard, song_map: SongMap) -> None:
    for seed in range(30):
        jittered = song_map.model_copy(update={"words": _jittered(song_map.words, random.Random(seed))})
        timeline = plan_cuts(jittered, board)
        cut_words = sum(inside_word(s.first_frame / timeline.fps, jittered.words) for s in timeline.shots[1:])
        assert cut_words == 0, f"seed {seed}"


def _jittered(words: list[Word], rng: random.Random) -> list[Word]:
    """Move words about as a free singer does, keeping their order and a breath between lines."""
    moved, clock = [], 0.0
    for word in words:
        length = (word.end_s - word.start_s) * rng.uniform(0.6, 1.3)
        start = max(clock, word.start_s + rng.uniform(-0.2, 0.2), 0.0)
        clock = start + length
        moved.append(word.model_copy(update={"start_s": start, "end_s": clock}))
        clock += 0.05
    return moved


def test_a_ten_minute_song_is_planned_whole(board: Storyboard, song_map_of: MapOf) -> None:
    long = [section.model_copy(update={"bars": 60}) for section in board.song.sections]
    slow = at_tempo(board, 120, sections=long)
    timeline = plan_cuts(song_map_of(slow), slow)
    assert timeline.song_map.duration_s > 600
    assert_rules_hold(timeline, slow)
