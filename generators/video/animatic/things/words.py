"""Words: which things a scene names. Whole words only, and only where a word means the thing.

A noun that stands before another ("apple tree", "flower shop"), a comparison ("like a bird"), a picture of a
thing ("a photo of her dog"), a thing that is not there ("without an umbrella") and sayings mean none; a
basket of apples is a basket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storyboard.generators.video.animatic.things.catalogue import Meaning, Thing, meanings
from storyboard.schema.scene import Scene

MOST = 3
"""How many things a scene gets."""
_LONGEST = 4  # words of a phrase

_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
"""What is said or sung, and so is heard and not seen."""
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[^\w\s]")
_DETERMINERS = frozenset(
    "a an the his her their my your our its this that these those some two three four five six several "
    "many few each every another one both no".split()
)
_ADJECTIVES = frozenset(
    "red blue green yellow white black pink purple brown grey gray golden gold silver orange small big "
    "large little tiny huge old new young broken wooden paper plastic glass metal leather wool woolen "
    "woollen silk velvet straw empty full open closed single lonely favourite favorite beautiful pretty "
    "shiny rusty dusty fresh ripe warm hot cold wet dry torn crumpled lost forgotten wild first last "
    "heavy light long tall short round worn vintage antique cheap expensive bright dark colourful "
    "colorful striped stray fluffy fat thin brass knitted unopened sealed handwritten folded winter "
    "summer love soft lit".split()
)
_FUNCTION = frozenset(
    "and or but in on at from to for with by of into onto over under near beside behind between through "
    "as while when then that which who is are was were lies lie sits falls fall rolls glows shines "
    "stands waits across after before until because".split()
)
_HEADS = frozenset(
    "shop store stand stall market station stop park garden field tree trees farm house room bar band "
    "concert show star song music office case box bed cup party truck van driver player seller maker "
    "lover trainer juice jam dress shirt coat skirt jacket petal petals leaf leaves seed seeds bush "
    "blossom orchard factory stadium match game team practice lesson teacher school court club pitch "
    "net track trail lane ride race racing rider riding chase walker handler owner food bowl hole print "
    "prints tail tails fur feathers back light lights bath watching watcher sanctuary museum bakery "
    "street road alley lounge machine counter table window windows door wall walls floor fair festival "
    "parade competition contest recipe sauce crumbs crumb smell scent skin hair eyes blonde coloured "
    "colored shaped like style tower hunter hunt catcher whisperer costume suit mask fight dealer stain "
    "stains collector shelf rack stool boy girl man woman lady kid king queen prince princess vendor "
    "boys girls men women sky sunset sun dawn glow haze shards shard rings tones beats beat kit solo "
    "roll rhythm signal call calls drive paradise dream dreams land world kingdom clouds cloud moon "
    "cutter opener holder ceremony coloring colouring".split()
)
_IMAGES = frozenset(
    "photo photos picture pictures painting paintings drawing drawings poster posters portrait print "
    "image images sketch tattoo shape dream dreams memory memories story stories song songs thought "
    "talk string strings row rows sound sounds smell scent taste hint name colour color statue video ghost "
    "kind sort view".split()
)
_ABSENT = frozenset("without no like as than forgot forgets loses never sold".split())
_VERB_OBJECT = frozenset("the a an his her their my your our him them it us me".split())
_SAYINGS = re.compile(
    r"\b(?:apple of (?:my|his|her|your) eye|piece of cake|takes? a bow|kings? of hearts|cherry on top"
    r"|bread and butter|cat and mouse|cats and dogs|wild goose chase|bed of roses|over the moon"
    r"|tie the knot|ring of fire|grazing bells|boxing ring|ring of light|circus ring|house of cards"
    r"|message in a bottle|couch potato|hot potato|bull'?s ?eye|goose ?bumps|bear hug|lone wolf"
    r"|black sheep|dark horse|eagle eye\w*|hot air balloons?|click\w* the mouse|butterfl(?:y|ies) in"
    r"|(?:his|her|my|their) (?:own )?shell|key of|key to|the keys? (?:change|signature)|off the hook"
    r"|rock and roll|rock 'n' roll|rock bottom|on the rocks|needle in|crown of (?:light|stars)"
    r"|sugar and spice|pie in the sky|bells? ring|hold(?:s|ing)? (?:the|her|his|my|your) horses"
    r"|a penny for|candle to|milk and honey|out of the blue|cards on the table|in the same boat|ace of"
    r"|top of the world|drop(?:s|ped)? the ball|have a ball|fish out of water|teddy boys?"
    r"|bat(?:s|ted)? an eye|box office|cup of tea for|(?:my|your) cup of tea|trick or treat"
    r"|book of love|letter by letter|in a nutshell|shoot(?:s|ing)? stars?|pot of gold|chip on"
    r"|after the bell|bell above|chips are down|poker face|wine dark|honey gold)\b"
)
_ENTERED_M = 1.6
"""What is this large can be entered or ridden, and then it is round the people, not beside them."""
_ENTERED = frozenset("in inside into aboard on board drives drive driving".split())


@dataclass(frozen=True)
class Mention:
    """A thing in a text: the words' places, first and past the last, among its tokens."""

    thing: Thing
    start: int
    end: int
    n_words: int


def things_of(scene: Scene, lyrics: Sequence[str] = ()) -> list[Thing]:
    """Return up to three things that a scene names, the most telling first.

    What is done with a thing tells more than where it is, a word of the scene more than one of a sung line;
    in the same text a longer phrase tells more, then what is named first.
    """
    texts = [scene.actions, _QUOTED.sub("", scene.plot), scene.title, scene.setting, "\n".join(lyrics)]
    drawn = _drawn_by_the_place(scene.setting)
    ranked: list[tuple[int, int, int, Thing]] = []
    for order, text in enumerate(texts):
        for mention in mentions(tokens_of(text, scene.characters)):
            if mention.thing.icon not in drawn:
                ranked.append((order, -mention.n_words, mention.start, mention.thing))
    things = dict.fromkeys(thing for *_, thing in sorted(ranked, key=lambda rank: rank[:3]))
    return list(things)[:MOST]


def tokens_of(text: str, names: Sequence[str] = ()) -> list[str]:
    """Return the words and points of a text in small letters, with names and sayings blanked out."""
    for name in names:
        for part in (name, name.split()[0]):
            text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "@", text)
    text = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("\n", " . ")
    text = re.sub(r"(?<=\w)-(?=\w)", " ", text)
    return _TOKEN.findall(_SAYINGS.sub("@", text))


def mentions(tokens: list[str]) -> Iterator[Mention]:
    """Yield the things that the tokens of a text mean, in order; a longer phrase hides the shorter in it."""
    at, filled = 0, -1
    while at < len(tokens):
        end, meaning = _phrase_at(tokens, at)
        if meaning is None:
            at += 1
            continue
        is_content = filled >= 0 and tokens[filled:at] == ["of"]  # what is in a basket is not beside it
        if not is_content and _is_meant(tokens, at, end, meaning):
            yield Mention(meaning.thing, at, end, end - at)
            filled = end
        at = end


def phrases_in(tokens: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the phrases of the table that stand among tokens, whatever is said of them."""
    at = 0
    while at < len(tokens):
        end, meaning = _phrase_at(tokens, at)
        if meaning is not None:
            yield tuple(tokens[at:end])
        at = end if meaning is not None else at + 1


def _phrase_at(tokens: list[str], at: int) -> tuple[int, Meaning | None]:
    for n_words in range(min(_LONGEST, len(tokens) - at), 0, -1):
        meaning = meanings().get(tuple(tokens[at : at + n_words]))
        if meaning is not None:
            return at + n_words, meaning
    return at, None


def _is_meant(tokens: list[str], start: int, end: int, meaning: Meaning) -> bool:
    before, after = tokens[start - 1] if start else "", tokens[end] if end < len(tokens) else ""
    if after in _HEADS or (_is_word(after) and _phrase_at(tokens, end)[1] is not None):
        return False
    if meaning.as_noun and not _begins_a_noun(before, is_plural=tokens[end - 1].endswith("s")):
        return False
    if meaning.as_noun and after in _VERB_OBJECT:
        return False
    if meaning.at_the_end and _is_word(after) and after not in _FUNCTION:
        return False
    clause = _clause_before(tokens, start)
    if _ABSENT & set(clause[-3:]) or _is_of_an_image(clause[-5:]):
        return False
    return not (meaning.thing.size_m >= _ENTERED_M and _ENTERED & set(clause[-3:]))


def _begins_a_noun(before: str, *, is_plural: bool) -> bool:
    """Whether what follows a word must be a noun; several need no article where a clause begins."""
    if is_plural and before in ("", ".", ",", ";", ":", "with", "of"):
        return True
    return before in _DETERMINERS or before in _ADJECTIVES or before.isdigit()


def _is_word(token: str) -> bool:
    return token[:1].isalpha()


def _clause_before(tokens: list[str], start: int) -> list[str]:
    """Return the words before a place, back to the last point."""
    first = start
    while first and (_is_word(tokens[first - 1]) or tokens[first - 1].isdigit()):
        first -= 1
    return tokens[first:start]


def _is_of_an_image(words: list[str]) -> bool:
    """Whether the words end as in "a picture of her"."""
    return any(
        word in _IMAGES and words[i + 1 : i + 2] in (["of"], ["about"]) for i, word in enumerate(words)
    )


def _drawn_by_the_place(setting: str) -> set[str]:
    words = set(tokens_of(setting))
    return {icon for places, icons in _DRAWN.items() if words & set(places.split()) for icon in icons.split()}


_DRAWN = {
    "garden backyard yard orchard park field meadow forest wood florist flower": "bouquet blossom tulip "
    "sunflower leafy-green beans potted-plant wood fallen-leaf rose",
    "beach sea ocean shore coast seaside": "umbrella-on-ground spiral-shell rock sailboat",
    "library bookshop bookstore classroom school study": "books ladder globe-showing-europe-africa pencil",
    "office desk studio": "desktop-computer laptop printer",
    "kitchen": "pot-of-food cooking teapot",
    "bakery": "bread baguette-bread croissant",
    "bar pub club": "beer-mug mirror-ball bottle-with-popping-cork",
    "harbour harbor pier dock port": "anchor ring-buoy red-paper-lantern",
    "village": "christmas-tree snowman-without-snow red-paper-lantern",
    "desert": "cactus rock",
    "mountain cliff summit peak": "rock",
    "road highway street motorway crossing": "vertical-traffic-light stop-sign taxi",
    "signs neon": "bicycle",
    "station airport platform": "mantelpiece-clock blackbird",
    "campfire camp": "fire tent",
    "fireplace": "fire wood",
}
"""What is drawn in a place already, by words of its setting."""
