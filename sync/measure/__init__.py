"""Measure the film: decode video.mp4 and compare what is seen and heard with the song.

Nothing is taken from the plan but the times of beats, words and planned cuts to compare with, and where
on the picture captions are.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.board import Storyboard
from storyboard.schema.progress import OnFraction, ignore
from storyboard.schema.report import (
    CaptionTiming,
    FittedShot,
    Ground,
    Loudness,
    Run,
    SeenCut,
    SyncReport,
    UnplannedCut,
)
from storyboard.schema.timeline import SongMap, Timeline
from storyboard.sync.fit.motion import motion_of_frames
from storyboard.sync.measure.accents import ShotMotion, visual_beats
from storyboard.sync.measure.captions import seen_caption, spread, timing_of_burned
from storyboard.sync.measure.changes import find_cuts
from storyboard.sync.measure.cuts import cuts_in
from storyboard.sync.measure.film import Decoding, Film, size_of
from storyboard.sync.measure.glyphs import Glyphs, glyphs_of
from storyboard.sync.measure.lines import missed_lines
from storyboard.sync.measure.notes import notes_on
from storyboard.sync.measure.sound import hear, loudness_of
from storyboard.sync.measure.stills import Stills
from storyboard.sync.measure.subtitles import timing_of_soft
from storyboard.sync.plan.points import inside_word

__all__ = ["Stills", "find_cuts", "loudness_of", "measure"]

_BLACK = 20.0  # mean luma, 0 to 255, below which a picture is black (video black is 16)
_FROZEN = 0.02  # mean luma difference below which two frames are the same picture
_RUN_S = 0.5
_FLASH_S = 0.2  # in which a flash of light goes
_BESIDE = 3  # frames around a change of the picture in which movement cannot be told


def measure(
    video: Path,
    timeline: Timeline,
    board: Storyboard,
    *,
    captions: Path | None = None,
    stills: Stills | None = None,
    progress: OnFraction = ignore,
) -> SyncReport:
    """Return the report of a rendered film.

    Args:
        video: the film.
        timeline: what was planned, and the song map to compare with.
        board: the storyboard that it shows.
        captions: the ASS file that was burned into the film, if any.
        stills: keeps pictures of what passes, for the report's page.
        progress: receives the fraction done.

    Raises:
        MediaError: a file cannot be decoded, or the film has no picture or no sound.
    """
    glyphs = glyphs_of(captions, size_of(video)) if captions else []
    decoding = Decoding(video, glyphs, timeline.n_frames, progress, stills)
    motions = _motions(decoding, timeline)
    film, song_map = decoding.film(), timeline.song_map
    seen, unplanned = cuts_in(film, timeline)
    from_beat_ms = [cut.error_ms for cut in seen] + [cut.error_ms for cut in unplanned]
    errors_ms = [abs(error) for error in from_beat_ms if error is not None]
    missed = missed_lines(seen, film.fps, timeline, board)
    heard = hear(video)
    report = SyncReport(
        cuts=sum(cut.seen is not None for cut in seen) + len(unplanned),
        cuts_planned=len(seen),
        cuts_unplanned=len(unplanned),
        cuts_on_beat=sum(error <= 1000 / film.fps + 1e-6 for error in errors_ms),
        cut_error_ms=spread(errors_ms),
        cuts_inside_words=sum(bool(cut.inside_word) for cut in seen)
        + sum(inside_word(cut.at_s, song_map.words) for cut in unplanned),
        lines=sum(1 for _ in board.song.line_refs()),
        lines_over_their_scene=sum(1 for _ in board.song.line_refs()) - len(missed),
        av_difference_s=round(film.picture_s - film.sound_s, 6),
        duration_s=round(film.picture_s, 6),
        frames=film.n_frames,
        black_runs=_runs(film.luma < _BLACK, film.fps),
        frozen_runs=_runs(_standstill(film), film.fps),
        loudness_lufs=heard.integrated_lufs,
        true_peak_dbtp=heard.true_peak_dbtp,
        cuts_seen=seen,
        unplanned=unplanned,
        visual_beats=visual_beats(motions, song_map.beats_s, film.fps, _disturbed(seen, unplanned, timeline)),
        captions=_caption_timing(film, glyphs, video, timeline, board),
        missed_lines=missed,
        loudness=Loudness(
            short_term_max_lufs=heard.short_term_max_lufs,
            range_lu=heard.range_lu,
            step_s=heard.step_s,
            short_term_lufs=list(heard.short_term_lufs),
            clipped_samples=film.clipped_samples,
        ),
        fitted=_fitted(timeline),
        ground=_ground(song_map),
    )
    return report.model_copy(update={"notes": notes_on(report)})


def _motions(decoding: Decoding, timeline: Timeline) -> list[ShotMotion]:
    """Decode the film, and measure the movement of each planned shot while its frames pass."""
    starts = [shot.first_frame for shot in timeline.shots]
    found = []
    by_shot = groupby(decoding.frames(), key=lambda frame: bisect_right(starts, frame[0]))
    for shot, frames in by_shot:
        motion = motion_of_frames((luma for _, luma in frames), decoding.fps)
        found.append(ShotMotion(starts[shot - 1], motion))
    return found


def _disturbed(
    seen: list[SeenCut], unplanned: list[UnplannedCut], timeline: Timeline
) -> list[tuple[float, float]]:
    """Return the stretches around changes of the picture and in flashes, where movement cannot be told."""
    gradual = [
        (cut.seen_frame, cut.n_frames / 2) for cut in seen if cut.seen_frame is not None and cut.n_frames
    ]
    sudden = [(float(cut.frame), 0.0) for cut in unplanned]
    lit = [each.frame for shot in timeline.shots for each in shot.accents if each.kind == "flash"]
    settles = round(_FLASH_S * timeline.fps)
    return [
        *((frame - half - _BESIDE, frame + half + _BESIDE) for frame, half in gradual + sudden),
        *((frame - 1, frame + settles) for frame in lit),
    ]


def _caption_timing(
    film: Film, glyphs: list[Glyphs], video: Path, timeline: Timeline, board: Storyboard
) -> CaptionTiming:
    if glyphs:
        found = [
            seen_caption(caption, first, levels, film.fps)
            for caption, (first, levels) in zip(glyphs, film.levels, strict=True)
        ]
        return timing_of_burned(found, timeline.song_map)
    return timing_of_soft(video, timeline.song_map, board.song) or CaptionTiming()


def _standstill(film: Film) -> NDArray[np.bool_]:
    still = np.asarray(film.stirs < _FROZEN)
    still[0] = False
    return still


def _runs(flags: NDArray[np.bool_], fps: float) -> list[Run]:
    """Return the stretches of true flags that last longer than half a second."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    starts, ends = edges[::2] / fps, edges[1::2] / fps
    return [
        Run(start_s=round(float(a), 3), end_s=round(float(b), 3))
        for a, b in zip(starts, ends, strict=True)
        if b - a > _RUN_S
    ]


def _fitted(timeline: Timeline) -> list[FittedShot]:
    return [
        FittedShot(
            shot=index,
            scene=shot.scene,
            way=shot.retime.way,
            speed=round(shot.retime.speed, 4),
            on_beat=shot.retime.on_beat,
        )
        for index, shot in enumerate(timeline.shots)
        if shot.retime is not None
    ]


def _ground(song_map: SongMap) -> Ground:
    return Ground(
        beats=len(song_map.beats_s),
        tempo_bpm=song_map.tempo_bpm,
        beats_per_bar=song_map.beats_per_bar,
        grid_confidence=song_map.grid_confidence,
        words=len(song_map.words),
        words_from=song_map.words_from,
        unsung=song_map.unsung,
    )
