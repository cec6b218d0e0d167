"""Building: from a request to the set of its scene."""

from __future__ import annotations

import random
import zlib
from dataclasses import replace

from storyboard.generators.seams import VideoRequest
from storyboard.generators.video.animatic.figure import actions_of
from storyboard.generators.video.animatic.palette import Palette, mix, palette_of, scaled
from storyboard.generators.video.animatic.pieces.storm import flicker_of_storm
from storyboard.generators.video.animatic.scenery import GROUND, Scenery
from storyboard.generators.video.animatic.seats import seat_said
from storyboard.generators.video.animatic.settings.recognition import kind_of, season_of, storms
from storyboard.generators.video.animatic.settings.registry import SETTINGS
from storyboard.generators.video.animatic.staging import frame_of
from storyboard.schema.scene import Scene

_FLASH = 0.22
"""How much of the lightning falls on the whole scene."""
_STORM_DIM = 0.86
_STORM_SKY = (0.16, 0.18, 0.24)


def scenery_of(request: VideoRequest) -> Scenery:
    """Build the set of a scene: its place at its hour, in its weather and season."""
    scene, frame = request.scene, frame_of(request)
    kind = kind_of(scene.setting, request.seed)
    setting = SETTINGS[kind]
    storm = storms(scene.setting)
    done = frozenset(part for action in actions_of(scene).values() for part in action.split("+"))
    scenery = Scenery(
        palette=_palette(request, indoor=setting.indoor, storm=storm),
        rng=random.Random(request.seed * 7919 + request.scene_index * 104729 + zlib.crc32(kind.encode())),
        w=frame.width / frame.scale / 2,
        top=-GROUND * frame.height / frame.scale,
        bottom=(1 - GROUND) * frame.height / frame.scale,
        seat=seat_said(scene.actions) or setting.seat,
        indoor=setting.indoor,
        weathered=not setting.indoor,
        seated="sit" in done,
        said=scene.setting.lower(),
        done=done,
        season=season_of(f"{scene.setting}. {scene.mood}", _weather(scene, storm=storm)),
        storm=storm,
        thunder=1 + (request.seed + request.scene_index * 3) % 4,
    )
    setting.paint(scenery)
    if storm and not setting.indoor:
        scenery.layer(1.0)
        whole = (scenery.left, scenery.high, scenery.span, scenery.low - scenery.high)
        flicker_of_storm(scenery, whole, _FLASH)
    scenery.close()
    return scenery


def _weather(scene: Scene, *, storm: bool) -> str:
    """Return the weather; a storm brings rain unless it snows."""
    return "rain" if storm and scene.weather != "snow" else scene.weather


def _palette(request: VideoRequest, *, indoor: bool, storm: bool) -> Palette:
    scene = request.scene
    palette = palette_of(
        request.look.palette,
        time_of_day=scene.time_of_day,
        weather=_weather(scene, storm=storm),
        mood=scene.mood,
        indoor=indoor,
        film_index=zlib.crc32(request.look.style.encode()),
        scene_index=request.scene_index,
    )
    if not storm:
        return palette
    level = 1.0 - 0.65 * palette.hour.lamps
    dark = scaled(_STORM_SKY, 0.45 + 0.9 * level)
    high, middle, low = palette.sky
    return replace(
        palette,
        ambient=palette.ambient if indoor else scaled(palette.ambient, _STORM_DIM),
        sky=(mix(high, dark, 0.82), mix(middle, dark, 0.66), mix(low, dark, 0.42)),
        haze=mix(palette.haze, dark, 0.4),
        lamps=max(palette.lamps, 0.7),
        _mixed={},
    )
