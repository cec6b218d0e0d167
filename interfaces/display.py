"""Progress on a terminal: one bar a step, with the time left. Everything goes to standard error."""

from __future__ import annotations

import platform
import sys
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from storyboard.orchestrator.doctor import Finding
from storyboard.orchestrator.executor import n_cores
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import Cancelled
from storyboard.schema.progress import Event, Notice, Step, StepFinished, StepProgress, StepStarted

_WORDS: dict[Step, str] = {
    "adopt_song": "Hear your song",
    "write_song": "Write the song",
    "tell_story": "Tell the story",
    "cast": "Cast the characters",
    "draw_board": "Draw the board",
    "review": "Review",
    "record": "Record the song",
    "listen": "Listen",
    "plan_cuts": "Plan the cuts",
    "draw_pictures": "Draw the pictures",
    "shoot": "Shoot the scenes",
    "assemble": "Assemble",
    "measure": "Measure",
    "export": "Export",
    "pull": "Fetch the weights",
}


def print_findings(findings: list[Finding]) -> None:
    """Print what `doctor` found as a table on standard output."""
    table = Table("", "what", "detail", title=f"Python {platform.python_version()}, {n_cores()} cores")
    for finding in findings:
        table.add_row("ready" if finding.ready else "missing", finding.what, escape(finding.detail))
    Console().print(table)


def board_text(board: Storyboard) -> str:
    """Return a storyboard as a page of text: song, cast and scenes."""
    song = board.song
    lines = [f"{song.title} ({song.tags})", ""]
    for section in song.sections:
        lines += [f"[{section.kind}]", *section.lines, ""]
    lines += [board.story.summary, ""]
    for character in board.cast:
        clothes = ", ".join(f"{garment.color} {garment.item}" for garment in character.clothing)
        lines.append(
            f"{character.name}: {character.gender}, {character.age}, {character.hair.color} hair; {clothes}"
        )
    for number, scene in enumerate(board.scenes, start=1):
        lines += ["", f"{number}. {scene.title}{' (locked)' if scene.locked else ''}"]
        lines.append(f"   {scene.setting}; {scene.time_of_day}, {scene.weather}; {scene.camera}")
        lines += [f"   {scene.actions}", *(f"   ♪ {song.line(ref)}" for ref in scene.lines)]
    lines += ["", *(f"note: {note}" for note in board.notes)]
    return "\n".join(lines)


def _stopped() -> Cancelled:
    return Cancelled("stopped", hint="run the same command again to go on; what was finished is kept")


class Display:
    """Receives progress events from any thread and draws them; also the way to stop a run."""

    def __init__(self, *, silent: bool = False) -> None:
        self._stopped = threading.Event()
        self._asks = False
        self._lock = threading.Lock()
        self._parts: dict[Step, dict[int, float]] = {}
        self._tasks: dict[Step, TaskID] = {}
        self._n_reused: dict[Step, int] = {}
        self._finished: dict[Step, set[int]] = {}
        self._console = Console(stderr=True, quiet=silent, highlight=False)
        self._bars = Progress(
            TextColumn("{task.description}", table_column=Column(width=19, no_wrap=True)),
            BarColumn(bar_width=None, table_column=Column(width=16)),
            TextColumn("{task.percentage:>3.0f}%", table_column=Column(width=4, no_wrap=True)),
            TimeRemainingColumn(compact=True, table_column=Column(width=5, no_wrap=True)),
            TextColumn("{task.fields[detail]}", table_column=Column(ratio=1, no_wrap=True)),
            console=self._console,
            expand=True,
            disable=silent or not self._console.is_terminal,
        )

    def stop(self, *_: object) -> None:
        """Ask the run to stop at its next sign of progress; asked twice, or at a question, stop at once."""
        if self._stopped.is_set() or self._asks:
            raise _stopped()
        self._stopped.set()

    def ask(self, board: Storyboard, complaint: str) -> str:
        """Show a storyboard to the person at the terminal; return what to change, "" to go on.

        Raises:
            Cancelled: there is nobody to ask, or they stopped.
        """
        self._bars.stop()
        page = Console(stderr=True, highlight=False)
        page.print(board_text(board), markup=False)
        if complaint:
            page.print(f"That could not be done: {complaint}", markup=False)
        page.print("Enter to go on, or say what to change:", markup=False)
        self._asks = True
        line = sys.stdin.readline()
        self._asks = False
        if not line:
            raise _stopped()
        self._bars.start()
        return line.strip()

    def tell(self, lines: Sequence[str]) -> None:
        """Show lines of text."""
        for line in lines:
            self._console.print(line, markup=False, soft_wrap=True)

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
            raise _stopped()
        with self._lock:
            if isinstance(event, Notice):
                self._console.print(event.text, markup=False, soft_wrap=True)
            else:
                self._show(event)

    def _show(self, event: StepStarted | StepProgress | StepFinished) -> None:
        parts = self._parts.setdefault(event.step, {})
        if isinstance(event, StepStarted):
            self._complete_others(event.step)
            parts.setdefault(event.part, 0.0)
        else:
            parts[event.part] = event.fraction if isinstance(event, StepProgress) else 1.0
        changes: dict[str, Any] = {"completed": sum(parts.values()) / event.n_parts}
        if isinstance(event, StepFinished):
            self._n_reused[event.step] = self._n_reused.get(event.step, 0) + event.reused
            finished = self._finished.setdefault(event.step, set())
            finished.add(event.part)
            changes["detail"] = self._detail(event, len(finished))
        self._bars.update(self._task(event.step), **changes)
        if isinstance(event, StepFinished) and self._bars.disable:
            name = f"{_WORDS[event.step]}: " if event.n_parts == 1 else ""
            self._console.print(f"{name}{changes['detail'] or 'done'}", markup=False, soft_wrap=True)

    def _detail(self, event: StepFinished, n_done: int) -> str:
        if event.n_parts == 1:
            return f"{event.detail} (unchanged)".lstrip() if event.reused else event.detail
        kept = self._n_reused[event.step]
        return f"{n_done} of {event.n_parts} scenes" + (f", {kept} unchanged" if kept else "")

    def _complete_others(self, step: Step) -> None:
        """Fill the bars before this step: after a resume, some of their parts are not told again."""
        for other, task in self._tasks.items():
            if other != step and list(_WORDS).index(other) < list(_WORDS).index(step):
                self._bars.update(task, completed=1.0)

    def _task(self, step: Step) -> TaskID:
        if step not in self._tasks:
            self._tasks[step] = self._bars.add_task(_WORDS[step], total=1.0, detail="")
        return self._tasks[step]
