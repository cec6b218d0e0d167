"""Where a language model is: a hosted service by name, or any server by URL."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from storyboard.schema.errors import UnknownGenerator


@dataclass(frozen=True)
class Host:
    """A hosted service: address (empty: the client's own), key variable, model if none is named."""

    base_url: str
    key_variable: str
    model: str


HOSTS = {
    "openai": Host("", "OPENAI_API_KEY", "gpt-5-mini"),
    "together": Host(
        "https://api.together.xyz/v1", "TOGETHER_API_KEY", "meta-llama/Llama-3.3-70B-Instruct-Turbo"
    ),
}
URL_KEY_VARIABLE = "STORYBOARD_LLM_KEY"


@dataclass(frozen=True)
class Place:
    """A parsed spec. An empty model means: the first that the server offers."""

    spec: str
    base_url: str
    key_variable: str
    model: str
    needs_key: bool

    @property
    def key(self) -> str:
        """The key from the environment; empty if there is none."""
        return os.environ.get(self.key_variable, "")


def is_chat_spec(spec: str) -> bool:
    """Whether a spec names a language model."""
    return spec.partition("#")[0] in HOSTS or spec.startswith(("http://", "https://"))


def parse_spec(spec: str) -> Place:
    """Read "openai#model", "together#model" or "http://host:port/v1#model".

    Raises:
        UnknownGenerator: the spec is none of these, or its URL has no host or holds a password.
    """
    name, _, model = spec.partition("#")
    if name in HOSTS:
        host = HOSTS[name]
        return Place(spec, host.base_url, host.key_variable, model or host.model, needs_key=True)
    url = urlsplit(name)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise UnknownGenerator(
            "is not the address of a server", where="generators.llm", hint="http://HOST:PORT/v1#MODEL"
        )
    if url.username or url.password:
        raise UnknownGenerator(
            "an address must not hold a user or password",
            where="generators.llm",
            hint=f"put the key into the environment variable {URL_KEY_VARIABLE}",
        )
    return Place(spec, name.rstrip("/"), URL_KEY_VARIABLE, model, needs_key=False)
