"""The tables of lyric lines with their captions, and of clips that were fitted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from storyboard.schema.board import Storyboard
from storyboard.schema.report import CaptionLine, SyncReport
from storyboard.schema.timeline import SongMap


@dataclass(frozen=True)
class LineRow:
    """A sung line: where it belongs, and what is seen of it."""

    section: str
    section_index: int
    text: str
    scene: str
    sung_s: float | None
    missed: str
    caption: CaptionLine | None

    @property
    def fill_ms(self) -> float | None:
        """How late its words fill, in the median."""
        errors = [error for error in self.caption.fill_errors_ms if error is not None] if self.caption else []
        return median(errors) if errors else None


@dataclass(frozen=True)
class FittedRow:
    """A shot whose clip was fitted, in words."""

    shot: int
    scene: str
    way: str
    speed: float
    before: float
    after: float


def lines_of(report: SyncReport, song_map: SongMap, board: Storyboard) -> list[LineRow]:
    """Return every sung line in order."""
    scenes = {ref: scene.title for scene in board.scenes for ref in scene.lines}
    missed = {(line.section, line.line): line.why for line in report.missed_lines}
    words = song_map.words_by_line()
    captions = {(line.section, line.line): line for line in report.captions.lines}
    return [
        LineRow(
            section=board.song.sections[ref[0]].kind,
            section_index=ref[0],
            text=board.song.line(ref),
            scene=scenes.get(ref, ""),
            sung_s=words[ref][0].start_s if ref in words else None,
            missed=missed.get(ref, ""),
            caption=captions.get(ref),
        )
        for ref in board.song.line_refs()
    ]


def fitted_of(report: SyncReport, board: Storyboard) -> list[FittedRow]:
    """Return what was done to clips, shot by shot."""
    return list(_fitted(report, board))


def _fitted(report: SyncReport, board: Storyboard) -> Iterator[FittedRow]:
    titles = {scene.id: scene.title for scene in board.scenes}
    ways = {
        "whole": "the whole clip",
        "part": "a part of it",
        "slower": "slowed down",
        "forward and back": "forward and back",
    }
    for fitted in report.fitted:
        yield FittedRow(
            shot=fitted.shot + 1,
            scene=titles.get(fitted.scene, fitted.scene),
            way=ways.get(fitted.way, fitted.way),
            speed=fitted.speed,
            before=fitted.on_beat[0],
            after=fitted.on_beat[1],
        )
