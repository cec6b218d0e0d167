"""The acoustic model made more like the voice of one song, by the words that were found in it.

The model has read speech, in English, without music. A first search still finds most words of a song; on
them its Gaussians are moved: all together by one affine transform a stream (maximum likelihood linear
regression, Leggetter & Woodland, 1995; for singing: Mesaros & Virtanen, 2010), then those of each phone by
what was heard of it (maximum a posteriori, Gauvain & Lee, 1994). A second search finds more. So the
phones of other languages and of held notes become those that this singer sings.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.sync.align.acoustics import AcousticModel
from storyboard.sync.align.cepstra import Floats
from storyboard.sync.align.trellis import Path, Trellis

_KEPT = 50.0  # frames of evidence that the transform has for staying as it is
_PRIOR = 20.0  # frames of evidence that a Gaussian has for its old mean; 5 to 100 do alike

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Occupancy:
    """How often each Gaussian was met, (codebooks, streams, 128), and the sum of what was met there."""

    counts: Doubles
    sums: Doubles


def occupancy(
    model: AcousticModel, sound: tuple[Floats, Floats, Floats], row: Trellis, path: Path
) -> Occupancy:
    """Count which Gaussians the words on a path have met."""
    senones = np.array(row.senones)[path.states]
    sung = np.flatnonzero(senones >= 0)
    codebooks = model.codebooks(senones[sung])
    counts, sums = np.zeros(model.means.shape[:3]), np.zeros(model.means.shape)
    for codebook in np.unique(codebooks):
        frames = sung[codebooks == codebook]
        weights = model.log_weights(senones[frames])
        for number, stream in enumerate(sound):
            fits = model.gaussians(stream[frames], int(codebook), number) + weights[number].T
            shares = np.exp(fits - fits.max(axis=1, keepdims=True))
            shares /= shares.sum(axis=1, keepdims=True)
            counts[codebook, number] = shares.sum(axis=0)
            sums[codebook, number] = shares.T @ stream[frames]
    return Occupancy(counts, sums)


def transformed(model: AcousticModel, met: Occupancy) -> AcousticModel:
    """Return the model with all means moved by one affine transform for each stream."""
    means = np.empty_like(model.means)
    n_codebooks, n_streams, n_gaussians, width = model.means.shape
    for stream in range(n_streams):
        old = model.means[:, stream].reshape(-1, width).astype(np.float64)
        extended = np.concatenate([old, np.ones((len(old), 1))], axis=1)
        counts, sums = met.counts[:, stream].reshape(-1), met.sums[:, stream].reshape(-1, width)
        precisions = 1 / model.variances[:, stream].reshape(-1, width).astype(np.float64)
        usual = counts @ extended**2 / max(1.0, counts.sum())
        for cepstrum in range(width):
            weights = counts * precisions[:, cepstrum]
            kept = np.maximum(usual, 1e-6) * _KEPT * np.median(precisions[:, cepstrum])
            left = (extended * weights[:, None]).T @ extended + np.diag(kept)
            right = extended.T @ (sums[:, cepstrum] * precisions[:, cepstrum])
            right[cepstrum] += kept[cepstrum]
            moved = extended @ np.linalg.solve(left, right)
            means[:, stream, :, cepstrum] = moved.reshape(n_codebooks, n_gaussians)
    return model.with_means(means)


def shifted(model: AcousticModel, met: Occupancy) -> AcousticModel:
    """Return the model with the mean of each Gaussian drawn to what was met there."""
    counts = met.counts[..., None]
    return model.with_means(np.asarray((_PRIOR * model.means + met.sums) / (_PRIOR + counts), np.float32))
