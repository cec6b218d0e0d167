"""A planned film is exact to the frame, opens everywhere, and what is measured on it is true."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from storyboard.schema.board import Storyboard
from storyboard.schema.errors import MediaError
from storyboard.schema.report import SyncReport
from storyboard.schema.timeline import SongMap, Timeline
from storyboard.sync.assemble import assemble, films_of
from storyboard.sync.assemble.layers import clip_frame, layers_of
from storyboard.sync.captions import write_captions
from storyboard.sync.measure import measure
from storyboard.sync.plan import plan_cuts

COLORS = {"scene-1": (200, 60, 40), "scene-2": (40, 180, 90), "scene-3": (50, 70, 210)}


class Film:
    """A film of three coloured clips, assembled once for all tests that only look at it."""

    def __init__(self, folder: Path, board: Storyboard, timeline: Timeline) -> None:
        self.board, self.timeline = board, timeline
        self.song = folder / "mix.wav"
        self.clips = {scene.id: folder / f"{scene.id}.mp4" for scene in board.scenes}
        self.folder = folder
        self.video = folder / "video.mp4"

    def assemble(
        self,
        folder: Path,
        clips: dict[str, Path] | None = None,
        song: Path | None = None,
    ) -> None:
        """Write the film into a folder, with other clips or another song if wanted."""
        write_captions(self.timeline.song_map, self.board.look, self.board.song, folder)
        (folder / "lyrics.ass").rename(folder / "burned.ass")
        films = films_of(self.board, folder)
        look = self.board.look
        assemble(self.timeline, clips or self.clips, song or self.song, films, look)

    def pure_frames(self) -> list[tuple[int, str, int]]:
        """Return every frame that shows one clip untouched, its scene and the frame of the clip."""
        found = []
        for frame, layers in enumerate(layers_of(self.timeline)):
            shot = self.timeline.shots[layers[0].shot]
            dips = any(
                each.transition == "dip" and abs(each.first_frame - frame) <= each.transition_frames // 2
                for each in self.timeline.shots
            )
            if len(layers) == 1 and not dips:
                found.append((frame, shot.scene, clip_frame(shot, frame, 24, 24.0)))
        return found


@pytest.fixture(scope="module")
def film(
    tmp_path_factory: pytest.TempPathFactory,
    board_data: dict[str, object],
    song_map_of: Callable[[Storyboard], SongMap],
    write_clip: Callable[..., None],
    write_song: Callable[[Path, float], None],
) -> Film:
    board = Storyboard.model_validate(board_data | {"look": {"height": 144, "fps": 24}})
    timeline = plan_cuts(song_map_of(board), board)
    made = Film(tmp_path_factory.mktemp("film"), board, timeline)
    write_song(made.song, timeline.song_map.duration_s)
    for scene, path in made.clips.items():
        n_frames = sum(shot.n_frames for shot in timeline.shots_of(scene)) + sum(timeline.handles(scene))
        write_clip(path, n_frames, 24, COLORS[scene], board.look.size)
    made.assemble(made.folder)
    return made


@pytest.fixture(scope="module")
def report(film: Film) -> SyncReport:
    return measure(film.video, film.timeline, film.board)


def test_every_frame_is_the_one_planned(film: Film) -> None:
    width = film.board.look.size[0]
    with av.open(str(film.video)) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(frames) == film.timeline.n_frames
    planned = film.pure_frames()
    assert len(planned) > 0.9 * len(frames)
    for number, scene, index in planned:
        ground = frames[number][60, 8].astype(int)
        assert np.abs(ground - COLORS[scene]).max() < 40, f"frame {number} is not of {scene}"
        columns = np.flatnonzero(frames[number][16:32].min(axis=(0, 2)) > 170)
        assert abs(columns.mean() - 7.5 - 8 * index % (width - 16)) < 3, f"frame {number} is another moment"


def test_the_file_opens_in_every_player(film: Film) -> None:
    with av.open(str(film.video)) as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        assert (picture.codec_context.name, picture.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (sound.codec_context.name, sound.rate, sound.channels) == ("aac", 48_000, 2)
        assert picture.average_rate == 24
    data = film.video.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat"), "the index comes first, so that browsers can start"


def test_the_measured_report_is_true(film: Film, report: SyncReport) -> None:
    scene_changes = len(film.board.scenes) - 1
    assert report.frames == film.timeline.n_frames
    assert abs(report.av_difference_s) < 1 / 24
    assert report.cuts >= scene_changes
    assert report.cuts_unplanned == 0
    assert report.cuts_on_beat == report.cuts
    assert report.cut_error_ms.max <= 1000 / 24
    assert report.cuts_inside_words == 0
    assert report.lines_over_their_scene == report.lines == 8
    assert report.black_runs == report.frozen_runs == []


def test_the_same_inputs_give_the_same_film(film: Film, tmp_path: Path) -> None:
    film.assemble(tmp_path)
    assert (tmp_path / "video.mp4").read_bytes() == film.video.read_bytes()


def test_a_short_clip_is_named_before_anything_is_encoded(
    film: Film, tmp_path: Path, write_clip: Callable[..., None]
) -> None:
    short = tmp_path / "short.mp4"
    write_clip(short, 10, 24, (9, 9, 90), film.board.look.size)
    with pytest.raises(MediaError, match=r"short\.mp4: has 10 frames, its shots need"):
        film.assemble(tmp_path, clips=film.clips | {"scene-2": short})
    assert not (tmp_path / "video.mp4").exists()


@pytest.mark.parametrize("content", [b"", b"not a film"])
def test_a_broken_clip_is_named(film: Film, tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(content)
    with pytest.raises(MediaError, match=r"broken\.mp4"):
        film.assemble(tmp_path, clips=film.clips | {"scene-1": broken})


def test_a_broken_song_says_what_ffmpeg_said(film: Film, tmp_path: Path) -> None:
    song = tmp_path / "mix.wav"
    song.write_bytes(b"RIFF....")
    with pytest.raises(MediaError, match="ffmpeg failed"):
        film.assemble(tmp_path, song=song)


def test_captions_are_burned_in_below_the_picture_s_faces_and_feet(film: Film) -> None:
    """Compare frames under a sung line with the clip: what differs lies in the lowest part."""
    height = film.board.look.size[1]
    wanted = round(film.timeline.song_map.words[3].start_s * 24)
    number, scene, index = next(pure for pure in film.pure_frames() if pure[0] >= wanted)
    seen, clean = _gray(film.video, number), _gray(film.clips[scene], index)
    rows = np.flatnonzero((np.abs(seen - clean) > 60).any(axis=1))
    assert len(rows), "a caption is shown"
    assert rows.min() > 0.82 * height


def _gray(path: Path, number: int) -> np.ndarray:
    with av.open(str(path)) as container:
        for index, frame in enumerate(container.decode(video=0)):
            if index == number:
                return frame.to_ndarray(format="gray").astype(int)
    raise AssertionError(f"no frame {number}")
