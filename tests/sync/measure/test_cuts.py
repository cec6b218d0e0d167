"""What is planned, and what is not, is seen in the picture where it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from storyboard.schema.report import SyncReport
from storyboard.schema.timeline import Timeline, Word
from storyboard.sync.measure import measure

N_FRAMES = 240
STARTS = [0, 48, 96, 144, 197]  # every two seconds, the last five frames late
FADE = 12


def faded(old: Any, new: Any, first_frame: int) -> None:
    """Mix the first frames of a new shot and the last of the old one evenly around a cut."""
    for step in range(FADE):
        frame = first_frame - FADE // 2 + step
        share = (step + 1) / (FADE + 1)
        old[frame] = np.rint(old[frame] * (1 - share) + new[frame] * share)


@pytest.fixture(scope="module")
def timeline(studio: Any) -> Timeline:
    words = [
        Word(text="kettle", start_s=7.9, end_s=8.4, section=1, line=0),
        Word(text="postcard", start_s=0.6, end_s=1.2, section=1, line=1),
    ]
    kinds = {2: "crossfade", 3: "dip"}
    lengths = {2: FADE, 3: FADE}
    made = studio.song(N_FRAMES / 24, words)
    return studio.plan(made.song_map, STARTS, N_FRAMES, transition=kinds, transition_frames=lengths)


@pytest.fixture(scope="module")
def report(studio: Any, timeline: Timeline, tmp_path_factory: pytest.TempPathFactory) -> SyncReport:
    shots = [studio.scene(index, N_FRAMES) for index in range(5)]
    frames = shots[0].copy()
    for index, start in enumerate(STARTS[1:], start=1):
        if index == 2:
            before = frames.copy()
            faded(before, shots[2], start)
            frames = before
            frames[start + FADE // 2 :] = shots[2][start + FADE // 2 :]
        else:
            frames[start:] = shots[index][start:]
    for frame in range(144 - FADE // 2, 144 + FADE // 2):
        dark = 1 - abs(frame - 144) / (FADE // 2 + 1)
        frames[frame] = np.rint(frames[frame] * (1 - dark))
    return measure(studio.write(tmp_path_factory.mktemp("film"), frames), timeline, studio.board)


def test_every_planned_cut_is_seen_as_what_it_is(report: SyncReport) -> None:
    assert [cut.seen for cut in report.cuts_seen] == ["cut", "crossfade", "dip", "cut"]
    assert (report.cuts, report.cuts_planned, report.cuts_unplanned) == (4, 4, 0)


@pytest.mark.parametrize(("place", "frame", "within"), [(0, 48, 0), (1, 96, 0.5), (2, 144, 0.5), (3, 197, 0)])
def test_it_is_seen_on_its_frame(report: SyncReport, place: int, frame: int, within: float) -> None:
    seen = report.cuts_seen[place].seen_frame
    assert seen is not None and abs(seen - frame) <= within


def test_a_cut_off_the_beat_is_measured_as_late(report: SyncReport) -> None:
    late = report.cuts_seen[3]
    assert late.beat_s == 8.0
    assert late.error_ms == pytest.approx(5 / 24 * 1000, abs=1)
    assert report.cuts_on_beat == 3
    assert report.cut_error_ms.max == pytest.approx(5 / 24 * 1000, abs=1)
    assert "1 of 4 cuts seen lie more than a frame from a beat" in report.notes


def test_a_cut_inside_a_word_names_the_word(report: SyncReport) -> None:
    assert [cut.inside_word for cut in report.cuts_seen] == ["", "", "", "kettle"]
    assert report.cuts_inside_words == 1


def test_lines_elsewhere_are_listed_with_the_reason(report: SyncReport) -> None:
    """The first scene ends at two seconds: one of its lines is sung before, one long after."""
    missed = {(line.section, line.line): line.why for line in report.missed_lines}
    assert (1, 1) not in missed
    assert missed[1, 0] == "it ends 6.40 s after its scene"
    assert missed[2, 0] == "the line was not found in the song"
    assert report.lines_over_their_scene == report.lines - len(missed) == 1


def test_fades_are_no_faults(report: SyncReport) -> None:
    assert report.black_runs == report.frozen_runs == report.unplanned == []


@pytest.fixture(scope="module")
def faulty(studio: Any, tmp_path_factory: pytest.TempPathFactory) -> SyncReport:
    """A film with a planned crossfade that is a hard cut two frames late, a cut that cannot be seen, an
    unplanned cut, a flash of light, a black and a frozen stretch.
    """
    frames = studio.scene(0, 288)
    frames[74:] = studio.scene(1, 288)[74:]
    frames[163:] = studio.scene(2, 288)[163:]
    for step, light in enumerate((0.6, 0.3, 0.1)):
        frames[130 + step] = np.rint(frames[130 + step] * (1 - light) + 255 * light)
    frames[190:210] = 0
    frames[230:260] = frames[230]
    timeline = studio.plan(
        studio.song(12.0).song_map,
        [0, 72, 108],
        288,
        transition={1: "crossfade"},
        transition_frames={1: FADE},
    )
    return measure(studio.write(tmp_path_factory.mktemp("film"), frames), timeline, studio.board)


def test_a_cut_instead_of_a_crossfade_is_told(faulty: SyncReport) -> None:
    cut = faulty.cuts_seen[0]
    assert (cut.kind, cut.seen, cut.seen_frame) == ("crossfade", "cut", 74)
    assert "the crossfade to shot 2 is seen as a cut" in faulty.notes
    assert "1 cut a frame or more from where planned: to shot 2" in faulty.notes


def test_a_cut_between_pictures_that_look_alike_is_not_claimed(faulty: SyncReport) -> None:
    cut = faulty.cuts_seen[1]
    assert (cut.seen, cut.seen_frame, cut.error_ms) == (None, None, None)
    assert "look alike" in cut.why_unseen or "does not change" in cut.why_unseen
    assert any(note.startswith("1 of 2 cuts could not be seen") for note in faulty.notes)


def test_an_unplanned_cut_is_found_and_a_flash_is_none(faulty: SyncReport) -> None:
    hard = [cut.frame for cut in faulty.unplanned if not 185 <= cut.frame <= 215]
    assert hard == [163]
    assert faulty.cuts == 1 + len(faulty.unplanned)


def test_black_and_frozen_stretches_are_found(faulty: SyncReport) -> None:
    assert [(run.start_s, run.end_s) for run in faulty.black_runs] == [
        (pytest.approx(190 / 24, abs=0.05), pytest.approx(210 / 24, abs=0.05))
    ]
    frozen = faulty.frozen_runs[-1]
    assert (frozen.start_s, frozen.end_s) == (
        pytest.approx(231 / 24, abs=0.05),
        pytest.approx(260 / 24, abs=0.05),
    )
