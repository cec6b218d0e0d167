"""Counting what every request takes, and stopping before a limit of money is exceeded."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from storyboard.generators.llm.chat_spec import Place
from storyboard.generators.llm.clients import Answer
from storyboard.generators.llm.patience import Transient
from storyboard.generators.llm.prices import Price, load_prices, prices_path
from storyboard.generators.llm.request import n_prompt_tokens, n_tokens
from storyboard.generators.llm.usage import StepUsage, Usage
from storyboard.generators.settings import AskSettings, StepName
from storyboard.schema.errors import GeneratorError, GeneratorUnavailable

_MAX_TOKENS = 4000
"""The longest answer while there is a limit and the settings have no max_tokens."""
_FREE = Price(input=0.0, output=0.0)


class Budget:
    """The money that one server may take."""

    def __init__(self, place: Place, usage: Usage, limit_usd: float | None) -> None:
        """Count in `usage`; everything counted there stays within `limit_usd`, if there is one."""
        self._place = place
        self._usage = usage
        self._limit_usd = limit_usd
        self._prices = load_prices()

    def price(self, model: str) -> Price | None:
        """Return the price of a model; None if it is unknown and no limit is set.

        Raises:
            GeneratorUnavailable: there is a limit, which an unknown price cannot keep.
        """
        price = _FREE if self._place.is_here else self._prices.of(self._place.server, model)
        if price is None and self._limit_usd is not None:
            raise GeneratorUnavailable(
                f"the price of {model} is unknown, so --max-cost cannot be kept",
                where=f"llm {self._place.spec}",
                hint=f'add it to {prices_path()}: [models] "{model}" = {{ input = ..., output = ... }}'
                " in USD per million tokens",
            )
        return price

    def limited(self, ask: AskSettings) -> AskSettings:
        """Return the settings, with a longest answer if there is a limit: one could cost anything."""
        if self._limit_usd is None or ask.max_tokens is not None:
            return ask
        return ask.model_copy(update={"max_tokens": _MAX_TOKENS})

    def counted(
        self,
        step: StepName,
        price: Price | None,
        request: dict[str, Any],
        send: Callable[[dict[str, Any]], Answer],
    ) -> Answer:
        """Send a request and count what it took.

        Raises:
            GeneratorError: the request could exceed the limit; it has not been sent.
        """
        at_most_usd = price.cost_usd(n_prompt_tokens(request), _longest(request)) if price else 0.0
        self._promise(at_most_usd)
        started_s = time.monotonic()
        taken = StepUsage(n_calls=1, n_failed=1)
        try:
            answer = send(request)
            taken = _taken(request, answer, price)
            return answer
        except Transient as error:
            if error.may_be_billed:
                taken = taken.model_copy(update={"at_risk_usd": at_most_usd})
            raise
        finally:
            self._usage.add(step, taken.model_copy(update={"waited_s": time.monotonic() - started_s}))
            self._release(at_most_usd)

    def _promise(self, at_most_usd: float) -> None:
        if self._limit_usd is None or self._usage.promise(at_most_usd, self._limit_usd):
            return
        error = GeneratorError(
            f"stopped before the limit of ${self._limit_usd:.4f}",
            where=f"llm {self._place.spec}",
            hint=f"${self._usage.committed_usd:.4f} is spent and the next request may cost"
            f" ${at_most_usd:.4f}: raise --max-cost, lower max_tokens in the settings,"
            " or choose a cheaper model",
        )
        error.retry = False
        raise error

    def _release(self, at_most_usd: float) -> None:
        if self._limit_usd is not None:
            self._usage.release(at_most_usd)


def _longest(request: dict[str, Any]) -> int:
    return int(request.get("max_tokens") or request.get("max_completion_tokens") or _MAX_TOKENS)


def _taken(request: dict[str, Any], answer: Answer, price: Price | None) -> StepUsage:
    n_in, n_out = answer.prompt_tokens, answer.completion_tokens
    n_in = n_prompt_tokens(request) if n_in is None else n_in
    n_out = n_tokens(answer.text) if n_out is None else n_out
    cost_usd = price.cost_usd(n_in, n_out) if price else None
    return StepUsage(n_calls=1, prompt_tokens=n_in, completion_tokens=n_out, cost_usd=cost_usd)
