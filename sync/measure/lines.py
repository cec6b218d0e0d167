"""Lyric lines over the scene that carries them, judged by the cuts that are seen."""

from __future__ import annotations

from collections.abc import Sequence

from storyboard.schema.board import Storyboard
from storyboard.schema.report import MissedLine, SeenCut
from storyboard.schema.timeline import Timeline
from storyboard.sync.measure.cuts import slack_s
from storyboard.sync.plan.points import LineSpan, line_spans


def missed_lines(
    cuts: Sequence[SeenCut], fps: float, timeline: Timeline, board: Storyboard
) -> list[MissedLine]:
    """Return the lines whose words do not all fall between the seen cuts that open and close their scene."""
    seen_s: dict[int, tuple[float, float] | None] = {cut.shot: _moment(cut, fps) for cut in cuts}
    seen_s |= {0: (0.0, 0.0), len(timeline.shots): (timeline.n_frames / fps, 0.0)}
    spans = {span.ref: span for span in line_spans(timeline.song_map)}
    missed = []
    for scene in board.scenes:
        places = [index for index, shot in enumerate(timeline.shots) if shot.scene == scene.id]
        for ref in scene.lines:
            why = "its scene is not shown"
            if places:
                why = _why(spans.get(ref), seen_s.get(places[0]), seen_s.get(places[-1] + 1))
            if why:
                text = board.song.line(ref)
                missed.append(MissedLine(section=ref[0], line=ref[1], text=text, scene=scene.id, why=why))
    return missed


def _moment(cut: SeenCut, fps: float) -> tuple[float, float] | None:
    """Return when a cut is seen, and how far from there it may be."""
    return None if cut.seen_frame is None else (cut.seen_frame / fps, slack_s(cut.seen, fps))


def _why(
    span: LineSpan | None, opens_s: tuple[float, float] | None, closes_s: tuple[float, float] | None
) -> str:
    """Return what keeps a line from its scene; empty: nothing."""
    if span is None:
        return "the line was not found in the song"
    if opens_s is None:
        return "the cut that opens its scene could not be seen"
    if closes_s is None:
        return "the cut that closes its scene could not be seen"
    before_s, after_s = opens_s[0] - span.start_s, span.end_s - closes_s[0]
    if before_s > opens_s[1] + 1e-6:
        return f"it begins {before_s:.2f} s before its scene"
    if after_s > closes_s[1] + 1e-6:
        return f"it ends {after_s:.2f} s after its scene"
    return ""
