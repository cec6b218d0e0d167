"""What the generators that run elsewhere may cost in one run."""

from __future__ import annotations

import threading

from storyboard.generators.seams import EstimatingVideoGenerator, VideoGenerator, VideoRequest
from storyboard.schema.errors import GeneratorError


class Spending:
    """The money of a run: how much there may be, how much is planned, and how much is gone.

    What is planned is kept back: no scene that is taken again spends what another one is shot for.
    """

    def __init__(self, limit_usd: float | None = None) -> None:
        self._limit_usd = limit_usd
        self._planned_usd = self._spent_usd = 0.0
        self._lock = threading.Lock()

    def plan(self, cost_usd: float, where: str) -> None:
        """Keep back what the shoot costs if no take fails.

        Raises:
            GeneratorError: it is more than the limit allows; nothing has been spent.
        """
        with self._lock:
            self._refuse(self._spent_usd + cost_usd, where)
            self._planned_usd = cost_usd

    def allows(self, cost_usd: float, *, is_planned: bool) -> bool:
        """Whether so much may be spent."""
        with self._lock:
            return self._fits(self._after(cost_usd, is_planned))

    def spend(self, cost_usd: float, where: str, *, is_planned: bool) -> None:
        """Count what is about to be spent.

        Raises:
            GeneratorError: it is more than the limit allows; nothing is counted.
        """
        with self._lock:
            self._refuse(self._after(cost_usd, is_planned), where)
            if is_planned:
                self._planned_usd = max(0.0, self._planned_usd - cost_usd)
            self._spent_usd += cost_usd

    def _after(self, cost_usd: float, is_planned: bool) -> float:
        kept_usd = max(0.0, self._planned_usd - cost_usd) if is_planned else self._planned_usd
        return self._spent_usd + kept_usd + cost_usd

    def _fits(self, total_usd: float) -> bool:
        return self._limit_usd is None or total_usd <= self._limit_usd + 1e-9

    def _refuse(self, total_usd: float, where: str) -> None:
        if self._limit_usd is None or self._fits(total_usd):
            return
        error = GeneratorError(
            f"shooting would cost ${total_usd:.2f}, --max-cost allows ${self._limit_usd:.2f}",
            where=where,
            hint="raise --max-cost, or choose another video generator; --dry-run shows what each scene costs",
        )
        error.retry = False
        raise error


def cost_usd_of(generator: VideoGenerator, request: VideoRequest) -> float:
    """Return what the host of a generator will charge for a clip; nothing for one that runs here."""
    if generator.capabilities().runs_in != "elsewhere" or not isinstance(generator, EstimatingVideoGenerator):
        return 0.0
    return generator.estimate(request).cost_usd
