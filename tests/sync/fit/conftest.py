"""Clips whose movement is known exactly: a ball that bounces at given times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import av
import numpy as np
import pytest

WriteBall = Callable[..., Path]


@pytest.fixture(scope="session")
def write_ball(tmp_path_factory: pytest.TempPathFactory) -> WriteBall:
    """Return a function that writes a clip in which a ball hits the ground at given times."""

    def write(hits_s: Sequence[float], length_s: float, fps: int = 24, black_s: float = 0.0) -> Path:
        path = tmp_path_factory.mktemp("ball") / "ball.mp4"
        texture = np.random.default_rng(0).integers(90, 255, (28, 28), np.uint8)
        ground = np.random.default_rng(1).integers(20, 60, (120, 160), np.uint8)
        with av.open(str(path), "w") as container:
            stream = container.add_stream("libx264", rate=fps, options={"crf": "12", "preset": "ultrafast"})
            stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
            for index in range(round(length_s * fps)):
                time_s = index / fps
                away_s = min((abs(time_s - hit) for hit in hits_s), default=time_s)
                top = round(86 - min(80.0, 160 * away_s))
                picture = ground.copy()
                picture[top : top + 28, 66:94] = texture
                if time_s < black_s:
                    picture[:] = 0
                frame = av.VideoFrame.from_ndarray(np.repeat(picture[..., None], 3, axis=2), format="rgb24")
                for packet in stream.encode(frame):
                    container.mux(packet)
            for packet in stream.encode():
                container.mux(packet)
        return path

    return write
