"""The same calls for asyncio: the work runs in a thread, and cancelling the task stops it."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from storyboard.orchestrator import run
from storyboard.orchestrator.project import Project
from storyboard.orchestrator.revision import Revision, revise
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import Cancelled
from storyboard.schema.progress import Event, OnEvent, ignore

Result = TypeVar("Result")


async def acreate(topic: str = "", *, on_event: OnEvent = ignore, **options: Any) -> Project:
    """Make a music video from a topic; see `create`. Events arrive in the event loop's thread."""
    return await _in_thread(functools.partial(run.create, topic, **options), on_event)


async def aplan(topic: str = "", *, on_event: OnEvent = ignore, **options: Any) -> Storyboard:
    """Write a storyboard from a topic; see `plan`."""
    return await _in_thread(functools.partial(run.plan, topic, **options), on_event)


async def arender(
    storyboard: Storyboard | str | Path, *, on_event: OnEvent = ignore, **options: Any
) -> Project:
    """Make whatever is missing or changed; see `render`."""
    return await _in_thread(functools.partial(run.render, storyboard, **options), on_event)


async def arevise(
    project: str | Path, request: str, *, on_event: OnEvent = ignore, **options: Any
) -> Revision:
    """Change a project's storyboard as asked for in words; see `revise`."""
    return await _in_thread(functools.partial(revise, project, request, **options), on_event)


async def _in_thread(work: Callable[..., Result], on_event: OnEvent) -> Result:
    loop = asyncio.get_running_loop()
    stopped = threading.Event()

    def relay(event: Event) -> None:
        if stopped.is_set():
            raise Cancelled("stopped; what was finished is kept")
        loop.call_soon_threadsafe(on_event, event)

    try:
        return await asyncio.to_thread(work, on_event=relay)
    except asyncio.CancelledError:
        stopped.set()
        raise
