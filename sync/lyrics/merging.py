"""Bringing edited lyrics into a storyboard: scenes keep the lines they had."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from storyboard.schema.board import Direction, Storyboard
from storyboard.schema.errors import InputError
from storyboard.schema.files import invalid
from storyboard.schema.song import LineRef, LineTime, Section
from storyboard.sync.lyrics.lyrics import Block, Lyrics, SungLine, lyrics_of
from storyboard.sync.lyrics.returning import key

_ALIKE = 0.5
"""Lines with less in common than this (difflib's ratio) are not the same line edited."""


def merged(board: Storyboard, lyrics: Lyrics) -> Storyboard:
    """Return the storyboard with other lyrics, times and wishes for lines.

    As many lines as before: each takes the place of the one it stands for. Else they are matched by their
    words; an added line goes to the scene, and where the file names no sections to the section, of the line
    before it. Sections, times and wishes of which the file tells nothing stay as they are. Times of a song
    that is made here are where its voice sings, so they are not taken from a file.

    Raises:
        InputError: a scene would be left without a line, or a storyboard cannot hold the result.
    """
    old = list(board.song.line_refs())
    sources = _sources([board.song.line(ref) for ref in old], lyrics.lines())
    told = _resectioned(board, lyrics, old, sources)
    refs = list(told.line_refs())
    new_of = {old[source]: ref for source, ref in zip(sources, refs, strict=True) if source is not None}
    data = board.model_dump()
    data["song"]["sections"] = [section.model_dump() for section in told.sections]
    data["song"]["times"] = _dumped(_times(board, told, new_of))
    data["directions"] = _dumped(_directions(board, told, new_of))
    for scene, lines in zip(data["scenes"], _scene_lines(board, old, sources, refs), strict=True):
        scene["lines"] = lines
    try:
        return Storyboard.model_validate(data)
    except ValidationError as error:
        raise invalid(error, "lyrics") from error


def _sources(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return for each new line the old one that it is, or None for one that was added."""
    if len(old) == len(new):
        return list(range(len(new)))
    sources: list[int | None] = [None] * len(new)
    before, after = [key(line) for line in old], [key(line) for line in new]
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for what, first, end, new_first, new_end in matcher.get_opcodes():
        if what == "equal":
            sources[new_first:new_end] = range(first, end)
        elif what == "replace":
            for one, other in _edited(before[first:end], after[new_first:new_end]):
                sources[new_first + other] = first + one
    return sources


def _edited(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pair lines that are the same with some words changed, in order, so that most is in common."""
    best: list[list[tuple[float, list[tuple[int, int]]]]] = [[(0.0, [])] * (len(new) + 1)]
    for one, before in enumerate(old):
        row: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
        for other, after in enumerate(new):
            ratio = difflib.SequenceMatcher(None, before, after, autojunk=False).ratio()
            total, pairs = best[one][other]
            paired = (total + ratio, [*pairs, (one, other)]) if ratio >= _ALIKE else (0.0, [])
            row.append(max(best[one][other + 1], row[other], paired, key=lambda each: each[0]))
        best.append(row)
    return best[-1][-1][1]


def _resectioned(
    board: Storyboard, lyrics: Lyrics, old: Sequence[LineRef], sources: Sequence[int | None]
) -> Lyrics:
    """Return the lyrics in the sections that they name; else in those of the board."""
    if "sections" in lyrics.tells or not old:
        return replace(lyrics, sections=_with_bars(lyrics.sections, board.song.sections))
    times = {time.ref: time for time in lyrics.times}
    wishes = {wish.ref: wish for wish in lyrics.directions}
    blocks = [Block(section.kind) for section in board.song.sections]
    section = next(old[source][0] for source in [*sources, 0] if source is not None)
    for ref, text, source in zip(lyrics.line_refs(), lyrics.lines(), sources, strict=True):
        section = section if source is None else old[source][0]
        line = SungLine(text, wish=wishes.get(ref))
        if time := times.get(ref):
            line = replace(line, start_s=time.start_s, end_s=time.end_s, words_s=tuple(time.words_s))
        blocks[section].lines.append(line)
    kept = []
    for block, before in zip(blocks, board.song.sections, strict=True):
        if len(block.lines) == len(before.lines):
            block.bars = before.bars
        if block.lines or not before.lines:
            kept.append(block)
    return lyrics_of(kept, tells=lyrics.tells)


def _with_bars(new: Sequence[Section], old: Sequence[Section]) -> tuple[Section, ...]:
    """Return new sections with the bars of the old ones that they are: same kind, as many lines, in order."""
    before, after = ([(section.kind, len(section.lines)) for section in part] for part in (old, new))
    sections = list(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for first, new_first, n in matcher.get_matching_blocks():
        for index in range(n):
            bars = old[first + index].bars
            sections[new_first + index] = new[new_first + index].model_copy(update={"bars": bars})
    return tuple(sections)


def _times(board: Storyboard, told: Lyrics, new_of: dict[LineRef, LineRef]) -> list[LineTime]:
    if (told.times or "times" in told.tells) and (board.song.audio or board.song.times):
        return list(told.times)
    kept = []
    for time in board.song.times:
        if ref := new_of.get(time.ref):
            text = told.sections[ref[0]].lines[ref[1]]
            words_s = time.words_s if len(text.split()) == len(time.words_s) else []
            kept.append(time.model_copy(update={"section": ref[0], "line": ref[1], "words_s": words_s}))
    return kept


def _directions(board: Storyboard, told: Lyrics, new_of: dict[LineRef, LineRef]) -> list[Direction]:
    if told.directions or "directions" in told.tells:
        return list(told.directions)
    kept = [(new_of[wish.ref], wish) for wish in board.directions if wish.ref in new_of]
    return [wish.model_copy(update={"section": ref[0], "line": ref[1]}) for ref, wish in kept]


def _scene_lines(
    board: Storyboard, old: Sequence[LineRef], sources: Sequence[int | None], refs: Sequence[LineRef]
) -> list[list[LineRef]]:
    """Return the lines of every scene.

    Raises:
        InputError: one would have none.
    """
    n_scenes = len(board.scenes)
    scene_of = {ref: index for index, scene in enumerate(board.scenes) for ref in scene.lines}
    lines: list[list[LineRef]] = [[] for _ in board.scenes]
    current = 0
    for position, (ref, source) in enumerate(zip(refs, sources, strict=True)):
        if source is not None:
            current = scene_of[old[source]]
        elif not old:  # an instrumental film gets its first words: in equal parts
            current = position * n_scenes // len(refs)
        lines[current].append(ref)
    for scene, carried in zip(board.scenes, lines, strict=True):
        if not carried:
            raise InputError(
                f"scene {scene.id} ({scene.title}) would be left without a line",
                where="lyrics",
                hint="keep one of its lines, or first take the scene out of storyboard.json and give its"
                " lines to a neighbour",
            )
    return lines


def _dumped(parts: Sequence[LineTime] | Sequence[Direction]) -> list[dict[str, Any]]:
    return [part.model_dump() for part in parts]
