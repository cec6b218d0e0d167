"""What the animatic costs: CPU milliseconds a frame at 1280x720, encoding included, for every kind of place.

python benchmarks/animatic.py [frames]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from storyboard.generators.seams import ShotSpec, VideoRequest
from storyboard.generators.video.animatic import Animatic
from storyboard.generators.video.animatic.settings import SETTINGS
from storyboard.schema.board import Look
from storyboard.schema.cast import Character, Garment, Hair
from storyboard.schema.progress import ignore
from storyboard.schema.scene import Scene

WEATHERS = ("clear", "rain", "snow", "fog")


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


def request_of(kind: str, index: int, n_frames: int) -> VideoRequest:
    people, quarter = cast(), n_frames // 4
    scene = {
        "id": "bench",
        "title": kind,
        "setting": kind,
        "characters": [person.name for person in people],
        "weather": WEATHERS[index % 4],
        "time_of_day": ("day", "night")[index % 2],
    }
    shots = [
        ShotSpec.model_validate({"first_frame": i * quarter, "n_frames": quarter, "framing": framing})
        for i, framing in enumerate(("wide", "medium", "close", "wide"))
    ]
    return VideoRequest(
        scene=Scene.model_validate(scene),
        scene_index=index,
        n_scenes=6,
        characters=people,
        look=Look(),
        seed=5,
        n_frames=quarter * 4,
        shots=shots,
        beats=list(range(0, n_frames, 12)),
        downbeats=list(range(0, n_frames, 48)),
        sung=[(start, start + 8) for start in range(0, n_frames, 16)],
    )


def main() -> None:
    n_frames = int(sys.argv[1]) if len(sys.argv) > 1 else 192
    costs = []
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "clip.mp4"
        for index, kind in enumerate(SETTINGS):
            request = request_of(kind, index, n_frames)
            start = time.process_time()
            Animatic().shoot(request, out, ignore)
            cost_ms = (time.process_time() - start) / request.n_frames * 1000
            rate = out.stat().st_size * 8 / (request.n_frames / request.look.fps) / 1e6
            costs.append(cost_ms)
            print(f"{kind:16s}{request.scene.weather:8s}{cost_ms:7.1f} ms/frame {rate:6.1f} Mbit/s")
    print(f"median {statistics.median(costs):.1f}, highest {max(costs):.1f} CPU ms a frame")


if __name__ == "__main__":
    main()
