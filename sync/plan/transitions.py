"""How one scene gives way to the next: a cut, a crossfade where the song is soft, a dip where it rests.

Both lie evenly around the planned cut, so that their middle is on the beat, and last one beat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from storyboard.schema.board import Storyboard
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.timeline import Shot, SongMap, Transition
from storyboard.sync.plan.energy import energy_between

_SOFT = 0.4  # loudness, 0 to 1, up to which scenes melt into each other
_FALLS = 0.35  # from a bar to the next by this much: the song comes to rest
_AROUND_S = 2.5  # of the song on either side of a cut decide
_BEAT_S = 0.6  # where no tempo is known
_SHORTEST_S, _LONGEST_S = 0.3, 1.0
_OF_A_SHOT = 0.4  # of the shorter shot beside it at most

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
    """
    if board.cutting.transitions == "cuts":
        return list(shots)
    room = _room(shots, board, capabilities)
    made = [shots[0]]
    for before, shot in pairwise(shots):
        kind, n_frames, why = _choice(before, shot, song_map, board.look.fps)
        half = n_frames // 2
        if kind == "crossfade":
            if min(room[before.scene], room[shot.scene]) < half:
                kind, n_frames, why = _CUT
            else:
                room[before.scene] -= half
                room[shot.scene] -= half
        changes = {"transition": kind, "transition_frames": n_frames, "reason": shot.reason + why}
        made.append(shot.model_copy(update=changes))
    return _after_their_leads(made, board.look.fps)


def _choice(before: Shot, shot: Shot, song_map: SongMap, fps: int) -> Choice:
    if before.scene == shot.scene:
        return _CUT
    at_s = shot.first_frame / fps
    beat_s = 60 / song_map.tempo_bpm if song_map.tempo_bpm else _BEAT_S
    longest_s = min(before.n_frames, shot.n_frames) / fps * _OF_A_SHOT
    length_s = min(max(beat_s, _SHORTEST_S), _LONGEST_S, longest_s)
    n_frames = 2 * round(length_s * fps / 2)
    if length_s < _SHORTEST_S or not n_frames:
        return _CUT
    ending = energy_between(song_map, at_s - _AROUND_S, at_s)
    beginning = energy_between(song_map, at_s, at_s + _AROUND_S)
    if ending - beginning >= _FALLS:
        return "dip", n_frames, "; a dip, the song comes to rest"
    if max(ending, beginning) <= _SOFT:
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
