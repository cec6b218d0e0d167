"""Who and what the lyrics of a given song speak of: people to be cast, things that can be seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from storyboard.generators.llm.builtin.cues import cues_in, ranked
from storyboard.generators.llm.builtin.lexicon import stem, table, themes
from storyboard.generators.llm.builtin.mentions import Mention, role_of
from storyboard.generators.llm.builtin.phrases import (
    NounPhrase,
    given_names,
    is_verb,
    mid_sentence,
    noun_phrases,
    word_class,
)
from storyboard.generators.llm.builtin.places import kind_named
from storyboard.generators.llm.builtin.reading import Reading
from storyboard.generators.llm.builtin.words import latin_words, readable

_ELDERS = {"granny": "grandmother", "grandma": "grandmother", "nana": "grandmother", "grandpa": "grandfather"}
_PARENTS = {
    "mama": "mother",
    "mom": "mother",
    "mum": "mother",
    "daddy": "father",
    "dad": "father",
    "papa": "father",
}
_ADDRESSED = frozenset(
    "baby babe man boy girl child kid king queen people lady guy mama papa honey friends ex son".split()
)
_UNSEEN = frozenset("way time day life word world love heart mind eye eyes one thing".split())
_SINGERS = (Mention("dancer"), Mention("musician"))
_MOST_PEOPLE, _MOST_THINGS = 3, 8


def people_in(
    lines: Sequence[str], language: str, said: Reading | None, is_topic: bool
) -> tuple[Mention, ...]:
    """Return who is in the song: of the topic or title, then those whom the lyrics speak of, not to.

    A film of a song without words is of a dancer and a musician.
    """
    spoken_of = said.mentions if said and (is_topic or not lines) else ()
    found = {(each.role, each.name): each for each in spoken_of}
    if not lines and not is_topic and not found:
        return _SINGERS
    for mention in _english_people(lines) if language == "en" else _people_of_cues(lines, language):
        found.setdefault((mention.role, mention.name), mention)
    return tuple(found.values())[:_MOST_PEOPLE]


def _english_people(lines: Sequence[str]) -> list[Mention]:
    """Return people named, those most often named first; "baby" and "my friends" are nobody to be cast."""
    counts: Counter[Mention] = Counter()
    for line in lines:
        tokens = mid_sentence(latin_words(readable(line)))
        for index, token in enumerate(tokens):
            before = tokens[index - 1].lower() if index else ""
            role = role_of(token.lower())
            name = token.removesuffix("'s")
            if name.lower() in given_names() and name[:1].isupper() and (index or _is_called(line)):
                counts[Mention("friend", name.capitalize())] += 1
            elif role and role not in _ADDRESSED and _is_meant(role, before):
                counts[Mention({**_PARENTS, **_ELDERS}.get(role, role))] += 1
            elif name.lower() in _PARENTS and _does_something(tokens[index : index + 2]):
                counts[Mention(_PARENTS[name.lower()])] += 1
    return [mention for mention, _ in counts.most_common()]


def _is_called(line: str) -> bool:
    """Whether a first word that may be a name is one: "Maria, come home", "Tom is late"."""
    return bool(
        re.match(r"\w+(?:,|'s\b| (?:is|was|has|said|says|and|lost|left|took|had|got|went|came)\b)", line)
    )


def _does_something(tokens: list[str]) -> bool:
    """Whether "Mama" is told of, not called: "Mama worked doubles", "Daddy's boots"."""
    return tokens[0].endswith("'s") or (len(tokens) > 1 and is_verb([*tokens, "it"], 1))


def _is_meant(role: str, before: str) -> bool:
    """Whether a role is somebody of this song, not a comparison: "the sailor"; animals need "my"."""
    is_kin = role in table("people")["kin"]
    owners = (
        ("my", "our", "your", "his", "her")
        if is_kin
        else ("my", "our", "your", "his", "her", "the", "that", "an", "a")
    )
    return before in owners or role.startswith(("grand", "mother", "father"))


def _people_of_cues(lines: Sequence[str], language: str) -> list[Mention]:
    return [Mention(role) for role in ranked(cues_in(lines, language), "people")]


def things_in(lines: Sequence[str]) -> list[str]:
    """Return noun phrases of English lyrics that can be seen, those sung most often first."""
    counts: Counter[str] = Counter()
    for line in lines:
        for part in re.split(r"[,;:.!?()]|\s-\s", line):
            words = mid_sentence(latin_words(readable(part)))
            counts.update(_thing(phrase) for phrase in noun_phrases(words) if _is_seen(phrase))
    return [text for text, _ in counts.most_common(_MOST_THINGS)]


def _is_seen(phrase: NounPhrase) -> bool:
    """Whether a phrase is a thing of which there is one: "the last train", not "the way", "love"."""
    dull = word_class("numerals") | _UNSEEN
    if not phrase.has_determiner or not 2 <= len(phrase.words) <= 4 or role_of(phrase.head):
        return False
    if phrase.head in dull or phrase.words[0].lower() in dull:
        return False
    head = stem(phrase.head)
    return bool(kind_named(phrase.head)) or any(head in theme.keywords for theme in themes().values())


def _thing(phrase: NounPhrase) -> str:
    """Return a phrase as a story tells it: "my last train" is "the last train"."""
    text = re.sub(
        r"^(?:my|your|our|his|her|their|its|this|that|these|those|an?)\s+", "the ", phrase.text, flags=re.I
    )
    return text if text.startswith("the ") else phrase.text
