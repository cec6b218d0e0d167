"""A folder that an editing program opens anywhere: conformed clips, sound, cut, markers, what is lost."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from storyboard.schema.board import Storyboard
from storyboard.schema.files import write_whole
from storyboard.schema.progress import OnFraction, ignore
from storyboard.schema.timeline import Timeline
from storyboard.sync.export.conforming import conform_shots
from storyboard.sync.export.edl import write_edl
from storyboard.sync.export.fcp7xml import write_fcp7xml
from storyboard.sync.export.fcpxml import write_fcpxml
from storyboard.sync.export.markers import write_markers

PackageKind = Literal["fcpxml", "edl", "folder"]
_USUAL_RATES = (24, 25, 30, 50, 60)
_OPEN = {
    "fcpxml": "Open film.fcpxml in Final Cut Pro (File > Import > XML) or DaVinci Resolve.",
    "edl": "Import film.edl and let the program find its clips in the folder clips.",
    "folder": "In Premiere Pro import film.xml, in Avid, Resolve and others film.edl, and let the program "
    "find its clips in the folder clips. Where neither can be read, put the clips one after the other in the "
    "order of their numbers, from the first frame on, over song.wav.",
}
_LOST = {
    "fcpxml": "FCPXML would drop crossfades, dips, accents and changes of speed",
    "edl": "An EDL would drop dips, accents and changes of speed, and knows no size of picture",
    "folder": "EDL and XML for Final Cut Pro 7 would drop dips, accents and changes of speed",
}


def write_package(
    kind: PackageKind,
    timeline: Timeline,
    board: Storyboard,
    clips: Mapping[str, Path],
    song: Path,
    folder: Path,
    progress: OnFraction = ignore,
) -> None:
    """Fill a folder with clips/, song.wav, the cut, markers.csv and README.txt.

    The cut is film.fcpxml or film.edl; a `folder` has film.edl and film.xml (Final Cut Pro 7).

    Args:
        kind: which program it is for.
        timeline: the shots, as the film was assembled from them.
        board: the song, the scenes and the size of the film.
        clips: the file of each scene as it is shown, by the scene's id.
        song: the master (WAV).
        folder: where everything goes; made if it is not there.
        progress: receives the fraction done.

    Raises:
        MediaError: a clip is missing or too short (known before anything is written).
    """
    conform_shots(timeline, clips, board.look, folder / "clips", progress)
    shutil.copyfile(song, folder / "song.wav")
    if kind == "fcpxml":
        write_fcpxml(timeline, board, folder / "film.fcpxml")
    else:
        write_edl(timeline, board, folder / "film.edl")
    if kind == "folder":
        write_fcp7xml(timeline, board, folder / "film.xml")
    write_markers(timeline, board, folder / "markers.csv")
    write_whole(folder / "README.txt", _readme(kind, timeline, board).encode())


def _readme(kind: PackageKind, timeline: Timeline, board: Storyboard) -> str:
    width, height = board.look.size
    rows = [
        f"{board.song.title}: {len(timeline.shots)} shots, {timeline.n_frames} frames, {width} x {height}, "
        f"{timeline.fps} frames a second.",
        "",
        _OPEN[kind],
        "",
        f"{_LOST[kind]} without a word. Here nothing is lost to the eye: every clip in the folder clips "
        "holds exactly the frames that the film shows, speed changes and transitions made. But a clip has no "
        "frames before its first and after its last; to change speeds or to have more of a scene, use the "
        ".otio export.",
        "",
        "markers.csv has every cut with its reason, every section, bar and sung line.",
        "",
        "Moved cuts go back into the project with: storyboard import-cut PROJECT FILE. A cut is where a clip "
        "begins; a gap before it belongs to the clip before. Only starts of clips are read back, and the "
        "order of the scenes stays.",
    ]
    if timeline.fps not in _USUAL_RATES:
        rows += ["", f"{timeline.fps} frames a second is a rate that many programs do not work at."]
    return "\n".join(rows) + "\n"
