"""The shapes of stories: chosen by theme and seed, and seen in song, plots and places."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from storyboard.generators.lint import lint
from storyboard.generators.llm import Brief
from storyboard.generators.llm.builtin import BuiltinWriter
from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.reading import read
from storyboard.generators.llm.builtin.shapes import shape_of, shapes
from storyboard.generators.llm.builtin.sheets import is_pet
from storyboard.schema.board import Storyboard

TOPICS = [
    "I met my ex on TikTok",
    "a robot learns to bake bread",
    "my grandmother's garden",
    "Mein Hund ist weg",
    "The last train to Osaka",
    "quitting my job",
    "東京の夜",
    "dragons vs. lawyers",
    "Why do cats purr?",
    "a lonely lighthouse keeper falls in love with a whale",
    "the lottery winner who lost everything",
    "snow in July",
    "karaoke with my boss",
    "my little sister is moving to Canada",
    "first day at school",
    "Anna and Tom get married on a boat",
    "war",
    "space pirates",
    "my neighbour plays the trumpet at 3 am",
    "the night the power went out",
]
SEEDS = range(5)


@pytest.fixture(scope="module")
def boards(board_of: Callable[..., Storyboard]) -> dict[tuple[str, int], Storyboard]:
    return {(topic, seed): board_of(topic, seed) for topic in TOPICS for seed in SEEDS}


def test_the_linter_finds_nothing_on_twenty_topics(boards: dict[tuple[str, int], Storyboard]) -> None:
    found = {key: lint(board) for key, board in boards.items()}
    assert {key: findings for key, findings in found.items() if findings} == {}


@pytest.mark.parametrize("n_scenes", [1, 3, 12, 24])
def test_the_linter_finds_nothing_in_shorter_and_longer_films(
    n_scenes: int, board_of: Callable[..., Storyboard]
) -> None:
    for topic in ("a dog finds its way home", "two cousins and a stolen boat", "Ada repairs the moon"):
        assert lint(board_of(topic, 1, n_scenes)) == [], topic


def test_every_topic_has_several_shapes_that_suit_it() -> None:
    assert len(shapes()) >= 5
    for topic in TOPICS:
        reading = read(topic)
        drawn = {shape_of(reading, seed) for seed in range(12)}
        assert len(drawn) >= 2, topic
        names = {theme.name for theme in reading.themes}
        assert all(shape.themes & names for shape in drawn), topic
    used = {shape_of(read(topic), seed).name for topic in TOPICS for seed in SEEDS}
    assert used == set(shapes())


def test_a_journey_orders_the_places(boards: dict[tuple[str, int], Storyboard]) -> None:
    """Outward, the second half lies farther from home than the first; homeward, nearer."""
    places = table("settings")

    def distance(setting: str) -> int:
        kind = max((kind for kind in places if re.search(rf"\b{kind}\b", setting.lower())), key=len)
        return int(places[kind]["distance"])

    for journey, sign in (("outward", 1), ("homeward", -1)):
        gained = 0
        for (topic, seed), board in boards.items():
            if shape_of(read(topic), seed).journey == journey:
                far = [distance(scene.setting) for scene in board.scenes[1:] if scene.kind == "story"]
                gained += sign * (far[-1] - far[0])
                assert sign * (far[-1] - far[0]) >= 0, (topic, seed, far)
        assert gained > 0


def test_the_story_is_told_in_the_order_of_its_shape(boards: dict[tuple[str, int], Storyboard]) -> None:
    for key, board in boards.items():
        plots = [scene.plot for scene in board.scenes]
        assert len(set(plots)) == len(plots), key
        assert not any("{" in plot for plot in plots), key
        assert board.story.change.endswith(plots[-1]) or board.scenes[-1].kind == "performance", key


def test_findings_tell_the_story_and_dress_the_cast_anew_under_the_same_names() -> None:
    writer, brief = BuiltinWriter(), Brief(topic="my old guitar", seed=2)
    song = writer.write_song(brief)
    story = writer.tell_story(brief, song)
    cast = writer.cast(brief, song, story)
    again = writer.cast(brief, song, story, ["cast[1]: looks like the first"])
    assert again != cast and [(c.name, c.age) for c in again] == [(c.name, c.age) for c in cast]
    endings = {writer.tell_story(brief, song, [f"story: {n}"]).change for n in range(8)}
    assert len(endings) > 1 and writer.tell_story(brief, song, ["story: 1"]).who == story.who


def test_rules_have_nothing_to_criticise(boards: dict[tuple[str, int], Storyboard]) -> None:
    board = boards["war", 0]
    assert BuiltinWriter().criticise(Brief(topic="war"), board) == []


def test_a_pet_does_what_animals_do(boards: dict[tuple[str, int], Storyboard]) -> None:
    for key, board in boards.items():
        pets = [each.name for each in board.cast if is_pet(each)]
        for scene in board.scenes:
            said = [s for s in scene.actions.split(". ") if s.startswith(tuple(pets))] if pets else []
            assert not any(deed in each for each in said for deed in ("reads", "phone", "guitar")), key
