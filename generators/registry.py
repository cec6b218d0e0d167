"""Find generators by name: entry points, so that another package's generator is one more name."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Literal, cast

from storyboard.generators.seams import Generator, MusicGenerator, VideoGenerator, VoiceGenerator
from storyboard.schema.errors import GeneratorUnavailable, UnknownGenerator

Family = Literal["llm", "voice", "music", "video"]
FAMILIES: tuple[Family, ...] = ("llm", "voice", "music", "video")
_EMBEDDED: dict[Family, str] = {"llm": "builtin", "voice": "singer", "music": "band", "video": "animatic"}


@cache
def _registered(family: Family) -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=f"storyboard.{family}")}


def names(family: Family) -> list[str]:
    """Return the names that a family has, sorted."""
    return sorted(_registered(family))


def load(family: Family, name: str) -> type[Generator]:
    """Return the class of a generator; importing it must be cheap.

    Raises:
        UnknownGenerator: the family has no generator of that name.
        GeneratorUnavailable: its package is broken or incomplete.
    """
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


def choose(family: Family, name: str) -> str:
    """Turn `auto` into the name of the best generator that this machine can run."""
    if name != "auto":
        load(family, name)
        return name
    others = [each for each in names(family) if each != _EMBEDDED[family]]
    return next((each for each in others if _is_preferred(family, each)), _EMBEDDED[family])


def _is_preferred(family: Family, name: str) -> bool:
    """Whether `auto` may take this one: it says that it is better, and it can run here."""
    try:
        generator = load(family, name)()
        generator.check()
    except GeneratorUnavailable:
        return False
    return bool(getattr(generator, "preferred", False))


def voice(name: str) -> VoiceGenerator:
    """Return a ready voice generator."""
    return cast(VoiceGenerator, _ready("voice", name))


def music(name: str) -> MusicGenerator:
    """Return a ready music generator."""
    return cast(MusicGenerator, _ready("music", name))


def video(name: str) -> VideoGenerator:
    """Return a ready video generator."""
    return cast(VideoGenerator, _ready("video", name))


def _ready(family: Family, name: str) -> Generator:
    generator = load(family, name)()
    generator.check()
    return generator
