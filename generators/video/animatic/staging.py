"""Staging: where the camera goes for each shot, who is in it, and how far they walk in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from storyboard.generators.seams import VideoRequest
from storyboard.generators.video.animatic.blocking import Side
from storyboard.generators.video.animatic.camera import Frame, View
from storyboard.generators.video.animatic.casting import Actor, cast_of
from storyboard.generators.video.animatic.figure.combined import parts_of
from storyboard.generators.video.animatic.figure.moves import STEPS
from storyboard.generators.video.animatic.rhythm import Rhythm
from storyboard.generators.video.animatic.scenery import ADULT, GROUND

__all__ = ["Actor", "Shot", "cast_of", "frame_of", "shots_of"]

_ROOM = 0.32
"""Share of the frame's width that one who walks or runs may cross in a wide shot."""
_ELBOW_ROOM = 0.17
"""How near one who walks may come to another, in scene units."""
_FEET = 0.815
"""Where feet stand in a wide shot, as a share of the frame's height: above the captions."""
_WIDE = ((1.0, 0.0), (1.12, 0.08), (1.06, -0.06))
"""Zoom of a wide shot, and how far its middle lies aside, as a share of half the width."""
_KNEES, _ANKLES = -0.28 * ADULT, -0.06 * ADULT
"""Where a medium shot ends at its lower edge, and how far down it may reach, in scene units."""
_SCALE_TALL = (0.74, 0.74, 0.64, 0.54, 0.48)
_SCALE_SQUARE = (0.94, 0.94, 0.90, 0.80, 0.70)


@dataclass(frozen=True)
class Shot:
    """A shot of the clip: its frames, the camera's view, the actors in it."""

    first_frame: int
    n_frames: int
    view: View
    actors: tuple[Actor, ...]
    framing: str


def frame_of(request: VideoRequest) -> Frame:
    """Return the picture's geometry; tall frames show narrower stages at a smaller scale."""
    width, height = request.look.size
    n = min(4, len(request.characters))
    share = {"9:16": _SCALE_TALL[n], "1:1": _SCALE_SQUARE[n]}.get(request.look.aspect, 1.0)
    scale = height * share
    return Frame(width, height, scale, (0.5 - GROUND) * height / scale)


def shots_of(request: VideoRequest, frame: Frame, cast: tuple[Actor, ...]) -> list[Shot]:
    """Give every shot its view, so that neighbours in a clip never look alike."""
    mirrored_scene = (request.scene_index + request.seed) % 2 == 1
    shots: list[Shot] = []
    tempo = Rhythm(request).tempo_bpm
    subject, turn = _facing_us(cast, _first_subject(cast)), 0
    for index, spec in enumerate(request.shots):
        again = index > 0 and request.shots[index - 1].framing == spec.framing
        flipped = bool(shots) and shots[-1].view.mirrored != mirrored_scene
        mirrored = mirrored_scene != (not flipped if again else flipped)
        if not cast:
            view, actors = _empty_view(spec.framing, frame, index, mirrored), cast
        elif spec.framing == "wide":
            view = _wide_view(frame, request.scene_index, mirrored, nearer=again)
            actors = tuple(
                _on_the_way(actor, cast, frame, spec.n_frames / request.look.fps, tempo) for actor in cast
            )
        elif spec.framing == "medium":
            view, actors = _medium_view(frame, cast, cast[subject], mirrored), cast
        else:
            actors = _seen_near(cast, subject)
            view = _close_view(frame, actors[0], mirrored, turn)
            turn += 1
            subject = _facing_us(cast, (subject + 1) % len(cast))
        shots.append(Shot(spec.first_frame, spec.n_frames, view, actors, spec.framing))
    return shots


def _first_subject(cast: tuple[Actor, ...]) -> int:
    return next((index for index, actor in enumerate(cast) if actor.sings), 0)


def _facing_us(cast: tuple[Actor, ...], first: int) -> int:
    """Return who to show from near: the first from `first` on who has not turned the back."""
    order = [(first + step) % len(cast) for step in range(len(cast))]
    return next((index for index in order if cast[index].action != "turn_away"), first)


def _seen_near(cast: tuple[Actor, ...], subject: int) -> tuple[Actor, ...]:
    """Return who is in a close shot, the subject first: whom it holds too, and never a back of a head."""
    actor = cast[subject]
    if actor.action == "turn_away":
        away: Side = -1 if actor.facing > 0 else 1
        return (replace(actor, action="look_away", facing=away),)
    if actor.action in ("embrace", "waltz") and actor.figure.playing.partner:
        held = [other for other in cast if other.action == actor.action and other.figure.playing.partner]
        return (actor, *(other for other in held if other is not actor))
    return (actor,)


def _on_the_way(
    actor: Actor, cast: tuple[Actor, ...], frame: Frame, length_s: float, tempo_bpm: float
) -> Actor:
    """Let one who walks or runs go as fast as the shot has room for, in steps of just that length.

    Steps fall on the beats; where there is no room for that, on every second one, then they get shorter.
    """
    legs = parts_of(actor.action)[0]
    if legs not in STEPS:
        return actor
    room = _ROOM * frame.width / frame.scale
    others = [(other.x - actor.x) * actor.facing for other in cast if not _same_way(actor, other)]
    ahead = min((gap for gap in others if gap > 0), default=None)
    if ahead is not None:
        room = min(room, 2 * max(0.0, ahead - _ELBOW_ROOM))
    fastest = max(0.02, room / max(length_s, 0.1))
    natural, beats = STEPS[legs]
    leg = actor.figure.leg * ADULT
    if legs == "walk" and natural * leg / (beats * 60 / tempo_bpm) > 1.5 * fastest:
        beats *= 2
    step_s = beats * 60 / tempo_bpm
    step = min(natural, fastest * step_s / leg)
    playing = replace(actor.figure.playing, step=step, beats=beats)
    return replace(actor, figure=actor.figure.as_playing(playing), speed=step * leg / step_s * actor.facing)


def _same_way(actor: Actor, other: Actor) -> bool:
    """Whether two keep their distance: the same one, or both on the way in one direction."""
    both = parts_of(actor.action)[0] == parts_of(other.action)[0] and actor.facing == other.facing
    return other is actor or both


def _wide_view(frame: Frame, scene_index: int, mirrored: bool, *, nearer: bool) -> View:
    """Show whole bodies; scenes of a film differ in distance and in what stands at the edge."""
    zoom, aside = _WIDE[scene_index // 2 % len(_WIDE)]
    zoom += 0.10 if nearer else 0.0
    half = frame.width / frame.scale / 2
    feet = (_FEET - 0.5) * frame.height / frame.scale / zoom
    return View(
        zoom, aside * half, min(frame.middle_y * (2 - zoom), -feet) if zoom > 1 else frame.middle_y, mirrored
    )


def _medium_view(frame: Frame, cast: tuple[Actor, ...], subject: Actor, mirrored: bool) -> View:
    """Show the cast to the knees; where the frame is too narrow for that, the subject alone."""
    heads = [actor.head for actor in cast]
    left, right = min(head[0] for head in heads) - 0.17, max(head[0] for head in heads) + 0.17
    visible_w, visible_h = frame.width / frame.scale, frame.height / frame.scale
    top = min(head[1] - head[2] for head in heads) - 0.055
    x, zoom = (left + right) / 2, max(1.3, min(2.15, visible_w / (right - left)))
    if visible_w / (right - left) < 1.3:
        x, zoom = subject.head[0], max(1.5, min(2.7, visible_w / 0.34))
    if top + visible_h / zoom > _ANKLES:  # a tall frame would show feet under the captions, or mere floor
        zoom = visible_h / (_KNEES - top)
        x = x if right - left <= visible_w / zoom else subject.head[0]
    return View(zoom, x, top + visible_h / zoom / 2, mirrored)


def _close_view(frame: Frame, subject: Actor, mirrored: bool, turn: int) -> View:
    x, y, radius = subject.head
    share = 0.185 if frame.width > frame.height else 0.20 * frame.width / frame.height * 1.25
    zoom = max(1.7, min(4.2, share * frame.height / (radius * frame.scale)))
    visible_w, visible_h = frame.width / frame.scale / zoom, frame.height / frame.scale / zoom
    aside = 0.11 if frame.width > frame.height else 0.03
    offset = aside * visible_w * subject.facing * (1 if turn % 2 == 0 else 0.7)
    return View(zoom, x + offset, y + 0.10 * visible_h, mirrored)


def _empty_view(framing: str, frame: Frame, index: int, mirrored: bool) -> View:
    if framing == "wide":
        return View(1.0, 0.0, frame.middle_y, mirrored, deep_focus=True)
    zoom = 1.45 if framing == "medium" else 2.1
    half = frame.width / frame.scale / 2
    side = 1 if index % 2 == 0 else -1
    x, y = side * half * 0.8 * (1 - 1 / zoom), frame.middle_y - 0.10 * (1 - 1 / zoom)
    return View(zoom, x, y, mirrored, deep_focus=True)
