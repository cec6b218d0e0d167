"""The project folder: where every file of a film lies, and the rules for writing there.

    storyboard.json  timeline.json  sync-report.json  sync-report.html
    song/    voice.wav music.wav mix.wav, a stem each, song.mid, provenance.json; or the user's original.*
    scenes/01.mp4 …     captions/lyrics.srt lyrics.lrc lyrics.ass, lyrics-9x16.ass …
    video.mp4  video-clean.mp4, video-9x16.mp4 …  contact-sheet.png  timeline.png
    .storyboard/     store (everything made, by hash), checkpoints, lock, what was published

What a person put there is never overwritten: it is kept beside under another name.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
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
        self.usage = self.hidden / "usage.json"
        self.history = self.hidden / "history"

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
        entry = f"{source.parent.name}/{source.name}"
        held = self._published().get(name)
        if target.exists():
            if held is not None and held.entry == entry and held.looks_like(target):
                return target
            if sha256_of(target) != sha256_of(source):
                if held is None or not held.is_of(target):
                    target.rename(free_name(target))
                copy_whole(source, target)
        else:
            copy_whole(source, target)
        self._remember(name, _Mark.of(entry, target))
        return target

    def withdraw(self, names: Iterable[str]) -> None:
        """Remove what was published before and is made no more; what somebody changed since stays."""
        for name in names:
            target, held = self.folder / name, self._published().get(name)
            if held is not None and target.exists() and held.is_of(target):
                target.unlink()

    def _published(self) -> dict[str, _Mark]:
        try:
            data = json.loads((self.hidden / "published.json").read_text())
            return {name: _Mark(*fields) for name, fields in data.items()}
        except (OSError, ValueError, TypeError):
            return {}

    def _remember(self, name: str, mark: _Mark) -> None:
        published = {each: astuple(its) for each, its in self._published().items()} | {name: astuple(mark)}
        write_whole(self.hidden / "published.json", json.dumps(published, indent=1, sort_keys=True).encode())


@dataclass(frozen=True)
class _Mark:
    """Which entry of the store a published file is, and how to see whether it was touched since."""

    entry: str
    size: int
    modified_ns: int
    content: str

    @staticmethod
    def of(entry: str, target: Path) -> _Mark:
        status = target.stat()
        return _Mark(entry, status.st_size, status.st_mtime_ns, sha256_of(target))

    def looks_like(self, target: Path) -> bool:
        """Whether size and time are those of the published file."""
        status = target.stat()
        return (status.st_size, status.st_mtime_ns) == (self.size, self.modified_ns)

    def is_of(self, target: Path) -> bool:
        """Whether a file is what was published; in a copied project it has a new time."""
        return self.looks_like(target) or sha256_of(target) == self.content


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that it appears whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, beside)
    os.replace(beside, target)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def free_name(path: Path) -> Path:
    """Return the path itself, else path-2, path-3 … whichever is free."""
    if not path.exists():
        return path
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
    return free_name(parent / folder_name(title))
