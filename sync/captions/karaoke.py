r"""Karaoke as ASS: every word fills while it is sung (\kf), or at once (\k) where it runs from right to left.

libass fills from left to right whatever the script, so a word of Hebrew or Arabic lights up as a whole. Such
lines need the encoding -1: only then are they laid out as one text and not word by word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pysubs2

from storyboard.sync import fonts
from storyboard.sync.captions.lines import Caption, text_of
from storyboard.sync.captions.rows import rows_of
from storyboard.sync.captions.subtitles import event, plain
from storyboard.sync.fonts.scripts import is_right_to_left

_EM_WIDTH, _EM_HEIGHT = 0.062, 0.05
"""Size of the letters in parts of the frame, the smaller counts: 3 to 4 mm on a phone, in whichever shape."""
_SIDE = 0.06
_BELOW = {"wide": 0.05, "square": 0.06, "tall": 0.18}
"""Free space in parts of the height: phones lay texts of their own over the lowest 18 % of a tall film."""
_SUNG, _UNSUNG = pysubs2.Color(255, 224, 138), pysubs2.Color(255, 255, 255)
_DEFAULT, _TURNED = "Default", "Right to left"
_AS_UNSUNG = "\\1c&HFFFFFF&"


def karaoke(captions: list[Caption], size: tuple[int, int], title: str) -> str:
    """Return the captions as ASS for a film of a size (width, height)."""
    width, height = size
    em = min(width * _EM_WIDTH, height * _EM_HEIGHT)
    page = _Page(fonts.choose(text_of(captions)), em, width * (1 - 2 * _SIDE))
    subtitles = pysubs2.SSAFile()
    subtitles.info.update({"Title": title, "WrapStyle": "2"})
    subtitles.info.update({"PlayResX": str(width), "PlayResY": str(height)})
    subtitles.styles = {_DEFAULT: _style(em, width, height)}
    for caption in captions:
        turned = is_right_to_left(caption.text)
        if turned:
            subtitles.styles[_TURNED] = _style(em, width, height, encoding=-1)
        subtitles.append(event(caption, page.line(caption), _TURNED if turned else _DEFAULT))
    return str(subtitles.to_string("ass"))


def _style(em: float, width: int, height: int, encoding: int = 1) -> pysubs2.SSAStyle:
    shape = "tall" if height > width else "square" if height == width else "wide"
    return pysubs2.SSAStyle(
        fontname=fonts.FAMILY,
        fontsize=_font_size(fonts.poppins(), em),
        primarycolor=_SUNG,
        secondarycolor=_UNSUNG,
        outlinecolor=pysubs2.Color(16, 14, 26, 40),
        backcolor=pysubs2.Color(0, 0, 0, 140),
        outline=round(em * 0.12, 1),
        shadow=round(em * 0.06, 1),
        alignment=pysubs2.Alignment.BOTTOM_CENTER,
        marginl=round(width * _SIDE),
        marginr=round(width * _SIDE),
        marginv=round(height * _BELOW[shape]),
        encoding=encoding,
    )


def _font_size(face: fonts.Face, em: float) -> float:
    """Return the size by which libass, which measures lines, draws letters of this em."""
    return round(em * face.enlarged * face.line_height, 1)


@dataclass(frozen=True)
class _Page:
    """What lines are set with: their faces, the size of the letters and the width of a row, in pixels."""

    choice: fonts.Choice
    em: float
    row_width: float

    def line(self, caption: Caption) -> str:
        """Return a caption as the text of an event."""
        drawable = [plain(self.choice.drawable(part)) for part in caption.written]
        written = [part if part.strip() else "" for part in drawable]
        rows = rows_of("".join(written), self._width_of, self.row_width)
        pen = _Pen(self.choice, self.em * rows.scale)
        smaller = f"\\fs{_font_size(fonts.poppins(), pen.em)}" if rows.scale < 1 else ""
        pen.tag("\\fad(120,120)" + smaller + ("" if caption.is_sure else _AS_UNSUNG))
        at, clock = 0, round(caption.start_s * 100)
        for word, part in zip(caption.words, written, strict=True):
            begins, ends = max(clock, round(word.start_s * 100)), round(word.end_s * 100)
            lasts = max(1, ends - begins)
            parts = list(_divided(part, rows.break_at - at, lasts))
            fills = "k" if is_right_to_left(caption.text) else "kf"
            if caption.is_sure and begins > clock:
                pen.tag(f"\\k{begins - clock}")
            for row, (text, share) in enumerate(parts):
                pen.next_row(row > 0 or at == rows.break_at > 0)
                pen.write(text, f"\\{fills}{share}" if caption.is_sure else "")
            clock, at = begins + lasts, at + len(part)
        return pen.text.rstrip()

    def _width_of(self, text: str) -> float:
        return self.em * sum(
            run.face.width_of(run.text) * run.face.enlarged for run in self.choice.runs(text)
        )


def _divided(text: str, place: int, lasts: int) -> Iterator[tuple[str, int]]:
    """Yield a word, or what stands of it in either row, with the hundredths of a second that it lasts."""
    if not 0 < place < len(text):
        yield text, lasts
        return
    first = round(lasts * place / len(text))
    yield text[:place], first
    yield text[place:], lasts - first


@dataclass
class _Pen:
    """Writes text with its tags: a tag only where something changes."""

    choice: fonts.Choice
    em: float
    text: str = ""
    _face: fonts.Face = field(default_factory=fonts.poppins)

    def tag(self, tags: str) -> None:
        """Write tags."""
        self.text += f"{{{tags}}}" if tags else ""

    def next_row(self, begins: bool) -> None:
        """Begin another row, where one begins."""
        if begins:
            self.text = self.text.rstrip() + "\\N"

    def write(self, text: str, tags: str) -> None:
        """Write a text after its tags, in the faces that have it; the tags also where there is no text."""
        for run in self.choice.runs(text):
            if run.face != self._face:
                tags += f"\\fn{run.face.family}\\b{int(run.face.is_bold)}\\fs{_font_size(run.face, self.em)}"
                self._face = run.face
            self.tag(tags)
            self.text += run.text
            tags = ""
        self.tag(tags)
