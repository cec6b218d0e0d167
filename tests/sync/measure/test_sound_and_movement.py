"""Loudness, lengths and visual beats of a film, and what the report says it stands on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from storyboard.schema.errors import Cancelled, MediaError
from storyboard.schema.report import SyncReport
from storyboard.schema.timeline import Retime
from storyboard.sync.measure import loudness_of, measure

N_FRAMES = 192


def bouncing(scene: Any, late_frames: int) -> Any:
    """Return frames of a picture that swings sideways and turns on every beat, or some frames later."""
    wide = scene(4, 1, (256, 144))[0]
    frames = []
    for index in range(N_FRAMES):
        phase = ((index - late_frames) % 24) / 12  # there and back in two beats of half a second
        x = round(44 * (phase if phase < 1 else 2 - phase))
        frames.append(wide[10:118, x : x + 192])
    return np.stack(frames)


@pytest.fixture(scope="module")
def measured(
    studio: Any, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[int, float], tuple[Path, SyncReport]]:
    def of(late_frames: int, gain: float) -> tuple[Path, SyncReport]:
        film = studio.write(tmp_path_factory.mktemp("film"), bouncing(studio.scene, late_frames), gain=gain)
        retime = Retime(anchors=[(0.0, 0.0), (8.0, 4.0)], way="slower", on_beat=(0.2, 0.7))
        timeline = studio.plan(studio.song(N_FRAMES / 24).song_map, [0], N_FRAMES, retime={0: retime})
        return film, measure(film, timeline, studio.board)

    return of


@pytest.fixture(scope="module")
def on_beat(measured: Callable[[int, float], tuple[Path, SyncReport]]) -> tuple[Path, SyncReport]:
    return measured(0, 0.1)


@pytest.fixture(scope="module")
def off_beat(measured: Callable[[int, float], tuple[Path, SyncReport]]) -> tuple[Path, SyncReport]:
    return measured(6, 1.2)


def test_movement_that_turns_on_the_beat_is_far_above_chance(on_beat: tuple[Path, SyncReport]) -> None:
    found = on_beat[1].visual_beats
    assert found.accents >= 10
    assert found.on_beat > 0.9
    assert found.by_chance < 0.4


def test_movement_that_turns_between_beats_is_not(off_beat: tuple[Path, SyncReport]) -> None:
    found = off_beat[1].visual_beats
    assert found.accents >= 10
    assert found.on_beat < found.by_chance


def test_a_film_without_beats_says_that_none_were_heard(studio: Any, tmp_path: Path) -> None:
    frames = np.concatenate([studio.scene(1, 24), studio.scene(2, 24)])
    timeline = studio.plan(studio.song(2.0, beats=False).song_map, [0, 24], 48)
    report = measure(studio.write(tmp_path, frames), timeline, studio.board)
    assert (report.cuts, report.cuts_on_beat, report.cuts_seen[0].error_ms) == (1, 0, None)
    assert report.visual_beats.on_beat == report.visual_beats.by_chance == 0.0
    assert "no beat was heard: cuts follow phrases and sections" in report.notes


def test_loudness_is_measured_over_time_and_as_a_whole(on_beat: tuple[Path, SyncReport]) -> None:
    """A tone of a tenth of full scale: -20 dB of peak, the same all the time."""
    film, report = on_beat
    assert report.true_peak_dbtp == pytest.approx(-20, abs=0.5)
    assert report.loudness.short_term_max_lufs == pytest.approx(report.loudness_lufs, abs=0.5)
    assert len(report.loudness.short_term_lufs) == pytest.approx(8 / report.loudness.step_s, abs=1)
    assert report.loudness.clipped_samples == 0
    assert loudness_of(film) == (report.loudness_lufs, report.true_peak_dbtp)


def test_clipped_sound_is_told(off_beat: tuple[Path, SyncReport]) -> None:
    report = off_beat[1]
    assert report.loudness.clipped_samples > 100
    assert any("full scale" in note or "distort" in note for note in report.notes)


def test_what_was_done_to_clips_and_what_was_heard_is_told(on_beat: tuple[Path, SyncReport]) -> None:
    report = on_beat[1]
    (fitted,) = report.fitted
    assert (fitted.way, fitted.speed, fitted.on_beat) == ("slower", 0.5, (0.2, 0.7))
    assert (report.ground.beats, report.ground.grid_confidence) == (16, 0.9)


def test_lengths_are_measured(on_beat: tuple[Path, SyncReport]) -> None:
    report = on_beat[1]
    assert (report.frames, report.duration_s) == (N_FRAMES, 8.0)
    assert abs(report.av_difference_s) < 0.05


def test_the_same_film_gives_the_same_report(studio: Any, on_beat: tuple[Path, SyncReport]) -> None:
    retime = Retime(anchors=[(0.0, 0.0), (8.0, 4.0)], way="slower", on_beat=(0.2, 0.7))
    timeline = studio.plan(studio.song(N_FRAMES / 24).song_map, [0], N_FRAMES, retime={0: retime})
    fractions: list[float] = []
    assert measure(on_beat[0], timeline, studio.board, progress=fractions.append) == on_beat[1]
    assert fractions == sorted(fractions) and 0 <= fractions[0] and fractions[-1] <= 1


def test_measuring_can_be_stopped(studio: Any, on_beat: tuple[Path, SyncReport]) -> None:
    def stop(_: float) -> None:
        raise Cancelled("stop")

    with pytest.raises(Cancelled):
        measure(
            on_beat[0], studio.plan(studio.song(8.0).song_map, [0], N_FRAMES), studio.board, progress=stop
        )


@pytest.mark.parametrize("content", [b"", b"not a film"])
def test_a_broken_film_is_named(studio: Any, content: bytes, tmp_path: Path) -> None:
    broken = tmp_path / "video.mp4"
    broken.write_bytes(content)
    with pytest.raises(MediaError, match=r"video\.mp4"):
        measure(broken, studio.plan(studio.song(1.0).song_map, [0], 24), studio.board)
