"""Captions: the sung lines as SRT, LRC and karaoke ASS, timed by the words.

The ASS file is the one that is burned into the film: every word fills as it is sung, in the lowest
part of the frame, where no face or foot is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import pysubs2

from storyboard.schema.board import Look
from storyboard.schema.files import write_whole
from storyboard.schema.song import Song
from storyboard.schema.timeline import SongMap, Word
from storyboard.sync import fonts

_LEAD_S = 0.35  # a line is shown this long before its first word
_TAIL_S = 0.5
_GAP_S = 0.04
_FONT_HEIGHT = 0.06  # of the frame's height
_FONT_WIDTH = 0.062  # and never more than this part of its width
_MARGIN = 0.05


@dataclass(frozen=True)
class Caption:
    """One sung line with its words, shown from start_s to end_s."""

    words: tuple[Word, ...]
    written: tuple[str, ...]  # each word as the lyrics write it, with its punctuation
    start_s: float
    end_s: float

    @property
    def text(self) -> str:
        """The line as one text."""
        return " ".join(self.written)


def captions_of(song_map: SongMap, song: Song) -> list[Caption]:
    """Return one caption for each occurrence of a line; no two are shown at once."""
    captions: list[Caption] = []
    ordered = sorted(song_map.words_by_line().values(), key=lambda words: words[0].start_s)
    for words, following in zip_longest(ordered, ordered[1:]):
        start_s = max(0.0, words[0].start_s - _LEAD_S, captions[-1].end_s + _GAP_S if captions else 0.0)
        end_s = words[-1].end_s + _TAIL_S
        if following is not None:
            end_s = min(end_s, max(words[-1].end_s, following[0].start_s - _LEAD_S - _GAP_S))
        start_s, end_s = min(start_s, words[0].start_s), min(end_s, song_map.duration_s)
        captions.append(Caption(tuple(words), _as_written(words, song), start_s, end_s))
    return captions


def _as_written(words: list[Word], song: Song) -> tuple[str, ...]:
    """Return the words with the punctuation of the lyrics; as heard where the two do not match."""
    written = song.line((words[0].section, words[0].line)).split()
    return tuple(written if len(written) == len(words) else [word.text for word in words])


def write_captions(song_map: SongMap, look: Look, song: Song, folder: Path) -> list[Path]:
    """Write lyrics.srt, lyrics.lrc and lyrics.ass into a folder and return their paths."""
    captions = captions_of(song_map, song)
    texts = {
        "lyrics.srt": _srt(captions),
        "lyrics.lrc": _lrc(captions, song.title, song_map.duration_s),
        "lyrics.ass": _ass(captions, look, song.title),
    }
    for name, text in texts.items():
        write_whole(folder / name, text.encode())
    return [folder / name for name in texts]


def _srt(captions: list[Caption]) -> str:
    subtitles = pysubs2.SSAFile()
    for caption in captions:
        subtitles.append(_event(caption, _plain(caption.text)))
    return subtitles.to_string("srt")


def _lrc(captions: list[Caption], title: str, duration_s: float) -> str:
    """Write enhanced LRC: the time of each line and of each word."""
    rows = [f"[ti:{title}]", f"[length:{_lrc_time(duration_s)}]"]
    for caption in captions:
        timed = zip(caption.words, caption.written, strict=True)
        words = " ".join(f"<{_lrc_time(word.start_s)}> {text}" for word, text in timed)
        rows.append(f"[{_lrc_time(caption.words[0].start_s)}] {words} <{_lrc_time(caption.words[-1].end_s)}>")
    return "\n".join(rows) + "\n"


def _lrc_time(time_s: float) -> str:
    hundredths = round(time_s * 100)
    return f"{hundredths // 6000:02d}:{hundredths // 100 % 60:02d}.{hundredths % 100:02d}"


def _ass(captions: list[Caption], look: Look, title: str) -> str:
    width, height = look.size
    size = min(height * _FONT_HEIGHT, width * _FONT_WIDTH)
    subtitles = pysubs2.SSAFile()
    subtitles.info.update({"Title": title, "PlayResX": str(width), "PlayResY": str(height), "WrapStyle": "0"})
    subtitles.styles["Default"] = pysubs2.SSAStyle(
        fontname=fonts.FAMILY,
        fontsize=size,
        primarycolor=pysubs2.Color(255, 224, 138),
        secondarycolor=pysubs2.Color(255, 255, 255),
        outlinecolor=pysubs2.Color(16, 14, 26, 40),
        backcolor=pysubs2.Color(0, 0, 0, 140),
        outline=size * 0.07,
        shadow=size * 0.04,
        alignment=pysubs2.Alignment.BOTTOM_CENTER,
        marginl=round(width * _MARGIN),
        marginr=round(width * _MARGIN),
        marginv=round(height * _MARGIN),
    )
    for caption in captions:
        subtitles.append(_event(caption, _karaoke(caption)))
    return subtitles.to_string("ass")


def _karaoke(caption: Caption) -> str:
    r"""Return the line with a \kf for every word: it fills while the word is sung."""
    text, clock = "", round(caption.start_s * 100)
    for word, written in zip(caption.words, caption.written, strict=True):
        start, end = round(word.start_s * 100), round(word.end_s * 100)
        wait = max(0, start - clock)
        text += (f"{{\\k{wait}}}" if wait else "") + f"{{\\kf{max(1, end - start)}}}{_plain(written)} "
        clock = start + max(1, end - start)
    return "{\\fad(120,120)}" + text.rstrip()


def _plain(text: str) -> str:
    """Take the characters out that ASS would read as commands."""
    return text.replace("\\", "/").replace("{", "(").replace("}", ")").replace("\n", " ")


def _event(caption: Caption, text: str) -> pysubs2.SSAEvent:
    return pysubs2.SSAEvent(start=round(caption.start_s * 1000), end=round(caption.end_s * 1000), text=text)
