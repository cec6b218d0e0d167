"""The faces there are: Poppins, those of installed font packages, those of the system."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import fontpkg
import fontpkg_poppins

FAMILY = "Poppins SemiBold"
_FIRST = ("noto-sans", "heebo", "hind-siliguri")  # before other font packages: made to read, and known
_BOLD = 700
_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
_MAX_FACES = 64  # of a collection
_REFUSED = ("lastresort", "coloremoji")  # a box with its script's name for every character; bitmaps
_WORSE = ("mono", "oblique", "condensed", "narrow", "serif", "emoji", "light", "thin")
_KNOWN = ("notosans", "dejavusans", "arialunicode", "segoeui")
_EM = 100.0
_SMALL_IN_THEIR_EM = {"Noto Sans Arabic": 1.2}
"""Letters drawn smaller than those of Poppins at the same size, and by how much they are set larger."""


@dataclass(frozen=True)
class Face:
    """One face of a font file."""

    path: Path
    index: int = 0

    @cached_property
    def typeface(self) -> Any:
        """The face as skia's Typeface."""
        import skia

        # An empty font manager reads the file without asking the system for its fonts.
        return skia.FontMgr.New_Custom_Empty().makeFromFile(str(self.path), self.index)

    @property
    def family(self) -> str:
        """Its family as libass finds it: Poppins by the name of its own style, the others by their family."""
        return FAMILY if self == poppins() else str(self.typeface.getFamilyName())

    @property
    def is_bold(self) -> bool:
        """Whether ASS asks for bold with this family; libass takes the bold file or thickens the regular."""
        return self != poppins()

    @property
    def enlarged(self) -> float:
        """By how much its letters are set larger than those of Poppins, to look as large."""
        return _SMALL_IN_THEIR_EM.get(self.family, 1.0)

    @cached_property
    def line_height(self) -> float:
        """Ascent and descent by which libass scales a font, in parts of the em (OS/2, else hhea)."""
        tags = self.typeface.getTableTags()
        upem = self.typeface.getUnitsPerEm() or 1000
        if _tag("OS/2") in tags:
            ascent, descent = struct.unpack_from(">HH", self._table("OS/2"), 74)
            if ascent + descent:
                return float((ascent + descent) / upem)
        ascent, descent = struct.unpack_from(">hh", self._table("hhea"), 4)
        return float((ascent - descent) / upem) or 1.0

    def width_of(self, text: str) -> float:
        """Return the width of a text, in ems; letters that join are counted as if they stood alone."""
        import skia

        return float(skia.Font(self.typeface, _EM).measureText(text)) / _EM

    def _table(self, name: str) -> bytes:
        return bytes(self.typeface.getTableData(_tag(name)))

    @property
    def can_be_drawn(self) -> bool:
        """Whether it has outlines: libass draws no colour bitmaps."""
        tags = self.typeface.getTableTags()
        return any(_tag(name) in tags for name in ("glyf", "CFF ", "CFF2"))

    def lacks(self, characters: Sequence[str]) -> list[str]:
        """Return the characters that it has no glyph for."""
        glyphs = self.typeface.unicharsToGlyphs([ord(character) for character in characters])
        return [character for character, glyph in zip(characters, glyphs, strict=True) if not glyph]


def _tag(name: str) -> int:
    return int.from_bytes(name.encode(), "big")


@cache
def poppins() -> Face:
    """Return the face of the captions."""
    return Face(Path(fontpkg_poppins.ROOT) / "files" / "Poppins-SemiBold.ttf")


@cache
def packaged() -> tuple[Face, ...]:
    """Return the bold or variable face of every font package, the known ones first."""
    families = fontpkg.families()
    order = sorted(families, key=lambda slug: (not slug.startswith(_FIRST), slug))
    paths = [_boldest(families[slug]) for slug in order if slug != "poppins"]
    paths += _files_in(_folders_of("noto_cjk_sans_otc"))
    paths += [
        path
        for path in _files_in(_folders_of("matplotlib", "mpl-data/fonts/ttf"))
        if path.stem == "DejaVuSans-Bold"
    ]
    return tuple(_faces(path for path in paths if path is not None))


def _boldest(family: fontpkg.Family) -> Path | None:
    try:
        return Path(fontpkg.select_file(family, _BOLD, "normal", nearest=True).path)
    except fontpkg.FontpkgError:
        return None


def _folders_of(package: str, folder: str = "") -> list[Path]:
    """Return where a package lies, without importing it."""
    spec = find_spec(package)
    return [Path(place) / folder for place in (spec.submodule_search_locations or [])] if spec else []


@cache
def of_the_system() -> tuple[Face, ...]:
    """Return the faces of the system's fonts, those that read best first."""
    faces = [face for face in _faces(_files_in(_system_folders())) if _is_for_text(face)]
    return tuple(sorted(faces, key=_rank))


def _system_folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home / "AppData/Local"))
        return [
            Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",
            Path(local) / "Microsoft/Windows/Fonts",
        ]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    ]


def _files_in(folders: Iterable[Path]) -> list[Path]:
    return sorted(
        path
        for folder in folders
        if folder.is_dir()
        for path in folder.rglob("*")
        if path.suffix.lower() in _SUFFIXES
    )


def _faces(paths: Iterable[Path]) -> Iterator[Face]:
    """Yield every face of the files that can be read."""
    for path in paths:
        for index in range(_MAX_FACES if path.suffix.lower() in (".ttc", ".otc") else 1):
            face = Face(path, index)
            if face.typeface is None:
                break
            if face.can_be_drawn:
                yield face


def _is_for_text(face: Face) -> bool:
    return not face.typeface.isItalic() and not any(word in _name_of(face) for word in _REFUSED)


def _rank(face: Face) -> tuple[bool, bool, int, str, int]:
    name = _name_of(face)
    is_worse = any(word in name for word in _WORSE)
    off_weight = abs(int(face.typeface.fontStyle().weight()) - _BOLD)
    return is_worse, not name.startswith(_KNOWN), off_weight, str(face.path), face.index


def _name_of(face: Face) -> str:
    name = f"{face.typeface.getFamilyName()} {face.path.stem}".lower()
    return name.replace(" ", "").replace("sansserif", "sans")
