"""FCPXML 1.8 over conformed clips, for Final Cut Pro and DaVinci Resolve; markers lie in the clips."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from storyboard.schema.board import Storyboard
from storyboard.schema.errors import InputError
from storyboard.schema.files import write_whole
from storyboard.schema.timeline import Timeline
from storyboard.sync.export.conforming import shot_name, song_frames
from storyboard.sync.export.markers import Marker, markers_of

_CLIPS = ("asset-clip", "clip", "video", "ref-clip", "sync-clip")


def write_fcpxml(timeline: Timeline, board: Storyboard, out: Path) -> None:
    """Write the cut as FCPXML; its clips lie beside it as clips/NNN-scene.mp4, its sound as song.wav."""
    root = Element("fcpxml", version="1.8")
    length = _time(timeline.n_frames, timeline.fps)
    _add_resources(SubElement(root, "resources"), timeline, board)
    event = SubElement(SubElement(root, "library"), "event", name=board.song.title)
    project = SubElement(event, "project", name=board.song.title)
    sequence = SubElement(
        project, "sequence", format="film", duration=length, tcStart="0s", tcFormat="NDF",
        audioLayout="stereo", audioRate="48k",
    )  # fmt: skip
    spine = SubElement(sequence, "spine")
    markers = markers_of(timeline, board)
    for index, shot in enumerate(timeline.shots):
        clip = SubElement(
            spine, "asset-clip", ref=f"shot{index + 1}", name=shot_name(index, shot), format="film",
            offset=_time(shot.first_frame, timeline.fps), start="0s",
            duration=_time(shot.n_frames, timeline.fps),
        )  # fmt: skip
        SubElement(clip, "note").text = shot.reason
        if index == 0:
            SubElement(
                clip, "asset-clip", ref="song", lane="-1", name=board.song.title, audioRole="music",
                offset="0s", start="0s", duration=_time(song_frames(timeline), timeline.fps),
            )  # fmt: skip
        for marker in markers:
            if shot.first_frame <= marker.frame <= shot.last_frame:
                _add_marker(clip, marker, marker.frame - shot.first_frame, timeline.fps)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n'
    write_whole(out, f"{head}{text}\n".encode())


def _add_resources(resources: Element, timeline: Timeline, board: Storyboard) -> None:
    width, height = board.look.size
    SubElement(
        resources, "format", id="film", frameDuration=_time(1, timeline.fps), width=str(width),
        height=str(height), colorSpace="1-1-1 (Rec. 709)",
    )  # fmt: skip
    for index, shot in enumerate(timeline.shots):
        name = shot_name(index, shot)
        SubElement(
            resources, "asset", id=f"shot{index + 1}", name=name, src=quote(f"clips/{name}.mp4"), start="0s",
            duration=_time(shot.n_frames, timeline.fps), hasVideo="1", format="film",
        )  # fmt: skip
    SubElement(
        resources, "asset", id="song", name=board.song.title, src="song.wav", start="0s",
        duration=_time(song_frames(timeline), timeline.fps), hasAudio="1", audioSources="1",
        audioChannels="2", audioRate="48000",
    )  # fmt: skip


def _add_marker(clip: Element, marker: Marker, frame: int, fps: int) -> None:
    SubElement(clip, "marker", start=_time(frame, fps), duration=_time(1, fps), value=marker.text)


def _time(frame: int, fps: int) -> str:
    """Return a time as FCPXML writes it: whole seconds, or a fraction."""
    time = Fraction(frame, fps)
    return f"{time.numerator}s" if time.denominator == 1 else f"{time.numerator}/{time.denominator}s"


def read_fcpxml(text: str, where: str) -> list[tuple[str, str, float, float]]:
    """Return name, file, start and end in seconds of every clip of the primary storyline, in order.

    Raises:
        InputError: it is not FCPXML, or holds no clip.
    """
    try:
        root = ElementTree.fromstring(text)
        start_s = _seconds((root.find(".//sequence") or Element("none")).get("tcStart", "0s"))
        files = {asset.get("id", ""): _file(asset) for asset in root.iter("asset")}
        found = _spine(root, files, start_s)
    except (ElementTree.ParseError, ValueError, ZeroDivisionError) as error:
        raise InputError(f"is not FCPXML ({error})", where=where, hint="export FCPXML again") from error
    if not found:
        raise InputError("holds no clip", where=where, hint="export the project, not the event")
    return found


def _spine(root: Element, files: dict[str, str], start_s: float) -> list[tuple[str, str, float, float]]:
    spine = root.find(".//sequence/spine")
    found, at_s = [], start_s
    for item in spine if spine is not None else ():
        if item.tag == "transition":
            continue  # lies over the two clips, which keep their own times
        at_s = _seconds(item.get("offset") or f"{at_s}s")
        end_s = at_s + _seconds(item.get("duration", "0s"))
        if item.tag in _CLIPS:
            inner = next((each.get("ref") for each in item.iter() if each.get("ref") in files), "") or ""
            found.append((item.get("name", ""), files.get(inner, ""), at_s - start_s, end_s - start_s))
        at_s = end_s
    return found


def _file(asset: Element) -> str:
    """Return where an asset lies; since FCPXML 1.9 an element inside says it."""
    inner = asset.find("media-rep")
    return asset.get("src") or (inner.get("src") if inner is not None else "") or ""


def _seconds(time: str) -> float:
    return float(Fraction(time.removesuffix("s")))
