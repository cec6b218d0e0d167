"""Who runs a job: CPU-bound scenes in processes of their own, models one after the other on their device."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Protocol

from storyboard.generators import registry
from storyboard.generators.seams import ImageRequest, ImageTake, VideoRequest, VideoTake
from storyboard.orchestrator.gathering import Gathering
from storyboard.orchestrator.worker import Job
from storyboard.schema import errors
from storyboard.schema.progress import OnFraction


class Executor(Protocol):
    """Runs jobs somewhere. It may be called from several threads at once."""

    def shoot(self, generator: str, request: VideoRequest, out: Path, progress: OnFraction) -> VideoTake:
        """Shoot a scene into `out`; blocks until it is done."""
        ...

    def draw(self, generator: str, request: ImageRequest, out: Path, progress: OnFraction) -> ImageTake:
        """Draw a picture into `out`; blocks until it is done."""
        ...


def n_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LocalExecutor:
    """This machine: one process a core for CPU-bound generators, one job at a time for those with a device.

    Scenes that wait for the device are handed over together where their generator can shoot several at
    once. What runs on a server waits for nothing here.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._processes = threading.BoundedSemaphore(workers or n_cores())
        self._device = Gathering()

    def shoot(self, generator: str, request: VideoRequest, out: Path, progress: OnFraction) -> VideoTake:
        """Shoot a scene into `out`; blocks until it is done.

        Raises:
            GeneratorError: the generator failed; `where` names the scene.
        """
        backend = registry.video(generator)
        try:
            match backend.capabilities().runs_in:
                case "thread":
                    return self._device.shoot(generator, backend, request, out, progress)
                case "elsewhere":
                    return backend.shoot(request, out, progress)
                case "process":
                    with self._processes:
                        return _shoot_in_process(
                            Job(generator=generator, request=request, out=str(out)), progress
                        )
        except errors.GeneratorError as error:
            error.where = f"scene {request.scene_index + 1} ({request.scene.title})"
            raise

    def draw(self, generator: str, request: ImageRequest, out: Path, progress: OnFraction) -> ImageTake:
        """Draw a picture into `out`; blocks until it is done."""
        with self._device.alone():
            return registry.image(generator).draw(request, out, progress)


def _shoot_in_process(job: Job, progress: OnFraction) -> VideoTake:
    command = [sys.executable, "-m", "storyboard.orchestrator.worker"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    complaints: list[bytes] = []
    reader = threading.Thread(target=lambda stream=process.stderr: complaints.append(stream.read()))
    reader.start()
    take: VideoTake | None = None
    try:
        process.stdin.write(job.model_dump_json().encode())
        process.stdin.close()
        for line in process.stdout:
            take = _heed(line, progress)
            if take is not None:
                break
    except BrokenPipeError:
        pass
    finally:
        process.kill()
        process.wait()
        reader.join()
        process.stdout.close()
        process.stderr.close()
    if take is None:
        lines = b"".join(complaints).decode(errors="replace").strip().splitlines()
        raise errors.GeneratorError(f"the process ended early: {lines[-1] if lines else 'no message'}")
    return take


def _heed(line: bytes, progress: OnFraction) -> VideoTake | None:
    """Act on one line from the worker; return the take that the last one holds."""
    message = json.loads(line)
    if "progress" in message:
        progress(message["progress"])
    if "error" in message:
        kind = getattr(errors, message["kind"], errors.GeneratorError)
        raise kind(message["error"], where=message.get("where", ""), hint=message.get("hint", ""))
    return VideoTake.model_validate(message["take"]) if "take" in message else None
