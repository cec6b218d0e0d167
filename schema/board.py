"""The storyboard: the one document a person edits, and the checks that tie its parts together."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from storyboard.schema.cast import Character
from storyboard.schema.document import Line, Part, Text
from storyboard.schema.scene import Scene
from storyboard.schema.song import LineRef, Song
from storyboard.schema.timeline import AccentKind, Transition

Aspect = Literal["16:9", "9:16", "1:1"]
Pace = Literal["calm", "medium", "fast"]
Color = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class Look(Part):
    """How the film looks: style words, palette, frame."""

    style: Text = ""
    palette: list[Color] = Field(default_factory=list, max_length=8)
    aspect: Aspect = "16:9"
    height: int = Field(default=720, ge=144, le=2160, multiple_of=2, description="pixels")
    fps: int = Field(default=24, ge=8, le=60, description="frames a second")

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the video in pixels, both even."""
        across, down = (int(part) for part in self.aspect.split(":"))
        return round(self.height * across / down / 2) * 2, self.height


class Story(Part):
    """What happens: a summary, and who, where and what changes."""

    summary: Line
    who: Text = ""
    where: Text = ""
    change: Text = ""


class VoiceSample(Part):
    """A recording of the voice to be cloned, and that its speaker agreed."""

    file: Line = Field(description="its path in the project")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    source: Line = Field(description="the file or address that it came from")
    consent: Line = Field(description="what the user confirmed about the speaker's consent")


Parameter = str | int | float | bool
Told = Literal["voice", "music", "video", "image"]
"""The families of generators that take parameters."""


class Generators(Part):
    """Which generator makes what: a name, or NAME:MODEL for one that runs models of many names."""

    llm: Line = "auto"
    voice: Line = "auto"
    music: Line = "auto"
    video: Line = "auto"
    image: Line = Field(
        default="auto", description="of portraits and key frames, for video models that use them"
    )
    parameters: dict[Told, dict[str, Parameter]] = Field(
        default_factory=dict, description="what a generator is told beyond the song: {music: {steps: 30}}"
    )
    takes: int = Field(
        default=1, ge=1, le=8, description="of each scene that a model shoots; the best is kept"
    )
    portraits: dict[str, Line] = Field(
        default_factory=dict, description="your own pictures of characters: paths in the project, by name"
    )
    voice_sample: VoiceSample | None = Field(default=None, description="whose voice is cloned, if any")


class CutPin(Part):
    """A cut that the user wants at a certain time, whatever the music does there."""

    at_s: float = Field(gt=0, description="seconds from the start of the song")
    scene: Text = Field(default="", description="id of the scene that begins or goes on there; empty: any")
    transition: Transition | None = Field(
        default=None, description="how the shot before gives way there; empty: as the song asks for it"
    )
    transition_s: Annotated[float, Field(gt=0, le=4)] | None = Field(
        default=None, description="how long a crossfade or dip takes; empty: a beat"
    )


class Cutting(Part):
    """What the user wants of the cuts."""

    pace: Pace = "medium"
    transitions: Literal["mixed", "cuts"] = Field(
        default="mixed", description="mixed: crossfades and dips where the song is soft or comes to rest"
    )
    accents: list[AccentKind] = Field(
        default_factory=list, max_length=2, description="emphasis on the downbeats of loud sections"
    )
    pins: list[CutPin] = Field(default_factory=list, max_length=2000)
    only_pins: bool = Field(default=False, description="cut at the pins and nowhere else")
    shot_s: dict[str, Annotated[float, Field(gt=0)]] = Field(
        default_factory=dict, description="wanted length of the shots of a scene in seconds, by its id"
    )


class Output(Part):
    """Which films are written."""

    captions: Literal["burned", "soft", "none"] = Field(
        default="burned", description="soft: a subtitle track that the player shows or hides"
    )
    titles: bool = Field(default=True, description="a title at the start and credits at the end")
    clean: bool = Field(
        default=False, description="also the film without captions and titles: video-clean.mp4"
    )
    also: list[Aspect] = Field(
        default_factory=list, max_length=2, description="also the film in these shapes: video-9x16.mp4"
    )


class Direction(Part):
    """What the user wants to see while one line is sung: a row of the spreadsheet."""

    section: int = Field(ge=0)
    line: int = Field(ge=0)
    prompt: Text = ""
    negative_prompt: Text = ""
    style: Text = ""
    image: Text = Field(default="", description="a picture to come near to: its path in the project")
    strength: float | None = Field(default=None, ge=0, le=1, description="how far to leave the last picture")

    @property
    def ref(self) -> LineRef:
        """The line by its occurrence."""
        return self.section, self.line


class Storyboard(Part):
    """storyboard.json, the source of truth: song, story, cast, scenes and how to make them."""

    version: Literal["storyboard/1"] = Field(default="storyboard/1", alias="schema")
    topic: Annotated[Text, Field(max_length=2000)]
    seed: int = Field(default=0, ge=0, lt=2**32)
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    look: Look = Field(default_factory=Look)
    song: Song
    story: Story
    cast: list[Character] = Field(min_length=1, max_length=8)
    scenes: list[Scene] = Field(min_length=1, max_length=24)
    directions: list[Direction] = Field(default_factory=list, description="wishes for single lines")
    cutting: Cutting = Field(default_factory=Cutting)
    output: Output = Field(default_factory=Output)
    generators: Generators = Field(default_factory=Generators)
    notes: list[Text] = Field(default_factory=list)

    @model_validator(mode="after")
    def _parts_agree(self) -> Storyboard:
        problems = [*_cast_problems(self), *_scene_problems(self), *_line_problems(self)]
        problems += [*_ref_problems(self), *_cutting_problems(self)]
        if problems:
            raise ValidationError.from_exception_data("Storyboard", problems)
        return self

    def characters_of(self, scene: Scene) -> list[Character]:
        """Return the sheets of the characters in a scene, in the scene's order, dressed for it."""
        sheets = {character.name: character for character in self.cast}
        return [
            sheets[name].model_copy(update={"clothing": scene.outfits.get(name) or sheets[name].clothing})
            for name in scene.characters
        ]

    def directions_of(self, scene: Scene) -> list[Direction]:
        """Return the user's wishes for the lines of a scene."""
        return [direction for direction in self.directions if direction.ref in scene.lines]


def _problem(location: tuple[str | int, ...], message: str, value: object) -> InitErrorDetails:
    told = PydanticCustomError("storyboard", "{message}", {"message": message})
    return {"type": told, "loc": location, "input": value}


def _cast_problems(board: Storyboard) -> list[InitErrorDetails]:
    names = [character.name for character in board.cast]
    problems = [
        _problem(("cast", index, "name"), f"two characters are named {name!r}", name)
        for index, name in enumerate(names)
        if name in names[:index]
    ]
    allowed = ", ".join(names)
    for name in board.generators.portraits:
        if name not in names:
            message = f"no character named {name!r} in cast; allowed: {allowed}"
            problems.append(_problem(("generators", "portraits", name), message, name))
    return problems


def _scene_problems(board: Storyboard) -> list[InitErrorDetails]:
    names = [character.name for character in board.cast]
    ids = [scene.id for scene in board.scenes]
    allowed = ", ".join(names)
    problems = []
    for index, scene in enumerate(board.scenes):
        if scene.id in ids[:index]:
            where: tuple[str | int, ...] = ("scenes", index, "id")
            problems.append(_problem(where, f"two scenes have the id {scene.id!r}", scene.id))
        for position, name in enumerate(scene.characters):
            where = ("scenes", index, "characters", position)
            if name not in names:
                problems.append(
                    _problem(where, f"no character named {name!r} in cast; allowed: {allowed}", name)
                )
            elif name in scene.characters[:position]:
                problems.append(_problem(where, f"{name!r} is named twice", name))
        for name in scene.outfits:
            if name not in scene.characters:
                where = ("scenes", index, "outfits", name)
                problems.append(_problem(where, f"{name!r} is not in this scene's characters", name))
    return problems


def _line_problems(board: Storyboard) -> list[InitErrorDetails]:
    """Together the scenes carry every sung line exactly once, in the order it is sung."""
    sung = list(board.song.line_refs())
    if not sung:
        return []
    problems, expected = [], iter(sung)
    for index, scene in enumerate(board.scenes):
        where = ("scenes", index, "lines")
        if not scene.lines:
            problems.append(_problem(where, "a scene must carry at least one sung line", []))
        for position, ref in enumerate(scene.lines):
            due = next(expected, None)
            if ref != due:
                return [*problems, _problem((*where, position), _line_message(ref, due, sung), ref)]
    missing = list(expected)
    if missing:
        where = ("scenes", len(board.scenes) - 1, "lines")
        problems.append(_problem(where, f"sung lines carried by no scene: {_refs(missing)}", missing))
    return problems


def _ref_problems(board: Storyboard) -> list[InitErrorDetails]:
    """What is said of single lines is said of lines that the song has, once each and in order."""
    sung = list(board.song.line_refs())
    named: list[tuple[tuple[str | int, ...], LineRef]] = []
    named += [(("song", "times", index), time.ref) for index, time in enumerate(board.song.times)]
    named += [(("directions", index), each.ref) for index, each in enumerate(board.directions)]
    problems = [
        _problem(where, f"the song has no line {_refs([ref])}", ref)
        for where, ref in named
        if ref not in sung
    ]
    times = board.song.times
    for index, (before, after) in enumerate(pairwise(times), start=1):
        if before.ref >= after.ref or before.start_s > after.start_s:
            where = ("song", "times", index)
            problems.append(_problem(where, "times go forward, line by line", after.start_s))
    return problems


def _cutting_problems(board: Storyboard) -> list[InitErrorDetails]:
    """Pins and shot lengths name scenes that are there; pins go forward in time."""
    ids = [scene.id for scene in board.scenes]
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("cutting", "pins", index, "scene"), pin.scene) for index, pin in enumerate(board.cutting.pins)
    ]
    named += [(("cutting", "shot_s", scene), scene) for scene in board.cutting.shot_s]
    allowed = ", ".join(ids)
    problems = [
        _problem(where, f"no scene has the id {scene!r}; allowed: {allowed}", scene)
        for where, scene in named
        if scene and scene not in ids
    ]
    for index, (before, after) in enumerate(pairwise(board.cutting.pins), start=1):
        if before.at_s >= after.at_s:
            problems.append(_problem(("cutting", "pins", index, "at_s"), "pins go forward", after.at_s))
    return problems


def _line_message(ref: LineRef, due: LineRef | None, sung: list[LineRef]) -> str:
    if ref not in sung:
        return f"the song has no line {_refs([ref])}; it has {_refs([sung[0]])} to {_refs([sung[-1]])}"
    if due is None:
        return f"line {_refs([ref])} is carried already"
    return f"line {_refs([ref])} is out of order: {_refs([due])} comes next"


def _refs(refs: list[LineRef]) -> str:
    return ", ".join(f"[{section}, {line}]" for section, line in refs)
