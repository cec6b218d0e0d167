"""The takes of a scene: shot, judged, taken again where one cannot be used; the best is fitted."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from storyboard.generators.seams import VideoRequest
from storyboard.orchestrator.executor import n_cores
from storyboard.orchestrator.judging import JUDGING, judged
from storyboard.orchestrator.nodes.fitting import (
    FIT,
    FitWishes,
    Footage,
    SceneFit,
    footage_of,
    name_of,
    write_fitted,
)
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.errors import MediaError
from storyboard.schema.files import save
from storyboard.schema.progress import Notice, OnEvent, OnFraction, ignore
from storyboard.schema.provenance import TakeMade
from storyboard.sync import FITTING

if TYPE_CHECKING:
    from storyboard.generators.video.likeness import Likeness

RETAKES = 2
"""How many takes of a scene may fail before the scene fails or the best of them is kept."""
_SEED_STEP = 0x9E3779B1  # the golden ratio of 2**32: seeds that no scene of the film has by counting
_PROCESSOR = threading.BoundedSemaphore(n_cores())
"""Measuring and fitting take a core; the scenes of a film may be more than there are."""


class Camera(Protocol):
    """Shoots requests of a scene into the store."""

    def key(self, request: VideoRequest) -> str:
        """Return the key of a request's clip, shot or not."""
        ...

    def shoot(self, request: VideoRequest, progress: OnFraction) -> str:
        """Shoot a request unless it is in the store; return the key of its clip."""
        ...

    def may_shoot(self, request: VideoRequest) -> bool:
        """Whether what a request costs is still allowed."""
        ...


@dataclass(frozen=True)
class TakeWishes:
    """What is wanted of the takes of a scene.

    Attributes:
        n_takes: how many good ones, of which the best is kept.
        fit: how they are fitted.
        likeness: compares them with the portraits; None: likeness is not judged.
        portraits: of the characters in the scene.
    """

    n_takes: int = 1
    fit: FitWishes = field(default_factory=FitWishes)
    likeness: Likeness | None = None
    portraits: Sequence[Path] = ()


@dataclass(frozen=True)
class _Take:
    """A take that could be shown."""

    number: int
    clip: str
    request: VideoRequest
    footage: Footage
    made: TakeMade


def best_take(
    workspace: Workspace,
    request: VideoRequest,
    camera: Camera,
    wishes: TakeWishes,
    progress: OnFraction = ignore,
    *,
    on_event: OnEvent = ignore,
) -> str:
    """Shoot a scene as often as is needed, and return the key of a clip that has exactly its frames.

    A take that is broken, black, still, flat, wild or unlike its portraits is taken again with another
    seed, as often as RETAKES allows. If all that fail could at least be shown, the best of them is.

    Args:
        workspace: the project.
        request: what is asked for; each further take has another seed.
        camera: shoots it.
        wishes: how many takes, and what is wanted of them.
        progress: receives how much of all takes is done.
        on_event: told why a take was not used.

    Raises:
        MediaError: no take can be shown; the message names the scene.
    """
    key = _key(request, camera, wishes)
    workspace.store.make(
        key, lambda folder: _fill(workspace, request, camera, wishes, progress, on_event, folder)
    )
    return key


def another(request: VideoRequest) -> VideoRequest:
    """Return the same request with another seed, also where the user told the generator one."""
    parameters = dict(request.parameters)
    if isinstance(told := parameters.get("seed"), int):
        parameters["seed"] = (told + _SEED_STEP) % 2**32
    seed = (request.seed + _SEED_STEP) % 2**32
    return request.model_copy(update={"seed": seed, "parameters": parameters})


def _key(request: VideoRequest, camera: Camera, wishes: TakeWishes) -> str:
    look, likeness = request.look, wishes.likeness
    return key_of(
        "fit",
        version=[FITTING, JUDGING],
        clip=camera.key(request),
        slots=[[shot.first_frame, shot.n_frames] for shot in request.shots],
        beats=request.beats,
        size=look.size,
        fps=look.fps,
        n_takes=wishes.n_takes,
        likeness=[likeness.revision, *(_name(path) for path in wishes.portraits)] if likeness else [],
        **asdict(wishes.fit),
    )


def _name(path: Path) -> str:
    """Return a file of the store by its entry, wherever the project lies."""
    return f"{path.parent.name}/{path.name}"


def _fill(
    workspace: Workspace,
    request: VideoRequest,
    camera: Camera,
    wishes: TakeWishes,
    progress: OnFraction,
    on_event: OnEvent,
    folder: Path,
) -> None:
    takes, made = _takes(workspace, request, camera, wishes, progress, on_event)
    good = [take for take in takes if not take.made.refused]
    best = max(good or takes, key=lambda take: (take.made.score, -take.number))
    if not good:
        text = f"{name_of(request)}: no take is good; take {best.number} is used, which {best.made.refused}"
        on_event(Notice(text))
    with _PROCESSOR:
        slow_motion = write_fitted(best.footage, request, wishes.fit, folder)
    fit = SceneFit(
        shots=best.footage.shots,
        clip=best.clip,
        take=best.number,
        seed=best.made.seed,
        takes=made,
        slow_motion=slow_motion,
    )
    save(fit, folder / FIT)


def _takes(
    workspace: Workspace,
    request: VideoRequest,
    camera: Camera,
    wishes: TakeWishes,
    progress: OnFraction,
    on_event: OnEvent,
) -> tuple[list[_Take], list[TakeMade]]:
    """Return the takes that could be shown, and what became of all of them."""
    takes: list[_Take] = []
    made: list[TakeMade] = []
    n_failed, last = 0, MediaError("was not shot", where=name_of(request))
    while len(made) - n_failed < wishes.n_takes and n_failed <= RETAKES:
        number = len(made) + 1
        if made and not camera.may_shoot(request):
            on_event(Notice(f"{name_of(request)}: --max-cost allows no take {number}"))
            break
        share = _share(progress, number - 1, wishes.n_takes + n_failed)
        try:
            take = _taken(workspace, request, camera, wishes, share, number)
            takes.append(take)
            made.append(take.made)
        except MediaError as error:
            last = error
            made.append(TakeMade(seed=_seed(request), refused=error.message))
        if made[-1].refused:
            n_failed += 1
            again = "; it is taken again" if n_failed <= RETAKES else ""
            on_event(Notice(f"{name_of(request)}: take {number} {made[-1].refused}{again}"))
        request = another(request)
    if not takes:
        message = f"none of {len(made)} takes can be used; the last {last.message}"
        raise MediaError(message, where=last.where or name_of(request), hint=last.hint)
    return takes, made


def _taken(
    workspace: Workspace,
    request: VideoRequest,
    camera: Camera,
    wishes: TakeWishes,
    progress: OnFraction,
    number: int,
) -> _Take:
    clip = camera.shoot(request, progress)
    with _PROCESSOR:
        footage = footage_of(workspace, clip, request, wishes.fit)
        made = judged(footage, _seed(request), wishes.likeness, wishes.portraits)
    return _Take(number, clip, request, footage, made)


def _seed(request: VideoRequest) -> int:
    told = request.parameters.get("seed")
    return told if isinstance(told, int) else request.seed


def _share(progress: OnFraction, n_done: int, n_takes: int) -> OnFraction:
    return lambda done: progress((n_done + done) / max(n_takes, n_done + 1))
