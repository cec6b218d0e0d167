"""Screening: what nobody should be helped to make, told from what only sounds like it."""

from __future__ import annotations

import functools
import itertools
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from storyboard.generators.lint.finding import Finding, Step
from storyboard.schema.board import Storyboard

_ADULT_AGE = 18
_NEAR = r"(?:\W+\w+){0,3}?\W+"  # up to three words between two that belong together
_NEXT = r"(?:\W+\w+)?\W+"
_CLOSE = r"(?:\W+\w+){0,2}?\W+"
# A curse of a lyric, such as "fuck them kids", not a deed.
_CURSE = re.compile(
    r"\bfuck\w*\b(?!\W+(?:an?|the|this|that|my|his|her)\W+(?:little\W+|young\W+)?"
    r"(?:child|kid|girl|boy|teen\w*|schoolgirl|schoolboy|daughter|son)\b)"
)
_DIGITS = str.maketrans("013457$@", "oieastsa")
_HINT = "choose another topic; feelings, conflict, history and love are all welcome"


@dataclass(frozen=True)
class Refusal:
    """Why a text is refused, and what to do instead."""

    reason: str
    hint: str = _HINT


def refusal_of(text: str) -> Refusal | None:
    """Return why a text cannot be made into a film, or None for nearly all texts.

    Judged by the sentence: words of two kinds must meet (a sexual one and a minor; a deed and a group), and a
    sentence told from the side of those who suffered or mended is let pass. Slogans, slurs and the sexual use
    of minors are refused wherever they stand.
    """
    for sentence in re.split(r"(?<=[.!?;\n])\s+", text):
        plain = _plain(sentence)
        heals = bool(_any("healing").search(plain))
        found = _of_minors(plain, heals) or _of_groups(plain, heals) or _of_persons(sentence, plain, heals)
        if found or (found := _of_violence(plain)):
            return found
    return None


def refusal_of_lyrics(lines: Sequence[str]) -> Refusal | None:
    """Return why lines of a finished song cannot be made into a film: sexual content about minors alone.

    Judged line by line, as neighbouring lines of a song need not be one sentence.
    """
    for line in lines:
        plain = _CURSE.sub(" ", _plain(line))
        refusal = _of_minors(plain, bool(_any("healing").search(plain)))
        if refusal:
            return refusal
    return None


def unsafe_content(board: Storyboard) -> Iterator[Finding]:
    """Find texts of a storyboard that no film should be made of."""
    for where, step, text in _texts(board):
        refusal = refusal_of(text)
        if refusal:
            message = f"{refusal.reason}; write it without"
            yield Finding(code="unsafe", where=where, message=message, step=step, severity="must")
    for index, scene in enumerate(board.scenes):
        young = [each.name for each in board.cast if each.name in scene.characters and each.age < _ADULT_AGE]
        text = _plain(
            f"{scene.setting}. {scene.actions}. {scene.plot}. {scene.prompt if scene.has_own_prompt else ''}"
        )
        if young and (_any("sexual", "explicit").search(text) or _any("sexual", "suggestive").search(text)):
            message = f"{young[0]} is a child; nothing sexual may stand in this scene"
            where = f"scenes[{index}].actions"
            yield Finding(code="unsafe", where=where, message=message, step="board", severity="must")


def _texts(board: Storyboard) -> Iterator[tuple[str, Step, str]]:
    yield "song.title", "song", board.song.title
    for index, section in enumerate(board.song.sections):
        yield f"song.sections[{index}]", "song", "\n ".join(section.lines)
    for field in ("summary", "change"):
        yield f"story.{field}", "story", getattr(board.story, field)
    for index, scene in enumerate(board.scenes):
        for field in ("title", "setting", "actions", "plot", *(("prompt",) if scene.has_own_prompt else ())):
            yield f"scenes[{index}].{field}", "board", getattr(scene, field)


def _of_minors(plain: str, heals: bool) -> Refusal | None:
    refusal = Refusal("sexual content about minors is never made")
    if _any("sexual", "outright").search(plain) and not heals:
        return refusal
    numbers = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    age = rf"(?:\d|1[0-7]|{numbers}|\w+teen)\W+years?\W+olds?"
    minor = rf"(?:{_words('sexual', 'minors')}|\b(?<!\d){age})"
    explicit, suggestive = _words("sexual", "explicit"), _words("sexual", "suggestive")
    meet = re.search(rf"{minor}{_NEAR}{explicit}|{explicit}{_NEAR}{minor}", plain)
    meet = meet or re.search(rf"{minor}{_NEXT}{suggestive}|{suggestive}{_NEXT}{minor}", plain)
    return refusal if meet and not heals else None


def _of_persons(sentence: str, plain: str, heals: bool) -> Refusal | None:
    if heals or not _any("sexual", "explicit").search(plain):
        return None
    refusal = Refusal("sexual content about real people is not made", "leave the person or the sex out of it")
    # "I had sex with my ex" is somebody's life; pictures of one's neighbour are not.
    exposed = _any("sexual", "exposing").search(plain) and _any("sexual", "known").search(plain)
    named = _any("sexual", "famous").search(plain) or _full_name(sentence)
    return refusal if exposed or named else None


def _full_name(sentence: str) -> bool:
    """Whether two capitals in a row name somebody, in a sentence that is not written as a headline."""
    words = re.findall(r"[^\W\d_]+", sentence)
    if sum(word[:1].isupper() for word in words) * 2 > len(words) + 1:
        return False
    places = set(_data()["sexual"]["not_names"])
    pairs = (
        f"{one} {other}" for one, other in itertools.pairwise(words) if one.istitle() and other.istitle()
    )
    return any(
        pair.lower() not in places and not pair.startswith(("The ", "A ", "My ", "I ")) for pair in pairs
    )


def _of_groups(plain: str, heals: bool) -> Refusal | None:
    refusal = Refusal("hatred against groups of people is not made")
    if heals:
        return None
    slur = next((word for word in plain.split() if _is_slur(word)), None)
    if slur or _any("hatred", "slogans").search(plain):
        return refusal
    groups = _words("hatred", "groups")
    mends = bool(_any("mending").search(plain))
    filler = r"(?:(?:all|the|every|those|these|filthy|dirty|every single)\W+){0,2}"
    wish = rf"(?:^\W*|{_words('hatred', 'wishes')}\W+(?:really\W+|all\W+)?)"
    things = "hole|holes|ice|metal|friday|music|cat|cats|coffee|tea|friend|friends|people s|dress|car|sea|hat"
    must = r"(?:should|must|deserve to|need to|have to|ought to)"
    calls = (
        rf"{wish}{_words('hatred', 'deeds')}\W+{filler}{groups}(?!\W+(?:{things}))",
        rf"{groups}\W+{must}\W+(?:all\W+)?{_words('hatred', 'fates')}",
        rf"\bdeath to\W+{filler}{groups}",
        rf"^\W*{groups}\W+(?:out|go home)\W*$",
    )
    scorn = (
        rf"{wish}{_words('hatred', 'scorn')}\W+{filler}{groups}(?!\W+(?:{things}))",
        rf"{groups}\W+(?:are|r)\W+(?:all\W+|just\W+|nothing but\W+)?{_words('hatred', 'insults')}",
    )
    rules = calls if mends else (*calls, *scorn)
    return refusal if any(re.search(rule, plain) for rule in rules) else None


def _is_slur(word: str) -> bool:
    stems = tuple(_data()["hatred"]["slurs"])
    return word.startswith(stems) and not _any("hatred", "not_slurs").fullmatch(word)


def _of_violence(plain: str) -> Refusal | None:
    asking = _words("violence", "asking")
    if re.search(rf"{asking}{_CLOSE}{_words('violence', 'self_harm')}", plain):
        hint = "if you think of it, talk to somebody you trust or call a helpline; a song of hope is welcome"
        return Refusal("instructions for harming oneself are not made", hint)
    making = rf"{_words('violence', 'making')}{_NEAR}{_words('violence', 'weapons')}"
    harming = rf"{_words('violence', 'harming')}{_CLOSE}{_words('violence', 'targets')}"
    if re.search(rf"{asking}\W+(?:\w+\W+){{0,2}}?(?:{making}|{harming})", plain):
        return Refusal("instructions for violence are not made")
    return None


def _plain(text: str) -> str:
    """Return a text in lower case without accents, hidden signs, digits for letters and harmless phrases."""
    folded = unicodedata.normalize("NFKD", text.lower())
    shown = "".join(c for c in folded if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    shown = shown.replace("'", "").replace("\u2019", "")
    joined = re.sub(r"\b(?:\w[ .*_-]){3,}\w\b", lambda found: re.sub(r"[ .*_-]", "", found.group()), shown)
    undone = re.sub(r"\S+", lambda found: _letters(found.group()), joined)
    words = " ".join(re.findall(r"\w+", undone))
    return _any("harmless").sub(" ", words)


def _letters(word: str) -> str:
    mixed = re.search(r"[a-z]", word) and re.search(r"[013457$@]", word) and not re.match(r"\d+\D*$", word)
    return word.translate(_DIGITS) if mixed else word


@functools.cache
def _data() -> dict[str, Any]:
    path = resources.files(__package__) / "data" / "forbidden.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@functools.cache
def _words(*path: str) -> str:
    """Return the words of one list as an expression."""
    entry: Any = _data()
    for key in path:
        entry = entry[key]
    longest_first = sorted(entry, key=lambda word: (-len(word), word))
    return (
        r"\b(?:" + "|".join(word.replace("*", r"\w*").replace(" ", r"\W+") for word in longest_first) + r")\b"
    )


@functools.cache
def _any(*path: str) -> re.Pattern[str]:
    return re.compile(_words(*path))
