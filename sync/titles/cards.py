r"""Cards: the title and the credits as events of ASS.

In a wide or square film a card stands in its lower part: heads are in the middle and above. In a tall film
the title stands in the upper part, where there is sky, as it is shown over a wide shot; the credits, which
may meet a close one, in the lower part. A title keeps clear of the captions; after the last word credits
need not. A card fades in on its first frame, drifts, and is gone on its last. A soft shade, out to the
picture's edge, keeps it readable on any picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pysubs2

from storyboard.sync.fonts.scripts import is_right_to_left
from storyboard.sync.titles.setting import Rows, height_of, set_in_rows, width_of, written
from storyboard.sync.titles.timing import Span

STYLE, STYLE_TURNED = "Title", "Title right to left"
_IN_MS, _OUT_MS = 420, 460
_SIDE = 0.062
_LOWER_EDGE = {"wide": 0.785, "square": 0.775}
_UPPER_EDGE = 0.115
"""Where a title ends below, or begins in a tall film, in parts of the height: clear of captions."""
_CREDITS_EDGE = {"wide": 0.93, "square": 0.93, "tall": 0.86}
"""Where the credits end below; in a tall film above what apps write over the picture."""
_TITLE_EM = {"wide": (0.060, 0.100), "square": (0.090, 0.080), "tall": (0.108, 0.062)}
"""Size of the title in parts of width and height, the smaller counts."""
_SMALL = 0.36
_WIDTH = {"wide": 0.56, "square": 0.80, "tall": 0.84}
_MOST_ROWS = {"wide": 3, "square": 3, "tall": 4}
_HEIGHT = {"wide": 0.205, "square": 0.205, "tall": 0.21}
"""How high the rows of a title may be together, in parts of the height."""
_LEADING = 1.10
_DRIFT = 0.012
_COLUMNS = 0.75
"""Space between what was made and by whom, in ems."""
_WHITE, _CREAM, _DARK = "FFFFFF", "CFE6FF", "1A0E10"  # in the order of ASS: blue, green, red


@dataclass(frozen=True)
class Line:
    """One row of a card: its text, its size in pixels an em, its colour and how solid it is, 0 to 1.

    A row with a label stands in two columns, the label in the first and paler.
    """

    text: str
    em: float
    color: str = _WHITE
    solid: float = 1.0
    label: str = ""

    @property
    def height(self) -> float:
        """How high it is with the space around it, in pixels."""
        return height_of(self.text, self.em) * _LEADING


@dataclass(frozen=True)
class Page:
    """A film's frame, and what stands where in it."""

    size: tuple[int, int]

    @property
    def shape(self) -> str:
        """The kind of frame: wide, square or tall."""
        width, height = self.size
        return "tall" if height > width * 1.1 else "wide" if width > height * 1.1 else "square"

    @property
    def title_em(self) -> float:
        """Full size of a title, in pixels an em."""
        across, down = _TITLE_EM[self.shape]
        return min(self.size[0] * across, self.size[1] * down)

    @property
    def row_width(self) -> float:
        """The width that a row may have, in pixels."""
        return self.size[0] * _WIDTH[self.shape]


def styles_of(page: Page) -> dict[str, pysubs2.SSAStyle]:
    """Return the styles of the events, for either direction of writing."""
    return {STYLE: _style(page, 1), STYLE_TURNED: _style(page, -1)}


def title_card(page: Page, span: Span, title: str, below: str, accent: str) -> list[pysubs2.SSAEvent]:
    """Return the events of a title with a line below it (or none)."""
    rows = _title_rows(page, title, page.title_em)
    small = max(page.title_em * _SMALL, page.size[1] * 0.026)
    lines = [Line(text, rows.em) for text in rows.texts]
    if below:
        under = set_in_rows(below, small, page.row_width, 2, page.size[1] * 0.1)
        lines += [Line(text, under.em, _CREAM, 0.92) for text in under.texts]
    return _card(page, span, lines, accent, len(rows.texts))


def credit_card(
    page: Page, span: Span, title: str, credits: Sequence[tuple[str, str]], accent: str
) -> list[pysubs2.SSAEvent]:
    """Return the events of the credits: the title, then what is by whom."""
    rows = _title_rows(page, title, page.title_em * 0.66)
    small = max(page.title_em * 0.34, page.size[1] * 0.026)
    lines = [Line(text, rows.em) for text in rows.texts]
    columns = [max((width_of(each[k], small) for each in credits), default=0.0) for k in (0, 1)]
    small *= min(1.0, page.row_width / max(1.0, sum(columns) + _COLUMNS * small))
    lines += [Line(whom, small, _CREAM, 0.94, what) for what, whom in credits]
    return _card(page, span, lines, accent, len(rows.texts), is_credit=True)


def _title_rows(page: Page, title: str, em: float) -> Rows:
    high = page.size[1] * _HEIGHT[page.shape] / _LEADING
    return set_in_rows(title, em, page.row_width, _MOST_ROWS[page.shape], high)


def _card(
    page: Page, span: Span, lines: list[Line], accent: str, n_title: int, *, is_credit: bool = False
) -> list[pysubs2.SSAEvent]:
    width, height = page.size
    turned = is_right_to_left(lines[0].text)
    rule_h = max(2.0, page.title_em * 0.055)
    gap = page.title_em * 0.34 if len(lines) > n_title else 0.0
    whole = sum(line.height for line in lines) + (gap + rule_h + gap * 0.5 if gap else gap)
    edges = _CREDITS_EDGE if is_credit else _LOWER_EDGE
    top = height * edges[page.shape] - whole if page.shape in edges else height * _UPPER_EDGE
    x = width / 2 if page.shape == "tall" else width * (1 - _SIDE) if turned else width * _SIDE
    drift = width * _DRIFT * (-1 if turned else 1)
    events = [_shade(page, span, top, whole)]
    y = top
    for index, line in enumerate(lines):
        if index == n_title:
            y += gap
            events.append(_rule(page, span, x, y, rule_h, accent, turned, drift))
            y += rule_h + gap * 0.5
        y += line.height / 2
        if line.label:
            events += _columns(page, span, line, lines[n_title:], (x, y), turned, drift)
        else:
            events += _row(page, span, line, x, y, turned, drift)
        y += line.height / 2
    return events


def _columns(
    page: Page,
    span: Span,
    line: Line,
    lines: Sequence[Line],
    at: tuple[float, float],
    turned: bool,
    drift: float,
) -> list[pysubs2.SSAEvent]:
    """Return a row in two columns: what was made, and by whom."""
    x, y = at
    labels = max(width_of(each.label, each.em) for each in lines)
    names = max(width_of(each.text, each.em) for each in lines)
    gap = _COLUMNS * line.em
    if page.shape == "tall":
        x += (labels + gap + names) / 2 * (1 if turned else -1)
    second = x - labels - gap if turned else x + labels + gap
    label = Line(line.label, line.em, line.color, 0.66)
    place = 6 if turned else 4
    return [
        *_row(page, span, label, x, y, turned, drift, place),
        *_row(page, span, line, second, y, turned, drift, place),
    ]


def _row(
    page: Page, span: Span, line: Line, x: float, y: float, turned: bool, drift: float, place: int = 0
) -> list[pysubs2.SSAEvent]:
    """Return a row and its shadow, a soft dark copy."""
    place = place or (5 if page.shape == "tall" else 6 if turned else 4)
    style, text = STYLE_TURNED if turned else STYLE, written(line.text, line.em)
    tags = f"\\an{place}{_faded(span)}\\bord0\\shad0\\q2"
    soft = f"\\1c&H{_DARK}&{_alpha(0.8)}\\blur{max(1.0, line.em * 0.09):.1f}"
    sharp = f"\\1c&H{line.color}&{_alpha(line.solid)}"
    below = line.em * 0.03
    return [
        _event(span, f"{{{tags}{_moved(page, x, y + below, drift)}{soft}}}{text}", 1, style),
        _event(span, f"{{{tags}{_moved(page, x, y, drift)}{sharp}}}{text}", 2, style),
    ]


def _rule(
    page: Page, span: Span, x: float, y: float, height: float, accent: str, turned: bool, drift: float
) -> pysubs2.SSAEvent:
    """Return the short line in the film's colour between the title and what is below it."""
    length = page.title_em * 1.5
    left = x - length / 2 if page.shape == "tall" else x - length if turned else x
    tags = f"\\an7{_moved(page, left, y, drift)}{_faded(span)}\\1c&H{accent}&\\bord0\\shad0\\p1"
    return _event(
        span, f"{{{tags}}}m 0 0 l {length:.0f} 0 {length:.0f} {height:.0f} 0 {height:.0f}", 1, STYLE
    )


def _shade(page: Page, span: Span, top: float, whole: float) -> pysubs2.SSAEvent:
    """Return a soft dark band behind a card, from edge to edge and out of the picture at the nearer one."""
    width, height = page.size
    spare, soft = page.title_em * 2.0, page.title_em * 0.9
    high, low = top + soft * 0.3, top + whole - soft * 0.3
    if top + whole / 2 < height / 2:
        high = -spare
    else:
        low = height + spare
    left, right = -spare, width + spare
    corners = f"m {left:.0f} {high:.0f} l {right:.0f} {high:.0f} {right:.0f} {low:.0f} {left:.0f} {low:.0f}"
    tags = f"\\an7\\pos(0,0){_faded(span)}\\1c&H{_DARK}&{_alpha(0.42)}\\bord0\\shad0\\blur{soft:.0f}\\p1"
    return _event(span, f"{{{tags}}}{corners}", 0, STYLE)


def _moved(page: Page, x: float, y: float, drift: float) -> str:
    """Return a move over the whole event; what stands in the middle rises instead of going aside."""
    if page.shape == "tall":
        rise = abs(drift) * 0.7
        return f"\\move({x:.1f},{y + rise:.1f},{x:.1f},{y - rise:.1f})"
    return f"\\move({x:.1f},{y:.1f},{x + drift:.1f},{y:.1f})"


def _faded(span: Span) -> str:
    lasts_ms = (span[1] - span[0]) * 1000
    return f"\\fad({min(_IN_MS, lasts_ms / 4):.0f},{min(_OUT_MS, lasts_ms / 4):.0f})"


def _alpha(solid: float) -> str:
    return f"\\1a&H{round(255 * (1 - solid)):02X}&"


def _event(span: Span, text: str, layer: int, style: str) -> pysubs2.SSAEvent:
    start, end = (round(at * 100) * 10 for at in span)
    return pysubs2.SSAEvent(start=start, end=end, text=text, layer=layer, style=style)


def _style(page: Page, encoding: int) -> pysubs2.SSAStyle:
    return pysubs2.SSAStyle(
        fontname="Poppins SemiBold",
        fontsize=round(page.title_em, 1),
        primarycolor=pysubs2.Color(255, 255, 255),
        outline=0.0,
        shadow=0.0,
        marginl=0,
        marginr=0,
        marginv=0,
        encoding=encoding,
    )
