"""Progress: every denoising step of every run of a pipeline, as one fraction that only grows.

Diffusers' pipelines all count their steps through `self.progress_bar(total=…)`; not all of them have
callbacks. So that one method is lent, for the time of a run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from storyboard.schema.progress import OnFraction


class Counting:
    """Counts the steps of a known number of runs.

    Args:
        progress: receives the fraction that is done; may raise Cancelled, which ends the run.
        n_runs: how often a pipeline will be run; a run for a batch of n counts n times.
    """

    def __init__(self, progress: OnFraction, n_runs: int) -> None:
        self._progress, self._n_runs = progress, max(1, n_runs)
        self._n_done = 0
        self._batch = 1
        self._reported = 0.0

    @contextmanager
    def run(self, pipeline: Any, batch: int = 1) -> Iterator[None]:
        """Count one run of a pipeline for a batch."""
        self._batch = batch
        pipeline.progress_bar = self._bar
        try:
            yield
        except BaseException:
            # A run that ended early left its models on the card, where the next one wants room.
            getattr(pipeline, "maybe_free_model_hooks", lambda: None)()
            raise
        finally:
            del pipeline.progress_bar
        self._n_done += batch
        self._report(0.0)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Count runs that only together are worth something: where one fails, all are still to be done."""
        n_done = self._n_done
        try:
            yield
        except BaseException:
            self._n_done = n_done
            raise

    def _bar(self, iterable: Iterable[Any] | None = None, total: int | None = None) -> Any:
        return _Bar(self, iterable, total)

    def _report(self, part: float) -> None:
        self._reported = max(self._reported, min(1.0, (self._n_done + self._batch * part) / self._n_runs))
        self._progress(self._reported)


class _Bar:
    """What a pipeline takes for a progress bar."""

    def __init__(self, counting: Counting, iterable: Iterable[Any] | None, total: int | None) -> None:
        self._counting, self._iterable, self._n_done = counting, iterable, 0
        self._total = total or (len(iterable) if hasattr(iterable, "__len__") else 0)  # type: ignore[arg-type]

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __iter__(self) -> Iterator[Any]:
        for each in self._iterable or ():
            yield each
            self.update()

    def update(self, n: int = 1) -> None:
        self._n_done += n
        # The last step is not the end: decoding follows.
        self._counting._report(0.98 * min(1.0, self._n_done / max(1, self._total)))

    def set_postfix(self, *_: object, **__: object) -> None:
        pass
