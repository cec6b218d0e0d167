"""Find when each word of known lyrics is sung."""

from storyboard.sync.align.aligner import Alignment, find_words
from storyboard.sync.align.lines import LyricLine

__all__ = ["Alignment", "LyricLine", "find_words"]
