"""A film of three small clips whose every frame carries its number, with a crossfade, a dip and accents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from storyboard.schema.board import Look
from storyboard.schema.timeline import Accent, Shot, SongMap, Timeline, Word
from storyboard.sync.assemble import Film, assemble

FPS, SIZE, BITS = 24, (128, 72), 8
GROUND = {"one": 60, "two": 150, "three": 100}  # luma
FADE, DIP = 8, 8  # frames
FLASH, ZOOM = 112, 96  # frames of the film

Gray = NDArray[np.float64]


def numbered(scene: str, index: int) -> NDArray[np.uint8]:
    """Return a frame of a clip as planes: a plain ground, its number in blocks, a bright bar on the right."""
    width, height = SIZE
    planes = np.full((height * 3 // 2, width), 128, np.uint8)
    luma = planes[:height]
    luma[:] = GROUND[scene]
    luma[:, 108:116] = 220
    for bit in range(BITS):
        luma[32:40, 32 + 8 * bit : 40 + 8 * bit] = 220 if index >> bit & 1 else 20
    return planes


class Seen:
    """A film, decoded: the luma of every frame as it is coded, and what is read from it."""

    def __init__(self, film: Path) -> None:
        with av.open(str(film)) as container:
            planes = [frame.to_ndarray() for frame in container.decode(video=0)]
        self.lumas = [each[: len(each) * 2 // 3].astype(np.float64) for each in planes]

    def blocks(self, frame: int) -> list[float]:
        """Return how light each block of a frame's number is."""
        luma = self.lumas[frame]
        return [float(luma[34:38, 34 + 8 * bit : 38 + 8 * bit].mean()) for bit in range(BITS)]

    def number(self, frame: int) -> int:
        """Return the number that a frame carries."""
        return sum(1 << bit for bit, light in enumerate(self.blocks(frame)) if light > 160)

    def ground(self, frame: int) -> float:
        """Return how light the ground of a frame is."""
        return float(self.lumas[frame][8:24, 16:96].mean())

    def bar(self, frame: int) -> float:
        """Return where the bar on the right is, in pixels from the left."""
        luma = self.lumas[frame][8:24]
        row = np.clip(luma[:, 96:].mean(axis=0) - luma[:, 80:96].mean() - 20, 0, None)
        return float((row * np.arange(96, SIZE[0])).sum() / row.sum())


@dataclass(frozen=True)
class Material:
    """What a film is made of."""

    timeline: Timeline
    clips: dict[str, Path]
    song: Path
    captions: Path
    subtitles: Path
    look: Look

    def make(self, *films: Film, timeline: Timeline | None = None) -> None:
        """Assemble films of the timeline, or of another one."""
        assemble(timeline or self.timeline, self.clips, self.song, films, self.look)

    def see(self, film: Path) -> Seen:
        """Decode a film."""
        return Seen(film)

    def blocks_of(self, number: int) -> list[float]:
        """Return how light each block of a number is painted."""
        return [220.0 if number >> bit & 1 else 20.0 for bit in range(BITS)]

    def packets(self, film: Path, kind: str) -> list[tuple[int | None, bytes]]:
        """Return the packets of a film's streams of one kind: when each is due, and what it holds."""
        with av.open(str(film)) as container:
            streams = [stream for stream in container.streams if stream.type == kind]
            if not streams:
                return []
            return [(packet.pts, bytes(packet)) for packet in container.demux(streams) if packet.size]


def timeline_of() -> Timeline:
    """Return five shots of three scenes: a cut, a crossfade, a cut, a dip, a zoom and a flash."""
    lead_s = FADE / 2 / FPS
    rows = [
        ("one", 0, 18, 0.0, {}),
        ("one", 18, 36, 18 / FPS, {}),
        ("two", 36, 60, lead_s, {"transition": "crossfade", "transition_frames": FADE}),
        ("two", 60, 72, lead_s + 24 / FPS, {}),
        (
            "three", 72, 120, 0.0,
            {
                "transition": "dip",
                "transition_frames": DIP,
                "accents": [
                    Accent(kind="zoom", frame=ZOOM, strength=1.0),
                    Accent(kind="flash", frame=FLASH, strength=0.8),
                ],
            },
        ),
    ]  # fmt: skip
    shots = [
        Shot(
            scene=scene,
            first_frame=first,
            last_frame=end - 1,
            clip="clip.mp4",
            source_start_s=start_s,
            reason="planned",
            **more,  # type: ignore[arg-type]
        )
        for scene, first, end, start_s, more in rows
    ]
    words = [
        Word(text=text, start_s=at_s, end_s=at_s + 0.4, section=0, line=line)
        for text, at_s, line in (("Snow", 0.5, 0), ("falls", 1.0, 0), ("again", 3.0, 1))
    ]
    beats_s = [beat / 2 for beat in range(10)]
    song_map = SongMap(duration_s=5.01, beats_s=beats_s, tempo_bpm=120, words=words)
    return Timeline(fps=FPS, n_frames=120, song_map=song_map, shots=shots)


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """Write the clips, each exactly as long as its shots and crossfades need, a song and captions."""
    folder = tmp_path_factory.mktemp("material")
    timeline = timeline_of()
    clips = {scene: folder / f"{scene}.mp4" for scene in GROUND}
    for scene, path in clips.items():
        n_frames = sum(shot.n_frames for shot in timeline.shots_of(scene)) + sum(timeline.handles(scene))
        write_numbered(path, scene, n_frames)
    time_s = np.arange(round(5.01 * 44_100)) / 44_100
    tones = [0.3 * np.sin(2 * np.pi * hz * time_s) * (0.5 + 0.5 * np.sin(time_s)) for hz in (330, 440)]
    soundfile.write(folder / "mix.wav", np.stack(tones, axis=1), 44_100)
    captions, subtitles = folder / "lyrics.ass", folder / "lyrics.srt"
    captions.write_text(ASS)
    subtitles.write_text(SRT)
    look = Look(fps=FPS).model_copy(update={"height": SIZE[1]})
    return Material(timeline, clips, folder / "mix.wav", captions, subtitles, look)


@pytest.fixture(scope="session")
def seen(material: Material, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """The film without captions."""
    out = tmp_path_factory.mktemp("seen") / "video.mp4"
    material.make(Film(out, SIZE))
    return Seen(out)


def write_numbered(path: Path, scene: str, n_frames: int) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"crf": "4", "preset": "ultrafast"})
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        for index in range(n_frames):
            frame = av.VideoFrame.from_ndarray(numbered(scene, index), format="yuv420p")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


SRT = """1
00:00:00,200 --> 00:00:01,800
Snow falls

2
00:00:02,900 --> 00:00:03,700
again
"""

ASS = """[Script Info]
ScriptType: v4.00+
PlayResX: 128
PlayResY: 72

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Outline, Alignment, MarginV
Style: Default,Poppins SemiBold,10,&H00FFFFFF,1,2,4

[Events]
Format: Layer, Start, End, Style, Text
Dialogue: 0,0:00:00.20,0:00:01.80,Default,Snow falls
Dialogue: 0,0:00:02.90,0:00:03.70,Default,again
"""
