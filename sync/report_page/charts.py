"""The small charts: cut errors, movement within the beat, loudness over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from storyboard.schema.report import Loudness, SyncReport, VisualBeats
from storyboard.schema.timeline import SongMap

_WIDE, _HIGH = 600, 180  # units of a chart's drawing
_BIN_MS = 10.0
_N_PHASES = 16
_TARGET_LUFS = -14.0
_SILENT_LUFS = -70.0  # what EBU R128 leaves out


@dataclass(frozen=True)
class Bar:
    """One bar of a chart, in units of its drawing, with what it says."""

    x: float
    y: float
    width: float
    height: float
    is_inside: bool
    title: str


@dataclass(frozen=True)
class Chart:
    """Bars or a line over a scale.

    Attributes:
        bars: the bars, left to right.
        ticks: (x, label) of the scale below.
        levels: (y, label) of lines across.
        path: a line, as SVG path data; empty without one.
        band: (x, width) of a shaded stretch, if any.
        summary: what it shows, in one sentence.
    """

    bars: tuple[Bar, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    levels: tuple[tuple[float, str], ...] = ()
    path: str = ""
    band: tuple[float, float] | None = None
    summary: str = ""
    width: int = _WIDE
    height: int = _HIGH


def error_histogram(report: SyncReport, fps: int) -> Chart | None:
    """Return how many cuts lie how far from their beat; None where no beat is known."""
    of_cuts = [cut.error_ms for cut in report.cuts_seen] + [cut.error_ms for cut in report.unplanned]
    errors = [error for error in of_cuts if error is not None]
    if not errors:
        return None
    frame_ms = 1000 / fps
    reach = max(1.5 * frame_ms, min(250.0, max(abs(error) for error in errors)))
    n_side = int(np.ceil(reach / _BIN_MS))
    edges = (np.arange(-n_side, n_side + 2) - 0.5) * _BIN_MS
    counts, _ = np.histogram(np.clip(errors, edges[0], edges[-1]), edges)
    step = _WIDE / len(counts)
    bars = tuple(
        Bar(
            x=round(index * step + 1, 2),
            y=round(_HIGH * (1 - count / max(counts)), 2),
            width=round(step - 2, 2),
            height=round(_HIGH * count / max(counts), 2),
            is_inside=abs(edges[index] + _BIN_MS / 2) <= frame_ms,
            title=f"{count} at {edges[index] + _BIN_MS / 2:+.0f} ms",
        )
        for index, count in enumerate(counts.tolist())
        if count
    )
    left, middle, right = (
        round((ms - edges[0]) / np.ptp(edges) * _WIDE, 2) for ms in (-frame_ms, 0.0, frame_ms)
    )
    ticks = ((left, "a frame early"), (middle, "on the beat"), (right, "a frame late"))
    band = left, round(right - left, 2)
    near = sum(abs(error) <= frame_ms + 1e-6 for error in errors)
    summary = f"Of {len(errors)} cuts, {near} lie within one frame of a beat."
    return Chart(bars=bars, ticks=ticks, band=band, summary=summary)


def phase_histogram(found: VisualBeats, beats_s: Sequence[float]) -> Chart | None:
    """Return how much of the film's movement turns or stops at each place between two beats."""
    if not found.accents or len(beats_s) < 2:
        return None
    beats = np.asarray(beats_s)
    steps = np.append(np.diff(beats), beats[-1] - beats[-2])
    times = np.asarray(found.at_s)
    before = np.clip(np.searchsorted(beats, times, side="right") - 1, 0, len(beats) - 1)
    phase = ((times - beats[before]) / steps[before] + 0.5) % 1.0  # a half: on the beat
    edges = (np.arange(_N_PHASES + 2) - 0.5) / _N_PHASES
    sums, _ = np.histogram(phase, edges, weights=np.asarray(found.strengths))
    # The first and the last half bin are the same place, half a beat from the beat.
    sums[0] = sums[-1] = sums[0] + sums[-1]
    even = float(np.sum(found.strengths)) / _N_PHASES
    top = max(float(sums.max()), even)
    step = _WIDE / len(sums)
    bars = tuple(
        Bar(
            x=round(index * step + 1, 2),
            y=round(_HIGH * (1 - value / top), 2),
            width=round(step - 2, 2),
            height=round(_HIGH * value / top, 2),
            is_inside=abs(index - _N_PHASES // 2) <= 1,
            title=f"{value / even:.1f} times an even spread",
        )
        for index, value in enumerate(sums.tolist())
    )
    ticks = ((0.0, "½ beat before"), (_WIDE / 2, "on the beat"), (float(_WIDE), "½ beat after"))
    summary = (
        f"{found.on_beat:.0%} of the movement turns or stops on a beat, by chance {found.by_chance:.0%}."
    )
    levels = ((round(_HIGH * (1 - even / top), 2), "evenly spread"),)
    return Chart(bars=bars, ticks=ticks, levels=levels, summary=summary)


def loudness_curve(found: Loudness, song_map: SongMap) -> Chart | None:
    """Return short-term loudness over the song; None where nothing is heard."""
    known = [(index + 1, level) for index, level in enumerate(found.short_term_lufs) if level > _SILENT_LUFS]
    if not known:
        return None
    levels = np.asarray([level for _, level in known])
    high, low = -4.0, max(-40.0, float(np.percentile(levels, 5)) - 4)
    y = np.clip((high - levels) / (high - low), 0, 1) * _HIGH
    x = np.asarray([index for index, _ in known]) * found.step_s / song_map.duration_s * _WIDE
    points = " ".join(f"{min(a, _WIDE):.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    path = f"M{x[0]:.1f},{_HIGH} L{points} L{min(x[-1], _WIDE):.1f},{_HIGH} Z"
    ticks = tuple(
        (round(span.start_s / song_map.duration_s * _WIDE, 1), span.label)
        for span in song_map.sections
        if span.end_s - span.start_s > song_map.duration_s / 16
    )
    marks = [level for level in (-8.0, _TARGET_LUFS, -20.0, -26.0, -32.0) if low < level < high]
    across = tuple((round((high - level) / (high - low) * _HIGH, 1), f"{level:.0f} LUFS") for level in marks)
    summary = f"Loudest three seconds {found.short_term_max_lufs:.1f} LUFS, range {found.range_lu:.1f} LU."
    return Chart(path=path, ticks=ticks, levels=across, summary=summary)
