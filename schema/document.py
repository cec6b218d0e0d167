"""What every part of a document has in common: strict fields and text that is really text."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


class Part(BaseModel):
    """A piece of a document: unknown fields are errors, so a misspelt one cannot pass unseen."""

    model_config = ConfigDict(
        extra="forbid",
        validate_assignment=True,
        serialize_by_alias=True,
        populate_by_name=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
    )


def _printable(text: str) -> str:
    if any(ord(char) < 32 and char not in "\n\t" for char in text):
        raise ValueError("control characters are not allowed")
    return text


Text = Annotated[str, AfterValidator(_printable)]
"""Any text without control characters; may be empty."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=400), AfterValidator(_printable)]
"""Text that must not be empty."""
