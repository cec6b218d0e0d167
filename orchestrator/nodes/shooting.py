"""The cuts and the shoot: plan where every shot begins, then shoot each scene for its length."""

from __future__ import annotations

from pathlib import Path

from langgraph.runtime import Runtime
from langgraph.types import Send

from storyboard.generators import registry
from storyboard.generators.seams import VideoRequest
from storyboard.generators.video.likeness import Likeness, likeness_model
from storyboard.orchestrator.camera import StoreCamera
from storyboard.orchestrator.nodes.fitting import CLIP, FIT, SceneFit, fit_wishes, name_of
from storyboard.orchestrator.nodes.recording import take_of
from storyboard.orchestrator.nodes.takes import TakeWishes, best_take
from storyboard.orchestrator.requests import generator_of, told_of
from storyboard.orchestrator.state import Context, FilmState, SceneTask, step
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.studio import PICTURE, Pictures, Studio
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.board import Storyboard
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.errors import GeneratorError
from storyboard.schema.files import load, save
from storyboard.schema.progress import Notice, OnEvent
from storyboard.schema.scene import Scene
from storyboard.schema.timeline import SongMap, Timeline

TIMELINE = "timeline.json"


def plan_cuts(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Plan every cut; write timeline.json.

    Raises:
        GeneratorError: a scene's generator cannot deliver the length that its lines need.
    """
    with step(runtime.context, "plan_cuts") as report:
        workspace = Workspace(Path(state["project"]))
        board = load(workspace.storyboard, Storyboard)
        key, report.reused = planned(workspace, board, state["song_map"])
        report.detail = f"{len(timeline_of(workspace, key).shots)} shots"
        workspace.publish(workspace.store.path(key, TIMELINE), TIMELINE)
        return {"timeline": key}


def planned(workspace: Workspace, board: Storyboard, song_map: str) -> tuple[str, bool]:
    """Return the key of the planned timeline, and whether it was there already."""
    from storyboard.sync.plan import plan_cuts as plan

    heard = load(workspace.store.path(song_map, "song-map.json"), SongMap)
    able = {scene.id: registry.video(generator_of(scene, board)).capabilities() for scene in board.scenes}
    timeline = plan(heard, board, able)
    for scene in board.scenes:
        _check_length(scene, timeline, board)
    key = key_of("timeline", timeline=timeline)
    return key, workspace.store.make(key, lambda folder: save(timeline, folder / TIMELINE))


def timeline_of(workspace: Workspace, key: str) -> Timeline:
    """Return a planned timeline from the store."""
    return load(workspace.store.path(key, TIMELINE), Timeline)


def send_scenes(state: FilmState) -> list[Send]:
    """Send every scene to a branch of its own, the longest first, so that no core waits for it at the end."""
    workspace = Workspace(Path(state["project"]))
    board = load(workspace.storyboard, Storyboard)
    timeline = timeline_of(workspace, state["timeline"])
    n_frames = {
        scene.id: sum(shot.n_frames for shot in timeline.shots_of(scene.id)) for scene in board.scenes
    }
    order = sorted(range(len(board.scenes)), key=lambda index: -n_frames[board.scenes[index].id])
    return [Send("shoot", _task(state, board.scenes[index].id, index)) for index in order]


def _task(state: FilmState, scene: str, index: int) -> SceneTask:
    return SceneTask(
        project=state["project"],
        scene=index,
        timeline=state["timeline"],
        voice=state.get("voice", ""),
        portraits=state.get("portraits", {}),
        key_frames=state.get("key_frames", {}).get(scene, []),
    )


def shoot(state: SceneTask, runtime: Runtime[Context]) -> FilmState:
    """Shoot one scene for exactly the frames its shots need, unless the store has it."""
    workspace = Workspace(Path(state["project"]))
    board = load(workspace.storyboard, Storyboard)
    index, scene = state["scene"], board.scenes[state["scene"]]
    context = runtime.context or Context()
    with step(context, "shoot", index, len(board.scenes)) as report:
        name = generator_of(scene, board)
        generator = registry.video(name)
        capabilities = generator.capabilities()
        _tell_what_is_not_read(board, index, name, capabilities, context.on_event)
        notes = take_of(workspace, state["voice"]).notes
        studio = Studio(workspace, board, timeline_of(workspace, state["timeline"]), notes)
        pictures = Pictures(state.get("portraits", {}), {scene.id: state.get("key_frames", [])})
        request = studio.filmed(index, pictures)
        camera = StoreCamera(
            workspace, name, generator, context, studio.places(pictures, index), board.generators.takes
        )
        if capabilities.exact:
            key = clip = camera.shoot(request, report.progress)
        else:
            wishes = _take_wishes(studio, scene, request, pictures)
            key = best_take(workspace, request, camera, wishes, report.progress, on_event=context.on_event)
            clip = load(workspace.store.path(key, FIT), SceneFit).clip
        workspace.publish(workspace.store.path(clip, CLIP), f"scenes/{index + 1:02d}.mp4")
        report.reused, report.detail = not camera.has_shot, scene.title
        return {"clips": {scene.id: key}}


def _take_wishes(studio: Studio, scene: Scene, request: VideoRequest, pictures: Pictures) -> TakeWishes:
    board, store = studio.board, studio.workspace.store
    held = [pictures.portraits[name] for name in scene.characters if name in pictures.portraits]
    likeness: Likeness | None = likeness_model() if held else None
    return TakeWishes(
        n_takes=board.generators.takes,
        fit=fit_wishes(told_of(scene, board), scene.focus, name_of(request)),
        likeness=likeness,
        portraits=tuple(store.path(key, PICTURE) for key in held),
    )


def _tell_what_is_not_read(
    board: Storyboard, index: int, name: str, capabilities: VideoCapabilities, on_event: OnEvent
) -> None:
    scene = board.scenes[index]
    if capabilities.reads_prompt:
        return
    if scene.has_own_prompt:
        on_event(Notice(f"scene {index + 1} has your own prompt, which {name} does not read"))
    if board.directions_of(scene):
        on_event(Notice(f"scene {index + 1} has your wishes for its lines, which {name} does not read"))


def _check_length(scene: Scene, timeline: Timeline, board: Storyboard) -> None:
    name = generator_of(scene, board)
    longest_s = registry.video(name).capabilities().max_s
    frames = sum(shot.n_frames for shot in timeline.shots_of(scene.id)) + sum(timeline.handles(scene.id))
    needed_s = frames / timeline.fps
    if longest_s is not None and needed_s > longest_s + 1e-6:
        raise GeneratorError(
            f"needs {needed_s:.1f} s, {name} delivers at most {longest_s:g} s",
            where=f"scene {scene.id}",
            hint="give its lines to more scenes, or choose another video generator",
        )
