"""Killed anywhere and started again, a run goes on; scenes that were done are not shot again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import storyboard
from storyboard.schema.errors import Cancelled
from storyboard.schema.files import save


def children_of(pid: int) -> list[int]:
    """Return the processes that any thread of a process started (Linux)."""
    files = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in files for child in path.read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"


def wait_for(condition: object, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "timed out"
        time.sleep(0.02)


def clips(folder: Path) -> dict[str, int]:
    entries = (folder / ".storyboard/store").glob("clip-*/clip.mp4")
    return {path.parent.name: path.stat().st_mtime_ns for path in entries}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and /proc are of Unix")
def test_a_run_killed_in_the_shoot_goes_on(short_board: storyboard.Storyboard, tmp_path: Path) -> None:
    folder = tmp_path / "film"
    # Large enough that the kill falls while scenes are being shot.
    board = short_board.model_copy(update={"look": short_board.look.model_copy(update={"height": 288})})
    save(board, folder / "storyboard.json")
    command = [sys.executable, "-m", "storyboard.interfaces.cli", "render", str(folder), "--quiet"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    workers: list[int] = []

    def first_clip_is_there() -> bool:
        workers.extend(child for child in children_of(process.pid) if child not in workers)
        return bool(clips(folder)) or process.poll() is not None

    wait_for(first_clip_is_there)
    process.kill()
    assert process.wait() == -signal.SIGKILL, "killed before its end"
    done = clips(folder)
    assert 1 <= len(done) < 3
    assert not (folder / "video.mp4").exists()
    wait_for(lambda: not any(is_alive(worker) for worker in workers), 30)

    finished = subprocess.run([*command, "--json"], capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr
    after = clips(folder)
    assert len(after) == 3
    assert {key: after[key] for key in done} == done, "what was shot before the kill is the very same file"
    assert storyboard.load(folder).report.cuts > 0
    assert list((folder / ".storyboard/store").glob(".*")) == [], "nothing half made is left"


def test_an_interrupt_ends_the_command_cleanly(short_board: storyboard.Storyboard, tmp_path: Path) -> None:
    folder = tmp_path / "film"
    save(short_board, folder / "storyboard.json")
    command = [sys.executable, "-m", "storyboard.interfaces.cli", "render", str(folder), "--quiet"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_for(lambda: (folder / "timeline.json").exists() or process.poll() is not None)
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=60)
    assert process.returncode == 130
    assert complaint.splitlines()[0] == "error: stopped"
    assert "run the same command again" in complaint
    assert not children_of(process.pid)


def test_a_stopped_run_resumes_at_the_step_it_was_in(
    short_film: storyboard.Project, tmp_path: Path, short_board: storyboard.Storyboard
) -> None:
    folder = tmp_path / "film"

    def stop(event: object) -> None:
        if getattr(event, "step", "") == "plan_cuts":
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        storyboard.render(short_board, out=folder, on_event=stop)
    steps: list[str] = []

    def watch(event: object) -> None:
        steps.append(getattr(event, "step", ""))
        if steps[-1] == "shoot":
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        storyboard.render(folder, on_event=watch)
    assert steps[0] == "plan_cuts", "recording and listening are behind it"


def test_an_edit_after_a_stop_starts_from_the_edited_storyboard(
    tmp_path: Path, short_board: storyboard.Storyboard
) -> None:
    folder = tmp_path / "film"

    def stop(event: object) -> None:
        if getattr(event, "step", "") == "plan_cuts":
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        storyboard.render(short_board, out=folder, on_event=stop)
    faster = short_board.song.model_copy(update={"tempo_bpm": 150})
    save(short_board.model_copy(update={"song": faster}), folder / "storyboard.json")
    with pytest.raises(Cancelled):
        storyboard.render(folder, on_event=lambda event: stop_at_shoot(event))
    beats = storyboard.load(folder).timeline.song_map.beats_s
    assert beats[1] == pytest.approx(60 / 150)


def stop_at_shoot(event: object) -> None:
    if getattr(event, "step", "") == "shoot":
        raise Cancelled("enough")
