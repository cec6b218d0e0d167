"""Fetch one file by its address: what came before a break is kept, and the whole file appears at once."""

from __future__ import annotations

import os
import shutil
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import cast

from storyboard.schema.errors import GeneratorError
from storyboard.schema.progress import OnFraction

_BLOCK_BYTES = 1 << 18
_PATIENCE_S = 60.0
_PARTIAL_CONTENT, _NOT_SATISFIABLE = 206, 416


def fetch_file(url: str, path: Path, progress: OnFraction) -> None:
    """Bring a file from a web server to `path`, unless it is there.

    Args:
        url: http or https.
        path: where the file shall be. Until it is whole, `path` with ".part" holds what came, and the
            next call goes on from there where the server can.
        progress: receives the fraction of the bytes that are here; may raise Cancelled.

    Raises:
        GeneratorError: the server cannot be reached, has no such file or sent another length, or the
            disk is full.
    """
    if path.is_file():
        progress(1.0)
        return
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _fetch(url, part, progress)
        os.replace(part, path)
    except urllib.error.HTTPError as error:
        raise _failure(url, f"the server says {error.code} {error.reason}") from error
    except (OSError, HTTPException) as error:
        raise _failure(url, f"the download stopped ({error or type(error).__name__})") from error
    progress(1.0)


def _fetch(url: str, part: Path, progress: OnFraction) -> None:
    here = part.stat().st_size if part.exists() else 0
    try:
        answer = _open(url, here)
    except urllib.error.HTTPError as error:
        if error.code != _NOT_SATISFIABLE or not here:
            raise
        part.unlink()  # it is not the beginning of what the server has now
        here, answer = 0, _open(url, 0)
    with answer:
        if answer.status != _PARTIAL_CONTENT:
            here = 0
        length = answer.headers["Content-Length"]
        total = here + int(length) if length else None
        _check_space(part.parent, (total or 0) - here)
        with part.open("ab" if here else "wb") as file:
            while block := answer.read(_BLOCK_BYTES):
                file.write(block)
                here += len(block)
                progress(min(0.999, here / total) if total else 0.0)
            file.flush()
            os.fsync(file.fileno())
    if total is not None and here != total:
        raise OSError(f"{here} of {total} bytes came")


def _open(url: str, first_byte: int) -> HTTPResponse:
    wanted = {"Range": f"bytes={first_byte}-"} if first_byte else {}
    request = urllib.request.Request(url, headers={"User-Agent": "storyboard", **wanted})
    return cast(HTTPResponse, urllib.request.urlopen(request, timeout=_PATIENCE_S))


def _check_space(folder: Path, n_bytes: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < n_bytes:
        raise OSError(f"{n_bytes / 1e6:.0f} MB do not fit on the disk of {folder}, {free / 1e6:.0f} MB free")


def _failure(url: str, message: str) -> GeneratorError:
    hint = "check the connection and the space on the disk, then pull again: what came is kept"
    return GeneratorError(message, where=url, hint=hint)
