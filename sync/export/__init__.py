"""Hand a film over to an editing program, and read the edited cut back.

OpenTimelineIO keeps everything, so it points at the scenes as they are. FCPXML and EDL lose speed
changes without a word: they get conformed clips, one file a shot, exactly the frames that the film shows.
"""

from __future__ import annotations

from storyboard.sync.export.conforming import conform_shots
from storyboard.sync.export.cuts import EditedClip, pins_of, read_cuts
from storyboard.sync.export.edl import write_edl
from storyboard.sync.export.fcp7xml import write_fcp7xml
from storyboard.sync.export.fcpxml import write_fcpxml
from storyboard.sync.export.markers import write_markers
from storyboard.sync.export.otio import write_otio
from storyboard.sync.export.package import PackageKind, write_package

__all__ = [
    "EditedClip",
    "PackageKind",
    "conform_shots",
    "pins_of",
    "read_cuts",
    "write_edl",
    "write_fcp7xml",
    "write_fcpxml",
    "write_markers",
    "write_otio",
    "write_package",
]
