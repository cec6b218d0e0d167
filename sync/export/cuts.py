"""Read an edited cut back: where each clip begins and which scene it shows.

A cut is where a clip begins; what a clip shows lasts until the next. So a gap that is left when a clip
is trimmed or moved belongs to the clip before it, and nobody needs handles to move a cut either way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from storyboard.schema.board import CutPin, Storyboard
from storyboard.schema.errors import InputError
from storyboard.schema.timeline import Transition
from storyboard.sync.export.edl import read_edl
from storyboard.sync.export.fcpxml import read_fcpxml
from storyboard.sync.export.otio import METADATA, otio_or_hint

_MAX_BYTES = 50_000_000


@dataclass(frozen=True)
class EditedClip:
    """A clip in an edited cut: when it is shown, and everything that tells which scene it is.

    Attributes:
        name: its name in the editing program.
        media: the file that it plays, as the document writes it; may be empty.
        start_s: when it begins in the film, in seconds.
        end_s: when it ends.
        scene: the scene that it was exported as; may be empty.
        transition: how the clip before gives way to it; None where the form does not say.
        transition_s: how long that takes.
    """

    name: str
    media: str
    start_s: float
    end_s: float
    scene: str = ""
    transition: Transition | None = None
    transition_s: float | None = None


def read_cuts(path: Path, fps: int = 24) -> list[EditedClip]:
    """Return the clips of an edited cut in the order in which the film shows them.

    Args:
        path: .otio, .fcpxml or .edl, or another form that an installed OpenTimelineIO adapter reads.
        fps: what the timecodes of an EDL count, where it does not say so itself.

    Raises:
        InputError: it cannot be read, or holds no clip.
        SystemRequirementError: opentimelineio is needed and not installed.
    """
    if not path.is_file():
        raise InputError("there is no such file", where=str(path), hint="give the edited .otio")
    if path.stat().st_size > _MAX_BYTES:
        raise InputError("is too large for a cut", where=str(path), hint="give the .otio, not a film")
    kind = path.suffix.lower()
    if kind == ".edl":
        found = read_edl(_text(path), fps, str(path))
        clips = [EditedClip(*each) for each in found]
    elif kind == ".fcpxml":
        clips = [EditedClip(*each) for each in read_fcpxml(_text(path), str(path))]
    else:
        clips = _with_otio(path)
    return sorted(clips, key=lambda clip: clip.start_s)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig", errors="replace")


def _with_otio(path: Path) -> list[EditedClip]:
    otio = otio_or_hint()
    try:
        clips = _shown(otio, otio.adapters.read_from_file(str(path)))
    except Exception as error:  # every adapter has errors of its own
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise InputError(
            f"cannot be read as a cut ({reason[0]})", where=str(path), hint="give .otio, .fcpxml or .edl"
        ) from error
    if not clips:
        raise InputError("holds no clip", where=str(path), hint="export the timeline that holds the film")
    return clips


def _shown(otio: Any, cut: Any) -> list[EditedClip]:
    """Return what is seen of a cut: of clips one above the other the highest."""
    tracks = [track for track in _first_timeline(otio, cut).video_tracks() if len(track)]
    if len(tracks) > 1:
        tracks = [otio.algorithms.flatten_stack([_without_transitions(otio, track) for track in tracks])]
        return _clips(otio, tracks[0], None)
    return _clips(otio, tracks[0], "cut") if tracks else []


def _clips(otio: Any, track: Any, usual: Transition | None) -> list[EditedClip]:
    """Return the clips of a track; one that no transition leads to has the usual one."""
    clips: list[EditedClip] = []
    way: tuple[Transition | None, float | None] = usual, None
    for index, item in enumerate(track):
        if isinstance(item, otio.schema.Transition):
            is_dip = "dip" in f"{item.name} {item.transition_type}".lower()
            length_s = (item.in_offset + item.out_offset).to_seconds()
            way = "dip" if is_dip else "crossfade", length_s or None
        elif not isinstance(item, otio.schema.Gap):
            clips.append(replace(_edited(item, track.range_of_child_at_index(index)), **_leading(way)))
            way = usual, None
    return clips


def _leading(way: tuple[Transition | None, float | None]) -> dict[str, Any]:
    return {"transition": way[0], "transition_s": way[1]}


def _without_transitions(otio: Any, track: Any) -> Any:
    """Return a copy with hard cuts: a transition lies over two clips, which keep their own times."""
    plain = track.deepcopy()
    for index in reversed(range(len(plain))):
        if isinstance(plain[index], otio.schema.Transition):
            del plain[index]
    return plain


def _first_timeline(otio: Any, cut: Any) -> Any:
    """Return the timeline that a document is, or the first that it holds."""
    if isinstance(cut, otio.schema.SerializableCollection):
        held = cut.find_children(descended_from_type=otio.schema.Timeline)
        cut = held[0] if held else None
    return cut if isinstance(cut, otio.schema.Timeline) else otio.schema.Timeline()


def _edited(item: Any, when: Any) -> EditedClip:
    media = getattr(item, "media_reference", None)
    facts = item.metadata.get(METADATA) or {}
    return EditedClip(
        name=item.name or "",
        media=getattr(media, "target_url", "") or "",
        start_s=when.start_time.to_seconds(),
        end_s=when.end_time_exclusive().to_seconds(),
        scene=str(facts.get("scene", "")) if hasattr(facts, "get") else "",
    )


def pins_of(clips: list[EditedClip], board: Storyboard, n_frames: int) -> list[CutPin]:
    """Return every cut of an edited film as a pin with the scene that begins or goes on there.

    Args:
        clips: as `read_cuts` returns them.
        board: the scenes in order.
        n_frames: the length of the film.

    Raises:
        InputError: a clip shows no scene of this film, scenes are out of order or left out, or a cut lies
            outside the song; `where` names the clip.
    """
    ids, fps = [scene.id for scene in board.scenes], board.look.fps
    shown = [_scene_of(clip, ids) for clip in clips]
    _refuse_other_order(clips, shown, ids)
    pins: list[CutPin] = []
    last = 0
    for clip, scene in zip(clips[1:], shown[1:], strict=True):
        frame = round(clip.start_s * fps)
        if frame <= last:
            raise InputError("leaves less than one frame to the clip before it", where=_named(clip))
        if frame >= n_frames:
            raise InputError(
                f"begins at {clip.start_s:.2f} s, after the song has ended ({n_frames / fps:.2f} s)",
                where=_named(clip),
                hint="the song says how long the film is; move the clip into it, or take it out",
            )
        pins.append(
            CutPin(
                at_s=round(frame / fps, 6),
                scene=scene,
                transition=clip.transition,
                transition_s=clip.transition_s and round(clip.transition_s, 6),
            )
        )
        last = frame
    return pins


def _scene_of(clip: EditedClip, ids: list[str]) -> str:
    """Return the scene that a clip shows: by its file, else by what it was exported as, else by its name."""
    for text in (clip.media, clip.scene, clip.name):
        path = unquote(text).replace("\\", "/")
        number = re.search(r"(?:^|/)scenes/(\d+)\.\w+$", path)
        if number and 1 <= int(number[1]) <= len(ids):
            return ids[int(number[1]) - 1]
        stem = re.sub(r"\.\w{2,4}$", "", path.rsplit("/", 1)[-1])
        conformed = re.fullmatch(r"\d{3,}-(.+)", stem)
        for name in (stem, conformed[1] if conformed else ""):
            if name in ids:
                return name
    raise InputError(
        f"shows no scene of this film (it plays {clip.media or 'an unknown file'})",
        where=_named(clip),
        hint=f"take it out; the scenes are {', '.join(ids)}",
    )


def _refuse_other_order(clips: list[EditedClip], shown: list[str], ids: list[str]) -> None:
    """The order of the scenes follows the lyrics: none may stand elsewhere or be missing."""
    hint = "the order of the scenes follows the lyrics; edit storyboard.json for another"
    if shown[0] != ids[0]:
        raise InputError(f"begins the film, where {ids[0]} must be", where=_named(clips[0]), hint=hint)
    for (_, before), (clip, scene) in pairwise(zip(clips, shown, strict=True)):
        step = ids.index(scene) - ids.index(before)
        if step < 0:
            raise InputError(f"shows {scene} after {before}", where=_named(clip), hint=hint)
        if step > 1:
            missing = ", ".join(ids[ids.index(before) + 1 : ids.index(scene)])
            raise InputError(f"follows {before}, so {missing} is left out", where=_named(clip), hint=hint)
    if shown[-1] != ids[-1]:
        missing = ", ".join(ids[ids.index(shown[-1]) + 1 :])
        raise InputError(f"ends the film, so {missing} is left out", where=_named(clips[-1]), hint=hint)


def _named(clip: EditedClip) -> str:
    return f"clip {clip.name!r} at {clip.start_s:.2f} s"
