"""Where the glyphs of burned captions are, and what colour they have in a frame.

The caption file is drawn once more on black, without its times and with a colour of its own for every
word; the pixels of each word and of the outline around them are then known. When they are seen in the
film, and how far they are filled, is read from the film alone.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pysubs2
from numpy.typing import NDArray
from pysubs2.exceptions import Pysubs2Error

from storyboard.schema.errors import MediaError
from storyboard.sync import fonts
from storyboard.sync.ffmpeg import last_words, program

_AROUND_S = 1.0  # a caption is looked for this long before and after it should be there
_N_PIXELS = 600  # of a word at most, evenly drawn
_STEP = 4  # between the greens of two words
_COVERED = 128  # of 255, from which a pixel counts as inside a stroke
_MOST = 62  # words of a caption; those beyond are not looked at
_TAGS = re.compile(r"\{([^}]*)\}")
_PLACING = re.compile(r"\\(?:pos|an|org|fn|fs|fsp|fscx|fscy|b|i|q|r)[^\\]*")
_KARAOKE = re.compile(r"\\(?:kf|ko|k|K)\d+")

Pixels = tuple[NDArray[np.intp], NDArray[np.intp]]


@dataclass(frozen=True)
class WordGlyphs:
    """The pixels of one word: in luma, in chroma, and how its ink lies from left to right.

    Attributes:
        text: as it is written.
        luma: rows and columns of pixels in its strokes.
        chroma: rows and columns of chroma samples in them.
        ink: places from its left edge (0) to its right (1), and the share of its pixels left of each,
            shape (n, 2).
    """

    text: str
    luma: Pixels
    chroma: Pixels
    ink: NDArray[np.float64]


@dataclass(frozen=True)
class Glyphs:
    """The pixels of one caption, and when to look at them.

    Attributes:
        words: its words in the order in which they fill.
        outline: rows and columns of luma pixels in the outline around them.
        from_s, to_s: when to look for it.
        top: its upper edge, as a part of the frame's height.
        unsung, sung: its two colours, as luma and chroma.
    """

    words: tuple[WordGlyphs, ...]
    outline: Pixels
    from_s: float
    to_s: float
    top: float
    unsung: NDArray[np.float64]
    sung: NDArray[np.float64]

    @property
    def n_levels(self) -> int:
        """How many numbers `levels` returns."""
        return 1 + 3 * len(self.words)

    @cached_property
    def _places(self) -> tuple[_Places, _Places]:
        """Where all words have their pixels, in luma and in chroma, each word after the other."""
        return _Places.of([word.luma for word in self.words]), _Places.of(
            [word.chroma for word in self.words]
        )

    def levels(self, planes: tuple[NDArray[np.uint8], ...]) -> NDArray[np.float32]:
        """Return the mean luma of the outline, then luma and both chromas of each word."""
        luma, chroma = self._places
        levels = np.empty(self.n_levels, np.float32)
        levels[0] = planes[0][self.outline].mean()
        levels[1::3] = luma.means(planes[0])
        levels[2::3] = chroma.means(planes[1])
        levels[3::3] = chroma.means(planes[2])
        return levels


@dataclass(frozen=True)
class _Places:
    """The pixels of several words in one list, so that all their means are taken at once."""

    pixels: Pixels
    begins: NDArray[np.intp]
    counts: NDArray[np.intp]

    @classmethod
    def of(cls, words: Sequence[Pixels]) -> _Places:
        counts = np.array([len(rows) for rows, _ in words], np.intp)
        rows, columns = (np.concatenate(parts) for parts in zip(*words, strict=True))
        return cls((rows, columns), np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.intp), counts)

    def means(self, plane: NDArray[np.uint8]) -> NDArray[np.float64]:
        return np.add.reduceat(plane[self.pixels].astype(np.float64), self.begins) / self.counts


def glyphs_of(captions: Path, size: tuple[int, int]) -> list[Glyphs]:
    """Return the glyphs of every caption of an ASS file that has words to fill, in order of time.

    Args:
        captions: the file that was burned.
        size: width and height of the film.

    Raises:
        MediaError: it cannot be read or drawn.
    """
    try:
        subtitles = pysubs2.load(str(captions), encoding="utf-8")
    except (OSError, ValueError, Pysubs2Error) as error:
        raise MediaError(f"cannot be read as captions ({error})", where=str(captions)) from error
    events = [event for event in sorted(subtitles.events) if not event.is_comment and event.plaintext.strip()]
    found = []
    for picture, event in zip(_drawn(subtitles, events, size, captions), events, strict=True):
        style = subtitles.styles.get(event.style) or pysubs2.SSAStyle()
        glyphs = _read(picture, event, style)
        if glyphs is not None:
            found.append(glyphs)
    return found


def _divided(text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands between tags, with the tags before it; the first has none."""
    begin = 0
    tags = ""
    for match in _TAGS.finditer(text):
        yield tags, text[begin : match.start()]
        tags, begin = match[1], match.end()
    yield tags, text[begin:]


def _texts(text: str) -> list[str]:
    """Return the text of every part that fills on its own; of a caption without fill, the whole."""
    texts = [""]
    for tags, shown in _divided(text):
        if _KARAOKE.search(tags) and texts[-1].strip():
            texts.append("")
        texts[-1] += re.sub(r"\\[Nnh]", " ", shown)
    return [shown.strip() for shown in texts]


def _marked(text: str) -> str:
    """Return the text of a caption with a colour for every part that fills, instead of its fill."""
    marked, number, has_text = "", 0, True
    for tags, shown in _divided(text):
        kept = "".join(_PLACING.findall(tags))
        if number == 0 or (_KARAOKE.search(tags) and has_text):
            number, has_text = number + 1, False
            color = f"&H00{number * _STEP if number <= _MOST else 0:02X}FF&"
            kept += f"\\1c{color}\\2c{color}\\3c&HFF0000&\\1a&H00&\\3a&H00&\\4a&HFF&"
        has_text = has_text or bool(re.sub(r"\\[Nnh]", " ", shown).strip())
        marked += (f"{{{kept}}}" if kept else "") + shown
    return marked


def _drawn(
    subtitles: pysubs2.SSAFile, events: list[pysubs2.SSAEvent], size: tuple[int, int], where: Path
) -> Iterator[NDArray[np.uint8]]:
    """Draw each caption on black, one a second, and yield the pictures, shape (height, width, 3), RGB."""
    if not events:
        return
    width, height = size
    marked = pysubs2.SSAFile()
    # Without this, colours are turned into the narrow range of video.
    marked.info = {**subtitles.info, "YCbCr Matrix": "None"}
    marked.styles = dict(subtitles.styles)
    for index, event in enumerate(events):
        copy = event.copy()
        copy.start, copy.end, copy.text = index * 1000, index * 1000 + 900, _marked(event.text)
        marked.append(copy)
    with tempfile.TemporaryDirectory(prefix="storyboard-") as folder, tempfile.TemporaryFile() as log:
        marked.save(str(Path(folder) / "marked.ass"), format_="ass")
        (Path(folder) / "fonts").mkdir()
        for font in fonts.files_for(" ".join(event.plaintext for event in events)):
            shutil.copy(font, Path(folder) / "fonts")
        source = f"color=black:s={width}x{height}:r=1:d={len(events)},format=rgb24"
        command = [program(), "-hide_banner", "-nostdin", "-f", "lavfi", "-i", source]
        command += ["-vf", "ass=marked.ass:fontsdir=fonts", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=log) as drawing:
            assert drawing.stdout is not None
            while len(data := drawing.stdout.read(width * height * 3)) == width * height * 3:
                yield np.frombuffer(data, np.uint8).reshape(height, width, 3)
        if drawing.returncode:
            log.seek(0)
            raise MediaError(last_words(log.read().decode(errors="replace")), where=str(where))


def _read(picture: NDArray[np.uint8], event: pysubs2.SSAEvent, style: pysubs2.SSAStyle) -> Glyphs | None:
    inked = np.flatnonzero(picture.reshape(len(picture), -1).any(axis=1))
    if not len(inked):
        return None
    top = int(inked[0]) // 2 * 2  # chroma has half as many rows
    red, green, blue = (picture[top : inked[-1] + 1, :, channel].astype(np.float32) for channel in range(3))
    fill, outline = red >= _COVERED, (blue >= 250) & (red <= 6)
    number = np.where(fill, np.rint(green * 255 / np.maximum(red, 1) / _STEP), 0).astype(np.uint8)
    words = [
        word
        for index, text in enumerate(_texts(event.text), start=1)
        if (word := _word(number == index, top, text)) is not None
    ]
    if not words or not outline.any():
        return None
    rows, columns = np.nonzero(outline)
    return Glyphs(
        words=tuple(words),
        outline=_thinned((rows + top, columns)),
        from_s=event.start / 1000 - _AROUND_S,
        to_s=event.end / 1000 + _AROUND_S,
        top=top / len(picture),
        unsung=_levels_of(style.secondarycolor),
        sung=_levels_of(style.primarycolor),
    )


def _word(pixels: NDArray[np.bool_], top: int, text: str) -> WordGlyphs | None:
    """Return the glyphs of one word from the pixels it covers; their first row is the frame's `top`."""
    rows, columns = np.nonzero(pixels)
    if not len(rows):
        return None
    left, right = int(columns.min()), int(columns.max()) + 1
    height, begin, end = (
        len(pixels) // 2 * 2,
        left // 2 * 2,
        min(-(-right // 2) * 2, pixels.shape[1] // 2 * 2),
    )
    four = pixels[:height, begin:end].reshape(height // 2, 2, -1, 2).sum(axis=(1, 3))
    inside = np.nonzero(four >= min(3, int(four.max(initial=1))))
    if not len(inside[0]):
        return None
    share = np.cumsum(np.bincount(columns - left, minlength=right - left)) / len(columns)
    places = np.arange(1, right - left + 1) / (right - left)
    ink = np.column_stack([np.concatenate([[0.0], places]), np.concatenate([[0.0], share])])
    chroma = inside[0] + top // 2, inside[1] + begin // 2
    return WordGlyphs(text, _thinned((rows + top, columns)), _thinned(chroma), ink)


def _thinned(pixels: tuple[NDArray[np.intp], ...]) -> Pixels:
    keep = np.unique(np.linspace(0, len(pixels[0]) - 1, _N_PIXELS).astype(np.intp))
    return pixels[0][keep], pixels[1][keep]


def _levels_of(color: pysubs2.Color) -> NDArray[np.float64]:
    """Return luma and chroma of a colour, 0 to 255, by BT.709 in the range of video."""
    red, green, blue = color.r / 255, color.g / 255, color.b / 255
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    chroma = (blue - luma) / 1.8556, (red - luma) / 1.5748
    return np.array([16 + 219 * luma, 128 + 224 * chroma[0], 128 + 224 * chroma[1]])
