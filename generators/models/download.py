"""Download a model from the Hugging Face hub: the one place of the models that uses the network."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any

from storyboard.generators.models.quiet import hush
from storyboard.schema.errors import GeneratorError, StoryboardError
from storyboard.schema.progress import OnFraction

_SAME_WEIGHTS = (".bin", ".ckpt", ".pt", ".pth", ".h5", ".msgpack", ".onnx", ".ot")
_VARIANTS = (".fp16.", ".non_ema.", ".bf16.")


def download(model: str, progress: OnFraction, allow_patterns: Sequence[str] | None) -> None:
    """Bring the wanted files of ORG/NAME or ORG/NAME@REVISION into the hub's cache.

    Raises:
        GeneratorError: the hub has no such model, it cannot be reached, or the disk is full.
    """
    hush()
    report = _Report(progress)
    try:
        _fetch(model, report, allow_patterns)
    except Exception as error:
        if report.stopped:
            raise report.stopped from None
        if isinstance(error, StoryboardError):
            raise
        raise _told(error, model) from error
    progress(1.0)


def _fetch(model: str, report: _Report, allow_patterns: Sequence[str] | None) -> None:
    import huggingface_hub
    from huggingface_hub import constants

    name, _, revision = model.partition("@")
    tree = huggingface_hub.HfApi().list_repo_tree(name, recursive=True, revision=revision or None)
    sizes = {each.path: each.size for each in tree if isinstance(each, huggingface_hub.RepoFile)}
    names = wanted_files(sizes, allow_patterns)
    if not names:
        raise _failure(model, "holds none of the files that are needed", "check the name")
    report.n_bytes = sum(sizes[each] or 0 for each in names)
    _check_space(Path(constants.HF_HUB_CACHE), report.n_bytes, model)
    with _over_plain_http():
        huggingface_hub.snapshot_download(
            name, revision=revision or None, allow_patterns=names, tqdm_class=_bar_class(report)
        )


def _told(error: Exception, model: str) -> GeneratorError:
    """Say what the hub's error means to the user."""
    from huggingface_hub import errors

    if isinstance(error, (errors.GatedRepoError, errors.DisabledRepoError)):
        return _failure(model, "the hub wants you to accept its terms first", _TERMS.format(model))
    if isinstance(
        error, (errors.RepositoryNotFoundError, errors.RevisionNotFoundError, errors.HFValidationError)
    ):
        return _failure(model, "the hub has no such model", "check the name, or log in: hf auth login")
    said = (str(error).strip() or type(error).__name__).splitlines()[0]
    return _failure(model, f"the download stopped ({said})", _RESUME)


_TERMS = "open https://huggingface.co/{}, accept them, then: hf auth login"
_RESUME = "check the connection and the space on the disk, then pull again: what came is kept"


def wanted_files(paths: Iterable[str], allow_patterns: Sequence[str] | None) -> list[str]:
    """Choose among the files of a repository: those allowed, and one format of the same weights."""
    allowed = [
        each for each in paths if allow_patterns is None or any(fnmatch(each, p) for p in allow_patterns)
    ]
    plain = [each for each in allowed if not any(mark in PurePosixPath(each).name for mark in _VARIANTS)]
    safe = {PurePosixPath(each).parent for each in plain if each.endswith(".safetensors")}
    return sorted(
        each for each in plain if not (each.endswith(_SAME_WEIGHTS) and PurePosixPath(each).parent in safe)
    )


@contextmanager
def _over_plain_http() -> Iterator[None]:
    """Leave the hub's xet transfer out: its callback cannot stop it, and it keeps no half of a file."""
    from huggingface_hub import constants

    before = constants.HF_HUB_DISABLE_XET
    constants.HF_HUB_DISABLE_XET = True
    try:
        yield
    finally:
        constants.HF_HUB_DISABLE_XET = before


class _Report:
    """Adds up the bytes that all threads of a download report, and stops them all when one must."""

    def __init__(self, progress: OnFraction) -> None:
        self.n_bytes = 0
        self.stopped: Exception | None = None
        self._progress, self._reported, self._lock = progress, 0.0, threading.Lock()

    def done(self, n_bytes: float) -> None:
        with self._lock:
            if self.stopped:
                raise self.stopped
            fraction = min(0.999, n_bytes / max(1, self.n_bytes))
            if fraction < self._reported:
                return
            self._reported = fraction
            try:
                self._progress(fraction)
            except Exception as error:
                self.stopped = error
                raise


def _bar_class(report: _Report) -> type[Any]:
    """Return what the hub takes for a progress bar; it draws nothing and tells of the bytes."""
    tqdm: Any = import_module("tqdm").tqdm

    class Bar(tqdm):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            self._counts_bytes = kwargs.get("unit") == "B"
            super().__init__(*args, **{**kwargs, "disable": True})

        def update(self, n: float | None = 1) -> None:
            self.n += n or 0
            if self._counts_bytes:
                report.done(self.n)

    return Bar


def _check_space(cache: Path, n_bytes: int, model: str) -> None:
    there = next(folder for folder in (cache, *cache.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    if free < n_bytes:
        raise _failure(
            model, f"{n_bytes / 1e9:.1f} GB do not fit on the disk of {there} ({free / 1e9:.1f} GB free)",
            "make space, or set HF_HOME to a folder on another disk",
        )  # fmt: skip


def _failure(model: str, message: str, hint: str) -> GeneratorError:
    return GeneratorError(message, where=model, hint=hint)
