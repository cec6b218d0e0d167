"""Lyrics as a storyboard takes them: sections within its limits, times and wishes by occurrence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from storyboard.schema.board import Direction
from storyboard.schema.errors import InputError
from storyboard.schema.song import LineRef, LineTime, Section, SectionKind
from storyboard.sync.lyrics.returning import returning

MAX_LINE = 400
"""Characters of a line (schema.document.Line)."""
MAX_LINES = 32
"""Lines of a section (schema.song.Section)."""
MAX_SECTIONS = 32
"""Sections of a song (schema.song.Song)."""
_MAX_TITLE = 120
Told = Literal["sections", "times", "directions"]
NAMED: tuple[Told, ...] = ("sections",)
"""What a file tells that has headings."""


@dataclass(frozen=True)
class Lyrics:
    """What a file of lyrics says; empty where it says nothing.

    `times` and `directions` are in the order of the lines. `tells` names what the file speaks of: a
    spreadsheet whose prompt column was emptied tells that there are no directions, a text file tells nothing
    of them. Where "sections" is not in it, their kinds are a guess.
    """

    title: str = ""
    artist: str = ""
    language: str = ""
    sections: tuple[Section, ...] = ()
    times: tuple[LineTime, ...] = ()
    directions: tuple[Direction, ...] = ()
    tells: frozenset[Told] = frozenset()

    def line_refs(self) -> Iterator[LineRef]:
        """Yield every line by its occurrence, in the order it is sung."""
        for index, section in enumerate(self.sections):
            yield from ((index, line) for line in range(len(section.lines)))

    def lines(self) -> list[str]:
        """Return the texts of all lines in the order they are sung."""
        return [line for section in self.sections for line in section.lines]


@dataclass(frozen=True)
class SungLine:
    """A line as a file gives it: text, times in seconds where known, and wishes for its picture."""

    text: str
    start_s: float | None = None
    end_s: float | None = None
    words_s: tuple[float, ...] = ()
    wish: Direction | None = None  # its place in the song is not yet known


@dataclass
class Block:
    """Lines that belong together. Without a kind: to be judged by whether they return."""

    kind: SectionKind | None = None
    lines: list[SungLine] = field(default_factory=list)
    bars: int | None = None


def lyrics_of(
    blocks: Sequence[Block],
    *,
    title: str = "",
    artist: str = "",
    language: str = "",
    tells: Collection[Told] = (),
) -> Lyrics:
    """Make lyrics of blocks: kinds by repetition where none is named, then split or merged to the limits.

    Raises:
        InputError: the song has more lines than a storyboard can hold.
    """
    sections: list[Section] = []
    times: list[LineTime] = []
    directions: list[Direction] = []
    told: set[Told] = set(tells)
    for index, block in enumerate(_fitted(_with_kinds(blocks))):
        assert block.kind is not None
        texts = [line.text for line in block.lines]
        sections.append(Section(kind=block.kind, lines=texts, bars=block.bars))
        for position, line in enumerate(block.lines):
            if line.start_s is not None:
                times.append(_time_of(line, index, position))
            if line.wish is not None:
                directions.append(line.wish.model_copy(update={"section": index, "line": position}))
    told |= {"times"} if times else set()
    told |= {"directions"} if directions else set()
    return Lyrics(
        title=title[:_MAX_TITLE].strip(),
        artist=artist[:_MAX_TITLE].strip(),
        language=language,
        sections=tuple(sections),
        times=tuple(times),
        directions=tuple(directions),
        tells=frozenset(told),
    )


def _time_of(line: SungLine, section: int, position: int) -> LineTime:
    """Return a line's time in whole milliseconds; an end before the start is no end."""
    start_s = round(max(0.0, line.start_s or 0.0), 3)
    end_s = round(line.end_s or 0.0, 3)
    words_s = [round(max(0.0, each), 3) for each in line.words_s]
    is_whole = len(words_s) == len(line.text.split()) and words_s == sorted(words_s)
    return LineTime(
        section=section,
        line=position,
        start_s=start_s,
        end_s=end_s if end_s > start_s else None,
        words_s=words_s if is_whole else [],
    )


def _with_kinds(blocks: Sequence[Block]) -> list[Block]:
    """Name the blocks that have no kind: a block that returns is a chorus, any other a verse."""
    same_as = returning([[line.text for line in block.lines] for block in blocks])
    named = {group: block.kind for group, block in zip(same_as, blocks, strict=True) if block.kind}
    kinds = [
        block.kind or named.get(group) or ("chorus" if same_as.count(group) > 1 else "verse")
        for group, block in zip(same_as, blocks, strict=True)
    ]
    return [replace(block, kind=kind) for kind, block in zip(kinds, blocks, strict=True)]


def _fitted(blocks: list[Block]) -> list[Block]:
    """Split what is too long for a section; then merge neighbours until there are few enough sections."""
    n_lines = sum(len(block.lines) for block in blocks)
    if n_lines > MAX_LINES * MAX_SECTIONS:
        raise InputError(
            f"the lyrics have {n_lines} lines, more than {MAX_LINES * MAX_SECTIONS}",
            where="lyrics",
            hint="give the lyrics of one song",
        )
    fitted = [part for block in blocks for part in _split(block)]
    while len(fitted) > MAX_SECTIONS:
        pairs = [index for index in range(len(fitted) - 1) if _joined_size(fitted, index) <= MAX_LINES]
        if not pairs:
            lines = [line for block in fitted for line in block.lines]
            return _split(Block("verse", lines))
        at = min(pairs, key=lambda index: _loss(fitted, index))
        first, second = fitted[at : at + 2]
        longer = first if len(first.lines) >= len(second.lines) else second
        fitted[at : at + 2] = [Block(longer.kind, first.lines + second.lines)]
    return fitted


def _split(block: Block) -> list[Block]:
    """Cut a block into parts of nearly the same length, none of more than MAX_LINES."""
    n_parts = -(-len(block.lines) // MAX_LINES)
    if n_parts < 2:
        return [block]
    cuts = [len(block.lines) * part // n_parts for part in range(n_parts + 1)]
    return [Block(block.kind, block.lines[cuts[part] : cuts[part + 1]]) for part in range(n_parts)]


def _joined_size(blocks: list[Block], index: int) -> int:
    return len(blocks[index].lines) + len(blocks[index + 1].lines)


def _loss(blocks: list[Block], index: int) -> tuple[bool, bool, int]:
    """Say what merging two neighbours costs: a section without lines least, then one of the same kind."""
    first, second = blocks[index : index + 2]
    has_words = bool(first.lines and second.lines)
    return has_words, first.kind != second.kind, _joined_size(blocks, index)
