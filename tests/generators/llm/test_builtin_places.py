"""Where the built-in writer sets a topic: the places it names, seen by the animatic as what they are."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from storyboard.generators.lint.sounds import last_word, rhymes
from storyboard.generators.llm.builtin.lexicon import couplets, table
from storyboard.generators.llm.builtin.meter import syllables
from storyboard.generators.llm.builtin.places import kind_named, meant_by, places
from storyboard.generators.video.animatic.figure.verbs import matched
from storyboard.generators.video.animatic.settings import kind_of
from storyboard.schema.board import Storyboard

# A plain topic for each place that the animatic paints.
TOPICS = {
    "aeroplane": "asleep on a plane",
    "airport": "goodbye at the airport",
    "bakery": "the bakery on the corner",
    "bar": "a night at the bar",
    "bathroom": "singing in the shower",
    "beach": "one summer at the beach",
    "bedroom": "I cannot leave my bedroom",
    "bridge": "we broke up on the bridge",
    "bus stop": "nobody at the bus stop",
    "café": "our little café",
    "car": "my father's old car",
    "castle": "the castle in the clouds",
    "cemetery": "flowers at the graveyard",
    "church": "my sister's wedding",
    "cinema": "the cinema is empty",
    "classroom": "caught cheating in the classroom",
    "club": "the queen of the dance floor",
    "desert": "lost in the desert",
    "diner": "breakfast at the diner",
    "fairground": "kissing on the ferris wheel",
    "farm": "summer on grandpa's farm",
    "field": "we ran through the cornfield",
    "forest": "camping in the woods",
    "garden": "my grandmother's garden",
    "gym": "I joined a gym in January",
    "harbour": "a storm in the harbour",
    "hospital": "waiting in the hospital",
    "hotel lobby": "the hotel with no guests",
    "kitchen": "a robot in the kitchen",
    "lake": "the lake where we learned to swim",
    "library": "Saturday at the library",
    "living room": "the old sofa",
    "mountain": "climbing a mountain with my dad",
    "museum": "the museum at night",
    "office": "the ghost of the office",
    "old town": "lost in the old town",
    "park": "football in the park",
    "recording studio": "a recording studio at midnight",
    "restaurant": "our first date at a sushi restaurant",
    "road": "a road trip with my mother",
    "rooftop": "dancing on the rooftop",
    "school corridor": "a letter in my locker",
    "school yard": "my first day at school",
    "ship": "the ship that never came back",
    "shop": "a bear in the supermarket",
    "snow village": "a letter to the north pole",
    "space": "rabbits on the moon",
    "stage": "one night at the opera",
    "street": "one street in Paris",
    "swimming pool": "the swimming pool is closed",
    "train interior": "the night train to Vienna",
    "train station": "one hour at the station",
    "warehouse": "the last shift at the factory",
}
SHOWN = {
    "bus": "train interior",
    "moon": "space",
    "plane": "aeroplane",
    "planet": "space",
    "school": "school yard",
    "train": "train interior",
}
"""What the animatic paints for a kind of setting, where that goes by another name."""


@pytest.fixture(scope="module")
def boards(board_of: Callable[..., Storyboard]) -> dict[str, Storyboard]:
    return {topic: board_of(topic, seed) for seed, topic in enumerate(TOPICS.values())}


def seen_in(board: Storyboard) -> list[str]:
    """Return the places of a film as the animatic recognises them."""
    return [kind_of(scene.setting, scene.seed) for scene in board.scenes]


def test_a_film_opens_in_the_place_that_its_topic_names(boards: dict[str, Storyboard]) -> None:
    opened = {kind: seen_in(boards[topic])[0] for kind, topic in TOPICS.items()}
    assert {kind: seen for kind, seen in opened.items() if seen != kind} == {}


@pytest.mark.parametrize(
    ("topic", "kinds"),
    [
        ("a wedding in a church by the sea", {"church", "beach"}),
        ("from the airport to the hospital", {"airport", "hospital"}),
        ("recording an album in my bedroom", {"bedroom", "recording studio"}),
        ("the bar, the lake, the farm and the gym", {"bar", "lake", "farm", "gym"}),
        ("la última noche en el aeropuerto", {"airport"}),
        ("ein Sommer am See", {"lake"}),
        ("le mariage de ma sœur", {"church"}),
        ("il gatto nero sul tetto", {"rooftop"}),
        ("o fantasma da praia", {"beach"}),
        ("夜の電車", {"train interior"}),
    ],
)
def test_every_place_that_a_topic_names_is_in_the_film(
    topic: str, kinds: set[str], board_of: Callable[..., Storyboard]
) -> None:
    for seed in range(4):
        assert kinds <= set(seen_in(board_of(topic, seed))), seed


@pytest.mark.parametrize(
    ("topic", "named"),
    [
        ("I am over the moon", ()),
        ("how to train your dragon", ()),
        ("the bar exam", ()),
        ("the train station", ("train station",)),
        ("a spaceship in the swimming pool", ("moon", "swimming pool")),
        ("two churches", ("church",)),
        ("the farm's dog", ("farm",)),
    ],
)
def test_idioms_are_no_places_and_longer_names_go_before_shorter(topic: str, named: tuple[str, ...]) -> None:
    assert meant_by(tuple(topic.split())).named == named


def test_a_film_is_set_inside_and_outside_and_never_twice_in_one_place(
    boards: dict[str, Storyboard],
) -> None:
    for topic, board in boards.items():
        kinds = [_kind_in(scene.setting) for scene in board.scenes]
        n_inside = sum(places()[kind].inside for kind in kinds)
        assert 2 <= n_inside <= 4, (topic, kinds)
        assert len(set(seen_in(board))) == len(kinds), (topic, seen_in(board))


def test_songs_are_performed_in_many_places(boards: dict[str, Storyboard]) -> None:
    performed = [
        kind_of(scene.setting, 0)
        for board in boards.values()
        for scene in board.scenes
        if scene.kind == "performance"
    ]
    assert len(set(performed)) >= 10
    assert max(map(performed.count, performed)) <= len(performed) / 3


def test_the_hour_and_weather_of_the_topic_are_seen(board_of: Callable[..., Storyboard]) -> None:
    for seed in range(4):
        assert board_of("a night at the bar", seed).scenes[0].time_of_day == "night"
        assert board_of("sunrise on the beach", seed).scenes[0].time_of_day in ("dawn", "golden hour")
        rainy = [scene.weather for scene in board_of("camping in the rain", seed).scenes]
        assert rainy[0] == "rain" and rainy.count("rain") >= 2


def test_places_have_the_hours_and_weather_that_they_know(boards: dict[str, Storyboard]) -> None:
    for topic, board in boards.items():
        for scene in board.scenes:
            place = places()[_kind_in(scene.setting)]
            assert not place.hours or scene.time_of_day in place.hours, (topic, scene.setting)
            assert not place.weather or scene.weather in place.weather, (topic, scene.setting)


def test_the_animatic_recognises_every_text_and_acts_every_deed() -> None:
    for kind, data in table("settings").items():
        for text in data["texts"]:
            assert {kind_of(text, seed) for seed in range(4)} == {SHOWN.get(kind, kind)}, text
        for deed in (*data["moves"], *data["pairs"]):
            for clause in filter(None, re.sub(r"\{\w\}", "", deed).strip(". ").split(".")):
                assert matched(clause), (kind, deed)


def test_every_kind_of_place_leads_to_others_and_has_images_that_rhyme_and_scan() -> None:
    assert set(table("images")) == set(places())
    for kind, place in places().items():
        assert len(place.near) >= 3 and set(place.near) <= set(places()) - {kind}
        for first, second in couplets(table("images")[kind]):
            assert rhymes(last_word(first), last_word(second)), (first, second)
            counts = sorted(map(syllables, (first, second)))
            assert 7 <= counts[0] and counts[1] <= 9, (first, second)


def test_what_is_seen_in_the_place_is_sung(boards: dict[str, Storyboard]) -> None:
    sung = 0
    for topic, board in boards.items():
        kind = meant_by(tuple(topic.lower().split())).named[0]
        seen = {line.lower() for pair in couplets(table("images")[kind]) for line in pair}
        lines = {line.lower() for section in board.song.sections for line in section.lines}
        sung += bool(seen & lines)
    assert sung >= 0.7 * len(boards)


def test_no_phrase_means_two_places() -> None:
    aliases = table("aliases")
    phrases = [
        phrase
        for sort in ("named", "told")
        for words in aliases[sort].values()
        for phrase in words.split(", ")
    ]
    assert len(phrases) == len(set(phrases))
    assert all(kind_named(phrase) for phrase in phrases if phrase not in aliases["pass_over"].split(", "))


def _kind_in(setting: str) -> str:
    named = [kind for kind in places() if re.search(rf"\b{kind}\b", setting)]
    return max(named, key=len)


def test_a_place_by_night_is_neither_sunny_nor_closed(board_of: Callable[..., Storyboard]) -> None:
    for seed in range(4):
        kitchen = board_of("we danced in the kitchen at midnight", seed=seed).scenes[0]
        assert (kind_of(kitchen.setting, 0), kitchen.time_of_day) == ("kitchen", "night")
        assert "sunny" not in kitchen.setting
        fair = board_of("Friday night at the fairground", seed=seed).scenes[0]
        assert "fairground" in fair.setting
        assert "closed" not in fair.setting
