"""The pictures: a portrait of each character and a key frame of each shot, for generators that use them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from langgraph.runtime import Runtime

from storyboard.generators import registry
from storyboard.generators.image.picture import read_picture, write_png
from storyboard.generators.seams import ImageFile, ImageRequest, ImageTake
from storyboard.orchestrator.estimating import announce_costs
from storyboard.orchestrator.nodes.shooting import timeline_of
from storyboard.orchestrator.state import Context, FilmState, step
from storyboard.orchestrator.studio import PICTURE, Studio, key_frame_file
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.board import Storyboard
from storyboard.schema.cast import Character
from storyboard.schema.files import load, save
from storyboard.schema.progress import OnFraction
from storyboard.schema.provenance import PictureMade, Run

_TAKE = "take.json"
_Fill = Callable[[Path], None]


def draw_pictures(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Draw what the generators of the scenes need beforehand; nothing where none does.

    Raises:
        GeneratorError: a picture could not be drawn, or the shoot would cost more than --max-cost allows.
        InputError: a picture of the user's is not there.
    """
    context = runtime.context or Context()
    workspace = Workspace(Path(state["project"]))
    board = load(workspace.storyboard, Storyboard)
    studio = Studio(workspace, board, timeline_of(workspace, state["timeline"]))
    announce_costs(studio, context)
    if not studio.is_needed:
        _withdraw_others(workspace, ())
        return {"portraits": {}, "key_frames": {}}
    with step(context, "draw_pictures") as report:
        drawing = _Drawing(studio, context, report.progress)
        portraits = {each.name: drawing.portrait(each) for each in studio.characters}
        key_frames = {board.scenes[index].id: drawing.key_frames(index, portraits) for index in studio.scenes}
        _publish(studio, portraits, key_frames)
        report.reused, report.detail = drawing.n_drawn == 0, f"{drawing.n_done} pictures"
        return {"portraits": portraits, "key_frames": key_frames}


def portrait_made(studio: Studio, name: str, key: str) -> PictureMade:
    """Return the record of a portrait."""
    character = next(each for each in studio.board.cast if each.name == name)
    image = studio.portrait_image(name, key)
    if studio.own_portrait(name) is not None:
        own = studio.board.generators.portraits[name]
        return PictureMade(file=own, sha256=image.sha256)
    return _made(studio, image, studio.portrait_request(character), key)


def key_frames_made(
    studio: Studio, index: int, keys: list[str], portraits: dict[str, str]
) -> list[PictureMade]:
    """Return the records of a scene's key frames."""
    request = studio.request(index)
    return [
        _made(studio, image, studio.key_frame_request(request, shot, portraits), key)
        for shot, (image, key) in enumerate(zip(studio.key_frame_images(index, keys), keys, strict=True))
    ]


class _Drawing:
    """Draws the pictures of a film, one after the other, so that their model is loaded once."""

    def __init__(self, studio: Studio, context: Context, progress: OnFraction) -> None:
        self._studio, self._context, self._progress = studio, context, progress
        n_shots = sum(len(studio.request(index).shots) for index in studio.scenes)
        self._n_pictures = max(1, len(studio.characters) + n_shots)
        self.n_done = self.n_drawn = 0

    def portrait(self, character: Character) -> str:
        """Return the key of a character's portrait."""
        own = self._studio.own_portrait(character.name)
        key = self._studio.portrait_key(character)
        if own is not None:
            self._make(key, lambda folder: write_png(read_picture(own), folder / PICTURE))
        else:
            self._draw(key, self._studio.portrait_request(character))
        return key

    def key_frames(self, index: int, portraits: dict[str, str]) -> list[str]:
        """Return the keys of the key frames of a scene."""
        request, keys = self._studio.request(index), self._studio.key_frame_keys(index, portraits)
        for shot, key in enumerate(keys):
            self._draw(key, self._studio.key_frame_request(request, shot, portraits), portraits)
        return keys

    def _draw(self, key: str, request: ImageRequest, portraits: dict[str, str] | None = None) -> None:
        asked = self._on_this_machine(request, portraits or {})

        def share(done: float) -> None:
            self._progress((self.n_done + done) / self._n_pictures)

        def fill(folder: Path) -> None:
            take = self._context.executor.draw(self._studio.spec, asked, folder / PICTURE, share)
            save(take, folder / _TAKE)

        self._make(key, fill)

    def _make(self, key: str, fill: _Fill) -> None:
        self.n_drawn += not self._studio.workspace.store.make(key, fill)
        self.n_done += 1

    def _on_this_machine(self, request: ImageRequest, portraits: dict[str, str]) -> ImageRequest:
        """Return a request whose portraits are named by whole paths, as a generator opens them."""
        store = self._studio.workspace.store
        named = [
            each.model_copy(
                update={
                    "image": ImageFile(
                        file=str(store.path(portraits[each.name], PICTURE)), sha256=each.image.sha256
                    )
                }
            )
            for each in request.portraits
        ]
        return request.model_copy(update={"portraits": named})


def _made(studio: Studio, image: ImageFile, request: ImageRequest, key: str) -> PictureMade:
    take = load(studio.workspace.store.path(key, _TAKE), ImageTake)
    run = Run(
        generator=studio.spec,
        version=registry.load("image", studio.spec).version,
        seed=request.seed,
        parameters=request.parameters,
        model=take.model,
    )
    return PictureMade(file=image.file, sha256=image.sha256, made=run)


def _publish(studio: Studio, portraits: dict[str, str], key_frames: dict[str, list[str]]) -> None:
    """Put the pictures into the project, and take out those that no scene uses any more."""
    workspace, board = studio.workspace, studio.board
    files = {
        f"portraits/{studio.files[name]}": key
        for name, key in portraits.items()
        if studio.own_portrait(name) is None
    }
    for index, scene in enumerate(board.scenes):
        keys = key_frames.get(scene.id, [])
        files |= {key_frame_file(index, shot): key for shot, key in enumerate(keys)}
    for name, key in files.items():
        workspace.publish(workspace.store.path(key, PICTURE), name)
    _withdraw_others(workspace, {*files, *board.generators.portraits.values()})


def _withdraw_others(workspace: Workspace, kept: Iterable[str]) -> None:
    there = [*workspace.folder.glob("portraits/*.png"), *workspace.folder.glob("scenes/*-key-*.png")]
    names = {path.relative_to(workspace.folder).as_posix() for path in there}
    workspace.withdraw(sorted(names - set(kept)))
