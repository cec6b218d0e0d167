"""Accents on the beat: where the song is loud, the picture lights up or jumps nearer with its bars."""

from __future__ import annotations

from collections.abc import Sequence

from storyboard.schema.board import Storyboard
from storyboard.schema.timeline import Accent, AccentKind, Shot, SongMap
from storyboard.sync.plan.energy import energy_between

_LOUD = 0.7  # loudness, 0 to 1, from which a bar has accents
_BAR_S = 1.0  # of a bar decides how loud it begins
_NEAR_S = 0.06  # a section begins with a bar within this time


def with_accents(shots: Sequence[Shot], song_map: SongMap, board: Storyboard) -> list[Shot]:
    """Return the shots with the accents that the user wants: zooms on loud bars, flashes on loud sections."""
    fps = board.look.fps
    found: list[Accent] = []
    for downbeat_s in song_map.downbeats_s:
        energy = energy_between(song_map, downbeat_s, downbeat_s + _BAR_S)
        if energy < _LOUD:
            continue
        opens = any(abs(section.start_s - downbeat_s) < _NEAR_S for section in song_map.sections)
        kinds: list[AccentKind] = [kind for kind in board.cutting.accents if kind == "zoom" or opens]
        frame = _with_its_cut(round(downbeat_s * fps), shots)
        found += [Accent(kind=kind, frame=frame, strength=round(energy, 3)) for kind in kinds]
    return [
        shot.model_copy(
            update={"accents": [each for each in found if shot.first_frame <= each.frame <= shot.last_frame]}
        )
        for shot in shots
    ]


def _with_its_cut(frame: int, shots: Sequence[Shot]) -> int:
    """Return the frame of a cut that is meant for the same beat: one frame apart, an accent looks late."""
    return next((shot.first_frame for shot in shots if abs(shot.first_frame - frame) <= 1), frame)
