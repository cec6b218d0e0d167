"""The sync report as a page: one HTML file that holds its pictures and needs nothing else."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.schema.board import Storyboard
from storyboard.schema.files import write_whole
from storyboard.schema.report import SyncReport
from storyboard.schema.timeline import Timeline
from storyboard.sync.measure.stills import Stills
from storyboard.sync.report_page import charts, cuts, figures, lines
from storyboard.sync.report_page.lanes import lanes_of

if TYPE_CHECKING:
    import jinja2

__all__ = ["write_page"]


def write_page(
    report: SyncReport,
    timeline: Timeline,
    board: Storyboard,
    video: Path,
    song: Path,
    out: Path,
    stills: Stills | None = None,
) -> None:
    """Write the report of a film as one HTML file.

    Args:
        report: what was measured.
        timeline: what was planned.
        board: the storyboard.
        video: the film, of which the frames beside every cut are shown.
        song: the master, whose waveform is drawn.
        out: the file to write.
        stills: what was kept of the film when it was measured; without it, it is decoded again.

    Raises:
        MediaError: the film or the song cannot be decoded.
    """
    page = (
        _environment()
        .get_template("page.html.j2")
        .render(
            song=board.song,
            look=board.look,
            report=report,
            figures=figures.figures_of(report, timeline.fps),
            lanes=lanes_of(report, timeline, board, song),
            cuts=cuts.cuts_of(report, timeline, board, video, stills or Stills(timeline)),
            errors=charts.error_histogram(report, timeline.fps),
            phases=charts.phase_histogram(report.visual_beats, timeline.song_map.beats_s),
            loudness=charts.loudness_curve(report.loudness, timeline.song_map),
            lines=lines.lines_of(report, timeline.song_map, board),
            fitted=lines.fitted_of(report, board),
            ground=figures.ground_of(report, board),
        )
    )
    write_whole(out, page.encode())


@functools.cache
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__name__, "."),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    environment.filters["clock"] = clock
    return environment


def clock(time_s: float) -> str:
    """Return a time as minutes, seconds and hundredths: 1:04.35."""
    hundredths = round(time_s * 100)
    return f"{hundredths // 6000}:{hundredths // 100 % 60:02d}.{hundredths % 100:02d}"
