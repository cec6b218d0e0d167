"""The fonts in which captions and pictures are set: Poppins, and for what it lacks the first that has it.

A text is divided by script; each script takes one font for the whole text, looked for in Poppins, the
font packages that are installed, and the system's fonts, in this order.
"""

from __future__ import annotations

from pathlib import Path

import fontpkg_poppins

from storyboard.sync.fonts.choosing import Choice, Missing, Run, choose
from storyboard.sync.fonts.drawing import draw, width_of
from storyboard.sync.fonts.faces import FAMILY, Face, poppins

__all__ = [
    "FAMILY",
    "Choice",
    "Face",
    "Missing",
    "Run",
    "choose",
    "draw",
    "family_for",
    "file",
    "files_for",
    "missing_for",
    "poppins",
    "typeface_file_for",
    "width_of",
]


def file(style: str = "SemiBold") -> Path:
    """Return the TrueType file of a style of Poppins."""
    return Path(fontpkg_poppins.ROOT) / "files" / f"Poppins-{style}.ttf"


def files_for(text: str) -> list[Path]:
    """Return the font files that a text needs, without doubles; Poppins is always the first."""
    return [file(), *(path for path in choose(text).files if path != file())]


def family_for(text: str) -> str:
    """Return the font family that sets most of a text, as ASS names it."""
    return choose(text).main.family


def typeface_file_for(text: str) -> Path:
    """Return the font file that sets most of a text."""
    return choose(text).main.path


def missing_for(text: str) -> list[Missing]:
    """Return the scripts of a text that no font here has, with what installs one."""
    return list(choose(text).missing)
