"""How a topic's own words are cut into phrases, titles and plots."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storyboard.generators.llm.builtin.hooks import title_of
from storyboard.generators.llm.builtin.reading import read
from storyboard.schema.board import Storyboard


@pytest.mark.parametrize(
    ("topic", "phrases"),
    [
        ("the year the river froze", ("the year", "the river")),
        ("a ghost who is afraid of the dark", ("a ghost",)),
        ("why do birds sing", ("birds",)),
        ("I quit my job and moved to Paris", ("my job", "Paris")),
        ("homesick in Berlin", ("Berlin",)),
        ("an astronaut's lonely Christmas", ("Christmas", "an astronaut")),
        ("the museum at night", ("the museum",)),
    ],
)
def test_phrases_hold_no_verbs_and_no_lonely_adjectives(topic: str, phrases: tuple[str, ...]) -> None:
    assert read(topic).phrases == phrases


def test_only_things_are_carried_and_only_places_stood_before() -> None:
    reading = read("I kept a letter from the airport in July")
    assert reading.things == ("a letter",)
    assert reading.places == ("the airport",)
    assert read("the stolen car").places == () and read("the stolen car").things == ()


@pytest.mark.parametrize(
    ("topic", "title"),
    [
        ("why do birds sing", "Why Do Birds Sing?"),
        ("the robot who wanted to become a barista", "The Robot"),
        ("le mariage de ma sœur", "Le Mariage De Ma Sœur"),
        ("la última noche en el aeropuerto", "La Última Noche"),
        ("Weihnachten am Flughafen", "Weihnachten Am Flughafen"),
        ("UFO over Texas", "UFO Over Texas"),
        ("come home", "Come Home"),
    ],
)
def test_titles(topic: str, title: str) -> None:
    assert title_of(read(topic)) == title


def test_names_keep_their_capital_inside_a_line(board_of: Callable[..., Storyboard]) -> None:
    for topic, name in (("Frankenstein's monster goes on a date", "Frankenstein"), ("UFO over Texas", "UFO")):
        text = " / ".join(line for section in board_of(topic).song.sections for line in section.lines)
        assert name in text and name.lower() not in text


def test_plots_tell_of_the_topic_in_the_third_person(board_of: Callable[..., Storyboard]) -> None:
    for topic in ("my dog ate my homework", "my sister's wedding", "our old car"):
        for seed in range(3):
            for scene in board_of(topic, seed).scenes:
                told = scene.plot.partition("\N{LEFT DOUBLE QUOTATION MARK}")[0]
                assert not {"my", "our"} & set(told.lower().split()), scene.plot
