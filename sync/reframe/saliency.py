"""What draws the eye in a picture: what moves by itself, what differs in colour, what stands out sharply.

Three maps are added. Movement is what is left of the optical flow after the camera's own, which is fitted as
a turn, shift and zoom. Colour contrast is global: how far a colour is from all others of the picture (Cheng
et al., Global Contrast Based Salient Region Detection, CVPR 2011). The third is the spectral residual (Hou
and Zhang, Saliency Detection: A Spectral Residual Approach, CVPR 2007).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from storyboard.sync.reframe.samples import Pair, Picture

Map = NDArray[np.float32]
_WEIGHTS = (0.25, 0.25, 1.0)
"""Of movement, colour and residual. On two drawn films (47 shots, heads marked by hand) a 9:16 window keeps
a head in view all the time, one in the middle 65 and 83 % of it. With more of movement, rain, fire and
waving arms mislead."""
_STILL = 0.06  # pixels between two pictures, below which movement is noise
_CENTRE = 0.6  # width of the preference for the middle, in parts of the picture
_EDGE = 0.5  # what is left of it at the edge, at least
_BINS = 6  # of each colour channel


def saliency(pair: Pair) -> Map:
    """Return how much each place of a picture draws the eye, summing to 1, shape (height, width)."""
    maps = (movement(pair.first, pair.second), colour_contrast(pair.second), spectral_residual(pair.second))
    total = sum(weight * _scaled(part) for weight, part in zip(_WEIGHTS, maps, strict=True))
    return _shares(np.asarray(total, np.float32) * _centre(*pair.second.shape[:2]))


def movement(first: Picture, second: Picture) -> Map:
    """Return the length of what moves beside the camera's movement, in pixels."""
    import cv2

    before, after = (cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) for picture in (first, second))
    flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST).calc(before, after, np.empty(0))
    moved = np.asarray(flow, np.float32)
    own = np.linalg.norm(moved - _of_the_camera(moved), axis=2)
    return _blurred(np.maximum(own - _STILL, 0).astype(np.float32), 3.0)


def _of_the_camera(flow: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the flow of a camera that shifts, turns and zooms: a fit that leaves out what deviates."""
    height, width = flow.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = (x - width / 2).ravel(), (y - height / 2).ravel()
    one, none = np.ones_like(x), np.zeros_like(x)
    basis = np.concatenate([np.stack([one, none, x, -y], 1), np.stack([none, one, y, x], 1)])
    target = np.concatenate([flow[..., 0].ravel(), flow[..., 1].ravel()])
    weight = np.ones_like(target)
    fitted = np.zeros_like(target)
    for _ in range(4):
        weighted = basis * weight[:, None]
        found = np.linalg.solve(weighted.T @ basis + 1e-6 * np.eye(4), weighted.T @ target)
        fitted = (basis @ found).astype(np.float32)
        off = np.hypot(*np.split(target - fitted, 2))
        weight = np.tile(1 / (1 + (off / (np.median(off) + 0.02)) ** 2), 2)
    return np.stack(np.split(fitted, 2), axis=1).reshape(flow.shape)


def colour_contrast(picture: Picture) -> Map:
    """Return how far each place's colour is from those of the whole picture."""
    import cv2

    lab = cv2.cvtColor(cv2.GaussianBlur(picture, (0, 0), 1.0), cv2.COLOR_BGR2LAB)
    bins = (lab.astype(np.int32) * _BINS) // 256
    index = (bins[..., 0] * _BINS + bins[..., 1]) * _BINS + bins[..., 2]
    _, inverse, counts = np.unique(index, return_inverse=True, return_counts=True)
    inverse = inverse.reshape(-1)
    means = np.stack(
        [np.bincount(inverse, lab[..., channel].reshape(-1)) / counts for channel in range(3)], axis=1
    )
    distances = np.linalg.norm(means[:, None] - means[None], axis=2)
    rarity = distances @ (counts / counts.sum())
    return _blurred(rarity[inverse].reshape(picture.shape[:2]).astype(np.float32), 2.0)


def spectral_residual(picture: Picture) -> Map:
    """Return where a picture differs from what its spectrum leads to expect."""
    import cv2

    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
    spectrum = np.fft.fft2(gray)
    log = np.log(np.abs(spectrum) + 1e-6).astype(np.float32)
    residual = log - cv2.blur(log, (3, 3), borderType=cv2.BORDER_REFLECT)
    back = np.abs(np.fft.ifft2(np.exp(residual + 1j * np.angle(spectrum)))) ** 2
    return _blurred(back.astype(np.float32), 3.0)


def _blurred(part: NDArray[np.float32], sigma: float) -> Map:
    import cv2

    return np.asarray(cv2.GaussianBlur(part, (0, 0), sigma), np.float32)


def _scaled(part: Map) -> Map:
    """Scale a map to 0 to 1, with what is spread everywhere taken off."""
    low, high = np.percentile(part, [40, 95])
    return np.asarray(np.clip((part - low) / max(high - low, 1e-6), 0, 1), np.float32)


def _centre(height: int, width: int) -> Map:
    y, x = np.mgrid[0:height, 0:width]
    far = ((x / (width - 1) - 0.5) ** 2 + ((y / (height - 1) - 0.5) / 1.5) ** 2) / (2 * _CENTRE**2 / 4)
    return np.asarray(_EDGE + (1 - _EDGE) * np.exp(-far), np.float32)


def _shares(total: Map) -> Map:
    return np.asarray(total / max(float(total.sum()), 1e-6), np.float32)
