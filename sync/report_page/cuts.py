"""Every cut with the frames beside it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from storyboard.schema.board import Storyboard
from storyboard.schema.report import SeenCut, SyncReport, UnplannedCut
from storyboard.schema.timeline import Timeline
from storyboard.sync.measure.stills import LONG_SIDE, Stills
from storyboard.sync.measure.stills import Picture as Frame

_BUDGET = 1_100_000  # bytes that all pictures together take
_SIZES = ((LONG_SIDE, 62), (256, 56), (224, 50), (192, 44), (160, 40), (128, 34), (96, 30), (64, 20))
"""Long side in pixels and quality of the pictures: the first that stays within the budget."""

Grade = Literal["good", "poor", "plain"]


@dataclass(frozen=True)
class Picture:
    """A frame beside a cut, as a data URI, with what it is."""

    uri: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class CutCard:
    """A cut on the page."""

    anchor: str
    title: str
    kind: str
    time_s: float
    error_ms: float | None
    grade: Grade
    verdict: str
    reason: str
    pictures: tuple[Picture, ...]


def cuts_of(
    report: SyncReport, timeline: Timeline, board: Storyboard, video: Path, stills: Stills
) -> list[CutCard]:
    """Return a card for every planned cut and every unplanned one, in order of time.

    Raises:
        MediaError: the film cannot be decoded.
    """
    moments: list[tuple[float, SeenCut | UnplannedCut]] = [
        *(
            (cut.seen_frame if cut.seen_frame is not None else cut.planned_frame, cut)
            for cut in report.cuts_seen
        ),
        *((cut.frame, cut) for cut in report.unplanned),
    ]
    moments.sort(key=lambda moment: moment[0])
    beside = [_beside(frame, cut, report.frames) for frame, cut in moments]
    numbers_of_all = sorted({number for numbers in beside for number in numbers})
    pictures = _pictures(stills.pictures(video, numbers_of_all), timeline.fps)
    return [
        _card(
            frame, cut, tuple(pictures[number] for number in numbers if number in pictures), timeline, board
        )
        for (frame, cut), numbers in zip(moments, beside, strict=True)
    ]


def _beside(frame: float, cut: SeenCut | UnplannedCut, n_frames: int) -> list[int]:
    """Return the last frame of the old shot and the first of the new; of a gradual change its middle too."""
    middle = round(frame)
    half = cut.n_frames // 2 if isinstance(cut, SeenCut) and cut.seen in ("crossfade", "dip") else 0
    wanted = [middle - half - 1, middle, middle + half] if half else [middle - 1, middle]
    return [min(max(0, number), n_frames - 1) for number in wanted]


def _card(
    frame: float,
    cut: SeenCut | UnplannedCut,
    pictures: tuple[Picture, ...],
    timeline: Timeline,
    board: Storyboard,
) -> CutCard:
    time_s = frame / timeline.fps
    on_beat = cut.error_ms is not None and abs(cut.error_ms) <= 1000 / timeline.fps + 1e-6
    if isinstance(cut, UnplannedCut):
        verdict = "nobody planned it"
        return CutCard(
            f"at-{cut.frame}", "Unplanned cut", "cut", time_s, cut.error_ms, "poor", verdict, "", pictures
        )
    titles = {scene.id: scene.title for scene in board.scenes}
    shot = timeline.shots[cut.shot]
    old = timeline.shots[cut.shot - 1].scene
    title = titles.get(cut.scene, cut.scene)
    title = f"{titles.get(old, old)} → {title}" if old != cut.scene else title
    verdict, grade = _verdict(cut, on_beat)
    kind = cut.seen or cut.kind
    return CutCard(
        f"cut-{cut.shot}", title, kind, time_s, cut.error_ms, grade, verdict, shot.reason, pictures
    )


def _verdict(cut: SeenCut, on_beat: bool) -> tuple[str, Grade]:
    if cut.seen is None:
        return f"not seen: {cut.why_unseen}", "poor"
    parts: list[str] = []
    if cut.seen != cut.kind:
        parts.append(f"planned as a {cut.kind}")
    moved = (cut.seen_frame or 0.0) - cut.planned_frame
    if abs(moved) >= 1:
        parts.append(f"{abs(moved):.0f} frames {'late' if moved > 0 else 'early'}")
    if cut.inside_word:
        parts.append(f"inside “{cut.inside_word}”")
    if cut.error_ms is not None and not on_beat:
        parts.append("off the beat")
    if parts:
        return ", ".join(parts), "poor"
    return ("on the beat", "good") if on_beat else ("as planned", "plain")


def _pictures(frames: dict[int, Frame], fps: int) -> dict[int, Picture]:
    """Return frames as pictures, of one size that suits their count."""
    coded: dict[int, tuple[bytes, tuple[int, int]]] = {}
    for side, quality in _SIZES:
        coded = {number: _coded(frame, side, quality) for number, frame in frames.items()}
        if sum(len(data) for data, _ in coded.values()) <= _BUDGET:
            break
    return {
        number: Picture(
            "data:image/webp;base64," + base64.b64encode(data).decode("ascii"),
            f"frame {number}, {number / fps:.2f} s",
            *size,
        )
        for number, (data, size) in coded.items()
    }


def _coded(frame: Frame, side: int, quality: int) -> tuple[bytes, tuple[int, int]]:
    """Return a frame as WebP, with its width and height."""
    import cv2

    scale = min(1.0, side / max(frame.shape[:2]))
    size = max(1, round(frame.shape[1] * scale)), max(1, round(frame.shape[0] * scale))
    small = frame if scale == 1.0 else cv2.resize(frame, size, interpolation=cv2.INTER_AREA)
    _, data = cv2.imencode(".webp", small, [cv2.IMWRITE_WEBP_QUALITY, quality])
    return data.tobytes(), size
