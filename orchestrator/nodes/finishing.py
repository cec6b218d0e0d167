"""The film: assemble it in one pass, then measure what came out."""

from __future__ import annotations

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from langgraph.runtime import Runtime

from storyboard.generators import registry
from storyboard.orchestrator.nodes.fitting import CLIP, with_fits
from storyboard.orchestrator.nodes.shooting import TIMELINE, timeline_of
from storyboard.orchestrator.state import Context, FilmState, step
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.board import Aspect, Storyboard
from storyboard.schema.files import load, save
from storyboard.schema.progress import Notice, OnFraction
from storyboard.schema.report import SyncReport
from storyboard.schema.timeline import SongMap, Timeline
from storyboard.sync import ASSEMBLY, MEASUREMENT

if TYPE_CHECKING:
    from storyboard.sync.measure import Stills

_CAPTIONS = ("lyrics.srt", "lyrics.lrc", "lyrics.ass")
_PICTURES = ("contact-sheet.png", "timeline.png")
_REPORT, _PAGE = "sync-report.json", "sync-report.html"


def assemble(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Write captions, the films and the two pictures."""
    from storyboard.sync.assemble.films import films_of, other_shapes

    context = runtime.context or Context()
    with step(context, "assemble") as report:
        workspace = Workspace(Path(state["project"]))
        board = load(workspace.storyboard, Storyboard)
        timeline = timeline_of(workspace, state["timeline"])
        clips = {scene.id: state["clips"][scene.id] for scene in board.scenes}
        shapes = other_shapes(board)
        key = key_of(
            "film",
            version=ASSEMBLY,
            mix=state["mix"],
            timeline=timeline,
            clips=clips,
            look=board.look,
            song=board.song,
            scenes=[[scene.title, scene.lines] for scene in board.scenes],
            language=board.language,
            output=board.output,
            titles=[board.topic, _made_by(board)] if board.output.titles else [],
            focus=[scene.focus for scene in board.scenes] if shapes else [],
        )
        files = {scene: workspace.store.path(clip, CLIP) for scene, clip in clips.items()}
        mix = workspace.store.path(state["mix"], "mix.wav")
        report.reused = workspace.store.make(
            key, lambda folder: _fill(board, timeline, files, mix, folder, report.progress)
        )
        for text in _missing_fonts(timeline, board):
            context.on_event(Notice(text))
        _publish_timeline(workspace, with_fits(workspace, timeline, clips))
        entry = workspace.store.path(key, "")
        films = [film.out.name for film in films_of(board, entry)]
        captions = [*_CAPTIONS, *(path.name for path in entry.glob("lyrics-*.ass"))]
        _publish(workspace, entry, films, captions)
        return {"film": key}


def _publish(workspace: Workspace, entry: Path, films: list[str], captions: list[str]) -> None:
    """Put what was made into the project, and take out what is made no more."""
    from storyboard.sync.assemble.films import ALL_CAPTIONS, ALL_FILMS

    for name in captions:
        workspace.publish(entry / name, f"captions/{name}")
    for name in (*films, *_PICTURES):
        workspace.publish(entry / name, name)
    workspace.withdraw(name for name in ALL_FILMS if name not in films)
    workspace.withdraw(f"captions/{name}" for name in ALL_CAPTIONS if name not in captions)


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
    from storyboard.sync.assemble.films import BURNED, films_of, other_shapes
    from storyboard.sync.captions import write_captions
    from storyboard.sync.pictures import contact_sheet, timeline_picture
    from storyboard.sync.reframe import focal_points

    write_captions(timeline.song_map, board.look, board.song, folder)
    _write_burned(board, timeline.song_map, folder / "lyrics.ass", board.look.size, folder / BURNED)
    shapes = other_shapes(board)
    for aspect in shapes:
        _write_captions_for(aspect, board, timeline.song_map, folder)
    focus = focal_points(timeline, clips, board, board.look.size) if shapes else []
    with ThreadPoolExecutor(2) as pool:  # the sound is encoded before the picture, on one core
        sheet = pool.submit(contact_sheet, board, timeline, clips, folder / "contact-sheet.png")
        picture = pool.submit(timeline_picture, board, timeline, mix, folder / "timeline.png")
        join(timeline, clips, mix, films_of(board, folder), board.look, focus, progress)
        sheet.result()
        picture.result()


def _made_by(board: Storyboard) -> dict[str, str]:
    """Return who made voice, music and pictures, for the credits."""
    families: tuple[registry.Family, ...] = ("voice", "music", "video")
    return {family: registry.choose(family, getattr(board.generators, family)) for family in families}


def _write_burned(
    board: Storyboard,
    song_map: SongMap,
    lyrics: Path,
    size: tuple[int, int],
    out: Path,
) -> None:
    """Write what is drawn into the picture: the captions, the titles, both or nothing."""
    from storyboard.sync.titles import with_titles

    if board.output.captions == "burned":
        shutil.copy(lyrics, out)
    if board.output.titles:
        with_titles(out, song_map, board, size, _made_by(board))


def _write_captions_for(aspect: Aspect, board: Storyboard, song_map: SongMap, folder: Path) -> None:
    """Write the captions of a film of another shape, lyrics-9x16.ass, and what is drawn into it."""
    from storyboard.sync.assemble.films import shape_name
    from storyboard.sync.captions import write_captions
    from storyboard.sync.reframe import size_for

    _, height = size_for(board.look.size, aspect)
    look = board.look.model_copy(update={"aspect": aspect, "height": height})
    with tempfile.TemporaryDirectory(dir=folder) as beside:
        write_captions(song_map, look, board.song, Path(beside))
        lyrics = folder / shape_name("lyrics", aspect, ".ass")
        os.replace(Path(beside) / "lyrics.ass", lyrics)
    burned = folder / shape_name("burned", aspect, ".ass")
    _write_burned(board, song_map, lyrics, look.size, burned)


def _missing_fonts(timeline: Timeline, board: Storyboard) -> list[str]:
    """Return what the captions cannot show here, in a sentence each."""
    from storyboard.sync import fonts
    from storyboard.sync.captions import captions_of, text_of

    text = board.song.title if board.output.titles else ""
    if board.output.captions == "burned":
        text += text_of(captions_of(timeline.song_map, board.song))
    return [f"captions: {missing}" for missing in fonts.missing_for(text)]


def measure(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Decode video.mp4; write sync-report.json and the page that shows it."""
    with step(runtime.context, "measure") as report:
        workspace = Workspace(Path(state["project"]))
        board = load(workspace.storyboard, Storyboard)
        timeline = with_fits(workspace, timeline_of(workspace, state["timeline"]), state["clips"])
        key = key_of("report", version=MEASUREMENT, film=state["film"])
        video = workspace.store.path(state["film"], "video.mp4")
        burned = board.output.captions == "burned"
        captions = video.with_name("lyrics.ass") if burned else None
        stills: Stills | None = None

        def fill(folder: Path) -> None:
            from storyboard.sync.measure import Stills
            from storyboard.sync.measure import measure as decode

            nonlocal stills
            stills = Stills(timeline)
            found = decode(video, timeline, board, captions=captions, stills=stills, progress=report.progress)
            save(found, folder / _REPORT)

        report.reused = workspace.store.make(key, fill)
        workspace.publish(workspace.store.path(key, _REPORT), _REPORT)
        found = load(workspace.store.path(key, _REPORT), SyncReport)
        mix = workspace.store.path(state["mix"], "mix.wav")
        _publish_page(workspace, key, found, timeline, board, video, mix, stills)
        unseen = found.cuts_planned - found.cuts + found.cuts_unplanned
        report.detail = f"{found.cuts_on_beat} of {found.cuts} cuts seen are on a beat"
        report.detail += f"; {unseen} of {found.cuts_planned} planned could not be seen" if unseen > 0 else ""
        return {"report": key}


def _publish_page(
    workspace: Workspace,
    report: str,
    found: SyncReport,
    timeline: Timeline,
    board: Storyboard,
    video: Path,
    mix: Path,
    stills: Stills | None,
) -> None:
    """Write the report as a page, from what was measured and the frames around every cut."""
    key = key_of("report-page", version=MEASUREMENT, report=report)

    def fill(folder: Path) -> None:
        from storyboard.sync.report_page import write_page

        write_page(found, timeline, board, video, mix, folder / _PAGE, stills)

    workspace.store.make(key, fill)
    workspace.publish(workspace.store.path(key, _PAGE), _PAGE)
