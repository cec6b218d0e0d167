"""What the questions to a language model took: calls, tokens, seconds and money, step by step."""

from __future__ import annotations

import threading

from pydantic import ConfigDict, Field, PrivateAttr

from storyboard.schema.document import Part

_LOCK = threading.Lock()
"""One for all: a lock inside a document could be neither copied nor compared."""


class StepUsage(Part):
    """What one step took."""

    model_config = ConfigDict(frozen=True)

    n_calls: int = Field(default=0, ge=0, description="requests sent, those that failed among them")
    n_failed: int = Field(default=0, ge=0, description="requests without a usable answer")
    prompt_tokens: int = Field(default=0, ge=0)
    completion_tokens: int = Field(default=0, ge=0)
    waited_s: float = Field(default=0.0, ge=0.0, description="seconds spent waiting for the server")
    cost_usd: float | None = Field(default=0.0, description="US dollars; None if a price is unknown")
    at_risk_usd: float = Field(default=0.0, ge=0.0, description="what answers lost on the way may have cost")

    def __add__(self, other: StepUsage) -> StepUsage:
        """Return both together; an unknown cost makes the sum unknown."""
        known = self.cost_usd is not None and other.cost_usd is not None
        return StepUsage(
            n_calls=self.n_calls + other.n_calls,
            n_failed=self.n_failed + other.n_failed,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            waited_s=self.waited_s + other.waited_s,
            at_risk_usd=self.at_risk_usd + other.at_risk_usd,
            cost_usd=(self.cost_usd or 0.0) + (other.cost_usd or 0.0) if known else None,
        )


class Usage(Part):
    """What every step took. May be added to from several threads."""

    steps: dict[str, StepUsage] = Field(default_factory=dict)
    _promised_usd: float = PrivateAttr(default=0.0)

    def add(self, step: str, taken: StepUsage) -> None:
        """Count what a step took on top of what it took before."""
        with _LOCK:
            self.steps[step] = self.steps.get(step, StepUsage()) + taken

    def promise(self, cost_usd: float, limit_usd: float) -> bool:
        """Set money aside for a request, if spent and promised money then stay within the limit."""
        with _LOCK:
            fits = self._spent_usd() + self._promised_usd + cost_usd <= limit_usd
            self._promised_usd += cost_usd if fits else 0.0
            return fits

    def release(self, cost_usd: float) -> None:
        """Take back a promise, when `add` has counted what the request took."""
        with _LOCK:
            self._promised_usd = max(0.0, self._promised_usd - cost_usd)

    @property
    def committed_usd(self) -> float:
        """US dollars spent at known prices, at risk or set aside."""
        with _LOCK:
            return self._spent_usd() + self._promised_usd

    def _spent_usd(self) -> float:
        return sum((taken.cost_usd or 0.0) + taken.at_risk_usd for taken in self.steps.values())

    @property
    def total(self) -> StepUsage:
        """All steps together."""
        with _LOCK:
            return sum(self.steps.values(), StepUsage())

    def as_rows(self) -> list[tuple[str, ...]]:
        """Return a table for people: a heading, a row a step, and the total if there are several."""
        rows: list[tuple[str, ...]] = [("step", "calls", "tokens in", "tokens out", "waited", "cost")]
        with _LOCK:
            rows += [_row(step, taken) for step, taken in self.steps.items()]
        return [*rows, _row("total", self.total)] if len(rows) > 2 else rows


def _row(name: str, taken: StepUsage) -> tuple[str, ...]:
    calls = f"{taken.n_calls} ({taken.n_failed} failed)" if taken.n_failed else str(taken.n_calls)
    cost = "unknown price" if taken.cost_usd is None else f"${taken.cost_usd:.4f}"
    if taken.at_risk_usd:
        cost += f" (and up to ${taken.at_risk_usd:.4f} for lost answers)"
    tokens = f"{taken.prompt_tokens:,}", f"{taken.completion_tokens:,}"
    return name, calls, *tokens, f"{taken.waited_s:.1f} s", cost
