"""Scenes as pictures: that each carries its lines, shows something, and asks for nothing that is heard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyboard.generators.lint.finding import Finding
from storyboard.schema.board import Storyboard
from storyboard.schema.scene import Scene

_FEWEST_SCENES = 3  # a shorter film need not show the song being sung
# What cannot be seen. "Sings", "guitar" and "stage" can, and are left alone.
_HEARD = re.compile(
    r"\b(?:\d+ ?bpm|tempo|lyrics?|chorus|pre-chorus|melod(?:y|ies|ic)|soundtrack|vocals?|downbeats?"
    r"|time signature|(?:first|second|third|last|next|final) verse|bassline|synth pads?|reverb"
    r"|four-on-the-floor|backbeat"
    r"|(?-i:(?:in|key of) [A-G](?:[#b]| sharp| flat)? (?:major|minor)))\b",
    re.IGNORECASE,
)
_ALLOWED = re.compile(r"\bchorus (?:line|girl|boy)s?\b", re.IGNORECASE)


def lines_out_of_order(board: Storyboard) -> Iterator[Finding]:
    """Find scenes that do not carry every sung line once and in order; a validated board always does."""
    due = list(board.song.line_refs())
    carried = [ref for scene in board.scenes for ref in scene.lines]
    if carried == due:
        return
    place = next((i for i, (one, other) in enumerate(zip(carried, due, strict=False)) if one != other), None)
    place = min(len(carried), len(due)) if place is None else place
    section, line = due[place] if place < len(due) else carried[place]
    yield Finding(
        code="lines",
        where="scenes",
        message=f"the scenes must carry every sung line once and in order; see line [{section}, {line}]",
        step="board",
        severity="must",
    )


def chorus_without_performance(board: Storyboard) -> Iterator[Finding]:
    """Find a film in which nobody is seen singing a chorus; a music video shows its song at least once."""
    kinds = [section.kind for section in board.song.sections]
    carrying = [
        index
        for index, scene in enumerate(board.scenes)
        if any(kinds[section] == "chorus" for section, _ in scene.lines if section < len(kinds))
    ]
    performed = any(board.scenes[index].kind == "performance" for index in carrying)
    if carrying and not performed and len(board.scenes) >= _FEWEST_SCENES:
        yield Finding(
            code="performance",
            where=f"scenes[{carrying[0]}].kind",
            message="no chorus is performed; let one scene that carries a chorus be of kind performance",
            step="board",
        )


def nothing_happens(board: Storyboard) -> Iterator[Finding]:
    """Find scenes with people and no actions, and performances without performer."""
    for index, scene in enumerate(board.scenes):
        if scene.characters and not scene.actions.strip():
            message = "nobody does anything; say what each character does"
            yield Finding(
                code="no-action",
                where=f"scenes[{index}].actions",
                message=message,
                step="board",
                severity="must",
            )
        if scene.kind == "performance" and not scene.characters:
            message = "a performance needs a performer; name one of the cast"
            yield Finding(
                code="no-performer", where=f"scenes[{index}].characters", message=message, step="board"
            )


def music_words(board: Storyboard) -> Iterator[Finding]:
    """Find words for what is heard in what a video model is shown: it would draw notes and lettering."""
    for index, scene in enumerate(board.scenes):
        for field, text in _shown(scene):
            found = _HEARD.search(_ALLOWED.sub("", text))
            if found:
                yield Finding(
                    code="music-words",
                    where=f"scenes[{index}].{field}",
                    message=f"\u201c{found.group()}\u201d cannot be seen; describe the picture only",
                    step="board",
                )


def _shown(scene: Scene) -> Iterator[tuple[str, str]]:
    yield from ((field, getattr(scene, field)) for field in ("setting", "actions", "camera", "mood"))
    if scene.has_own_prompt:
        yield "prompt", scene.prompt
