"""How dips and accents change over time: how far each frame is darkened, lightened or enlarged."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from storyboard.schema.timeline import Accent, Shot, SongMap, Timeline

Tone = tuple[int, int, int]
"""A colour as Y, U, V in studio range."""

WHITE: Tone = (235, 128, 128)
_DARK_LUMA = 28.0  # dark, and still above what counts as a black frame (20)
_NEUTRAL = "#1a1c26"
_FLASH_S = 0.15  # until a flash is gone: a glance, about the time that the eye integrates light over
_FLASH = 0.5  # of the way to white
_ZOOM = 0.05
_BEAT_S = 0.6  # where no tempo is known
_NOTHING = 0.002  # of a zoom: less than a pixel at the edge of a large picture


@dataclass(frozen=True)
class Effects:
    """What is done to the frames of a film, by frame; what is not named is left as it is."""

    tone: Tone
    dips: dict[int, float] = field(default_factory=dict)  # share of the tone, 0 to 1
    flashes: dict[int, float] = field(default_factory=dict)  # share of white, 0 to 1
    zooms: dict[tuple[int, int], float] = field(default_factory=dict)  # scale, by shot and frame


def effects_of(timeline: Timeline, palette: Sequence[str]) -> Effects:
    """Return the dips and accents of a film; dips go to the darkest tone of its palette."""
    effects = Effects(dark_tone(palette))
    for index, shot in enumerate(timeline.shots):
        if shot.transition == "dip":
            _dip(shot, effects.dips)
        following = timeline.shots[index + 1 : index + 2]
        fades = bool(following) and following[0].transition == "crossfade"
        end = shot.last_frame + 1 + (following[0].transition_frames // 2 if fades else 0)
        for accent in shot.accents:
            if accent.kind == "flash":
                _flash(accent, timeline, effects.flashes)
            else:
                _zoom(accent, index, end, timeline, effects.zooms)
    return effects


def dark_tone(palette: Sequence[str]) -> Tone:
    """Return the darkest colour of a palette, dimmed until it is all but black (BT.601)."""
    colors = [tuple(int(each[at : at + 2], 16) / 255 for at in (1, 3, 5)) for each in palette or [_NEUTRAL]]
    r, g, b = min(colors, key=lambda color: _luma(*color))
    wanted = (_DARK_LUMA - 16) / 219
    scale = min(1.0, wanted / _luma(r, g, b)) if _luma(r, g, b) else 1.0
    r, g, b = r * scale, g * scale, b * scale
    y = max(wanted, _luma(r, g, b))  # a colour darker than that is lifted by grey
    luma = _luma(r, g, b)
    return round(16 + 219 * y), round(128 + 224 * (b - luma) / 1.772), round(128 + 224 * (r - luma) / 1.402)


def _luma(r: float, g: float, b: float) -> float:
    return 0.299 * r + 0.587 * g + 0.114 * b


def _dip(shot: Shot, dips: dict[int, float]) -> None:
    half = shot.transition_frames // 2
    for frame in range(shot.first_frame - half, shot.first_frame + half):
        near = 1 - abs(frame - shot.first_frame) / (half + 1)
        dips[frame] = near * near * (3 - 2 * near)  # begins and ends softly


def _flash(accent: Accent, timeline: Timeline, flashes: dict[int, float]) -> None:
    for k in range(math.ceil(_FLASH_S * timeline.fps)):
        left = 1 - k / timeline.fps / _FLASH_S
        frame = accent.frame + k
        flashes[frame] = max(flashes.get(frame, 0.0), _FLASH * accent.strength * left * left)


def _zoom(
    accent: Accent, shot: int, end: int, timeline: Timeline, zooms: dict[tuple[int, int], float]
) -> None:
    beat_s = _beat_s(timeline.song_map, accent.frame / timeline.fps)
    for frame in range(accent.frame, min(end, accent.frame + math.ceil(beat_s * timeline.fps))):
        eased = (1 + math.cos(math.pi * (frame - accent.frame) / timeline.fps / beat_s)) / 2
        nearer = _ZOOM * accent.strength * eased
        if nearer > _NOTHING:
            zooms[shot, frame] = max(zooms.get((shot, frame), 1.0), 1 + nearer)


def _beat_s(song_map: SongMap, at_s: float) -> float:
    """Return how long the beat lasts that begins at a time."""
    beats = song_map.beats_s
    index = bisect_right(beats, at_s + 0.1)
    if 0 < index < len(beats):
        return beats[index] - beats[index - 1]
    return 60 / song_map.tempo_bpm if song_map.tempo_bpm else _BEAT_S
