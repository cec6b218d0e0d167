"""One device for all: who waits for it, and which scenes are handed over to their generator together."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from storyboard.generators.seams import BatchingVideoGenerator, VideoGenerator, VideoRequest, VideoTake
from storyboard.schema.errors import Cancelled
from storyboard.schema.progress import OnFraction

_AT_ONCE = 8
"""Scenes handed over together at most: all their frames are held until the last one is shot."""


@dataclass(eq=False)
class _Waiting:
    """A scene that waits for the device, and what became of it."""

    generator: str
    backend: VideoGenerator
    request: VideoRequest
    out: Path
    progress: OnFraction
    take: VideoTake | None = None
    error: BaseException | None = None
    reported: float = 0.0

    @property
    def is_done(self) -> bool:
        return self.take is not None or self.error is not None

    def report(self, done: float) -> None:
        """Report progress that only grows, also where a scene is shot a second time, alone."""
        self.reported = max(self.reported, done)
        self.progress(self.reported)


class Gathering:
    """The device that models run on, with everyone who waits for it.

    Whoever gets it shoots for all who wait for the same generator by then, if that can shoot several scenes
    at once.
    """

    def __init__(self) -> None:
        self._device = threading.Lock()
        self._queue = threading.Lock()
        self._waiting: list[_Waiting] = []

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the device for something else than a scene."""
        with self._device:
            yield

    def shoot(
        self, generator: str, backend: VideoGenerator, request: VideoRequest, out: Path, progress: OnFraction
    ) -> VideoTake:
        """Shoot a scene, alone or with others; blocks until it is done.

        Raises:
            StoryboardError: as the generator raises it for this scene.
        """
        own = _Waiting(generator, backend, request, out, progress)
        with self._queue:
            self._waiting.append(own)
        with self._device:
            if not own.is_done:
                _shoot(self._called(own))
        if own.error is not None:
            raise own.error
        assert own.take is not None
        return own.take

    def _called(self, own: _Waiting) -> list[_Waiting]:
        """Take a scene out of the queue, with those that can be shot along with it."""
        with self._queue:
            called = [own]
            if isinstance(own.backend, BatchingVideoGenerator):
                others = [
                    each for each in self._waiting if each is not own and each.generator == own.generator
                ]
                called += others[: _AT_ONCE - 1]
            self._waiting = [each for each in self._waiting if each not in called]
        return called


def _shoot(scenes: Sequence[_Waiting]) -> None:
    """Shoot scenes together; if that fails, one by one, so that each has the error that is its own."""
    if len(scenes) > 1 and _shoot_together(scenes):
        return
    for scene in scenes:
        try:
            scene.take = scene.backend.shoot(scene.request, scene.out, scene.report)
        except BaseException as error:
            scene.error = error
            if isinstance(error, Cancelled) or not isinstance(error, Exception):
                _give_up(scenes, error)
                return


def _shoot_together(scenes: Sequence[_Waiting]) -> bool:
    """Shoot scenes in one call; return whether every one is settled by it."""
    backend = scenes[0].backend
    assert isinstance(backend, BatchingVideoGenerator)
    requests, outs = [scene.request for scene in scenes], [scene.out for scene in scenes]
    try:
        takes = backend.shoot_all(requests, outs, [scene.report for scene in scenes])
    except Cancelled as error:
        _give_up(scenes, error)
        return True
    except Exception:
        for out in outs:
            out.unlink(missing_ok=True)
        return False
    except BaseException as error:
        _give_up(scenes, error)
        return True
    for scene, take in zip(scenes, takes, strict=True):
        scene.take = take
    return True


def _give_up(scenes: Sequence[_Waiting], error: BaseException) -> None:
    for scene in scenes:
        if not scene.is_done:
            scene.error = error
