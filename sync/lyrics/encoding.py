"""Reading a text file whose encoding nobody told."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from storyboard.schema.errors import InputError

_MAX_BYTES = 2_000_000
"""More than the lyrics of any song take."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200e\u200f\u2060\u00ad\u202a\u202b\u202c\u202d\u202e"))


def read_bytes(path: Path, max_bytes: int = _MAX_BYTES) -> bytes:
    """Return what a file holds.

    Raises:
        InputError: it cannot be read, is empty, or is larger than a file of its kind can be.
    """
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where=str(path), hint="check the path"
        ) from error
    if len(data) > max_bytes:
        problem = f"is larger than {max_bytes // 1_000_000} MB, so it is not the lyrics of a song"
        raise InputError(problem, where=str(path), hint="give a file of lyrics")
    if not data.strip(b"\0 \t\r\n"):
        raise empty(path)
    return data


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8, UTF-16 or UTF-32, with or without its mark, else in Windows-1252.

    Letters are composed (NFC); control characters and marks without width are taken out.

    Raises:
        InputError: it cannot be read, is empty, or is no text.
    """
    text = _decoded(read_bytes(path))
    n_strange = sum(1 for char in text if ord(char) < 32 and char not in "\n\r\t\f\v\x1a\x1c\x1d\x1e\x1f")
    if n_strange > len(text) // 100:
        raise InputError(
            "is not a text", where=str(path), hint="save the lyrics as plain text (.txt) in UTF-8"
        )
    return "\n".join(printable(line) for line in text.splitlines())


def printable(line: str) -> str:
    """Return a line with its letters composed and without what cannot be seen."""
    composed = unicodedata.normalize("NFC", line).translate(_INVISIBLE)
    return "".join(char for char in composed if char == "\t" or ord(char) >= 32)


def checked_line(text: str, where: str, name: str, longest: int = 400) -> str:
    """Return a line that a storyboard can hold.

    Raises:
        InputError: it is too long; `name` says which one it is.
    """
    if len(text) > longest:
        raise InputError(
            f"{name} has {len(text)} characters, more than {longest}: {text[:40]}…",
            where=where,
            hint="break it into the lines that are sung",
        )
    return text


def empty(path: Path) -> InputError:
    """Return the error for a file in which nothing is sung."""
    return InputError(
        "holds no line to sing", where=str(path), hint="write the lyrics into it, a line of the song a line"
    )


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if b"\0" in data[:400]:
        is_little = data[1:400:2].count(0) > data[0:400:2].count(0)
        wide = data.decode("utf-16-le" if is_little else "utf-16-be", errors="replace")
        if wide.count("\0") == 0:
            return wide
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
