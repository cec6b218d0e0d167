"""The acoustic model that pocketsphinx brings, read from its files: how well a sound fits a phone.

A phone has three states. Each state in each context of neighbouring phones shares a senone: weights
over the 128 Gaussians of its phone's codebook, in three independent streams (Huang & Jack,
Semi-continuous hidden Markov models, 1989). The scores are taken in full and handed to a search of
our own, because the recogniser's beams lose the path of a song.
"""

from __future__ import annotations

import copy
import functools
import math
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import SystemRequirementError
from storyboard.sync.align.cepstra import Floats

Position = int
"""Where a phone is in its word: INSIDE, FIRST, LAST or ONLY."""
INSIDE, FIRST, LAST, ONLY = range(4)
SILENCE = "SIL"
_NOISES = ("+NSN+", "+SPN+")
N_STATES = 3
_WEIGHT_STEP = 1024 * math.log(1.0001)  # of the model's 8-bit log weights
_VARIANCE_FLOOR = 1e-4
_PLACES = np.array([64**3, 64**2, 64, 1])  # pack position, phone, left and right into one number
_PHONE_RECORD = np.dtype([("sequence", "<i4"), ("transitions", "<i4"), ("context", "u1", 4)])


@functools.cache
def acoustic_model() -> AcousticModel:
    """Return the English model of the installed pocketsphinx.

    Raises:
        SystemRequirementError: its files are missing or not those of that model.
    """
    from pocketsphinx import get_model_path

    folder = Path(get_model_path(), "en-us", "en-us")
    try:
        return AcousticModel(folder)
    except (OSError, ValueError, struct.error, IndexError) as error:
        raise SystemRequirementError(
            f"the acoustic model cannot be read ({error})",
            where=str(folder),
            hint='pip install --force-reinstall "pocketsphinx>=5.1"',
        ) from error


class AcousticModel:
    """Gaussians, weights and the table of phones in context.

    Attributes:
        phones: the names of the phones, silence and noises among them.
        spread: standard deviation of speech in each cepstrum, (13,).
        means: of the Gaussians, (codebooks, streams, 128, 13).
        variances: likewise.
    """

    def __init__(self, folder: Path) -> None:
        self.means = _parameters(folder / "means")
        self.variances = np.maximum(_parameters(folder / "variances"), _VARIANCE_FLOOR)
        self._weights = _weights(folder / "sendump")
        self.phones, records, self._sequences = _definition(folder / "mdef")
        self._index = {phone: index for index, phone in enumerate(self.phones)}
        self._sequence_of = records["sequence"]
        contexts = records["context"][len(self.phones) :]
        keys = contexts.astype(np.int64) @ _PLACES
        self._order = np.argsort(keys)
        self._keys = keys[self._order]
        self._codebook = self._codebooks_of(records)
        self.spread = self._spoken_spread()

    def senones(self, phone: str, left: str, right: str, position: Position) -> tuple[int, int, int]:
        """Return the senones of a phone's three states between two others, or out of context."""
        context = [position, self._index[phone], self._index[left], self._index[right]]
        key = np.array(context, np.int64) @ _PLACES
        place = int(np.searchsorted(self._keys, key))
        known = place < len(self._keys) and self._keys[place] == key
        record = len(self.phones) + int(self._order[place]) if known else self._index[phone]
        first, second, third = self._sequences[self._sequence_of[record]].tolist()
        return first, second, third

    def with_means(self, means: Floats) -> AcousticModel:
        """Return the same model with other means."""
        model = copy.copy(self)
        model.means = means
        return model

    @property
    def plain_senones(self) -> NDArray[np.int64]:
        """The senones of all phones out of context, three a phone."""
        return np.arange(N_STATES * len(self.phones))

    def background(self, plain: Floats) -> tuple[Floats, Floats]:
        """Return log-likelihoods (n_frames,) of the likeliest phone, and of silence or noise.

        Args:
            plain: the scores of `plain_senones`, (n_frames, n).
        """
        scores = plain.reshape(len(plain), -1, N_STATES).max(axis=2)
        unspoken = [self._index[name] for name in (SILENCE, *_NOISES)]
        spoken = np.setdiff1d(np.arange(len(self.phones)), unspoken)
        return scores[:, spoken].max(axis=1), scores[:, unspoken].max(axis=1)

    def codebooks(self, senones: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the codebook, that is the number of the phone, of each senone."""
        return self._codebook[senones]

    def log_weights(self, senones: NDArray[np.int64]) -> Floats:
        """Return the log weights of the Gaussians, (streams, 128, n_senones)."""
        return self._weights[:, :, senones].astype(np.float32) * np.float32(-_WEIGHT_STEP)

    def scores(self, sound: tuple[Floats, Floats, Floats], senones: NDArray[np.int64]) -> Floats:
        """Return log-likelihoods (n_frames, n_senones) of a sound's three streams."""
        out = np.zeros((len(sound[0]), len(senones)), np.float32)
        weights = np.exp(self.log_weights(senones))
        codebooks = self._codebook[senones]
        for codebook in np.unique(codebooks):
            columns = np.flatnonzero(codebooks == codebook)
            for number, stream in enumerate(sound):
                fits = self.gaussians(stream, int(codebook), number)
                best = fits.max(axis=1, keepdims=True)
                mixed = np.exp(fits - best) @ weights[number][:, columns]
                out[:, columns] += best + np.log(mixed + np.float32(1e-30))
        return out

    def gaussians(self, stream: Floats, codebook: int, number: int) -> Floats:
        """Return the log density (n_frames, 128) of each Gaussian of a codebook in one stream."""
        means, variances = self.means[codebook, number], self.variances[codebook, number]
        precisions = 1 / variances
        constant = (means**2 * precisions + np.log(2 * np.pi * variances)).sum(axis=1)
        squares = stream**2 @ precisions.T - 2 * (stream @ (means * precisions).T)
        return np.asarray(-0.5 * (squares + constant), np.float32)

    def _codebooks_of(self, records: NDArray[np.void]) -> NDArray[np.int64]:
        """Return the codebook of every senone: that of the phone it belongs to."""
        phone = np.arange(len(records))
        in_context = phone >= len(self.phones)
        phone[in_context] = records["context"][in_context, 1]
        codebook = np.zeros(self._weights.shape[2], np.int64)
        for state in range(N_STATES):
            codebook[self._sequences[self._sequence_of, state]] = phone
        return codebook

    def _spoken_spread(self) -> Floats:
        """Return how far the model expects each cepstrum to vary over all spoken phones."""
        first, second = [], []
        for phone, name in enumerate(self.phones):
            if name in (SILENCE, *_NOISES):
                continue
            for state in range(N_STATES):
                weights = np.exp(-self._weights[0][:, N_STATES * phone + state] * _WEIGHT_STEP)
                weights /= weights.sum()
                means, variances = self.means[phone, 0], self.variances[phone, 0]
                first.append(weights @ means)
                second.append(weights @ (variances + means**2))
        return np.asarray(np.sqrt(np.mean(second, axis=0) - np.mean(first, axis=0) ** 2), np.float32)


def _parameters(path: Path) -> Floats:
    """Read means or variances: (codebooks, streams, Gaussians, cepstra)."""
    content = path.read_bytes()
    at = content.index(b"endhdr\n") + len(b"endhdr\n") + 4  # and the byte order mark
    codebooks, n_streams, gaussians = struct.unpack_from("<3i", content, at)
    widths = struct.unpack_from(f"<{n_streams}i", content, at + 12)
    values = np.frombuffer(content, "<f4", codebooks * gaussians * sum(widths), at + 16 + 4 * n_streams)
    return values.reshape(codebooks, n_streams, gaussians, widths[0])


def _weights(path: Path) -> NDArray[np.uint8]:
    """Read the mixture weights, negative logs in 8 bits: (streams, Gaussians, senones)."""
    content, at = path.read_bytes(), 0
    while length := struct.unpack_from("<i", content, at)[0]:
        at += 4 + length
    gaussians, n_senones = struct.unpack_from("<2i", content, at + 4)
    return np.frombuffer(content, np.uint8, 3 * gaussians * n_senones, at + 12).reshape(3, gaussians, -1)


def _definition(path: Path) -> tuple[list[str], NDArray[np.void], NDArray[np.uint16]]:
    """Read the phones, a record of each phone in context, and the senones of each sequence."""
    content = path.read_bytes()
    if content[:4] != b"BMDF":
        raise ValueError(f"{path.name} is no binary model definition")
    at = 12 + struct.unpack_from("<i", content, 8)[0]
    n_phones, n_records, _, _, _, _, n_sequences, _, n_tree, _ = struct.unpack_from("<10i", content, at)
    names_at = at = at + 40
    phones = []
    for _ in range(n_phones):
        end = content.index(b"\0", at)
        phones.append(content[at:end].decode())
        at = end + 1
    at += -(at - names_at) % 4 + 8 * n_tree
    records = np.frombuffer(content, _PHONE_RECORD, n_records, at)
    at += _PHONE_RECORD.itemsize * n_records + 4
    return phones, records, np.frombuffer(content, "<u2", N_STATES * n_sequences, at).reshape(-1, N_STATES)
