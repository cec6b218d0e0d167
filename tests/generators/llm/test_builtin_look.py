"""The colours that a style names are the film's."""

from __future__ import annotations

from storyboard.generators.llm import Brief
from storyboard.generators.llm.builtin import BuiltinWriter
from storyboard.schema.board import Look


def look(style: str) -> tuple[str, list[str]]:
    writer = BuiltinWriter()
    brief = Brief(topic="the night shift", style=style)
    return writer.look(brief, writer.write_song(brief))


def test_named_colours_make_the_palette() -> None:
    style, palette = look("ink and gold")
    assert style == "ink and gold"
    assert {"#17203a", "#d9a62e"} <= set(palette)
    assert len(Look(palette=palette).palette) == 5
    assert palette != look("")[1]


def test_words_that_name_no_colour_leave_the_mood_its_palette() -> None:
    assert look("woodcut, grainy")[1] == look("")[1]
