"""What a shoot will take, before anything is shot: time on the device, memory, disk and money, by scene."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from langgraph.runtime import Runtime

from storyboard.generators import registry
from storyboard.generators.seams import EstimatingVideoGenerator, ImageFile, VideoGenerator, VideoRequest
from storyboard.orchestrator.camera import clip_key
from storyboard.orchestrator.nodes.listening import listen
from storyboard.orchestrator.nodes.recording import record, take_of
from storyboard.orchestrator.nodes.shooting import planned, timeline_of
from storyboard.orchestrator.nodes.takes import another
from storyboard.orchestrator.project import load as load_project
from storyboard.orchestrator.prompting import with_prompts
from storyboard.orchestrator.requests import generator_of, on_this_machine
from storyboard.orchestrator.requirements import check_generators, check_pictures, check_system
from storyboard.orchestrator.state import Context, FilmState
from storyboard.orchestrator.studio import Pictures, Studio
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.capabilities import Estimate
from storyboard.schema.files import digest, save
from storyboard.schema.progress import Notice, OnEvent, ignore

_NOT_DRAWN = "0" * 64


@dataclass(frozen=True)
class SceneEstimate:
    """What one scene will take.

    Attributes:
        number: of the scene, from 1.
        title: of the scene.
        generator: that shoots it.
        pieces: that are shot for it, one for each of its shots.
        length_s: of the clip in seconds.
        takes: that are still to be shot; any that fail come on top.
        is_there: whether all of them are in the store, so that nothing is shot.
        device_s: seconds on the device that models run on.
        vram_gb: most memory of the card at once.
        disk_mb: of its clips.
        cost_usd: what the host will charge.
        is_guess: derived from published figures.
    """

    number: int
    title: str
    generator: str
    pieces: int
    length_s: float
    takes: int
    is_there: bool
    device_s: float
    vram_gb: float
    disk_mb: float
    cost_usd: float
    is_guess: bool


@dataclass(frozen=True)
class FilmEstimate:
    """What a film's shoot will take: its scenes, and pictures that have to be drawn before."""

    scenes: Sequence[SceneEstimate]
    pictures: int

    @property
    def device_s(self) -> float:
        """Seconds on the device that models run on, without the pictures."""
        return sum(scene.device_s for scene in self.scenes)

    @property
    def vram_gb(self) -> float:
        """Most memory of the card at once."""
        return max(scene.vram_gb for scene in self.scenes)

    @property
    def disk_mb(self) -> float:
        """Of all clips."""
        return sum(scene.disk_mb for scene in self.scenes)

    @property
    def cost_usd(self) -> float:
        """What hosts will charge."""
        return sum(scene.cost_usd for scene in self.scenes)


def estimate(project: str | Path, *, on_event: OnEvent = ignore) -> FilmEstimate:
    """Return what `render` would take to shoot a project; nothing is drawn or shot for it.

    The lengths of the scenes follow from the song, so it is recorded and listened to first, unless that
    was done before.

    Args:
        project: the project's folder or its storyboard.json.
        on_event: receives progress events; may raise Cancelled.

    Raises:
        ProjectError, DocumentError: there is no project, or its storyboard breaks the schema.
        GeneratorUnavailable: a generator cannot run here.
    """
    check_system()
    workspace = Workspace(load_project(project).path)
    with workspace.locked():
        board = load_project(workspace.folder).storyboard
        check_generators(board)
        check_pictures(board, workspace.folder)
        fresh = with_prompts(board)
        if fresh != board:
            save(fresh, workspace.storyboard)
        runtime = Runtime(context=Context(on_event))
        state = FilmState(project=str(workspace.folder), storyboard=digest(fresh))
        state.update(record(state, runtime))
        state.update(listen(state, runtime))
        timeline, _ = planned(workspace, fresh, state["song_map"])
        notes = take_of(workspace, state["voice"]).notes
        return estimate_of(Studio(workspace, fresh, timeline_of(workspace, timeline), notes))


def estimate_of(studio: Studio) -> FilmEstimate:
    """Return what a planned film will take."""
    pictures, n_missing = _pictures(studio)
    scenes = [_scene(studio, pictures, index) for index in range(len(studio.board.scenes))]
    return FilmEstimate(scenes, n_missing)


def announce_costs(studio: Studio, context: Context) -> None:
    """Tell what hosts will charge for the scenes that are not there yet.

    Raises:
        GeneratorError: it is more than --max-cost allows; nothing has been spent.
    """
    able = zip(studio.board.scenes, studio.capabilities, strict=True)
    hosted = [index for index, (_, each) in enumerate(able) if each.runs_in == "elsewhere"]
    if not hosted:
        return
    pictures, _ = _pictures(studio)
    costs = {index: _scene(studio, pictures, index).cost_usd for index in hosted}
    total_usd, due = sum(costs.values()), [index for index, cost in costs.items() if cost]
    if not due:
        return
    names = sorted({generator_of(studio.board.scenes[index], studio.board) for index in due})
    context.on_event(
        Notice(f"shooting {len(due)} scenes with {', '.join(names)} costs about ${total_usd:.2f}")
    )
    context.spending.plan(total_usd, "shoot")


def _pictures(studio: Studio) -> tuple[Pictures, int]:
    """Return the pictures that are drawn already, and how many have to be drawn."""
    if not studio.is_needed:
        return Pictures(), 0
    store, n_missing = studio.workspace.store, 0
    portraits: dict[str, str] = {}
    for character in studio.characters:
        key = studio.portrait_key(character)
        if key in store:
            portraits[character.name] = key
        else:
            n_missing += 1
    key_frames: dict[str, list[str]] = {}
    for index in studio.scenes:
        keys = studio.key_frame_keys(index, portraits)
        there = [key for key in keys if key in store and _has_portraits(studio, index, portraits)]
        n_missing += len(keys) - len(there)
        if len(there) == len(keys):
            key_frames[studio.board.scenes[index].id] = keys
    return Pictures(portraits, key_frames), n_missing


def _scene(studio: Studio, pictures: Pictures, index: int) -> SceneEstimate:
    board, scene, able = studio.board, studio.board.scenes[index], studio.capabilities[index]
    name = generator_of(scene, board)
    generator = registry.video(name)
    request, is_whole = _request(studio, pictures, index)
    takes = _takes_due(
        studio, generator, name, request, 1 if able.exact else board.generators.takes, is_whole
    )
    asked = on_this_machine(request, studio.workspace.folder, studio.places(pictures, index))
    each = _estimate(generator, asked) if takes else Estimate()
    return SceneEstimate(
        number=index + 1,
        title=scene.title,
        generator=name,
        pieces=len(request.shots),
        length_s=round(request.n_frames / request.look.fps, 3),
        takes=takes,
        is_there=takes == 0,
        device_s=takes * each.device_s,
        vram_gb=each.vram_gb,
        disk_mb=takes * each.disk_mb,
        cost_usd=takes * each.cost_usd,
        is_guess=each.is_guess,
    )


def _request(studio: Studio, pictures: Pictures, index: int) -> tuple[VideoRequest, bool]:
    """Return what will be asked for a scene, and whether all its pictures are drawn."""
    able, scene = studio.capabilities[index], studio.board.scenes[index]
    request = studio.filmed(index, pictures)
    is_whole = not able.uses_portraits or all(name in pictures.portraits for name in scene.characters)
    if able.needs_image and not request.key_frames:
        blank = ImageFile(file="key.png", sha256=_NOT_DRAWN)
        request = request.model_copy(update={"key_frames": [blank] * len(request.shots)})
        is_whole = False
    return request, is_whole


def _takes_due(
    studio: Studio, generator: VideoGenerator, name: str, request: VideoRequest, takes: int, is_whole: bool
) -> int:
    """Return how many takes of a scene are not in the store."""
    n_due = 0
    for _ in range(takes):
        n_due += not (is_whole and clip_key(name, generator, request) in studio.workspace.store)
        request = another(request)
    return n_due


def _has_portraits(studio: Studio, index: int, portraits: Mapping[str, str]) -> bool:
    """Whether all portraits are drawn that the key frames of a scene take after."""
    names = studio.board.scenes[index].characters if studio.generator.uses_portraits else []
    return all(name in portraits for name in names)


def _estimate(generator: VideoGenerator, request: VideoRequest) -> Estimate:
    """Return what a generator says; nothing of one that does not say."""
    return generator.estimate(request) if isinstance(generator, EstimatingVideoGenerator) else Estimate()
