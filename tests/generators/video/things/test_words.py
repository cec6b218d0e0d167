"""Which things sentences name: whole words, meant as things, and nothing else."""

from __future__ import annotations

import pytest

from storyboard.generators.video.animatic.things import held_thing, things_of
from storyboard.generators.video.animatic.things.words import mentions, tokens_of
from storyboard.schema.scene import Scene

NAMED = {
    "a red balloon drifts away": "balloon",
    "balloons fill the room": "balloon",
    "his gold watch stops": "watch",
    "they ring the bell": "bell",
    "he gives her a ring": "ring",
    "the wedding ring slips off": "ring",
    "an orange and a lemon": "tangerine lemon",
    "she smells a rose": "rose",
    "a dozen roses in the sink": "rose",
    "her dog runs ahead": "dog",
    "two stray dogs": "dog",
    "ducks on the pond": "duck",
    "a duck waddles": "duck",
    "a slice of cake": "shortcake",
    "the birthday cake waits": "birthday-cake",
    "sits on a rock": "rock",
    "a cup of coffee": "coffee-cup",
    "a drum lies broken": "drum",
    "he plays the drums": "drum",
    "love letters in a box": "envelope package",
    "an unopened letter": "envelope",
    "an old key": "old-key",
    "turns the key in the lock": "key",
    "a taxi waits": "taxi",
    "rides a bike": "bicycle",
    "the tent glows": "tent",
    "two horses": "horse",
    "the chestnut horse": "horse",
    "a gold crown": "crown",
    "a cat sleeps": "cat",
    "kittens everywhere": "cat",
    "the apple falls": "red-apple",
    "apple pie on the sill": "pie",
    "gives the dog a bone": "dog",
    "she bakes cookies": "cookie",
    "a snowman melts": "snowman-without-snow",
    "lanterns float": "red-paper-lantern",
    "she lights a candle": "candle",
    "flies a kite": "kite",
    "suitcases by the door": "luggage",
    "her suitcase": "luggage",
    "broken headphones": "headphone",
    "a teddy bear": "teddy-bear",
    "a mouse in the kitchen": "mouse",
    "two mice": "mouse",
    "a toy boat": "sailboat",
    "a deck of cards": "joker",
    "a bowl of soup": "bowl-with-spoon",
    "a basket of apples": "basket",
    "a pizza between them": "pizza",
    "an ice cream": "soft-ice-cream",
    "a glass of wine": "wine-glass",
    "an old newspaper": "newspaper",
    "takes out a camera": "camera",
    "hot chocolate for two": "coffee-cup",
    "his hat": "top-hat",
    "a straw hat": "womans-hat",
    "flowers on the table": "bouquet",
    "wildflowers, a bunch of wildflowers": "bouquet bouquet",
    "the clock strikes twelve": "mantelpiece-clock",
    "an alarm clock": "alarm-clock",
    "carries groceries": "shopping-bags",
    "a butterfly": "butterfly",
    "a beach ball": "volleyball",
    "an umbrella": "umbrella",
    "a stack of books": "books",
    "a handwritten note": "page-with-curl",
    "a map": "world-map",
    "the hammer": "hammer",
    "the school bell": "bell",
    "autumn leaves": "fallen-leaf",
    "loaves of bread": "bread",
    "the campfire": "fire",
    "a rocking horse": "carousel-horse",
    "sneakers by the door": "running-shoe",
    "a violin and a trumpet": "violin trumpet",
    "strawberries": "strawberry",
    "an old polaroid": "camera",
    "the telescope on its tripod": "telescope",
}

NOTHING = """
rain on the rainbow bridge
they watch the sunset
the couple watch the sea
she lets her watch the game
walks past the flower shop
under the apple tree
an orange sky
a rose garden at dusk
Rose waits by the door
Rose smiles
dances like a butterfly
as light as a feather
a photo of her dog
the sound of a trumpet
dreams of horses
he ducks under the table
without an umbrella
no umbrella and no hat
a piece of cake
rock music plays
the coffee shop
the bus stop
drum beats
the box office
bread and butter
a message in a bottle
the key of G
in a taxi
inside the tent
the train station
a peach dress
lavender light
a crown of light
a cat and mouse game
it rains cats and dogs
in the boxing ring
her heart beats
the apple of my eye
hot-air balloons
a bear hug
clicks the mouse
the phone rings
his guitar
into the microphone
at the piano
a wild goose chase
cards on the table
the bowling alley
a pizza party
an ice cream truck
the wine-dark sea
the camera pans left
butterflies in my stomach
an eagle-eyed guard
like a rocket
the letter a
a book
time to hammer it home
bell rings
the planet turns
he pens a song
she bows to the crowd
they box in the gym
the crowd roars
a starry night
friendship
the present moment
scarfaced
catalogue
ringing in the new year
capable hands
""".strip().splitlines()


def named(text: str) -> list[str]:
    return [mention.thing.icon for mention in mentions(tokens_of(text, ["Rose"]))]


@pytest.mark.parametrize(("text", "icons"), NAMED.items())
def test_a_thing_that_is_meant_is_found(text: str, icons: str) -> None:
    assert named(text) == icons.split()


@pytest.mark.parametrize("text", NOTHING)
def test_words_that_mean_no_thing_find_none(text: str) -> None:
    assert named(text) == []


def scene_of(**fields: object) -> Scene:
    return Scene.model_validate({"id": "one", "title": "One", "setting": "a room", **fields})


def test_a_scene_gets_three_things_at_most_and_what_is_done_comes_first() -> None:
    scene = scene_of(
        title="The Lantern",
        plot="A kite, a horse and a bell.",
        actions="Mia lights a candle",
        characters=["Mia"],
    )
    assert [thing.icon for thing in things_of(scene)] == ["candle", "kite", "horse"]


def test_a_longer_phrase_tells_more_than_a_word() -> None:
    scene = scene_of(plot="A bell. A christmas tree.")
    assert [thing.icon for thing in things_of(scene)] == ["christmas-tree", "bell"]


def test_sung_lines_count_last() -> None:
    scene = scene_of(setting="a room with a telescope")
    assert [thing.icon for thing in things_of(scene, ["I kept your suitcase"])] == ["telescope", "luggage"]


def test_what_a_place_shows_already_is_not_added() -> None:
    assert things_of(scene_of(setting="a harbour with an anchor")) == []
    assert [thing.icon for thing in things_of(scene_of(setting="a café with an anchor"))] == ["anchor"]


def test_names_are_no_things() -> None:
    scene = scene_of(actions="Lily and Robin wait. Robin finds a bell.", characters=["Lily", "Robin"])
    assert [thing.icon for thing in things_of(scene)] == ["bell"]


@pytest.mark.parametrize(
    ("actions", "mia", "leo"),
    [
        ("Mia holds a red balloon, Leo waits", "balloon", ""),
        ("Mia walks; Leo carries a suitcase", "", "luggage"),
        ("Leo gives her flowers while Mia laughs", "", "bouquet"),
        ("Mia lifts a trophy and Leo claps", "trophy", ""),
        ("Mia looks at a balloon", "", ""),
        ("Mia holds Leo and a horse passes", "", ""),
        ("Leo sits, eating an ice cream", "", "soft-ice-cream"),
        ("Mia plays the guitar", "", ""),
        ("Mia waits under an umbrella", "umbrella", ""),
    ],
)
def test_who_is_said_to_hold_a_thing_holds_it(actions: str, mia: str, leo: str) -> None:
    scene = scene_of(actions=actions, characters=["Mia", "Leo"])
    held = [held_thing(scene, name) for name in scene.characters]
    assert [thing.icon if thing else "" for thing in held] == [mia, leo]


def test_what_is_quoted_is_heard_and_not_seen() -> None:
    scene = Scene(id="s", title="t", setting="a street", plot="Anna sings: “An apple fell”.")
    assert things_of(scene) == []
    assert things_of(scene.model_copy(update={"plot": "Anna finds an apple."}))
