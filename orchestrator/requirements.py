"""What a run needs from the machine, checked before any work."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Mapping
from pathlib import Path

from storyboard.generators import registry
from storyboard.generators.image.picture import read_picture
from storyboard.generators.llm import open_writer
from storyboard.orchestrator.nodes.fitting import PARAMETERS, fit_wishes
from storyboard.orchestrator.options import Options
from storyboard.orchestrator.requests import generator_of, parameters_of, told_of
from storyboard.prompts import render
from storyboard.schema.board import Parameter, Storyboard, Told
from storyboard.schema.errors import GeneratorError, InputError, SystemRequirementError
from storyboard.schema.scene import Scene

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
    """Make sure that every generator the storyboard names exists, can run here and takes what it is told.

    Raises:
        UnknownGenerator: no generator of that name; `where` is the field path.
        GeneratorUnavailable: it cannot run here; the hint says what to install.
        InputError: a parameter is unknown or wrong; `where` is its place.
    """
    families: tuple[Told, ...] = ("video",) if board.song.audio else ("voice", "music", "video")
    for family in families:
        _check(family, getattr(board.generators, family), f"generators.{family}")
        _check_parameters(family, getattr(board.generators, family), board.generators.parameters)
    if board.generators.voice_sample and not board.song.audio:
        check_cloning(board.generators.voice)
    for index, scene in enumerate(board.scenes):
        _check_scene(board, index, scene)
    if any(needs_pictures(scene, board) for scene in board.scenes):
        _check("image", board.generators.image, "generators.image")
        _check_parameters("image", board.generators.image, board.generators.parameters)


def check_choice(options: Options) -> None:
    """Make sure that the generators asked for exist and can run here, the writer among them.

    Raises:
        UnknownGenerator, GeneratorUnavailable, InputError: as in check_generators.
        InputError: a voice is to be cloned by a generator that cannot.
    """
    generators = options.generators
    open_writer(generators.llm, render).check()
    families: tuple[Told, ...] = ("voice", "music", "video", "image")
    for family in families:
        _check(family, getattr(generators, family), f"generators.{family}")
        _check_parameters(family, getattr(generators, family), generators.parameters)
    if options.voice_sample:
        check_cloning(generators.voice)


def check_pictures(board: Storyboard, folder: Path) -> None:
    """Make sure that the user's portraits are in the project, and are pictures.

    Raises:
        InputError: one is not there.
        MediaError: one is no image.
    """
    for name, file in board.generators.portraits.items():
        if not (folder / file).is_file():
            raise InputError(
                f"there is no picture {file!r} in the project",
                where=f"generators.portraits.{name}",
                hint=f"bring it: storyboard render {folder} --portrait {name}=FILE",
            )
        read_picture(folder / file)


def needs_pictures(scene: Scene, board: Storyboard) -> bool:
    """Whether the generator of a scene uses portraits or key frames."""
    able = registry.video(generator_of(scene, board)).capabilities()
    return able.uses_portraits or able.needs_image


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


def _check_scene(board: Storyboard, index: int, scene: Scene) -> None:
    where = f"scenes[{index}].generator"
    if scene.generator.name:
        _check("video", scene.generator.name, f"{where}.name")
    spec = generator_of(scene, board)
    try:
        _check_told("video", spec, parameters_of(scene, board))
    except InputError as error:
        error.where = f"{where}.parameters.{error.where.rpartition('.')[2]}"
        raise
    fit_wishes(told_of(scene, board), scene.focus, f"{where}.parameters")


def _check_parameters(family: Told, spec: str, told: Mapping[Told, Mapping[str, Parameter]]) -> None:
    own = {name: each for name, each in told.get(family, {}).items() if name not in PARAMETERS}
    _check_told(family, registry.choose(family, spec), own)


def _check_told(family: Told, spec: str, told: Mapping[str, Parameter]) -> None:
    """Make sure that a generator knows what it is told; one without `parameters` knows nothing."""
    if told and getattr(registry.load(family, spec), "parameters", None) is None:
        name = next(iter(told))
        raise InputError(
            f"there is no parameter {name!r}",
            where=f"generators.parameters.{family}.{name}",
            hint=f"{spec} has no parameters",
        )
    registry.check_parameters(family, spec, told)


def _check(family: registry.Family, spec: str, where: str) -> None:
    try:
        registry.create(family, registry.choose(family, spec)).check()
    except GeneratorError as error:
        error.where = where
        raise
