"""Small films in which every cut, fade, fault and caption is where the test put it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from storyboard.schema.board import Storyboard
from storyboard.schema.timeline import Shot, SongMap, Span, Timeline, Word
from storyboard.sync import fonts
from storyboard.sync.ffmpeg import program

FPS = 24
BEAT_S = 0.5
Frames = NDArray[np.uint8]


@dataclass
class Song:
    """A song of steady beats, with words where a test wants them."""

    duration_s: float
    words: list[Word] = field(default_factory=list)
    beats: bool = True

    @property
    def song_map(self) -> SongMap:
        beats = [float(beat) for beat in np.arange(0, self.duration_s, BEAT_S)] if self.beats else []
        return SongMap(
            duration_s=self.duration_s,
            beats_s=beats,
            downbeats_s=beats[::4],
            sections=[Span(label="verse", start_s=0, end_s=self.duration_s)],
            words=self.words,
            grid_confidence=0.9 if self.beats else 0.0,
        )


def _scene(kind: int, n_frames: int, size: tuple[int, int] = (192, 108)) -> Frames:
    """Return frames of a textured picture over which a block glides; each kind looks different."""
    rng = np.random.default_rng(kind)
    width, height = size
    coarse = rng.integers(40, 200, (6, 8, 3), np.uint8)
    ground = cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC)
    frames = np.repeat(np.asarray(ground, np.uint8)[None], n_frames, axis=0)
    for index in range(n_frames):
        x = (20 * kind + index) % (width - 24)
        frames[index, height // 4 : height // 4 + 20, x : x + 20] = rng.integers(0, 255, 3)[None, None] // 2
    return frames


@pytest.fixture(scope="session")
def plan() -> Callable[..., Timeline]:
    """Return a timeline whose shots begin on given frames, three scenes in turn."""

    def of(song_map: SongMap, starts: Sequence[int], n_frames: int, **changes: dict[int, Any]) -> Timeline:
        ends = [*starts[1:], n_frames]
        shots = [
            Shot(
                scene=f"scene-{min(index, 2) + 1}",
                first_frame=start,
                last_frame=end - 1,
                clip="clip.mp4",
                source_start_s=0.0,
                reason="on a beat",
                **{name: values[index] for name, values in changes.items() if index in values},
            )
            for index, (start, end) in enumerate(zip(starts, ends, strict=True))
        ]
        return Timeline(fps=FPS, n_frames=n_frames, song_map=song_map, shots=shots)

    return of


@pytest.fixture(scope="session")
def write_film() -> Callable[..., Path]:
    """Encode frames with a soft tone; captions (ASS) are burned in, or subtitles (SRT) put beside."""

    def write(
        folder: Path,
        frames: Frames,
        captions: Path | None = None,
        subtitles: Path | None = None,
        gain: float = 0.1,
    ) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        n_frames, height, width, _ = frames.shape
        times = np.arange(round(n_frames / FPS * 48_000)) / 48_000
        soundfile.write(folder / "song.wav", gain * np.sin(2 * np.pi * 220 * times), 48_000)
        raw = [
            "-f",
            "rawvideo",
            "-pix_fmt",
            "rgb24",
            "-s",
            f"{width}x{height}",
            "-r",
            str(FPS),
            "-i",
            "pipe:0",
        ]
        inputs = [*raw, "-i", "song.wav", *(["-i", str(subtitles)] if subtitles else [])]
        filters = []
        if captions:
            (folder / "burned.ass").write_bytes(captions.read_bytes())
            (folder / "Poppins.ttf").write_bytes(fonts.file().read_bytes())
            filters = ["-vf", "ass=burned.ass:fontsdir=."]
        tracks = ["-map", "0:v", "-map", "1:a", *(["-map", "2:s", "-c:s", "mov_text"] if subtitles else [])]
        coding = [
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-crf",
            "18",
            "-pix_fmt",
            "yuv420p",
            "-c:a",
            "aac",
        ]
        command = [program(), "-y", "-loglevel", "error", *inputs, *filters, *tracks, *coding, "film.mp4"]
        subprocess.run(command, input=frames.tobytes(), cwd=folder, check=True)
        return folder / "film.mp4"

    return write


@pytest.fixture(scope="session")
def film_board(board_data: dict[str, Any]) -> Storyboard:
    return Storyboard.model_validate(board_data)


@dataclass(frozen=True)
class Studio:
    """All that a small film is made with: pictures, a song, what is planned, and who writes it."""

    scene: Callable[..., Frames]
    song: type[Song]
    plan: Callable[..., Timeline]
    write: Callable[..., Path]
    board: Storyboard


@pytest.fixture(scope="session")
def studio(plan: Callable[..., Timeline], write_film: Callable[..., Path], film_board: Storyboard) -> Studio:
    return Studio(_scene, Song, plan, write_film, film_board)
