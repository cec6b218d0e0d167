"""Stretch sound in time with the Rubber Band library of the shipped ffmpeg, pitch kept."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np

from storyboard.generators.mix.sound import RATE_HZ, Sound, ffmpeg

_MARGIN_S = 0.15  # heard before and after a piece, so that the stretcher has settled in it
_JOIN_S = 0.012  # pieces overlap this much, just before the beat that they meet at
_UNCHANGED = 2e-4  # a stretch of less moves the end of a minute by 12 ms
# Measured on clicks: the short window places transients within 3 ms, the standard one within 17 ms.
_SHARP = "window=short:channels=together"


def stretch(sound: Sound, longer: float) -> Sound:
    """Return sound that takes `longer` times as long."""
    if abs(longer - 1.0) < _UNCHANGED:
        return sound
    layout = ["-f", "f32le", "-ar", str(RATE_HZ), "-ac", str(len(sound)), "-i", "-"]
    done = ffmpeg(
        [*layout, "-af", f"rubberband=tempo={1.0 / longer:.9f}:{_SHARP}", "-f", "f32le", "-"],
        where=Path("the music"),
        stdin=np.ascontiguousarray(sound.T, "<f4").tobytes(),
    )
    return np.frombuffer(done.stdout, "<f4").reshape(-1, len(sound)).T.astype(np.float32)


def warp(sound: Sound, from_s: list[float], to_s: list[float]) -> Sound:
    """Stretch piece by piece, so that what is at `from_s` comes to lie at `to_s`.

    Args:
        sound: the recording.
        from_s: at least two times in it, rising.
        to_s: as many times in the result, rising from 0. What lies after the last keeps the last
            piece's tempo, what lies before the first is dropped.
    """
    end_s = sound.shape[1] / RATE_HZ
    edges = list(zip(from_s, to_s, strict=True))
    longer = (edges[-1][1] - edges[-2][1]) / (edges[-1][0] - edges[-2][0])
    if end_s > from_s[-1]:
        edges[-1] = (end_s, edges[-2][1] + (end_s - edges[-2][0]) * longer)
    result = np.zeros((len(sound), round(edges[-1][1] * RATE_HZ)), np.float32)
    for (start_s, at_s), (stop_s, until_s) in pairwise(edges):
        piece = _piece(sound, start_s, stop_s, until_s - at_s)
        _lay(result, piece, round((at_s - _JOIN_S) * RATE_HZ))
    return result


def _piece(sound: Sound, start_s: float, stop_s: float, n_s: float) -> Sound:
    """Return start to stop, made n_s long, and the join before it."""
    longer = n_s / (stop_s - start_s)
    first = round((start_s - _MARGIN_S) * RATE_HZ)
    last = round((stop_s + _MARGIN_S) * RATE_HZ)
    before, after = max(0, -first), max(0, last - sound.shape[1])
    heard = np.pad(sound[:, max(0, first) : last], ((0, 0), (before, after)))
    stretched = stretch(heard, longer)
    begin = round((_MARGIN_S * longer - _JOIN_S) * RATE_HZ)
    return stretched[:, begin : begin + round((n_s + _JOIN_S) * RATE_HZ)]


def _lay(result: Sound, piece: Sound, at: int) -> None:
    """Put a piece in place, faded over the end of the one before it."""
    piece = piece[:, max(0, -at) :]
    start = max(0, at)
    piece = piece[:, : result.shape[1] - start]
    n_join = min(round(_JOIN_S * RATE_HZ), piece.shape[1]) if at > 0 else 0
    up = np.linspace(0.0, 1.0, n_join, endpoint=False, dtype=np.float32)
    result[:, start : start + n_join] *= 1.0 - up
    piece = piece.copy()
    piece[:, :n_join] *= up
    result[:, start : start + n_join] += piece[:, :n_join]
    result[:, start + n_join : start + piece.shape[1]] = piece[:, n_join:]
