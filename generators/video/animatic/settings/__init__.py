"""Settings: the places a scene can be set in, and how free text finds one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from storyboard.generators.video.animatic.scenery import Scenery
from storyboard.generators.video.animatic.settings.beach import beach
from storyboard.generators.video.animatic.settings.bedroom import bedroom
from storyboard.generators.video.animatic.settings.bridge import bridge
from storyboard.generators.video.animatic.settings.cafe import cafe
from storyboard.generators.video.animatic.settings.classroom import classroom
from storyboard.generators.video.animatic.settings.club import club
from storyboard.generators.video.animatic.settings.desert import desert
from storyboard.generators.video.animatic.settings.field import field
from storyboard.generators.video.animatic.settings.forest import forest
from storyboard.generators.video.animatic.settings.garden import garden
from storyboard.generators.video.animatic.settings.harbour import harbour
from storyboard.generators.video.animatic.settings.kitchen import kitchen
from storyboard.generators.video.animatic.settings.library import library
from storyboard.generators.video.animatic.settings.living_room import living_room
from storyboard.generators.video.animatic.settings.moon import moon
from storyboard.generators.video.animatic.settings.mountain import mountain
from storyboard.generators.video.animatic.settings.office import office
from storyboard.generators.video.animatic.settings.park import park
from storyboard.generators.video.animatic.settings.road import road
from storyboard.generators.video.animatic.settings.rooftop import rooftop
from storyboard.generators.video.animatic.settings.shop import shop
from storyboard.generators.video.animatic.settings.stage import stage
from storyboard.generators.video.animatic.settings.station import station
from storyboard.generators.video.animatic.settings.street import street
from storyboard.generators.video.animatic.settings.train_interior import train_interior
from storyboard.generators.video.animatic.settings.village import village


@dataclass(frozen=True)
class Setting:
    """A kind of place: what paints it, the words that mean it, what one sits on there."""

    paint: Callable[[Scenery], None]
    seat: str
    indoor: bool
    words: str


SETTINGS: dict[str, Setting] = {
    "bedroom": Setting(
        bedroom, "bed", True,
        "bedroom, bed, dorm, dorm room, hotel room, attic, pillow, nursery, motel, motel room",
    ),
    "kitchen": Setting(
        kitchen, "chair", True,
        "kitchen, dining, dining room, kitchen table, breakfast, stove, cooking, pantry, oven",
    ),
    "living room": Setting(
        living_room, "sofa", True,
        "living room, sofa, couch, apartment, flat, home, house, fireplace, parlour, hallway, room, "
        "cabin, interior, stairs",
    ),
    "café": Setting(
        cafe, "chair", True,
        "café, cafe, coffee, coffee shop, coffee house, tea room, tea house, diner, restaurant, "
        "bistro, canteen, cafeteria, pizzeria",
    ),
    "street": Setting(
        street, "ledge", False,
        "street, alley, city, downtown, sidewalk, pavement, corner, crosswalk, town, neighborhood, "
        "neighbourhood, square, avenue, boulevard, neon, plaza, urban, main street, street corner",
    ),
    "rooftop": Setting(
        rooftop, "ledge", False,
        "rooftop, roof, rooftop bar, rooftop party, rooftop garden, skyline, balcony, terrace, fire "
        "escape, skyscraper",
    ),
    "park": Setting(
        park, "bench", False,
        "park, playground, pond, lawn, picnic, zoo, schoolyard, school yard, fountain, cemetery, "
        "graveyard, park bench",
    ),
    "beach": Setting(
        beach, "rock", False,
        "beach, sea, ocean, shore, coast, sand, island, wave, surf, seaside, lagoon, pool",
    ),
    "train station": Setting(
        station, "bench", False,
        "station, platform, train, subway, metro, airport, terminal, railway, bus stop, depot, "
        "train station",
    ),
    "train interior": Setting(
        train_interior, "sofa", True,
        "inside a train, inside the train, train car, carriage, on the train, on a train, subway "
        "car, bus seat, bus, plane, airplane, compartment, train interior",
    ),
    "stage": Setting(
        stage, "crate", True,
        "stage, concert, arena, festival, theatre, theater, stadium, spotlight, gig, microphone, "
        "studio, auditorium, talent show, opera, concert hall",
    ),
    "club": Setting(
        club, "stool", True,
        "club, disco, dance floor, dancefloor, rave, party, karaoke, lounge, nightclub, arcade, "
        "bar, pub, ballroom",
    ),
    "office": Setting(
        office, "chair", True,
        "office, cubicle, desk, meeting, boardroom, workplace, startup, newsroom, lab, laboratory, "
        "hospital, hospital room, clinic, bank, computer, control room",
    ),
    "shop": Setting(
        shop, "stool", True,
        "shop, bakery, store, market, mall, boutique, bookstore, supermarket, florist, deli, "
        "barber, workshop, garage, factory, laundromat, launderette, market stall, record shop, "
        "flower shop",
    ),
    "road": Setting(
        road, "crate", False,
        "road, highway, car, drive, driving, motorway, gas station, petrol station, truck, route, "
        "van, parking lot, parking, road trip",
    ),
    "forest": Setting(
        forest, "rock", False,
        "forest, wood, jungle, grove, trees, campfire, camp, woodland, swamp, rainforest, forest "
        "clearing",
    ),
    "snow village": Setting(
        village, "crate", False,
        "snow village, snowy village, snowed-in village, snow-covered village, winter village, "
        "mountain village, alpine village, christmas village, village in the snow, snowy lane, "
        "village in winter, village at christmas, village under snow, snowy town, christmas market",
    ),
    "mountain": Setting(
        mountain, "rock", False,
        "mountain, peak, summit, cliff, alps, hill, ridge, valley, glacier, volcano, overlook, ski, "
        "mountain cabin",
    ),
    "field": Setting(
        field, "rock", False,
        "field, countryside, meadow, farm, farmhouse, barn, village, prairie, wheat, "
        "vineyard, country, country road, ranch, lake, river",
    ),
    "classroom": Setting(
        classroom, "chair", True,
        "classroom, class, school, lecture, lecture hall, college, campus, blackboard, chalkboard, "
        "school hallway, school corridor, schoolroom, kindergarten",
    ),
    "library": Setting(
        library, "chair", True,
        "library, university, study, archive, museum, gallery, bookshop, bookcase, reading room, "
        "school library, college library",
    ),
    "bridge": Setting(
        bridge, "bench", False,
        "bridge, footbridge, riverside, river bank, riverbank, embankment, viaduct, canal",
    ),
    "garden": Setting(
        garden, "bench", False,
        "garden, backyard, yard, vegetable patch, allotment, flower bed, greenhouse, rose garden, "
        "vegetable garden, kitchen garden, back garden, front yard, shed, orchard",
    ),
    "harbour": Setting(
        harbour, "crate", False,
        "harbour, harbor, pier, dock, port, marina, boat, ship, quay, lighthouse, ferry, jetty, "
        "wharf",
    ),
    "desert": Setting(
        desert, "rock", False,
        "desert, dune, canyon, cactus, oasis, sahara, mesa, wasteland",
    ),
    "space": Setting(
        moon, "rock", False,
        "space, moon, planet, mars, galaxy, orbit, rocket, astronaut, lunar, cosmos, spaceship, "
        "alien, space station",
    ),
}  # fmt: skip

_INDOORS = ("inside", "indoor", "hall", "window", "lamp", "wall", "door", "upstairs", "basement", "floor")
_ANY_INDOOR = ("living room", "café", "bedroom", "classroom", "club")
_ANY_OUTDOOR = ("street", "park", "rooftop", "field", "beach", "mountain")
_PREPOSITIONS = re.compile(
    r"[,.;:()]|\b(?:in|on|at|outside|inside|by|of|with|near|under|behind|above|over|along|across|from|beside"
    r"|before|after|past|through|overlooking|facing|into|next to|between|where|while)\b"
)


def kind_of(text: str, seed: int) -> str:
    """Return the kind of place a text means.

    English names the place first and qualifies it after ("the bakery on Main Street"), and inside a
    noun phrase the last noun is the head ("train station"): so the first phrase with a known word
    decides, and in it the word that ends last. Text without a known word goes by the seed.
    """
    words = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    whole = [hit for hit in _hits(words) if _PREPOSITIONS.search(hit[2])]
    if whole:
        return max(whole)[3]
    for phrase in _PREPOSITIONS.split(words):
        hits = _hits(phrase)
        if hits:
            return max(hits)[3]
    pool = _ANY_INDOOR if any(word in words for word in _INDOORS) else _ANY_OUTDOOR
    return pool[seed % len(pool)]


def _hits(text: str) -> list[tuple[int, int, str, str]]:
    """Return where each known word ends, its length, itself, and the kind it means."""
    return [
        (match.end(), len(word), word, kind)
        for kind, setting in SETTINGS.items()
        for word in setting.words.split(", ")
        for match in re.finditer(rf"\b{re.escape(word)}(?:s|es)?\b", text)
    ]
