"""Every planned cut as the picture shows it, and hard cuts where none was planned."""

from __future__ import annotations

from storyboard.schema.report import SeenCut, UnplannedCut
from storyboard.schema.timeline import Shot, SongMap, Timeline, Transition, Word
from storyboard.sync.measure.changes import find_cuts, is_cut_where_planned, is_passing
from storyboard.sync.measure.film import Film
from storyboard.sync.measure.mixing import crossfade_in, dip_in, is_gradual, look_alike, window_of

_NEAR = 2  # frames: a hard cut this near to a planned one is the planned one, displaced
_ALIKE = "the pictures on both sides look alike"
_STEADY = "the picture does not change enough to tell"


def cuts_in(film: Film, timeline: Timeline) -> tuple[list[SeenCut], list[UnplannedCut]]:
    """Return what is seen of each planned cut, in order, and the hard cuts nobody planned."""
    hard = find_cuts(film.changes, film.fps)
    taken: set[int] = set()
    seen = []
    for index, shot in enumerate(timeline.shots[1:], start=1):
        window = window_of(timeline.shots, index, film.fps, film.n_frames)
        kind, frame, why = _seen(film, shot, window, hard, taken)
        seen.append(_described(index, shot, kind, frame, why, film, timeline.song_map))
    return seen, [
        UnplannedCut(
            frame=frame,
            at_s=round(frame / film.fps, 4),
            error_ms=_to_beat(frame / film.fps, timeline.song_map)[1],
        )
        for frame in hard
        if frame not in taken and not is_passing(film.lumas, frame, film.fps)
    ]


def slack_s(kind: Transition | None, fps: float) -> float:
    """Return how far the moment of a change may lie from where it is measured, in seconds.

    A cut is known to the frame; the middle of a crossfade or dip is known to about half a frame.
    """
    return 0.5 / fps if kind in ("crossfade", "dip") else 0.0


def _seen(
    film: Film, shot: Shot, window: tuple[int, int], hard: list[int], taken: set[int]
) -> tuple[Transition | None, float | None, str]:
    """Return how the change to a shot is seen, on which frame, and why it is not where it is not."""
    if shot.first_frame >= film.n_frames:
        return None, None, "the film ends before it"
    if shot.transition != "cut":
        found = _gradual(film, shot, window, hard, taken)
        if found is not None:
            return (*found, "")
    near = [frame for frame in hard if abs(frame - shot.first_frame) <= _NEAR and frame not in taken]
    if near:
        frame = min(near, key=lambda frame: abs(frame - shot.first_frame))
        taken.add(frame)
        return "cut", float(frame), ""
    if is_cut_where_planned(film.changes, shot.first_frame, film.fps):
        return "cut", float(shot.first_frame), ""
    return None, None, _ALIKE if look_alike(film.pictures, window) else _STEADY


def _gradual(
    film: Film, shot: Shot, window: tuple[int, int], hard: list[int], taken: set[int]
) -> tuple[Transition, float] | None:
    """Return the crossfade or dip seen where one is planned, and leave its inside out of the hard cuts."""
    if window[1] - window[0] < 4:
        return None
    change = dip_in(film.luma, window)
    kind: Transition = "dip"
    if shot.transition == "crossfade" and not look_alike(film.pictures, window):
        change, kind = crossfade_in(film.pictures, window), "crossfade"
    if change is None or not is_gradual(change):
        return None
    half = change.n_frames / 2 + 1
    taken.update(frame for frame in hard if abs(frame - change.middle) <= half)
    return kind, round(change.middle, 2)


def _described(
    index: int,
    shot: Shot,
    kind: Transition | None,
    frame: float | None,
    why: str,
    film: Film,
    song_map: SongMap,
) -> SeenCut:
    beat_s, error_ms = _to_beat(frame / film.fps, song_map) if frame is not None else (None, None)
    word = None
    if frame is not None:
        word = _word_at(frame / film.fps, slack_s(kind, film.fps), song_map)
    return SeenCut(
        shot=index,
        scene=shot.scene,
        kind=shot.transition,
        planned_frame=shot.first_frame,
        n_frames=shot.transition_frames,
        seen=kind,
        seen_frame=frame,
        why_unseen=why,
        beat_s=beat_s,
        error_ms=error_ms,
        inside_word=word.text if word else "",
    )


def _to_beat(time_s: float, song_map: SongMap) -> tuple[float | None, float | None]:
    """Return the nearest beat, and how much later than it a time is, in milliseconds."""
    if not song_map.beats_s:
        return None, None
    beat_s = min(song_map.beats_s, key=lambda beat: abs(beat - time_s))
    return beat_s, round((time_s - beat_s) * 1000, 2)


def _word_at(time_s: float, slack_s: float, song_map: SongMap) -> Word | None:
    return next((w for w in song_map.words if w.start_s + slack_s < time_s < w.end_s - slack_s), None)
