"""Turn what a model gave into a take: refuse silence, fit it to the grid, level it, write it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.mix.sound import RATE_HZ, Sound, write
from storyboard.generators.music.on_grid import fit_to_grid
from storyboard.generators.score import Score
from storyboard.generators.seams import MusicTake
from storyboard.schema.errors import GeneratorError
from storyboard.schema.progress import OnFraction
from storyboard.schema.provenance import ModelUsed

_SILENT = 1e-4  # RMS; the quietest that a level can be made of
_RMS = 0.1  # -20 dBFS, where the embedded band lies
_KNEE, _CEILING = 0.7, 0.97


def deliver(
    samples: NDArray[np.float32],
    rate_hz: int,
    score: Score,
    out: Path,
    model: ModelUsed,
    progress: OnFraction,
) -> MusicTake:
    """Write music of a model as the score wants it (WAV, 48 kHz, stereo).

    Args:
        samples: shape (channels, n); one channel is doubled.
        rate_hz: of the samples.
        score: the grid.
        out: the file, which appears whole or not at all.
        model: what made it.
        progress: called before the file is written.

    Raises:
        GeneratorError: the model gave silence, or numbers that are none.
    """
    if not np.isfinite(samples).all():
        raise GeneratorError(
            "gave numbers that are not finite", where=model.id, hint='set dtype = "float32" under [models]'
        )
    if float(np.sqrt(np.mean(samples**2))) < _SILENT:
        raise GeneratorError("gave silence", where=model.id, hint="try another seed or prompt")
    fitted = fit_to_grid(_at_48_khz(samples, rate_hz), score)
    progress(0.97)
    write(out, _level(fitted.sound))
    progress(1.0)
    return fitted.take(score, model)


def _at_48_khz(samples: NDArray[np.float32], rate_hz: int) -> Sound:
    import librosa

    stereo = np.broadcast_to(samples, (2, samples.shape[1])) if len(samples) == 1 else samples
    return np.asarray(librosa.resample(stereo, orig_sr=rate_hz, target_sr=RATE_HZ), np.float32)


def _level(sound: Sound) -> Sound:
    """Bring music to one level, its highest peaks rounded."""
    loud = sound * (_RMS / max(float(np.sqrt(np.mean(sound**2))), 1e-9))
    over = np.maximum(np.abs(loud) - _KNEE, 0.0) / (_CEILING - _KNEE)
    rounded = np.sign(loud) * (_KNEE + (_CEILING - _KNEE) * np.tanh(over))
    return np.asarray(np.where(over > 0, rounded, loud), np.float32)
