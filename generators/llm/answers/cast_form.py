"""The cast: one to four character sheets, read field by field, so that a missing coat alone is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from storyboard.generators.llm.answers.clean import clean, plain_words
from storyboard.generators.llm.answers.documents import MAX_CAST, CastAnswer
from storyboard.generators.llm.answers.form import Form, Parts, Read, schema_of
from storyboard.generators.llm.answers.labels import entries, label_of
from storyboard.generators.llm.answers.values import age_of, gender_of
from storyboard.generators.llm.answers.vocabulary import names_of
from storyboard.generators.llm.answers.wardrobe import clothing_of, hair_of
from storyboard.schema.cast import Character

_FIELDS = names_of("character")
_LABELS = names_of("character", "person")
_NEEDED = ("name", "gender", "age", "hair", "eyes", "clothing")
_OPTIONAL = ("face", "height")


class CastForm(Form[list[Character]]):
    """One to four characters with different names, told apart by hair and clothing colours."""

    template: ClassVar[str] = "cast_form"

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a cast."""
        return schema_of(CastAnswer)

    def labelled(self, text: str) -> dict[str, Any]:
        """Read "**Character 1: Mia**" and the fields under it."""
        people: list[dict[str, Any]] = []
        for entry in entries(text, _LABELS, frozenset({"character"})):
            if entry.name == "character":
                people.append({"number": entry.number, "name": _name_in(entry.value)})
            elif entry.name == "cast":
                continue
            elif not people or (
                entry.name == "name" and clean(people[-1].get("name")) and len(people[-1]) > 2
            ):
                people.append({"number": None, entry.name: entry.whole})
            elif not clean(people[-1].get(entry.name)):
                people[-1][entry.name] = (
                    entry.whole if entry.name == "clothing" else entry.value or entry.whole
                )
        return {"characters": people} if people else {}

    def parts_of(self, data: Mapping[str, Any]) -> Read:
        """Read the valid fields of every character, the first four of them."""
        read = Read()
        people = _people_in(data)
        if len(people) > MAX_CAST:
            read.notes.append(f"the model cast {len(people)} characters; the first {MAX_CAST} were kept")
        taken: list[str] = []
        used: set[int] = set()
        for position, person in enumerate(people[:MAX_CAST], start=1):
            number = person.get("number")
            if not isinstance(number, int) or not 1 <= number <= MAX_CAST or number in used:
                number = next(n for n in (position, *range(1, MAX_CAST + 1)) if n not in used)
            used.add(number)
            fields = _fields_of(person)
            name = fields.get("name", "")
            if name and name in taken:
                fields.pop("name")
                read.faults.append(f"characters[{position - 1}].name: two have the same name")
            taken.append(name)
            read.parts |= {f"character {number}: {field}": value for field, value in fields.items()}
        if twins := _twins(read.parts):
            read.faults.append(
                f"characters: {' and '.join(twins)} have the same hair and clothing colours; make them differ"
            )
        return read

    def gaps(self, parts: Parts) -> dict[str, str]:
        """Name the fields that a character in the answer lacks, and the twins' clothes."""
        numbers = _numbers(parts) or ["1"]
        missing = {
            f"character {number}: {field}": f"{self._who(number, parts)}: {field} is missing or not usable"
            for number in numbers
            for field in _NEEDED
            if f"character {number}: {field}" not in parts
        }
        return missing

    def fill(self, parts: Parts, donor: Parts, names: Sequence[str]) -> Parts:
        """Take fields from another answer: by name where it has the name, else by number, else in order."""
        filled = dict(parts)
        numbers = list(dict.fromkeys(_number_in(name) for name in names))
        theirs = {
            plain_words(donor[f"character {n}: name"]): n
            for n in _numbers(donor)
            if f"character {n}: name" in donor
        }
        for place, number in enumerate(numbers):
            own = plain_words(parts.get(f"character {number}: name", ""))
            in_order = _numbers(donor)[place : place + 1]
            source = theirs.get(own) or (number if number in _numbers(donor) else next(iter(in_order), None))
            for name in names:
                field = name.partition(": ")[2]
                if source and _number_in(name) == number and f"character {source}: {field}" in donor:
                    value = donor[f"character {source}: {field}"]
                    filled[name] = value if field != "name" else _free_name(value, filled)
        return filled

    def assemble(self, parts: Parts) -> list[Character]:
        """Return the sheets.

        Raises:
            ValueError: two have the same name, or the same colours of hair and clothes.
        """
        people = []
        for number in _numbers(parts):
            fields = {
                field: parts.get(f"character {number}: {field}", "") for field in (*_NEEDED, *_OPTIONAL)
            }
            people.append(Character.model_validate(fields))
        names = [person.name for person in people]
        if len(set(names)) < len(names):
            raise ValueError("characters: two have the same name")
        if twins := _twins(parts):
            raise ValueError(f"characters: {twins[0]} and {twins[1]} look the same")
        return people

    def donor(self, document: list[Character]) -> Parts:
        """Return the parts of a cast."""
        return {
            f"character {number}: {field}": value
            for number, person in enumerate(document, start=1)
            for field, value in person.model_dump().items()
        }

    def blank(self, names: Sequence[str]) -> dict[str, Any]:
        """Return, for each character, its number and the fields to fill in."""
        numbers = list(dict.fromkeys(_number_in(name) for name in names)) or ["1", "2", "3"]
        wanted = {n: [name.partition(": ")[2] for name in names if _number_in(name) == n] for n in numbers}
        return {"characters": [{"number": n, "fields": wanted[n] or [*_NEEDED, *_OPTIONAL]} for n in numbers]}

    def called(self, name: str, parts: Parts) -> str:
        """Return "Leo's clothing", or "the name of character 2"."""
        who, _, field = name.partition(": ")
        known = parts.get(f"{who}: name")
        return f"{known}'s {field}" if known else f"the {field} of {who}"

    def _who(self, number: str, parts: Parts) -> str:
        return f"characters[{int(number) - 1}] {parts.get(f'character {number}: name', '')}".strip()


def _people_in(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    given = next((data[key] for key in ("characters", "cast", "items", "people") if key in data), None)
    if isinstance(given, Mapping):  # {"Mia": {…}, "Leo": {…}}
        given = [{"name": name, **value} for name, value in given.items() if isinstance(value, Mapping)]
    if given is None and label_of(str(next(iter(data), ""))[:40], _FIELDS):
        given = [data]
    return [person for person in given if isinstance(person, Mapping)] if isinstance(given, list) else []


def _fields_of(person: Mapping[str, Any]) -> dict[str, Any]:
    """Return the valid fields of one character under their own names, as plain values."""
    named: dict[str, Any] = {}
    for key, value in person.items():
        known = label_of(str(key)[:40].replace("_", " "), _FIELDS)
        if known:
            named.setdefault(known[0], value)
    age = age_of(named.get("age"))
    name = clean(named.get("name"), 40).strip(".,:;")
    gender = gender_of(named.get("gender"), age)
    fields: dict[str, Any] = {
        "name": name,
        "gender": gender,
        "age": age if age or gender not in ("robot", "animal", "creature") else 3,
        "hair": hair_of(named),
        "eyes": clean(named.get("eyes"), 60).removesuffix(" eyes").removesuffix(" eye"),
        "face": clean(named.get("face"), 120),
        "height": clean(named.get("height"), 60),
        "clothing": clothing_of(named.get("clothing")),
    }
    return {field: value for field, value in fields.items() if value}


def _name_in(text: str) -> str:
    """Return the name in "Mia (the protagonist)" or "Mia, 27"."""
    name = clean(text, 80).split(" (")[0].split(",")[0].split(" - ")[0].split(" \u2013 ")[0]
    return clean(name, 40)


def _numbers(parts: Parts) -> list[str]:
    return sorted({_number_in(name) for name in parts})


def _number_in(name: str) -> str:
    return name.partition(":")[0].removeprefix("character ")


def _free_name(name: str, parts: Parts) -> str:
    taken = [value for key, value in parts.items() if key.endswith(": name")]
    return next(
        each
        for each in (name, f"{name} Junior", f"{name} the Second", f"{name} the Third", f"{name} the Fourth")
        if each not in taken
    )


def _twins(parts: Parts) -> tuple[str, str] | None:
    """Return the names of two whom nobody could tell apart."""
    seen: dict[tuple[str, ...], str] = {}
    for number in _numbers(parts):
        hair, clothing = parts.get(f"character {number}: hair"), parts.get(f"character {number}: clothing")
        if not hair or not clothing:
            continue
        colors = (hair["color"], *(garment["color"] for garment in clothing))
        name = parts.get(f"character {number}: name", f"character {number}")
        if colors in seen:
            return seen[colors], name
        seen[colors] = name
    return None
