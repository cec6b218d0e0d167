"""The hook: the chorus line that carries the topic's own words, and the title it holds."""

from __future__ import annotations

from random import Random

from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.meter import syllables
from storyboard.generators.llm.builtin.reading import Reading

_SMALL = frozenset("a an the and or but of in on at to from with for by near versus ".split())


def title_of(reading: Reading) -> str:
    """Return the core in title case; a question keeps its mark."""
    words = reading.core.split()
    capital = [
        word if index and word in _SMALL else word[:1].upper() + word[1:] for index, word in enumerate(words)
    ]
    return " ".join(capital)[:118] + ("?" if reading.shape == "question" else "")


def hooks_of(reading: Reading, rng: Random) -> tuple[str, str]:
    """Return the first and the second hook line of the chorus, each 6 to 10 syllables if that can be had."""
    frames: list[str] = table("hooks")[_frames_for(reading)]["frames"]
    lines = [frame.replace("{core}", reading.core) for frame in frames]
    mark = "?" if reading.shape == "question" else ""
    sung = [line + mark for line in lines if 6 <= syllables(line) <= 10]
    if not sung:
        sung = [min(lines, key=lambda line: abs(syllables(line) - 8)) + mark]
    first = rng.choice(sung)
    alike = [line for line in sung if abs(syllables(line) - syllables(first)) <= 2]
    return first, rng.choice(alike)


def _frames_for(reading: Reading) -> str:
    if reading.shape == "chant" and len(reading.core.split()) > 1:
        return "clause" if syllables(reading.core) > 3 else "chant"
    return reading.shape
