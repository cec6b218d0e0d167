"""How one scene gives way to the next: a cut, a crossfade where the song is soft, a dip where it rests.

Both lie evenly around the planned cut, so that their middle is on the beat, and last one beat. What the
user has pinned goes before all of that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from storyboard.schema.board import Storyboard
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.errors import InputError
from storyboard.schema.timeline import Shot, SongMap, Transition
from storyboard.sync.plan.energy import energy_between

_SOFT = 0.4  # loudness, 0 to 1, up to which scenes melt into each other
_FALLS = 0.35  # from a bar to the next by this much: the song comes to rest
_AROUND_S = 2.5  # of the song on either side of a cut decide
_BEAT_S = 0.6  # where no tempo is known
_SHORTEST_S, _LONGEST_S = 0.3, 1.0

Choice = tuple[Transition, int, str]
_CUT: Choice = ("cut", 0, "")


def with_transitions(
    shots: Sequence[Shot],
    song_map: SongMap,
    board: Storyboard,
    capabilities: Mapping[str, VideoCapabilities],
) -> list[Shot]:
    """Return the shots with the way in which each scene gives way to the next.

    A crossfade needs frames of both scenes beyond their cut; it is left out where a model cannot deliver
    a clip that much longer.

    Raises:
        InputError: a transition that the user has pinned cannot be had; `where` names the pin.
    """
    fps = board.look.fps
    room = _room(shots, board, capabilities)
    pins = {max(1, round(pin.at_s * fps)): index for index, pin in enumerate(board.cutting.pins)}
    made = [shots[0]]
    for before, shot in pairwise(shots):
        pin = pins.get(shot.first_frame)
        if pin is not None and board.cutting.pins[pin].transition is not None:
            kind, n_frames, why = _pinned(before, shot, pin, room, song_map, board)
        elif board.cutting.transitions == "cuts" or before.scene == shot.scene:
            kind, n_frames, why = _CUT
        else:
            kind, n_frames, why = _chosen(before, shot, room, song_map, fps)
        if kind == "crossfade":
            room[before.scene] -= n_frames // 2
            room[shot.scene] -= n_frames // 2
        changes = {"transition": kind, "transition_frames": n_frames, "reason": shot.reason + why}
        made.append(shot.model_copy(update=changes))
    return _after_their_leads(made, fps)


def _pinned(
    before: Shot, shot: Shot, index: int, room: Mapping[str, float], song_map: SongMap, board: Storyboard
) -> Choice:
    """Return what the user wants of a cut, or say why it cannot be had."""
    pin, fps = board.cutting.pins[index], board.look.fps
    kind = pin.transition or "cut"
    if kind == "cut":
        return _CUT
    where = f"cutting.pins[{index}].transition"
    if kind == "crossfade" and before.scene == shot.scene:
        raise InputError(f"both sides show {shot.scene}", where=where, hint="a crossfade joins two scenes")
    n_frames = 2 * max(1, round((pin.transition_s or _beat_s(song_map)) * fps / 2))
    n_frames = n_frames if pin.transition_s else min(n_frames, _most(before, shot))
    if not 0 < n_frames <= _most(before, shot):
        longest_s = _most(before, shot) / fps
        raise InputError(
            f"the shots beside it leave {longest_s:.2f} s", where=where, hint="give it a shorter transition_s"
        )
    if kind == "crossfade" and min(room[before.scene], room[shot.scene]) < n_frames // 2:
        raise InputError(
            "the model of a scene beside it cannot deliver a clip that long", where=where, hint="take a dip"
        )
    return kind, n_frames, f"; a {kind}, as you want it"


def _most(before: Shot, shot: Shot) -> int:
    """Return the frames that a transition may take: a quarter of the shorter shot on either side."""
    return 2 * (min(before.n_frames, shot.n_frames) // 4)


def _beat_s(song_map: SongMap) -> float:
    beat_s = 60 / song_map.tempo_bpm if song_map.tempo_bpm else _BEAT_S
    return min(max(beat_s, _SHORTEST_S), _LONGEST_S)


def _chosen(before: Shot, shot: Shot, room: Mapping[str, float], song_map: SongMap, fps: int) -> Choice:
    """Return what the song asks for between two scenes."""
    at_s = shot.first_frame / fps
    n_frames = min(2 * round(_beat_s(song_map) * fps / 2), _most(before, shot))
    if n_frames < _SHORTEST_S * fps:
        return _CUT
    ending = energy_between(song_map, at_s - _AROUND_S, at_s)
    beginning = energy_between(song_map, at_s, at_s + _AROUND_S)
    if ending - beginning >= _FALLS:
        return "dip", n_frames, "; a dip, the song comes to rest"
    if max(ending, beginning) <= _SOFT and min(room[before.scene], room[shot.scene]) >= n_frames // 2:
        return "crossfade", n_frames, "; a crossfade, the song is soft"
    return _CUT


def _room(
    shots: Sequence[Shot], board: Storyboard, capabilities: Mapping[str, VideoCapabilities]
) -> dict[str, float]:
    """Return how many frames the clip of each scene may be longer than its shots."""
    room: dict[str, float] = {}
    for scene in board.scenes:
        longest_s = capabilities.get(scene.id, VideoCapabilities()).max_s
        n_frames = sum(shot.n_frames for shot in shots if shot.scene == scene.id)
        room[scene.id] = np.inf if longest_s is None else longest_s * board.look.fps - n_frames
    return room


def _after_their_leads(shots: list[Shot], fps: int) -> list[Shot]:
    """Let the shots of a scene begin in their clip after what its first crossfade takes of it."""
    lead, made = 0, list[Shot]()
    for index, shot in enumerate(shots):
        if index == 0 or shots[index - 1].scene != shot.scene:
            lead = shot.transition_frames // 2 if shot.transition == "crossfade" else 0
        made.append(shot.model_copy(update={"source_start_s": round(shot.source_start_s + lead / fps, 6)}))
    return made
