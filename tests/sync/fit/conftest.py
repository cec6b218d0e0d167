"""Clips whose movement is known exactly, and clips as phones, cameras and models deliver them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest

WriteBall = Callable[..., Path]
Delivered = Callable[..., Path]
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "12", "-pix_fmt", "yuv420p")


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


@pytest.fixture(scope="session")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Delivered:
    """Return a function that has ffmpeg write a clip of a moving test picture, each kind once."""
    folder, made = tmp_path_factory.mktemp("delivered"), dict[tuple[object, ...], Path]()

    def deliver(
        name: str, *options: str, fps: str = "24", size: str = "160x120", length_s: float = 2.0
    ) -> Path:
        key = (name, options, fps, size, length_s)
        if key not in made:
            made[key] = folder / f"{len(made)}-{name}"
            source = ("-f", "lavfi", "-i", f"testsrc2=s={size}:r={fps}:d={length_s}")
            ffmpeg(*source, *(options or X264), str(made[key]))
        return made[key]

    return deliver


def ffmpeg(*arguments: str) -> None:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", *arguments]
    subprocess.run(command, check=True)


@pytest.fixture(scope="session")
def turned(delivered: Delivered, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Return a function that gives a clip a matrix which turns it by so many degrees when shown."""
    folder = tmp_path_factory.mktemp("turned")

    def turn(degrees: int) -> Path:
        path = folder / f"{degrees}.mp4"
        ffmpeg("-display_rotation", str(degrees), "-i", str(delivered("plain.mp4")), "-c", "copy", str(path))
        return path

    return turn


@pytest.fixture(scope="session")
def cut_off(delivered: Delivered, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clip whose index is whole, and whose last third is missing."""
    whole = delivered("index-first.mp4", *X264, "-movflags", "+faststart").read_bytes()
    path = tmp_path_factory.mktemp("cut") / "cut-off.mp4"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    return path
