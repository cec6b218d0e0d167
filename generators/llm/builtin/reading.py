"""Reading a topic: its people, places, things, themes, and the words that the chorus will carry."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from storyboard.generators.llm.builtin.cues import foreign_language, in_english, small_words
from storyboard.generators.llm.builtin.lexicon import Theme, stem, table, themes
from storyboard.generators.llm.builtin.mentions import Mention, mentions_in, role_of
from storyboard.generators.llm.builtin.meter import syllables
from storyboard.generators.llm.builtin.phrases import (
    NounPhrase,
    given_names,
    is_gerund,
    is_verb,
    mid_sentence,
    noun_phrases,
    word_class,
)
from storyboard.generators.llm.builtin.places import place_name
from storyboard.generators.llm.builtin.words import latin_words, readable, translated, without_idioms

Shape = Literal["noun", "person", "place", "clause", "ing", "versus", "question", "chant"]
_PAUSE = r"[^\w\s'\u2019&-]+|\s[-\u2013\u2014]\s"
# Themes with common words, which give way to narrow ones that are named as often.
_BROAD = {"love": 1, "home": 1, "loss": 1, "reunion": 1, "ageing": 1, "school": 1, "weather": 1, "wonder": 2}
_OWN = frozenset(
    "i my me we our i'm i've mein meine meiner meinem ich wir mon ma mes je nous mi mis yo mio mia miei io "
    "meu minha eu".split()
)
_AT = frozenset("night midnight noon dawn dusk home".split())  # as in "at night"
_MAX_CORE = 10  # syllables that still leave a chorus line singable
_QUESTION = frozenset("why how what where when who which".split())
_ASKING = frozenset("do does did is are was were can could will would should has have".split())
_LEAST_CORE = 3
_OPEN = ("sea", "ocean", "space")  # which have no outside to stand before
_VEHICLES = ("bus", "car", "plane", "ship", "train")
_SLOT = 5  # syllables that a noun phrase may take inside a verse line


@dataclass(frozen=True)
class Reading:
    """What a topic says."""

    topic: str
    core: str
    shape: Shape
    themes: tuple[Theme, ...]
    phrases: tuple[str, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]
    things: tuple[str, ...]
    """What can be held: neither people nor places nor times."""
    gerund: str
    infinitive: str
    mentions: tuple[Mention, ...]
    is_personal: bool
    words: tuple[str, ...]
    language: str = ""
    """What a topic is written in, if that is not English but one of which places are known."""
    source: str = ""
    """What the random numbers depend on, if that is more than the topic."""
    is_sung: bool = True
    """Whether the song has words."""

    def rng(self, seed: int, purpose: str, findings: Sequence[str] = ()) -> Random:
        """Return the random numbers of one purpose, so that no step disturbs another.

        The findings of a review give others, the same for the same findings in any order.
        """
        digest = hashlib.sha256((self.source or self.topic).encode()).hexdigest()
        return Random("/".join([digest, str(seed), purpose, *sorted(findings)]))


def read(topic: str) -> Reading:
    """Read a topic in any language as far as it goes."""
    text = readable(topic)
    original = latin_words(text)
    language = foreign_language(original)
    english, is_foreign = translated(original, is_foreign=bool(language))
    if language:
        named = [word for meaning in in_english([text], language) for word in meaning.split()]
        english = list(dict.fromkeys([*english, *named]))
    tokens = mid_sentence(english)
    digest = int(hashlib.sha256(topic.encode()).hexdigest(), 16)
    found = noun_phrases(" , ".join(tokens).split() if is_foreign else _with_commas(text))
    if not _says_something(original):
        cores = table("foreign")["neutral"]["cores"]
        tokens = cores[digest % len(cores)].split()
        found = noun_phrases(tokens[:2])
        core, shape = " ".join(tokens), "noun"
    elif is_foreign:
        core, shape = _shorten(original, language=language), "clause" if len(original) > 1 else "chant"
    else:
        core, shape = _core(text, tokens, found)
    phrases = [short for phrase in found for short in _short(phrase)]
    phrases = [phrase for phrase in phrases if phrase.head not in _AT or phrase.has_determiner] or phrases
    texts = tuple(dict.fromkeys(phrase.text for phrase in phrases)) or _instead(core, shape)
    told = without_idioms(tokens)
    return Reading(
        topic=topic,
        core=core,
        shape=shape,  # type: ignore[arg-type]
        themes=_themes([stem(token) for token in told], digest),
        phrases=texts,
        people=tuple(dict.fromkeys(phrase.text for phrase in phrases if _is_person(phrase))),
        places=tuple(dict.fromkeys(phrase.text for phrase in phrases if _is_somewhere(phrase))),
        things=tuple(dict.fromkeys(phrase.text for phrase in phrases if _is_thing(phrase))),
        gerund=_gerund(core.split()),
        infinitive=_infinitive(tokens),
        mentions=mentions_in(told),
        is_personal=any(token.lower() in _OWN for token in [*tokens, *(original if is_foreign else ())]),
        words=tuple(token.lower() for token in told),
        language=language,
    )


def _with_commas(text: str) -> list[str]:
    """Return the words with a comma between clauses, so that no phrase runs across one."""
    clauses = [mid_sentence(latin_words(part)) for part in re.split(_PAUSE, text)]
    return [word for clause in clauses if clause for word in [*clause, ","]][:-1]


def _core(text: str, tokens: list[str], found: list[NounPhrase]) -> tuple[str, str]:
    """Return the words that the hook and the title keep, and their shape."""
    if "versus" in (token.lower() for token in tokens) and syllables(" ".join(tokens)) <= _MAX_CORE:
        return " ".join(tokens), "versus"
    if syllables(" ".join(tokens)) > _MAX_CORE:
        tokens = _best_part(text, found)
        found = noun_phrases(tokens)
        core = " ".join(tokens)
    else:
        core = " ".join(_with_commas(text)).replace(" ,", ",")
    verbs = [index for index in range(len(tokens)) if is_verb(tokens, index)]
    if any(index == 0 or tokens[index - 1] != "to" for index in verbs):
        return core, "question" if text.rstrip().endswith("?") or _is_asked(tokens) else "clause"
    if is_gerund(tokens[0]) and len(tokens) > 1:
        return core, "ing"
    first = found[0] if found and found[0].words[0] == tokens[0] else None
    if first is None or not (first.has_determiner or first.is_plural or first.is_proper):
        return (first.text, _kind(first)) if first and first.words == tuple(tokens) else (core, "chant")
    return core, _kind(first)


def _is_asked(tokens: list[str]) -> bool:
    """Whether words ask without a mark: "why do birds sing"."""
    return tokens[0].lower() in _QUESTION and len(tokens) > 2 and tokens[1].lower() in _ASKING


def _kind(phrase: NounPhrase) -> str:
    return "person" if _is_person(phrase) else "place" if _is_place(phrase) else "noun"


def _best_part(text: str, found: list[NounPhrase]) -> list[str]:
    """Return the first clause of a long topic that can be sung, else its longest singable phrase."""
    joints = _PAUSE + r"|\b(?:but|because|when|while|who|which|so that|until|after|before)\b"
    parts = [mid_sentence(latin_words(part)) for part in re.split(joints, text)]
    head = re.match(r"(?P<who>.+?) (?:who|that|which) ", text)
    if (
        head
        and noun_phrases(mid_sentence(latin_words(head["who"])))
        and syllables(head["who"]) >= _LEAST_CORE
    ):
        parts.insert(0, mid_sentence(latin_words(head["who"])))
    for part in parts:
        shorter = _cut_at_joint(part)
        if _LEAST_CORE <= syllables(" ".join(shorter)) <= _MAX_CORE and noun_phrases(shorter):
            return shorter
    short = [phrase for phrase in found if syllables(phrase.text) <= 7]
    if short:
        return max(short[:6], key=lambda phrase: syllables(phrase.text)).text.split()
    return _shorten(latin_words(text)).split()


def _cut_at_joint(words: list[str]) -> list[str]:
    """Return words without the last "with ..." or "and ..." until they can be sung."""
    joints = (word_class("prepositions") - {"of", "to"}) | {"and", "or"}
    while syllables(" ".join(words)) > _MAX_CORE:
        cuts = [index for index, word in enumerate(words) if word.lower() in joints and index > 1]
        if not cuts:
            return []
        words = words[: cuts[-1]]
    return words


def _shorten(words: list[str], limit: int = _MAX_CORE, language: str = "") -> str:
    """Return the first words, as many as a line holds, not ending on a small word."""
    kept: list[str] = []
    for word in words:
        if kept and syllables(" ".join([*kept, word])) > limit:
            break
        kept.append(word)
    small = word_class("determiners") | word_class("prepositions") | word_class("conjunctions")
    small -= word_class("numerals")
    small |= small_words(language) if language else frozenset()
    while len(kept) > 1 and kept[-1].lower() in small:
        kept.pop()
    return " ".join(kept)


def _says_something(words: list[str]) -> bool:
    """Whether there is a word with a meaning of its own."""
    empty = word_class("determiners") | word_class("prepositions") | word_class("conjunctions")
    return any(len(word) > 1 and word.lower() not in empty - {"no", "three", "seven"} for word in words)


def _instead(core: str, shape: str) -> tuple[str, ...]:
    """Return what verses speak of when the topic has no noun phrase that fits."""
    if shape == "ing":
        return ()
    return ("that day",) if shape in ("clause", "question") else (_shorten(core.split(), _SLOT),)


def _short(phrase: NounPhrase) -> list[NounPhrase]:
    """Return a phrase that fits into a verse line: itself, or only its noun."""
    head = NounPhrase((phrase.words[-1],))
    return [fitting for fitting in (phrase, head) if syllables(fitting.text) <= _SLOT][:1]


def _is_person(phrase: NounPhrase) -> bool:
    return role_of(phrase.head) is not None or (phrase.head in given_names() and phrase.is_proper)


def _is_place(phrase: NounPhrase) -> bool:
    return phrase.head in word_class("places")


def _is_somewhere(phrase: NounPhrase) -> bool:
    """Whether one can be near it and come back to it: a place that stays where it is."""
    kind = place_name(phrase.words)
    if phrase.head in _OPEN:
        return False
    is_fixed = bool(kind) and kind not in _VEHICLES and phrase.head not in word_class("times")
    return is_fixed or _is_place(phrase)


def _is_thing(phrase: NounPhrase) -> bool:
    if _is_person(phrase) or _is_place(phrase) or place_name(phrase.words):
        return False
    return phrase.head not in word_class("times") | word_class("numerals")


def _gerund(tokens: list[str]) -> str:
    """Return a phrase such as "quitting my job", if it is short enough for a verse with its object."""
    if not is_gerund(tokens[0]):
        return ""
    words = _shorten(tokens, _SLOT).split()
    while words[-1].lower() in word_class("adjectives") | word_class("determiners") | word_class(
        "prepositions"
    ):
        words.pop()
    return " ".join(words) if len(words) > 1 else ""


def _infinitive(tokens: list[str]) -> str:
    for index in range(1, len(tokens) - 1):
        if tokens[index - 1].lower() == "to" and is_verb(tokens, index):
            phrase = " ".join(tokens[index:])
            return phrase if syllables(phrase) <= 4 else ""
    return ""


def _themes(stems: list[str], digest: int) -> tuple[Theme, ...]:
    """Return up to three themes, the one with most words first, then the one named first."""
    scores: dict[str, tuple[int, int]] = {}
    for name, theme in themes().items():
        hits = [index for index, word in enumerate(stems) if word in theme.keywords]
        if hits:
            scores[name] = (len(hits) * 3 - _BROAD.get(name, 0), -hits[0])
    ranked = sorted(scores, key=lambda name: (*(-value for value in scores[name]), name))
    if not ranked:
        ranked = ["wonder", ("city", "night", "dreams", "travel", "weather")[digest % 5]]
    return tuple(themes()[name] for name in ranked[:3])
