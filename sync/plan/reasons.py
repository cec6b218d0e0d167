"""Say in words why a shot begins where it does."""

from __future__ import annotations

from storyboard.schema.song import Song
from storyboard.sync.plan.points import CutPoint


def reason(point: CutPoint, song: Song, *, new_scene: str = "", pinned: bool = False) -> str:
    """Return the reason for a cut: what the song does there, and what begins."""
    where = {
        "downbeat": f"downbeat of bar {point.bar}",
        "beat": f"beat in bar {point.bar}",
        "phrase": "a phrase begins",
    }
    parts = ["pinned by you"] if pinned else []
    if point.grid in where:
        parts.append(where[point.grid])
    elif not pinned:
        parts.append("inside a word, no other way" if point.inside_word else "between words, no beat near")
    if point.section:
        parts.append(f"{point.section} begins")
    if point.line is not None:
        section, line = point.line
        kind = song.sections[section].kind
        parts.append(f"line {line + 1} of the {kind}: “{song.line(point.line)}”")
    elif point.inside_line:
        parts.append("between two words")
    if new_scene:
        parts.append(f"new scene: {new_scene}")
    return ", ".join(parts)
