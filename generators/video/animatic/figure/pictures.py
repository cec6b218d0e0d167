"""Pictures of every action, for contact sheets and to compare versions by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

import numpy as np
import skia
from numpy.typing import NDArray

from storyboard.generators.video.animatic.figure.acting import Moment, Playing
from storyboard.generators.video.animatic.figure.actions import ACTIONS
from storyboard.generators.video.animatic.figure.mouths import MOUTHS
from storyboard.generators.video.animatic.figure.player import Player
from storyboard.generators.video.animatic.figure.sprite import Light
from storyboard.schema.cast import Character

_WIDTH, _HEIGHT, _UNIT, _FEET = 150, 170, 125.0, 154.0
_PHASES = 8
_STAGED = ("lie", "steer", "passenger", "embrace")
"""Actions that the staging gives where the place or a partner ask for them."""
_BEATS_A_PHASE, _TEMPO_BPM = 1.0, 120.0
_LIGHT = Light((1.0, 1.0, 1.0), (1.0, 0.9, 0.7), 1, 0.6)
_GROUND = skia.Color(124, 132, 150)
_SHEETS = (
    ("Maya", "woman", 28, "brown", "long", "wavy", (("teal", "t-shirt"), ("navy", "jeans"))),
    ("Tim", "boy", 8, "ginger", "short", "messy", (("yellow", "hoodie"), ("blue", "shorts"))),
    ("Bolt", "robot", 2, "silver", "bald", "", (("orange", "armor"), ("cream", "plates"))),
)


def action_pictures(only: Sequence[str] = ()) -> dict[str, NDArray[np.uint8]]:
    """Return a picture of each action and one of the mouths, RGB [height, width, 3].

    Each action has a row for a woman, a child and a robot, with eight phases of two bars. `only` names
    the pictures that are wanted, empty for all.
    """
    players = [Player(_character(*sheet), 3) for sheet in _SHEETS]
    rows: dict[str, Callable[[Player], NDArray[np.uint8]]] = {
        action: partial(_row, action=action) for action in (*ACTIONS, *_STAGED)
    }
    rows["mouths"] = _mouths
    return {
        name: np.vstack([draw(player) for player in players])
        for name, draw in rows.items()
        if not only or name in only
    }


def _character(
    name: str,
    gender: str,
    age: int,
    color: str,
    length: str,
    style: str,
    clothes: tuple[tuple[str, str], ...],
) -> Character:
    return Character.model_validate(
        {
            "name": name, "gender": gender, "age": age, "eyes": "green",
            "hair": {"color": color, "length": length, "style": style},
            "clothing": [{"color": tone, "item": item} for tone, item in clothes],
        }
    )  # fmt: skip


def _row(player: Player, action: str) -> NDArray[np.uint8]:
    beats = [phase * (_BEATS_A_PHASE + 0.125) for phase in range(_PHASES)]
    return np.hstack([_still(player, action, beat, 0.4 * (phase % 2)) for phase, beat in enumerate(beats)])


def _still(player: Player, action: str, beat: float, opened: float) -> NDArray[np.uint8]:
    surface = skia.Surface(_WIDTH, _HEIGHT)
    moment = Moment(beat * 60 / _TEMPO_BPM, beat, 0.6, opened, Playing())
    with surface as canvas:
        canvas.clear(_GROUND)
        player.draw(canvas, action, moment, _LIGHT, x=_WIDTH / 2 - 8, feet_y=_FEET, unit_px=_UNIT, facing=1)
    return _rgb(surface)


def _mouths(player: Player) -> NDArray[np.uint8]:
    """Return a face with every shape of the mouth, and with what lies between two."""
    shapes = list(MOUTHS.values())
    between = [one.toward(other, 0.5) for one, other in pairwise(shapes)]
    faces = []
    for mouth in (*shapes, *between[:1]):
        surface = skia.Surface(_WIDTH, _HEIGHT)
        moment = Moment(0.8, 1.25, 0.6, mouth)
        unit = 7 * _UNIT
        head_x, head_y, _ = player.head("stand", moment, x=0.0, feet_y=0.0, unit_px=unit, facing=1)
        with surface as canvas:
            canvas.clear(_GROUND)
            x, feet_y = _WIDTH / 2 - head_x, _HEIGHT / 2 - head_y
            player.draw(canvas, "stand", moment, _LIGHT, x=x, feet_y=feet_y, unit_px=unit, facing=1)
        faces.append(_rgb(surface))
    return np.hstack(faces)


def _rgb(surface: skia.Surface) -> NDArray[np.uint8]:
    shot = surface.makeImageSnapshot().toarray(colorType=skia.ColorType.kRGBA_8888_ColorType)
    return np.ascontiguousarray(np.asarray(shot, np.uint8)[..., :3])
