"""What the words are looked for in, the best first: a voice alone, the middle of the picture, the mix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError, SystemRequirementError
from storyboard.schema.progress import OnFraction
from storyboard.schema.timeline import WordsFrom
from storyboard.sync.align.cepstra import RATE_HZ, Floats

_MASK_POWER = 2.0  # of 1, 2 and 3 the best on real songs
_NOISE = 1e-3  # without a floor of noise, digital silence and thin mixes fit no phone
_PEAK = 0.7
_WINDOW, _OVERLAP = 1024, 768
_BLOCK_S = 60  # masked at once, to bound memory


@dataclass(frozen=True)
class Foreground:
    """A sound to look for words in.

    Attributes:
        kind: what it is.
        samples: mono at 16 kHz, (n,).
    """

    kind: WordsFrom
    samples: Floats

    @property
    def is_alone(self) -> bool:
        """Whether it is a voice without instruments."""
        return self.kind in ("voice", "separated voice")


def foregrounds(audio: Path, is_voice: bool, on_fraction: OnFraction) -> Iterator[Foreground]:
    """Make what there is to look for words in, the best first, each when it is asked for.

    Of a voice alone only itself. Else the voice as separated by a network; what is mixed to the middle,
    where a lead voice is; and of a mono recording the mix.

    Raises:
        MediaError: the file cannot be read as sound.
    """
    if is_voice:
        yield Foreground("voice", mixed(audio).samples)
        return
    voice = _separated(audio, on_fraction)
    if voice is not None:
        yield Foreground("separated voice", _levelled(voice))
    left, right = _both_channels(audio)
    if np.array_equal(left, right):
        yield Foreground("mix", _levelled(left))
    else:
        yield Foreground("middle", _levelled(_middle(left, right)))
        if voice is None:
            yield mixed(audio)


def mixed(audio: Path) -> Foreground:
    """Return all that sounds in a recording.

    Raises:
        MediaError: the file cannot be read as sound.
    """
    left, right = _both_channels(audio)
    return Foreground("mix", _levelled(np.asarray((left + right) / 2, np.float32)))


def _separated(audio: Path, on_fraction: OnFraction) -> Floats | None:
    """Return the voice of a recording, or nothing where the network's weights are missing."""
    from storyboard.sync.separation import separate_voice

    try:
        return separate_voice(audio, on_fraction=on_fraction)[0]
    except SystemRequirementError:
        return None


def _levelled(sound: Floats) -> Floats:
    """Bring a sound to a common peak, above a floor of noise."""
    peak = float(np.abs(sound).max(initial=0.0))
    noise = np.random.default_rng(0).standard_normal(len(sound)).astype(np.float32)
    return np.asarray(sound * (_PEAK / max(peak, 1e-6)) + _NOISE * noise, np.float32)


def _both_channels(path: Path) -> tuple[Floats, Floats]:
    import soundfile
    from scipy.signal import resample_poly

    try:
        samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise MediaError(f"cannot be read as sound ({error})", where=str(path)) from error
    samples = samples[:, [0, -1]]
    if rate_hz != RATE_HZ:
        common = int(np.gcd(rate_hz, RATE_HZ))
        samples = resample_poly(samples, RATE_HZ // common, rate_hz // common, axis=0)
    left, right = np.nan_to_num(np.asarray(samples, np.float32)).T
    return left, right


def _middle(left: Floats, right: Floats) -> Floats:
    """Return what is mixed to the middle of a recording.

    Each moment and frequency is weighed by how alike left and right are (after Barry, Lawlor &
    Coyle, Sound Source Separation: Azimuth Discrimination and Resynthesis, 2004).
    """
    block = _BLOCK_S * RATE_HZ
    parts = [
        _middle_of(left[first : first + block], right[first : first + block])
        for first in range(0, len(left), block)
    ]
    return np.concatenate(parts) if parts else left


def _middle_of(left: Floats, right: Floats) -> Floats:
    from scipy.signal import istft, stft

    def spectrum(sound: Floats) -> NDArray[np.complex64]:
        padded = np.pad(sound, (0, max(0, _WINDOW - len(sound))))
        return np.asarray(stft(padded, RATE_HZ, nperseg=_WINDOW, noverlap=_OVERLAP)[2], np.complex64)

    a, b = spectrum(left), spectrum(right)
    alike = 1 - np.abs(a - b) / (np.abs(a) + np.abs(b) + 1e-9)
    mask = np.clip(alike, 0, 1) ** _MASK_POWER
    middle = istft((a + b) / 2 * mask, RATE_HZ, nperseg=_WINDOW, noverlap=_OVERLAP)[1]
    return np.asarray(middle[: len(left)], np.float32)
