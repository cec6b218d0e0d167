"""Revising: requests that rules can read, carried out on a storyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from storyboard.generators.llm.builtin.dressing import dressed
from storyboard.generators.llm.builtin.scene_edits import scene_edited
from storyboard.generators.llm.builtin.wishes import scene_named
from storyboard.generators.llm.given import refuse_changes_of
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import InputError
from storyboard.schema.files import explain_all

_FASTER = 1.08  # a step that is heard, and leaves the song the same song
_SLOWEST_BPM, _FASTEST_BPM = 40.0, 240.0
_HINT = (
    "it reads requests such as: make scene 3 a rooftop at night; scene 2 in the rain; scene 4: Leo sits "
    "and reads; add Leo to scene 2; rename Mia to Ana; Mia wears a red coat; faster; slower; 96 bpm; "
    "in A minor; title: ...; style: ... (for anything else choose an --llm)"
)
Rule = Callable[[Storyboard, re.Match[str]], Storyboard]


def revised(board: Storyboard, request: str) -> Storyboard:
    """Return the storyboard with every part of a request carried out, parts being parted by ; or a new line.

    Raises:
        InputError: a part cannot be read, names a scene or character that is not there, would change a
            locked scene or the user's own recording, or leads to something that a storyboard cannot hold.
    """
    parts = [part.strip() for part in re.split(r"[;\n]+|(?<=[a-z])\.\s+(?=[A-Z])", request) if part.strip()]
    if not parts:
        raise InputError("the request is empty", where="revise", hint=_HINT)
    try:
        for part in parts:
            board = _carried_out(board, part)
    except ValidationError as error:
        raise InputError(explain_all(error)[0], where="revise", hint="ask for something that fits") from error
    return board


def _carried_out(board: Storyboard, part: str) -> Storyboard:
    number, rest = scene_named(part, len(board.scenes))
    if number is not None:
        edited = scene_edited(board, number, rest)
        if edited is not None:
            return edited
    else:
        for pattern, rule in _RULES:
            found = re.search(pattern, part.strip(" .!"), re.IGNORECASE)
            if found:
                return rule(board, found)
        dressed_board = dressed(board, part)
        if dressed_board is not None:
            return dressed_board
    raise InputError(f"the built-in writer cannot read {part!r}", where="revise", hint=_HINT)


def _titled(board: Storyboard, found: re.Match[str]) -> Storyboard:
    return _with_song(board, title=found[1].strip(" \"'\u201c\u201d"))


def _in_genre(board: Storyboard, found: re.Match[str]) -> Storyboard:
    return _with_song(board, genre=found[1].strip())


def _styled(board: Storyboard, found: re.Match[str]) -> Storyboard:
    look = type(board.look).model_validate({**board.look.model_dump(), "style": found[1].strip()})
    return board.model_copy(update={"look": look})


def _at_tempo(board: Storyboard, found: re.Match[str]) -> Storyboard:
    refuse_changes_of(board, "tempo")
    return _with_song(board, tempo_bpm=float(found["before"] or found["after"]))


def _faster(board: Storyboard, found: re.Match[str]) -> Storyboard:
    refuse_changes_of(board, "tempo")
    factor = _FASTER**2 if found["much"] else _FASTER
    tempo_bpm = board.song.tempo_bpm * (factor if found["way"].lower() == "faster" else 1 / factor)
    return _with_song(board, tempo_bpm=float(round(min(_FASTEST_BPM, max(_SLOWEST_BPM, tempo_bpm)))))


def _in_key(board: Storyboard, found: re.Match[str]) -> Storyboard:
    refuse_changes_of(board, "key")
    sign = {"sharp": "#", "flat": "b"}.get((found["sign"] or "").strip().lower(), found["sign"] or "")
    return _with_song(board, key=f"{found['note'].upper()}{sign} {found['mode'].lower()}")


def _renamed(board: Storyboard, found: re.Match[str]) -> Storyboard:
    """Give a character another name wherever the storyboard speaks of them; the lyrics stay as they are."""
    names = {character.name.lower(): character.name for character in board.cast}
    old, new = names.get(found[1].strip().lower()), found[2].strip(" .\"'\u201c\u201d")
    if old is None:
        known = ", ".join(names.values())
        raise InputError(
            f"no character is named {found[1].strip()!r}", where="revise", hint=f"there are: {known}"
        )
    scenes = []
    for index, scene in enumerate(board.scenes):
        texts = {field: _replaced(getattr(scene, field), old, new) for field in ("title", "actions", "plot")}
        if scene.has_own_prompt:
            texts["prompt"] = _replaced(scene.prompt, old, new)
        present = [new if name == old else name for name in scene.characters]
        changed = scene.model_copy(update={**texts, "characters": present})
        if changed != scene and scene.locked:
            raise InputError(
                f"scene {index + 1} is locked and names {old}",
                where="revise",
                hint="unlock it, or keep the name",
            )
        scenes.append(changed)
    cast = [each.model_copy(update={"name": new}) if each.name == old else each for each in board.cast]
    told = {
        field: _replaced(getattr(board.story, field), old, new)
        for field in ("summary", "who", "where", "change")
    }
    story = board.story.model_copy(update=told)
    return _checked(board.model_copy(update={"cast": cast, "scenes": scenes, "story": story}))


def _replaced(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, text)


def _with_song(board: Storyboard, **changes: Any) -> Storyboard:
    song = type(board.song).model_validate({**board.song.model_dump(), **changes})
    return board.model_copy(update={"song": song})


def _checked(board: Storyboard) -> Storyboard:
    """Return a storyboard whose parts were changed, after pydantic has checked that they agree."""
    return Storyboard.model_validate(board.model_dump())


_RULES: tuple[tuple[str, Rule], ...] = (
    (
        r"^(?:(?:change |set )?(?:the )?(?:song )?title(?: to| is)?|call (?:it|the song))\s*[:=]?\s+(.+)$",
        _titled,
    ),
    (r"^(?:change |set )?(?:the )?genre(?: to| is)?\s*[:=]?\s+(.+)$", _in_genre),
    (r"^(?:change |set )?(?:the )?(?:visual )?style(?: to| is)?\s*[:=]?\s+(.+)$", _styled),
    (r"^rename (.+?) (?:to|as|into) (.+)$", _renamed),
    (r"\b(?P<before>\d{2,3}(?:\.\d+)?) ?bpm\b|\btempo\D{0,12}(?P<after>\d{2,3})\b", _at_tempo),
    (
        r"^(?:please )?(?:make (?:it|the song) |sing it |a (?:bit|little) )?(?P<much>much |a lot |way )?"
        r"(?:a (?:bit|little) )?(?P<way>faster|slower)(?: please)?$",
        _faster,
    ),
    (
        r"\b(?:in|key:?|to)\s+(?:of )?(?P<note>[A-G])(?P<sign>#|b| sharp| flat)?\s+(?P<mode>major|minor)\b",
        _in_key,
    ),
)
