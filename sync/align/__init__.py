"""Find when each word of known lyrics is sung."""

from storyboard.sync.align.aligner import align
from storyboard.sync.align.lines import LyricLine

__all__ = ["LyricLine", "align"]
