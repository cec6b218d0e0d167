"""The content-addressed store: everything made, under the hash of what it was made from.

An entry is a folder. It is filled beside and renamed, so it is there whole or not at all, and what
was made once for the same inputs is never made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import BaseModel


def key_of(kind: str, **inputs: Any) -> str:
    """Return the key of a result: a hash of everything that it is made from."""
    plain = {name: _plain(value) for name, value in inputs.items()}
    text = json.dumps([kind, plain], sort_keys=True, ensure_ascii=False)
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:24]}"


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value


class Store:
    """A folder of finished results."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __contains__(self, key: str) -> bool:
        """Whether the result is there, whole."""
        return (self.folder / key).is_dir()

    def path(self, key: str, name: str) -> Path:
        """Return the path of one file of an entry."""
        return self.folder / key / name

    def make(self, key: str, fill: Callable[[Path], None]) -> bool:
        """Make sure that an entry is there; `fill` writes its files. Return whether it was there already."""
        if key in self:
            return True
        beside = self.folder / f".{key}.{uuid.uuid4().hex[:8]}"
        beside.mkdir(parents=True)
        try:
            fill(beside)
            _flush(beside)
            self._rename(beside, key)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        return False

    def _rename(self, beside: Path, key: str) -> None:
        try:
            os.rename(beside, self.folder / key)
        except OSError:
            if key not in self:  # else another worker made the same thing first
                raise

    def sweep(self) -> None:
        """Remove what a killed run left half made."""
        if self.folder.is_dir():
            for beside in self.folder.glob(".*-*"):
                shutil.rmtree(beside, ignore_errors=True)


def _flush(folder: Path) -> None:
    for path in folder.iterdir():
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
