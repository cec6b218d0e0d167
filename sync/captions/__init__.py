"""Captions: the sung lines as SRT, LRC and karaoke ASS, timed by the words.

The ASS file is the one that is burned into the film: every word fills as it is sung, in the lowest part of
the frame, where no face or foot is shown.
"""

from __future__ import annotations

from pathlib import Path

from storyboard.schema.board import Look
from storyboard.schema.files import write_whole
from storyboard.schema.song import Song
from storyboard.schema.timeline import SongMap
from storyboard.sync.captions.karaoke import karaoke
from storyboard.sync.captions.lines import Caption, captions_of, text_of
from storyboard.sync.captions.subtitles import lrc, srt
from storyboard.sync.captions.timing import CaptionSpan, caption_spans

__all__ = ["Caption", "CaptionSpan", "caption_spans", "captions_of", "text_of", "write_captions"]


def write_captions(song_map: SongMap, look: Look, song: Song, folder: Path) -> list[Path]:
    """Write lyrics.srt, lyrics.lrc and lyrics.ass into a folder and return their paths.

    Args:
        song_map: the words, in seconds from the start of the song.
        look: the shape and size of the film that the ASS file is set for.
        song: the lyrics, with their punctuation.
        folder: where the files are written.
    """
    captions = captions_of(song_map, song)
    texts = {
        "lyrics.srt": srt(captions),
        "lyrics.lrc": lrc(captions, song.title, song_map.duration_s),
        "lyrics.ass": karaoke(captions, look.size, song.title),
    }
    for name, text in texts.items():
        write_whole(folder / name, text.encode())
    return [folder / name for name in texts]
