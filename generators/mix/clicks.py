"""Clicks: places where a recording jumps, as a bad join or a torn buffer makes it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_ORDER = 24
_FRAME_S = 0.04
_WINDOW_S = 0.00025
_NEAR_S, _FAR_S = 0.00025, 0.03  # what lies this far on either side is compared: a period of the lowest bass
_ABOVE_DB = 12.0
_STRUCK, _JUMP = 3.0, 0.5
_AUDIBLE = 0.004  # of full scale, the smallest surprise that counts


def click_times_s(samples: NDArray[np.floating], rate_hz: int) -> NDArray[np.float64]:
    """Find clicks: samples that what came before them does not lead to, alone among their neighbours.

    Each sample is predicted from the 24 before it, by linear prediction over 40 ms (Godsill and Rayner,
    Digital Audio Restoration, chapter 5). Where the error stands out from that of the milliseconds just
    before and just after, the recording jumps; the attack of an instrument stays unpredictable longer.

    Args:
        samples: shape (n,) or (n, channels), full scale 1.
        rate_hz: samples a second.

    Returns:
        Time of every click in seconds, rising.
    """
    channels = np.atleast_2d(np.asarray(samples, np.float64).T)
    found = sorted(moment for channel in channels for moment in _in_channel(channel, rate_hz).tolist())
    times_s: list[float] = []
    for moment in found:
        if not times_s or moment - times_s[-1] > _FAR_S:
            times_s.append(moment)
    return np.array(times_s)


def _in_channel(channel: NDArray[np.float64], rate_hz: int) -> NDArray[np.float64]:
    from scipy.ndimage import maximum_filter1d

    window, near, far = (round(time_s * rate_hz) for time_s in (_WINDOW_S, _NEAR_S, _FAR_S))
    frame = round(_FRAME_S * rate_hz)
    if len(channel) < 2 * frame:
        return np.zeros(0)
    # An attack at the end of a frame surprises its predictor, but not that of the frame half a step on.
    error = np.minimum(*(np.abs(_surprise(channel, frame, offset)) for offset in (0, frame // 2)))
    peaks = maximum_filter1d(error, window)
    reach, middle = far - near, (near + far) // 2
    around = maximum_filter1d(error, reach)
    padded = np.pad(around, middle, mode="edge")
    neighbours = np.maximum(padded[: len(error)], padded[2 * middle :])
    stands_out = (error == peaks) & (error > _AUDIBLE) & (error > neighbours * 10 ** (_ABOVE_DB / 20))
    places = [
        place
        for place in np.flatnonzero(stands_out).tolist()
        if not _strikes(channel, error, place, window, far)
    ]
    return np.array(places, np.float64) / rate_hz


def _strikes(
    channel: NDArray[np.float64], error: NDArray[np.float64], place: int, window: int, reach: int
) -> bool:
    """Return whether a much louder sound begins here, and with less of a jump than it swings later."""
    before = np.abs(channel[max(0, place - reach) : max(1, place - window)]).max()
    after = np.abs(channel[place + window : place + reach]).max(initial=0)
    return bool(after > _STRUCK * before and error[place] < _JUMP * after)


def _surprise(channel: NDArray[np.float64], frame: int, offset: int) -> NDArray[np.float64]:
    """Return the error of predicting each sample from those before it, in frames from an offset on."""
    from scipy.linalg import solve_toeplitz
    from scipy.signal import lfilter

    error = np.zeros(len(channel))
    bell = np.hanning(2 * frame)
    for start in range(offset, len(channel) - frame // 2, frame):
        wide = channel[max(0, start - frame // 2) : start + frame + frame // 2]
        spectrum = np.abs(np.fft.rfft(wide * bell[: len(wide)], 4 * frame)) ** 2
        correlation = np.fft.irfft(spectrum)[: _ORDER + 1]
        correlation[0] = correlation[0] * 1.0001 + 1e-9
        weights = solve_toeplitz(correlation[:-1], correlation[1:])
        lead = min(start, _ORDER)
        part = channel[start - lead : start + frame]
        error[start : start + frame] = lfilter(np.concatenate([[1.0], -weights]), 1.0, part)[lead:]
    error[: max(offset, _ORDER)] = 0
    return error
