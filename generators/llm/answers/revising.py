"""Edits of a storyboard, field by field, in the words of a model: on a copy, locked scenes left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import ValidationError

from storyboard.generators.llm.answers.clean import clean, plain_words
from storyboard.generators.llm.answers.documents import Edit
from storyboard.generators.llm.answers.values import (
    age_of,
    gender_of,
    hour_of,
    key_of,
    kind_of,
    metre_of,
    palette_of,
    tempo_of,
    weather_of,
)
from storyboard.generators.llm.answers.wardrobe import clothing_of, hair_of
from storyboard.generators.llm.given import refuse_changes_of
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import InputError
from storyboard.schema.files import explain_all

Read = Callable[[str], Any]
_HINT = "say it in other words, one change at a time: scene 3 at night on a rooftop; Mia wears a red coat"

_SCENE: dict[str, Read] = {
    "title": clean, "setting": clean, "time_of_day": hour_of, "weather": weather_of, "characters": clean,
    "actions": clean, "plot": clean, "kind": kind_of, "camera": clean, "mood": clean,
}  # fmt: skip
_CHARACTER: dict[str, Read] = {
    "name": clean, "gender": gender_of, "age": age_of, "hair": clean, "hair.color": clean,
    "hair.length": clean, "hair.style": clean, "eyes": clean, "face": clean, "height": clean,
    "clothing": clothing_of,
}  # fmt: skip
_SONG: dict[str, Read] = {
    "title": clean, "genre": clean, "tempo_bpm": tempo_of, "time_signature": metre_of, "key": key_of,
    "recording.melody": clean, "recording.beat": clean, "recording.rhythm": clean, "vocals.emotions": clean,
    "vocals.range": clean, "vocals.expression": clean, "vocals.voice": clean,
}  # fmt: skip
_RECORDED = {"tempo_bpm": "tempo", "time_signature": "time signature", "key": "key"}
_STORY: dict[str, Read] = {"summary": clean, "who": clean, "where": clean, "change": clean}
_LOOK: dict[str, Read] = {"style": clean, "palette": palette_of}
_SCENE_WHERE = re.compile(r"^scenes?[ _\[(]*(\d{1,2})[\])]*[. :,/_-]+(.+)$", re.IGNORECASE)
_LINE_WHERE = re.compile(
    r"^song\.?\s*sections?[ _\[]*(\d{1,2})\]?[. ,]+lines?[ _\[]*(\d{1,2})\]?$", re.IGNORECASE
)


def apply_edits(board: Storyboard, edits: Sequence[Edit]) -> Storyboard:
    """Return a copy of a storyboard with edits applied, checked as a whole.

    Raises:
        InputError: an edit names no field or has no usable value, all that it touches is locked, the
            parts no longer agree, or it would change what the user's own recording has fixed.
    """
    for edit in edits:
        _refuse_if_recorded(board, edit.where)
    document = board.model_dump(mode="json")
    problems = [problem for edit in edits if (problem := _apply(document, edit))]
    changed = document != board.model_dump(mode="json")
    if problems and not changed:
        raise InputError(f"not understood: {'; '.join(problems[:3])}", where="revision", hint=_HINT)
    try:
        revised = Storyboard.model_validate(document)
    except ValidationError as error:
        problem = explain_all(error)[0]
        raise InputError(f"would break the storyboard: {problem}", where="revision", hint=_HINT) from error
    if not changed:
        raise InputError("would change nothing", where="revision", hint=_HINT)
    return revised


def _refuse_if_recorded(board: Storyboard, where: str) -> None:
    """Refuse an edit of lyrics, tempo, metre or key of a song that is the user's own recording."""
    head, _, field = where.strip().strip(".").partition(".")
    if _LINE_WHERE.match(where.strip().strip(".")):
        refuse_changes_of(board, "lyrics")
    name = _known(field, _SONG) if plain_words(head) == "song" else None
    if name in _RECORDED:
        refuse_changes_of(board, _RECORDED[name])


def _apply(document: dict[str, Any], edit: Edit) -> str | None:
    """Apply one edit; return what is wrong with it, if anything."""
    where = edit.where.strip().strip(".")
    if scene := _SCENE_WHERE.match(where):
        return _edit_scene(document, int(scene[1]), scene[2], edit.value)
    if line := _LINE_WHERE.match(where):
        return _edit_line(document, int(line[1]), int(line[2]), edit.value)
    head, _, field = where.partition(".")
    for name, part, readers in (("song", "song", _SONG), ("story", "story", _STORY), ("look", "look", _LOOK)):
        if plain_words(head) == name:
            return _set(document[part], field, readers, edit.value, where)
    return _edit_character(document, where, edit.value)


def _edit_scene(document: dict[str, Any], number: int, field: str, value: str) -> str | None:
    if not 1 <= number <= len(document["scenes"]):
        return f"there is no scene {number}"
    scene = document["scenes"][number - 1]
    if scene["locked"]:
        return f"scene {number} is locked"
    name = _known(field, _SCENE)
    if name == "characters":
        return _set_characters(document, scene, value)
    return _set(scene, field, _SCENE, value, f"scene {number}.{field}")


def _set_characters(document: dict[str, Any], scene: dict[str, Any], value: str) -> str | None:
    names = {plain_words(character["name"]): character["name"] for character in document["cast"]}
    said = [plain_words(each) for each in re.split(r"[,;/&]|\band\b", value)]
    strangers = [each for each in said if each and each not in names and each not in ("none", "nobody")]
    if strangers:
        return f"no character named {strangers[0]!r} in cast"
    scene["characters"] = list(dict.fromkeys(names[each] for each in said if each in names))
    return None


def _edit_line(document: dict[str, Any], section: int, line: int, value: str) -> str | None:
    """Replace a line everywhere it is sung in that kind of section: a chorus stays the same each time."""
    sections = document["song"]["sections"]
    if not 1 <= section <= len(sections) or not 1 <= line <= len(sections[section - 1]["lines"]):
        return f"the song has no line {line} in section {section}"
    chosen = sections[section - 1]
    before = chosen["lines"][line - 1]
    for other in sections:
        if other is chosen or (other["kind"] == chosen["kind"] == "chorus"):
            other["lines"] = [value if text == before else text for text in other["lines"]]
    return None


def _edit_character(document: dict[str, Any], where: str, value: str) -> str | None:
    spoken = re.sub(r"^(?:the\s+)?(?:character|cast)s?\s*[.: ]\s*", "", where, flags=re.IGNORECASE)
    owners = [
        each for each in document["cast"] if re.match(rf"{re.escape(each['name'])}\b", spoken, re.IGNORECASE)
    ]
    if not owners:
        return f"there is no field {where!r}"
    character = max(owners, key=lambda each: len(each["name"]))
    field = spoken[len(character["name"]) :].removeprefix("'s").strip(" .:,_")
    name = _known(field, _CHARACTER)
    if name == "name":
        return _rename(document, character, clean(value, 40))
    if name == "hair" or (name or "").startswith("hair."):
        key = "hair" if name == "hair" else str(name).replace(".", " ")
        hair = hair_of({"hair color": character["hair"]["color"], "hair length": character["hair"]["length"],
                        "hair style": character["hair"]["style"], **_hair_words(key, value)})  # fmt: skip
        return None if hair and not character["hair"].update(hair) else f"{where}: {value!r} is no hair"
    return _set(character, field, _CHARACTER, value, where)


def _hair_words(key: str, value: str) -> dict[str, str]:
    """Return what an edit says of hair: one field, or as much as a text such as "short red" holds."""
    if key != "hair":
        return {key: value}
    found = hair_of({"hair": value}) or {}
    words = plain_words(value).split()
    said = {"hair color": found.get("color", ""), "hair style": found.get("style", "")}
    if any(word in ("bald", "short", "medium", "long", "shoulder") for word in words):
        said["hair length"] = found.get("length", value)
    return {name: text for name, text in said.items() if text} or {"hair style": value}


def _rename(document: dict[str, Any], character: dict[str, Any], name: str) -> str | None:
    """Rename a character everywhere; not where a locked scene names the old one."""
    before = character["name"]
    if not name:
        return "the new name is empty"
    for number, scene in enumerate(document["scenes"], start=1):
        if before in scene["characters"] and scene["locked"]:
            return f"scene {number} is locked and names {before}"
    word = re.compile(rf"\b{re.escape(before)}\b")
    character["name"] = name
    for scene in (scene for scene in document["scenes"] if not scene["locked"]):
        scene["characters"] = [name if each == before else each for each in scene["characters"]]
        for field in ("title", "setting", "actions", "plot"):
            scene[field] = word.sub(lambda _: name, scene[field])
    for field, text in document["story"].items():
        document["story"][field] = word.sub(lambda _: name, text)
    return None


def _set(part: dict[str, Any], field: str, readers: dict[str, Read], value: str, where: str) -> str | None:
    name = _known(field, readers)
    if name is None:
        return f"there is no field {where!r}"
    read = readers[name](value)
    if not read:
        return f"{where}: {value!r} cannot be used"
    outer, _, inner = name.partition(".")
    if inner:
        part[outer][inner] = read
    else:
        part[outer] = read
    return None


def _known(field: str, readers: dict[str, Read]) -> str | None:
    """Return the field that "time of day", "tempo" or "hair colour" means."""
    plain = plain_words(field)
    for name in readers:
        words = plain_words(name.replace("_", " "))
        if plain in (words, words.removesuffix(" bpm"), words.rpartition(" ")[2] if "." in name else words):
            return name
    aliases = {
        "action": "actions",
        "time": "time_of_day",
        "place": "setting",
        "location": "setting",
        "clothes": "clothing",
    }
    return alias if (alias := aliases.get(plain)) in readers else None
