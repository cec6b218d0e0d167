"""The scene prompt for encoders of 77 tokens."""

from __future__ import annotations

import itertools

import pytest

from storyboard.prompts import compact_scene_prompt
from storyboard.prompts.compact import identity, n_tokens
from storyboard.schema.board import Look
from storyboard.schema.cast import Character, Garment, Hair
from storyboard.schema.scene import Scene

LOOK = Look(style="warm flat illustration, film grain")


def person(name: str, hair: str, coat: str, gender: str = "woman", age: int = 27) -> Character:
    return Character.model_validate(
        {
            "name": name,
            "gender": gender,
            "age": age,
            "hair": Hair(color=hair, length="long", style="wavy"),
            "eyes": "green",
            "face": "a freckled oval face",
            "clothing": [
                Garment(item="coat", color=coat, material="wool"),
                Garment(item="jeans", color="teal"),
                Garment(item="hat", color="olive"),
            ],
        }
    )


MIA, LEO = person("Mia", "auburn", "mustard"), person("Leo", "black", "navy", "man", 31)
ANA, KIM = person("Ana", "silver", "crimson"), person("Kim", "brown", "white", "girl", 11)


def scene(**fields: object) -> Scene:
    base = {
        "id": "scene-1",
        "title": "One",
        "setting": "a narrow street of wet cobbles and crooked lamps",
        "time_of_day": "night",
        "weather": "rain",
        "actions": "Mia waves. Leo looks up.",
    }
    return Scene.model_validate(base | fields)


def test_who_comes_first_without_a_name_then_deed_place_light_and_style() -> None:
    prompt = compact_scene_prompt(scene(actions="Mia waves."), [MIA], LOOK)
    assert prompt == (
        "A 27-year-old woman with long wavy auburn hair, wearing a mustard coat and teal jeans. "
        "The woman waves. A narrow street of wet cobbles and crooked lamps. Night, rain. "
        "Warm flat illustration, film grain."
    )


def test_two_of_one_gender_are_told_apart_by_what_they_wear() -> None:
    prompt = compact_scene_prompt(scene(actions="Mia waves. Ana sits."), [MIA, ANA], LOOK)
    assert "The woman in a mustard coat waves. The woman in a crimson coat sits." in prompt
    assert "Mia" not in prompt and "Ana" not in prompt


@pytest.mark.parametrize("n_people", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("max_tokens", [20, 40, 75])
def test_it_fits_and_no_description_is_cut(n_people: int, max_tokens: int) -> None:
    people = [MIA, LEO, ANA, KIM][:n_people]
    prompt = compact_scene_prompt(scene(), people, LOOK, max_tokens)
    assert n_tokens(prompt) <= max_tokens or n_people == 1
    whole = [identity(each, n).lower() for each in people for n in range(3)]
    described = [part.lower().rstrip(".") for part in prompt.split(". ") if "year-old" in part]
    assert all(part in whole for part in described)
    assert prompt and ".." not in prompt


def test_a_character_has_the_same_words_in_every_scene() -> None:
    settings = ["a garden", "a flat rooftop with aerials and fairy lights over the skyline"]
    prompts = [compact_scene_prompt(scene(setting=each), [MIA, LEO], LOOK) for each in settings]
    assert all(identity(MIA)[1:] in prompt and identity(LEO)[1:] in prompt for prompt in prompts)


def test_trailing_parts_are_left_out_whole() -> None:
    full = compact_scene_prompt(scene(), [MIA], LOOK, 200)
    for max_tokens in range(24, 75):
        short = compact_scene_prompt(scene(), [MIA], LOOK, max_tokens)
        assert full.startswith(short)


def test_nothing_that_is_only_heard_is_shown() -> None:
    prompt = compact_scene_prompt(scene(actions="Mia sings the chorus to the beat."), [MIA], LOOK)
    assert "The woman sings." in prompt and "chorus" not in prompt and "beat" not in prompt


def test_robots_animals_children_and_the_bald_are_described() -> None:
    robot = MIA.model_copy(update={"gender": "robot"})
    bald = LEO.model_copy(update={"hair": Hair(color="none", length="bald")})
    bob = KIM.model_copy(update={"hair": Hair(color="black", length="short", style="bob")})
    assert identity(robot) == "a robot, wearing a mustard coat and teal jeans"
    assert identity(bald).startswith("a 31-year-old man with a bald head, wearing")
    assert identity(bob).startswith("an 11-year-old girl with a short black bob, wearing")


@pytest.mark.parametrize(
    ("text", "n_pieces"),
    [
        # One token for each word, digit and mark is the least that CLIP can take.
        ("a photo of a cat", 5),
        ("a 27-year-old woman with long wavy auburn hair", 13),
        ("wearing a mustard coat and teal jeans", 7),
        ("a narrow street of wet cobbles and crooked lamps.", 12),
    ],
)
def test_the_estimate_is_above_a_token_a_word(text: str, n_pieces: int) -> None:
    assert n_pieces <= n_tokens(text) <= 1.6 * n_pieces


def test_the_estimate_grows_with_the_text() -> None:
    words = "a narrow street of wet cobbles".split()
    counts = [n_tokens(" ".join(words[:n])) for n in range(len(words) + 1)]
    assert all(one < other for one, other in itertools.pairwise(counts))
