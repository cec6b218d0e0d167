"""The voice of a song: its recording in blocks, through the network, joined without a seam."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.schema.progress import OnFraction, ignore
from storyboard.sync.separation import spectrum
from storyboard.sync.separation.unet import VoiceNetwork
from storyboard.sync.separation.weights import Floats, read_weights

if TYPE_CHECKING:
    from soundfile import SoundFile

RATE_HZ = 16_000
"""The rate of the separated voice."""

_BLOCK_S, _OVERLAP_S = 13, 3  # whole seconds: at any rate a block begins and ends on a sample
_MARGIN_S = 1  # at both ends of a block, where the network lacks what comes before or after
_LEVEL = 10 ** (-18 / 20)  # of the songs that the network knows; a soft song, as it is, loses its voice
_SOFTEST = 1e-3  # of the loudest second's power; softer ones are pauses


def separate_voice(audio: Path, *, on_fraction: OnFraction = ignore) -> tuple[NDArray[np.float32], int]:
    """Return the singing voice of a recording, mono (n,), and its rate, 16 kHz.

    Any file that soundfile reads, of any rate, length and number of channels; memory grows only with
    the result. The same file gives the same samples.

    Args:
        audio: a recording of voice and instruments.
        on_fraction: told after each block how much of the song is done; may raise Cancelled.

    Raises:
        MediaError: the file cannot be read as sound.
        SystemRequirementError: the network's weights are missing or damaged.
    """
    import soundfile

    network = VoiceNetwork(read_weights())
    try:
        with soundfile.SoundFile(audio) as recording:
            n_samples, gain = _measured(recording)
        with soundfile.SoundFile(audio) as recording:
            return _joined(recording, n_samples, network, gain, on_fraction), RATE_HZ
    except (OSError, soundfile.LibsndfileError) as error:
        raise MediaError(
            f"cannot be read as sound ({error})",
            where=str(audio),
            hint="give an mp3, wav, flac or ogg file",
        ) from error


def _measured(recording: SoundFile) -> tuple[int, float]:
    """Return how many samples there are, whatever the header says, and the gain for the network.

    The gain brings the recording, pauses left out, to the level that the network knows.
    """
    n_samples, powers = 0, []
    for second in _seconds(recording):
        n_samples += len(second)
        powers.append(float(np.mean(second.astype(np.float64) ** 2)))
    loudest = max(powers, default=0.0)
    heard = [power for power in powers if power >= loudest * _SOFTEST]
    return n_samples, float(_LEVEL / np.sqrt(np.mean(heard))) if loudest else 1.0


def _joined(
    recording: SoundFile, n_samples: int, network: VoiceNetwork, gain: float, on_fraction: OnFraction
) -> Floats:
    """Return the voice of all blocks, each faded into the next where they overlap."""
    n_overlap, n_done = _OVERLAP_S * RATE_HZ, 0
    joined = np.zeros(-(-n_samples * RATE_HZ // recording.samplerate), np.float32)
    for block in _blocks(recording):
        voice = _voice_of(block, recording.samplerate, network, gain)
        if n_done:
            n_done -= n_overlap
            voice[:n_overlap] = _faded(joined[n_done : n_done + n_overlap], voice[:n_overlap])
        joined[n_done : n_done + len(voice)] = voice
        n_done += len(voice)
        on_fraction(n_done / len(joined))
    return joined


def _blocks(recording: SoundFile) -> Iterator[Floats]:
    """Read blocks (n, 2); each but the first begins with the last seconds of the one before."""
    n_block, n_overlap = (seconds * recording.samplerate for seconds in (_BLOCK_S, _OVERLAP_S))
    block, n_fresh = np.zeros((0, 2), np.float32), 0
    for second in _seconds(recording):
        block = np.concatenate([block, second])
        n_fresh += len(second)
        if len(block) >= n_block:
            yield block[:n_block]
            n_fresh = len(block) - n_block
            block = block[n_block - n_overlap :]
    if n_fresh:
        yield block


def _seconds(recording: SoundFile) -> Iterator[Floats]:
    """Read a second (n, 2) at a time, less where the file is damaged; only stereo keeps its channels."""
    while len(read := recording.read(recording.samplerate, dtype="float32", always_2d=True)):
        samples = np.nan_to_num(np.asarray(read, np.float32), posinf=0, neginf=0)
        if samples.shape[1] != 2:
            samples = np.repeat(samples.mean(axis=1, keepdims=True), 2, axis=1)
        yield samples


def _voice_of(block: Floats, rate_hz: int, network: VoiceNetwork, gain: float) -> Floats:
    """Return the voice of a block (n, 2), mono at 16 kHz."""
    n_samples = -(-len(block) * RATE_HZ // rate_hz)
    if not block.any():
        return np.zeros(n_samples, np.float32)
    sound = _at_rate(block, rate_hz, spectrum.RATE_HZ)
    bins = spectrum.analysed(sound)
    mask = network.mask(np.abs(bins) * np.float32(gain))
    voice = spectrum.sounded((bins * mask).mean(axis=0), len(sound))
    voice = _at_rate(voice, spectrum.RATE_HZ, RATE_HZ)[:n_samples]
    return np.pad(voice, (0, n_samples - len(voice)))


def _at_rate(sound: Floats, from_hz: int, to_hz: int) -> Floats:
    from scipy.signal import resample_poly

    common = int(np.gcd(from_hz, to_hz))
    return np.asarray(resample_poly(sound, to_hz // common, from_hz // common, axis=0), np.float32)


def _faded(ending: Floats, beginning: Floats) -> Floats:
    """Fade from the end of one block to the beginning of the next, both of the overlap's length."""
    margin, n = _MARGIN_S * RATE_HZ, _OVERLAP_S * RATE_HZ
    ramp = np.clip((np.arange(n, dtype=np.float32) - margin) / (n - 2 * margin), 0, 1)
    return np.asarray(ending + ramp * (beginning - ending), np.float32)
