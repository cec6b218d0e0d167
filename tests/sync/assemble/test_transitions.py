"""Every frame of the film is the one that the timeline says, also in transitions and accents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storyboard.schema.errors import MediaError
from storyboard.schema.timeline import Shot, SongMap, Timeline
from storyboard.sync.assemble import Film
from storyboard.sync.assemble.effects import dark_tone, effects_of
from storyboard.sync.assemble.layers import layers_of

CROSSFADE, DIP = range(32, 40), range(68, 76)
ZOOM, FLASH = range(96, 108), range(112, 116)


def test_the_film_has_every_frame_of_the_timeline(seen: Any, material: Any) -> None:
    assert len(seen.lumas) == material.timeline.n_frames


def test_every_frame_is_the_one_planned(seen: Any) -> None:
    planned = [*range(36), *range(4, 40), *range(48)]
    for frame, number in enumerate(planned):
        if frame not in CROSSFADE and frame not in DIP:
            assert seen.number(frame) == number, f"frame {frame} shows another moment"


def test_a_crossfade_mixes_the_last_frames_of_one_clip_with_the_first_of_the_next(
    seen: Any, material: Any
) -> None:
    for k, frame in enumerate(CROSSFADE):
        new = (k + 1) / 9
        assert seen.ground(frame) == pytest.approx(60 + 90 * new, abs=2)
        old_blocks, new_blocks = material.blocks_of(32 + k), material.blocks_of(k)
        for light, of_old, of_new in zip(seen.blocks(frame), old_blocks, new_blocks, strict=True):
            assert light == pytest.approx(of_old * (1 - new) + of_new * new, abs=12)


def test_beside_a_crossfade_a_frame_is_purely_old_or_purely_new(seen: Any) -> None:
    assert seen.ground(31) == pytest.approx(60, abs=1.5)
    assert seen.ground(40) == pytest.approx(150, abs=1.5)


def test_the_weights_of_a_crossfade_are_even_about_its_shot(material: Any) -> None:
    frames = [layers_of(material.timeline)[frame] for frame in CROSSFADE]
    new = [layers[1].weight for layers in frames]
    assert all(sum(layer.weight for layer in layers) == pytest.approx(1) for layers in frames)
    assert [pytest.approx(1 - each) for each in reversed(new)] == new
    assert new[4] == pytest.approx(0.5, abs=0.06), "on the first frame of the shot"


def test_a_dip_is_darkest_on_the_beat_and_never_black(seen: Any) -> None:
    grounds = {frame: seen.ground(frame) for frame in DIP}
    assert min(grounds, key=lambda frame: grounds[frame]) == 72
    assert 21 < seen.lumas[72].mean() < 32
    assert seen.ground(67) == pytest.approx(150, abs=1.5)
    assert seen.ground(76) == pytest.approx(100, abs=1.5)


@pytest.mark.parametrize(
    "palette", [[], ["#000000"], ["#000080", "#ffffff"], ["#ff0000"], ["#f6efe6", "#2a2d34"], ["#ffffff"]]
)
def test_a_dip_is_dark_in_any_palette_and_never_black(palette: list[str]) -> None:
    y, u, v = dark_tone(palette)
    assert 25 <= y <= 30
    assert abs(u - 128) < 60 and abs(v - 128) < 60


def test_a_dip_keeps_the_hue_of_the_darkest_colour() -> None:
    _, u, v = dark_tone(["#f0f0f0", "#600000"])
    assert v > 132 > 128 > u


def test_a_flash_is_brightest_on_its_frame_and_soon_gone(seen: Any) -> None:
    grounds = [seen.ground(frame) for frame in FLASH]
    assert seen.ground(111) == pytest.approx(100, abs=1.5), "never before the beat"
    assert grounds[0] == pytest.approx(100 + 0.8 * 0.5 * 135, abs=3)
    assert grounds == sorted(grounds, reverse=True)
    assert seen.ground(116) == pytest.approx(100, abs=1.5)


def test_a_zoom_is_nearest_on_its_frame_and_settles_within_a_beat(seen: Any) -> None:
    rest, middle = 111.5, 63.5
    places = [seen.bar(frame) for frame in ZOOM]
    assert seen.bar(95) == pytest.approx(rest, abs=0.15), "never before the beat"
    assert places[0] == pytest.approx(middle + (rest - middle) * 1.05, abs=0.25)
    assert places == sorted(places, reverse=True)
    assert seen.bar(108) == pytest.approx(rest, abs=0.15)


def test_a_zoom_ends_with_its_shot(material: Any) -> None:
    shots = [shot.model_copy() for shot in material.timeline.shots]
    late = shots[4].accents[0].model_copy(update={"frame": 57})
    shots[2] = shots[2].model_copy(update={"accents": [late]})
    zooms = effects_of(material.timeline.model_copy(update={"shots": shots}), []).zooms
    assert sorted(frame for shot, frame in zooms if shot == 2) == [57, 58, 59]
    assert (3, 60) not in zooms


def test_two_accents_do_not_add_up(material: Any) -> None:
    shots = [shot.model_copy() for shot in material.timeline.shots]
    flash = shots[4].accents[1]
    again = flash.model_copy(update={"frame": flash.frame + 1})
    shots[4] = shots[4].model_copy(update={"accents": [flash, again]})
    flashes = effects_of(material.timeline.model_copy(update={"shots": shots}), []).flashes
    assert flashes[flash.frame] == flashes[flash.frame + 1] == pytest.approx(0.4)


def test_a_clip_without_the_frames_for_its_crossfade_is_named(material: Any, tmp_path: Path) -> None:
    shots = [shot.model_copy() for shot in material.timeline.shots]
    shots[2] = shots[2].model_copy(update={"source_start_s": 0.0})
    timeline = material.timeline.model_copy(update={"shots": shots})
    with pytest.raises(MediaError, match=r"two\.mp4: lacks 4 frames before its first"):
        material.make(Film(tmp_path / "video.mp4", (128, 72)), timeline=timeline)
    shots[2] = material.timeline.shots[2].model_copy(update={"transition_frames": 12})
    timeline = material.timeline.model_copy(update={"shots": shots})
    with pytest.raises(MediaError, match=r"one\.mp4: has 40 frames, its shots need 42"):
        material.make(Film(tmp_path / "video.mp4", (128, 72)), timeline=timeline)


def test_a_scene_may_come_back(material: Any, tmp_path: Path) -> None:
    rows = [("one", 0, 12, 0.0), ("two", 12, 24, 0.5), ("one", 24, 36, 0.5), ("one", 36, 48, 0.25)]
    shots = [
        Shot(
            scene=scene,
            first_frame=first,
            last_frame=end - 1,
            clip="clip.mp4",
            source_start_s=start_s,
            reason="so",
        )
        for scene, first, end, start_s in rows
    ]
    timeline = Timeline(fps=24, n_frames=48, song_map=SongMap(duration_s=2.0), shots=shots)
    material.make(Film(tmp_path / "video.mp4", (128, 72)), timeline=timeline)
    numbers = [material.see(tmp_path / "video.mp4").number(frame) for frame in range(48)]
    assert numbers == [*range(12), *range(12, 24), *range(12, 24), *range(6, 18)]
