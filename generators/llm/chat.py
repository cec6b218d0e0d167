"""Asking a language model for a document: any server that speaks the OpenAI chat protocol.

answer ─► up to 3 tries: complete ─► take the JSON out ─► validate ─► send errors back
             complete ─► up to 4 requests: 429, 5xx and timeouts wait and go again
             the server refuses a response format ─► the next simpler one, from then on
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any, TypeVar

import tenacity
from pydantic import BaseModel, ValidationError

from storyboard.generators.llm.chat_spec import parse_spec
from storyboard.generators.llm.json_text import NoJson, extract_json
from storyboard.schema.errors import GeneratorError, GeneratorUnavailable
from storyboard.schema.files import field_path

Answer = TypeVar("Answer", bound=BaseModel)
_TRIES, _REQUESTS = 3, 4
_LONGEST_WAIT_S = 30.0
_FORMATS = ("json_schema", "json_object", "plain")


class _Invalid(Exception):
    """An answer that cannot be used; the message goes back to the model."""

    def __init__(self, problem: str, text: str) -> None:
        super().__init__(problem)
        self.text = text


class Chat:
    """A model on a server. Nothing is contacted before the first question."""

    def __init__(
        self,
        spec: str,
        *,
        temperature: float | None = None,
        timeout_s: float = 180.0,
        max_tokens: int | None = None,
        wait_s: float = 1.0,
    ) -> None:
        """Choose the server and model by spec.

        Args:
            spec: "openai", "together", either with "#model", or "http://host:port/v1#model".
            temperature: how freely the model chooses; None leaves it to the server.
            timeout_s: longest wait for one answer, in seconds.
            max_tokens: longest answer; None leaves it to the server.
            wait_s: the first pause before asking again, in seconds; it doubles each time.
        """
        self._place = parse_spec(spec)
        self._model = self._place.model
        self._options: dict[str, Any] = {"temperature": temperature, "max_tokens": max_tokens}
        self._timeout_s = timeout_s
        self._wait_s = wait_s
        self._format = 0
        self._opened: Any = None

    @property
    def where(self) -> str:
        """The server and model, for messages; never the key."""
        return f"llm {self._place.spec}"

    def check(self) -> None:
        """Raise GeneratorUnavailable if the key or the client package is missing; contacts nothing."""
        self._client()

    def answer(
        self,
        prompt: str,
        model_type: type[Answer],
        check: Callable[[Answer], None] | None = None,
        seed: int = 0,
    ) -> Answer:
        """Ask for a document and return it valid.

        `check` may raise ValueError, whose text goes back to the model as a field error does.

        Raises:
            GeneratorUnavailable: no key, no such model, or the server cannot be reached.
            GeneratorError: it refused, or its third answer was still not valid.
        """
        messages = [{"role": "user", "content": prompt + _schema_note(model_type)}]
        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(_TRIES),
            retry=tenacity.retry_if_exception_type(_Invalid),
            reraise=True,
        )
        try:
            for attempt in retrying:
                with attempt:
                    try:
                        return _validated(self._complete(messages, model_type, seed), model_type, check)
                    except _Invalid as invalid:
                        messages = [*messages[:1], *_correction(invalid)]
                        raise
        except _Invalid as invalid:
            raise GeneratorError(
                f"no usable {model_type.__name__} in {_TRIES} answers; the last: {invalid}",
                where=self.where,
                hint="try again, choose a larger model, or use --llm builtin",
            ) from None
        raise AssertionError("unreachable")

    def _complete(self, messages: list[dict[str, str]], model_type: type[BaseModel], seed: int) -> str:
        import openai

        client = self._client()
        create = client.chat.completions.create
        while True:
            try:
                request = self._request(client, messages, model_type, seed)
                return _text_of(self._patiently(functools.partial(create, **request)), self.where)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if self._format + 1 == len(_FORMATS):
                    raise self._failure(error) from None
                self._format += 1
            except (openai.OpenAIError, json.JSONDecodeError) as error:
                raise self._failure(error) from None

    def _request(
        self, client: Any, messages: list[dict[str, str]], model_type: type[BaseModel], seed: int
    ) -> dict[str, Any]:
        return {
            "model": self._model or self._first_model(client),
            "messages": messages,
            "seed": seed % 2**31,
            **{name: value for name, value in self._options.items() if value is not None},
            **_response_format(_FORMATS[self._format], model_type),
        }

    def _patiently(self, request: Callable[[], Any]) -> Any:
        """Make a request, again after a pause when the server was busy, broken or silent."""
        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(_REQUESTS),
            retry=tenacity.retry_if_exception(self._is_transient),
            wait=lambda state: _pause_s(state, self._wait_s),
            reraise=True,
        )
        return retrying(request)

    def _is_transient(self, error: BaseException) -> bool:
        import openai

        kinds = (openai.APITimeoutError, openai.RateLimitError, openai.InternalServerError)
        # A server of one's own that cannot be reached is not running: waiting will not start it.
        lost = isinstance(error, openai.APIConnectionError) and self._place.needs_key
        return isinstance(error, kinds) or lost

    def _client(self) -> Any:
        if self._opened is not None:
            return self._opened
        try:
            import openai
        except ImportError as error:
            raise GeneratorUnavailable(
                "the openai package is missing", where=self.where, hint="pip install openai"
            ) from error
        place = self._place
        if place.needs_key and not place.key:
            raise GeneratorUnavailable(
                f"the environment variable {place.key_variable} is not set",
                where=self.where,
                hint=f"export {place.key_variable}=..., or use --llm builtin",
            )
        # A retry of the client's own would hide behind ours; a server without keys still wants some header.
        self._opened = openai.OpenAI(
            api_key=place.key or "none",
            base_url=place.base_url or None,
            timeout=self._timeout_s,
            max_retries=0,
        )
        return self._opened

    def _first_model(self, client: Any) -> str:
        models = self._patiently(lambda: list(client.models.list()))
        if not models:
            raise GeneratorUnavailable(
                "the server offers no model", where=self.where, hint="name one: URL#MODEL"
            )
        self._model = str(models[0].id)
        return self._model

    def _failure(self, error: Exception) -> GeneratorError:
        """Say what an error of the client means, without the key, which servers like to repeat."""
        import openai

        place = self._place
        if isinstance(error, (openai.AuthenticationError, openai.PermissionDeniedError)):
            hint = f"check the key in {place.key_variable}"
            return GeneratorUnavailable("the server does not accept the key", where=self.where, hint=hint)
        if isinstance(error, openai.NotFoundError):
            hint = "check the address (most end in /v1) and the model after #"
            return GeneratorUnavailable(
                "the server knows no such model or address", where=self.where, hint=hint
            )
        if isinstance(error, openai.APITimeoutError):
            problem = f"no answer within {self._timeout_s:g} s"
            return GeneratorError(problem, where=self.where, hint="try again, or choose a faster model")
        if isinstance(error, openai.APIConnectionError):
            hint = "start the server or check the address; --llm builtin needs none"
            return GeneratorUnavailable("the server cannot be reached", where=self.where, hint=hint)
        text = str(error).replace(place.key, "***") if place.key else str(error)
        return GeneratorError(f"the request failed: {text[:300]}", where=self.where, hint="try again later")


def _validated(text: str, model_type: type[Answer], check: Callable[[Answer], None] | None) -> Answer:
    try:
        answer = model_type.model_validate(extract_json(text))
        if check:
            check(answer)
    except ValidationError as error:
        problems = error.errors(include_url=False)[:8]
        listed = "; ".join(f"{field_path(problem)}: {problem['msg']}" for problem in problems)
        raise _Invalid(listed, text) from None
    except (NoJson, ValueError) as error:
        raise _Invalid(str(error), text) from None
    return answer


def _correction(invalid: _Invalid) -> list[dict[str, str]]:
    request = f"That answer cannot be used: {invalid}. Answer again with the whole JSON object, corrected."
    return [
        {"role": "assistant", "content": invalid.text[:20_000] or "(empty)"},
        {"role": "user", "content": request},
    ]


def _text_of(completion: Any, where: str) -> str:
    """Return the text of an answer, or say why there is none."""
    choices = getattr(completion, "choices", None) or []
    if not choices:
        raise _Invalid("the answer was empty", "")
    message, finish = choices[0].message, choices[0].finish_reason
    if getattr(message, "refusal", None) or finish == "content_filter":
        raise GeneratorError(
            "the model refused to write about this topic",
            where=where,
            hint="reword the topic, or use --llm builtin",
        )
    text = (message.content if message else "") or ""
    if finish == "length":
        raise _Invalid("the answer was cut off before its end: be briefer", text)
    if not text.strip():
        raise _Invalid("the answer was empty", "")
    return str(text)


def _pause_s(state: tenacity.RetryCallState, first_s: float) -> float:
    """Return the pause the server asks for, else one that doubles."""
    error = state.outcome.exception() if state.outcome else None
    asked = getattr(getattr(error, "response", None), "headers", {}).get("retry-after", "")
    try:
        pause_s = float(asked)
    except ValueError:
        pause_s = first_s * 2 ** (state.attempt_number - 1)
    return min(max(pause_s, 0.0), _LONGEST_WAIT_S)


def _response_format(kind: str, model_type: type[BaseModel]) -> dict[str, Any]:
    if kind == "plain":
        return {}
    if kind == "json_object":
        return {"response_format": {"type": "json_object"}}
    # Not "strict": that mode forbids defaults and length limits, which the documents have.
    schema = {"name": model_type.__name__, "schema": model_type.model_json_schema(), "strict": False}
    return {"response_format": {"type": "json_schema", "json_schema": schema}}


def _schema_note(model_type: type[BaseModel]) -> str:
    schema = json.dumps(model_type.model_json_schema(), ensure_ascii=False)
    return f"\n\nAnswer with one JSON object and nothing else. It follows this JSON Schema:\n{schema}\n"
