"""A rendered film for editing programs and for MoviePy, and an edited cut taken back."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from pydantic import ValidationError

from storyboard.orchestrator.nodes.fitting import CLIP, with_fits
from storyboard.orchestrator.nodes.shooting import timeline_of
from storyboard.orchestrator.project import load
from storyboard.orchestrator.revision import Revision, remember
from storyboard.orchestrator.state import THREAD, Context, FilmState, step
from storyboard.orchestrator.workspace import Workspace, folder_name, free_name
from storyboard.schema.board import CutPin, Cutting, Storyboard
from storyboard.schema.errors import InputError, ProjectError, SystemRequirementError
from storyboard.schema.files import digest, invalid, save
from storyboard.schema.files import load as load_document
from storyboard.schema.progress import Notice, OnEvent, OnFraction, ignore
from storyboard.schema.timeline import Timeline

if TYPE_CHECKING:
    from storyboard.sync.export import PackageKind

ExportKind = Literal["otio", "fcpxml", "edl", "folder"]
_RUN: Any = {"configurable": {"thread_id": THREAD}}  # whose last state a project's checkpoints hold


def export(
    project: str | Path, kind: ExportKind, out: str | Path | None = None, *, on_event: OnEvent = ignore
) -> Path:
    """Write a rendered film for an editing program and return what to open there.

    `otio` keeps everything and points at the clips in the project. `fcpxml`, `edl` and `folder` cannot hold
    changes of speed: each is a folder of its own, with one conformed clip a shot, the song and the markers.

    Args:
        project: the project's folder or its storyboard.json.
        kind: the form.
        out: the .otio file, or the folder for the other kinds; without it, named after the song in
            PROJECT/exports. What is there stays, and a number is added to the name.
        on_event: receives progress events; may raise Cancelled.

    Raises:
        ProjectError: the project is not rendered, or storyboard.json was changed since.
        SystemRequirementError: opentimelineio is not installed (`otio` only).
        MediaError: a clip is missing or broken.
    """
    workspace = Workspace(load(project).path)
    with workspace.locked():
        film = _film(workspace)
        target = free_name(Path(out).absolute() if out is not None else _target(workspace, film.board, kind))
        if kind == "otio":
            return _otio(workspace, film, target)
        with step(Context(on_event), "export") as report:
            _package(film, kind, target, report.progress)
            report.detail = f"{len(film.timeline.shots)} clips"
    on_event(Notice("the clips are conformed, as this form cannot hold changes of speed; see README.txt"))
    return target if kind == "folder" else target / f"film.{kind}"


def import_cut(project: str | Path, path: str | Path) -> Revision:
    """Take the cuts of an edited film into a project; `render` then makes what they touch.

    Only the times of the cuts count: a cut is where a clip begins, and a gap belongs to the clip before
    it. What was wished of the cuts before is replaced; `undo` brings it back.

    Args:
        project: the project's folder or its storyboard.json.
        path: the edited .otio, .fcpxml or .edl.

    Raises:
        InputError: the file cannot be read, scenes are out of order or left out, or a scene would not be
            shown while its lines are sung; `where` names the clip.
        ProjectError: the cuts of the project were never planned.
    """
    from storyboard.sync.export import pins_of, read_cuts
    from storyboard.sync.plan import plan_cuts

    workspace = Workspace(load(project).path)
    with workspace.locked():
        before = load_document(workspace.storyboard, Storyboard)
        if not workspace.timeline.exists():
            raise _not_rendered(workspace)
        timeline = load_document(workspace.timeline, Timeline)
        clips = read_cuts(Path(path), timeline.fps)
        pins = pins_of(clips, before, timeline.n_frames)
        if not before.cutting.only_pins and pins == _pins(timeline, clips[-1].transition is not None):
            return Revision(before, before)
        after = _with_pins(before, pins, Path(path))
        if after == before:
            return Revision(before, before)
        _refuse_unsung(timeline, after, [clip.name for clip in clips[1:]])
        plan_cuts(timeline.song_map, after)  # what the planner refuses is refused here, not in a render
        remember(workspace, before)
        save(after, workspace.storyboard)
        return Revision(before, after)


def to_moviepy(project: str | Path) -> Any:
    """Return a rendered film as a MoviePy clip: its picture frame by frame, the song as its sound.

    The picture has transitions and accents, and no captions. Close the clip when it is no longer needed.

    Raises:
        ProjectError: the project is not rendered, or storyboard.json was changed since.
        SystemRequirementError: moviepy is not installed.
    """
    try:
        import moviepy
    except ImportError as error:
        raise SystemRequirementError(
            "this needs the moviepy package", hint='pip install "storyboard[moviepy]"'
        ) from error
    import av

    from storyboard.sync.assemble import Picture

    film = _film(Workspace(load(project).path))
    fps, n_frames = film.timeline.fps, film.timeline.n_frames
    picture = Picture(film.timeline, film.clips, film.board.look)

    def shown(time_s: float) -> Any:
        index = min(int(time_s * fps + 0.01), n_frames - 1)  # two floats may differ in a bit
        planes = av.VideoFrame.from_ndarray(picture.frame(index), format="yuv420p")
        return planes.reformat(format="rgb24", src_colorspace="ITU601").to_ndarray()

    song: Any = moviepy.AudioFileClip(str(film.song))
    whole: Any = moviepy.VideoClip(shown, duration=n_frames / fps).with_fps(fps)
    whole = whole.with_audio(song.subclipped(0, min(song.duration, whole.duration)))

    def close() -> None:
        picture.close()
        song.close()

    whole.close = close  # MoviePy leaves the files of what a clip is made of open
    return whole


@dataclass(frozen=True)
class _Film:
    """What the last run made: the clips as they are shown, and the cut by which they are."""

    board: Storyboard
    timeline: Timeline
    clips: dict[str, Path]
    song: Path
    source: Timeline  # the same cut of the clips as they were shot, with how each was fitted


def _film(workspace: Workspace) -> _Film:
    """Return what the last run made.

    Raises:
        ProjectError: it made no film, or storyboard.json was changed since.
    """
    board, state = load_document(workspace.storyboard, Storyboard), _last_run(workspace)
    changed = state.get("storyboard") != digest(board)
    if not workspace.video.exists() or not state or not (changed or state.get("report")):
        raise _not_rendered(workspace)
    if changed:
        raise ProjectError(
            "storyboard.json was changed since the film was rendered",
            where=str(workspace.folder),
            hint=f"storyboard render {workspace.folder}",
        )
    clips = {scene.id: workspace.store.path(state["clips"][scene.id], CLIP) for scene in board.scenes}
    timeline = timeline_of(workspace, state["timeline"])
    song = workspace.store.path(state["mix"], "mix.wav")
    return _Film(board, timeline, clips, song, with_fits(workspace, timeline, state["clips"]))


def _last_run(workspace: Workspace) -> FilmState:
    """Return the state of the last run; empty where there was none."""
    from langgraph.checkpoint.sqlite import SqliteSaver

    if not workspace.checkpoints.exists():
        return FilmState()
    with SqliteSaver.from_conn_string(str(workspace.checkpoints)) as saver:
        held = saver.get_tuple(_RUN)
    return cast(FilmState, held.checkpoint["channel_values"]) if held else FilmState()


def _not_rendered(workspace: Workspace) -> ProjectError:
    return ProjectError(
        "is not rendered", where=str(workspace.folder), hint=f"storyboard render {workspace.folder}"
    )


def _target(workspace: Workspace, board: Storyboard, kind: ExportKind) -> Path:
    name = folder_name(board.song.title)
    return workspace.folder / "exports" / (f"{name}.otio" if kind == "otio" else f"{name}-{kind}")


def _otio(workspace: Workspace, film: _Film, out: Path) -> Path:
    from storyboard.sync.export import write_otio

    write_otio(film.source, film.board, workspace.folder, out)
    return out


def _package(film: _Film, kind: PackageKind, out: Path, progress: OnFraction) -> None:
    """Fill a folder beside and rename it, so that it is there whole or not at all."""
    from storyboard.sync.export import write_package

    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as beside:
        folder = Path(beside) / out.name
        write_package(kind, film.timeline, film.board, film.clips, film.song, folder, progress)
        os.rename(folder, out)


def _pins(timeline: Timeline, has_transitions: bool) -> list[CutPin]:
    """Return the cuts of a timeline as an edit that moves nothing would bring them."""
    pins = []
    for shot in timeline.shots[1:]:
        pin = CutPin(at_s=round(shot.first_frame / timeline.fps, 6), scene=shot.scene)
        if has_transitions:
            pin.transition = shot.transition
            pin.transition_s = round(shot.transition_frames / timeline.fps, 6) or None
        pins.append(pin)
    return pins


def _with_pins(board: Storyboard, pins: list[CutPin], path: Path) -> Storyboard:
    try:
        kept = {name: getattr(board.cutting, name) for name in ("pace", "transitions", "accents")}
        cutting = Cutting(**kept, pins=pins, only_pins=True)
        return Storyboard.model_validate(board.model_copy(update={"cutting": cutting}).model_dump())
    except ValidationError as error:
        raise invalid(error, str(path)) from error


def _refuse_unsung(timeline: Timeline, board: Storyboard, names: list[str]) -> None:
    """Make sure that every scene begins after the lines before it, and not after its own.

    Raises:
        InputError: one does not; `where` names the clip with which it begins.
    """
    from storyboard.sync.plan.windows import windows_of

    fps = timeline.fps
    windows = windows_of(timeline.song_map, board, timeline.n_frames)
    pins = list(zip(board.cutting.pins, names, strict=True))
    for scene, window in zip(board.scenes[1:], windows, strict=True):
        pin, name = next((pin, name) for pin, name in pins if pin.scene == scene.id)
        if round(pin.at_s * fps) not in window:
            raise InputError(
                f"begins {scene.id} at {pin.at_s:.2f} s, where a line of another scene is sung, or after "
                "its own began",
                where=f"clip {name!r}",
                hint=f"let it begin between {window.first / fps:.2f} and {window.last / fps:.2f} s",
            )
