"""The process in which mindone's pipeline lives: jobs go out as lines of JSON, steps come back."""

from __future__ import annotations

import json
import subprocess
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from storyboard.schema.errors import GeneratorError

_WORKER = Path(__file__).with_name("mindone_worker.py")


class Process:
    """A pipeline that is held in another Python; it counts its steps as diffusers' pipelines do.

    Args:
        python: the interpreter that has mindone.
        kind: animatediff or svd.
        model: the folder of the pipeline.
        adapter: the folder of the motion adapter.
        dtype_name: the number format.
    """

    def __init__(self, python: str, kind: str, model: Path, adapter: Path, dtype_name: str) -> None:
        # As text, not as a file: beside that, this project's mindone.py would hide the package of that name.
        program = _WORKER.read_text(encoding="utf-8")
        self._command = [python, "-c", program, kind, str(model), str(adapter), dtype_name]
        self._worker: _Worker | None = None

    def to(self, _: str) -> Process:
        """Stay where it is: the worker puts its pipeline on the card itself."""
        return self

    def progress_bar(self, total: int | None = None) -> Any:
        """Be replaced by whoever counts the steps."""
        raise NotImplementedError

    def run(self, job: dict[str, Any]) -> None:
        """Have a job done; returns when its file is written.

        Raises:
            GeneratorError: the model failed, or the process ended.
            Cancelled: from the progress; the process is ended.
        """
        worker = self._worker = self._worker or _Worker(self._command)
        try:
            with self.progress_bar(total=job["num_inference_steps"]) as bar:
                for said in worker.answers(job):
                    if "error" in said:
                        raise GeneratorError(f"mindone failed ({said['error']})")
                    if "step" in said:
                        bar.update()
        except BaseException:
            self._worker = None
            worker.end()
            raise


class _Worker:
    """The process itself, and what it complains of."""

    def __init__(self, command: list[str]) -> None:
        complaints = tempfile.TemporaryFile()
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints)
        self._process, self._complaints = process, complaints
        self.end = weakref.finalize(self, _end, process, complaints)

    def answers(self, job: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield what it says of a job until that is done.

        Raises:
            GeneratorError: it ended early.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(job).encode() + b"\n")
            self._process.stdin.flush()
        for line in self._process.stdout:
            said = _said(line)
            if "done" in said:
                return
            yield said
        raise GeneratorError(f"mindone's process ended early: {self._last_complaint()}")

    def _last_complaint(self) -> str:
        self._process.wait()
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "no message"


def _said(line: bytes) -> dict[str, Any]:
    """Read a line of the worker's; what its packages print is none."""
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _end(process: subprocess.Popen[bytes], complaints: IO[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, complaints):
        if stream is not None:
            with suppress(BrokenPipeError):
                stream.close()
