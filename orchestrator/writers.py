"""Open the writer of a project, and keep account of what its questions took."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from storyboard.generators.llm import Brief, Writer, open_writer
from storyboard.generators.llm.usage import Usage
from storyboard.orchestrator.options import Options
from storyboard.orchestrator.state import Context, Draft
from storyboard.orchestrator.workspace import Workspace
from storyboard.prompts import render
from storyboard.schema.board import Storyboard
from storyboard.schema.files import load, save


@contextmanager
def writer_of(workspace: Workspace, spec: str, context: Context) -> Iterator[Writer]:
    """Open a writer, once in a run; what it takes is added to the project's account, also when it fails."""
    if spec not in context.writers:
        usage = usage_of(workspace)
        writer = open_writer(spec, render, max_cost_usd=context.max_cost_usd, usage=usage)
        context.writers[spec] = (writer, usage)
    writer, usage = context.writers[spec]
    n_calls = usage.total.n_calls
    try:
        yield writer
    finally:
        if usage.total.n_calls != n_calls:
            save(usage, workspace.usage)


def usage_of(workspace: Workspace) -> Usage:
    """Return what writing this project has taken until now."""
    return load(workspace.usage, Usage) if workspace.usage.exists() else Usage()


def brief_of(options: Options, draft: Draft) -> Brief:
    """Return what a writer is told of the user's options, and of the user's song if there is one."""
    return Brief(
        topic=options.topic,
        seed=options.seed,
        n_scenes=options.scenes,
        style=options.style,
        language=draft.language,
        aspect=options.aspect,
        moods=tuple(draft.moods),
        is_given=options.song is not None,
    )


def brief_for(board: Storyboard) -> Brief:
    """Return the brief that a storyboard answers, for a writer that revises it."""
    return Brief(
        topic=board.topic,
        seed=board.seed,
        n_scenes=len(board.scenes),
        style=board.look.style,
        language=board.language,
        aspect=board.look.aspect,
        is_given=board.song.audio is not None,
    )
