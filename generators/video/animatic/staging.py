"""Staging: who stands where, which way they look, who sings, where the camera goes for each shot."""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass, replace

from storyboard.generators.seams import VideoRequest
from storyboard.generators.video.animatic import blocking
from storyboard.generators.video.animatic.blocking import Mark, Side
from storyboard.generators.video.animatic.camera import Frame, View
from storyboard.generators.video.animatic.figure import Figure, Moment, actions_of
from storyboard.generators.video.animatic.figure.combined import parts_of
from storyboard.generators.video.animatic.scenery import ADULT, GROUND

_TRAVELLING = {"walk": 0.11, "run": 0.17}
_FEET = 0.815
"""Where feet stand in a wide shot, as a share of the frame's height: above the captions."""
_WIDE = ((1.0, 0.0), (1.12, 0.08), (1.06, -0.06))
"""Zoom of a wide shot, and how far its middle lies aside, as a share of half the width."""
_KNEES, _ANKLES = -0.28 * ADULT, -0.06 * ADULT
"""Where a medium shot ends at its lower edge, and how far down it may reach, in scene units."""
_SCALE_TALL = (0.74, 0.74, 0.64, 0.54, 0.48)
_SCALE_SQUARE = (0.94, 0.94, 0.90, 0.80, 0.70)
STILL = Moment(t_s=0.0, beat=0.0, energy=0.4, mouth=0.0)


@dataclass(frozen=True)
class Actor:
    """A character on its mark. x and y in scene units; speed in units a second."""

    figure: Figure
    name: str
    action: str
    x: float
    y: float
    facing: Side
    speed: float
    sings: bool

    @property
    def head(self) -> tuple[float, float, float]:
        """Centre x, y and radius of the head at rest, in scene units."""
        return self.figure.head(
            self.action, STILL, x=self.x, feet_y=self.y, unit_px=ADULT, facing=self.facing
        )


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


def cast_of(request: VideoRequest, frame: Frame, centre: float) -> tuple[Actor, ...]:
    """Put the characters on their marks, from left to right in the order of the scene."""
    actions = actions_of(request.scene)
    names = [character.name for character in request.characters]
    singer = _singer(names, actions, request.scene.kind == "performance")
    rng = random.Random(request.seed * 31 + request.scene_index)
    half = frame.width / frame.scale / 2
    figures = [Figure(character, zlib.crc32(character.name.encode())) for character in request.characters]
    doing = [actions.get(name, "stand") for name in names]
    heights = [figure.height for figure in figures]
    together = blocking.embracing(doing, heights)
    places = blocking.places_of(len(names), together)
    marks = _marks(len(names), half, centre * half, rng)
    marks = blocking.drawn_close([marks[place] for place in places], together, heights)
    actors = []
    for index, (figure, action, place) in enumerate(zip(figures, doing, places, strict=True)):
        facing = _facing(place, len(names), marks[index][0], {parts_of(other)[0] for other in doing})
        action, facing = blocking.pointing(action, facing, place, len(names))
        if index in together:
            action, facing = "embrace", blocking.facing_in_embrace(index, together)
        speed = _TRAVELLING.get(parts_of(action)[0], 0.0) * facing
        actors.append(
            Actor(figure, names[index], action, *marks[index], facing, speed, names[index] == singer)
        )
    return tuple(actors)


def shots_of(request: VideoRequest, frame: Frame, cast: tuple[Actor, ...]) -> list[Shot]:
    """Give every shot its view, so that neighbours in a clip never look alike."""
    mirrored_scene = (request.scene_index + request.seed) % 2 == 1
    shots: list[Shot] = []
    subject, turn = _facing_us(cast, _first_subject(cast)), 0
    for index, spec in enumerate(request.shots):
        again = index > 0 and request.shots[index - 1].framing == spec.framing
        flipped = bool(shots) and shots[-1].view.mirrored != mirrored_scene
        mirrored = mirrored_scene != (not flipped if again else flipped)
        if not cast:
            view, actors = _empty_view(spec.framing, frame, index, mirrored), cast
        elif spec.framing == "wide":
            view, actors = _wide_view(frame, request.scene_index, mirrored, nearer=again), cast
        elif spec.framing == "medium":
            view, actors = _medium_view(frame, cast, cast[subject], mirrored), cast
        else:
            actors = _seen_near(cast, subject)
            view = _close_view(frame, actors[0], mirrored, turn)
            turn += 1
            subject = _facing_us(cast, (subject + 1) % len(cast))
        shots.append(Shot(spec.first_frame, spec.n_frames, view, actors, spec.framing))
    return shots


def _singer(names: list[str], actions: dict[str, str], performance: bool) -> str:
    singing = [name for name in names if actions.get(name) in ("sing", "perform", "microphone")]
    if singing:
        return singing[0]
    return names[0] if performance and names else ""


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
    if actor.action == "embrace":
        return (actor, *(other for other in cast if other.action == "embrace" and other is not actor))
    return (actor,)


def _marks(n: int, half: float, middle: float, rng: random.Random) -> list[Mark]:
    """Return where each stands: thirds for one, a pair off the middle for two, a shallow arc for more."""
    if n == 0:
        return []
    if n == 1:
        return [(middle + (rng.choice((-1, 1)) if middle == 0 else 0) * min(0.22, half * 0.2), 0.0)]
    step = min((0.0, 0.0, 0.36, 0.34, 0.30)[min(n, 4)], 2 * half * 0.80 / n)
    room = max(0.0, half * 0.9 - step * n / 2)
    centre = max(-room, min(room, middle + rng.uniform(-0.06, 0.06)))
    return [
        (centre + (index - (n - 1) / 2) * step, 0.012 if index % 2 == 0 else -0.016) for index in range(n)
    ]


def _facing(index: int, n: int, x: float, actions: set[str]) -> Side:
    if n == 1:
        return -1 if x > 0 else 1
    if actions <= {"walk", "run"}:
        return 1
    return 1 if index < n / 2 else -1


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
