"""What a video generator is asked for: one scene of the film, in frames of its clip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from storyboard.generators import registry
from storyboard.generators.seams import Cue, ImageFile, ShotSpec, SungNote, VideoRequest
from storyboard.orchestrator.nodes.fitting import PARAMETERS
from storyboard.orchestrator.nodes.lips import mouth_shapes
from storyboard.orchestrator.workspace import sha256_of
from storyboard.prompts import scene_prompt
from storyboard.schema.board import Direction, Parameter, Storyboard
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.errors import InputError
from storyboard.schema.scene import Scene, SceneGenerator
from storyboard.schema.timeline import Shot, Timeline


def generator_of(scene: Scene, board: Storyboard) -> str:
    """Return the name of the generator that shoots a scene."""
    return registry.choose("video", scene.generator.name or board.generators.video)


def told_of(scene: Scene, board: Storyboard) -> dict[str, Parameter]:
    """Return what the generator of a scene and its fit are told, the scene's own word before the board's.

    What the board tells its generator is not told to another one that a scene has.
    """
    shared = board.generators.parameters.get("video", {})
    films, own = (registry.choose("video", spec) for spec in (board.generators.video, _spec(scene, board)))
    if films.partition(":")[0] != own.partition(":")[0]:
        shared = {name: value for name, value in shared.items() if name in PARAMETERS}
    return {**shared, **scene.generator.parameters}


def parameters_of(scene: Scene, board: Storyboard) -> dict[str, Parameter]:
    """Return what the generator of a scene is told, without what is for the fit."""
    told = told_of(scene, board)
    return {name: value for name, value in told.items() if name not in PARAMETERS}


def video_request(
    board: Storyboard,
    index: int,
    timeline: Timeline,
    capabilities: VideoCapabilities,
    notes: Sequence[SungNote] = (),
    folder: Path | None = None,
) -> VideoRequest:
    """Return what a video generator is asked for one scene, without pictures of characters and shots.

    Args:
        board: the storyboard.
        index: of the scene.
        timeline: the planned cuts.
        capabilities: of the generator.
        notes: what the singer knows of every syllable; without them mouths follow the spelling.
        folder: of the project, where the pictures lie that its lines name.

    Raises:
        InputError: a line names a picture that is not in the project.
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
    reads = capabilities.reads_prompt
    return VideoRequest(
        scene=_as_seen(scene, board, capabilities),
        scene_index=index,
        n_scenes=len(board.scenes),
        characters=board.characters_of(scene),
        look=board.look,
        seed=(board.seed + scene.seed) % 2**32,
        film_seed=board.seed,
        parameters=parameters_of(scene, board),
        n_frames=last - first + 1,
        shots=_shot_specs(shots, lead, tail),
        beats=frames(song_map.beats_s),
        downbeats=frames(song_map.downbeats_s),
        sung=sung,
        visemes=visemes,
        lyrics=[] if reads else [board.song.line(ref) for ref in scene.lines],
        absent=[] if reads else _absent(board, scene),
        cues=_cues(board, scene, timeline, first, last, folder) if reads else [],
    )


def on_this_machine(request: VideoRequest, folder: Path, stored: Mapping[str, Path]) -> VideoRequest:
    """Return a request whose pictures are named by whole paths, as a generator opens them.

    Args:
        request: whose paths count from the project's folder.
        folder: the project's.
        stored: what of them lies elsewhere, by the name in the request.
    """

    def found(image: ImageFile) -> ImageFile:
        return image.model_copy(update={"file": str(stored.get(image.file) or folder / image.file)})

    portraits = [each.model_copy(update={"image": found(each.image)}) for each in request.portraits]
    cues = [
        each.model_copy(update={"image": found(each.image)}) if each.image else each for each in request.cues
    ]
    key_frames = [found(each) for each in request.key_frames]
    return request.model_copy(update={"portraits": portraits, "cues": cues, "key_frames": key_frames})


def _spec(scene: Scene, board: Storyboard) -> str:
    return scene.generator.name or board.generators.video


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


def _as_seen(scene: Scene, board: Storyboard, capabilities: VideoCapabilities) -> Scene:
    """Return a scene without what does not change its picture, so that it is not shot again for that.

    What the user wants to see, and not to see, while single lines are sung comes as cues, each at its time,
    and is not in its prompts too.
    """
    seen: dict[str, object] = {"locked": False, "prompt_digest": "", "focus": None}
    seen |= {"generator": SceneGenerator()}
    if not capabilities.reads_prompt:
        seen |= {"prompt": "", "negative_prompt": ""}
    elif board.directions_of(scene) and not scene.has_own_prompt:
        seen["prompt"] = scene_prompt(scene, board.characters_of(scene), board.look)
    return scene.model_copy(update=seen)


def _cues(
    board: Storyboard, scene: Scene, timeline: Timeline, first: int, last: int, folder: Path | None
) -> list[Cue]:
    """Return the user's wishes for the lines of a scene, each from the frame on which its line begins.

    One for a line that is not heard in the song begins with the line before it.
    """
    wishes = {each.ref: each for each in board.directions_of(scene)}
    spoken, cues, frame = timeline.song_map.words_by_line(), [], 0
    for ref in scene.lines:
        if ref in spoken:
            frame = min(max(frame, round(spoken[ref][0].start_s * timeline.fps) - first), last - first)
        if ref in wishes:
            cues.append(_cue(wishes[ref], frame, folder))
    return cues


def _cue(direction: Direction, frame: int, folder: Path | None) -> Cue:
    return Cue(
        first_frame=frame,
        prompt=direction.prompt,
        negative_prompt=direction.negative_prompt,
        style=direction.style,
        image=_image(direction, folder) if direction.image and folder else None,
        strength=direction.strength,
    )


def _image(direction: Direction, folder: Path) -> ImageFile:
    try:
        return ImageFile(file=direction.image, sha256=sha256_of(folder / direction.image))
    except OSError as error:
        raise InputError(
            f"there is no picture {direction.image!r} in the project",
            where=f"line [{direction.section}, {direction.line}], image",
            hint="put it there, or take its name out of storyboard.json",
        ) from error
