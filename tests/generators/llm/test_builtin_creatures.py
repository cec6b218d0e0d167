"""Who is no human being: ghosts, aliens, monsters, robots and animals, cast as the animatic can draw them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storyboard.generators.llm.builtin.reading import read
from storyboard.generators.llm.builtin.sheets import is_pet
from storyboard.generators.video.animatic.figure.creature import is_bare, species_of
from storyboard.schema.board import Storyboard

STARS = {
    "a ghost who is afraid of the dark": ("creature", "ghost"),
    "the alien who missed the last bus": ("creature", "alien"),
    "a monster at the dentist": ("creature", "monster"),
    "dragons versus lawyers": ("creature", "monster"),
    "a dog finds its way home": ("animal", "dog"),
    "the cat who sailed around the world": ("animal", "cat"),
    "why do birds sing": ("animal", "bird"),
    "a bear in the supermarket": ("animal", "bear"),
    "rabbits on the moon": ("animal", "rabbit"),
    "the fox that wanted to dance": ("animal", "fox"),
    "o fantasma da praia": ("creature", "ghost"),
}
PETS = {
    "my dog ate my homework": "dog",
    "Mein Hund ist weg": "dog",
    "I am allergic to cats": "cat",
    "the fox at my window": "fox",
    "the lighthouse keeper's dog": "dog",
}


@pytest.mark.parametrize("topic", STARS)
def test_a_topic_about_a_creature_stars_one_that_is_drawn_as_such(
    topic: str, board_of: Callable[..., Storyboard]
) -> None:
    for seed in range(3):
        star, *others = board_of(topic, seed).cast
        assert (star.gender, species_of(star)) == STARS[topic]
        assert star.gender == "creature" or not is_bare(star)
        assert star.hair.color not in {other.hair.color for other in others}


@pytest.mark.parametrize("topic", PETS)
def test_somebodys_animal_goes_on_four_legs_beside_them(
    topic: str, board_of: Callable[..., Storyboard]
) -> None:
    for seed in range(3):
        board = board_of(topic, seed)
        owner, pet, *_ = board.cast
        assert owner.gender in ("woman", "man")
        assert is_pet(pet) and is_bare(pet) and species_of(pet) == PETS[topic]
        assert sum(pet.name in scene.characters for scene in board.scenes) >= 2
        assert not any(scene.characters == [pet.name] for scene in board.scenes)


def test_somebody_who_is_a_creature_is_one_person_not_two(board_of: Callable[..., Storyboard]) -> None:
    board = board_of("my neighbour is an alien")
    neighbour = board.cast[1]
    assert (neighbour.gender, species_of(neighbour)) == ("creature", "alien")
    assert "the neighbour" in board.story.who and "the alien" not in board.story.who
    assert board_of("my boss is a robot").cast[1].gender == "robot"


@pytest.mark.parametrize(
    "topic", ["raining cats and dogs", "I can't bear this any longer", "hot dogs", "a coffee machine at work"]
)
def test_idioms_name_nobody(topic: str, board_of: Callable[..., Storyboard]) -> None:
    assert read(topic).mentions == ()
    assert {each.gender for each in board_of(topic).cast} <= {"woman", "man"}


def test_two_parts_are_never_the_same_role(board_of: Callable[..., Storyboard]) -> None:
    for seed in range(4):
        who = board_of("grandma's farm", seed).story.who
        assert "the grandma" in who and "a grandmother" not in who


def test_the_song_of_a_creature_is_about_its_kind(board_of: Callable[..., Storyboard]) -> None:
    assert read("a ghost who is afraid of the dark").themes[0].name == "ghosts"
    assert read("my dog ran away").themes[0].name == "dogs"
    assert read("the cat on the stairs").themes[0].name == "animals"
    lines = [line for s in board_of("why do cats purr?").song.sections for line in s.lines]
    assert not any(word in line.lower() for line in lines for word in ("bark", "wag"))
