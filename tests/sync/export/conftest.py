"""A small film on disk: three clips whose every frame can be recognised, a song, and its planned cuts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from storyboard.schema.board import Storyboard
from storyboard.schema.timeline import SongMap, Timeline
from storyboard.sync.plan import plan_cuts


@dataclass(frozen=True)
class Film:
    """A project folder with the scenes and the song of a timeline."""

    folder: Path
    board: Storyboard
    timeline: Timeline

    @property
    def clips(self) -> dict[str, Path]:
        return {shot.scene: self.folder / shot.clip for shot in self.timeline.shots}

    @property
    def cuts(self) -> list[tuple[float, str]]:
        """When each shot begins, in seconds, and its scene."""
        return [(shot.first_frame / self.timeline.fps, shot.scene) for shot in self.timeline.shots]


@pytest.fixture(scope="session")
def film(
    board_data: dict[str, Any],
    song_map_of: Callable[[Storyboard], SongMap],
    write_clip: Callable[..., None],
    write_song: Callable[[Path, float], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Film:
    board = Storyboard.model_validate(board_data | {"look": {"height": 144, "fps": 12}})
    song_map = song_map_of(board)
    # Soft where the second scene begins, at bar 8, and coming to rest where the third does, at bar 14.
    energy = [0.2] * 12 + [0.9] * 2 + [0.2] * (len(song_map.energy) - 14)
    timeline = plan_cuts(song_map.model_copy(update={"energy": energy}), board)
    folder = tmp_path_factory.mktemp("a film")
    for index, scene in enumerate(board.scenes):
        n_frames = sum(shot.n_frames for shot in timeline.shots_of(scene.id))
        n_frames += sum(timeline.handles(scene.id))
        color = (40 + 40 * index, 60, 90)
        write_clip(folder / f"scenes/{index + 1:02d}.mp4", n_frames, 12, color, board.look.size)
    (folder / "song").mkdir()
    write_song(folder / "song/mix.wav", timeline.song_map.duration_s)
    return Film(folder, board, timeline)
