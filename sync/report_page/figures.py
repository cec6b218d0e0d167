"""The figures at the head of the page, each with a verdict in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from storyboard.schema.board import Storyboard
from storyboard.schema.report import SyncReport

Grade = Literal["good", "fair", "poor", "plain"]
_IN_TIME_MS = (45.0, 100.0)  # offsets of sound and picture that are not noticed, and hardly (ITU-R BT.1359)
_SAFE_DBTP = -1.0
_APART_S = 0.05
_MORE_THAN_CHANCE = 1.25


@dataclass(frozen=True)
class Figure:
    """A figure: what it is of, its value (empty: there is none), a verdict and details in words."""

    label: str
    value: str
    grade: Grade
    verdict: str
    detail: str = ""


def figures_of(report: SyncReport, fps: int) -> list[Figure]:
    """Return the figures of a report, the most telling first."""
    made = [_beats(report, fps), _words(report), _lines(report), _captions(report), _motion(report)]
    return [*made, _picture(report), _sound(report), _length(report)]


def _beats(report: SyncReport, fps: int) -> Figure:
    label = "Cuts on a beat"
    if not report.ground.beats:
        return Figure(label, "", "plain", "No beat was heard", "cuts follow phrases and sections")
    if not report.cuts:
        return Figure(label, "", "plain", "No cut was seen")
    error = report.cut_error_ms
    detail = f"median {error.median:.0f} ms, worst {error.max:.0f} ms; a frame lasts {1000 / fps:.0f} ms"
    share = report.cuts_on_beat / report.cuts
    grade: Grade = "good" if share == 1 else "fair" if share >= 0.8 else "poor"
    verdict = (
        "Every cut is within a frame of a beat" if share == 1 else f"{share:.0%} are within a frame of one"
    )
    return Figure(label, f"{report.cuts_on_beat}/{report.cuts}", grade, verdict, detail)


def _words(report: SyncReport) -> Figure:
    label, count = "Cuts inside a word", report.cuts_inside_words
    if not report.ground.words:
        return Figure(label, "", "plain", "No word is known")
    verdict = "No word is cut in two" if not count else "The picture changes while a word is sung"
    return Figure(label, str(count), "good" if not count else "fair", verdict)


def _lines(report: SyncReport) -> Figure:
    label = "Lines over their scene"
    if not report.lines:
        return Figure(label, "", "plain", "An instrumental")
    shown = report.lines_over_their_scene
    grade: Grade = "good" if shown == report.lines else "fair" if shown >= 0.9 * report.lines else "poor"
    verdict = "Each is sung while its scene is shown" if shown == report.lines else "Some are sung elsewhere"
    return Figure(label, f"{shown}/{report.lines}", grade, verdict)


def _captions(report: SyncReport) -> Figure:
    label, found = "Captions", report.captions
    if found.kind == "none":
        return Figure(label, "none", "plain", "The film has no captions")
    unseen = found.captions - found.seen
    if unseen > 0:
        return Figure(label, f"{found.seen}/{found.captions}", "poor", f"{unseen} could not be seen")
    lead = f"shown {found.lead_ms.median:.0f} ms before the first word" if found.lead_ms else ""
    if found.offset_ms is None or found.fill_error_ms is None:
        late: Grade = "poor" if found.late else "good"
        return Figure(label, f"{found.seen}/{found.captions}", late, "All are shown in time", lead)
    offset = abs(found.offset_ms)
    grade: Grade = "good" if offset <= _IN_TIME_MS[0] else "fair" if offset <= _IN_TIME_MS[1] else "poor"
    grade = "poor" if found.late else grade
    verdict = {
        "good": "Words fill when they are sung",
        "fair": "Words fill a little off their time",
        "poor": "Words fill off their time",
    }[grade]
    verdict = f"{found.late} shown after the first word began" if found.late else verdict
    return Figure(
        label, f"{found.offset_ms:+.0f} ms", grade, verdict, f"median of {found.words} words; {lead}"
    )


def _motion(report: SyncReport) -> Figure:
    label, found = "Movement on a beat", report.visual_beats
    if not found.accents or not report.ground.beats:
        return Figure(label, "", "plain", "Nothing to compare")
    times = found.on_beat / found.by_chance if found.by_chance else 0.0
    grade: Grade = "good" if times >= _MORE_THAN_CHANCE else "plain"
    verdict = f"{times:.1f} times what chance gives" if grade == "good" else "About what chance gives"
    detail = f"of {found.accents} motion accents, by strength; by chance {found.by_chance:.0%}"
    return Figure(label, f"{found.on_beat:.0%}", grade, verdict, detail)


def _picture(report: SyncReport) -> Figure:
    faults = len(report.black_runs) + len(report.frozen_runs) + report.cuts_unplanned
    parts = [f"{len(report.black_runs)} black", f"{len(report.frozen_runs)} frozen"]
    detail = ", ".join([*parts, f"{report.cuts_unplanned} unplanned cuts"]) if faults else ""
    verdict = "No black or frozen stretch, no stray cut" if not faults else "The picture has faults"
    return Figure("Picture faults", str(faults), "good" if not faults else "poor", verdict, detail)


def _sound(report: SyncReport) -> Figure:
    safe = report.true_peak_dbtp <= _SAFE_DBTP
    grade: Grade = "good" if safe else "fair" if report.true_peak_dbtp <= 0 else "poor"
    verdict = "Room above the loudest peak" if safe else "The loudest peak is close to full scale"
    loudest = f"loudest 3\N{NO-BREAK SPACE}s {report.loudness.short_term_max_lufs:.1f}"
    detail = f"true peak {report.true_peak_dbtp:+.1f} dBTP, {loudest}"
    return Figure("Loudness", f"{report.loudness_lufs:.1f} LUFS", grade, verdict, detail)


def _length(report: SyncReport) -> Figure:
    apart = abs(report.av_difference_s)
    grade: Grade = "good" if apart <= _APART_S else "poor"
    verdict = "Picture and sound end together" if grade == "good" else "One is longer than the other"
    return Figure("Picture against sound", f"{report.av_difference_s * 1000:+.0f} ms", grade, verdict)


def ground_of(report: SyncReport, board: Storyboard) -> list[tuple[str, str]]:
    """Return what the report stands on, as (what, how)."""
    return list(_ground(report, board))


def _ground(report: SyncReport, board: Storyboard) -> Iterator[tuple[str, str]]:
    ground = report.ground
    yield "Film", f"{report.duration_s:.2f} s, {report.frames} frames, {report.cuts_planned} cuts planned"
    if ground.beats:
        bar = f", {ground.beats_per_bar} to a bar" if ground.beats_per_bar else ""
        tempo = f" at {ground.tempo_bpm:.1f} BPM" if ground.tempo_bpm else ""
        yield "Beats", f"{ground.beats}{tempo}{bar}"
        if ground.grid_confidence:
            known = "known from the players" if ground.grid_confidence == 1 else "heard"
            yield "Confidence in them", f"{ground.grid_confidence:.2f} ({known})"
    else:
        yield "Beats", "none heard"
    source = {
        "nothing": "",
        "singer": ", known from the singer",
        "times": ", from times that came with the lyrics",
        "model": ", heard by a speech model",
    }.get(ground.words_from, f", heard in the {ground.words_from}")
    yield "Words", f"{ground.words}{source}"
    if ground.unsung:
        yield "Lines not heard", "; ".join(board.song.line(ref) for ref in ground.unsung)
