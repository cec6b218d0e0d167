"""Mentions: who a topic speaks of, by role or name, and what they turn out to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.phrases import given_names


@dataclass(frozen=True)
class Mention:
    """Somebody the topic names: a role such as "grandmother", or a given name."""

    role: str
    name: str = ""
    being: str = ""
    """What they turn out to be, as in "my boss is a robot"."""


def role_of(word: str) -> str | None:
    """Return the role that a word names, in the singular: "grandmothers" is "grandmother"."""
    people = table("people")
    known = {**people["roles"], **people["kin"]}
    for form in (word, word.removesuffix("'s"), word.removesuffix("s"), word.removesuffix("es")):
        if form in known:
            return form
    return None


def mentions_in(tokens: list[str]) -> tuple[Mention, ...]:
    """Return who the words of a topic name, in their order, each once."""
    found: dict[str, Mention] = {}
    for index, token in enumerate(tokens):
        low = token.lower().removesuffix("'s")
        role = role_of(token.lower())
        known = next(reversed(found), "")
        if role and role in table("people")["kin"] and known and _is_a(tokens[:index]):
            found[known] = replace(found[known], being=role)
        elif role:
            found.setdefault(role, Mention(role))
        elif low in given_names() and token[:1].isupper():
            found.setdefault(low, Mention("friend", low.capitalize()))
    return tuple(found.values())


def _is_a(before: list[str]) -> bool:
    """Whether words lead from somebody to what they are: "... is a", "... turned into a"."""
    said = " ".join(before[-4:]).lower()
    return bool(
        re.search(r"\b(?:is|was|are|became|becomes|turns? into|turned into) (?:an?|the|my)?(?: \w+)?$", said)
    )
