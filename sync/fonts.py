"""The font in which captions and pictures are set: Poppins, from its own package."""

from __future__ import annotations

from pathlib import Path

import fontpkg_poppins

FAMILY = "Poppins SemiBold"


def file(style: str = "SemiBold") -> Path:
    """Return the TrueType file of a style."""
    return Path(fontpkg_poppins.ROOT) / "files" / f"Poppins-{style}.ttf"
