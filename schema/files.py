"""Load and save the documents: whole or not at all, and errors that name the file and the field."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from storyboard.schema.errors import DocumentError

Model = TypeVar("Model", bound=BaseModel)


def load(path: Path, model: type[Model]) -> Model:
    """Read a document from a JSON file.

    Raises:
        DocumentError: the file is missing, is not JSON, or breaks the schema.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"cannot be read ({error})", where=str(path), hint="check the path") from error
    return parse(text, model, source=str(path))


def parse(text: str, model: type[Model], *, source: str) -> Model:
    """Check the JSON text of a document; `source` names it in errors.

    Raises:
        DocumentError: the text is not JSON or breaks the schema.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{source}, line {error.lineno}, column {error.colno}"
        raise DocumentError(f"is not JSON ({error.msg})", where=where, hint="mend the JSON") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise invalid(error, source) from error


def invalid(error: ValidationError, source: str) -> DocumentError:
    """Turn a validation error into one that names each field path and what is allowed."""
    first = error.errors(include_url=False)[0]
    hint = "; also ".join(["correct that field", *explain_all(error)[1:6]])
    return DocumentError(explain(first), where=f"{source}: {field_path(first)}", hint=hint)


def explain_all(error: ValidationError) -> list[str]:
    """Return every problem as one sentence with its field path."""
    return [f"{field_path(problem)}: {explain(problem)}" for problem in error.errors(include_url=False)]


def field_path(problem: ErrorDetails) -> str:
    """Write a location as a person would: scenes[2].lines[0]."""
    path = ""
    for part in problem["loc"]:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path or "document"


def explain(problem: ErrorDetails) -> str:
    """Say in a few words what is wrong with one field."""
    if problem["type"] == "extra_forbidden":
        return "no such field"
    if problem["type"] == "missing":
        return "is missing"
    message = problem["msg"].removeprefix("Value error, ")
    return message[0].lower() + message[1:]


def dump(document: BaseModel) -> str:
    """Write a document as JSON text; the same document always gives the same text."""
    return json.dumps(document.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def digest(document: BaseModel) -> str:
    """Return a digest of a document's content."""
    return hashlib.sha256(dump(document).encode()).hexdigest()[:24]


def save(document: BaseModel, path: Path) -> None:
    """Write a document to a file."""
    write_whole(path, dump(document).encode())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it appears whole or not at all."""
    with beside(path) as place:
        place.write_bytes(data)


@contextmanager
def beside(path: Path, suffix: str = "") -> Iterator[Path]:
    """Yield a place beside a path; what is written there is brought to the path, whole, or taken away.

    Args:
        path: where the file shall appear; its folder is made.
        suffix: that the place has to have, for writers that go by it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=suffix)
    os.close(handle)
    place = Path(name)
    try:
        yield place
        with place.open("rb") as file:
            os.fsync(file.fileno())
        place.chmod(0o644)
        os.replace(place, path)
    except BaseException:
        place.unlink(missing_ok=True)
        raise
