"""Fetch a coqui model, by coqui's own means where it is not on the hub."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from storyboard.generators.models.weights import pull_weights
from storyboard.generators.voice.yourtts.coqui import importable
from storyboard.generators.voice.yourtts.files import (
    WHERE,
    ModelFiles,
    catalogue_path,
    entry_of,
    find_model,
    folder_of,
    home,
    is_catalogued,
    spec_of,
)
from storyboard.schema.errors import Cancelled, GeneratorError, GeneratorUnavailable
from storyboard.schema.progress import OnFraction

_WANTED = ("*.pth", "*.pt", "*.tar", "*.json", "*.npy", "*.txt", "*.yml", "*.yaml")
_TERMS = "https://tts-hub.github.io/cpml"


def pull_model(model: str, progress: OnFraction) -> ModelFiles:
    """Download what is missing of a model and its vocoder.

    Raises:
        GeneratorUnavailable: coqui has no such model, or its terms are not accepted yet.
        GeneratorError: the download failed; nothing of it is left behind.
    """
    if not is_catalogued(model):
        return find_model(model)
    names = [model, *filter(None, [entry_of(model).get("default_vocoder")])]
    for index, name in enumerate(names):
        _pull(name, _share_of(progress, index, len(names)))
    files = find_model(model)
    progress(1.0)
    return files


def _share_of(progress: OnFraction, index: int, n_parts: int) -> OnFraction:
    """Return where one part of a job reports; the end is left to the whole."""
    return lambda fraction: progress((index + min(fraction, 0.999)) / n_parts)


def _pull(name: str, progress: OnFraction) -> None:
    entry = entry_of(name)
    _check_terms(name, entry)
    if entry.get("repo_id"):
        pull_weights(str(entry["repo_id"]), progress, entry.get("allow") or _WANTED)
    elif not folder_of(name).is_dir():
        _download(name, progress)


def _check_terms(name: str, entry: dict[str, Any]) -> None:
    """Refuse where coqui would ask on the terminal: only the user can agree."""
    agreed = os.environ.get("COQUI_TOS_AGREED") == "1" or (folder_of(name) / "tos_agreed.txt").is_file()
    if entry.get("tos_required") and not agreed:
        message = f"{name} is under the Coqui Public Model License ({_TERMS}): non-commercial use only"
        hint = "read it; if you agree to it: COQUI_TOS_AGREED=1 storyboard pull " + spec_of(name)
        raise GeneratorUnavailable(message, where=WHERE, hint=hint)


def _download(name: str, progress: OnFraction) -> None:
    """Let coqui download beside its folder, and move that there when it is complete."""
    target = folder_of(name)
    home().mkdir(parents=True, exist_ok=True)
    with importable():
        from TTS.utils import manage
    with tempfile.TemporaryDirectory(dir=home(), prefix=".pull-") as beside:
        with _reporting(manage, progress):
            _coqui_download(manage, name, Path(beside))
        (Path(beside) / "tts" / target.name).rename(target)
        # A second time, for the paths in the config: they still lead to where it was.
        manage.ModelManager(catalogue_path()).download_model(name)


def _coqui_download(manage: Any, name: str, prefix: Path) -> None:
    try:
        manage.ModelManager(catalogue_path(), output_prefix=prefix, progress_bar=True).download_model(name)
    except Cancelled:
        raise
    except Exception as error:
        hint = "check the connection and the space on the disk, then pull again"
        raise GeneratorError(f"{name} cannot be downloaded ({error})", where=WHERE, hint=hint) from error


@contextmanager
def _reporting(manage: Any, progress: OnFraction) -> Iterator[None]:
    """Receive the bytes of a download in place of the bar that coqui would draw."""
    original = manage.tqdm
    manage.tqdm = lambda total=0, **_: _Bar(int(total or 0), progress)
    try:
        yield
    finally:
        manage.tqdm = original


class _Bar:
    def __init__(self, n_bytes: int, progress: OnFraction) -> None:
        self._n_bytes, self._done, self._progress = n_bytes, 0, progress
        self._reported = -1.0

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def update(self, n_bytes: int) -> None:
        self._done += n_bytes
        fraction = min(1.0, self._done / max(1, self._n_bytes))
        if fraction - self._reported >= 0.01:
            self._reported = fraction
            self._progress(fraction)
