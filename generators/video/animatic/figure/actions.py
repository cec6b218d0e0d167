"""Free text to actions: what each character of a scene does, and what of it shows in the face."""

from __future__ import annotations

import re

from storyboard.generators.video.animatic.figure.combined import (
    WHILE_RUNNING,
    WHILE_SITTING,
    WHILE_WALKING,
)
from storyboard.generators.video.animatic.figure.feelings import feeling_of
from storyboard.generators.video.animatic.figure.verbs import (
    LEAVES,
    PLURAL,
    SINGS,
    SITTING,
    STRANGER,
    WALKING,
    matched,
    verb_at,
)
from storyboard.schema.scene import Scene

ACTIONS: tuple[str, ...] = (
    "stand", "walk", "run", "dance", "dance_jump", "waltz", "sit", "sing", "sing_stand", "phone", "wave",
    "hug", "hold_hands", "talk", "point", "look_up", "turn_away", "guitar", "piano", "work", "cook", "drive",
    "read", "sleep", "window", "jump", "laugh", "cry",
)  # fmt: skip

_TOGETHER = frozenset(("hug", "hold_hands", "talk", "waltz"))
_WITH = re.compile(r"\b(with|beside|alongside|around)\s*$", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;!?\n]+|,\s*(?:and\s+)?|\s+(?:while|as|when|then|and|but)\s+", re.IGNORECASE)


def actions_of(scene: Scene) -> dict[str, str]:
    """Return an action for every character of a scene.

    The text is split into clauses. A clause belongs to the characters it begins with a name of; one
    without a name goes on with those before it. Who finds no verb does what the kind of the scene
    suggests: in a performance the first character sings and the others dance; else they stand. Two
    actions at once are joined by a plus sign, the legs' first: "sit+phone".
    """
    found: dict[str, str] = {}
    for clause, names in _told(scene):
        rest = _without_names(clause, scene.characters)
        action = _besides(matched(rest), rest)
        doers = names
        if action.rpartition("+")[2] in _TOGETHER or (action == "dance" and _accompanied(clause, scene)):
            doers = list(dict.fromkeys(names + _named(clause, scene.characters)))  # it takes two
        for name in doers if action else []:
            _take(found, name, action)
    return {name: found.get(name) or _default(scene, index) for index, name in enumerate(scene.characters)}


def feelings_of(scene: Scene) -> dict[str, str]:
    """Return what every character of a scene feels: as its actions tell, else the mood or the plot."""
    own: dict[str, str] = {}
    for clause, names in _told(scene):
        feeling = feeling_of(_without_names(clause, scene.characters))
        own.update(dict.fromkeys(names, feeling) if feeling else {})
    everybody = feeling_of(scene.mood) or feeling_of(scene.plot)
    return {name: own.get(name, everybody) for name in scene.characters}


def singers_of(scene: Scene) -> list[str]:
    """Return who is told to sing, whatever else they do meanwhile."""
    return list(
        dict.fromkeys(name for clause, names in _told(scene) if SINGS.search(clause) for name in names)
    )


def leavers_of(scene: Scene) -> list[str]:
    """Return who walks or runs away from the others."""
    return [name for clause, names in _told(scene) if LEAVES.search(clause) for name in names]


def _told(scene: Scene) -> list[tuple[str, list[str]]]:
    """Return the clauses of the actions, each with the characters that it is about."""
    told: list[tuple[str, list[str]]] = []
    current: list[str] = []
    waiting: list[str] = []  # "Ana and Leo dance": Ana waits for the verb
    for clause in _clauses(scene.actions):
        rest = _without_names(clause, scene.characters)
        named = _named(clause, scene.characters)
        if named:
            current = waiting + _doers(clause, named, scene.characters)
        elif PLURAL.search(clause):
            current = list(scene.characters)
        elif STRANGER.match(clause):
            continue
        waiting = current if named and not rest.strip(" &") else []
        told.append((clause, list(current)))
    return told


def _clauses(text: str) -> list[str]:
    return [clause.strip() for clause in _CLAUSE_END.split(text) if clause and clause.strip()]


def _named(clause: str, names: list[str]) -> list[str]:
    """Return the names in a clause, in the order of the text."""
    places = []
    for name in names:
        match = _pattern(name).search(clause)
        if match:
            places.append((match.start(), name))
    return [name for _, name in sorted(places)]


def _doers(clause: str, named: list[str], names: list[str]) -> list[str]:
    """Return who acts: in "Ana waves at Leo" only the one before the verb."""
    verb = verb_at(_without_names(clause, names))
    before = [name for name in named if _pattern(name).search(clause).start() <= verb]  # type: ignore[union-attr]
    return before or named


def _accompanied(clause: str, scene: Scene) -> bool:
    """Whether somebody named is with the one who acts: "Ana dances with Leo"."""
    return any(
        _WITH.search(clause[: match.start()])
        for name in scene.characters
        for match in _pattern(name).finditer(clause)
    )


def _without_names(clause: str, names: list[str]) -> str:
    """Blank the names out, so that a Rose who waits does not rise, keeping every position."""
    for name in names:
        clause = _pattern(name).sub(lambda match: " " * len(match.group()), clause)
    return clause


def _pattern(name: str) -> re.Pattern[str]:
    first = re.escape(name.split()[0])
    return re.compile(rf"(?<!\w)(?:{re.escape(name)}|{first})(?!\w)", re.IGNORECASE)


def _besides(action: str, text: str) -> str:
    """Add the sitting or walking that a clause tells besides: "scrolls on the sofa", "walks hand in hand"."""
    if action in WHILE_SITTING and SITTING.search(text):
        return f"sit+{action}"
    return f"walk+{action}" if action in WHILE_WALKING and WALKING.search(text) else action


def _take(found: dict[str, str], name: str, action: str) -> None:
    """Keep the more telling action: standing and walking give way to what is done besides.

    One who sits stays seated for what can be done sitting; one who runs waves running.
    """
    before = found.get(name)
    besides = {"sit": WHILE_SITTING, "run": WHILE_RUNNING, "walk": WHILE_WALKING}.get(
        before or "", frozenset()
    )
    if action in besides:
        found[name] = f"{before}+{action}"
        return
    if found.get(name, "stand") in ("stand", "walk", "sit", "turn_away") and action != "stand":
        if not (found.get(name) == "sit" and action == "walk"):
            found[name] = action
    found.setdefault(name, action)


def _default(scene: Scene, index: int) -> str:
    if scene.kind != "performance":
        return "stand"
    return "dance" if index else "sing"
