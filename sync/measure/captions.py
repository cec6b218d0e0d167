"""When captions are seen and how they fill, from the levels under their glyphs, against the sung words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.report import CaptionLine, CaptionTiming, CutError
from storyboard.schema.timeline import SongMap, Word
from storyboard.sync.measure.filling import fill_start
from storyboard.sync.measure.glyphs import Glyphs

Curve = NDArray[np.float64]
_VISIBLE = 0.4  # of the contrast between glyphs and outline, at which a caption can be told from the picture
_HALF = 0.5  # of its own contrast, at which it has appeared
_OUTLINE = 40.0  # luma of the dark outline, and a little more for what the picture lends it


@dataclass(frozen=True)
class SeenCaption:
    """One caption in the film: when it is there, and when each of its words begins to fill, in seconds."""

    texts: tuple[str, ...]
    shown_from_s: float | None
    shown_to_s: float | None
    fills_s: tuple[float | None, ...]


def seen_caption(glyphs: Glyphs, first_frame: int, levels: NDArray[np.float32], fps: float) -> SeenCaption:
    """Return when a caption appears, fills and goes, from the levels under its glyphs, frame by frame."""
    texts = tuple(word.text for word in glyphs.words)
    unseen = SeenCaption(texts, None, None, (None,) * len(texts))
    if not len(levels) or not texts:
        return unseen
    words = levels[:, 1:].reshape(len(levels), -1, 3).astype(np.float64)
    contrast = words[..., 0].mean(axis=1) - levels[:, 0]
    expected = min(glyphs.unsung[0], glyphs.sung[0]) - _OUTLINE
    there = contrast / max(float(np.percentile(contrast, 80)), 1e-6)
    run = _longest_run(there >= _HALF)
    if run is None or float(np.median(contrast[run[0] : run[1]])) < _VISIBLE * expected:
        return unseen
    begin, end = run
    appears = _crossing(there, begin)
    goes = _crossing(there, end)
    way = glyphs.sung - glyphs.unsung
    along = (words[begin:end] - glyphs.unsung) @ way / max(float(way @ way), 1e-6)
    fills = [fill_start(along[:, index], word.ink) for index, word in enumerate(glyphs.words)]
    return SeenCaption(
        texts,
        (first_frame + appears) / fps,
        (first_frame + goes) / fps,
        tuple(None if fill is None else (first_frame + begin + fill) / fps for fill in fills),
    )


def _longest_run(flags: NDArray[np.bool_]) -> tuple[int, int] | None:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    runs = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    return max(runs, key=lambda run: run[1] - run[0], default=None)


def _crossing(there: Curve, index: int) -> float:
    """Return where between two frames, of which the second is `index`, half the contrast is passed."""
    if not 0 < index < len(there):
        return float(index)
    before, after = there[index - 1], there[index]
    return index - 1 + float(np.clip((_HALF - before) / (after - before or 1.0), 0, 1))


def timing_of_burned(captions: Sequence[SeenCaption], song_map: SongMap) -> CaptionTiming:
    """Compare what was seen of burned captions with the words of the song."""
    shown = [
        (line, index, text)
        for line, caption in enumerate(captions)
        for index, part in enumerate(caption.texts)
        for text in part.split()
    ]
    words = sorted(song_map.words, key=lambda word: word.start_s)
    of_caption: dict[int, dict[int, list[Word]]] = {}
    for place, word in _matched([text for _, _, text in shown], words):
        line, index, _ = shown[place]
        of_caption.setdefault(line, {}).setdefault(index, []).append(word)
    lines = [
        _line(captions[line], found) for line, found in sorted(of_caption.items(), key=lambda pair: pair[0])
    ]
    return summed("burned", len(captions), lines)


def _matched(texts: Sequence[str], words: Sequence[Word]) -> list[tuple[int, Word]]:
    """Pair the words of the captions with those of the song, in order, by how they are written."""
    shown = [_plain(text) for text in texts]
    sung = [_plain(word.text) for word in words]
    blocks = SequenceMatcher(None, shown, sung, autojunk=False).get_matching_blocks()
    return [(block.a + step, words[block.b + step]) for block in blocks for step in range(block.size)]


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum()) or text


def _line(caption: SeenCaption, words: dict[int, list[Word]]) -> CaptionLine:
    first, last = words[min(words)][0], words[max(words)][-1]
    errors = [
        _ms(fill_s - words[index][0].start_s) if fill_s is not None and index in words else None
        for index, fill_s in enumerate(caption.fills_s)
    ]
    shown_s = caption.shown_from_s
    return CaptionLine(
        section=first.section,
        line=first.line,
        text=" ".join(caption.texts),
        sung_from_s=first.start_s,
        sung_to_s=last.end_s,
        shown_from_s=None if shown_s is None else round(shown_s, 4),
        shown_to_s=None if caption.shown_to_s is None else round(caption.shown_to_s, 4),
        lead_ms=None if shown_s is None else _ms(first.start_s - shown_s),
        fill_errors_ms=errors,
    )


def summed(kind: str, n_captions: int, lines: list[CaptionLine]) -> CaptionTiming:
    """Return the figures of all captions."""
    leads = [line.lead_ms for line in lines if line.lead_ms is not None]
    errors = [error for line in lines for error in line.fill_errors_ms if error is not None]
    return CaptionTiming.model_validate(
        {
            "kind": kind,
            "captions": n_captions,
            "seen": len(leads),
            "late": sum(lead < 0 for lead in leads),
            "lead_ms": spread(leads) if leads else None,
            "shortest_lead_ms": min(leads, default=None),
            "words": len(errors),
            "offset_ms": round(float(np.median(errors)), 1) if errors else None,
            "fill_error_ms": spread([abs(error) for error in errors]) if errors else None,
            "lines": lines,
        }
    )


def spread(values: Sequence[float]) -> CutError:
    """Return median, 95th percentile and largest of some values."""
    if not values:
        return CutError()
    median, p95, largest = (round(float(v), 2) for v in np.percentile(values, [50, 95, 100]))
    return CutError(median=median, p95=p95, max=largest)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
