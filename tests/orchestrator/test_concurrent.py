"""The async calls do the same work without blocking the event loop, and can be cancelled."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

import storyboard
from storyboard.schema.progress import Event, StepStarted


def test_a_plan_is_the_same_and_events_arrive_in_the_loop() -> None:
    threads: set[int] = set()

    def watch(event: Event) -> None:
        threads.add(threading.get_ident())

    async def work() -> storyboard.Storyboard:
        return await storyboard.aplan("a paper boat", seed=3, on_event=watch)

    assert asyncio.run(work()) == storyboard.plan("a paper boat", seed=3)
    assert threads == {threading.get_ident()}


def test_an_error_comes_through() -> None:
    with pytest.raises(storyboard.TopicError):
        asyncio.run(storyboard.acreate(""))


def test_cancelling_stops_the_work_and_keeps_what_is_done(
    short_board: storyboard.Storyboard, tmp_path: Path
) -> None:
    folder = tmp_path / "film"

    async def work() -> None:
        shooting = asyncio.Event()

        def watch(event: Event) -> None:
            if isinstance(event, StepStarted) and event.step == "shoot":
                shooting.set()

        task = asyncio.create_task(storyboard.arender(short_board, out=folder, on_event=watch))
        await shooting.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(work())  # ends when the thread has ended: the default executor is joined
    assert (folder / "timeline.json").exists()
    assert not (folder / "video.mp4").exists()
