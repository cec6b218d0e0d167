"""Progress on a terminal: one bar a step, with the time left. Everything goes to standard error."""

from __future__ import annotations

import platform
import threading
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from storyboard.orchestrator.doctor import Finding
from storyboard.orchestrator.executor import n_cores
from storyboard.schema.errors import Cancelled
from storyboard.schema.progress import Event, Notice, Step, StepFinished, StepProgress, StepStarted

_WORDS: dict[Step, str] = {
    "write_song": "Write the song",
    "tell_story": "Tell the story",
    "cast": "Cast the characters",
    "draw_board": "Draw the board",
    "review": "Review",
    "record": "Record the song",
    "listen": "Listen",
    "plan_cuts": "Plan the cuts",
    "shoot": "Shoot the scenes",
    "assemble": "Assemble",
    "measure": "Measure",
}


def print_findings(findings: list[Finding]) -> None:
    """Print what `doctor` found as a table on standard output."""
    table = Table("", "what", "detail", title=f"Python {platform.python_version()}, {n_cores()} cores")
    for finding in findings:
        table.add_row("ready" if finding.ready else "missing", finding.what, finding.detail)
    Console().print(table)


class Display:
    """Receives progress events from any thread and draws them; also the way to stop a run."""

    def __init__(self, *, silent: bool = False) -> None:
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._parts: dict[Step, dict[int, float]] = {}
        self._tasks: dict[Step, TaskID] = {}
        self._console = Console(stderr=True, quiet=silent, highlight=False)
        self._bars = Progress(
            TextColumn("{task.description:<20}"),
            BarColumn(bar_width=28),
            TextColumn("{task.percentage:>3.0f}%"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[detail]}"),
            console=self._console,
            disable=silent,
        )

    def stop(self, *_: object) -> None:
        """Ask the run to stop at its next sign of progress; asked twice, stop at once."""
        if self._stopped.is_set():
            raise KeyboardInterrupt
        self._stopped.set()

    def __enter__(self) -> Display:
        """Start drawing."""
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the bars as they are."""
        self._bars.stop()

    def __call__(self, event: Event) -> None:
        """Show an event.

        Raises:
            Cancelled: the user asked to stop.
        """
        if self._stopped.is_set():
            raise Cancelled("stopped", hint="run the same command again to go on; what was finished is kept")
        with self._lock:
            if isinstance(event, Notice):
                self._bars.console.print(event.text)
            else:
                self._show(event)

    def _show(self, event: StepStarted | StepProgress | StepFinished) -> None:
        parts = self._parts.setdefault(event.step, {})
        if isinstance(event, StepStarted):
            parts.setdefault(event.part, 0.0)
        else:
            parts[event.part] = event.fraction if isinstance(event, StepProgress) else 1.0
        changes: dict[str, Any] = {"completed": sum(parts.values()) / event.n_parts}
        if isinstance(event, StepFinished) and event.n_parts == 1:
            changes["detail"] = event.detail + (" (unchanged)" if event.reused else "")
        elif isinstance(event, StepFinished):
            changes["detail"] = f"{sum(done >= 1 for done in parts.values())} of {event.n_parts}"
        self._bars.update(self._task(event.step), **changes)

    def _task(self, step: Step) -> TaskID:
        if step not in self._tasks:
            self._tasks[step] = self._bars.add_task(_WORDS[step], total=1.0, detail="")
        return self._tasks[step]
