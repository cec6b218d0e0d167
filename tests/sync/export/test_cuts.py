"""An edited cut comes back: cuts where clips begin, scenes by what clips show, nonsense refused by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storyboard.schema.board import CutPin
from storyboard.schema.errors import InputError
from storyboard.sync.export import pins_of, read_cuts, write_edl, write_fcp7xml, write_fcpxml, write_otio

otio = pytest.importorskip("opentimelineio")


@pytest.fixture
def edited(film: Any, tmp_path: Path) -> Callable[..., list[CutPin]]:
    """Export, let a function edit the picture's track, and read the cuts back."""

    def edit(change: Callable[[Any], object] = lambda track: None) -> list[CutPin]:
        out = tmp_path / "film.otio"
        write_otio(film.timeline, film.board, film.folder, out)
        cut = otio.adapters.read_from_file(str(out))
        change(cut.video_tracks()[0])
        otio.adapters.write_to_file(cut, str(out))
        return pins_of(read_cuts(out), film.board, film.timeline.n_frames)

    return edit


def frames(pins: list[CutPin]) -> list[int]:
    return [round(pin.at_s * 12) for pin in pins]


def lengthened(clip: Any, by: float) -> None:
    """Move the end of a clip; everything after it moves along."""
    range_ = clip.source_range
    length = range_.duration + otio.opentime.RationalTime(by, 12)
    clip.source_range = otio.opentime.TimeRange(range_.start_time, length)


@pytest.mark.parametrize("suffix", ["otio", "fcpxml", "edl", "xml"])
def test_what_is_exported_comes_back_as_the_same_cuts(film: Any, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"film.{suffix}"
    if suffix == "otio":
        write_otio(film.timeline, film.board, film.folder, out)
    else:
        if suffix == "xml":
            pytest.importorskip("otio_fcp_adapter")
        {"fcpxml": write_fcpxml, "edl": write_edl, "xml": write_fcp7xml}[suffix](
            film.timeline, film.board, out
        )
    pins = pins_of(read_cuts(out), film.board, film.timeline.n_frames)
    assert [(pin.at_s, pin.scene) for pin in pins] == [
        (pytest.approx(at_s, abs=1e-6), scene) for at_s, scene in film.cuts[1:]
    ]


def test_a_rolled_cut_moves_alone(film: Any, edited: Callable[..., list[CutPin]]) -> None:
    def roll(track: Any) -> None:
        lengthened(track[1], -3)
        lengthened(track[2], 3)

    expected = [shot.first_frame for shot in film.timeline.shots[1:]]
    expected[1] -= 3
    assert frames(edited(roll)) == expected


def test_a_gap_belongs_to_the_clip_before_it(film: Any, edited: Callable[..., list[CutPin]]) -> None:
    def shorten(track: Any) -> None:
        lengthened(track[1], -6)
        track.insert(2, otio.schema.Gap(duration=otio.opentime.RationalTime(6, 12)))

    assert frames(edited(shorten)) == [shot.first_frame for shot in film.timeline.shots[1:]]


def test_a_razor_cut_is_a_new_cut_of_the_same_scene(film: Any, edited: Callable[..., list[CutPin]]) -> None:
    def split(track: Any) -> None:
        second = track[0].deepcopy()
        lengthened(track[0], -10)
        lengthened(second, 10 - film.timeline.shots[0].n_frames)
        track.insert(1, second)

    pins = edited(split)
    assert pins[0].scene == "scene-1"
    assert frames(pins)[0] == film.timeline.shots[0].n_frames - 10
    assert len(pins) == len(film.timeline.shots)


def test_what_lies_above_hides_what_lies_below(film: Any, tmp_path: Path) -> None:
    out = tmp_path / "film.otio"
    write_otio(film.timeline, film.board, film.folder, out)
    cut = otio.adapters.read_from_file(str(out))
    above = otio.schema.Track(kind="Video")
    lower = cut.video_tracks()[0]
    until = film.timeline.shots[1].first_frame
    above.append(otio.schema.Gap(duration=otio.opentime.RationalTime(until - 5, 12)))
    piece = lower[1].deepcopy()
    piece.source_range = otio.opentime.TimeRange(
        piece.source_range.start_time, otio.opentime.RationalTime(5, 12)
    )
    above.append(piece)
    dissolve = otio.opentime.RationalTime(2, 12)
    lower.insert(1, otio.schema.Transition(in_offset=dissolve, out_offset=dissolve))
    cut.tracks.insert(1, above)
    otio.adapters.write_to_file(cut, str(out))
    starts = [round(clip.start_s * 12) for clip in read_cuts(out)]
    assert starts[:3] == [0, until - 5, until]


def test_the_file_that_a_clip_plays_outweighs_what_it_was_exported_as(
    film: Any, edited: Callable[..., list[CutPin]]
) -> None:
    last = [i for i, shot in enumerate(film.timeline.shots) if shot.scene == "scene-1"][-1]

    def relink(track: Any) -> None:
        clips = track.find_clips()
        clips[last].media_reference = clips[last + 1].media_reference.deepcopy()

    assert edited(relink)[last - 1].scene == "scene-2"


def without(scene: str) -> Callable[[Any], object]:
    """Take every clip of a scene out."""

    def change(track: Any) -> None:
        for index in reversed(range(len(track))):
            is_transition = isinstance(track[index], otio.schema.Transition)
            if is_transition or track[index].metadata["storyboard"]["scene"] == scene:
                del track[index]

    return change


def foreign(track: Any) -> None:
    media = otio.schema.ExternalReference(target_url="cat.mov")
    track.insert(1, otio.schema.Clip("cat", media, track[0].source_range))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda track: track.append(track[0].deepcopy()),
            r"clip '001-scene-1' at [\d.]+ s: shows scene-1 after scene-3",
        ),
        (without("scene-2"), r"clip '\d+-scene-3'.*follows scene-1, so scene-2 is left out"),
        (without("scene-1"), r"clip '\d+-scene-2' at 0\.00 s: begins the film, where scene-1 must be"),
        (without("scene-3"), r"clip '\d+-scene-2'.*ends the film, so scene-3 is left out"),
        (lambda track: lengthened(track[0], 900), r"clip '002-.*after the song has ended"),
        (
            lambda track: lengthened(track[0], 0.3 - track[0].source_range.duration.value),
            r"clip '002-.*less than one frame",
        ),
        (foreign, r"clip 'cat'.*shows no scene of this film \(it plays cat\.mov\)"),
    ],
    ids=["reordered", "left out", "first left out", "last left out", "too late", "too short", "foreign"],
)
def test_what_the_song_does_not_allow_is_refused_by_the_name_of_the_clip(
    edited: Callable[..., list[CutPin]], change: Callable[[Any], object], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        edited(change)


def test_transitions_come_back_as_an_editor_left_them(film: Any, edited: Callable[..., list[CutPin]]) -> None:
    planned = [
        (shot.transition, pytest.approx(shot.transition_frames / 12) if shot.transition_frames else None)
        for shot in film.timeline.shots[1:]
    ]
    assert {"cut", "crossfade", "dip"} == {kind for kind, _ in planned}
    assert [(pin.transition, pin.transition_s) for pin in edited()] == planned

    def change(track: Any) -> None:
        first = next(i for i, item in enumerate(track) if isinstance(item, otio.schema.Transition))
        del track[first]
        half = otio.opentime.RationalTime(3, 12)
        track.insert(1, otio.schema.Transition("dip to grey", "Custom_Transition", half, half))

    changed = [(pin.transition, pin.transition_s) for pin in edited(change)]
    assert changed[0] == ("dip", pytest.approx(0.5))
    gone = next(index for index, (kind, _) in enumerate(planned) if kind == "crossfade")
    assert changed[gone] == ("cut", None)


@pytest.mark.parametrize("suffix", ["otio", "fcpxml", "edl", "mov", "otioz"])
def test_a_file_that_is_no_cut_is_refused_by_its_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"film.{suffix}"
    for content in (b"", b"\x00\xff not a cut", b"{}", b"<fcpxml><sequence tcStart='x'/></fcpxml>"):
        path.write_bytes(content)
        with pytest.raises(InputError, match=rf"film\.{suffix}"):
            read_cuts(path)
    with pytest.raises(InputError, match="no such file"):
        read_cuts(tmp_path / f"nothing.{suffix}")


def test_an_edl_of_a_program_counts_frames_from_its_first_hour_and_names_what_a_dissolve_goes_to(
    tmp_path: Path,
) -> None:
    rows = [
        "TITLE: ROUGH CUT",
        "001  AX       V     C        00:00:00:00 00:00:02:00 10:00:00:00 10:00:02:00",
        "* FROM CLIP NAME: 001-kitchen.mp4",
        "002  AX       V     C        00:00:02:00 00:00:02:00 10:00:02:00 10:00:02:00",
        "002  AX       V     D    012 00:00:00:00 00:00:03:00 10:00:02:00 10:00:05:00",
        "* FROM CLIP NAME: 001-kitchen.mp4",
        "* TO CLIP NAME: 002-road.mp4",
        "003  AX       A     C        00:00:00:00 00:00:05:00 10:00:00:00 10:00:05:00",
        "* FROM CLIP NAME: song.wav",
    ]
    path = tmp_path / "rough.edl"
    path.write_text("\r\n".join(rows))
    found = [(clip.name, clip.start_s, clip.end_s) for clip in read_cuts(path, fps=25)]
    assert found == [("001-kitchen.mp4", 0.0, 2.0), ("002-road.mp4", 2.0, 5.0)]


def test_fcpxml_of_a_newer_version_is_read_by_its_own_clock(tmp_path: Path) -> None:
    path = tmp_path / "new.fcpxml"
    path.write_text(
        """<?xml version="1.0"?><!DOCTYPE fcpxml><fcpxml version="1.11"><resources>
        <asset id="r2"><media-rep kind="original-media" src="file:///a/clips/001-kitchen.mp4"/></asset>
        </resources><library><event><project><sequence tcStart="3600s"><spine>
        <asset-clip ref="r2" name="k" offset="3600s" duration="48/24s"/>
        <transition name="Cross Dissolve" offset="86436/24s" duration="24/24s"/>
        <clip name="road" offset="86448/24s" duration="3s"><video ref="r2" offset="0s"/></clip>
        <gap offset="86520/24s" duration="1s"/>
        </spine></sequence></project></event></library></fcpxml>"""
    )
    found = [(clip.name, clip.media, clip.start_s, clip.end_s) for clip in read_cuts(path)]
    media = "file:///a/clips/001-kitchen.mp4"
    assert found == [("k", media, 0.0, 2.0), ("road", media, 2.0, 5.0)]
