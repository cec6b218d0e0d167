"""What a run needs from the machine, checked before any work."""

from __future__ import annotations

import ctypes
import sys

from storyboard.generators import registry
from storyboard.generators.llm import open_writer
from storyboard.orchestrator.options import Options
from storyboard.prompts import render
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import GeneratorError, InputError, SystemRequirementError

_LIBRARIES = {"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1", "libexpat.so.1": "libexpat1"}
"""System libraries that skia loads on Linux, and the Debian packages that hold them."""


def check_system() -> None:
    """Make sure that the system libraries are there.

    Raises:
        SystemRequirementError: one is missing; the hint is the command that installs it.
    """
    missing = missing_libraries()
    if missing:
        packages = " ".join(_LIBRARIES[name] for name in missing)
        raise SystemRequirementError(
            f"{', '.join(missing)} missing",
            where="system",
            hint=f"on Debian or Ubuntu: sudo apt-get install -y {packages}",
        )


def missing_libraries() -> list[str]:
    """Return the system libraries that cannot be loaded here."""
    return [name for name in _LIBRARIES if sys.platform == "linux" and not _loads(name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def check_generators(board: Storyboard) -> None:
    """Make sure that every generator the storyboard names exists and can run here.

    Raises:
        UnknownGenerator: no generator of that name; `where` is the field path.
        GeneratorUnavailable: it cannot run here; the hint says what to install.
    """
    families: tuple[registry.Family, ...] = ("video",) if board.song.audio else ("voice", "music", "video")
    for family in families:
        _check(family, getattr(board.generators, family), f"generators.{family}")
    if board.generators.voice_sample and not board.song.audio:
        check_cloning(board.generators.voice)
    for index, scene in enumerate(board.scenes):
        if scene.generator.name:
            _check("video", scene.generator.name, f"scenes[{index}].generator.name")


def check_choice(options: Options) -> None:
    """Make sure that the generators asked for exist and can run here, the writer among them.

    Raises:
        UnknownGenerator, GeneratorUnavailable: as in check_generators.
        InputError: a voice is to be cloned by a generator that cannot.
    """
    generators = options.generators
    open_writer(generators.llm, render).check()
    for family in ("voice", "music", "video"):
        _check(family, getattr(generators, family), f"generators.{family}")
        registry.check_parameters(
            family,
            registry.choose(family, getattr(generators, family)),
            generators.parameters.get(family, {}),
        )
    if options.voice_sample:
        check_cloning(generators.voice)


def check_cloning(voice: str) -> None:
    """Make sure that a voice generator can sing with the voice of a sample.

    Raises:
        InputError: it cannot.
    """
    chosen = registry.choose("voice", voice)
    if not getattr(registry.load("voice", chosen), "clones", False):
        raise InputError(
            f"{chosen} cannot clone a voice", where="generators.voice", hint="choose --voice yourtts"
        )


def _check(family: registry.Family, spec: str, where: str) -> None:
    try:
        registry.create(family, registry.choose(family, spec)).check()
    except GeneratorError as error:
        error.where = where
        raise
