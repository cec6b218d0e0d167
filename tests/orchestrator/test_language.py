"""The lyrics are in the topic's language; a topic too short to tell is English."""

from __future__ import annotations

import pytest

from storyboard.orchestrator.language import language_of


@pytest.mark.parametrize(
    ("topic", "language"),
    [
        ("I met my ex on TikTok", "en"),
        ("the last train to Osaka", "en"),
        ("dragons vs. lawyers", "en"),
        ("Mein Hund ist weg", "de"),
        ("mi primer beso en la playa", "es"),
        ("l'été à Ménilmontant", "fr"),
        ("una notte a Roma", "it"),
        ("saudade do mar", "pt"),
        ("мой пёс", "ru"),
        ("東京の夜", "ja"),
        ("두 친구", "ko"),
        ("مدينتي", "ar"),
        ("Taxi", "en"),
        ("😀", "en"),
    ],
)
def test_the_language_of_a_topic(topic: str, language: str) -> None:
    assert language_of(topic) == language
