"""Verses: couplets of the themes, the story's shape and the topic's own words, that scan together."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from random import Random
from typing import Literal

from storyboard.generators.llm.builtin.hooks import hooks_of
from storyboard.generators.llm.builtin.lexicon import Couplet, Theme, couplets, table
from storyboard.generators.llm.builtin.meter import syllables
from storyboard.generators.llm.builtin.placing import meant
from storyboard.generators.llm.builtin.reading import Reading
from storyboard.generators.llm.builtin.shapes import Shape, Source

Part = Literal["opening", "turn", "chorus", "bridge"]
_SHARE_OF_IMAGES = 0.6  # of the verses on a topic that names a place, where the shape would speak
_SHORTEST, _LONGEST, _SPREAD = 6, 10, 3  # syllables in a sung line, and how far lines of a section may differ


class Lyricist:
    """Writes the sections of one song, each from words not used in it before."""

    def __init__(self, reading: Reading, shape: Shape, rng: Random) -> None:
        self._reading = reading
        self._shape = shape
        self._rng = rng
        self._used: set[str] = set()
        self._phrases: set[str] = set()
        self._themes = list(reading.themes)
        images = table("images")
        self._images = [pair for kind in meant(reading).named[:1] for pair in couplets(images[kind])]

    def verse(self, n_before: int, n_lines: int) -> list[str]:
        """Return the next verse, its couplets about what the story's shape wants; `n_before` were sung."""
        part: Part = "turn" if n_before else "opening"
        sources: list[Source] = list(self._shape.sources(n_before, self._rng))
        if self._images and "theme" not in sources and self._rng.random() < _SHARE_OF_IMAGES:
            sources = ["theme" if source == "shape" else source for source in sources]
        if n_lines == 2:
            return self._take([self._about_topic(part) or self._of_themes(part)])
        order = [self._pool(source, part) for source in sources]
        order += [self._of_themes(part)] * (n_lines // 2 - 2)
        return self._take(order)

    def bridge(self) -> list[str]:
        """Return two lines that step back from the story."""
        return self._take([self._pool(self._rng.choice(("theme", "shape")), "bridge")])

    def chorus(self) -> list[str]:
        """Return hook, line, hook, line, in which the lines rhyme."""
        first, second = hooks_of(self._reading, self._rng)
        pool = self._of_themes("chorus") + list(self._shape.chorus)
        fit = [
            pair
            for pair in pool
            if all(
                abs(syllables(line) - syllables(hook)) <= _SPREAD for line in pair for hook in (first, second)
            )
        ]
        [low, high] = self._take([fit or pool])
        return [capital(line) for line in (first, low, second, high)]

    def _pool(self, source: Source, part: Part) -> list[Couplet]:
        """Return the couplets from which one of a verse or bridge is drawn."""
        if source == "shape":
            return list(getattr(self._shape, part))
        own = self._about_topic(part) if source == "topic" else self._of_places(part)
        return own or self._of_themes(part)

    def _of_places(self, part: Part) -> list[Couplet]:
        """Return what is seen in the place that the topic names, as long as some of it is not sung yet."""
        seen = [] if part == "bridge" else self._images
        return [pair for pair in seen if not self._used & set(pair)]

    def _take(self, pools: list[list[Couplet]]) -> list[str]:
        """Return one couplet of each pool, such that they scan together, and none twice in a song."""
        fresh = [[pair for pair in pool if not self._used & set(pair)] or pool for pool in pools]
        shuffled = [self._rng.sample(pool, len(pool)) for pool in fresh]
        choices = itertools.product(*shuffled)
        even = (
            pairs for pairs in choices if len(set(pairs)) == len(pairs) and is_even(itertools.chain(*pairs))
        )
        pairs = next(even, tuple(pool[0] for pool in shuffled))
        self._used |= {line for pair in pairs for line in pair}
        return [capital(line) for pair in pairs for line in pair]

    def _of_themes(self, part: Part) -> list[Couplet]:
        """Return the couplets of one theme, the first one more often than the others."""
        weights = [5, 3, 2][: len(self._themes)]
        theme: Theme = self._rng.choices(self._themes, weights)[0]
        pool: tuple[Couplet, ...] = getattr(theme, part)
        return list(pool)

    def _about_topic(self, beat: str) -> list[Couplet]:
        """Return couplets that scan with a phrase of the topic in their slot, preferably one not sung yet."""
        filled = {slot: _filled(*slot, beat) for slot in self._slots(beat)}
        filled = {slot: pairs for slot, pairs in filled.items() if pairs}
        fresh = [slot for slot in filled if slot[1] not in self._phrases] or list(filled)
        if not fresh:
            return []
        kinds = list(dict.fromkeys(kind for kind, _ in fresh))
        kind = self._rng.choice(kinds)
        slot = self._rng.choice([slot for slot in fresh if slot[0] == kind])
        self._phrases.add(slot[1])
        return filled[slot]

    def _slots(self, beat: str) -> list[tuple[str, str]]:
        """Return each kind of pattern with each phrase that fits; by the turn "a robot" is "the robot"."""
        reading = self._reading
        by_kind = {
            "any": reading.phrases,
            "thing": reading.things,
            "person": reading.people,
            "place": reading.places,
            "ing": (reading.gerund,),
            "do": (reading.infinitive,),
        }
        slots = [(kind, phrase) for kind, phrases in by_kind.items() for phrase in phrases if phrase]
        if beat == "turn":
            slots = [(kind, re.sub(r"^an? ", "the ", phrase)) for kind, phrase in slots]
        return slots


def _filled(kind: str, phrase: str, beat: str) -> list[Couplet]:
    pairs = couplets(table("patterns")[kind][beat])
    filled = [(_fill(first, phrase), _fill(second, phrase)) for first, second in pairs]
    return [pair for pair in filled if is_even(pair)]


def _fill(line: str, phrase: str) -> str:
    return re.sub(r"\{\w+\}", lambda _: phrase, line)


def is_even(lines: Iterable[str]) -> bool:
    """Whether lines scan together."""
    counts = [syllables(line) for line in lines]
    return _SHORTEST <= min(counts) and max(counts) <= _LONGEST and max(counts) - min(counts) <= _SPREAD


def capital(line: str) -> str:
    """Return a line with a capital at its start."""
    return line[:1].upper() + line[1:]
