"""The board: a scene to each run of sung lines, read one by one, so that a missing one alone is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from storyboard.generators.llm.answers.clean import clean, plain_words
from storyboard.generators.llm.answers.documents import BoardAnswer, SceneDraft
from storyboard.generators.llm.answers.form import Form, Parts, Read, schema_of
from storyboard.generators.llm.answers.labels import entries, label_of
from storyboard.generators.llm.answers.values import hour_of, kind_of, weather_of
from storyboard.generators.llm.answers.vocabulary import names_of

_FIELDS = names_of("scene")
_LABELS = names_of("scene", "board")
_PRONOUN = re.compile(r"(?:(?<=^)|(?<=[.!?;]\s))(She|He|They|It)\b")


class BoardForm(Form[list[SceneDraft]]):
    """A fixed number of scenes whose characters are all in the cast."""

    template: ClassVar[str] = "board_form"

    def __init__(self, names: Sequence[str], n_scenes: int) -> None:
        """Take the names of the cast, and how many scenes are needed."""
        self._names = list(names)
        self._n_scenes = n_scenes

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a board."""
        return schema_of(BoardAnswer)

    def labelled(self, text: str) -> dict[str, Any]:
        """Read "*Scene 3: The Roof*" and the fields under it."""
        scenes: list[dict[str, Any]] = []
        for entry in entries(text, _LABELS, frozenset({"scene"})):
            if entry.name == "scene" and (entry.number or entry.value or not scenes):
                scenes.append({"number": entry.number, "title": entry.value})
            elif entry.name in ("board", "scene"):
                continue
            elif not scenes:
                scenes.append({"number": None, entry.name: entry.whole})
            elif not clean(scenes[-1].get(entry.name)):
                scenes[-1][entry.name] = entry.whole
        return {"scenes": scenes} if scenes else {}

    def parts_of(self, data: Mapping[str, Any]) -> Read:
        """Read the scenes that can be shot; of too many, the first that fit."""
        read = Read()
        given = _scenes_in(data)
        drafts = [self._draft(scene, place, read) for place, scene in enumerate(given)]
        numbers = [_number_of(scene) for scene in given]
        whole = [(number, draft) for number, draft in zip(numbers, drafts, strict=True) if draft]
        if len(given) > self._n_scenes:
            read.notes.append(
                f"the model drew {len(given)} scenes; the first {self._n_scenes} that fit were kept"
            )
            kept = [draft for _, draft in whole][: self._n_scenes]
            read.parts = {f"scene {place}": draft for place, draft in enumerate(kept, start=1)}
        elif _are_places(numbers, self._n_scenes):
            read.parts = {f"scene {number}": draft for number, draft in whole}
        else:
            read.parts = {f"scene {place}": draft for place, draft in enumerate(drafts, start=1) if draft}
        return read

    def gaps(self, parts: Parts) -> dict[str, str]:
        """Name the scenes that are missing."""
        missing = [place for place in range(1, self._n_scenes + 1) if f"scene {place}" not in parts]
        n_given = self._n_scenes - len(missing)
        short = f"scenes: {n_given} usable, {self._n_scenes} are needed"
        return {
            f"scene {place}": f"scenes[{place - 1}]: is missing, or has no setting or no actions ({short})"
            for place in missing
        }

    def fill(self, parts: Parts, donor: Parts, names: Sequence[str]) -> Parts:
        """Take the scenes named; an answer that numbers them from 1 again has them in order."""
        if any(name in donor for name in names):
            return super().fill(parts, donor, names)
        in_order = [donor[name] for name in sorted(donor, key=lambda name: int(name.split()[1]))]
        return parts | dict(zip(names, in_order, strict=False))

    def assemble(self, parts: Parts) -> list[SceneDraft]:
        """Return the scenes in order."""
        return [SceneDraft(**parts[f"scene {place}"]) for place in range(1, self._n_scenes + 1)]

    def donor(self, document: list[SceneDraft]) -> Parts:
        """Return the scenes by name."""
        return {f"scene {place}": draft.model_dump() for place, draft in enumerate(document, start=1)}

    def blank(self, names: Sequence[str]) -> dict[str, Any]:
        """Return the numbers of the scenes to fill in."""
        return {"numbers": [int(name.split()[1]) for name in names] or list(range(1, self._n_scenes + 1))}

    def _draft(self, scene: Mapping[str, Any], place: int, read: Read) -> dict[str, Any] | None:
        """Return a scene that can be shot, as plain values; None without a setting or a deed."""
        named = _named(scene)
        setting, actions = clean(named.get("setting")), clean(named.get("actions"), 1000)
        present, strangers = self._present(named.get("characters"))
        kind = kind_of(named.get("kind")) or ("story" if present else "environment")
        for name in strangers[:2]:
            allowed = ", ".join(self._names)
            read.faults.append(f"scenes[{place}].characters: no {name!r}; allowed: {allowed}")
        if not setting or not (actions or kind == "environment"):
            return None
        return {
            "title": clean(named.get("title"), 120) or _title_from(setting),
            "setting": setting,
            "time_of_day": hour_of(named.get("time_of_day")) or hour_of(setting) or "day",
            "weather": weather_of(named.get("weather")) or "clear",
            "characters": present,
            "actions": _with_name(actions, present),
            "plot": clean(named.get("plot"), 1000),
            "kind": kind if present or kind != "performance" else "story",
            "camera": clean(named.get("camera"), 120),
            "mood": clean(named.get("mood"), 120),
        }

    def _present(self, value: Any) -> tuple[list[str], list[str]]:
        """Return the names of the cast in a field, each once, and those that nobody has."""
        given = value if isinstance(value, list) else re.split(r"[,;/&]|\band\b", clean(value))
        present: list[str] = []
        strangers: list[str] = []
        for item in given[:16]:
            said = clean(item.get("name") if isinstance(item, Mapping) else item, 80)
            if not said or plain_words(said) in ("none", "nobody", "no one", "empty"):
                continue
            name = self._name_like(said)
            (strangers if name is None else present).append(name or said)
        return list(dict.fromkeys(present))[:4], strangers

    def _name_like(self, said: str) -> str | None:
        """Return the one name of the cast that "mia", "Mia (singing)" or "Mia Hart" means."""
        words = set(plain_words(said).split())
        exact = [name for name in self._names if said == name]
        alike = [name for name in self._names if words and words & set(plain_words(name).split())]
        found = exact or alike
        return found[0] if len(found) == 1 else None


def _scenes_in(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    given = next((data[key] for key in ("scenes", "items", "storyboard", "board") if key in data), None)
    if isinstance(given, Mapping) and "scenes" in given:
        given = given["scenes"]
    if given is None and any(plain_words(str(key)[:20]).startswith("scene") for key in data):
        given = {key: value for key, value in data.items() if isinstance(value, Mapping)}
    if given is None and "setting" in data:
        given = [data]
    if isinstance(given, Mapping):  # {"scene 1": {…}, …}
        given = [
            {"number": _digits(str(key)), **value}
            for key, value in given.items()
            if isinstance(value, Mapping)
        ]
    return [scene for scene in given[:64] if isinstance(scene, Mapping)] if isinstance(given, list) else []


def _named(scene: Mapping[str, Any]) -> dict[str, Any]:
    """Return a scene's fields under their own names; of two for one field, the first that says something."""
    named: dict[str, Any] = {}
    for key, value in scene.items():
        known = label_of(str(key)[:40].replace("_", " "), _FIELDS)
        if known and not clean(named.get(known[0])):
            named[known[0]] = value
    return named


def _number_of(scene: Mapping[str, Any]) -> int | None:
    for key in ("number", "scene", "scene_number", "id"):
        if key in scene and (number := _digits(clean(scene[key], 40))):
            return number
    return None


def _digits(text: str) -> int | None:
    found = re.search(r"\d{1,2}", text)
    return int(found[0]) if found else None


def _are_places(numbers: list[int | None], n_scenes: int) -> bool:
    """Whether scenes are numbered, each once, within the board."""
    return all(n is not None and 1 <= n <= n_scenes for n in numbers) and len(set(numbers)) == len(numbers)


def _title_from(setting: str) -> str:
    words = re.sub(r"^(?:an?|the)\s+", "", setting, flags=re.IGNORECASE).split()[:5]
    return " ".join(words).rstrip(",.;:").capitalize() or "Scene"


def _with_name(actions: str, present: list[str]) -> str:
    """Put the name where a sentence begins with a pronoun: a video model knows nobody called "she"."""
    return _PRONOUN.sub(present[0], actions) if len(present) == 1 else actions
