"""Rhyme: whether the lines of a section answer each other."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.generators.lint.finding import Finding
from storyboard.generators.lint.sounds import is_alphabetic, last_word, lines_rhyme, sung_language
from storyboard.schema.board import Storyboard

_FEWEST_LINES = 4  # two or three lines, such as a pre-chorus, may leave their ends open
_REACH = 3  # lines between a word and its answer: couplets 1, alternate 2, enclosed 3
_ENGLISH_SHARE = 0.5  # the ballad stanza, the loosest common form, rhymes two lines of four
_LETTERS_SHARE = 0.25  # spelling hides many rhymes of other languages


def unrhymed_sections(board: Storyboard) -> Iterator[Finding]:
    """Find sections in which fewer than half of the lines rhyme, by sound."""
    language = sung_language(board.song, board.language)
    wanted = _ENGLISH_SHARE if language == "en" else _LETTERS_SHARE
    for index, section in enumerate(board.song.sections):
        lines = section.lines
        if len(lines) < _FEWEST_LINES or not is_alphabetic(" ".join(lines)):
            continue
        alone = unrhymed(lines, language)
        if 1 - len(alone) / len(lines) < wanted:
            ends = ", ".join(f"\u201c{last_word(lines[position])}\u201d" for position in alone)
            yield Finding(
                code="rhyme",
                where=f"song.sections[{index}]",
                message=f"only {len(lines) - len(alone)} of {len(lines)} lines of this {section.kind} rhyme; "
                f"no line answers {ends[:200]}",
                step="song",
            )


def unrhymed(lines: list[str], language: str = "en") -> list[int]:
    """Return the places of lines that rhyme with no other within reach."""
    return [
        index
        for index, line in enumerate(lines)
        if not any(
            lines_rhyme(line, other, language)
            for place, other in enumerate(lines)
            if 0 < abs(place - index) <= _REACH
        )
    ]
