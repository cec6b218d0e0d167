"""Edits of one scene: its place, hour, weather, people and what they do."""

from __future__ import annotations

import re
from random import Random
from typing import Any

from storyboard.generators.llm.builtin.boarding import Actor
from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.verses import capital
from storyboard.generators.llm.builtin.wishes import Wish, wish_of
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import InputError
from storyboard.schema.scene import Scene

_FIELDS = re.compile(
    r"^[\s:,]*(title|setting|camera|mood|plot|actions?)\s*(?::|=|to|is)\s*(.+)$", re.IGNORECASE
)
_LEAVES = re.compile(
    r"^[\s:,]*(?:without|remove|take out|take)\s+(\S.*?)(?:\s+(?:from|out of|out))?[\s.]*$", re.IGNORECASE
)
_COMES = re.compile(r"^[\s:,]*(?:add|put|with|bring)\s+(\S.*?)(?:\s+(?:to|in|into))?[\s.]*$", re.IGNORECASE)
_LOCK = re.compile(r"^[\s:,]*(unlock|lock)(?:ed)?[\s.]*$", re.IGNORECASE)
_OF_TEMPLATE = 12  # letters of a template that give away that it wrote an action


def scene_edited(board: Storyboard, number: int, text: str) -> Storyboard | None:
    """Return the storyboard with what a text asks of one scene (from 1), or None if it cannot be read.

    Raises:
        InputError: there is no such scene, or it is locked.
    """
    if not 1 <= number <= len(board.scenes):
        raise InputError(
            f"there is no scene {number}", where="revise", hint=f"the scenes are 1 to {len(board.scenes)}"
        )
    scene = board.scenes[number - 1]
    lock = _LOCK.match(text)
    if scene.locked and not lock:
        raise InputError(
            f"scene {number} is locked", where="revise", hint=f"ask to unlock scene {number} first"
        )
    changes = {"locked": lock[1].lower() == "lock"} if lock else _changes(board, scene, text)
    if not changes:
        return None
    # Validated anew, so that what a person asked for fits its field.
    edited = Scene.model_validate({**scene.model_dump(), **changes})
    scenes = [edited if each is scene else each for each in board.scenes]
    return board.model_copy(update={"scenes": scenes})


def _changes(board: Storyboard, scene: Scene, text: str) -> dict[str, Any]:
    field = _FIELDS.match(text)
    if field:
        name = field[1].lower()
        return _acted(board, field[2].strip()) if name.startswith("action") else {name: field[2].strip()}
    for pattern, change in ((_LEAVES, _without), (_COMES, _joined_by)):
        found = pattern.match(text)
        name = _cast_name(board, found[1]) if found else None
        if name:
            return change(board, scene, name)
    if re.match(r"^[\s]*:", text) and _names_in(board, text):
        return _acted(board, text.strip(" :,"))
    wish = wish_of(text)
    if wish.rest:
        return _acted(board, text.strip(" :,")) if _names_in(board, text) else {}
    return _placed(board, scene, wish, text)


def _acted(board: Storyboard, actions: str) -> dict[str, Any]:
    """Return what somebody does, and with it who is there."""
    names = _names_in(board, actions)
    return {"actions": f"{capital(actions).rstrip('.')}.", **({"characters": names[:4]} if names else {})}


def _without(board: Storyboard, scene: Scene, name: str) -> dict[str, Any]:
    present = [each for each in scene.characters if each != name]
    sentences = re.split(r"(?<=[.!?])\s+", scene.actions)
    kept = " ".join(sentence for sentence in sentences if not re.search(rf"\b{re.escape(name)}\b", sentence))
    if present and not all(re.search(rf"\b{re.escape(each)}\b", kept) for each in present):
        kept = _drawn(board, scene, _kind_of(scene.setting), present)
    return {"characters": present, "actions": kept}


def _joined_by(board: Storyboard, scene: Scene, name: str) -> dict[str, Any]:
    if name in scene.characters:
        return {}
    return {"characters": [*scene.characters, name], "actions": f"{scene.actions} {name} looks up.".strip()}


def _placed(board: Storyboard, scene: Scene, wish: Wish, text: str) -> dict[str, Any]:
    """Return another place, hour or weather, and with another place a title and actions that fit it."""
    changes: dict[str, Any] = {}
    if wish.time_of_day:
        changes["time_of_day"] = wish.time_of_day
    if wish.weather:
        changes["weather"] = wish.weather
    if wish.kind or wish.setting:
        rng = Random(f"{board.seed}/{scene.id}/{text}")
        place = table("settings").get(wish.kind, {})
        changes["setting"] = wish.setting or rng.choice(place["texts"])
        before = _kind_of(scene.setting)
        if place and before and before != wish.kind:
            if scene.title in table("settings")[before]["titles"]:
                changes["title"] = rng.choice(place["titles"])
            if _is_drawn(scene, before):
                changes["actions"] = _drawn(board, scene, wish.kind, scene.characters)
    return changes


def _drawn(board: Storyboard, scene: Scene, kind: str, names: list[str]) -> str:
    actor = Actor(board.cast, [], Random(f"{board.seed}/{scene.id}/{kind}"))
    return actor.actions(kind or "street", names, scene.kind == "performance") if names else ""


def _is_drawn(scene: Scene, kind: str) -> bool:
    """Whether the actions come from the templates of a place, and so speak of what stands there."""
    place = table("settings")[kind]
    pieces = [piece for each in (*place["moves"], *place["pairs"]) for piece in re.split(r"\{\w+\}", each)]
    return any(piece.strip(" .") in scene.actions for piece in pieces if len(piece) > _OF_TEMPLATE)


def _kind_of(setting: str) -> str:
    named = [kind for kind in table("settings") if re.search(rf"\b{re.escape(kind)}\b", setting.lower())]
    return max(named, key=len) if named else ""


def _names_in(board: Storyboard, text: str) -> list[str]:
    found = {
        each.name: place.start()
        for each in board.cast
        if (place := re.search(rf"(?<!\w){re.escape(each.name)}(?!\w)", text))
    }
    return sorted(found, key=lambda name: found[name])


def _cast_name(board: Storyboard, text: str) -> str | None:
    return next((each.name for each in board.cast if each.name.lower() == text.strip().lower()), None)
