"""The cuts and the shoot: plan where every shot begins, then shoot each scene for its length."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from langgraph.runtime import Runtime
from langgraph.types import Send

from storyboard.generators import registry
from storyboard.generators.seams import ShotSpec, SungNote, VideoRequest
from storyboard.orchestrator.nodes.fitting import CLIP, PARAMETERS, fitted
from storyboard.orchestrator.nodes.lips import mouth_shapes
from storyboard.orchestrator.nodes.recording import take_of
from storyboard.orchestrator.state import Context, FilmState, SceneTask, step
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.board import Direction, Storyboard
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.errors import GeneratorError
from storyboard.schema.files import load, save
from storyboard.schema.progress import Notice
from storyboard.schema.scene import Scene
from storyboard.schema.timeline import Shot, SongMap, Timeline

TIMELINE = "timeline.json"


def plan_cuts(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Plan every cut; write timeline.json.

    Raises:
        GeneratorError: a scene's generator cannot deliver the length that its lines need.
    """
    from storyboard.sync.plan import plan_cuts as plan

    with step(runtime.context, "plan_cuts") as report:
        workspace = Workspace(Path(state["project"]))
        board = load(workspace.storyboard, Storyboard)
        song_map = load(workspace.store.path(state["song_map"], "song-map.json"), SongMap)
        able = {scene.id: registry.video(generator_of(scene, board)).capabilities() for scene in board.scenes}
        timeline = plan(song_map, board, able)
        for scene in board.scenes:
            _check_length(scene, timeline, board)
        key = key_of("timeline", timeline=timeline)
        report.reused = workspace.store.make(key, lambda folder: save(timeline, folder / TIMELINE))
        report.detail = f"{len(timeline.shots)} shots"
        workspace.publish(workspace.store.path(key, TIMELINE), TIMELINE)
        return {"timeline": key}


def timeline_of(workspace: Workspace, key: str) -> Timeline:
    """Return a planned timeline from the store."""
    return load(workspace.store.path(key, TIMELINE), Timeline)


def send_scenes(state: FilmState) -> list[Send]:
    """Send every scene to a branch of its own."""
    board = load(Workspace(Path(state["project"])).storyboard, Storyboard)
    return [
        Send(
            "shoot",
            SceneTask(
                project=state["project"],
                scene=index,
                timeline=state["timeline"],
                voice=state.get("voice", ""),
            ),
        )
        for index in range(len(board.scenes))
    ]


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
        timeline, notes = timeline_of(workspace, state["timeline"]), take_of(workspace, state["voice"]).notes
        request = video_request(board, index, timeline, capabilities, notes)
        if scene.has_own_prompt and not capabilities.reads_prompt:
            context.on_event(Notice(f"scene {index + 1} has your own prompt, which {name} does not read"))
        if board.directions_of(scene) and not capabilities.reads_prompt:
            context.on_event(
                Notice(f"scene {index + 1} has your wishes for its lines, which {name} does not read")
            )

        def take(asked: VideoRequest) -> str:
            key = key_of(
                "clip",
                generator=name,
                version=generator.version,
                revision=registry.revision(generator),
                request=asked,
            )
            report.reused = workspace.store.make(
                key,
                lambda folder: context.executor.shoot(name, asked, folder / CLIP, report.progress),
            )
            workspace.publish(workspace.store.path(key, CLIP), f"scenes/{index + 1:02d}.mp4")
            return key

        key = take(request)
        report.detail = scene.title
        if not capabilities.exact:
            key = fitted(workspace, key, request, scene, take, on_event=context.on_event)
        return {"clips": {scene.id: key}}


def generator_of(scene: Scene, board: Storyboard) -> str:
    """Return the name of the generator that shoots a scene."""
    return registry.choose("video", scene.generator.name or board.generators.video)


def video_request(
    board: Storyboard,
    index: int,
    timeline: Timeline,
    capabilities: VideoCapabilities,
    notes: Sequence[SungNote] = (),
) -> VideoRequest:
    """Return what a video generator is asked for one scene, in frames of its clip.

    Notes are what the singer knows of every syllable; without them mouths follow the spelling.
    """
    scene = board.scenes[index]
    shots = timeline.shots_of(scene.id)
    lead, tail = timeline.handles(scene.id)
    first, last = shots[0].first_frame - lead, shots[-1].last_frame + tail
    song_map, fps = timeline.song_map, timeline.fps

    def frames(times_s: list[float]) -> list[int]:
        on_frames = (round(time_s * fps) for time_s in times_s)
        return [frame - first for frame in on_frames if first <= frame <= last]

    words = [word for word in song_map.words if (word.section, word.line) in scene.lines]
    sung = [
        (max(0, round(word.start_s * fps) - first), min(last, round(word.end_s * fps)) - first)
        for word in words
    ]
    visemes = (
        mouth_shapes(words, notes, board.language, fps, first, last) if capabilities.draws_mouths else []
    )
    return VideoRequest(
        scene=_as_seen(scene, board.directions_of(scene), capabilities),
        scene_index=index,
        n_scenes=len(board.scenes),
        characters=board.characters_of(scene),
        look=board.look,
        seed=(board.seed + scene.seed) % 2**32,
        n_frames=last - first + 1,
        shots=_shot_specs(shots, lead, tail),
        beats=frames(song_map.beats_s),
        downbeats=frames(song_map.downbeats_s),
        sung=sung,
        visemes=visemes,
        lyrics=[] if capabilities.reads_prompt else [board.song.line(ref) for ref in scene.lines],
        absent=[] if capabilities.reads_prompt else _absent(board, scene),
    )


def _absent(board: Storyboard, scene: Scene) -> list[str]:
    """Return the film's animals and creatures that are elsewhere, so that none is drawn as a mere thing."""
    elsewhere = (each for each in board.cast if each.name not in scene.characters)
    return [f"{each.name}, {each.face}" for each in elsewhere if each.gender in ("animal", "creature")]


def _shot_specs(shots: list[Shot], lead: int, tail: int) -> list[ShotSpec]:
    """Return the shots as a clip holds them: the first and last are longer where a crossfade needs more."""
    starts = [shots[0].first_frame - lead, *(shot.first_frame for shot in shots[1:])]
    ends = [*starts[1:], shots[-1].last_frame + 1 + tail]
    return [
        ShotSpec(first_frame=start - starts[0], n_frames=end - start, framing=shot.framing)
        for shot, start, end in zip(shots, starts, ends, strict=True)
    ]


def _as_seen(scene: Scene, directions: list[Direction], capabilities: VideoCapabilities) -> Scene:
    """Return a scene without what does not change its picture, so that it is not shot again for that."""
    unwanted = [scene.negative_prompt, *(each.negative_prompt for each in directions)]
    seen: dict[str, object] = {"locked": False, "prompt_digest": "", "focus": None}
    parameters = {name: each for name, each in scene.generator.parameters.items() if name not in PARAMETERS}
    seen["generator"] = scene.generator.model_copy(update={"parameters": parameters})
    seen["negative_prompt"] = ", ".join(text for text in unwanted if text)
    if not capabilities.reads_prompt:
        seen |= {"prompt": "", "negative_prompt": ""}
    return scene.model_copy(update=seen)


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
