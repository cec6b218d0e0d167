"""The board: each scene's place, hour, people and deed, the lines of the song split among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.lyric_places import Named, told_apart
from storyboard.generators.llm.builtin.placing import hours_of, kinds_of, light_said, weathers_of
from storyboard.generators.llm.builtin.plotting import tell
from storyboard.generators.llm.builtin.reading import Reading
from storyboard.generators.llm.builtin.shapes import Shape
from storyboard.generators.llm.builtin.sheets import is_pet
from storyboard.generators.llm.slices import section_kind, slices_of
from storyboard.schema.board import Story
from storyboard.schema.cast import Character
from storyboard.schema.scene import Scene
from storyboard.schema.song import LineRef, Song

POSSESSIVES = {
    "woman": "her",
    "girl": "her",
    "man": "his",
    "boy": "his",
    "robot": "its",
    "animal": "its",
    "creature": "its",
}
CAMERAS = ("slow push in", "pan right", "pull back", "handheld", "orbit", "crane up", "pan left", "static")
_PERFORMED = {
    "sing": (
        "stands in the light and sings with open arms",
        "{a} sings with open arms. {b} dances beside {a}.",
    ),
    "dance": ("dances in the light with open arms", "{a} dances in the light. {b} plays guitar beside {a}."),
}
_PLAYS = re.compile(r"\b(?:guitar|piano)\b")
_PET_MOVES = (
    "sits and looks up",
    "runs in circles and jumps",
    "walks ahead and turns around",
    "sits and waits",
)
_DESERTED, _SUNLIT = ("closed", "empty", "half-empty"), ("sunny", "bright")
_WORN = re.compile(r"\b(reads?|phone|turns away|cries|talks|waves|laughs)\b")
"""Deeds that look the same wherever they are done."""
_MOST_TOLD = 2
"""In how many scenes of a film one of them may be seen, and never in two that follow each other."""
_DARK = ("dusk", "night")
_BESIDE = ("{b} sits close by.", "{b} looks up.", "{b} runs ahead.", "{b} jumps and runs in circles.")


def board_of(
    reading: Reading,
    shape: Shape,
    seed: int,
    n_scenes: int,
    song: Song,
    story: Story,
    cast: list[Character],
    findings: Sequence[str],
) -> list[Scene]:
    """Return the scenes of a song; the findings of a review lead to another board."""
    rng = reading.rng(seed, "board", findings)
    runs = slices_of(song, n_scenes)
    performed = performed_in(song, runs)
    kinds = kinds_of(reading, shape, rng, performed)
    hour, weather = light_said(reading)
    hours = hours_of(shape, rng, kinds, hour)
    weathers = weathers_of(reading.themes[0], rng, kinds, weather)
    texts = table("settings")
    settings = [rng.choice(_fitting(texts[kind]["texts"], index, hour)) for index, kind in enumerate(kinds)]
    hours, weathers = told_apart(settings, hours, weathers, [Named()] * len(kinds), kinds)
    told = tell(reading, shape, story, cast, performed, rng)
    moods = table("looks")[reading.themes[0].mood]["words"]
    first_camera = rng.randrange(len(CAMERAS))
    actor = Actor(cast, [theme.deed for theme in reading.themes if theme.deed], rng)
    return [
        Scene(
            id=f"scene-{index + 1}",
            title=rng.choice(texts[kind]["titles"]),
            setting=settings[index],
            time_of_day=hours[index],
            weather=weathers[index],
            characters=told[index].names,
            actions=actor.actions(kind, told[index].names, performed[index]),
            plot=told[index].plot,
            kind="performance" if performed[index] else "story",
            camera=CAMERAS[(first_camera + index) % len(CAMERAS)],
            mood=moods[index % len(moods)],
            lines=runs[index],
            seed=rng.randrange(2**32),
        )
        for index, kind in enumerate(kinds)
    ]


def _fitting(texts: list[str], index: int, hour: str) -> list[str]:
    """Return the texts of a place that suit it: the topic's own is not closed, and at night not sunny."""
    if index:
        return texts
    contrary = _DESERTED if hour not in _DARK else (*_DESERTED, *_SUNLIT)
    return [text for text in texts if not any(word in text.split() for word in contrary)] or texts


def performed_in(song: Song, runs: list[list[LineRef]]) -> list[bool]:
    """Return for each scene whether the song is performed in it: an inner chorus, and one much later."""
    choruses = [index for index, run in enumerate(runs) if section_kind(song, run) == "chorus"]
    choruses = choruses or [len(runs) // 2]
    inner = [index for index in choruses if 0 < index < len(runs) - 1] or choruses
    shown = {inner[0]} | {index for index in inner[-1:] if index - inner[0] >= 4}
    return [index in shown for index in range(len(runs))]


class Actor:
    """Says what everyone present does, with a deed of the themes where the place has one."""

    def __init__(self, cast: list[Character], deeds: list[str], rng: Random, shown: str = "sing") -> None:
        """Take who may be present, deeds to prefer, and the deed of a performance: "sing" or "dance"."""
        self._gender: dict[str, str] = {character.name: character.gender for character in cast}
        self._pets = {character.name for character in cast if is_pet(character)}
        self._deeds = deeds
        self._rng = rng
        self._shown = shown
        self._has_played = False
        self._told: list[set[str]] = []

    def actions(self, kind: str, names: list[str], is_performed: bool) -> str:
        """Return a sentence or two for the one or two in front, a glance for the others."""
        place, shown = table("settings")[kind], self._shown
        alone, together = _PERFORMED[shown]
        if shown != "sing":
            place = {key: [text for text in place[key] if "sing" not in text] for key in ("moves", "pairs")}
        if len(names) == 1 and names[0] in self._pets:
            text = f"{names[0]} {self._rng.choice(_PET_MOVES)}."
        elif len(names) == 1 or names[1] in self._pets:
            moves = [move for move in place["moves"] if shown in move] if is_performed else place["moves"]
            move = self._drawn(moves) or alone
            text = f"{names[0]} {move}."
            if len(names) > 1:
                text += f" {self._rng.choice(_BESIDE[:2] if 'sit' in text or 'sleep' in text else _BESIDE)}"
        else:
            pairs = [pair for pair in place["pairs"] if shown in pair] if is_performed else place["pairs"]
            text = self._drawn(pairs) or together
        for slot, name in zip(("{a}", "{b}"), names, strict=False):
            text = text.replace(slot, name)
        text = text.replace("{their}", POSSESSIVES.get(self._gender[names[0]], "their"))
        return text + "".join(f" {name} looks up." for name in names[2:])

    def _drawn(self, sentences: list[str]) -> str:
        """Return one of some sentences; an instrument is played once a film, unless the themes play it."""
        sentences = self._fresh(sentences)
        telling = [each for each in sentences if any(deed in each for deed in self._deeds)]
        unplayed = [each for each in sentences if not (self._has_played and _PLAYS.search(each))]
        choices = telling or unplayed or sentences
        drawn = self._rng.choice(choices) if choices else ""
        self._told.append(set(_WORN.findall(drawn)))
        self._has_played |= bool(_PLAYS.search(drawn))
        return drawn

    def _fresh(self, sentences: list[str]) -> list[str]:
        """Return those that tell nothing again that was just told, or more than twice in a film."""
        told = [deed for deeds in self._told for deed in deeds]
        worn = {deed for deed in told if told.count(deed) >= _MOST_TOLD} | set().union(*self._told[-1:])
        return [each for each in sentences if worn.isdisjoint(_WORN.findall(each))] or sentences
