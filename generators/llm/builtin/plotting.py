"""Plots: which step of the story each scene tells, and who is seen in it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from random import Random

from storyboard.generators.llm.builtin.reading import Reading
from storyboard.generators.llm.builtin.shapes import Beat, Shape
from storyboard.generators.llm.builtin.sheets import is_pet
from storyboard.generators.llm.builtin.verses import capital
from storyboard.schema.board import Story
from storyboard.schema.cast import Character

_MOST_SHOWN = 4  # characters in a scene, as the schema allows
_SUNG = (
    "{a} sings it to whoever listens: \u201c{core}\u201d.",
    "{a} sings what could not be said: \u201c{core}\u201d.",
)
_PLAYED = (
    "{b} plays, and {a} dances as if nobody were there.",
    "{a} answers {b} without a word.",
)
_DANCED = ("{a} dances as if nobody were there.",)


@dataclass(frozen=True)
class Told:
    """What a scene tells, and the names of those who are seen."""

    plot: str
    names: list[str]


def tell(
    reading: Reading,
    shape: Shape,
    story: Story,
    cast: list[Character],
    performed: list[bool],
    rng: Random,
    *,
    is_sung: bool = True,
) -> list[Told]:
    """Return the steps of a story, one to a scene: its shape's in order, the song where it is performed.

    One sings it; what is not sung, two play and dance.
    """
    texts, n_front = (_SUNG, 1) if is_sung else (_PLAYED if len(cast) > 1 else _DANCED, 2)
    names = [character.name for character in cast]
    teller = _Teller(reading, names, rng)
    last_told = max((index for index, sung in enumerate(performed) if not sung), default=-1)
    beats = iter(_beats(shape, performed.count(False) - 1, cast))
    told: list[Told] = []
    for index, is_performed in enumerate(performed):
        if is_performed:
            text = texts[sum(performed[:index]) % len(texts)]
            told.append(Told(teller.filled(text), names[:n_front]))
        elif index == last_told:
            told.append(Told(_ending(story), names[:2]))
        else:
            told.append(teller.told(next(beats)))
    told[-1] = replace(told[-1], names=_everyone(told[:-1], names))
    return told


class _Teller:
    """Fills the texts of beats with names and things, each text once before any comes again."""

    def __init__(self, reading: Reading, names: list[str], rng: Random) -> None:
        self._reading = reading
        self._names = names
        self._rng = rng
        self._told: set[str] = set()
        things = [_told(phrase) for phrase in reading.phrases if phrase not in reading.people]
        self._things = things or ["one small light"]

    def told(self, beat: Beat) -> Told:
        fresh = [text for text in beat.texts if text not in self._told] or list(beat.texts)
        text = self._rng.choice(fresh)
        self._told.add(text)
        return Told(self.filled(text), self._seen(beat.who))

    def filled(self, text: str) -> str:
        words = {
            "{a}": self._names[0],
            "{b}": self._names[1 % len(self._names)],
            "{thing}": self._rng.choice(self._things),
            "{core}": capital(self._reading.core),
            "{trouble}": self._reading.themes[0].trouble,
        }
        for slot, word in words.items():
            text = text.replace(slot, word)
        return capital(text)

    def _seen(self, who: str) -> list[str]:
        others = self._names[2:]
        by_letter = {"a": self._names[:1], "b": self._names[1:2], "c": others[:1]}
        if others and "c" in who:
            self._names = [*self._names[:2], *others[1:], others[0]]
        return [name for letter in who for name in by_letter[letter]]


def _told(phrase: str) -> str:
    """Return a phrase as somebody else tells it: "my bed" is "the bed"."""
    return re.sub(r"^(?:my|our)\b", "the", phrase)


def _beats(shape: Shape, n_beats: int, cast: list[Character]) -> list[Beat]:
    """Return what comes before the end: the beginning, and as much of the middle as there is room for."""
    lonely = len(cast) == 1
    begin = Beat("a", ("It begins with {thing}.",)) if lonely and "b" in shape.begin.who else shape.begin
    middle = [beat for beat in shape.middle if not lonely or "b" not in beat.who]
    if not lonely and is_pet(cast[1]):
        middle = [beat for beat in middle if beat.who[0] == "a"]  # a pet does nothing without its people
    n_middle = max(0, n_beats - 1)
    n_rounds = max(1, math.ceil(n_middle / len(middle)))
    in_order = [beat for beat in middle for _ in range(n_rounds)]
    step = len(in_order) / max(1, n_middle)
    return [begin, *(in_order[int((index + 0.5) * step)] for index in range(n_middle))]


def _ending(story: Story) -> str:
    """Return the last sentence of what changes."""
    sentences = [part.strip() for part in story.change.split(". ") if part.strip()]
    return f"{sentences[-1].rstrip('.')}." if sentences else story.summary


def _everyone(before: list[Told], names: list[str]) -> list[str]:
    """Return who is in the last scene: the two it is about, and those who were not shown yet."""
    shown = {name for told in before for name in told.names}
    unseen = [name for name in names[2:] if name not in shown]
    return [*names[:2], *unseen, *(name for name in names[2:] if name in shown)][
        : max(3, min(2 + len(unseen), _MOST_SHOWN))
    ]
