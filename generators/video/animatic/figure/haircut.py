"""Haircuts: style, length and hairline, read from a character sheet."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.generators.video.animatic.figure.colors import RGB, color_of, colors_of, digest, mix
from storyboard.generators.video.animatic.figure.lexicon import Lexicon
from storyboard.schema.cast import Character

STYLES: Lexicon[str] = Lexicon(
    {
        "bald": "bald, shaved head, hairless, clean-shaven head, shaven head, no hair, balding",
        "buzz": "buzz cut, buzz, buzzcut, crew cut, crewcut, cropped close, fade, shaved, shaven,"
          " military cut, induction cut, close-cropped, cropped, butch cut, high and tight, skin fade,"
          " stubbled head, caesar",
        "afro": "afro, fro, natural hair, puff, afro puff, teeny weeny afro, big curls",
        "bun": "bun, top knot, topknot, chignon, updo, pinned up, man bun, messy bun, up-do, french"
          " twist, beehive, knot, upswept, put up, samurai",
        "spacebuns": "space buns, two buns, double buns, odango, bantu knots, knots, twin buns",
        "ponytail": "ponytail, pony tail, tied back, pulled back, pony, tied up, high ponytail, low"
          " ponytail, rat tail",
        "pigtails": "pigtail, pig tail, twin tails, twintails, bunches, two ponytails, double ponytail",
        "braids": "braid, plait, braided, box braid, french braid, fishtail, fishtail braid, two braids,"
          " viking braid",
        "dreads": "dreadlock, dread, locs, loc, sisterlocks, faux locs, twists, rasta",
        "cornrows": "cornrow, corn rows, tight braids, canerows, flat twists",
        "mohawk": "mohawk, mohican, faux hawk, fauxhawk, spiked, spiky, spikes, liberty spikes, iroquois,"
          " punk",
        "undercut": "undercut, shaved side, shaved sides, sidecut, side cut, disconnected, high fade,"
          " taper, taper fade",
        "mullet": "mullet, wolf cut, wolfcut, tail, rattail, hockey hair",
        "quiff": "quiff, pompadour, ducktail, brush up, brushed up, elvis, blow-out, brush cut, flat top,"
          " rockabilly",
        "slick": "slicked back, slick, slicked, combed back, gelled, swept back, greased, combed, widow's"
          " peak, sleek back",
        "bob": "bob, pageboy, chin-length, lob, bowl cut, bowl, page boy, helmet hair, blunt cut,"
          " inverted bob",
        "pixie": "pixie, pixie cut, gamine, boyish, elfin, cropped pixie, short crop",
        "curly": "curl, curly, coil, ringlet, kinky, frizz, frizzy, perm, permed, coily, corkscrew, tight"
          " curls, spiral, loose curls, wiry",
        "messy": "messy, tousled, shag, shaggy, windswept, unkempt, dishevelled, disheveled, bedhead,"
          " wild, scruffy, choppy, ruffled, uncombed, tangled, surfer, feathered, fluffy, textured, mop,"
          " grunge",
        "wavy": "wave, wavy, loose, layer, layered, beach, beachy, beach waves, flowing, bouncy,"
          " voluminous, soft, romantic",
        "straight": "straight, sleek, smooth, flat, long, silky, ironed, blunt, hime, plain, down, lank,"
          " fine",
        "side": "side part, side parting, side-parted, combed over, neat, tidy, parted, comb over, ivy"
          " league, short back and sides, business cut, conservative, side swept, gentleman, classic,"
          " short",
    }
)  # fmt: skip
_HAIRLINES: Lexicon[str] = Lexicon(
    {
        "fringe": "bang, fringe, pageboy, bowl cut, hime, curtain fringe, blunt bangs, bowl",
        "middle": "middle part, middle parting, centre part, center part, curtain, curtain bangs, parted"
        " in the middle",
        "side": "side part, side parting, side-parted, side-swept, side swept, parted",
        "back": "slick, slicked, combed back, swept back, pulled back, tied back, high forehead,"
        " receding, widow's peak",
        "sweep": "swoop, swept, asymmetrical, emo",
    }
)
_UP = ("bun", "spacebuns", "ponytail", "pigtails", "braids", "afro", "dreads", "cornrows")


@dataclass(frozen=True)
class Haircut:
    """A haircut, read once: its style, its length and its outlines."""

    style: str
    length: str
    color: RGB
    hairline: str
    feminine: bool
    swirl: int
    tips: RGB | None = None
    streaked: bool = False

    @property
    def hangs(self) -> bool:
        """Whether hair falls open behind the shoulders."""
        return self.length in ("long", "medium") and self.style in (
            "straight", "wavy", "curly", "messy", "mullet", "side", "slick", "quiff", "pixie", "undercut"
        )  # fmt: skip


def haircut_of(character: Character, color: RGB, tips: RGB | None = None, streaked: bool = False) -> Haircut:
    """Return the haircut that a sheet describes; free text falls to the nearest."""
    words, length = character.hair.style.lower(), character.hair.length
    feminine = character.gender in ("woman", "girl")
    style = STYLES.nearest(words, "") if words else ""
    if length == "bald" and style != "buzz":
        style = "bald"
    if not style:
        style = "straight" if length != "short" or feminine else "side"
    if length == "short" and style == "straight" and not feminine:
        style = "side"
    seed = digest("hairline " + character.name)
    return Haircut(
        style, length, color, _hairline(style, words, feminine, seed), feminine, seed % 7, tips, streaked
    )


def _hairline(style: str, words: str, feminine: bool, seed: int) -> str:
    said = _HAIRLINES.find(words)
    if style in ("slick", "quiff", "mohawk"):
        return "back"
    if said:
        return "back" if style in _UP and said == "side" else said
    if style in ("side", "undercut"):
        return "side"
    free = ("sweep", "fringe", "middle")[seed % 3] if feminine else ("side", "sweep", "back")[seed % 3]
    return "back" if style in _UP and free in ("fringe", "side") else free


def hair_color(character: Character) -> RGB:
    """Return the colour of the hair: "red" hair is ginger, "white" hair silver, as people say it."""
    words = character.hair.color.lower()
    if words.strip() in ("red", "red hair", "redhead", "orange", "natural red"):
        return color_of("ginger")
    if words.strip() in ("dark", "dark hair"):
        return color_of("espresso")
    if words.strip() in ("light", "fair", "fair hair"):
        return color_of("sandy blonde")
    color = color_of(words)
    return mix(color, (0.8, 0.8, 0.84), 0.3) if words.strip() == "white" else color


def hair_dye(character: Character) -> tuple[RGB | None, bool]:
    """Return the second colour of tips or streaks, if the sheet names one, and whether grey mixes in."""
    words = f"{character.hair.color} {character.hair.style}".lower()
    colors = colors_of(character.hair.color)
    tips = colors[1] if len(colors) > 1 else None
    if "rainbow" in words:
        tips = color_of("turquoise")
    return tips, "salt" in words or "streak" in words or "greying" in words or "graying" in words
