"""Measure the film: decode video.mp4 and compare what is seen and heard with the song.

Nothing is taken from the plan but the times of beats, words and planned cuts to compare with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from storyboard.schema.board import Storyboard
from storyboard.schema.errors import MediaError
from storyboard.schema.progress import OnFraction, ignore
from storyboard.schema.report import CutError, Run, SyncReport
from storyboard.schema.timeline import SongMap, Timeline
from storyboard.sync import ffmpeg
from storyboard.sync.plan.points import inside_word, line_spans

_THUMBNAIL = (96, 96)  # frames are compared at this size
_BLACK = 20.0  # mean luma, 0 to 255, below which a picture is black (video black is 16)
_FROZEN = 0.02  # mean luma difference below which two frames are the same picture
_CUT = 7.0  # mean difference at which a change may be a cut
_CUT_RATIO = 3.5  # and how far it must stand out from its second
_RUN_S = 0.5


@dataclass(frozen=True)
class _Film:
    thumbnails: NDArray[np.uint8]  # (n_frames, rows, columns, 3), YUV
    fps: float
    sound_s: float

    @property
    def picture_s(self) -> float:
        return len(self.thumbnails) / self.fps


def measure(video: Path, timeline: Timeline, board: Storyboard, progress: OnFraction = ignore) -> SyncReport:
    """Return the report of a rendered film.

    Raises:
        MediaError: the file cannot be decoded or has no picture or no sound.
    """
    film = _decode(video, timeline.n_frames, progress)
    changes = picture_changes(film.thumbnails)
    cuts = find_cuts(changes, film.fps)
    planned = [shot.first_frame for shot in timeline.shots[1:]]
    errors_ms = _beat_errors_ms(cuts, film.fps, timeline.song_map)
    luma = film.thumbnails[..., 0]
    loudness = loudness_of(video)
    return SyncReport(
        cuts=len(cuts),
        cuts_planned=len(planned),
        cuts_unplanned=len(set(cuts) - set(planned)),
        cuts_on_beat=sum(error <= 1000 / film.fps + 1e-6 for error in errors_ms),
        cut_error_ms=_spread(errors_ms),
        cuts_inside_words=sum(inside_word(cut / film.fps, timeline.song_map.words) for cut in cuts),
        lines=sum(1 for _ in board.song.line_refs()),
        lines_over_their_scene=_lines_over_their_scene(cuts, film, timeline, board),
        av_difference_s=round(film.picture_s - film.sound_s, 6),
        duration_s=round(film.picture_s, 6),
        frames=len(film.thumbnails),
        black_runs=_runs(luma.mean(axis=(1, 2)) < _BLACK, film.fps),
        frozen_runs=_runs(_standstill(luma), film.fps),
        loudness_lufs=loudness[0],
        true_peak_dbtp=loudness[1],
    )


def _decode(video: Path, n_frames: int, progress: OnFraction) -> _Film:
    """Decode every frame of the picture to a thumbnail, and count every sample of the sound."""
    thumbnails: list[NDArray[np.uint8]] = []
    samples, rate_hz = 0, 48_000
    try:
        with av.open(str(video)) as container:
            picture, sound = container.streams.video[0], container.streams.audio[0]
            picture.thread_type = "AUTO"
            fps, rate_hz = float(picture.average_rate or 0), sound.rate
            for frame in container.decode(picture, sound):
                if isinstance(frame, av.AudioFrame):
                    samples += frame.samples
                elif isinstance(frame, av.VideoFrame):
                    thumbnails.append(_thumbnail(frame))
                    if len(thumbnails) % 48 == 0:
                        progress(min(1.0, len(thumbnails) / n_frames))
    except (FFmpegError, IndexError, OSError) as error:
        raise MediaError(f"cannot be measured ({error})", where=str(video)) from error
    if not thumbnails or not samples:
        raise MediaError("has no picture or no sound", where=str(video))
    return _Film(np.stack(thumbnails), fps, samples / rate_hz)


def _thumbnail(frame: av.VideoFrame) -> NDArray[np.uint8]:
    small = frame.reformat(*_THUMBNAIL, format="yuv444p", interpolation="AREA").to_ndarray()
    return np.moveaxis(small.astype(np.uint8, copy=False), 0, -1)


def picture_changes(thumbnails: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return how much each frame differs from the one before it, shape (n_frames,), 0 to 255.

    The mean absolute difference of luma and chroma, as content-aware scene detectors use it.
    """
    changes = np.zeros(len(thumbnails))
    for index in range(1, len(thumbnails)):
        difference = np.abs(thumbnails[index].astype(np.int16) - thumbnails[index - 1])
        changes[index] = difference.mean(axis=(0, 1)) @ (0.6, 0.2, 0.2)
    return changes


def find_cuts(changes: NDArray[np.float64], fps: float) -> list[int]:
    """Return the frames on which another shot begins: changes that tower over the second around them."""
    reach = max(3, round(fps / 2))
    cuts = []
    for index in range(1, len(changes)):
        around = np.delete(changes[max(1, index - reach) : index + reach + 1], min(reach, index - 1))
        usual = float(np.median(around)) if len(around) else 0.0
        if changes[index] >= _CUT and changes[index] > _CUT_RATIO * max(usual, 0.5):
            cuts.append(index)
    return cuts


def _beat_errors_ms(cuts: list[int], fps: float, song_map: SongMap) -> list[float]:
    beats_s = np.asarray(song_map.beats_s)
    if not len(beats_s):
        return []
    return [float(np.abs(beats_s - cut / fps).min() * 1000) for cut in cuts]


def _spread(errors_ms: list[float]) -> CutError:
    if not errors_ms:
        return CutError(median=0.0, p95=0.0, max=0.0)
    median, p95, largest = (round(float(v), 2) for v in np.percentile(errors_ms, [50, 95, 100]))
    return CutError(median=median, p95=p95, max=largest)


def _lines_over_their_scene(cuts: list[int], film: _Film, timeline: Timeline, board: Storyboard) -> int:
    """Count the lines whose words all fall between the seen cuts that open and close their scene."""
    carried = {ref: scene.id for scene in board.scenes for ref in scene.lines}
    count = 0
    for span in line_spans(timeline.song_map):
        shots = timeline.shots_of(carried[span.ref])
        first, last = shots[0].first_frame, shots[-1].last_frame + 1
        opened = first == 0 or first in cuts
        closed = last == timeline.n_frames or last in cuts
        inside = first / film.fps <= span.start_s and span.end_s <= last / film.fps
        count += opened and closed and inside
    return count


def _standstill(luma: NDArray[np.uint8]) -> NDArray[np.bool_]:
    differences = [np.abs(b.astype(np.int16) - a).mean() for a, b in pairwise(luma)]
    return np.asarray([False, *(difference < _FROZEN for difference in differences)])


def _runs(flags: NDArray[np.bool_], fps: float) -> list[Run]:
    """Return the stretches of true flags that last longer than half a second."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    starts, ends = edges[::2] / fps, edges[1::2] / fps
    return [
        Run(start_s=round(float(a), 3), end_s=round(float(b), 3))
        for a, b in zip(starts, ends, strict=True)
        if b - a > _RUN_S
    ]


def loudness_of(media: Path) -> tuple[float, float]:
    """Return integrated loudness (LUFS) and true peak (dBTP) by EBU R128."""
    log = ffmpeg.run(
        ["-i", str(media), "-vn", "-af", "ebur128=peak=true", "-f", "null", "-"], where=str(media)
    )
    summary = log[log.rfind("Summary:") :]
    integrated = re.search(r"I:\s+(-?[\d.]+|-?inf) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+|-?inf) dBFS", summary)
    if integrated is None or peak is None:
        raise MediaError("ffmpeg gave no loudness", where=str(media))
    return max(-99.0, float(integrated[1])), max(-99.0, float(peak[1]))
