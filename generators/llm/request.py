"""A chat request in the form that a server takes: in full first, then without what it has refused."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Sequence
from typing import Any

from storyboard.generators.settings import AskSettings

_OPTIONS = ("temperature", "max_tokens", "seed")


def request_of(
    model: str,
    messages: Sequence[dict[str, str]],
    schema: dict[str, Any] | None,
    seed: int,
    ask: AskSettings,
    refused: Collection[str] = (),
) -> dict[str, Any]:
    """Return the arguments of the client's `create`, without what the server has refused."""
    options = {"temperature": ask.temperature, "max_tokens": ask.max_tokens, "seed": seed % 2**31}
    request = {"model": model, "messages": list(messages), "timeout": ask.timeout_s}
    request |= {name: value for name, value in options.items() if value is not None and name not in refused}
    if "max_tokens" in refused:  # the name it has for models that think first
        request["max_completion_tokens"] = ask.max_tokens
    response_format = _response_format(schema, refused)
    return request | ({"response_format": response_format} if response_format else {})


def next_refusal(request: dict[str, Any], complaint: str) -> str | None:
    """Return what to leave out of a request that the server refused: the option it names, else the schema."""
    for name in _OPTIONS:
        if name in request and re.search(rf"\b{name}\b", complaint):
            return name
    kind: str | None = request.get("response_format", {}).get("type")
    return kind


def n_prompt_tokens(request: dict[str, Any]) -> int:
    """Return at least as many tokens as the prompt of a request is likely to have."""
    return n_tokens(json.dumps([request["messages"], request.get("response_format")], ensure_ascii=False))


def n_tokens(text: str) -> int:
    """Return one token for three bytes: English has about four to one, a Chinese character is three bytes."""
    return math.ceil(len(text.encode()) / 3)


def _response_format(schema: dict[str, Any] | None, refused: Collection[str]) -> dict[str, Any] | None:
    if schema is None or "json_object" in refused:
        return None
    if "json_schema" in refused:
        return {"type": "json_object"}
    name = re.sub(r"\W", "_", str(schema.get("title", "answer")))[:64]
    # Not "strict": that mode forbids defaults and length limits, which the documents have.
    return {"type": "json_schema", "json_schema": {"name": name, "schema": schema, "strict": False}}
