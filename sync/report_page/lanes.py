"""The film as lanes over time: sections, waveform and beats, words, shots, cut errors, movement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soundfile

from storyboard.schema.board import Storyboard
from storyboard.schema.errors import MediaError
from storyboard.schema.report import SyncReport
from storyboard.schema.timeline import Timeline

_COLUMNS_A_SECOND = 24
_MOST_COLUMNS = 6000
N_COLORS = 8


@dataclass(frozen=True)
class Box:
    """A stretch of a lane, in percent of the film, with its text; of a shot also its scene's number."""

    x: float
    width: float
    text: str
    title: str
    color: int = 0
    number: int = 0


@dataclass(frozen=True)
class Mark:
    """A moment: of a cut or of movement."""

    x: float
    title: str
    grade: str
    anchor: str = ""
    size: float = 0.0


@dataclass(frozen=True)
class Lanes:
    """All lanes; places are in percent of the film's length, paths over 0 to `units`."""

    duration_s: float
    units: int
    seconds: tuple[tuple[float, str], ...]
    sections: tuple[Box, ...]
    waveform: str
    beats: str
    downbeats: str
    words: tuple[Box, ...]
    shots: tuple[Box, ...]
    transitions: tuple[Box, ...]
    cuts: tuple[Mark, ...]
    accents: tuple[Mark, ...]
    frame_ms: float


def lanes_of(report: SyncReport, timeline: Timeline, board: Storyboard, song: Path) -> Lanes:
    """Return the lanes of a film.

    Raises:
        MediaError: the song cannot be decoded.
    """
    length_s = timeline.n_frames / timeline.fps
    song_map = timeline.song_map
    percent = _Percent(length_s)
    downbeats = {round(beat, 4) for beat in song_map.downbeats_s}
    minor = [beat for beat in song_map.beats_s if round(beat, 4) not in downbeats]
    return Lanes(
        duration_s=length_s,
        units=10_000,
        seconds=tuple((percent(second), _minutes(second)) for second in range(0, int(length_s) + 1, 5)),
        sections=tuple(
            percent.box(span.start_s, span.end_s, span.label, span.label, index)
            for index, span in enumerate(song_map.sections)
        ),
        waveform=_waveform(song, length_s),
        beats=_strokes(minor, length_s),
        downbeats=_strokes(song_map.downbeats_s, length_s),
        words=tuple(
            percent.box(word.start_s, word.end_s, word.text, f"{word.text}: {word.start_s:.2f} s")
            for word in song_map.words
        ),
        shots=_shots(timeline, board, percent),
        transitions=_transitions(timeline, percent),
        cuts=_cuts(report, timeline, percent),
        accents=_accents(report, song_map.beats_s, percent),
        frame_ms=1000 / timeline.fps,
    )


@dataclass(frozen=True)
class _Percent:
    """Turns seconds into percent of the film."""

    length_s: float

    def __call__(self, time_s: float) -> float:
        return round(min(100.0, max(0.0, 100 * time_s / self.length_s)), 3)

    def box(self, start_s: float, end_s: float, text: str, title: str, color: int = 0) -> Box:
        x = self(start_s)
        return Box(x, round(max(0.02, self(end_s) - x), 3), text, title, color % N_COLORS)


def _minutes(second: int) -> str:
    return f"{second // 60}:{second % 60:02d}"


def _waveform(song: Path, length_s: float) -> str:
    """Return the envelope as a closed path, 0 to 10000 across and -100 to 100 down."""
    n_columns = min(_MOST_COLUMNS, max(1, round(length_s * _COLUMNS_A_SECOND)))
    peaks: list[float] = []
    try:
        with soundfile.SoundFile(song) as sound:
            block = max(1, round(length_s * sound.samplerate / n_columns))
            for samples in sound.blocks(blocksize=block, dtype="float32", always_2d=True):
                peaks.append(float(np.abs(samples).max(initial=0.0)))
    except (OSError, RuntimeError) as error:
        raise MediaError(f"cannot be read as a song ({error})", where=str(song)) from error
    heights = [round(100 * min(1.0, peak)) for peak in peaks[:n_columns]] or [0]
    places = [round(10_000 * (index + 0.5) / n_columns) for index in range(len(heights))]
    up = " ".join(f"{x},{-height}" for x, height in zip(places, heights, strict=True))
    down = " ".join(f"{x},{height}" for x, height in zip(places[::-1], heights[::-1], strict=True))
    return f"M{up} L{down}Z"


def _strokes(times_s: Sequence[float], length_s: float) -> str:
    return "".join(f"M{round(10_000 * time_s / length_s)},0V1" for time_s in times_s)


def _shots(timeline: Timeline, board: Storyboard, percent: _Percent) -> tuple[Box, ...]:
    places = {scene.id: index for index, scene in enumerate(board.scenes)}
    boxes = []
    for number, shot in enumerate(timeline.shots, start=1):
        start_s, end_s = shot.first_frame / timeline.fps, (shot.last_frame + 1) / timeline.fps
        index = places.get(shot.scene, 0)
        title = f"shot {number}, {board.scenes[index].title}, {shot.framing}, {start_s:.2f} to {end_s:.2f} s"
        box = percent.box(start_s, end_s, board.scenes[index].title, title, index)
        boxes.append(replace(box, number=index + 1))
    return tuple(boxes)


def _transitions(timeline: Timeline, percent: _Percent) -> tuple[Box, ...]:
    return tuple(
        percent.box(
            (shot.first_frame - shot.transition_frames / 2) / timeline.fps,
            (shot.first_frame + shot.transition_frames / 2) / timeline.fps,
            shot.transition,
            f"{shot.transition} of {shot.transition_frames} frames",
        )
        for shot in timeline.shots
        if shot.transition != "cut"
    )


def _cuts(report: SyncReport, timeline: Timeline, percent: _Percent) -> tuple[Mark, ...]:
    """Return a mark for every cut; its size is its error in frames, within two either way."""
    frame_ms = 1000 / timeline.fps
    marks = []
    for cut in report.cuts_seen:
        frame = cut.seen_frame if cut.seen_frame is not None else cut.planned_frame
        marks.append((frame / timeline.fps, cut.error_ms, f"cut-{cut.shot}", cut.seen is None))
    marks += [(cut.at_s, cut.error_ms, f"at-{cut.frame}", True) for cut in report.unplanned]
    return tuple(
        Mark(
            x=percent(time_s),
            title=f"{time_s:.2f} s" + (f", {error:+.0f} ms from the beat" if error is not None else ""),
            grade="poor" if faulty or (error is not None and abs(error) > frame_ms + 1e-6) else "good",
            anchor=anchor,
            size=0.0 if error is None else round(min(2.0, max(-2.0, error / frame_ms)), 3),
        )
        for time_s, error, anchor, faulty in sorted(marks, key=lambda mark: mark[0])
    )


def _accents(report: SyncReport, beats_s: Sequence[float], percent: _Percent) -> tuple[Mark, ...]:
    found = report.visual_beats
    beats = np.asarray(beats_s)
    marks = []
    for time_s, strength in zip(found.at_s, found.strengths, strict=True):
        near = bool(len(beats)) and float(np.abs(beats - time_s).min()) * 1000 <= found.tolerance_ms + 0.1
        marks.append(
            Mark(
                percent(time_s),
                f"movement at {time_s:.2f} s{', on a beat' if near else ''}",
                "good" if near else "plain",
                size=round(1.5 + 3.5 * strength, 1),
            )
        )
    return tuple(marks)
