"""Asking again: which pauses a busy, broken or silent server is given."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeVar

import tenacity

Result = TypeVar("Result")
N_REQUESTS = 4
N_SILENT = 3
"""A silent server is asked less often: each time costs the whole timeout."""
_LONGEST_WAIT_S = 30.0


class Transient(Exception):
    """A failure that may pass; `error` says what it was."""

    def __init__(
        self, problem: str, error: Exception, *, pause_s: float | None = None, is_silence: bool = False
    ) -> None:
        """Take what failed, the pause that the server asks for in seconds, and whether it said nothing."""
        super().__init__(problem)
        self.error = error
        self.pause_s = pause_s
        self.is_silence = is_silence

    @property
    def may_be_billed(self) -> bool:
        """Whether the server may have worked for an answer that was lost: it did not say it failed."""
        return getattr(self.error, "status_code", None) is None


def patiently(request: Callable[[], Result], first_wait_s: float) -> Result:
    """Make a request, again after a pause when it raises Transient; the last of these is raised."""
    n_silent = 0

    def is_enough(state: tenacity.RetryCallState) -> bool:
        nonlocal n_silent
        n_silent += getattr(_error_of(state), "is_silence", False)
        return n_silent >= N_SILENT or state.attempt_number >= N_REQUESTS

    retrying = tenacity.Retrying(
        stop=is_enough,
        retry=tenacity.retry_if_exception_type(Transient),
        wait=lambda state: _pause_s(state, first_wait_s),
        reraise=True,
    )
    return retrying(request)


def pause_asked_s(error: Exception) -> float | None:
    """Return the seconds in the Retry-After header of a client's error; None if there is none of use."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        pause_s = float(headers.get("retry-after", ""))
    except ValueError:
        return None
    return None if math.isnan(pause_s) else pause_s


def _pause_s(state: tenacity.RetryCallState, first_s: float) -> float:
    """Return the pause the server asks for, else one that doubles."""
    asked_s: float | None = getattr(_error_of(state), "pause_s", None)
    pause_s = first_s * 2 ** (state.attempt_number - 1) if asked_s is None else asked_s
    return min(max(pause_s, 0.0), _LONGEST_WAIT_S)


def _error_of(state: tenacity.RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None
