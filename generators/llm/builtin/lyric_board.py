"""The board of a given song: each scene where its own lines are, doing what they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from storyboard.generators.llm.builtin.boarding import CAMERAS, Actor, performed_in
from storyboard.generators.llm.builtin.cues import language_of
from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.lyric_places import (
    Named,
    hours_for,
    kinds_for,
    named_in,
    settings_for,
    told_apart,
    weathers_for,
)
from storyboard.generators.llm.builtin.placing import hours_of, ranked_kinds, weathers_of, without_kin
from storyboard.generators.llm.builtin.plotting import Told, tell
from storyboard.generators.llm.builtin.reading import Reading
from storyboard.generators.llm.builtin.shapes import Shape
from storyboard.generators.llm.slices import slices_of
from storyboard.generators.llm.writer import Brief
from storyboard.schema.board import Story
from storyboard.schema.cast import Character
from storyboard.schema.scene import Scene, SceneKind
from storyboard.schema.song import LineRef, Song

_WITHOUT_WORDS: tuple[SceneKind, ...] = ("story", "performance", "environment")
_TRIES = 6  # draws of an action before one is seen again
_EMPTY = (
    "Nobody is here yet, and the place waits.",
    "They have gone; what they left is still warm.",
    "Only the light moves.",
)


def lyric_board_of(
    reading: Reading,
    shape: Shape,
    brief: Brief,
    song: Song,
    story: Story,
    cast: list[Character],
    findings: Sequence[str],
) -> list[Scene]:
    """Return the scenes of a given song; one without words alternates story, performance and empty places."""
    rng = reading.rng(brief.seed, "board", findings)
    runs = slices_of(song, brief.n_scenes)
    named = _named(reading, brief, song, runs)
    shown = _kinds_of_scene(song, runs)
    performed = [kind == "performance" for kind in shown]
    kinds = kinds_for(named, performed, without_kin(ranked_kinds(reading, rng)))
    settings = settings_for(kinds, "texts", rng)
    theme = reading.themes[0]
    weathers = weathers_for(named, weathers_of(theme, rng, kinds), kinds, theme)
    hours, weathers = told_apart(settings, hours_for(named, hours_of(shape, rng, kinds)), weathers, named)
    told = _told(reading, shape, story, cast, shown, rng)
    actions = _actions(reading, cast, named, kinds, told, performed, rng)
    titles, moods = settings_for(kinds, "titles", rng), table("looks")[theme.mood]["words"]
    first_camera = rng.randrange(len(CAMERAS))
    return [
        Scene(
            id=f"scene-{index + 1}",
            title=titles[index],
            setting=settings[index],
            time_of_day=hours[index],
            weather=weathers[index],
            characters=told[index].names,
            actions=actions[index],
            plot=told[index].plot,
            kind=shown[index],
            camera=CAMERAS[(first_camera + index) % len(CAMERAS)],
            mood=moods[index % len(moods)],
            lines=runs[index],
            seed=rng.randrange(2**32),
        )
        for index in range(len(runs))
    ]


def _named(reading: Reading, brief: Brief, song: Song, runs: list[list[LineRef]]) -> list[Named]:
    """Return what each scene's lines name; what those of the first leave open, the topic names."""
    if not any(runs):
        return _named_by_title(reading, brief, song, len(runs))
    lines = [[song.line(ref) for ref in run] for run in runs]
    known = language_of([line for run in lines for line in run], brief.language)
    first, *others = (named_in(run, known) for run in lines)
    return [first.or_else(named_in([brief.topic], "en")), *others]


def _named_by_title(reading: Reading, brief: Brief, song: Song, n_scenes: int) -> list[Named]:
    """Return what topic and title name: in that place the film begins and ends, in that light it dances."""
    named = named_in([brief.topic, song.title], "en")
    named = replace(named, kinds=named.kinds or reading.words[:1])
    by_part = {"story": Named(), "performance": replace(named, kinds=()), "environment": Named()}
    return [
        named if index in (0, n_scenes - 1) else by_part[_WITHOUT_WORDS[index % len(_WITHOUT_WORDS)]]
        for index in range(n_scenes)
    ]


def _kinds_of_scene(song: Song, runs: list[list[LineRef]]) -> list[SceneKind]:
    """Return whether each scene tells, performs or only shows a place; a film ends on people."""
    if any(runs):
        return ["performance" if is_performed else "story" for is_performed in _performed(song, runs)]
    kinds = [_WITHOUT_WORDS[index % len(_WITHOUT_WORDS)] for index in range(len(runs))]
    if len(runs) == 1:
        return ["performance"]
    return [*kinds[:-1], "story" if kinds[-1] == "environment" else kinds[-1]]


def _performed(song: Song, runs: list[list[LineRef]]) -> list[bool]:
    """Return for each scene whether the song is performed in it: where a chorus is sung, if there is one."""
    n_chorus = [sum(song.sections[section].kind == "chorus" for section, _ in run) for run in runs]
    performed = performed_in(song, runs)
    if any(n_chorus) and not any(
        n for n, is_performed in zip(n_chorus, performed, strict=True) if is_performed
    ):
        return [index == n_chorus.index(max(n_chorus)) for index in range(len(runs))]
    return performed


def _told(
    reading: Reading, shape: Shape, story: Story, cast: list[Character], shown: list[SceneKind], rng: Random
) -> list[Told]:
    """Return the steps of the story, and between them empty places."""
    peopled = [kind == "performance" for kind in shown if kind != "environment"]
    steps = iter(tell(reading, shape, story, cast, peopled, rng, is_sung=reading.is_sung))
    first = rng.randrange(len(_EMPTY))
    return [
        Told(_EMPTY[(first + index // 3) % len(_EMPTY)], []) if kind == "environment" else next(steps)
        for index, kind in enumerate(shown)
    ]


def _actions(
    reading: Reading,
    cast: list[Character],
    named: Sequence[Named],
    kinds: Sequence[str],
    told: Sequence[Told],
    performed: Sequence[bool],
    rng: Random,
) -> list[str]:
    """Return what is done in each scene: what its lines speak of, else what the themes do; nothing twice."""
    drawn: list[str] = []
    of_themes = [theme.deed for theme in reading.themes if theme.deed]
    shown = "sing" if reading.is_sung else "dance"
    for index, kind in enumerate(kinds):
        names = told[index].names
        actor = Actor(cast, list(named[index].deeds) or of_themes, rng, shown)
        tries = [actor.actions(kind, names, performed[index]) for _ in range(_TRIES)] if names else [""]
        drawn.append(next((text for text in tries if text not in drawn), tries[0]))
    return drawn
