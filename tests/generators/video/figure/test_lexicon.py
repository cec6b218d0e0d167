"""The words that people and language models use for looks, and what is drawn for them."""

from __future__ import annotations

import pytest

from storyboard.generators.video.animatic.figure.body import body_of
from storyboard.generators.video.animatic.figure.colors import color_of, colors_of, skin_of
from storyboard.generators.video.animatic.figure.creature import species_of
from storyboard.generators.video.animatic.figure.features import features_of
from storyboard.generators.video.animatic.figure.haircut import haircut_of
from storyboard.generators.video.animatic.figure.lexicon import Lexicon
from storyboard.generators.video.animatic.figure.sheets import sheet_of
from storyboard.generators.video.animatic.figure.wardrobe import outfit_of, pieces_of
from storyboard.schema.cast import Garment

GARMENTS = """
bomber jacket: jacket bomber | letterman jacket: jacket bomber | varsity jacket: jacket bomber
denim jacket: jacket denim | jean jacket: jacket denim | leather jacket: jacket biker
motorcycle jacket: jacket biker | puffer: jacket puffer | down jacket: jacket puffer | windbreaker: jacket
blazer: blazer | sport coat: blazer | tweed jacket: blazer | overcoat: coat | pea coat: coat | lab coat: coat
trench coat: coat trench | trenchcoat: coat trench | raincoat: coat rain | rain-coat: coat rain
parka: coat parka | cloak: cape | superhero cape: cape | poncho: cape | cardigan: cardigan | waistcoat: vest
hoodie: hoodie | hooded sweatshirt: hoodie | oversized hoodie: hoodie | sweatshirt: sweater crew
turtleneck: sweater | turtelneck: sweater | chunky cable-knit jumper: sweater
Christmas sweater: sweater crew
T-shirt: tee | tshirt: tee | graphic tee: tee | band T-shirt: tee | tank top: tank | crop top: tank crop
button-up shirt: shirt | flannel shirt: shirt | Hawaiian shirt: shirt short | polo shirt: shirt short
blouse: blouse | silk blouse: blouse | peasant top: blouse
sundress: dress sun | summer dress: dress sun | little black dress: dress mini | cocktail dress: dress mini
evening gown: dress gown | wedding dress: dress gown | maxi dress: dress gown | wrap dress: dress
sweater dress: dress | kimono: dress kimono | bathrobe: dress kimono | saree: dress sari
suit: suit | three-piece suit: suit | tuxedo: suit tuxedo | spacesuit: spacesuit | dungarees: overalls
tracksuit: jumpsuit tracksuit | pajamas: jumpsuit pyjamas | police uniform: jumpsuit uniform
nurse's scrubs: jumpsuit uniform | suit of armour: jumpsuit armor | boiler suit: jumpsuit | bikini: swimsuit
skirt: skirt | pleated skirt: skirt | miniskirt: skirt mini | pencil skirt: skirt pencil | tutu: skirt tutu
ripped jeans: jeans | skinny jeans: leggings | bell-bottoms: wide | flared jeans: wide | sweatpants: joggers
cargo pants: cargo | chinos: trousers | slacks: trousers | denim shorts: shorts | cut-offs: shorts
Doc Martens: boots laced | combat boots: boots laced | Chelsea boots: boots ankle | cowboy boots: boots
wellies: boots | sneekers: sneakers | trainers: sneakers | Converse: sneakers high | high-tops: sneakers high
stilettos: heels | flip-flops: sandals | ballet flats: flats | loafers: shoes | barefoot: bare
baseball cap: cap | bobble hat: beanie | fedora: hat | straw hat: straw | sombrero: cowboy | top hat: tophat
hijab: hijab | headscarf: bandana | turban: turban | tiara: crown | flower crown: flowers
witch's hat: pointed
hard hat: hardhat | chef's hat: chef | aviators: sunglasses | reading glasses: glasses | bow tie: tie
pearl necklace: necklace | woolly scarf: scarf | school bag: backpack | apron: apron
"""


def rows(text: str) -> list[tuple[str, str]]:
    cells = [cell for line in text.strip().splitlines() for cell in line.split(" | ")]
    return [(words.strip(), drawn.strip()) for words, drawn in (cell.rsplit(":", 1) for cell in cells)]


@pytest.mark.parametrize(("words", "drawn"), rows(GARMENTS))
def test_garments(words: str, drawn: str) -> None:
    pieces = pieces_of(Garment(item=words, color="red"))
    assert [f"{piece.kind} {piece.cut}".strip() for _, piece in pieces] == [drawn]


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        ("hoodie under a denim jacket", ["hoodie", "jacket"]),
        ("white shirt and black tie", ["shirt", "tie"]),
        ("t-shirt under overalls", ["tee", "overalls"]),
        ("jeans, t-shirt & sneakers", ["jeans", "tee", "sneakers"]),
        ("coat with a fur collar", ["coat"]),
        ("black and white striped shirt", ["shirt"]),
    ],
)
def test_several_garments_in_one_phrase(words: str, drawn: list[str]) -> None:
    assert [piece.kind for _, piece in pieces_of(Garment(item=words, color="grey"))] == drawn


STYLES = """
buzz cut: buzz | crew cut: buzz | shaved head: bald | bald: bald | afro: afro | natural hair: afro
top knot: bun
messy bun: bun | chignon: bun | space buns: spacebuns | high ponytail: ponytail | tied back: ponytail
pigtails: pigtails | twin tails: pigtails | French braids: braids | two plaits: braids | box braids: braids
dreadlocks: dreads | locs: dreads | cornrows: cornrows | mohawk: mohawk | spiky: mohawk | undercut: undercut
mullet: mullet | wolf cut: mullet | pompadour: quiff | slicked-back: slick | bob: bob | chin-length: bob
bowl cut: bob | pixie cut: pixie | ringlets: curly | tight coils: curly | tousled: messy | windswept: messy
beach waves: wavy | loose waves: wavy | long layers: wavy | poker-straight: straight | sleek: straight
side-parted: side | neatly combed over: side
"""


@pytest.mark.parametrize(("words", "drawn"), rows(STYLES))
def test_hair_styles(words: str, drawn: str) -> None:
    assert haircut_of(sheet_of(hair=f"brown, long, {words}"), (0.3, 0.2, 0.1)).style == drawn


COLOURS = """
auburn: auburn | salt-and-pepper: salt and pepper | jet-black: jet black | raven: raven
platinum blonde: platinum blonde | dirty-blond: dirty blonde | navy-blue: navy | burgundi: burgundy
blurple: purple | off-white: off white | the colour of rust: rust
"""


@pytest.mark.parametrize(("words", "same"), rows(COLOURS))
def test_colours(words: str, same: str) -> None:
    assert color_of(words) == color_of(same)


def test_modifiers_and_second_colours() -> None:
    assert sum(color_of("dark green")) < sum(color_of("green")) < sum(color_of("pale green"))
    assert colors_of("black with pink tips") == (color_of("black"), color_of("pink"))
    assert colors_of("salt and pepper") == (color_of("salt and pepper"),)
    assert color_of("zzyzx") == color_of("zzyzx") and not colors_of("zzyzx")


@pytest.mark.parametrize(
    ("face", "marks", "beard"),
    [
        ("freckled, dimples", {"freckles", "dimples"}, ""),
        ("clean-shaven, square jaw", set(), ""),
        ("five o'clock shadow", set(), "stubble"),
        ("neatly trimmed beard", set(), "full"),
        ("long white beard", set(), "long"),
        ("goatee and horn-rimmed glasses", {"glasses"}, "goatee"),
        ("laugh lines, crow's feet", {"wrinkles"}, ""),
        ("smoky eyes, red lipstick", {"makeup", "lipstick"}, ""),
        ("a scar across the cheek", {"scar"}, ""),
        ("rosy-cheeked with a beauty mark", {"blush", "mole"}, ""),
        ("nose piercing", {"nosering"}, ""),
        ("wears an eye patch", {"eyepatch"}, ""),
    ],
)
def test_faces(face: str, marks: set[str], beard: str) -> None:
    features = features_of(sheet_of(gender="man", age=25, face=face), (0.8, 0.6, 0.5), (0.3, 0.2, 0.1), 0.0)
    assert (set(features.marks), features.beard) == (marks, beard)


def test_skins_go_from_pale_to_deep() -> None:
    words = ("porcelain skin", "fair", "warm beige skin", "olive complexion", "caramel skin", "brown-skinned",
             "dark-skinned", "ebony")  # fmt: skip
    tones = [sum(skin_of(each, "Ana")) for each in words]
    assert tones == sorted(tones, reverse=True) and len(set(tones)) == len(tones)


def test_builds_change_the_body() -> None:
    plain = body_of(sheet_of())
    assert body_of(sheet_of(height="petite")).height < plain.height < body_of(sheet_of(height="lanky")).height
    for words in ("plus-size", "stocky", "heavyset", "chubby", "muscular"):
        assert body_of(sheet_of(height=words)).girth > plain.girth * 1.1, words
    for words in ("slim", "skinny", "slender build", "lanky"):
        assert body_of(sheet_of(height=words)).girth < plain.girth, words
    strong, heavy = body_of(sheet_of(height="muscular")), body_of(sheet_of(height="plus-size"))
    assert (
        strong.shoulder_w / strong.waist_w
        > plain.shoulder_w / plain.waist_w
        > heavy.shoulder_w / heavy.waist_w
    )
    assert body_of(sheet_of(face="thin lips")).girth == plain.girth


@pytest.mark.parametrize(
    ("face", "gender", "species"),
    [
        ("a golden retriever's", "animal", "dog"),
        ("tabby kitten", "animal", "cat"),
        ("wise old owl", "animal", "bird"),
        ("panda", "animal", "bear"),
        ("bunny", "animal", "rabbit"),
        ("vixen", "animal", "fox"),
        ("a friendly phantom", "creature", "ghost"),
        ("little green Martian", "creature", "alien"),
        ("yeti", "creature", "monster"),
        ("something unheard of", "creature", "monster"),
    ],
)
def test_species(face: str, gender: str, species: str) -> None:
    assert species_of(sheet_of(name="Pip", gender=gender, face=face)) == species


@pytest.mark.parametrize("item", ["gizmo", "flying carpet", "帽子", "🧥", "thingamajig of doom", "?"])
def test_unknown_garments_are_still_something(item: str) -> None:
    assert pieces_of(Garment(item=item, color="blorp"))
    assert outfit_of(sheet_of()).top


def test_the_longest_phrase_wins_then_the_last() -> None:
    hats = Lexicon({"hat": "hat", "tophat": "top hat", "top": "top"})
    assert hats.find("a tall TOP-HAT") == "tophat" and hats.find("top and hat") == "hat"
    assert hats.find("nothing") is None and hats.nearest("umbrella", "none") == "none"
    assert Lexicon({"jacket": "jacket"}).nearest("jackets", "") == "jacket"
    assert Lexicon({"jacket": "jacket"}).nearest("jakcet", "") == "jacket"
