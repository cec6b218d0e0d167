"""What tokens cost: the packaged list, and the user's own beside the settings."""

from __future__ import annotations

import datetime
import tomllib
from importlib.resources import files
from pathlib import Path

from pydantic import Field, ValidationError

from storyboard.generators.settings import settings_path
from storyboard.schema.document import Part
from storyboard.schema.errors import DocumentError
from storyboard.schema.files import invalid


class Price(Part):
    """US dollars for a million tokens, in the prompt and in the answer."""

    input: float = Field(ge=0.0)
    output: float = Field(ge=0.0)

    def cost_usd(self, prompt_tokens: int, completion_tokens: int) -> float:
        """Return what a request costs, in US dollars."""
        return (prompt_tokens * self.input + completion_tokens * self.output) / 1e6


class Prices(Part):
    """The prices of models by name, and the day they were looked up."""

    updated: datetime.date | None = None
    models: dict[str, Price] = Field(default_factory=dict)

    def of(self, server: str, model: str) -> Price | None:
        """Return the price of a model on a server, or None if nobody has said it."""
        return self.models.get(f"{server}#{model}") or self.models.get(model)


def prices_path() -> Path:
    """Return where the user's own prices are, whether or not there are any."""
    return settings_path().with_name("prices.toml")


def load_prices() -> Prices:
    """Read the packaged prices with the user's own over them.

    Raises:
        DocumentError: the user's file cannot be read, is not TOML or has a wrong field.
    """
    listed = files("storyboard.generators.llm").joinpath("prices.toml").read_text(encoding="utf-8")
    prices = Prices.model_validate(tomllib.loads(listed))
    path = prices_path()
    if not path.exists():
        return prices
    own = _read(path)
    return Prices(updated=own.updated or prices.updated, models=prices.models | own.models)


def _read(path: Path) -> Prices:
    try:
        return Prices.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise invalid(error, str(path)) from None
    except (OSError, ValueError) as error:
        raise DocumentError(f"is not TOML ({error})", where=str(path), hint="mend the file") from None
