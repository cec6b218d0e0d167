"""Settings: whether a viewer sees that the scene has changed."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from importlib import resources

from storyboard.generators.lint.finding import Finding
from storyboard.generators.lint.lyrics import spoken
from storyboard.schema.board import Storyboard
from storyboard.schema.scene import Scene

_SHARED_WORDS = 0.6  # of two settings of no known kind: beyond it they are the same place
_MOST_VISITS = 2  # a film may come back to where it began, not more
_SMALL = frozenset(
    "a an the and or of in on at to by with from near under over its his her their some".split()
)


def scenes_that_look_alike(board: Storyboard) -> Iterator[Finding]:
    """Find scenes in the same kind of place at the same time of day and in the same weather."""
    for index, scene in enumerate(board.scenes):
        for earlier, other in enumerate(board.scenes[:index]):
            if _same_light(scene, other) and _same_place(scene.setting, other.setting):
                yield Finding(
                    code="same-picture",
                    where=f"scenes[{index}].setting",
                    message=f"this scene would look like scenes[{earlier}]: the same kind of place, "
                    f"{scene.time_of_day} and {scene.weather} both; change one of them",
                    step="board",
                )
                break


def settings_repeated(board: Storyboard) -> Iterator[Finding]:
    """Find settings written word for word in more scenes than a film that comes home needs."""
    seen: dict[str, list[int]] = {}
    for index, scene in enumerate(board.scenes):
        seen.setdefault(spoken(scene.setting), []).append(index)
    for places in seen.values():
        if len(places) > _MOST_VISITS:
            yield Finding(
                code="setting-repeated",
                where=f"scenes[{places[-1]}].setting",
                message=f"{len(places)} scenes have this very setting; show other places or corners of it",
                step="board",
            )


def kind_of(setting: str) -> str:
    """Return the kind of place that a setting names, or "" if none is known.

    What stands first decides: "a café beside the station" is a café.
    """
    words = spoken(setting)
    found = [
        (place.start(), -len(word), kind)
        for word, kind in _kinds().items()
        if (place := re.search(rf"\b{word}s?\b", words))
    ]
    return min(found)[2] if found else ""


@functools.cache
def _kinds() -> dict[str, str]:
    data = resources.files(__package__) / "data" / "places.toml"
    table = tomllib.loads(data.read_text(encoding="utf-8"))
    return {spoken(word): kind for kind, words in table["kinds"].items() for word in words.split(", ")}


def _same_light(one: Scene, other: Scene) -> bool:
    return one.time_of_day == other.time_of_day and one.weather == other.weather


def _same_place(one: str, other: str) -> bool:
    kinds = kind_of(one), kind_of(other)
    if all(kinds):
        return kinds[0] == kinds[1]
    ours, theirs = (frozenset(spoken(text).split()) - _SMALL for text in (one, other))
    return len(ours & theirs) >= _SHARED_WORDS * max(1, len(ours | theirs))
