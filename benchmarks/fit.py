"""Clips whose accents are known, fitted to music that they were not made for: python benchmarks/fit.py.

Prints a row a clip: how many accents were planted, how well the visual beats found match them (within
70 ms), the share of planted accents on a beat of the music before and after fitting, the largest stretch
used, and CPU seconds a minute of clip for measuring its movement. Then what slow motion costs and how
near it comes to frames held out, beside ffmpeg's minterpolate, and what fitting costs a minute of film.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path

import av
import cv2
import numpy as np
from animatic import request_of
from av.filter import Graph
from av.video.format import VideoFormat
from numpy.typing import NDArray

from storyboard.generators.video.animatic import Animatic
from storyboard.schema.progress import ignore
from storyboard.sync.fit.between import Between
from storyboard.sync.fit.conform import Conforming, conform
from storyboard.sync.fit.motion import motion_and_timing
from storyboard.sync.fit.scene import fit_scene
from storyboard.sync.fit.slot import Slot
from storyboard.sync.fit.warp import NEAR_S

Pixels = NDArray[np.uint8]
FPS, SIZE, CLIP_S = 24, (640, 360), 14.0
SLOTS_S = (3.5, 2.5, 4.0, 2.0)
BEAT_S = 60 / 112  # of the music
ROW = "{:34}{:>8}{:>11}{:>8}{:>11}{:>9}{:>8}{:>10}{:>9}"
HEAD = ("clip", "planted", "precision", "recall", "error ms", "before", "after", "stretch", "CPU/min")


def main() -> None:
    cv2.setNumThreads(1)
    print(ROW.format(*HEAD))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, (draw, accents_s) in clips().items():
            path = folder / "clip.mp4"
            write(path, (draw(index / FPS) for index in range(round(CLIP_S * FPS))))
            row(title, path, accents_s)
        dance, accents_s = dancer(folder / "dance.mp4")
        row("animatic, dancing off the beat", dance, accents_s)
        slow_motion(dance)
        film_minute(dance, folder / "fitted.mp4")


def row(title: str, path: Path, accents_s: list[float]) -> None:
    """Print what was found in a clip, and what fitting made of it."""
    start = time.process_time()
    motion, _ = motion_and_timing(path)
    cpu_s = (time.process_time() - start) * 60 / motion.duration_s
    errors = [min(abs(found - accent) for accent in accents_s) for found in motion.beats_s]
    near = [min(abs(motion.beats_s - accent), default=9.0) for accent in accents_s]
    matched = [error for error in near if error <= NEAR_S]
    ends_s = np.cumsum((0.0, *SLOTS_S))
    music_s = np.arange(0.2, ends_s[-1], BEAT_S)
    slots = [
        Slot(end - first, tuple(float(t - first) for t in music_s if first <= t < end))
        for first, end in pairwise(ends_s)
    ]
    fits = fit_scene(motion, slots)
    after = hits([found.anchors for found in fits], accents_s, slots)
    plain = [[(0.0, first), (end - first, end)] for first, end in pairwise(ends_s)]
    stretch = max(
        max(slope, 1 / slope)
        for found in fits
        for slope in ((b[1] - a[1]) / (b[0] - a[0]) / found.speed for a, b in pairwise(found.anchors))
    )
    print(
        ROW.format(
            title,
            len(accents_s),
            f"{np.mean(np.array(errors or [9.0]) <= NEAR_S):.2f}",
            f"{len(matched) / len(accents_s):.2f}",
            f"{1000 * np.median(matched or [9.0]):.0f}",
            f"{hits(plain, accents_s, slots):.2f}",
            f"{after:.2f}",
            f"{stretch:.2f}",
            f"{cpu_s:.1f}",
        )
    )


def hits(shots: list[list[tuple[float, float]]], accents_s: list[float], slots: list[Slot]) -> float:
    """Return the share of the planted accents shown that fall on a beat of the music."""
    shown = on_beat = 0
    for anchors, slot in zip(shots, slots, strict=True):
        times_s, clip_s = np.array(anchors).T
        for accent in accents_s:
            if clip_s[0] < accent < clip_s[-1]:
                at_s = float(np.interp(accent, clip_s, times_s))
                shown += 1
                on_beat += min(abs(at_s - beat) for beat in slot.music_s) <= NEAR_S
    return on_beat / max(1, shown)


def clips() -> dict[str, tuple[Callable[[float], Pixels], list[float]]]:
    """Return clips by name: what each shows at a moment, and when its accents are."""
    hops = accents(np.random.default_rng(11), 0.45, 0.95)
    steps = accents(np.random.default_rng(12), 0.45, 0.8)
    swing_s = 0.62
    swings = [swing_s * count for count in range(1, int(CLIP_S / swing_s))]
    return {
        "ball that bounces": (lambda t: ball(t, hops), hops),
        "the same, hand-held, with grain": (lambda t: shaken(ball(t, hops), t), hops),
        "pendulum": (lambda t: pendulum(t, swing_s), swings),
        "pan in steps": (lambda t: pan(t, steps), steps),
        "pan in steps, with grain": (lambda t: shaken(pan(t, steps), t, 0.0), steps),
        "ball before a steady pan": (lambda t: ball(t, hops, 60.0), hops),
    }


def accents(rng: np.random.Generator, shortest_s: float, longest_s: float) -> list[float]:
    times = np.cumsum(rng.uniform(shortest_s, longest_s, round(CLIP_S / shortest_s)))
    return [float(each) for each in times if each < CLIP_S - 0.3]


def texture(seed: int, height: int, width: int, low: int, high: int) -> Pixels:
    """Return paint with detail at several sizes."""
    rng = np.random.default_rng(seed)
    coarse = [rng.random((max(2, height // cell), max(2, width // cell))) for cell in (4, 12, 40)]
    layers = [cv2.resize(each, (width, height), interpolation=cv2.INTER_LINEAR) for each in coarse]
    return np.asarray(low + (high - low) * sum(layers) / 3, np.uint8)


GROUND = texture(0, SIZE[1], SIZE[0] * 4, 20, 110)
BODY = texture(1, 96, 96, 120, 250)


def placed(scene: Pixels, x: float, y: float) -> Pixels:
    """Return a picture with the body in it, to a part of a pixel."""
    shift = np.array([[1, 0, x], [0, 1, y]], np.float32)
    body = cv2.warpAffine(BODY, shift, SIZE)
    mask = cv2.warpAffine(np.full_like(BODY, 255), shift, SIZE).astype(np.float32) / 255
    return np.asarray(scene * (1 - mask) + body * mask, np.uint8)


def ground(x: float) -> Pixels:
    shift = np.array([[1, 0, -(x % (3 * SIZE[0]))], [0, 1, 0]], np.float32)
    return np.asarray(cv2.warpAffine(GROUND, shift, SIZE), np.uint8)


def ball(time_s: float, hops: list[float], pan_px_s: float = 0.0) -> Pixels:
    """A ball that falls and rises between its hits, thrown higher where they are further apart."""
    edges = [0.0, *hops, CLIP_S]
    before = max(edge for edge in edges if edge <= time_s)
    after = min(edge for edge in edges if edge > time_s)
    height = 900 * (time_s - before) * (after - time_s)
    return placed(ground(pan_px_s * time_s), 270, SIZE[1] - 110 - height)


def pendulum(time_s: float, swing_s: float) -> Pixels:
    angle = 0.7 * math.cos(math.pi * time_s / swing_s)
    return placed(ground(0), 270 + 260 * math.sin(angle), 260 * math.cos(angle) - 60)


def pan(time_s: float, steps: list[float]) -> Pixels:
    """A camera that sweeps on and stops dead at every accent, after a quarter of a second of moving."""
    moved = sum(min(1.0, max(0.0, (time_s - (step - 0.25)) / 0.25)) ** 1.5 for step in steps)
    return ground(80 * moved)


def shaken(picture: Pixels, time_s: float, px: float = 3.0) -> Pixels:
    x, y = px * math.sin(7.1 * time_s) * math.sin(2.3 * time_s), px * math.cos(5.3 * time_s)
    moved = cv2.warpAffine(picture, np.array([[1, 0, x], [0, 1, y]], np.float32), SIZE, borderMode=1)
    grain = np.random.default_rng(round(time_s * FPS)).normal(0, 6, moved.shape)
    return np.asarray(np.clip(moved + grain, 0, 255), np.uint8)


def write(path: Path, pictures: Iterator[Pixels]) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"crf": "20", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for picture in pictures:
            frame = av.VideoFrame.from_ndarray(np.repeat(picture[..., None], 3, axis=2), format="rgb24")
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)


def dancer(path: Path) -> tuple[Path, list[float]]:
    """Shoot figures that dance at 97 beats a minute."""
    request = request_of("club", 0, round(CLIP_S * FPS))
    beats = [round(beat * FPS * 60 / 97) for beat in range(1, 40)]
    beats = [beat for beat in beats if beat < request.n_frames]
    scene = request.scene.model_copy(update={"kind": "performance", "actions": "Ana and Ben dance"})
    look = request.look.model_copy(update={"height": 720})
    shots = [request.shots[0].model_copy(update={"n_frames": request.n_frames})]
    changes = {"scene": scene, "beats": beats, "downbeats": beats[::4], "look": look, "shots": shots}
    Animatic().shoot(request.model_copy(update=changes), path, ignore)
    return path, [beat / FPS for beat in beats]


def slow_motion(clip: Path) -> None:
    """Print how near made-up pictures come to every second frame of a clip, and what one costs."""
    with av.open(str(clip)) as container:
        frames = [np.asarray(frame.to_ndarray(), np.uint8) for frame in islice(container.decode(video=0), 49)]
    held_out = frames[1::2]
    print("\nslow motion at 1280x720: PSNR to frames held out, CPU ms for each made up")
    for way in ("flow", "blend"):
        between, start = Between(way), time.process_time()  # type: ignore[arg-type]
        made = [between.picture(a, b, 0.5) for a, b in pairwise(frames[::2])]
        report(way, made, held_out, time.process_time() - start)
    start = time.process_time()
    made = minterpolated(frames[::2])
    report("minterpolate", made[1::2], held_out, (time.process_time() - start) / 2)


def report(way: str, made: list[Pixels], held_out: list[Pixels], cpu_s: float) -> None:
    pairs = list(zip(made, held_out, strict=False))
    squares = [np.mean((a.astype(float) - b) ** 2) for a, b in pairs]
    psnr_db = 10 * math.log10(255**2 / np.mean(squares))
    print(f"{way:>14}  {psnr_db:.2f} dB  {1000 * cpu_s / len(pairs):.0f} ms")


def minterpolated(frames: list[Pixels]) -> list[Pixels]:
    """Return frames at twice their rate, as ffmpeg's filter makes them up."""
    height, width = frames[0].shape[0] * 2 // 3, frames[0].shape[1]
    graph = Graph()
    source = graph.add_buffer(
        width=width, height=height, format=VideoFormat("yuv420p"), time_base=Fraction(1, 12)
    )
    smooth = graph.add("minterpolate", "fps=24:mi_mode=mci:mc_mode=aobmc:scd=none")
    sink = graph.add("buffersink")
    source.link_to(smooth)
    smooth.link_to(sink)
    graph.configure()
    made = []
    for index, planes in enumerate([*frames, *frames[-1:] * 3]):
        frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        frame.pts, frame.time_base = index, Fraction(1, 12)
        graph.push(frame)
        try:
            while True:
                made.append(np.asarray(graph.pull().to_ndarray(), np.uint8))  # type: ignore[union-attr]
        except (BlockingIOError, EOFError):
            continue
    return made


def film_minute(clip: Path, out: Path) -> None:
    """Print what it costs to measure, fit and write a minute of film from clips of another length."""
    print("\nfitting to 1280x720, CPU seconds a minute of film")
    for title, length_s in (("at the clip's speed", 5.0), ("a third slower", CLIP_S * 1.5)):
        start = time.process_time()
        motion, timing = motion_and_timing(clip)
        measured = time.process_time() - start
        used_s = min(length_s, 5.0)
        fits = fit_scene(motion, [Slot(length_s)])
        conform(clip, timing, fits, [round(used_s * FPS)], Conforming(FPS, (1280, 720)), out)
        written = time.process_time() - start - measured
        measured_min, written_min = measured * 60 / CLIP_S, written * 60 / used_s
        print(f"{title:>22}  {measured_min:.1f} measuring + {written_min:.1f} writing")


if __name__ == "__main__":
    main()
