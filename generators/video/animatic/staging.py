"""Staging: where the camera goes for each shot, who is in it, and how far they walk in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from storyboard.generators.seams import VideoRequest
from storyboard.generators.video.animatic.blocking import Side
from storyboard.generators.video.animatic.camera import Frame, View
from storyboard.generators.video.animatic.camera_views import close_view, empty_view, medium_view, wide_view
from storyboard.generators.video.animatic.casting import Actor, cast_of
from storyboard.generators.video.animatic.figure.combined import parts_of
from storyboard.generators.video.animatic.figure.moves import STEPS
from storyboard.generators.video.animatic.rhythm import Rhythm
from storyboard.generators.video.animatic.scenery import ADULT, GROUND

__all__ = ["Actor", "Shot", "cast_of", "frame_of", "shots_of"]

_ROOM = {"walk": 0.40, "run": 0.62}
"""Share of the frame's width that one who walks or runs may cross in a wide shot."""
_NEAR_ROOM, _NARROW_ROOM = 0.22, 0.06
"""The same in shots nearer than that, in which the camera goes along, and there in a narrow frame."""
_EDGE = 0.10
"""How near the edges of the frame who walks may come, in scene units."""
_ELBOW_ROOM = 0.28
"""How near one who walks may come to another, in scene units."""
_TOO_FAST = 1.5
"""From so many times the speed that there is room for, a step takes twice the beats."""
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
        actors = cast
        if not cast:
            view = empty_view(spec.framing, frame, index, mirrored)
        elif spec.framing == "wide":
            view = wide_view(frame, cast, request.scene_index, mirrored, nearer=again)
        elif spec.framing == "medium":
            view, actors = medium_view(frame, cast, cast[subject], mirrored)
            if len(cast) == 1 and cast[0].action == "turn_away":  # else a whole shot would be a back
                actors = _seen_near(cast, subject)
        else:
            actors = _seen_near(cast, subject)
            view = close_view(frame, actors, mirrored, turn)
            turn += 1
            subject = _facing_us(cast, (subject + 1) % len(cast))
        length_s = max(0.1, spec.n_frames / request.look.fps)
        walked = tuple(
            _on_the_way(each, actors, frame, view, spec.framing, length_s, tempo) for each in actors
        )
        shots.append(Shot(spec.first_frame, spec.n_frames, view, walked, spec.framing))
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
    if parts_of(actor.action)[1] == "hold_hands":  # the other hand is out of the picture
        legs = parts_of(actor.action)[0]
        return (replace(actor, action="stand" if legs == "hold_hands" else legs),)
    if actor.action in ("embrace", "waltz") and actor.figure.playing.partner:
        held = [other for other in cast if other.action == actor.action and other.figure.playing.partner]
        return (actor, *(other for other in held if other is not actor))
    return (actor,)


def _on_the_way(
    actor: Actor,
    cast: tuple[Actor, ...],
    frame: Frame,
    view: View,
    framing: str,
    length_s: float,
    tempo_bpm: float,
) -> Actor:
    """Let one who walks or runs go as fast as the shot has room for, in steps of just that length.

    Steps fall on the beats; where there is no room for that, on every second one, then they get shorter.
    Nearer than wide, where no feet are seen, the steps stay long and the camera goes along.
    """
    legs = parts_of(actor.action)[0]
    if legs not in STEPS:
        return actor
    together = [other for other in cast if _same_way(actor, other)]
    behind, ahead = _room(actor, together, cast, frame, view, framing)
    middle = actor.facing * (ahead - behind) / 2
    if framing != "wide":
        return replace(actor, speed=(behind + ahead) / length_s * actor.facing, ahead=middle)
    fastest = max(0.02, (behind + ahead) / length_s)
    natural, beats = STEPS[legs]
    leg = min(each.figure.leg for each in together) * ADULT
    if natural * leg / (beats * 60 / tempo_bpm) > _TOO_FAST * fastest:
        beats *= 2
    step_s = beats * 60 / tempo_bpm
    speed = min(fastest, natural * leg / step_s)
    step = speed * step_s / (actor.figure.leg * ADULT)
    figure = actor.figure.as_playing(replace(actor.figure.playing, step=step, beats=beats))
    return replace(actor, figure=figure, speed=speed * actor.facing, ahead=middle)


def _room(
    actor: Actor, together: list[Actor], cast: tuple[Actor, ...], frame: Frame, view: View, framing: str
) -> tuple[float, float]:
    """Return how far one who walks may come from behind its mark and go beyond it, in scene units."""
    visible = frame.width / frame.scale / view.zoom
    near = _NEAR_ROOM if frame.width > frame.height else _NARROW_ROOM
    room = visible * (_ROOM[parts_of(actor.action)[0]] if framing == "wide" else near)
    edge = visible / 2 - _EDGE
    places = [(other.x - view.x) * actor.facing for other in together]
    ahead, behind = max(0.0, edge - max(places)), max(0.0, edge + min(places))
    for other in cast:
        gap = (other.x - actor.x) * actor.facing
        if other not in together and gap > 0:
            ahead = min(ahead, max(0.0, gap - _ELBOW_ROOM))
        elif other not in together:
            behind = min(behind, max(0.0, -gap - _ELBOW_ROOM))
    to_go = max(min(ahead, room / 2), min(ahead, room - min(behind, room / 2)))
    return min(behind, room - to_go), to_go


def _same_way(actor: Actor, other: Actor) -> bool:
    """Whether two keep their distance: the same one, or both on the way in one direction."""
    both = parts_of(actor.action)[0] == parts_of(other.action)[0] and actor.facing == other.facing
    return other is actor or both
