"""The camera: shoots a scene's requests into the store, each once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from storyboard.generators import registry
from storyboard.generators.seams import VideoGenerator, VideoRequest
from storyboard.orchestrator.nodes.fitting import CLIP, TAKE, name_of
from storyboard.orchestrator.requests import on_this_machine
from storyboard.orchestrator.spending import cost_usd_of
from storyboard.orchestrator.state import Context
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.errors import MediaError
from storyboard.schema.files import save
from storyboard.schema.progress import OnFraction


class StoreCamera:
    """Shoots with one generator into a project's store.

    Args:
        workspace: the project.
        spec: the generator's name.
        generator: the generator itself.
        context: of the run.
        pictures: where the pictures lie that requests name, by the name in the request.
        n_planned: how many takes were planned and are paid for by what the run keeps back.
    """

    def __init__(
        self,
        workspace: Workspace,
        spec: str,
        generator: VideoGenerator,
        context: Context,
        pictures: Mapping[str, Path],
        n_planned: int = 1,
    ) -> None:
        self._workspace, self._context = workspace, context
        self._spec, self._generator, self._pictures = spec, generator, pictures
        self._n_planned, self._n_taken = n_planned, 0
        self.has_shot = False

    def key(self, request: VideoRequest) -> str:
        """Return the key of a request's clip, shot or not."""
        return clip_key(self._spec, self._generator, request)

    def shoot(self, request: VideoRequest, progress: OnFraction) -> str:
        """Shoot a request unless it is in the store; return the key of its clip.

        Raises:
            GeneratorError: the generator failed, or --max-cost does not allow it.
            MediaError: what it made is no clip; the message names the scene.
        """
        key, is_planned = self.key(request), self._n_taken < self._n_planned
        self._n_taken += 1

        def fill(folder: Path) -> None:
            asked = self._on_this_machine(request)
            cost_usd = cost_usd_of(self._generator, asked)
            self._context.spending.spend(cost_usd, name_of(request), is_planned=is_planned)
            try:
                take = self._context.executor.shoot(self._spec, asked, folder / CLIP, progress)
            except MediaError as error:
                error.where = name_of(request)
                raise
            save(take, folder / TAKE)

        self.has_shot |= not self._workspace.store.make(key, fill)
        return key

    def may_shoot(self, request: VideoRequest) -> bool:
        """Whether --max-cost still allows what a request costs."""
        if self.key(request) in self._workspace.store:
            return True
        cost_usd = cost_usd_of(self._generator, self._on_this_machine(request))
        return self._context.spending.allows(cost_usd, is_planned=self._n_taken < self._n_planned)

    def _on_this_machine(self, request: VideoRequest) -> VideoRequest:
        return on_this_machine(request, self._workspace.folder, self._pictures)


def clip_key(spec: str, generator: VideoGenerator, request: VideoRequest) -> str:
    """Return the key of a clip: everything that it is made from."""
    return key_of(
        "clip",
        generator=spec,
        version=generator.version,
        revision=registry.revision(generator),
        request=request,
    )
