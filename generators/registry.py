"""Find generators by name: entry points, so that another package's generator is one more name.

What a user chooses is a spec: `auto`, a name, or NAME:MODEL for one that runs models of many names
("musicgen:facebook/musicgen-medium", or a folder that holds one).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Literal, cast

from storyboard.generators.models.parameters import parameters_of
from storyboard.generators.seams import (
    Generator,
    ImageGenerator,
    MusicGenerator,
    VideoGenerator,
    VoiceGenerator,
)
from storyboard.schema.board import Parameter
from storyboard.schema.errors import GeneratorUnavailable, UnknownGenerator

Family = Literal["llm", "voice", "music", "video", "image"]
FAMILIES: tuple[Family, ...] = ("llm", "voice", "music", "video", "image")
_EMBEDDED: dict[Family, str] = {
    "llm": "builtin",
    "voice": "singer",
    "music": "band",
    "video": "animatic",
    "image": "illustration",
}


@cache
def _registered(family: Family) -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=f"storyboard.{family}")}


def names(family: Family) -> list[str]:
    """Return the names that a family has, sorted."""
    return sorted(_registered(family))


def load(family: Family, spec: str) -> type[Generator]:
    """Return the class of a generator; importing it must be cheap.

    Raises:
        UnknownGenerator: the family has no generator of that name.
        GeneratorUnavailable: its package is broken or incomplete.
    """
    name = _parts(spec)[0]
    point = _registered(family).get(name)
    if point is None:
        allowed = ", ".join(["auto", *names(family)])
        raise UnknownGenerator(
            f"no {family} generator is named {name!r}; allowed: {allowed}",
            where=f"generators.{family}",
            hint="`storyboard doctor` lists them",
        )
    try:
        return cast(type[Generator], point.load())
    except ImportError as error:
        raise GeneratorUnavailable(
            f"{name} cannot be imported ({error})", where=f"generators.{family}", hint="reinstall it"
        ) from error


def choose(family: Family, spec: str) -> str:
    """Turn `auto` into the name of the best generator that this machine can run."""
    if spec != "auto":
        load(family, spec)
        return spec
    others = [each for each in names(family) if each != _EMBEDDED[family]]
    return next((each for each in others if _is_preferred(family, each)), _EMBEDDED[family])


def _is_preferred(family: Family, name: str) -> bool:
    """Whether `auto` may take this one: it says that it is better, and it can run here."""
    try:
        generator = load(family, name)
        if getattr(generator, "preferred", False):
            generator().check()
            return True
    except GeneratorUnavailable:
        pass
    return False


def create(family: Family, spec: str) -> Generator:
    """Return a generator, which may still lack something that `check` would name.

    Raises:
        UnknownGenerator: there is none of that name, or it has no models to choose from.
        GeneratorUnavailable: its package is broken or incomplete.
    """
    name, model = _parts(spec)
    generator: Callable[..., Generator] = load(family, spec)
    if not model:
        return generator()
    if not inspect.signature(generator).parameters:
        raise UnknownGenerator(
            f"{name} has no models to choose from", where=f"generators.{family}", hint=f"write just {name}"
        )
    return generator(model)


def voice(spec: str) -> VoiceGenerator:
    """Return a ready voice generator."""
    return cast(VoiceGenerator, _ready("voice", spec))


def music(spec: str) -> MusicGenerator:
    """Return a ready music generator."""
    return cast(MusicGenerator, _ready("music", spec))


def video(spec: str) -> VideoGenerator:
    """Return a ready video generator."""
    return cast(VideoGenerator, _ready("video", spec))


def image(spec: str) -> ImageGenerator:
    """Return a ready image generator."""
    return cast(ImageGenerator, _ready("image", spec))


def check_parameters(family: Family, spec: str, given: Mapping[str, Parameter]) -> None:
    """Make sure that a generator takes what it is told beyond the song, before anything is made.

    Raises:
        InputError: a name is unknown or a value is wrong; the hint lists what is known.
    """
    kind = getattr(create(family, spec), "parameters", None)
    if kind is not None:
        parameters_of(kind, given, f"generators.parameters.{family}")


def revision(generator: Generator) -> str:
    """Return what is installed of a generator's model; empty for one without."""
    return str(getattr(generator, "revision", ""))


def _ready(family: Family, spec: str) -> Generator:
    generator = create(family, spec)
    generator.check()
    return generator


def _parts(spec: str) -> tuple[str, str]:
    name, _, model = spec.partition(":")
    return name, model
