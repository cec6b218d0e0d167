"""Assembly beside a plain transcode, a filter graph and moviepy: python benchmarks/assembly.py [way …].

Six clips, a minute of 1280x720 at 24 frames a second, three crossfades and two cuts, captions and a song.
Every frame of a clip carries its number in black and white blocks, so it is measured which frame of which
clip each frame of a film shows. Each way runs in a process of its own; CPU time and memory are those of
the whole tree of processes. `--in FOLDER` keeps the clips there for another run.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import av
import numpy as np
import soundfile
from numpy.typing import NDArray

from storyboard.schema.board import Look
from storyboard.schema.song import Section, Song
from storyboard.schema.timeline import Shot, SongMap, Timeline, Word
from storyboard.sync import ffmpeg
from storyboard.sync.assemble import Film, assemble
from storyboard.sync.assemble.encoder import CRF, PARAMETERS, PRESET
from storyboard.sync.assemble.layers import clip_frame, layers_of
from storyboard.sync.captions import write_captions
from storyboard.sync.fonts import file

FPS, SECONDS, SIZE = 24, 10, (1280, 720)
N_CLIPS, FADE = 6, 12  # frames
LOOK = Look(height=SIZE[1], fps=FPS)
BLOCK, BITS = 32, 12  # pixels; 9 for the frame, 3 for the clip
CROSSFADES = (1, 3, 4)  # the clips that fade in
SOURCES = (
    "testsrc2",
    "mandelbrot=start_scale=2:end_scale=0.1:end_pts=300",
    "gradients=n=5:seed=3:speed=0.03",
    "testsrc2,rotate=t/20",
    "mandelbrot=start_x=-0.1:start_y=0.8:end_scale=0.05:end_pts=300",
    "gradients=n=3:seed=8:speed=0.05:type=radial",
)
GROUND = f"fps={FPS},scale={SIZE[0]}:{SIZE[1]},setsar=1,noise=alls=3:allf=t,format=yuv420p"
X264 = ["-c:v", "libx264", "-preset", PRESET, "-crf", CRF, "-pix_fmt", "yuv420p", "-x264-params", PARAMETERS]
AAC = ["-c:a", "aac", "-b:a", "256k", "-ar", "48000", "-aac_pns", "0", "-aac_is", "0", "-aac_tns", "0"]
ROW = "{:18}{:>12}{:>9}{:>10}{:>10}{:>8}{:>12}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("ways", nargs="*", metavar="way", help=", ".join(WAYS))
    parser.add_argument("--in", dest="folder", type=Path)
    parser.add_argument("--run", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        WAYS[options.run](options.folder)
    elif options.folder:
        compare(options.ways or list(WAYS), options.folder)
    else:
        with tempfile.TemporaryDirectory() as name:
            compare(options.ways or list(WAYS), Path(name))


def compare(ways: list[str], folder: Path) -> None:
    """Print a row for each way; ratios are to the first."""
    if not (folder / "fonts").exists():
        prepare(folder)
    print(ROW.format("", "CPU seconds", "ratio", "peak MB", "wall s", "frames", "frames off"))
    first_s = 0.0
    for way in ways:
        cpu_s, wall_s, peak = measured(way, folder)
        first_s = first_s or cpu_s
        n_frames, off = ("", "") if way == PLAIN else wrong_frames(folder / f"{way}.mp4")
        cells = f"{cpu_s:.1f}", f"{cpu_s / first_s:.2f}", f"{peak:.0f}", f"{wall_s:.1f}"
        print(ROW.format(way, *cells, n_frames, off), flush=True)


def measured(way: str, folder: Path) -> tuple[float, float, float]:
    """Run one way; return CPU seconds, wall seconds and the largest memory of its processes in MB."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen([sys.executable, __file__, "--run", way, "--in", str(folder)])
    peaks = [0.0]
    watcher = threading.Thread(target=watch, args=(process, peaks))
    watcher.start()
    process.wait()
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"{way} failed")
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu_s, time.monotonic() - began, peaks[0]


def watch(process: subprocess.Popen[bytes], peaks: list[float]) -> None:
    while process.poll() is None:
        peaks[0] = max(peaks[0], sum(memory_mb(pid) for pid in tree(process.pid)))
        time.sleep(0.05)


def tree(root: int) -> list[int]:
    """Return a process and all its descendants."""
    pids = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    parents = {pid: int((stat_of(pid, "stat").rpartition(")")[2].split() or ["", "0"])[1]) for pid in pids}
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def memory_mb(pid: int) -> float:
    pages = int((stat_of(pid, "statm").split() or ["", "0"])[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def stat_of(pid: int, name: str) -> str:
    """Return what Linux says of a process; nothing, if it has ended."""
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except OSError:
        return ""


def timeline() -> Timeline:
    """Return six shots of ten seconds, some of which fade in."""
    n_frames = SECONDS * FPS
    words = [
        Word(text=text, start_s=at_s, end_s=at_s + 0.5, section=0, line=line)
        for line in range(15)
        for at_s, text in enumerate(f"{line} words sung".split(), start=4 * line)
    ]
    shots = [
        Shot(
            scene=str(index),
            first_frame=index * n_frames,
            last_frame=(index + 1) * n_frames - 1,
            clip="clip.mp4",
            source_start_s=FADE / 2 / FPS if index in CROSSFADES else 0.0,
            transition="crossfade" if index in CROSSFADES else "cut",
            transition_frames=FADE if index in CROSSFADES else 0,
            reason="as planned",
        )
        for index in range(N_CLIPS)
    ]
    song_map = SongMap(duration_s=float(N_CLIPS * SECONDS), words=words)
    return Timeline(fps=FPS, n_frames=N_CLIPS * n_frames, song_map=song_map, shots=shots)


def clips(folder: Path) -> dict[str, Path]:
    return {str(index): folder / f"clip-{index}.mp4" for index in range(N_CLIPS)}


def prepare(folder: Path) -> None:
    """Write the clips, each longer than its shot by the frames for two crossfades; the song; the captions."""
    for index, path in enumerate(clips(folder).values()):
        length = ["-frames:v", str(SECONDS * FPS + FADE)]
        encoded = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p"]
        picture = f"{SOURCES[index]},{GROUND},{numbered(index)}"
        source = ["-v", "error", "-f", "lavfi", "-i", picture]
        ffmpeg.run([*source, *length, *encoded, str(path)], where=str(path))
    noise = 0.02 * np.random.default_rng(1).standard_normal((N_CLIPS * SECONDS * 48_000, 2))
    tone = 0.2 * np.sin(2 * np.pi * 220 * np.arange(len(noise)) / 48_000)
    soundfile.write(folder / "song.wav", tone[:, None] + noise, 48_000)
    lines = [" ".join(word.text for word in words) for words in timeline().song_map.words_by_line().values()]
    verse = Section(kind="verse", lines=lines)
    song = Song(title="Numbers", genre="folk", tempo_bpm=120, key="C major", sections=[verse])
    write_captions(timeline().song_map, LOOK, song, folder)
    (folder / "fonts").mkdir()
    shutil.copy(file(), folder / "fonts")


def numbered(clip: int) -> str:
    """Return filters that paint a frame's number and its clip's as blocks along the upper edge."""
    boxes = []
    for bit in range(BITS):
        lit = f"mod(floor(n/{2**bit}),2)" if bit < 9 else str(clip >> (bit - 9) & 1)
        place = f"drawbox=x={bit * BLOCK}:y=0:w={BLOCK}:h={BLOCK}:t=fill"
        boxes += [f"{place}:color=black", f"{place}:color=white:enable='{lit}'"]
    return ",".join(boxes)


def plain_transcode(folder: Path) -> None:
    names = "".join(f"file '{path}'\n" for path in clips(folder).values())
    (folder / "clips.txt").write_text(names)
    source = ["-v", "error", "-y", "-f", "concat", "-safe", "0", "-i", str(folder / "clips.txt")]
    song = ["-i", str(folder / "song.wav"), "-map", "0:v", "-map", "1:a"]
    length, out = ["-frames:v", str(timeline().n_frames)], folder / "plain.mp4"
    ffmpeg.run([*source, *song, *length, *X264, *AAC, "-movflags", "+faststart", str(out)], where=str(out))


def ours(folder: Path) -> None:
    film = Film(folder / "ours.mp4", SIZE, burned=folder / "lyrics.ass")
    assemble(timeline(), clips(folder), folder / "song.wav", [film], LOOK)


def filter_graph(folder: Path) -> None:
    """Run ffmpeg alone: every clip cut by frame numbers, joined by xfade or concat, captions drawn."""
    half, shots = FADE // 2, timeline().shots
    inputs, chains, joined, length = list[str](), list[str](), "", 0
    for index, (shot, path) in enumerate(zip(shots, clips(folder).values(), strict=True)):
        n_frames = shot.n_frames + half * ((index in CROSSFADES) + (index + 1 in CROSSFADES))
        inputs += ["-i", str(path)]
        chains.append(f"[{index}:v]trim=end_frame={n_frames},settb=1/{FPS},setpts=N,fps={FPS}[c{index}]")
        if not index:
            joined, length = "[c0]", n_frames
            continue
        if index in CROSSFADES:
            fade = f"xfade=duration={FADE / FPS}:offset={(length - FADE) / FPS}"
            chains.append(f"{joined}[c{index}]{fade}[j{index}]")
            length += n_frames - FADE
        else:
            chains.append(f"{joined}[c{index}]concat=n=2,settb=1/{FPS},fps={FPS}[j{index}]")
            length += n_frames
        joined = f"[j{index}]"
    chains.append(f"{joined}ass=lyrics.ass:fontsdir=fonts[v]")
    graph = ["-filter_complex", ";".join(chains), "-map", "[v]", "-map", f"{N_CLIPS}:a"]
    command = [ffmpeg.program(), "-v", "error", "-y", *inputs, "-i", "song.wav", *graph, *X264, *AAC]
    subprocess.run([*command, "-movflags", "+faststart", "filter graph.mp4"], cwd=folder, check=True)


def moviepy(folder: Path) -> None:
    """Run moviepy as its documentation shows: clips laid over each other, captions as text clips."""
    from moviepy import AudioFileClip, CompositeVideoClip, TextClip, VideoFileClip, vfx

    half = FADE / 2 / FPS
    layers = []
    for index, (shot, path) in enumerate(zip(timeline().shots, clips(folder).values(), strict=True)):
        before, after = half * (index in CROSSFADES), half * (index + 1 in CROSSFADES)
        clip = VideoFileClip(str(path)).subclipped(0, shot.n_frames / FPS + before + after)
        clip = clip.with_start(shot.first_frame / FPS - before)
        layers.append(clip.with_effects([vfx.CrossFadeIn(2 * half)]) if before else clip)
    for words in timeline().song_map.words_by_line().values():
        text = TextClip(str(file()), " ".join(word.text for word in words), font_size=43, color="white")
        shown = text.with_start(words[0].start_s).with_end(words[-1].end_s)
        layers.append(shown.with_position(("center", 0.88), relative=True))
    film = CompositeVideoClip(layers, size=SIZE).with_duration(N_CLIPS * SECONDS)
    film = film.with_audio(AudioFileClip(str(folder / "song.wav")))
    out, more = str(folder / "moviepy.mp4"), ["-crf", CRF, "-pix_fmt", "yuv420p", "-x264-params", PARAMETERS]
    film.write_videofile(out, fps=FPS, preset=PRESET, audio_codec="aac", ffmpeg_params=more, logger=None)


PLAIN = "plain transcode"
WAYS = {PLAIN: plain_transcode, "ours": ours, "filter graph": filter_graph, "moviepy": moviepy}


def wrong_frames(film: Path) -> tuple[int, int]:
    """Return how many frames a film has, and how many do not show what they should of the clips."""
    planned, n_frames, off = timeline(), 0, 0
    layers = layers_of(planned)
    with av.open(str(film)) as container:
        for n_frames, frame in enumerate(container.decode(video=0), start=1):
            if n_frames > len(layers):
                continue
            places = [
                (layer.shot, clip_frame(planned.shots[layer.shot], n_frames - 1, FPS, FPS))
                for layer in layers[n_frames - 1]
            ]
            off += not is_of(levels(frame.to_ndarray(format="gray")), places)
    return n_frames, off + abs(len(layers) - n_frames)


def levels(gray: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return how light each block is, 0 to 1."""
    inner = slice(BLOCK // 4, 3 * BLOCK // 4)
    return np.array([gray[inner, bit * BLOCK :][:, inner].mean() for bit in range(BITS)]) / 255


def bits(clip: int, frame: int) -> NDArray[np.float64]:
    return np.array([frame + (clip << 9) >> bit & 1 for bit in range(BITS)], np.float64)


def is_of(seen: NDArray[np.float64], places: list[tuple[int, int]]) -> bool:
    """Whether no other frames nearby, mixed in any proportion, look more like what is seen."""
    if len(places) == 1:
        return bool(np.array_equal(seen > 0.5, bits(*places[0]) > 0.5))
    (old, a), (new, b) = places
    misses = {
        (da, db): miss(seen, bits(old, a + da), bits(new, b + db))
        for da in range(-2, 3)
        for db in range(-2, 3)
        if a + da >= 0 and b + db >= 0
    }
    return misses[0, 0] <= min(misses.values()) + 0.02


def miss(seen: NDArray[np.float64], old: NDArray[np.float64], new: NDArray[np.float64]) -> float:
    """Return how far the best mixture of two frames is from what is seen."""
    difference = new - old
    share = float(np.clip(difference @ (seen - old) / max(1.0, difference @ difference), 0, 1))
    return float(np.abs(seen - old - share * difference).max())


if __name__ == "__main__":
    main()
