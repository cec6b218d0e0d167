"""Final Cut Pro 7 XML (xmeml 5) over conformed clips: what Premiere Pro opens; markers on the sequence."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from storyboard.schema.board import Storyboard
from storyboard.schema.files import write_whole
from storyboard.schema.timeline import Timeline
from storyboard.sync.export.conforming import shot_name, song_frames
from storyboard.sync.export.markers import markers_of


def write_fcp7xml(timeline: Timeline, board: Storyboard, out: Path) -> None:
    """Write the cut as xmeml; its clips lie beside it as clips/NNN-scene.mp4, its sound as song.wav."""
    root = Element("xmeml", version="5")
    sequence = SubElement(root, "sequence", id="film")
    _add(sequence, name=board.song.title, duration=timeline.n_frames)
    _add_rate(sequence, timeline.fps)
    media = SubElement(sequence, "media")
    video = SubElement(media, "video")
    _add_picture(SubElement(video, "format"), timeline, board)
    track = SubElement(video, "track")
    for index, shot in enumerate(timeline.shots):
        name = f"{shot_name(index, shot)}.mp4"
        span = (shot.first_frame, shot.last_frame + 1)
        item = _add_item(track, f"shot{index + 1}", name, f"clips/{name}", span, timeline.fps)
        held = SubElement(SubElement(item[-1], "media"), "video")
        _add(held, duration=shot.n_frames)
        _add_picture(held, timeline, board)
        _add(SubElement(item, "comments"), mastercomment1=shot.reason)
    sound = SubElement(SubElement(media, "audio"), "track")
    song = _add_item(sound, "song", "song.wav", "song.wav", (0, song_frames(timeline)), timeline.fps)
    _add(SubElement(SubElement(song[-1], "media"), "audio"), channelcount=2)
    _add(SubElement(song, "sourcetrack"), mediatype="audio", trackindex=1)
    for marker in markers_of(timeline, board):
        _add(SubElement(sequence, "marker"), name=marker.text, comment=marker.kind)
        _add(sequence[-1], **{"in": marker.frame, "out": marker.frame + marker.n_frames})
    ElementTree.indent(root)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n'
    write_whole(out, f"{head}{ElementTree.tostring(root, encoding='unicode')}\n".encode())


def _add_item(track: Element, id_: str, name: str, path: str, span: tuple[int, int], fps: int) -> Element:
    """Add a clip that is played whole, and the file that it plays."""
    item, n_frames = SubElement(track, "clipitem", id=id_), span[1] - span[0]
    _add(item, name=name, enabled="TRUE", duration=n_frames)
    _add_rate(item, fps)
    _add(item, start=span[0], end=span[1], **{"in": 0, "out": n_frames})
    file = SubElement(item, "file", id=f"{id_}-file")  # stays the last element: callers add to it
    _add(file, name=name, pathurl=quote(path), duration=n_frames)
    _add_rate(file, fps)
    return item


def _add_picture(parent: Element, timeline: Timeline, board: Storyboard) -> None:
    width, height = board.look.size
    found = SubElement(parent, "samplecharacteristics")
    _add_rate(found, timeline.fps)
    _add(found, width=width, height=height, pixelaspectratio="square")


def _add_rate(parent: Element, fps: int) -> None:
    _add(SubElement(parent, "rate"), timebase=fps, ntsc="FALSE")


def _add(parent: Element, **texts: str | int) -> None:
    """Add an element for each name, holding its text."""
    for name, text in texts.items():
        SubElement(parent, name).text = str(text)
