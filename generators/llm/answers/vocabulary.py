"""The words that language models use for our fields and values, from words.toml beside this file."""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files


def names_of(*tables: str) -> dict[str, str]:
    """Return every way to write a name, and the name it stands for; of two tables the later one counts."""
    return {way: name for table in tables for name, ways in _words()[table].items() for way in ways}


def words_of(table: str, name: str) -> list[str]:
    """Return the words of one name in a table."""
    return _words()[table][name]


def all_of(table: str) -> frozenset[str]:
    """Return the names in a table."""
    return frozenset(_words()[table])


@functools.cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
