"""Writers: what makes the song's words, the story, the cast and the board."""

from storyboard.generators.llm.registry import open_writer, resolve_spec
from storyboard.generators.llm.writer import Brief, LookWords, Writer

__all__ = ["Brief", "LookWords", "Writer", "open_writer", "resolve_spec"]
