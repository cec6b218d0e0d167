"""Casting: who of a scene stands where, does and feels what, with whom, and who sings."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.generators.seams import VideoRequest
from storyboard.generators.video.animatic import blocking
from storyboard.generators.video.animatic.blocking import Mark, Side
from storyboard.generators.video.animatic.camera import Frame
from storyboard.generators.video.animatic.figure import Moment, actions_of
from storyboard.generators.video.animatic.figure.acting import Playing
from storyboard.generators.video.animatic.figure.actions import feelings_of, leavers_of, singers_of
from storyboard.generators.video.animatic.figure.combined import parts_of
from storyboard.generators.video.animatic.figure.feelings import energy_of
from storyboard.generators.video.animatic.figure.moves import STEPS
from storyboard.generators.video.animatic.figure.player import Player
from storyboard.generators.video.animatic.figure.verbs import WALKING
from storyboard.generators.video.animatic.rhythm import Rhythm
from storyboard.generators.video.animatic.scenery import ADULT
from storyboard.generators.video.animatic.things.holding import held_thing
from storyboard.schema.scene import Scene

if TYPE_CHECKING:
    from storyboard.generators.video.animatic.settings.registry import Setting

STILL = Moment(t_s=0.0, beat=0.0, energy=0.4, mouth=0.0)
_BED = re.compile(
    r"\b(bed|beds|bedroom|dorm|hotel|motel|hospital|bunk|mattress|blankets?|sheets|pillow)\b", re.IGNORECASE
)
_UPRIGHT = re.compile(r"\b(sofa|couch|chair|armchair|bench|seat|desk|train|bus|plane|floor)\b", re.IGNORECASE)
_TABLE = re.compile(
    r"\b(table|desk|counter|stall|stand|laptop|typ(es|ing)|letter|notebook|easel|sew\w*|knit\w*)\b",
    re.IGNORECASE,
)
"""What one works at upright, outside too."""
_AS_A_PET = frozenset(
    ("stand", "walk", "run", "dance", "sit", "sleep", "sing", "look_up", "jump", "wave", "hug", "turn_away")
)
_WINDOWED = frozenset(
    ("bedroom", "café", "kitchen", "living room", "library", "office", "classroom", "hospital", "restaurant",
     "diner", "train interior", "aeroplane", "car", "church", "castle", "airport", "shop", "bathroom")
)  # fmt: skip
"""Places with windows of their own."""
_SLOW_BPM, _FAST_BPM = 84.0, 132.0
_SOFT, _LOUD = 0.36, 0.72
"""Below and above this energy of a feeling people dance slowly, or jump."""


@dataclass(frozen=True)
class Actor:
    """A character on its mark. x and y in scene units; speed in units a second.

    `ahead` is how far from its mark one who walks is in the middle of the shot, in scene units.
    """

    figure: Player
    name: str
    action: str
    x: float
    y: float
    facing: Side
    speed: float
    sings: bool
    ahead: float = 0.0

    @property
    def head(self) -> tuple[float, float, float]:
        """Centre x, y and radius of the head at rest, in scene units."""
        return self.figure.head(
            self.action, STILL, x=self.x, feet_y=self.y, unit_px=ADULT, facing=self.facing
        )

    @property
    def highest(self) -> float:
        """How high the head comes in a bar, in scene units: less than at rest in the air of a jump."""
        bar = (Moment(t_s=0.0, beat=k / 2, energy=1.0, mouth=0.0) for k in range(8))
        heads = (
            self.figure.head(self.action, at, x=self.x, feet_y=self.y, unit_px=ADULT, facing=self.facing)
            for at in bar
        )
        return min(y - 1.15 * radius for _, y, radius in heads)


def cast_of(request: VideoRequest, frame: Frame, centre: float) -> tuple[Actor, ...]:
    """Put the characters on their marks, from left to right in the order of the scene."""
    names = [character.name for character in request.characters]
    half, in_car = frame.width / frame.scale / 2, _is_car(request)
    players = [Player(one, zlib.crc32(one.name.encode()), in_car=in_car) for one in request.characters]
    pets, heights = [player.is_pet for player in players], [player.height for player in players]
    doing = _doing(request, pets)
    kind, together = blocking.paired(doing, heights, pets)
    if "drive" in doing and (in_car or len(doing) > 1):
        together = []
        doing = blocking.in_car(doing) if in_car else blocking.in_open_car(doing)
        marks = blocking.car_marks(doing, half) if in_car else blocking.open_car_marks(doing)
        order = sorted(range(len(names)), key=lambda index: marks[index][0])
        places = [order.index(index) for index in range(len(names))]
    else:
        rng = random.Random(request.seed * 31 + request.scene_index)
        places = blocking.places_of(len(names), together)
        spread = _marks(len(names), half, centre * half, rng)
        marks = blocking.drawn_close([spread[place] for place in places], together, heights, kind)
    singer = _singer(names, doing, request.scene)
    feelings, legs = feelings_of(request.scene), {parts_of(action)[0] for action in doing}
    leavers = leavers_of(request.scene)
    actors, n_talking = [], 0
    for index, (player, action, place) in enumerate(zip(players, doing, places, strict=True)):
        facing = _facing(place, len(names), marks[index][0], legs)
        action, facing = blocking.pointing(action, facing, place, len(names))
        facing = blocking.turned_out(action, facing, len(names))
        leaves = names[index] in leavers and parts_of(action)[0] in STEPS
        if len(names) > 1 and (leaves or action == "tend"):
            facing = -1 if place < len(names) / 2 else 1
        playing = Playing(
            feeling=feelings.get(names[index], ""),
            turn=n_talking % 2,
            held=held_thing(request.scene, names[index]),
        )
        n_talking += parts_of(action)[1] == "talk"
        if parts_of(action)[0] in ("drive", "passenger"):
            facing = 1
        if index in together:
            action = "embrace" if kind == "embrace" else action
            facing = blocking.facing_in_embrace(index, together)
            if legs <= {"walk", "run"}:
                facing = 1
            playing = _with_partner(playing, index, together, marks, heights, facing)
        actor = player.as_playing(playing)
        actors.append(Actor(actor, names[index], action, *marks[index], facing, 0.0, names[index] == singer))
    return tuple(_looking_at(actor, actors) for actor in actors)


def _looking_at(actor: Actor, actors: Sequence[Actor]) -> Actor:
    """Let one raise or lower the eyes to the face of who is next in front, if anybody is."""
    before = [other for other in actors if (other.x - actor.x) * actor.facing > 0]
    other = min(before, key=lambda each: abs(each.x - actor.x), default=None)
    if other is None or other.facing == actor.facing:
        return actor
    up = (actor.head[1] - other.head[1]) / (ADULT * actor.figure.height)
    return replace(actor, figure=actor.figure.as_playing(replace(actor.figure.playing, up=round(up, 3))))


def _doing(request: VideoRequest, pets: Sequence[bool]) -> list[str]:
    """Return what each character does here, in the order of the request."""
    from storyboard.generators.video.animatic.settings import kind_of

    scene, actions = request.scene, actions_of(request.scene)
    doing, kind = [], kind_of(scene.setting, request.seed)
    for character, is_pet in zip(request.characters, pets, strict=True):
        action = actions.get(character.name, "stand")
        if is_pet:
            legs, rest = parts_of(action)
            doing.append(rest if rest in _AS_A_PET else legs if legs in _AS_A_PET else "sit")
            continue
        if action == "sleep" and _has_bed(request):
            action = "lie"
        elif action == "work" and not _setting(request).indoor and not _TABLE.search(scene.actions):
            action = "tend"
        elif parts_of(action)[1] == "window" and kind in _WINDOWED:
            action = action.replace("window", "look_out")
        elif action == "turn_away" and len(pets) == 1 and WALKING.search(scene.actions):
            action = "walk"  # with nobody to turn away from
        elif action == "dance":
            action = _dance(request, feelings_of(scene).get(character.name, ""))
        elif (
            action == "sing" and scene.kind == "performance" and (request.seed + request.scene_index) % 3 == 0
        ):
            action = "sing_stand"
        doing.append(action)
    return doing


def _dance(request: VideoRequest, feeling: str) -> str:
    """Return how to dance where the text does not say: slowly in soft songs, jumping in loud ones."""
    tempo, energy = Rhythm(request).tempo_bpm, energy_of(feeling)
    if (feeling and energy < _SOFT and tempo < _FAST_BPM) or (tempo < _SLOW_BPM and energy < _LOUD):
        return "waltz"
    return "dance_jump" if energy >= _LOUD and tempo > _FAST_BPM else "dance"


def _has_bed(request: VideoRequest) -> bool:
    """Whether who sleeps in this scene lies in a bed."""
    scene = request.scene
    if _UPRIGHT.search(scene.actions):
        return False
    return bool(_BED.search(scene.actions) or _BED.search(scene.setting)) or _setting(request).seat == "bed"


def _setting(request: VideoRequest) -> Setting:
    from storyboard.generators.video.animatic.settings import SETTINGS, kind_of

    return SETTINGS[kind_of(request.scene.setting, request.seed)]


def _is_car(request: VideoRequest) -> bool:
    """Whether the place is the inside of a car, which brings its own wheel and seats."""
    from storyboard.generators.video.animatic.settings import kind_of

    return kind_of(request.scene.setting, request.seed) == "car"


def _singer(names: Sequence[str], doing: Sequence[str], scene: Scene) -> str:
    """Return whose mouth follows the song: who only sings, who sings besides, the first on stage."""
    singing = [name for name, action in zip(names, doing, strict=True) if "sing" in parts_of(action)[1]]
    singing += singers_of(scene)
    if singing:
        return singing[0]
    return names[0] if scene.kind == "performance" and names else ""


def _with_partner(
    playing: Playing,
    index: int,
    together: Sequence[int],
    marks: Sequence[Mark],
    heights: Sequence[float],
    facing: Side,
) -> Playing:
    """Tell one of a pair where the other stands, in heights of its own."""
    others = [other for other in together if other != index]
    other = min(others, key=lambda each: abs(marks[each][0] - marks[index][0]))
    distance = facing * (marks[other][0] - marks[index][0]) / ADULT
    own = heights[index]
    leads = (heights[index], -index) > (heights[other], -other)
    partner = (distance / own, heights[other] / own)
    return Playing(feeling=playing.feeling, partner=partner, turn=0 if leads else 1)


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


def _facing(index: int, n: int, x: float, legs: set[str]) -> Side:
    if n == 1:
        return -1 if x > 0 else 1
    if legs <= {"walk", "run"}:
        return 1
    return 1 if index < n / 2 else -1
