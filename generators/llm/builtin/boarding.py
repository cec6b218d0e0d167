"""The board: a setting, an hour, people and a deed for every scene, none like another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from storyboard.generators.llm.builtin.lexicon import Theme, table
from storyboard.generators.llm.builtin.reading import Reading
from storyboard.generators.llm.builtin.verses import capital
from storyboard.generators.llm.slices import section_kind, slices_of
from storyboard.schema.board import Story
from storyboard.schema.cast import Character
from storyboard.schema.scene import Scene, SceneKind, TimeOfDay, Weather
from storyboard.schema.song import LineRef, Song

# Places so alike in a picture that a film shows only one of them.
_KINDRED = (
    {"school", "classroom", "museum", "library"},
    {"shop", "bakery"},
    {"park", "garden"},
    {"office", "hospital"},
    {"road", "bridge"},
    {"field", "snow village"},
)
_OUTDOORS = frozenset(
    (
        "street",
        "rooftop",
        "park",
        "beach",
        "road",
        "forest",
        "mountain",
        "field",
        "harbour",
        "garden",
        "desert",
        "bridge",
        "school",
    )
)
_SINGING = (
    "stage",
    "rooftop",
    "club",
    "bridge",
    "mountain",
    "beach",
    "field",
    "moon",
    "harbour",
    "forest",
    "desert",
    "street",
)
_POSSESSIVES = {"woman": "her", "girl": "her", "man": "his", "boy": "his", "robot": "its", "animal": "its"}
_CAMERAS = ("slow push in", "pan right", "pull back", "handheld", "orbit", "crane up", "pan left", "static")
_HOURS: tuple[tuple[TimeOfDay, ...], ...] = (
    ("night", "morning", "day", "golden hour", "dusk", "dawn"),
    ("morning", "day", "golden hour", "night", "dusk", "dawn"),
    ("dusk", "night", "dawn", "day", "golden hour", "morning"),
    ("day", "dusk", "morning", "night", "golden hour", "dawn"),
)


@dataclass(frozen=True)
class _Frame:
    """What a scene needs besides its place: its lines, its part in the story, its people."""

    index: int
    lines: list[LineRef]
    is_chorus: bool
    is_performance: bool
    names: list[str]


def board_of(
    reading: Reading,
    seed: int,
    n_scenes: int,
    song: Song,
    story: Story,
    cast: list[Character],
    findings: Sequence[str],
) -> list[Scene]:
    """Return the scenes of a song; other findings of a review lead to another board."""
    rng = reading.rng(seed, "board" + "".join(sorted(findings)))
    frames = _frames(song, cast, slices_of(song, n_scenes))
    kinds = _kinds(reading, rng, frames)
    hours = _hours(rng, len(frames))
    weathers = _weathers(reading.themes[0], rng, kinds)
    words = table("looks")[reading.themes[0].mood]["words"]
    plots = _plots(reading, cast, frames)
    first_camera = rng.randrange(len(_CAMERAS))
    texts = table("settings")
    deeds = [theme.deed for theme in reading.themes if theme.deed]
    their = {character.name: _POSSESSIVES.get(character.gender, "their") for character in cast}
    return [
        Scene(
            id=f"scene-{frame.index + 1}",
            title=rng.choice(texts[kind]["titles"]),
            setting=rng.choice(texts[kind]["texts"]),
            time_of_day="night" if kind == "club" else hours[frame.index],
            weather=weathers[frame.index],
            characters=frame.names,
            actions=_actions(frame, kind, their, deeds, rng),
            plot=plots[frame.index],
            kind=_scene_kind(frame),
            camera=_CAMERAS[(first_camera + frame.index) % len(_CAMERAS)],
            mood=words[frame.index % len(words)],
            lines=frame.lines,
            seed=rng.randrange(2**32),
        )
        for frame, kind in zip(frames, kinds, strict=True)
    ]


def _frames(song: Song, cast: list[Character], runs: list[list[LineRef]]) -> list[_Frame]:
    is_chorus = [section_kind(song, run) == "chorus" for run in runs]
    choruses = [index for index, chorus in enumerate(is_chorus) if chorus] or [len(runs) // 2]
    inner = [index for index in choruses if 0 < index < len(runs) - 1] or choruses
    shown = {inner[0]} | {index for index in inner[-1:] if index - inner[0] >= 4}
    names = [character.name for character in cast]
    return [
        _Frame(
            index, run, is_chorus[index], index in shown, _present(index, len(runs), index in shown, names)
        )
        for index, run in enumerate(runs)
    ]


def _present(index: int, n_scenes: int, is_performance: bool, names: list[str]) -> list[str]:
    """Return who is in a scene: alone at first, two by two, all together at the end."""
    lead, others = names[:1], names[1:]
    if not others:
        return lead
    if index == n_scenes - 1:
        return names[:3]
    if is_performance or index == 0:
        return lead
    turn = index % 3
    if turn == 1:
        return [*lead, others[0]]
    if turn == 2:
        return [*lead, others[-1]]
    return others[:1] if n_scenes > 4 else [*lead, others[0]]


def _kinds(reading: Reading, rng: Random, frames: list[_Frame]) -> list[str]:
    """Return a kind of place for each scene: the topic's own places first, then its themes'."""
    known: list[str] = list(table("settings"))
    ranked = [_kind_named(word, known) for word in reading.words]
    for theme, share in zip(reading.themes, (8, 3, 2), strict=False):
        telling, others = list(theme.settings[:2]), list(theme.settings[2:share])
        rng.shuffle(telling)  # a theme names its most telling places first: one of them opens the film
        rng.shuffle(others)
        ranked += telling + others
    rest = [
        kind
        for kind in known
        if kind not in ("hospital", "desert", "moon", "snow village", "bakery", "classroom", "office")
    ]
    rng.shuffle(rest)
    ranked += [*rest, *known]
    chosen = _without_kin(ranked)[: len(frames)]
    chosen += [known[index % len(known)] for index in range(len(frames) - len(chosen))]
    return _with_stage(chosen, frames, ranked)


def _kind_named(word: str, known: list[str]) -> str:
    word = word.removesuffix("'s")
    forms = (word, word.removesuffix("s"), word.removesuffix("ing"), word.removesuffix("ing") + "e")
    aliases = table("aliases")
    return next((aliases.get(form, form) for form in forms if aliases.get(form, form) in known), "")


def _without_kin(ranked: list[str]) -> list[str]:
    """Return the kinds in order, each once, and only one of those that look alike while others are left."""
    kept: list[str] = []
    spare: list[str] = []
    for kind in dict.fromkeys(filter(None, ranked)):
        alike = any(kind in kin and kin & set(kept) for kin in _KINDRED)
        (spare if alike else kept).append(kind)
    return kept + spare


def _with_stage(chosen: list[str], frames: list[_Frame], ranked: list[str]) -> list[str]:
    """Move a place where one can sing to each performance; the topic's own place opens the film."""
    kinds = list(chosen)
    for frame in frames:
        if not frame.is_performance or kinds[frame.index] in _SINGING:
            continue
        at = next(
            (i for i in range(len(kinds)) if kinds[i] in _SINGING and not frames[i].is_performance), None
        )
        if at is not None:
            kinds[frame.index], kinds[at] = kinds[at], kinds[frame.index]
        else:
            free = [kind for kind in ("stage", *ranked) if kind in _SINGING and kind not in kinds]
            kinds[frame.index] = free[0] if free else kinds[frame.index]
    return kinds


def _hours(rng: Random, n_scenes: int) -> list[TimeOfDay]:
    hours = rng.choice(_HOURS)
    return [hours[index % len(hours)] for index in range(n_scenes)]


def _weathers(theme: Theme, rng: Random, kinds: list[str]) -> list[Weather]:
    choices: list[Weather] = table("looks")[theme.mood]["weather"]
    first = rng.randrange(len(choices))
    result: list[Weather] = []
    for index, kind in enumerate(kinds):
        weather = choices[(first + index) % len(choices)]
        if kind == "snow village":
            weather = "snow"
        elif kind in ("moon", "desert") or (weather == "snow" and theme.name != "winter"):
            weather = "clear"
        elif kind not in _OUTDOORS and weather in ("wind", "fog"):
            weather = "cloudy"
        result.append(weather)
    return result


def _actions(frame: _Frame, kind: str, their: dict[str, str], deeds: list[str], rng: Random) -> str:
    """Return one sentence for each character present, with a deed of the themes where the place has one."""
    place = table("settings")[kind]
    names = frame.names
    if len(names) == 1:
        moves = (
            [move for move in place["moves"] if "sing" in move] if frame.is_performance else place["moves"]
        )
        move = rng.choice(_telling(moves, deeds) or ["stands in the light and sings with open arms"])
        return f"{names[0]} {move.replace('{their}', their[names[0]])}."
    text = (
        rng.choice(_telling(place["pairs"], deeds))
        .replace("{a}", names[0])
        .replace("{b}", names[1])
        .replace("{their}", their[names[0]])
    )
    return text + "".join(f" {name} looks up." for name in names[2:])


def _telling(sentences: list[str], deeds: list[str]) -> list[str]:
    return [each for each in sentences if any(deed in each for deed in deeds)] or sentences


def _scene_kind(frame: _Frame) -> SceneKind:
    return "performance" if frame.is_performance else "story"


def _plots(reading: Reading, cast: list[Character], frames: list[_Frame]) -> list[str]:
    """Return a sentence for each scene: the story's beats in order, the song itself where it is performed."""
    theme, a = reading.themes[0], cast[0].name
    b = cast[1].name if len(cast) > 1 else "nobody"
    things = [phrase for phrase in reading.phrases if phrase not in reading.people]
    things = things or list(reading.phrases) or ["what was there all along"]
    core = capital(reading.core)
    opening = [
        f"Where it begins for {a}: \u201c{core}\u201d.",
        f"{a} and {b} meet, and nothing stays as it was.",
    ]
    middle = [
        f"The good hours: {things[0]}, and nobody looks at the clock.",
        capital(theme.trouble) + ".",
        f"{b} waits, not knowing whether {a} will come.",
        f"{a} comes back to {things[-1]}, and sees it with other eyes.",
        f"{a} and {b} try to say it, each in another room of the same day.",
        f"One more day, and {things[0]} in every window.",
    ]
    told = [frame for frame in frames if not frame.is_performance]
    n_middle = max(0, len(told) - 3)
    # The trouble is told even in the shortest film.
    beats = [middle[1]] if n_middle == 1 else [middle[index % len(middle)] for index in range(n_middle)]
    ordered = (
        [*opening[: max(1, len(told) - n_middle - 1)], *beats, theme.change]
        if len(told) > 1
        else [theme.change]
    )
    by_index = dict(zip((frame.index for frame in told), ordered, strict=False))
    sung = f"{a} sings it to whoever listens: \u201c{core}\u201d."
    return [by_index.get(frame.index, sung) for frame in frames]
