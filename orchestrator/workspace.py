"""The project folder: where every file of a film lies, and the rules for writing there.

    storyboard.json  timeline.json  sync-report.json
    song/voice.wav music.wav mix.wav     scenes/01.mp4 …     captions/lyrics.srt lyrics.lrc lyrics.ass
    video.mp4  contact-sheet.png  timeline.png
    .storyboard/     store (everything made, by hash), checkpoints, lock, what was published

What a person put there is never overwritten: it is kept beside under another name.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from storyboard.orchestrator.store import Store
from storyboard.schema.errors import ProjectError
from storyboard.schema.files import write_whole


class Workspace:
    """A project folder. Creating the object touches nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hidden = folder / ".storyboard"
        self.store = Store(self.hidden / "store")
        self.storyboard = folder / "storyboard.json"
        self.timeline = folder / "timeline.json"
        self.report = folder / "sync-report.json"
        self.video = folder / "video.mp4"
        self.contact_sheet = folder / "contact-sheet.png"
        self.timeline_picture = folder / "timeline.png"
        self.checkpoints = self.hidden / "checkpoints.sqlite"
        self.brief = self.hidden / "brief.json"

    def prepare(self) -> None:
        """Make the folder and its hidden part.

        Raises:
            ProjectError: the folder cannot be written.
        """
        try:
            self.hidden.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ProjectError(
                f"cannot be written ({error.strerror})",
                where=str(self.folder),
                hint="choose another folder with --out",
            ) from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the project for one run; the operating system lets go if the process dies.

        Raises:
            ProjectError: another run holds it.
        """
        self.prepare()
        lock = FileLock(self.hidden / "lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise ProjectError(
                "another run works on this project",
                where=str(self.folder),
                hint="wait for it to end, or choose another folder with --out",
            ) from error
        try:
            self.store.sweep()
            yield
        finally:
            lock.release()

    def publish(self, source: Path, name: str) -> Path:
        """Copy a file from the store to its place in the project, unless it is there already.

        A file that somebody else put there is kept beside, never overwritten.
        """
        target = self.folder / name
        published = self._published()
        if target.exists():
            if published.get(name) == _mark(source, target):
                return target
            if name not in published or published[name][1] != _mark(source, target)[1]:
                target.rename(_free_name(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.part")
        shutil.copyfile(source, beside)
        os.replace(beside, target)
        self._remember(name, _mark(source, target))
        return target

    def _published(self) -> dict[str, list[str]]:
        try:
            return dict(json.loads((self.hidden / "published.json").read_text()))
        except (OSError, ValueError):
            return {}

    def _remember(self, name: str, mark: list[str]) -> None:
        published = self._published() | {name: mark}
        write_whole(self.hidden / "published.json", json.dumps(published, indent=1, sort_keys=True).encode())


def _mark(source: Path, target: Path) -> list[str]:
    """Return which entry of the store a published file is, and how to see whether it was touched."""
    status = target.stat()
    return [f"{source.parent.name}/{source.name}", f"{status.st_size}-{status.st_mtime_ns}"]


def _free_name(path: Path) -> Path:
    """Return path-2, path-3 … whichever is free."""
    number = 2
    while (free := path.with_stem(f"{path.stem}-{number}")).exists():
        number += 1
    return free


def folder_name(title: str) -> str:
    """Return a title as the name of a folder: lower case, words joined by hyphens, any script."""
    words = re.findall(r"[\w']+", unicodedata.normalize("NFC", title).lower())
    name = "-".join(word.strip("_'").replace("'", "") for word in words)
    return re.sub(r"-+", "-", name).strip("-")[:60].strip("-") or "untitled"


def free_folder(parent: Path, title: str) -> Path:
    """Return a folder named after a title that does not exist yet."""
    folder = parent / folder_name(title)
    return _free_name(folder) if folder.exists() else folder
