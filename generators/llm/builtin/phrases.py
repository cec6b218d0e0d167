"""A small parser: word classes, noun phrases and verb phrases of a topic in English."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from storyboard.generators.llm.builtin.lexicon import stem, table

_LONGEST_ACRONYM = 4  # letters, as in UFO or NASA
_BEFORE_VERBS = ("never", "always", "don't", "please", "that", "who", "which")


@functools.cache
def word_class(name: str) -> frozenset[str]:
    """Return one class of words from the grammar table."""
    return frozenset(table("grammar")[name].split())


@functools.cache
def given_names() -> dict[str, str]:
    """Return the gender of every given name that is known."""
    names = table("people")["names"]
    return {name.lower(): gender for gender in ("woman", "man", "girl", "boy") for name in names[gender]}


@dataclass(frozen=True)
class NounPhrase:
    """A noun phrase as the topic has it, in the middle of a sentence."""

    words: tuple[str, ...]

    @property
    def head(self) -> str:
        """The noun that the phrase is about, in lower case."""
        return self.words[-1].lower()

    @property
    def has_determiner(self) -> bool:
        """Whether it begins with an article, a possessive or a name's genitive."""
        first = self.words[0].lower()
        return first in word_class("determiners") or any(word.endswith("'s") for word in self.words[:-1])

    @property
    def is_plural(self) -> bool:
        """Whether the noun looks like a plural."""
        return (
            self.head.endswith("s") and not self.head.endswith(("ss", "us", "is"))
        ) or self.head == "people"

    @property
    def is_proper(self) -> bool:
        """Whether the noun is a name, which takes no article."""
        return self.words[-1][:1].isupper()

    @property
    def text(self) -> str:
        """The phrase as it can stand after a preposition, with an article where one is due."""
        phrase = " ".join(self.words)
        bare = not self.has_determiner and not self.is_plural and not self.is_proper
        # A name before the noun, as in "Tokyo night", needs the article just the same.
        return f"the {phrase}" if bare and self.head not in word_class("mass") else phrase


def is_proper(word: str) -> bool:
    """Whether a word keeps its capital in the middle of a sentence."""
    low = word.lower().removesuffix("'s")
    inner = any(char.isupper() for char in word[1:]) and any(char.islower() for char in word)
    return low in word_class("proper") or (low in given_names() and word[:1].isupper()) or inner


def mid_sentence(words: list[str]) -> list[str]:
    """Return words with capitals only where the middle of a sentence has them."""
    shouting = len(words) > 1 and all(word.isupper() for word in words)
    titled = sum(word[:1].isupper() for word in words) > max(1, len(words) // 2)
    result = []
    for index, word in enumerate(words):
        if word.lower() in ("i", "i'm", "i've", "i'll", "i'd"):
            result.append("I" + word[1:].lower())
        elif word.lower().removesuffix("'s") in word_class("proper") and not any(
            c.isupper() for c in word[1:-2]
        ):
            result.append(word[:1].upper() + word[1:].lower())
        elif not shouting and (is_proper(word) or (word.isupper() and 1 < len(word) <= _LONGEST_ACRONYM)):
            result.append(word)
        elif index == 0 and not shouting and _is_owners_name(word):
            result.append(word)
        elif index == 0 and not shouting and not titled and _is_subject_name(words):
            result.append(word)
        elif shouting or index == 0 or titled:
            result.append(word.lower())
        else:
            result.append(word)
    return result


def _is_owners_name(word: str) -> bool:
    """Whether a first word such as "Frankenstein's" is of a name, not of anybody known by another word."""
    base = word.lower().removesuffix("'s")
    classes = ("adverbs", "adjectives", "mass", "places", "pronouns", "times")
    known = {*table("people")["roles"], *table("people")["kin"], *(w for c in classes for w in word_class(c))}
    return word.endswith("'s") and word[:1].isupper() and base not in known


def _is_subject_name(words: list[str]) -> bool:
    """Whether a first word is a name, as in "Batman goes": a bare singular subject can be little else."""
    low = words[0].lower()
    closed = (
        word_class("determiners") | word_class("pronouns") | word_class("mass") | word_class("conjunctions")
    )
    if len(words) < 2 or low in closed or low.endswith("s") or not words[0][0].isupper():
        return False
    return words[1].endswith("s") and is_verb([low, *words[1:]], 1)


def is_verb(words: list[str], index: int) -> bool:
    """Whether the word at an index is the verb of a clause or an order."""
    word = words[index].lower()
    before = words[index - 1].lower() if index else ""
    attributive = (word_class("determiners") - {"that"}) | word_class("adjectives")
    if before in attributive or before.endswith("'s"):
        return False
    if before in word_class("prepositions") and before != "to":
        return False
    if word in word_class("finite"):
        return bool(index) or word not in word_class("participles")
    if word in word_class("adjectives") or not _is_known_verb(word) or is_gerund(word):
        return False
    if index == 0:
        after = words[1].lower() if len(words) > 1 else ""
        has_object = after in word_class("determiners") | (word_class("pronouns") - {"i"})
        return has_object and not word.endswith("s")
    if before == "to" or before in word_class("pronouns") or before in _BEFORE_VERBS:
        return True
    if before in ("and", "or", "but") and index > 1 and word.endswith("ed"):
        return True
    if before in word_class("conjunctions"):
        return index + 1 < len(words) and words[index + 1].lower() in word_class("determiners")
    has_more = index + 1 < len(words)
    if word.endswith("s"):
        return not before.endswith("s") and (has_more or index > 1)
    asked = any(earlier.lower() in ("do", "does", "did", "can", "will", "let's") for earlier in words[:index])
    has_subject = before.endswith("s") or words[index - 1][:1].isupper()
    return word.endswith("ed") or asked or (has_subject and (has_more or index == 1))


def _is_known_verb(word: str) -> bool:
    return stem(word) in _verb_stems()


@functools.cache
def _verb_stems() -> frozenset[str]:
    return frozenset(stem(verb) for verb in word_class("verbs"))


def is_gerund(word: str) -> bool:
    """Whether a word such as "quitting" names an action."""
    word = word.lower()
    known = word_class("not_gerunds") | word_class("adjectives")
    return word.endswith("ing") and len(word) >= 5 and word not in known


def is_adverb(word: str) -> bool:
    """Whether a word such as "actually" says how, in lower case."""
    known = word_class("not_adverbs") | word_class("adjectives")
    return word.endswith("ly") and len(word) > 4 and word not in known


def noun_phrases(words: list[str]) -> list[NounPhrase]:
    """Return the noun phrases of a topic in order."""
    breaks = (
        word_class("prepositions")
        | word_class("pronouns")
        | word_class("conjunctions")
        | word_class("adverbs")
    )
    breaks = breaks | {"versus", ","}
    found: list[NounPhrase] = []
    current: list[str] = []
    for index, word in enumerate(words):
        low = word.lower()
        gerund_first = is_gerund(word) and not current and low not in word_class("adjectives")
        if low in breaks or is_adverb(low) or is_verb(words, index) or gerund_first:
            current = _close(current, found)
        elif low in word_class("determiners") and current:
            current = [*_close(current, found), word]
        else:
            current.append(word)
    _close(current, found)
    owners = [owner for phrase in found for owner in _owner(phrase)]
    named = [phrase for phrase in [*found, *owners] if phrase.head not in word_class("numerals")]
    return [phrase for phrase in named if not (is_gerund(phrase.head) and len(phrase.words) < 3)]


def _owner(phrase: NounPhrase) -> list[NounPhrase]:
    """Return "my grandmother" for "my grandmother's garden"."""
    for index, word in enumerate(phrase.words[:-1]):
        if word.endswith("'s"):
            return [NounPhrase((*phrase.words[:index], word.removesuffix("'s")))]
    return []


def _close(current: list[str], found: list[NounPhrase]) -> list[str]:
    kept = list(current)
    while kept and kept[-1].lower() in word_class("determiners") | word_class("adjectives"):
        kept.pop()
    if kept:
        found.append(NounPhrase(tuple(kept)))
    return []
