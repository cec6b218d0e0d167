"""What the animatic costs, for every kind of place, in every look and for a whole film.

    python benchmarks/animatic.py [--frames 192] [--places stage,park] [--film 2]

For each place at 1280x720 and 24 frames a second: CPU milliseconds a frame to draw, to encode and together,
and the frames a second that one core makes of that. For each look the same over a few places. For a film of
six scenes: frames a second with one worker process and with more, beside the bounds (drawing alone, encoding
alone), and the most memory that a worker took.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.seams import ShotSpec, VideoRequest
from storyboard.generators.video.animatic.film import Film
from storyboard.generators.video.animatic.looks import LOOKS
from storyboard.generators.video.animatic.reel import scenery_of
from storyboard.generators.video.animatic.settings import SETTINGS
from storyboard.generators.video.encode import encoding
from storyboard.schema.board import Look
from storyboard.schema.cast import Character, Garment, Hair
from storyboard.schema.scene import Scene

WEATHERS = ("clear", "rain", "snow", "fog")
HOURS = ("day", "night", "golden hour", "dusk")
FILM = ("bedroom", "café", "street", "rooftop", "stage", "beach")
N_FILM_FRAMES = 48
"""Frames of each scene of the film."""


@dataclass(frozen=True)
class Cost:
    """CPU milliseconds a frame."""

    draw_ms: float
    encode_ms: float

    @property
    def total_ms(self) -> float:
        """Of drawing and encoding."""
        return self.draw_ms + self.encode_ms

    def __str__(self) -> str:
        """Return a line of a table."""
        return (
            f"draw {self.draw_ms:5.1f}  encode {self.encode_ms:5.1f}  both {self.total_ms:5.1f} ms a frame, "
            f"{1000 / self.total_ms:5.1f} frames/s a core"
        )


def cast() -> list[Character]:
    return [
        Character(
            name=name,
            gender=gender,
            age=26,
            hair=Hair(color=hair, length="medium"),
            eyes="brown",
            clothing=[Garment(item="jacket", color=colour), Garment(item="jeans", color="navy")],
        )
        for name, gender, hair, colour in (
            ("Ana", "woman", "red", "yellow"),
            ("Ben", "man", "black", "green"),
        )
    ]


def request_of(kind: str, index: int, n_frames: int, style: str = "") -> VideoRequest:
    people, quarter = cast(), n_frames // 4
    scene = {
        "id": "bench",
        "title": kind,
        "setting": kind,
        "characters": [person.name for person in people],
        "weather": WEATHERS[index % 4],
        "time_of_day": HOURS[index % 4],
    }
    shots = [
        ShotSpec.model_validate({"first_frame": i * quarter, "n_frames": quarter, "framing": framing})
        for i, framing in enumerate(("wide", "medium", "close", "wide"))
    ]
    return VideoRequest(
        scene=Scene.model_validate(scene),
        scene_index=index % 6,
        n_scenes=6,
        characters=people,
        look=Look(style=style),
        seed=5,
        n_frames=quarter * 4,
        shots=shots,
        beats=list(range(0, n_frames, 12)),
        downbeats=list(range(0, n_frames, 48)),
        sung=[(start, start + 8) for start in range(0, n_frames, 16)],
    )


def drawn(request: VideoRequest) -> Iterator[NDArray[np.uint8]]:
    for planes, _ in Film(request, scenery_of(request)).frames():
        yield planes


def cost_of(request: VideoRequest, out: Path) -> Cost:
    """Draw and encode a clip, and tell the two apart."""
    width, height = request.look.size
    drawing = encode = 0.0
    with encoding(out, width, height, request.look.fps) as encoder:
        frames = drawn(request)
        while True:
            start = time.process_time()
            planes = next(frames, None)
            drawing += time.process_time() - start
            if planes is None:
                break
            start = time.process_time()
            encoder.write(planes, keyframe=encoder.n_frames == 0)
            encode += time.process_time() - start
    return Cost(drawing / request.n_frames * 1000, encode / request.n_frames * 1000)


def places(names: list[str], n_frames: int, out: Path) -> None:
    costs = []
    for index, kind in enumerate(names):
        request = request_of(kind, index, n_frames)
        costs.append(cost_of(request, out))
        rate = out.stat().st_size * 8 / (request.n_frames / request.look.fps) / 1e6
        print(f"{kind:18s}{request.scene.weather:8s}{costs[-1]}, {rate:4.1f} Mbit/s", flush=True)
    total = [cost.total_ms for cost in costs]
    print(f"median {statistics.median(total):.1f}, highest {max(total):.1f} CPU ms a frame")


def looks(n_frames: int, out: Path) -> None:
    for name in LOOKS:
        each = [cost_of(request_of(kind, index, n_frames, name), out) for index, kind in enumerate(FILM[1:5])]
        mean = Cost(
            statistics.mean(cost.draw_ms for cost in each), statistics.mean(cost.encode_ms for cost in each)
        )
        print(f"{name:24s}{mean}", flush=True)


def film(n_processes: int) -> None:
    """Shoot six scenes with one process and with more; the lone draw and encode bound what is possible."""
    for mode, processes in (("encode", 1), ("draw", 1), *(("film", n) for n in range(1, n_processes + 1))):
        start = time.monotonic()
        waiting, running, peak_mb = list(range(len(FILM))), [], 0.0
        while waiting or running:
            while waiting and len(running) < processes:
                command = [sys.executable, __file__, "--worker", f"{mode}:{waiting.pop(0)}"]
                running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
            done = running.pop(0)
            peak_mb = max(peak_mb, float(done.communicate()[0]))
        wall_s = time.monotonic() - start
        rate = len(FILM) * N_FILM_FRAMES / wall_s
        print(
            f"{mode:8s}{processes} processes {rate:6.1f} frames/s, {rate / 24:4.2f} x 24 fps, "
            f"a worker took {peak_mb:.0f} MB at most",
            flush=True,
        )


def worker(task: str) -> None:
    """Do one scene of the film, wholly or in part, and print the most memory taken, in MB."""
    mode, index = task.split(":")
    request = request_of(FILM[int(index)], int(index), N_FILM_FRAMES)
    with tempfile.TemporaryDirectory() as folder:
        if mode == "film":
            cost_of(request, Path(folder) / "clip.mp4")
        elif mode == "draw":
            for _ in drawn(request):
                pass
        else:
            still = next(drawn(request)).copy()
            with encoding(Path(folder) / "clip.mp4", *request.look.size, request.look.fps) as encoder:
                for shift in range(request.n_frames):
                    encoder.write(np.roll(still, shift * 2, axis=1), keyframe=shift == 0)
    print(peak_mb())


def peak_mb() -> float:
    """Return the most memory this process took, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage's figure is inherited from the parent on Linux
        line = next(each for each in status.read_text().splitlines() if each.startswith("VmHWM"))
        return float(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--frames", type=int, default=192, help="of each clip")
    parser.add_argument("--places", default="", help="by commas; empty: all")
    parser.add_argument("--film", type=int, default=2, help="worker processes of the film, at most")
    parser.add_argument("--worker", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    import cv2

    cv2.setNumThreads(1)
    if options.worker:
        worker(options.worker)
        return
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "clip.mp4"
        places(options.places.split(",") if options.places else list(SETTINGS), options.frames, out)
        looks(options.frames, out)
    film(options.film)


if __name__ == "__main__":
    main()
