"""Lyrics from any usual file, brought into a storyboard and out of it again.

file ─► lines (with times, wishes, headings) ─► blocks ─► sections ─► Lyrics ─► merged into a storyboard
storyboard ─► spreadsheet ─► edited by hand ─► Lyrics
"""

from storyboard.sync.lyrics.heard import lyrics_from
from storyboard.sync.lyrics.lyrics import Lyrics
from storyboard.sync.lyrics.merging import merged
from storyboard.sync.lyrics.reading import read_lyrics
from storyboard.sync.lyrics.sheet import write_sheet

__all__ = ["Lyrics", "lyrics_from", "merged", "read_lyrics", "write_sheet"]
