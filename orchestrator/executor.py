"""Who runs a job: CPU-bound scenes in processes of their own, as many at once as there are cores."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Protocol

from storyboard.generators import registry
from storyboard.generators.seams import VideoRequest
from storyboard.orchestrator.worker import Job
from storyboard.schema import errors
from storyboard.schema.progress import OnFraction


class Executor(Protocol):
    """Runs jobs somewhere. It may be called from several threads at once."""

    def shoot(self, generator: str, request: VideoRequest, out: Path, progress: OnFraction) -> None:
        """Shoot a scene into `out`; blocks until it is done."""
        ...


def n_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LocalExecutor:
    """This machine: one process a core for CPU-bound generators, one scene at a time for the others."""

    def __init__(self, workers: int | None = None) -> None:
        self._processes = threading.BoundedSemaphore(workers or n_cores())
        self._device = threading.Lock()

    def shoot(self, generator: str, request: VideoRequest, out: Path, progress: OnFraction) -> None:
        """Shoot a scene into `out`; blocks until it is done.

        Raises:
            GeneratorError: the generator failed; `where` names the scene.
        """
        backend = registry.video(generator)
        try:
            if backend.capabilities().runs_in == "thread":
                with self._device:
                    backend.shoot(request, out, progress)
            else:
                with self._processes:
                    _shoot_in_process(Job(generator=generator, request=request, out=str(out)), progress)
        except errors.GeneratorError as error:
            error.where = f"scene {request.scene_index + 1} ({request.scene.title})"
            raise


def _shoot_in_process(job: Job, progress: OnFraction) -> None:
    command = [sys.executable, "-m", "storyboard.orchestrator.worker"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    complaints: list[bytes] = []
    reader = threading.Thread(target=lambda stream=process.stderr: complaints.append(stream.read()))
    reader.start()
    try:
        process.stdin.write(job.model_dump_json().encode())
        process.stdin.close()
        finished = any(_heed(line, progress) for line in process.stdout)
    except BrokenPipeError:
        finished = False
    finally:
        process.kill()
        process.wait()
        reader.join()
        process.stdout.close()
        process.stderr.close()
    if not finished:
        lines = b"".join(complaints).decode(errors="replace").strip().splitlines()
        raise errors.GeneratorError(f"the process ended early: {lines[-1] if lines else 'no message'}")


def _heed(line: bytes, progress: OnFraction) -> bool:
    """Act on one line from the worker; return whether it was the last."""
    message = json.loads(line)
    if "progress" in message:
        progress(message["progress"])
    if "error" in message:
        kind = getattr(errors, message["kind"], errors.GeneratorError)
        raise kind(message["error"], where=message.get("where", ""), hint=message.get("hint", ""))
    return "done" in message
