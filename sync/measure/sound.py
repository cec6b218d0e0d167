"""Loudness of a film's sound by EBU R128, as a whole and over time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from storyboard.schema.errors import MediaError
from storyboard.sync import ffmpeg

_SILENT = -99.0  # LUFS; what is softer is silence
_PER_S = 10  # readings a second that ffmpeg gives
_STEP_S = 0.5
_SETTLED_S = 3.0  # the length of the window: short-term loudness means nothing before


@dataclass(frozen=True)
class Heard:
    """Loudness of a sound: integrated and short-term in LUFS, its range in LU, its true peak in dBTP."""

    integrated_lufs: float
    range_lu: float
    true_peak_dbtp: float
    short_term_lufs: tuple[float, ...]
    step_s: float = _STEP_S

    @property
    def short_term_max_lufs(self) -> float:
        """The loudest three seconds."""
        settled = self.short_term_lufs[round(_SETTLED_S / self.step_s) :]
        return max(settled or self.short_term_lufs, default=_SILENT)


def hear(media: Path) -> Heard:
    """Measure a file's sound.

    Raises:
        MediaError: it cannot be decoded.
    """
    log = ffmpeg.run(
        ["-i", str(media), "-vn", "-af", "ebur128=peak=true", "-f", "null", "-"], where=str(media)
    )
    summary = log[log.rfind("Summary:") :]
    integrated = re.search(r"I:\s+(-?[\d.]+|-?inf|nan) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+|-?inf|nan) dBFS", summary)
    spread = re.search(r"LRA:\s+(-?[\d.]+) LU", summary)
    if integrated is None or peak is None:
        raise MediaError("ffmpeg gave no loudness", where=str(media))
    readings = [_level(found) for found in re.findall(r"\bS:\s*(-?[\d.]+|-?inf|nan)", log)]
    every = round(_STEP_S * _PER_S)
    return Heard(
        _level(integrated[1]),
        float(spread[1]) if spread else 0.0,
        _level(peak[1]),
        tuple(readings[every - 1 :: every]),
    )


def loudness_of(media: Path) -> tuple[float, float]:
    """Return integrated loudness (LUFS) and true peak (dBTP) of a file's sound."""
    heard = hear(media)
    return heard.integrated_lufs, heard.true_peak_dbtp


def _level(text: str) -> float:
    return _SILENT if "nan" in text else max(_SILENT, float(text))
