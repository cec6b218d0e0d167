"""The film: assemble it in one pass, then measure what came out."""

from __future__ import annotations

from pathlib import Path

from langgraph.runtime import Runtime

from storyboard.orchestrator.nodes.fitting import CLIP, with_fits
from storyboard.orchestrator.nodes.shooting import TIMELINE, timeline_of
from storyboard.orchestrator.state import Context, FilmState, step
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.board import Storyboard
from storyboard.schema.files import load, save
from storyboard.schema.progress import OnFraction
from storyboard.schema.report import SyncReport
from storyboard.schema.timeline import Timeline
from storyboard.sync import ASSEMBLY, MEASUREMENT

_CAPTIONS = ("lyrics.srt", "lyrics.lrc", "lyrics.ass")
_PICTURES = ("video.mp4", "contact-sheet.png", "timeline.png")
_REPORT = "sync-report.json"


def assemble(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Write captions, video and the two pictures."""
    with step(runtime.context, "assemble") as report:
        workspace = Workspace(Path(state["project"]))
        board = load(workspace.storyboard, Storyboard)
        timeline = timeline_of(workspace, state["timeline"])
        clips = {scene.id: state["clips"][scene.id] for scene in board.scenes}
        key = key_of(
            "film",
            version=ASSEMBLY,
            mix=state["mix"],
            timeline=timeline,
            clips=clips,
            look=board.look,
            song=board.song,
            scenes=[[scene.title, scene.lines] for scene in board.scenes],
        )
        files = {scene: workspace.store.path(clip, CLIP) for scene, clip in clips.items()}
        mix = workspace.store.path(state["mix"], "mix.wav")
        report.reused = workspace.store.make(
            key, lambda folder: _fill(board, timeline, files, mix, folder, report.progress)
        )
        _publish_timeline(workspace, with_fits(workspace, timeline, clips))
        for name in _CAPTIONS:
            workspace.publish(workspace.store.path(key, name), f"captions/{name}")
        for name in _PICTURES:
            workspace.publish(workspace.store.path(key, name), name)
        return {"film": key}


def _publish_timeline(workspace: Workspace, timeline: Timeline) -> None:
    """Put timeline.json into the project again, with how each clip was fitted."""
    key = key_of("timeline", timeline=timeline)
    workspace.store.make(key, lambda folder: save(timeline, folder / TIMELINE))
    workspace.publish(workspace.store.path(key, TIMELINE), TIMELINE)


def _fill(
    board: Storyboard,
    timeline: Timeline,
    clips: dict[str, Path],
    mix: Path,
    folder: Path,
    progress: OnFraction,
) -> None:
    from storyboard.sync.assemble import assemble as join
    from storyboard.sync.captions import write_captions
    from storyboard.sync.pictures import contact_sheet, timeline_picture

    write_captions(timeline.song_map, board.look, board.song, folder)
    join(timeline, clips, mix, folder / "lyrics.ass", board.look, folder / "video.mp4", progress)
    contact_sheet(board, timeline, clips, folder / "contact-sheet.png")
    timeline_picture(board, timeline, mix, folder / "timeline.png")


def measure(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Decode video.mp4 and write sync-report.json."""
    with step(runtime.context, "measure") as report:
        workspace = Workspace(Path(state["project"]))
        board = load(workspace.storyboard, Storyboard)
        timeline = timeline_of(workspace, state["timeline"])
        key = key_of("report", version=MEASUREMENT, film=state["film"])

        def fill(folder: Path) -> None:
            from storyboard.sync.measure import measure as decode

            video = workspace.store.path(state["film"], "video.mp4")
            save(decode(video, timeline, board, report.progress), folder / _REPORT)

        report.reused = workspace.store.make(key, fill)
        workspace.publish(workspace.store.path(key, _REPORT), _REPORT)
        found = load(workspace.report, SyncReport)
        unseen = found.cuts_planned - found.cuts + found.cuts_unplanned
        report.detail = f"{found.cuts_on_beat} of {found.cuts} cuts seen are on a beat"
        report.detail += f"; {unseen} of {found.cuts_planned} planned could not be seen" if unseen > 0 else ""
        return {"report": key}
