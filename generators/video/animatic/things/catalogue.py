"""The catalogue: which things there are, how large each is, where it is found, which words mean it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("table.txt")
_IRREGULAR = {"knife": "knives", "leaf": "leaves", "loaf": "loaves", "scarf": "scarves"}


@dataclass(frozen=True)
class Thing:
    """One kind of thing: its icon, its largest extent in metres, its letters of table.txt."""

    icon: str
    size_m: float
    where: str
    grip: str

    @property
    def shines(self) -> bool:
        """Whether it gives light."""
        return self.where in ("w", "f")

    @property
    def floats(self) -> bool:
        """Whether it hovers on a string when somebody holds it."""
        return self.where == "a"

    @property
    def is_behind(self) -> bool:
        """Whether one who holds it is in front of it: what is overhead is drawn before the body."""
        return self.where in ("a", "p") and self.grip == "b"

    @property
    def is_small(self) -> bool:
        """Whether it lies on something and not on the ground."""
        return self.where in ("t", "w")


@dataclass(frozen=True)
class Meaning:
    """What a phrase means, and what it wants around it: to be used as a noun, to end its phrase."""

    thing: Thing
    as_noun: bool
    at_the_end: bool


@cache
def meanings() -> dict[tuple[str, ...], Meaning]:
    """Return what every phrase of the table means, singular and plural, as words in small letters."""
    found: dict[tuple[str, ...], Meaning] = {}
    plurals: dict[tuple[str, ...], Meaning] = {}
    for row in _TABLE.read_text(encoding="utf-8").splitlines():
        if not row.strip() or row.startswith("#"):
            continue
        icon, size_m, where, grip, phrases = row.split(maxsplit=4)
        thing = Thing(icon, float(size_m), where, grip)
        for phrase in (each.strip() for each in phrases.split(",")):
            words = tuple(phrase.lstrip("*~").replace("-", " ").split())
            meaning = Meaning(thing, phrase[0] in "*~", phrase[0] == "~")
            found.setdefault(words, meaning)
            plurals.setdefault((*words[:-1], _plural(words[-1])), meaning)
    return plurals | found


def _plural(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")
