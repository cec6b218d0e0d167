"""Loudness and true peak after EBU R 128, measured by ffmpeg."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from storyboard.generators.mix.sound import RATE_HZ, Sound, ffmpeg
from storyboard.schema.errors import MediaError

_INTEGRATED = re.compile(r"\bI:\s+(-?[\d.]+|-?inf|nan) LUFS")
_PEAK = re.compile(r"\bPeak:\s+(-?[\d.]+|-?inf|nan) dBFS")
_METER = ["-map", "0:a:0", "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]


@dataclass(frozen=True)
class Loudness:
    """Integrated loudness in LUFS (-70 is silence) and true peak in dBTP (-inf is silence)."""

    lufs: float
    true_peak_dbtp: float


def measure_loudness(path: Path) -> Loudness:
    """Measure any media file that has sound.

    Raises:
        MediaError: the file is missing or has no sound.
    """
    return _parsed(ffmpeg(["-i", str(path), *_METER], where=path).stderr, path)


def loudness_of(sound: Sound, where: Path) -> Loudness:
    """Measure samples in memory; `where` names them in errors."""
    source = ["-f", "f32le", "-ar", str(RATE_HZ), "-ac", str(sound.shape[0]), "-i", "-"]
    data = sound.T.astype("<f4").tobytes()
    return _parsed(ffmpeg([*source, *_METER], where=where, stdin=data).stderr, where)


def _parsed(said: bytes, where: Path) -> Loudness:
    text = said.decode(errors="replace")
    lufs, peak = _INTEGRATED.findall(text), _PEAK.findall(text)
    if not lufs or not peak:
        raise MediaError("its loudness could not be measured", where=str(where))
    return Loudness(float(lufs[-1]), float(peak[-1]))
