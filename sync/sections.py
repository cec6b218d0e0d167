"""The sections of a song: from its lyrics where it has some, else from what returns and what is new."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.timeline import Span, Word
from storyboard.sync.beats import RATE_HZ, Floats

_GAP_S = 8.0  # without singing for so long, the song is in an instrumental section
_SNAP_S = 3.0  # at most so far is a section's edge moved to a downbeat
_HOP = 2048
_STEP_S = 1.0  # of the picture of a song without beats
_KERNEL_S = 16.0
_SHORTEST_S = 8.0
_LIKE = 0.35  # mean cosine above which two parts are the same one again; unrelated ones are near 0
_MOST_PARTS = 26


def sections_of_lyrics(
    words: Sequence[Word], labels: Sequence[str], downbeats_s: Sequence[float], duration_s: float
) -> list[Span]:
    """Return the sections that words are in, with what is instrumental before, between and after them.

    Args:
        words: sung words in order.
        labels: of each section of the song, by its index; a missing one is "verse".
        downbeats_s: where sections begin by preference.
        duration_s: length of the song.
    """
    spans = _sung_spans(words, labels)
    whole: list[Span] = []
    at = 0.0
    for span in spans:
        if span.start_s - at >= _GAP_S:
            whole.append(Span(label="instrumental" if whole else "intro", start_s=at, end_s=span.start_s))
        elif whole:
            whole[-1].end_s = span.start_s
        else:
            span.start_s = 0.0
        whole.append(span)
        at = span.end_s
    if whole and duration_s - at >= _GAP_S:
        whole.append(Span(label="outro", start_s=at, end_s=duration_s))
    elif whole:
        whole[-1].end_s = duration_s
    return _snapped(whole, downbeats_s, duration_s)


def sections_by_ear(sound: Floats, downbeats_s: Sequence[float], duration_s: float) -> list[Span]:
    """Return sections of mono sound at 22,050 Hz, labelled "part A", "part B" …; what returns is named alike.

    Edges are where a checkerboard fits the picture of what resembles what (Foote, Automatic audio
    segmentation using a measure of audio novelty, 2000), on harmony and timbre; parts are alike when
    their harmony runs alike.
    """
    if duration_s < 2 * _SHORTEST_S:
        return []
    grid = _grid(downbeats_s, duration_s)
    alike = _likeness(_features(sound, grid))
    parts = list(pairwise(_edges(alike, grid)))
    firsts: list[tuple[int, int]] = []  # the first part of every name
    spans = []
    for part in parts:
        likeness = [_runs_alike(alike, part, other) for other in firsts]
        if likeness and (max(likeness) >= _LIKE or len(firsts) == _MOST_PARTS):
            name = int(np.argmax(likeness))
        else:
            firsts.append(part)
            name = len(firsts) - 1
        start_s, end_s = (min(round(grid[step], 6), duration_s) for step in part)
        spans.append(Span(label=f"part {chr(ord('A') + name)}", start_s=start_s, end_s=end_s))
    return spans


def _runs_alike(alike: NDArray[np.float64], part: tuple[int, int], other: tuple[int, int]) -> float:
    """Return how alike two parts are step by step, where the shorter fits the longer best."""
    (first, end), (start, stop) = sorted([part, other], key=lambda span: span[1] - span[0])
    length = end - first
    offsets = range(start, stop - length + 1)
    rows = np.arange(first, end)
    return max(float(alike[rows, np.arange(at, at + length)].mean()) for at in offsets)


def _sung_spans(words: Sequence[Word], labels: Sequence[str]) -> list[Span]:
    """Return a span for each section that words are in, parted where nobody sings for long."""
    spans: list[Span] = []
    before: Word | None = None
    for word in words:
        goes_on = before is not None and before.section == word.section
        if goes_on and before is not None and word.start_s - before.end_s < _GAP_S:
            spans[-1].end_s = max(spans[-1].end_s, word.end_s)
        else:
            label = labels[word.section] if word.section < len(labels) else "verse"
            spans.append(Span(label=label, start_s=word.start_s, end_s=max(word.start_s, word.end_s)))
        before = word
    return spans


def _snapped(spans: list[Span], downbeats_s: Sequence[float], duration_s: float) -> list[Span]:
    """Move inner edges to the last downbeat before the singing, or the nearest one."""
    edges = [0.0]
    for span in spans[1:]:
        near = [beat for beat in downbeats_s if abs(beat - span.start_s) <= _SNAP_S]
        # A pick-up before the bar belongs to the new section, so the nearest downbeat it is.
        edge = min(near, key=lambda beat: abs(beat - span.start_s), default=span.start_s)
        edges.append(edge)
    edges.append(duration_s)
    named = zip(spans, pairwise(edges), strict=True)
    return [
        Span(label=span.label, start_s=round(start, 6), end_s=min(round(end, 6), duration_s))
        for span, (start, end) in named
        if end > start
    ]


def _grid(downbeats_s: Sequence[float], duration_s: float) -> list[float]:
    """Return the edges of the steps that are compared: bars, or seconds."""
    inner = list(downbeats_s) if len(downbeats_s) >= 8 else list(np.arange(_STEP_S, duration_s, _STEP_S))
    return [0.0, *(float(edge) for edge in inner if 0.2 < edge < duration_s - 0.2), duration_s]


def _features(sound: Floats, grid: Sequence[float]) -> NDArray[np.float64]:
    """Return chroma and timbre of every step, each standing out from its mean: (features, steps)."""
    import librosa

    spectrum = np.abs(librosa.stft(sound, n_fft=2 * _HOP, hop_length=_HOP))
    chroma = librosa.feature.chroma_stft(S=spectrum**2, sr=RATE_HZ, n_fft=2 * _HOP)
    mel = librosa.feature.melspectrogram(S=spectrum**2, sr=RATE_HZ)
    timbre = librosa.feature.mfcc(S=librosa.power_to_db(mel), n_mfcc=13)
    frames = librosa.time_to_frames(np.array(grid[1:-1]), sr=RATE_HZ, hop_length=_HOP)
    edges = np.clip([0, *frames, chroma.shape[1]], 0, chroma.shape[1])

    def by_step(rows: NDArray[np.floating]) -> NDArray[np.float64]:
        columns = [rows[:, a : max(a + 1, b)].mean(axis=1) for a, b in pairwise(edges)]
        steps = np.stack(columns, axis=1)
        deviation = steps.std(axis=1, keepdims=True)
        return np.asarray((steps - steps.mean(axis=1, keepdims=True)) / np.maximum(deviation, 1e-6))

    return np.concatenate([by_step(chroma), by_step(timbre)])


def _likeness(features: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the cosine between all steps, (steps, steps)."""
    directions = features / np.maximum(np.linalg.norm(features, axis=0), 1e-9)
    return np.asarray(directions.T @ directions)


def _edges(alike: NDArray[np.float64], grid: Sequence[float]) -> list[int]:
    """Return the first step of every part, and the end of the last."""
    n_steps = len(alike)
    step_s = (grid[-1] - grid[0]) / n_steps
    half = max(2, round(_KERNEL_S / 2 / step_s))
    padded = np.pad(alike, half, mode="edge")
    place = np.arange(-half, half) + 0.5
    bell = np.exp(-0.5 * (place / (0.5 * half)) ** 2)
    kernel = np.outer(bell * np.sign(place), bell * np.sign(place))
    size = 2 * half
    novelty = np.array([(padded[at : at + size, at : at + size] * kernel).sum() for at in range(n_steps)])
    apart = max(1, round(_SHORTEST_S / step_s))
    enough = float(novelty.mean() + 0.5 * novelty.std())
    found: list[int] = []
    for step in np.argsort(-novelty):
        far = all(abs(int(step) - other) >= apart for other in [0, n_steps, *found])
        if novelty[step] > enough and far:
            found.append(int(step))
    return [0, *sorted(found), n_steps]
