"""The embedded generators pass the suite that every generator must pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.generators import registry
from storyboard.generators.seams import SongRequest, VideoRequest
from storyboard.generators.testing import check_music, check_video, check_voice
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import UnknownGenerator


@pytest.fixture
def song(board: Storyboard) -> SongRequest:
    return SongRequest(song=board.song, seed=3)


def test_the_singer_conforms(song: SongRequest, tmp_path: Path) -> None:
    check_voice(registry.voice("singer"), song, tmp_path)


def test_the_band_conforms(song: SongRequest, tmp_path: Path) -> None:
    check_music(registry.music("band"), song, tmp_path)


def test_the_animatic_conforms(board: Storyboard, tmp_path: Path) -> None:
    scene = board.scenes[2]
    request = VideoRequest(
        scene=scene,
        scene_index=2,
        n_scenes=3,
        characters=board.characters_of(scene),
        look=board.look.model_copy(update={"height": 144, "fps": 12}),
        seed=1,
        n_frames=30,
        shots=[
            {"first_frame": 0, "n_frames": 18, "framing": "wide"},
            {"first_frame": 18, "n_frames": 12, "framing": "close"},
        ],
        beats=[0, 6, 12, 18, 24],
        downbeats=[0, 24],
        sung=[(4, 9)],
    )
    check_video(registry.video("animatic"), request, tmp_path)


def test_an_unknown_name_lists_what_there_is() -> None:
    with pytest.raises(UnknownGenerator, match="'theremin'; allowed: auto, band"):
        registry.music("theremin")


@pytest.mark.parametrize(("family", "name"), [("voice", "singer"), ("music", "band"), ("video", "animatic")])
def test_auto_is_the_embedded_one_where_nothing_better_is_installed(
    family: registry.Family, name: str
) -> None:
    assert registry.choose(family, "auto") == name
