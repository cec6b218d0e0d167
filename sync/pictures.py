"""Pictures of the result: a contact sheet of the scenes, the timeline of the film, and a song as heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import skia
import soundfile
from numpy.typing import NDArray

from storyboard.schema.board import Storyboard
from storyboard.schema.files import write_whole
from storyboard.schema.timeline import SongMap, Timeline
from storyboard.sync import fonts
from storyboard.sync.assemble.layers import clip_frame
from storyboard.sync.fit import Clip

_BACKGROUND = 0xFF15131F
_PANEL = 0xFF211E2E
_TEXT = 0xFFF4F1EA
_FAINT = 0xFF9A94AD
_ACCENT = 0xFFFFC857
_ENERGY = 0xFF7FD1AE
_LANE_S = 16.0  # seconds in a row of the timeline, so that words stand beside each other
_SECTIONS = (0xFF3D5A80, 0xFF8A4F7D, 0xFF4F8A6B, 0xFFA06B3B, 0xFF5B5EA6, 0xFF7A4B4B)


def contact_sheet(board: Storyboard, timeline: Timeline, clips: dict[str, Path], out: Path) -> None:
    """Write a PNG with a frame of every scene, its title and the lines it carries."""
    columns = 2 if board.look.aspect == "16:9" else 3
    cell_w = 640 if columns == 2 else 420
    width, height = board.look.size
    picture_h = round(cell_w * height / width)
    rows = -(-len(board.scenes) // columns)
    text_h, gap, head = 104, 20, 84
    sheet = _Sheet(columns * (cell_w + gap) + gap, head + rows * (picture_h + text_h + gap))
    song = board.song
    sheet.text(board.song.title, gap, 50, 34, _TEXT)
    sheet.text(f"{song.genre} · {song.tempo_bpm:g} BPM · {song.key}", gap, 74, 15, _FAINT)
    for index, scene in enumerate(board.scenes):
        x = gap + index % columns * (cell_w + gap)
        y = head + index // columns * (picture_h + text_h + gap)
        sheet.picture(
            _telling_frame(timeline, scene.id, clips[scene.id], board.look.size), x, y, cell_w, picture_h
        )
        sheet.text(f"{index + 1}  {scene.title}", x, y + picture_h + 26, 18, _ACCENT, cell_w)
        for row, ref in enumerate(scene.lines[:3]):
            text = song.line(ref) + (" …" if row == 2 and len(scene.lines) > 3 else "")
            sheet.text(text, x, y + picture_h + 50 + row * 21, 15, _TEXT, cell_w)
    sheet.save(out)


def _telling_frame(
    timeline: Timeline, scene: str, clip_path: Path, size: tuple[int, int]
) -> NDArray[np.uint8]:
    """Return the frame in the middle of a scene's first shot, which is the wide one."""
    shot = timeline.shots_of(scene)[0]
    clip = Clip(clip_path, size)
    try:
        middle = shot.first_frame + shot.n_frames // 2
        return clip.frame(clip_frame(shot, middle, timeline.fps, clip.fps))
    finally:
        clip.close()


def timeline_picture(board: Storyboard, timeline: Timeline, song: Path, out: Path) -> None:
    """Write a PNG of the whole song: sections, waveform, beats, words, shots and cuts."""
    title = f"{board.song.title} — {len(board.scenes)} scenes, {len(timeline.shots)} shots"
    _lanes(timeline.song_map, title, song, out, 236, lambda lane: lane.shots(timeline, board))


def song_picture(song_map: SongMap, title: str, song: Path, out: Path, *, unsung: Sequence[str] = ()) -> None:
    """Write a PNG of what was heard in a song: sections, loudness, beats, words and phrase ends.

    Args:
        song_map: what was heard.
        title: the heading.
        song: the sound (WAV).
        out: the file to write.
        unsung: lines that were not found, listed below.
    """
    foot = [f"not found: {line}" for line in unsung]
    _lanes(song_map, title, song, out, 164, lambda _: None, foot)


def _lanes(
    song_map: SongMap,
    title: str,
    song: Path,
    out: Path,
    row_h: int,
    more: Callable[[_Lane], None],
    foot: Sequence[str] = (),
) -> None:
    """Draw a song in rows of equal length, with whatever more belongs into each, and lines below."""
    rows = max(1, round(song_map.duration_s / _LANE_S))
    row_s, margin, head = song_map.duration_s / rows, 24, 70
    foot_y = head + rows * (row_h + 16)
    sheet = _Sheet(1600, foot_y + 8 + 22 * len(foot))
    sheet.text(title, margin, 44, 26, _TEXT, 1600 - 2 * margin)
    for number, line in enumerate(foot):
        sheet.text(line, margin, foot_y + 14 + 22 * number, 15, _FAINT, 1600 - 2 * margin)
    samples, rate_hz = soundfile.read(song, dtype="float32", always_2d=True)
    for row in range(rows):
        start_s = row * row_s
        lane = _Lane(sheet, margin, 1600 - 2 * margin, start_s, row_s, head + row * (row_h + 16))
        chunk = samples[round(start_s * rate_hz) : round((start_s + row_s) * rate_hz)].mean(axis=1)
        lane.sections(song_map)
        lane.waveform(chunk)
        lane.grid(song_map)
        lane.energy(song_map)
        lane.words(song_map)
        lane.phrase_ends(song_map)
        more(lane)
    sheet.save(out)


def _faded(color: int, opacity: float) -> int:
    return round(255 * opacity) << 24 | color & 0xFFFFFF


class _Sheet:
    """A canvas on which text and boxes are set."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self._surface = skia.Surface(width, height)
        self.canvas = self._surface.getCanvas()
        self.canvas.clear(_BACKGROUND)

    def text(self, text: str, x: float, y: float, size: float, color: int, max_width: float = 0) -> None:
        fonts.draw(self.canvas, text, x, y, size, color, max_width)

    def box(self, x: float, y: float, width: float, height: float, color: int) -> None:
        self.canvas.drawRect(skia.Rect.MakeXYWH(x, y, width, height), skia.Paint(Color=color))

    def picture(self, planes: NDArray[np.uint8], x: float, y: float, width: float, height: float) -> None:
        import cv2

        image = skia.Image.fromarray(cv2.cvtColor(planes, cv2.COLOR_YUV2RGBA_I420))
        target = skia.Rect.MakeXYWH(x, y, width, height)
        smooth = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
        self.canvas.drawImageRect(image.withDefaultMipmaps(), target, smooth)

    def save(self, out: Path) -> None:
        data = self._surface.makeImageSnapshot().encodeToData(skia.kPNG, 100)
        write_whole(out, bytes(data))


@dataclass(frozen=True)
class _Lane:
    """One row of the timeline picture: `length_s` seconds from `start_s`."""

    sheet: _Sheet
    x: float
    width: float
    start_s: float
    length_s: float
    y: float

    def _x(self, time_s: float) -> float:
        part = (time_s - self.start_s) / self.length_s
        return self.x + self.width * min(1.0, max(0.0, part))

    def _shows(self, start_s: float, end_s: float) -> bool:
        return end_s > self.start_s and start_s < self.start_s + self.length_s

    def _bar(self, start_s: float, end_s: float, y: float, height: float, color: int, text: str = "") -> None:
        if self._shows(start_s, end_s):
            left, right = self._x(start_s), self._x(end_s)
            self.sheet.box(left, y, max(1.0, right - left - 1), height, color)
            if text and right - left > 24:
                self.sheet.text(text, left + 5, y + height / 2 + 5, 13, _TEXT, right - left - 8)

    def sections(self, song_map: SongMap) -> None:
        for index, span in enumerate(song_map.sections):
            color = _SECTIONS[index % len(_SECTIONS)]
            self._bar(span.start_s, span.end_s, self.y, 22, color, span.label)

    def waveform(self, samples: NDArray[np.float32]) -> None:
        self.sheet.box(self.x, self.y + 26, self.width, 84, _PANEL)
        columns = np.array_split(np.abs(samples), int(self.width))
        for column, part in enumerate(columns):
            height = 80 * float(part.max()) if len(part) else 0.0
            self.sheet.box(self.x + column, self.y + 68 - height / 2, 1, height, 0xFF6C8EBF)

    def grid(self, song_map: SongMap) -> None:
        downbeats = set(song_map.downbeats_s)
        for beat_s in song_map.beats_s:
            strong = beat_s in downbeats
            self._bar(beat_s, beat_s + 1e-6, self.y + (26 if strong else 96), 84 if strong else 14, _FAINT)

    def energy(self, song_map: SongMap) -> None:
        """Draw the loudness of every bar as a step."""
        edges = [*song_map.downbeats_s, song_map.duration_s]
        for (start_s, end_s), level in zip(pairwise(edges), song_map.energy, strict=False):
            self._bar(start_s, end_s, self.y + 26 + 82 * (1 - level), 2, _ENERGY)

    def words(self, song_map: SongMap) -> None:
        """Draw every word, the fainter the less sure its time is."""
        for index, word in enumerate(song_map.words):
            y = self.y + 116 + index % 2 * 22
            self._bar(word.start_s, word.end_s, y, 20, _faded(0xFF37324A, 0.3 + 0.7 * word.confidence))
            if self._shows(word.start_s, word.start_s + 1e-6):
                left = self._x(word.start_s) + 2
                color = _faded(_TEXT, 0.35 + 0.65 * word.confidence)
                self.sheet.text(word.text, left, y + 15, 12, color, self.x + self.width - left)

    def phrase_ends(self, song_map: SongMap) -> None:
        """Mark where the voice comes to rest."""
        for end_s in song_map.phrase_ends_s:
            self._bar(end_s, end_s + 1e-6, self.y + 112, 50, _ENERGY)

    def shots(self, timeline: Timeline, board: Storyboard) -> None:
        ids = [scene.id for scene in board.scenes]
        for shot in timeline.shots:
            start_s, end_s = shot.first_frame / timeline.fps, (shot.last_frame + 1) / timeline.fps
            index = ids.index(shot.scene)
            label = f"{index + 1} {shot.framing} · {board.scenes[index].title}"
            self._bar(start_s, end_s, self.y + 164, 36, _SECTIONS[index % len(_SECTIONS)], label)
            self._bar(start_s, start_s + 1e-6, self.y + 22, 190, _ACCENT)
