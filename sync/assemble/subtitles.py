"""The subtitle track: the lines of the lyrics as timed text in the MP4, which a player shows or hides."""

from __future__ import annotations

from pathlib import Path

import pysubs2

from storyboard.sync.language_codes import three_letters


def language_code(language: str) -> str:
    """Return a language as MP4 names it: three letters, `und` where it is not known."""
    return three_letters(language) or "und"


def text_of(captions: Path) -> str:
    """Return everything that a caption file (SRT or ASS) shows, a line each."""
    events = pysubs2.load(str(captions), format_=captions.suffix.lstrip(".")).events
    return "\n".join(event.plaintext for event in events)


def track(index: int, language: str) -> list[str]:
    """Return ffmpeg's arguments for its input of that index as a subtitle track, shown by default."""
    tag = ["-metadata:s:s:0", f"language={language_code(language)}"]
    return ["-map", f"{index}:s", "-c:s", "mov_text", *tag, "-disposition:s:0", "default"]
