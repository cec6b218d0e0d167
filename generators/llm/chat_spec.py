"""Where a language model is: a hosted service by name, or any server by URL."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr

from storyboard.generators.settings import KeySettings
from storyboard.schema.errors import UnknownGenerator


@dataclass(frozen=True)
class Host:
    """A hosted service: the variable of its key, and the model if none is named."""

    key_variable: str
    model: str


HOSTS = {
    "openai": Host("OPENAI_API_KEY", "gpt-5-mini"),
    "together": Host("TOGETHER_API_KEY", "meta-llama/Llama-3.3-70B-Instruct-Turbo"),
}
URL_KEY_VARIABLE = "STORYBOARD_LLM_KEY"


@dataclass(frozen=True)
class Place:
    """A parsed spec. An empty model means: the first that the server offers."""

    spec: str
    server: str
    key_variable: str
    model: str

    @property
    def is_hosted(self) -> bool:
        """Whether it is a service known by name: it needs a key, and its client knows its address."""
        return self.server in HOSTS

    @property
    def is_here(self) -> bool:
        """Whether the server runs on this machine, where an answer costs nothing."""
        host = urlsplit(self.server).hostname or ""
        try:
            return host == "localhost" or ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    def key(self, keys: KeySettings) -> SecretStr:
        """Return the key from the environment, else from the settings; empty if there is none."""
        stored = getattr(keys, self.server if self.is_hosted else "url")
        return SecretStr(os.environ.get(self.key_variable, "").strip()) or stored or SecretStr("")


def is_chat_spec(spec: str) -> bool:
    """Whether a spec names a language model."""
    return spec.partition("#")[0] in HOSTS or spec.startswith(("http://", "https://"))


def parse_spec(spec: str) -> Place:
    """Read "openai#model", "together#model" or "http://host:port/v1#model".

    Raises:
        UnknownGenerator: the spec is none of these, or its URL has no host or could hold a secret.
    """
    name, _, model = spec.partition("#")
    if name in HOSTS:
        host = HOSTS[name]
        return Place(spec, name, host.key_variable, model or host.model)
    url = _split(name)
    if url is None or url.scheme not in ("http", "https") or not url.hostname:
        raise UnknownGenerator(
            "is not the address of a server", where="generators.llm", hint="http://HOST:PORT/v1#MODEL"
        )
    # A spec is written into the storyboard.
    if url.username or url.password or url.query:
        raise UnknownGenerator(
            "an address must not hold a user, a password or a query",
            where="generators.llm",
            hint=f"put the key into the environment variable {URL_KEY_VARIABLE}",
        )
    return Place(spec, name.rstrip("/"), URL_KEY_VARIABLE, model)


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None
