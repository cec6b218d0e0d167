"""The hosts' own clients: opened when first needed, their answers read, their errors put into words."""

from __future__ import annotations

import functools
import importlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import SecretStr

from storyboard.generators.llm.chat_spec import Place
from storyboard.generators.llm.patience import Transient, pause_asked_s
from storyboard.generators.settings import KeySettings, settings_path
from storyboard.schema.errors import GeneratorError, GeneratorUnavailable

Result = TypeVar("Result")
_CLASSES = {"openai": "OpenAI", "together": "Together"}
_INSTALL = {"openai": "pip install openai", "together": 'pip install "storyboard[together]"'}
_ABOUT_FORM = re.compile(r"schema|grammar|response_format", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """A text, and what the server says it took."""

    text: str
    prompt_tokens: int | None
    completion_tokens: int | None


class Refused(Exception):
    """The server does not take the request in this form; `error` is what the client raised."""

    def __init__(self, problem: str, error: Exception) -> None:
        super().__init__(problem)
        self.error = error


class Unreadable(Exception):
    """What came back is no answer."""


class Client:
    """One server through its host's client. Safe to use from several threads, as these clients are."""

    def __init__(self, place: Place, keys: KeySettings) -> None:
        """Open the client; contacts nothing.

        Raises:
            GeneratorUnavailable: the client's package or the key is missing.
        """
        self._place = place
        self._key = place.key(keys)
        self.where = f"llm {place.spec}"
        package = place.server if place.is_hosted else "openai"
        # Both clients are generated from one pattern: the same errors by the same names.
        self._module = self._import(package)
        if place.is_hosted and not self._key:
            raise GeneratorUnavailable(
                f"the environment variable {place.key_variable} is not set",
                where=self.where,
                hint=f"export {place.key_variable}=..., or put the key under [keys] into {settings_path()}",
            )
        address = os.environ.get(f"{package.upper()}_BASE_URL", "") if place.is_hosted else place.server
        # A server without keys still wants some header.
        self._client = _opened(package, address, self._key or SecretStr("none"))

    def complete(self, request: dict[str, Any]) -> Answer:
        """Send a request and read its answer.

        Raises:
            Transient: busy, broken, silent or garbled; asking again may help.
            Refused: the server does not take a part of the request.
            GeneratorError: the model refused to write.
        """
        return self._ask(lambda: self._read(self._client.chat.completions.create(**request)))

    def first_model(self, timeout_s: float) -> str:
        """Return the first model that the server offers; raises as `complete` does."""
        models = self._ask(lambda: [str(model.id) for model in self._client.models.list(timeout=timeout_s)])
        if not models:
            raise GeneratorUnavailable(
                "the server offers no model", where=self.where, hint="name one: URL#MODEL"
            )
        return models[0]

    def failure(self, error: Exception, timeout_s: float) -> GeneratorError:
        """Say what an error means and what to do, without the key, which servers like to repeat."""
        module, where = self._module, self.where
        if isinstance(error, (module.AuthenticationError, module.PermissionDeniedError)):
            hint = f"check the key in {self._place.key_variable} or in {settings_path()}"
            return GeneratorUnavailable("the server does not accept the key", where=where, hint=hint)
        if isinstance(error, module.NotFoundError):
            hint = "check the address (most end in /v1) and the model after #"
            return GeneratorUnavailable("the server knows no such model or address", where=where, hint=hint)
        if _has_no_credit(error):
            hint = "top up the account, or use --llm builtin"
            return GeneratorUnavailable("the account has no credit left", where=where, hint=hint)
        if isinstance(error, module.APITimeoutError):
            hint = "try again, choose a faster model, or raise timeout_s in the settings"
            return GeneratorError(f"no answer within {timeout_s:g} s", where=where, hint=hint)
        if isinstance(error, module.APIConnectionError):
            if _is_cut(error):
                problem = "the connection broke off before the end of the answer"
                return GeneratorError(problem, where=where, hint="try again later")
            hint = "start the server or check the address; --llm builtin needs none"
            return GeneratorUnavailable("the server cannot be reached", where=where, hint=hint)
        if isinstance(error, Unreadable):
            hint = "check the address (most end in /v1), or choose another model"
            return GeneratorError(f"the answer cannot be used: {error}", where=where, hint=hint)
        problem = f"the request failed: {self.without_key(str(error))[:300]}"
        return GeneratorError(problem, where=where, hint="try again later")

    def without_key(self, text: str) -> str:
        """Return a text with the key blotted out."""
        return text.replace(self._key.get_secret_value(), "***") if self._key else text

    def _ask(self, question: Callable[[], Result]) -> Result:
        try:
            return question()
        except GeneratorError:
            raise
        except (self._module.APIError, Unreadable) as error:
            problem = self._judged(error)
        except Exception as error:  # a client may fall over a broken body in any way
            problem = self._judged(Unreadable(f"it cannot be read ({type(error).__name__})"))
        raise problem

    def _import(self, package: str) -> Any:
        try:
            return importlib.import_module(package)
        except ImportError:
            problem = f"the {package} package is missing"
        raise GeneratorUnavailable(problem, where=self.where, hint=_INSTALL[package])

    def _judged(self, error: Exception) -> Exception:
        """Tell what may pass from what is wrong with the request, and from the rest."""
        status, said = getattr(error, "status_code", 0), self.without_key(str(error))
        if isinstance(error, self._module.APITimeoutError):
            return Transient(said, error, is_silence=True)
        if isinstance(error, self._module.APIConnectionError):
            # A server of one's own that cannot be reached is not running: waiting will not start it.
            return Transient(said, error) if self._place.is_hosted or _is_cut(error) else error
        if status in (400, 422) or (status >= 500 and _ABOUT_FORM.search(said)):
            return Refused(said, error)
        if _has_no_credit(error):
            return error
        if isinstance(error, Unreadable) or status in (408, 429) or status >= 500:
            return Transient(said, error, pause_s=pause_asked_s(error))
        return error

    def _read(self, completion: Any) -> Answer:
        """Return the text of an answer, or say why there is none."""
        choices = getattr(completion, "choices", None)
        if not choices:
            raise Unreadable("it is empty" if hasattr(completion, "choices") else "it is no chat completion")
        message = choices[0].message
        if getattr(message, "refusal", None) or choices[0].finish_reason == "content_filter":
            raise GeneratorError(
                "the model refused to write about this topic",
                where=self.where,
                hint="reword the topic, or use --llm builtin",
            )
        text = message.content
        if not isinstance(text, str) or not text.strip():
            cut = choices[0].finish_reason == "length"
            raise Unreadable("max_tokens ran out before its first word" if cut else "it is empty")
        usage = getattr(completion, "usage", None)
        counts = (getattr(usage, name, None) for name in ("prompt_tokens", "completion_tokens"))
        return Answer(self.without_key(text), *(n if isinstance(n, int) and n >= 0 else None for n in counts))


@functools.lru_cache(maxsize=4)
def _opened(package: str, address: str, key: SecretStr) -> Any:
    """Open a client, or return the open one: reading certificates takes time, and connections live on."""
    open_client = getattr(importlib.import_module(package), _CLASSES[package])
    # A retry of the client's own would hide behind ours.
    return open_client(api_key=key.get_secret_value(), base_url=address or None, max_retries=0)


def _is_cut(error: Exception) -> bool:
    """Whether a connection was lost after it had been made."""
    return error.__cause__ is not None and type(error.__cause__).__name__ != "ConnectError"


def _has_no_credit(error: Exception) -> bool:
    return getattr(error, "status_code", 0) == 402 or getattr(error, "code", "") == "insufficient_quota"
