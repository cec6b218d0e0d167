"""What deserves attention in a report, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.schema.report import SyncReport

_OFF_MS = 60.0  # captions this far from their words are seen to be
_WEAK_GRID = 0.5
_LOUD_DBTP = 0.0
_APART_S = 0.05


def notes_on(report: SyncReport) -> list[str]:
    """Return the notes, the gravest first."""
    return [*_picture(report), *_music(report), *_captions(report), *_sound(report), *_ground(report)]


def _picture(report: SyncReport) -> Iterator[str]:
    for runs, what in ((report.black_runs, "black"), (report.frozen_runs, "frozen")):
        for run in runs:
            yield f"the picture is {what} from {run.start_s:.1f} to {run.end_s:.1f} s"
    if report.unplanned:
        at = ", ".join(f"{cut.at_s:.2f} s" for cut in report.unplanned[:5])
        yield f"{_count(len(report.unplanned), 'hard cut')} nobody planned: {at}"
    unseen: dict[str, int] = {}
    for cut in report.cuts_seen:
        if cut.seen is None:
            unseen[cut.why_unseen] = unseen.get(cut.why_unseen, 0) + 1
    for why, count in unseen.items():
        yield f"{count} of {_count(report.cuts_planned, 'cut')} could not be seen: {why}"
    other = [cut for cut in report.cuts_seen if cut.seen not in (None, cut.kind)]
    for cut in other:
        yield f"the {cut.kind} to shot {cut.shot + 1} is seen as a {cut.seen}"
    displaced = [
        cut for cut in report.cuts_seen if cut.seen_frame and abs(cut.seen_frame - cut.planned_frame) >= 1
    ]
    if displaced:
        shots = ", ".join(str(cut.shot + 1) for cut in displaced[:8])
        yield f"{_count(len(displaced), 'cut')} a frame or more from where planned: to shot {shots}"


def _music(report: SyncReport) -> Iterator[str]:
    if not report.ground.beats:
        yield "no beat was heard: cuts follow phrases and sections"
    elif report.cuts_on_beat < report.cuts:
        off = report.cuts - report.cuts_on_beat
        yield f"{off} of {_count(report.cuts, 'cut')} seen lie more than a frame from a beat"
    if report.cuts_inside_words:
        words = [cut.inside_word for cut in report.cuts_seen if cut.inside_word]
        named = f": {', '.join(words[:5])}" if words else ""
        yield f"{_count(report.cuts_inside_words, 'cut')} inside a sung word{named}"
    if report.missed_lines:
        yield f"{len(report.missed_lines)} of {_count(report.lines, 'line')} not shown over their scene"


def _captions(report: SyncReport) -> Iterator[str]:
    found = report.captions
    if found.kind == "none":
        return
    if found.seen < found.captions:
        yield f"{found.captions - found.seen} of {_count(found.captions, 'caption')} could not be seen"
    if found.late:
        yield f"{_count(found.late, 'caption')} seen only after the first word began"
    if found.offset_ms is not None and abs(found.offset_ms) > _OFF_MS:
        side = "late" if found.offset_ms > 0 else "early"
        yield f"captions fill {abs(found.offset_ms):.0f} ms {side}"


def _sound(report: SyncReport) -> Iterator[str]:
    if abs(report.av_difference_s) > _APART_S:
        longer = "picture" if report.av_difference_s > 0 else "sound"
        yield f"the {longer} is {abs(report.av_difference_s):.2f} s longer"
    if report.true_peak_dbtp > _LOUD_DBTP:
        yield f"the sound peaks at {report.true_peak_dbtp:+.1f} dBTP and may distort"
    elif report.loudness.clipped_samples:
        yield f"{_count(report.loudness.clipped_samples, 'sample')} at full scale"


def _ground(report: SyncReport) -> Iterator[str]:
    ground = report.ground
    if ground.beats and 0 < ground.grid_confidence < _WEAK_GRID:
        yield f"the beats are uncertain (confidence {ground.grid_confidence:.2f})"
    if ground.unsung:
        yield f"{_count(len(ground.unsung), 'line')} of the lyrics not found in the song"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
