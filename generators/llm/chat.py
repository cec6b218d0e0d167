"""Asking a language model for text: any server that speaks the OpenAI chat protocol.

complete ─► is there money for it? ─► request ─► count tokens, seconds, cost ─► the text
               up to 4 requests: 429, 5xx, silence and broken answers wait and go again
               the server refuses a part of the request ─► without that part, from then on
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from storyboard.generators.llm.budget import Budget
from storyboard.generators.llm.chat_spec import parse_spec
from storyboard.generators.llm.clients import Client, Refused
from storyboard.generators.llm.patience import Transient, patiently
from storyboard.generators.llm.request import next_refusal, request_of
from storyboard.generators.llm.usage import Usage
from storyboard.generators.settings import Settings, StepName, load_settings
from storyboard.schema.errors import GeneratorError

Message = Mapping[str, str]
Result = TypeVar("Result")
_TIMEOUT_S = 180.0


class Chat:
    """A model on a server. Nothing is contacted before the first question; threads may share it."""

    def __init__(
        self,
        spec: str,
        *,
        settings: Settings | None = None,
        usage: Usage | None = None,
        max_cost_usd: float | None = None,
        wait_s: float = 1.0,
    ) -> None:
        """Choose the server and model by spec.

        Args:
            spec: "openai", "together", either with "#model", or "http://host:port/v1#model".
            settings: model and temperature of each step, and keys; None reads the user's.
            usage: what to count in, shared by all that the limit holds for; None starts at nothing.
            max_cost_usd: the limit of `usage` in US dollars, never exceeded; None for none.
            wait_s: the first pause before asking again, in seconds; it doubles each time.
        """
        self._place = parse_spec(spec)
        self._settings = settings or load_settings()
        self._wait_s = wait_s
        self._refused: dict[str, frozenset[str]] = {}
        self._offered = ""
        self._opened: Client | None = None
        self._lock = threading.Lock()
        self.usage = Usage() if usage is None else usage
        self._budget = Budget(self._place, self.usage, max_cost_usd)

    def __repr__(self) -> str:
        """Return the server and model; never the key."""
        return f"Chat({self._place.spec!r})"

    @property
    def where(self) -> str:
        """The server and model, for messages; never the key."""
        return f"llm {self._place.spec}"

    @property
    def takes_schema(self) -> bool:
        """Whether the server takes a JSON schema, as far as is known: True until it has refused one."""
        return not any("json_schema" in refused for refused in self._refused.values())

    def check(self) -> None:
        """Raise GeneratorUnavailable if the key, the client or the price to keep a limit is missing."""
        self._client()
        if self._place.model:
            self._budget.price(self._place.model)

    def complete(
        self,
        prompt: str | Sequence[Message],
        *,
        step: StepName,
        schema: dict[str, Any] | None = None,
        seed: int = 0,
    ) -> str:
        """Ask and return the text of the answer, which is never empty but may be cut off at max_tokens.

        Args:
            prompt: what the user says, or a conversation of {"role": ..., "content": ...}.
            step: what is written; chooses model and temperature, and where the usage is counted.
            schema: the JSON Schema the answer shall follow; a server that cannot is asked without.
            seed: for servers that can answer the same way twice.

        Raises:
            GeneratorUnavailable: no key, no such model, no credit, no server, or a limit without a price.
            GeneratorError: refused, silent or broken after several requests. `retry` is False if the
                next request could exceed the limit: then nothing more may be asked.
        """
        said = [{"role": "user", "content": prompt}] if isinstance(prompt, str) else [*map(dict, prompt)]
        ask = self._budget.limited(self._settings.ask(step, self._place.server))
        timeout_s = ask.timeout_s or _TIMEOUT_S
        client = self._client()
        model = ask.model or self._place.model or self._first_model(client, timeout_s)
        price = self._budget.price(model)
        refused = self._refused.get(model, frozenset())
        while True:
            request = request_of(model, said, schema, seed, ask, refused) | {"timeout": timeout_s}
            send = functools.partial(self._budget.counted, step, price, request, client.complete)
            answer = self._settled(client, send, timeout_s)
            if not isinstance(answer, Refused):
                self._learn(model, refused)
                return answer.text
            more = next_refusal(request, str(answer))
            if more is None:
                raise client.failure(answer.error, timeout_s)
            refused |= {more}

    def _learn(self, model: str, refused: frozenset[str]) -> None:
        with self._lock:
            self._refused[model] = self._refused.get(model, frozenset()) | refused

    def _client(self) -> Client:
        with self._lock:
            if self._opened is None:
                self._opened = Client(self._place, self._settings.keys)
            return self._opened

    def _first_model(self, client: Client, timeout_s: float) -> str:
        if not self._offered:
            offer = self._settled(client, functools.partial(client.first_model, timeout_s), timeout_s)
            if isinstance(offer, Refused):
                raise client.failure(offer.error, timeout_s)
            self._offered = offer
        return self._offered

    def _settled(self, client: Client, question: Callable[[], Result], timeout_s: float) -> Result | Refused:
        """Return the result of a question, or how it was refused; raise what else went wrong."""
        try:
            return patiently(question, self._wait_s)
        except Refused as refused:
            return refused
        except GeneratorError:
            raise
        except Exception as error:
            failure = client.failure(error.error if isinstance(error, Transient) else error, timeout_s)
        # Raised out here: a client's error in its context could show the key.
        raise failure
