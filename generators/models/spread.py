"""Run a pipeline on the first tier of memory that holds it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from storyboard.generators.models.held import release
from storyboard.generators.models.run import within_memory
from storyboard.generators.models.tiers import Tier

T = TypeVar("T")


def on_first_that_holds(tiers: Sequence[Tier], run: Callable[[Tier], T]) -> T:
    """Return what a run gives on the first tier on which it does not run out of memory.

    Args:
        tiers: from fast to frugal, at least one.
        run: loads and runs; what it has finished by the time that memory runs out is its own to keep.

    Raises:
        torch.OutOfMemoryError: there is too little even for the last tier.
    """
    for tier in tiers[:-1]:
        done = within_memory(lambda tier=tier: [run(tier)])  # type: ignore[misc]
        if done is not None:
            return done[0]
        release()
    return run(tiers[-1])
