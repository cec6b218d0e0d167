"""The assembled file is exact to the frame, and what is measured on it is true."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from storyboard.schema.board import Storyboard
from storyboard.schema.errors import Cancelled, MediaError
from storyboard.schema.report import SyncReport
from storyboard.schema.timeline import SongMap, Timeline
from storyboard.sync.assemble import assemble
from storyboard.sync.captions import write_captions
from storyboard.sync.fit import source_frames
from storyboard.sync.measure import measure
from storyboard.sync.plan import plan_cuts

COLORS = {"scene-1": (200, 60, 40), "scene-2": (40, 180, 90), "scene-3": (50, 70, 210)}


class Film:
    """A film of three coloured clips, assembled once for all tests that only look at it."""

    def __init__(self, folder: Path, board: Storyboard, timeline: Timeline) -> None:
        self.board, self.timeline = board, timeline
        self.song = folder / "mix.wav"
        self.clips = {scene.id: folder / f"{scene.id}.mp4" for scene in board.scenes}
        self.captions = folder / "lyrics.ass"
        self.video = folder / "video.mp4"

    def assemble(self, out: Path) -> None:
        assemble(self.timeline, self.clips, self.song, self.captions, self.board.look, out)


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
        n_frames = sum(shot.n_frames for shot in timeline.shots_of(scene))
        write_clip(path, n_frames, 24, COLORS[scene], board.look.size)
    write_captions(timeline.song_map, board.look, board.song, made.captions.parent)
    made.assemble(made.video)
    return made


@pytest.fixture(scope="module")
def report(film: Film) -> SyncReport:
    return measure(film.video, film.timeline, film.board)


def test_every_frame_is_the_one_planned(film: Film) -> None:
    expected = [
        (shot.scene, index) for shot in film.timeline.shots for index in source_frames(shot, 24, 24.0)
    ]
    width = film.board.look.size[0]
    with av.open(str(film.video)) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(frames) == film.timeline.n_frames
    for number, (frame, (scene, index)) in enumerate(zip(frames, expected, strict=True)):
        ground = frame[60, 8].astype(int)
        assert np.abs(ground - COLORS[scene]).max() < 40, f"frame {number} is not of {scene}"
        columns = np.flatnonzero(frame[16:32].min(axis=(0, 2)) > 170)
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


def test_a_late_cut_a_black_and_a_frozen_stretch_are_found(
    film: Film, tmp_path: Path, write_clip: Callable[..., None]
) -> None:
    """Measure a film against a song map whose beats and words lie elsewhere, with a faulty clip in it."""
    faulty = Film(tmp_path, film.board, film.timeline)
    shutil.copy(film.song, faulty.song)
    shutil.copy(film.captions, faulty.captions)
    for scene, path in faulty.clips.items():
        shutil.copy(film.clips[scene], path)
    n_frames = sum(shot.n_frames for shot in film.timeline.shots_of("scene-2"))
    _still_then_black(faulty.clips["scene-2"], n_frames, film.board.look.size)
    faulty.assemble(faulty.video)

    song_map = film.timeline.song_map
    late = [beat + 0.25 for beat in song_map.beats_s]
    early_words = [
        word.model_copy(update={"start_s": word.start_s - 0.2, "end_s": word.end_s - 0.1})
        for word in song_map.words
    ]
    other = film.timeline.model_copy(
        update={"song_map": song_map.model_copy(update={"beats_s": late, "words": early_words})}
    )
    report = measure(faulty.video, other, film.board)
    assert report.cut_error_ms.median > 150
    assert report.cuts_on_beat < report.cuts
    assert report.cuts_inside_words > 0
    assert report.lines_over_their_scene < report.lines
    (black,) = report.black_runs
    second = film.timeline.shots_of("scene-2")
    middle_s = (second[0].first_frame + n_frames // 2) / 24
    assert black.start_s == pytest.approx(middle_s, abs=0.05)
    assert report.frozen_runs[0].start_s < middle_s


def _still_then_black(path: Path, n_frames: int, size: tuple[int, int]) -> None:
    width, height = size
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24, options={"crf": "12"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for index in range(n_frames):
            level = 120 if index < n_frames // 2 else 0
            frame = av.VideoFrame.from_ndarray(np.full((height, width, 3), level, np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def test_the_same_inputs_give_the_same_film(film: Film, tmp_path: Path) -> None:
    film.assemble(tmp_path / "again.mp4")
    assert (tmp_path / "again.mp4").read_bytes() == film.video.read_bytes()


def test_a_short_clip_is_named_before_anything_is_encoded(
    film: Film, tmp_path: Path, write_clip: Callable[..., None]
) -> None:
    short = tmp_path / "short.mp4"
    write_clip(short, 10, 24, (9, 9, 90), film.board.look.size)
    clips = film.clips | {"scene-2": short}
    out = tmp_path / "video.mp4"
    with pytest.raises(MediaError, match=r"short\.mp4: has 10 frames, its shots need"):
        assemble(film.timeline, clips, film.song, film.captions, film.board.look, out)
    assert not out.exists()


@pytest.mark.parametrize("content", [b"", b"not a film"])
def test_a_broken_clip_is_named(film: Film, tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(content)
    clips = film.clips | {"scene-1": broken}
    with pytest.raises(MediaError, match=r"broken\.mp4"):
        assemble(film.timeline, clips, film.song, film.captions, film.board.look, tmp_path / "video.mp4")


def test_a_broken_song_says_what_ffmpeg_said(film: Film, tmp_path: Path) -> None:
    song = tmp_path / "mix.wav"
    song.write_bytes(b"RIFF....")
    with pytest.raises(MediaError, match="ffmpeg failed"):
        assemble(film.timeline, film.clips, song, film.captions, film.board.look, tmp_path / "video.mp4")


def test_assembling_can_be_stopped(film: Film, tmp_path: Path) -> None:
    def stop(fraction: float) -> None:
        if fraction > 0.2:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        assemble(
            film.timeline, film.clips, film.song, film.captions, film.board.look, tmp_path / "v.mp4", stop
        )


def test_captions_are_burned_in_below_the_picture_s_faces_and_feet(film: Film) -> None:
    """Compare frames under a sung line with the clip: what differs lies in the lowest part."""
    height = film.board.look.size[1]
    word = film.timeline.song_map.words[3]
    number = round(word.start_s * 24)
    shot = next(shot for shot in film.timeline.shots if shot.first_frame <= number <= shot.last_frame)
    index = source_frames(shot, 24, 24.0)[number - shot.first_frame]
    seen, clean = _gray(film.video, number), _gray(film.clips[shot.scene], index)
    rows = np.flatnonzero((np.abs(seen - clean) > 60).any(axis=1))
    assert len(rows), "a caption is shown"
    assert rows.min() > 0.82 * height


def _gray(path: Path, number: int) -> np.ndarray:
    with av.open(str(path)) as container:
        for index, frame in enumerate(container.decode(video=0)):
            if index == number:
                return frame.to_ndarray(format="gray").astype(int)
    raise AssertionError(f"no frame {number}")
