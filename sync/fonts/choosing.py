"""Which face sets which part of a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from storyboard.sync.fonts.faces import Face, of_the_system, packaged, poppins
from storyboard.sync.fonts.scripts import EAST_ASIAN, SYMBOLS, is_drawn, region_of, script_of

_PACKAGES = {
    "Greek": "fontpkg-noto-sans",
    "Cyrillic": "fontpkg-noto-sans",
    "Latin": "fontpkg-noto-sans",
    "Devanagari": "fontpkg-noto-sans-devanagari",
    "Arabic": "fontpkg-noto-sans-arabic",
    "Hebrew": "fontpkg-heebo",
    "Bengali": "fontpkg-hind-siliguri",
    "Tamil": "fontpkg-noto-sans-tamil",
    "Thai": "fontpkg-noto-sans-thai",
}
_IN_EXTRA = (EAST_ASIAN, "Georgian", "Armenian", "Lao", SYMBOLS)
_OF_EXTRA = ("noto_cjk_sans_otc", "matplotlib")
_ELSEWHERE = {EAST_ASIAN: "Noto Sans CJK", SYMBOLS: "Noto Emoji"}
_JOINERS = "\u200d\ufe0f\u20e3"  # what holds an emoji of several parts together


@dataclass(frozen=True)
class Missing:
    """A script that no font here has."""

    script: str
    examples: str  # some of its characters
    install: str  # the command, or what to do where there is none

    def __str__(self) -> str:
        """Return what is missing and what installs it, in one line."""
        return f"no font here has {self.script} ({self.examples}): {self.install}"


@dataclass(frozen=True)
class Run:
    """A part of a text in one face."""

    text: str
    face: Face


@dataclass(frozen=True)
class Choice:
    """The faces of a text, by script; what no font has is left to Poppins, which draws boxes."""

    faces: dict[str, Face]
    missing: tuple[Missing, ...]
    main: Face

    @property
    def files(self) -> list[Path]:
        """Return the files of all faces, without doubles, in a fixed order."""
        return sorted({face.path for face in self.faces.values()})

    def runs(self, text: str) -> list[Run]:
        """Divide a text of the chosen scripts into runs of one face each."""
        faces = list(self._face_by_character(text))
        pairs = groupby(zip(text, faces, strict=True), key=lambda pair: pair[1])
        return [Run("".join(character for character, _ in group), face) for face, group in pairs]

    def drawable(self, text: str) -> str:
        """Leave out the symbols, such as emoji, that no font here has: a box says less than nothing."""
        kept = []
        gone = False
        for character in text:
            if script_of(character) == SYMBOLS:
                gone = not self._has(self.faces.get(SYMBOLS, poppins()), character)
            elif character not in _JOINERS:
                gone = False
            if not gone:
                kept.append(character)
        return "".join(kept)

    def _face_by_character(self, text: str) -> Iterator[Face]:
        current = self._first_face(text)
        for character in text:
            script = script_of(character)
            if script is not None:
                current = self.faces.get(script, poppins())
            yield current if self._has(current, character) else self._any_with(character, current)

    def _first_face(self, text: str) -> Face:
        scripts = (script_of(character) for character in text)
        return next((self.faces[script] for script in scripts if script in self.faces), self.main)

    def _has(self, face: Face, character: str) -> bool:
        return not is_drawn(character) or not face.lacks(character)

    def _any_with(self, character: str, otherwise: Face) -> Face:
        """Return the first face of the text that has a character which its own face lacks."""
        faces = [poppins(), *self.faces.values()]
        return next((face for face in faces if self._has(face, character)), otherwise)


@lru_cache(maxsize=64)
def choose(text: str) -> Choice:
    """Return the faces for a text: one for each of its scripts."""
    characters: dict[str, list[str]] = {}
    for character in text:
        script = script_of(character)
        if script is not None and is_drawn(character):
            characters.setdefault(script, []).append(character)
    faces: dict[str, Face] = {}
    missing: list[Missing] = []
    for script, found in characters.items():
        distinct = sorted(set(found), key=found.index)
        face = _best(distinct, region_of(text) if script == EAST_ASIAN else "")
        faces[script] = face
        if lacking := face.lacks(distinct):
            missing.append(Missing(script, "".join(lacking[:6]), _install(script)))
    most = max(characters, key=lambda script: len(characters[script]), default="")
    return Choice(faces, tuple(missing), faces.get(most, poppins()))


def _best(characters: list[str], region: str) -> Face:
    """Return the first face with all characters, else the first of those that lack the fewest."""
    best, fewest = poppins(), len(characters)
    for face in _candidates(region):
        lacking = len(face.lacks(characters))
        if lacking < fewest:
            best, fewest = face, lacking
        if not lacking:
            break
    return best


def _candidates(region: str) -> Iterator[Face]:
    """Yield Poppins, the packaged faces and the system's; in each group those of a region first."""
    yield poppins()
    for group in (packaged, of_the_system):
        yield from sorted(group(), key=lambda face: bool(region) and not face.family.endswith(f" {region}"))


def _install(script: str) -> str:
    package = _PACKAGES.get(script, "")
    if package and find_spec(package.replace("-", "_")) is None:
        return f"pip install {package}"
    if script in _IN_EXTRA and any(find_spec(package) is None for package in _OF_EXTRA):
        return 'pip install "storyboard[fonts]"'
    font = _ELSEWHERE.get(script, f"Noto Sans {script}")
    return f"install a font that has it, for example {font} from https://fonts.google.com/noto"
