"""Songs with an exact grid, and clips whose every frame can be recognised, made on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from storyboard.generators.score import score_of
from storyboard.schema.board import Storyboard
from storyboard.schema.timeline import SongMap, Span, Word


@pytest.fixture(scope="session")
def song_map_of() -> Callable[[Storyboard], SongMap]:
    """Map a song in which every line's words fill three quarters of its slot."""
    return _song_map


def _song_map(board: Storyboard) -> SongMap:
    score = score_of(board.song)
    words = []
    for slot in score.lines:
        texts = slot.text.split()
        step = slot.n_beats * 0.75 / len(texts)
        for index, text in enumerate(texts):
            start = slot.first_beat + index * step
            words.append(
                Word(
                    text=text,
                    start_s=score.beat_s(start),
                    end_s=score.beat_s(start + step * 0.95),
                    section=slot.ref[0],
                    line=slot.ref[1],
                )
            )
    return SongMap(
        duration_s=score.duration_s,
        beats_s=[score.beat_s(beat) for beat in range(score.n_beats)],
        downbeats_s=[score.bar_s(bar) for bar in range(score.n_bars)],
        sections=[
            Span(label=s.kind, start_s=score.bar_s(s.first_bar), end_s=score.bar_s(s.first_bar + s.n_bars))
            for s in score.sections
        ],
        words=words,
        energy=[0.3 + 0.6 * (bar % 8 >= 4) for bar in range(score.n_bars)],
    )


@pytest.fixture
def song_map(board: Storyboard) -> SongMap:
    return _song_map(board)


@pytest.fixture(scope="session")
def write_clip() -> Callable[..., None]:
    """Write an MP4 whose frame n has a white block at position n, on a coloured ground."""

    def write(
        path: Path, n_frames: int, fps: int, color: tuple[int, int, int], size: tuple[int, int]
    ) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        width, height = size
        with av.open(str(path), "w") as container:
            stream = container.add_stream("libx264", rate=fps, options={"crf": "12", "preset": "ultrafast"})
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            for index in range(n_frames):
                picture = np.full((height, width, 3), color, np.uint8)
                x = 8 * index % (width - 16)
                picture[8:40, x : x + 16] = 255
                for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                    container.mux(packet)
            for packet in stream.encode():
                container.mux(packet)

    return write


@pytest.fixture(scope="session")
def write_song() -> Callable[[Path, float], None]:
    """Write a stereo WAV with a soft tone and a click every half second."""

    def write(path: Path, duration_s: float) -> None:
        time_s = np.arange(round(duration_s * 48_000)) / 48_000
        tone = 0.1 * np.sin(2 * np.pi * 220 * time_s) + 0.5 * (np.mod(time_s, 0.5) < 0.01)
        soundfile.write(path, np.stack([tone, tone], axis=1), 48_000)

    return write
