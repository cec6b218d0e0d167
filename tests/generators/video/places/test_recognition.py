"""Recognition: settings as people and language models write them find the places they mean."""

from __future__ import annotations

import pytest

from storyboard.generators.video.animatic.settings import SETTINGS, kind_of
from storyboard.generators.video.animatic.settings.recognition import season_of, storms

PHRASES: dict[str, list[str]] = {
    "aeroplane": [
        "A window seat on a plane",
        "inside an airplane above the clouds",
        "a night flight to Tokyo",
        "the cabin of a plane",
        "a private jet",
    ],
    "airport": [
        "Departure gate B12 at the airport",
        "a crowded airport terminal",
        "Baggage claim, late at night",
        "the arrivals hall, where families wait",
        "an empty departure lounge overlooking the runway",
    ],
    "bakery": [
        "the old bakery on Main Street",
        "a bakery before dawn",
        "Her father's bakery",
        "the warm corner of a boulangerie",
        "a small pastry shop",
    ],
    "bar": [
        "a dimly lit dive bar",
        "The back booth of an Irish pub",
        "a smoky jazz club downtown",
        "the bar where they first met",
        "a western saloon with swinging doors",
        "A hotel bar, half past two",
    ],
    "bathroom": [
        "a steamy bathroom with a cracked mirror",
        "the bathroom floor",
        "In the bathtub, candles around her",
        "a school restroom",
        "under a hot shower",
    ],
    "beach": [
        "a deserted beach at sunset",
        "the shoreline below the cliffs",
        "Malibu, the morning after",
        "a tropical island",
        "walking along the seaside",
    ],
    "bedroom": [
        "Mia's tiny bedroom at her parents' house",
        "a cheap motel room",
        "his messy dorm room",
        "A child's bedroom with glow-in-the-dark stars",
        "the attic where she writes",
        "a bedroom window overlooking the city",
    ],
    "bridge": [
        "an iron bridge over the river at night",
        "Brooklyn Bridge in the rain",
        "the old footbridge near the mill",
        "a stone bridge over a canal",
        "the riverside walk under the bridge",
    ],
    "bus stop": [
        "the bus stop in the rain",
        "a bus shelter at dawn",
        "waiting at the tram stop",
        "A lonely bus stop with a torn timetable",
        "the bus station after midnight",
    ],
    "café": [
        "the corner coffee shop",
        "a café on the beach",
        "A cozy cafe with fogged windows",
        "the tea house on the hill",
        "the school cafeteria",
    ],
    "car": [
        "inside a moving car at night",
        "the passenger seat of his father's car",
        "In the back seat of a taxi",
        "Behind the wheel, city lights on the windshield",
        "Leo's old pickup truck",
        "a car",
    ],
    "castle": [
        "the throne room of a castle",
        "a ruined castle on a hill",
        "the palace at night",
        "A dungeon with one torch",
        "the great hall of the king",
    ],
    "cemetery": [
        "an overgrown cemetery",
        "a foggy graveyard at midnight",
        "her grandfather's grave",
        "The churchyard behind the chapel",
        "rows of headstones",
    ],
    "church": [
        "a small white church",
        "the altar of a chapel",
        "a gothic cathedral",
        "A wedding ceremony under stained glass",
        "an empty temple lit by candles",
    ],
    "cinema": [
        "an empty cinema with red seats",
        "the movie theater on 4th",
        "A front row at the movies",
        "a drive-in cinema under the stars",
        "a film screening",
    ],
    "classroom": [
        "an empty classroom",
        "the lecture hall after class",
        "a science lab with a broken clock",
        "the back row of a chemistry class",
        "detention on a Friday",
    ],
    "club": [
        "a packed nightclub",
        "the dance floor under a disco ball",
        "A karaoke night with friends",
        "a warehouse rave",
        "inside the club, bass pounding",
        "a neon arcade",
    ],
    "desert": [
        "the Mojave desert",
        "endless dunes under the sun",
        "a canyon of red rock",
        "A ghost town at noon",
        "the salt flats",
    ],
    "diner": [
        "a roadside diner",
        "a booth in a 24-hour diner",
        "the last night in the diner",
        "A burger joint off the highway",
        "the diner counter at dawn",
    ],
    "fairground": [
        "a carnival by the sea",
        "under the Ferris wheel",
        "An abandoned amusement park",
        "the county fair",
        "a spinning carousel",
    ],
    "farm": [
        "a family farm",
        "an old red barn",
        "the ranch where he grew up",
        "The hayloft of the barn",
        "a farmhouse in Kansas",
        "a pumpkin patch",
    ],
    "field": [
        "a golden wheat field",
        "the open countryside",
        "a meadow full of poppies",
        "A sunflower field at golden hour",
        "a dirt road through cornfields",
    ],
    "forest": [
        "a misty pine forest",
        "deep in the woods",
        "a campfire in a clearing",
        "The jungle after rain",
        "a hiking trail under redwoods",
    ],
    "garden": [
        "her grandmother's rose garden",
        "a suburban backyard",
        "the front porch",
        "A greenhouse full of orchids",
        "an apple orchard in autumn",
    ],
    "gym": [
        "a boxing gym",
        "the school gym",
        "A locker room before the match",
        "an indoor basketball court",
        "the weight room",
    ],
    "harbour": [
        "a foggy harbor",
        "the end of the pier",
        "a quay with fishing nets",
        "a lighthouse in a storm",
        "the docks at dawn",
    ],
    "hospital": [
        "a hospital room with machines beeping",
        "her hospital bed",
        "The emergency room",
        "a nursing home",
        "The waiting room of a clinic",
        "a ward full of children",
    ],
    "hotel lobby": [
        "the lobby of a grand hotel",
        "a glass elevator",
        "the front desk of a small hotel",
        "A marble entrance hall",
        "the foyer after midnight",
    ],
    "kitchen": [
        "a sunlit kitchen",
        "the kitchen table at 3 a.m.",
        "her mother's kitchen",
        "dinner in a cramped dining room",
        "In front of the open fridge",
    ],
    "lake": [
        "a still mountain lake",
        "the lakeside cabin's jetty on a lake",
        "A waterfall in the hills",
        "a rowboat on the river",
        "a frozen lake",
        "a river",
    ],
    "library": [
        "the school library",
        "a dusty old library",
        "The reading room of a university",
        "a courtroom",
        "between tall bookshelves",
    ],
    "living room": [
        "Leo's flat above the shop",
        "a cluttered living room",
        "their first apartment",
        "On the couch, TV flickering",
        "a log cabin with a fireplace",
        "moving boxes in an empty house",
    ],
    "mountain": [
        "the summit of a mountain",
        "a cliff edge",
        "A lookout point over the valley",
        "a snowy mountain pass",
        "the hilltop above town",
    ],
    "museum": [
        "a modern art museum",
        "a gallery opening",
        "The sculpture hall of the museum",
        "an art studio full of canvases",
        "an exhibition of photographs",
    ],
    "office": [
        "a grey office cubicle",
        "the newsroom on deadline",
        "A glass-walled conference room",
        "his desk at the bank",
        "a laboratory full of screens",
    ],
    "old town": [
        "the old town in the rain",
        "a cobbled lane behind the market",
        "Cobblestones after midnight",
        "an old quarter with painted doors",
        "a medieval town in the south",
    ],
    "park": [
        "a city park",
        "a park bench under bare trees",
        "the playground behind the school",
        "A picnic by the pond",
        "an empty swing set",
    ],
    "recording studio": [
        "a recording studio",
        "the vocal booth",
        "A home studio full of synths",
        "the band's rehearsal room",
        "behind the mixing desk",
    ],
    "restaurant": [
        "an Italian restaurant",
        "a quiet bistro in the old town",
        "A candlelit dinner for two",
        "the sushi bar on 5th",
        "the pizzeria around the corner",
    ],
    "road": [
        "driving down the highway",
        "the hospital parking lot at night",
        "a lonely gas station",
        "An empty road through the hills",
        "the hood of a car on a hill",
    ],
    "rooftop": [
        "a city rooftop at dawn",
        "the balcony of her apartment",
        "A rooftop bar",
        "on the fire escape",
        "the roof of the school",
    ],
    "school corridor": [
        "A high school hallway lined with lockers",
        "a school corridor with tall windows",
        "her locker after the last bell",
        "an empty corridor",
        "the hallway of lockers",
    ],
    "school yard": [
        "a brick school with chalk lines before its doors",
        "the schoolyard in the rain",
        "the steps of a high school",
        "outside the school",
        "An old school with bicycles and chestnuts",
    ],
    "ship": [
        "On a boat, far from land",
        "the deck of a ship",
        "a small boat at sea",
        "A ferry crossing the strait",
        "a pirate ship",
    ],
    "shop": [
        "a thrift store on Main Street",
        "a record store",
        "the aisles of a supermarket",
        "A laundromat at midnight",
        "a flower shop near the station",
        "his father's garage",
    ],
    "snow village": [
        "a little snowy village",
        "a village in the snow",
        "the Christmas market",
        "an alpine village",
        "A winter wonderland",
    ],
    "space": [
        "the surface of the moon",
        "a spaceship drifting",
        "outer space",
        "Mars, year 2090",
        "another planet with two suns",
    ],
    "stage": [
        "a concert in the park",
        "the stage of a small theatre",
        "A sold-out stadium",
        "backstage before the show",
        "an open mic at a bookstore",
        "a school talent show",
    ],
    "street": [
        "a rain-slick downtown street outside a bar",
        "outside the club, neon flickering",
        "A narrow alley in Tokyo",
        "the crosswalk at Times Square",
        "her neighborhood",
        "a quiet suburb",
        "the town square",
    ],
    "swimming pool": [
        "a motel swimming pool",
        "a pool party",
        "poolside at night",
        "The public pool in July",
        "an empty pool",
    ],
    "train interior": [
        "on the train home",
        "inside a train compartment",
        "the night bus",
        "the school bus in the rain",
        "a subway car at rush hour",
    ],
    "train station": [
        "an abandoned train station",
        "Platform 9, the last train gone",
        "a subway platform",
        "the metro station at five",
        "railway tracks outside town",
    ],
    "warehouse": [
        "an abandoned factory",
        "a warehouse by the river",
        "the loading dock at night",
        "A hangar with tall windows",
        "an old steel mill",
    ],
}

UNNAMED: dict[str, set[str]] = {
    "somewhere with waiters and dessert": {"restaurant"},
    "among the doctors and nurses": {"hospital"},
    "waves of whisky and darts": {"bar", "beach"},
    "a camel caravan": {"desert"},
    "where the eagles are": {"mountain"},
    "suitcases everywhere": {"airport"},
    "amid barbells and sweat": {"gym"},
    "a priest and a bride": {"church"},
    "snowflakes everywhere": {"snow village"},
    "mermaids": {"beach"},
    "a bee on a rose": {"field", "garden"},
    "Tokyo": {"street", "rooftop"},
    "vampires awake": {"cemetery"},
    "a dream": {"bedroom"},
    "inside, by the window": {"living room", "café", "bedroom", "hotel lobby", "library"},
}
"""Settings that name no place, and the kinds that would fit."""


def test_every_kind_of_place_is_tried_with_five_phrases() -> None:
    assert set(PHRASES) == set(SETTINGS)
    assert all(len(phrases) >= 5 for phrases in PHRASES.values())


def test_no_name_means_two_places() -> None:
    names = [name for setting in SETTINGS.values() for name in setting.words.split(", ")]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("kind", list(PHRASES))
def test_a_setting_is_found_in_free_text(kind: str) -> None:
    assert {phrase: kind_of(phrase, 0) for phrase in PHRASES[kind]} == dict.fromkeys(PHRASES[kind], kind)


@pytest.mark.parametrize("text", list(UNNAMED))
def test_a_setting_without_a_name_goes_by_what_fits_its_words(text: str) -> None:
    assert {kind_of(text, seed) for seed in range(6)} <= UNNAMED[text]


@pytest.mark.parametrize("text", ["xyzzy", "", "42", "\N{SNOWMAN}", "zwischen den Welten"])
def test_a_setting_that_says_nothing_still_finds_a_place(text: str) -> None:
    assert {kind_of(text, seed) for seed in range(20)} <= set(SETTINGS)


@pytest.mark.parametrize(
    ("text", "weather", "season"),
    [
        ("a park under cherry blossoms", "clear", "spring"),
        ("the beach in July", "clear", "summer"),
        ("a forest of fallen leaves", "clear", "autumn"),
        ("Christmas at home", "clear", "winter"),
        ("a street", "snow", "winter"),
        ("a street", "clear", "summer"),
        ("a hot spring", "clear", "summer"),
        ("falling in love", "clear", "summer"),
    ],
)
def test_the_season_is_read_from_words_and_weather(text: str, weather: str, season: str) -> None:
    assert season_of(text, weather) == season


def test_a_storm_is_read_from_words() -> None:
    assert all(storms(text) for text in ("a thunderstorm", "Lightning over the bay", "a stormy night"))
    assert not any(storms(text) for text in ("a brainstorm", "a snowstorm", "calm after rain"))
