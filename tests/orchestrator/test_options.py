"""Topics and options are checked before any work, and the answer says what is wrong."""

from __future__ import annotations

import pytest

from storyboard.orchestrator.options import clean_topic, options_of
from storyboard.schema.errors import InputError, TopicError


@pytest.mark.parametrize("topic", ["", "   ", "\n\t"])
def test_an_empty_topic(topic: str) -> None:
    with pytest.raises(TopicError, match="topic: is empty"):
        clean_topic(topic)


def test_a_long_topic() -> None:
    with pytest.raises(TopicError, match=r"10,000 characters; at most 2,000"):
        clean_topic("x" * 10_000)


@pytest.mark.parametrize(
    ("topic", "code"), [("a\x1b[31mb", "U+001B"), ("a\x00", "U+0000"), ("\ud800", "U+D800")]
)
def test_control_characters(topic: str, code: str) -> None:
    with pytest.raises(TopicError, match=code.replace("+", r"\+")):
        clean_topic(topic)


@pytest.mark.parametrize("topic", ["東京の夜", "мой пёс", "😀 and me", "l'été à Ménilmontant", "مدينتي"])
def test_any_language_is_a_topic(topic: str) -> None:
    assert clean_topic(f"  {topic}\n ") == topic


@pytest.mark.parametrize(
    ("options", "where", "message"),
    [
        ({"scenes": 0}, "option scenes", "greater than or equal to 1"),
        ({"scenes": 99}, "option scenes", "less than or equal to 12"),
        ({"aspect": "4:3"}, "option aspect", "'16:9', '9:16' or '1:1'"),
        ({"height": 721}, "option height", "multiple of 2"),
        ({"fps": 1}, "option fps", "greater than or equal to 8"),
        ({"seed": -1}, "option seed", "greater than or equal to 0"),
        ({"colour": "red"}, "colour", "known: seed, scenes"),
    ],
)
def test_a_wrong_option_is_named_with_its_range(options: dict[str, object], where: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        options_of("a topic", **options)
    assert caught.value.where == where
    assert message in f"{caught.value.message}; {caught.value.hint}"
