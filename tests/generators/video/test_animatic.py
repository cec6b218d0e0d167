"""What the animatic promises: exact clips, the same bytes, places that differ, pictures that live."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from storyboard.generators.seams import ShotSpec, VideoGenerator, VideoRequest
from storyboard.generators.video.animatic import Animatic
from storyboard.schema.board import Look
from storyboard.schema.cast import Character, Garment, Hair
from storyboard.schema.errors import Cancelled, GeneratorError, GeneratorUnavailable
from storyboard.schema.progress import ignore
from storyboard.schema.scene import Scene

Pictures = NDArray[np.float32]
CAST = [
    Character(
        name="Mia",
        gender="woman",
        age=24,
        hair=Hair(color="auburn", length="long"),
        eyes="green",
        clothing=[Garment(item="jacket", color="yellow"), Garment(item="jeans", color="blue")],
    ),
    Character(
        name="Leo",
        gender="man",
        age=30,
        hair=Hair(color="black", length="short"),
        eyes="brown",
        clothing=[Garment(item="hoodie", color="teal"), Garment(item="trousers", color="grey")],
    ),
]


def request_of(
    setting: str = "a city street",
    *,
    n_frames: int = 4,
    framings: tuple[str, ...] = ("wide",),
    n_characters: int = 0,
    scene_index: int = 0,
    aspect: str = "16:9",
    fps: int = 24,
    **scene: object,
) -> VideoRequest:
    cast = CAST[:n_characters]
    length = n_frames // len(framings)
    shots = [
        ShotSpec.model_validate({"first_frame": i * length, "n_frames": length, "framing": framing})
        for i, framing in enumerate(framings)
    ]
    record = {"id": "one", "title": "One", "setting": setting, "characters": [c.name for c in cast], **scene}
    return VideoRequest(
        scene=Scene.model_validate(record),
        scene_index=scene_index,
        n_scenes=6,
        characters=cast,
        look=Look.model_validate({"aspect": aspect, "height": 144, "fps": fps}),
        seed=11,
        n_frames=length * len(framings),
        shots=shots,
        beats=list(range(0, n_frames, 12)),
        downbeats=list(range(0, n_frames, 48)),
        sung=[(1, 5)],
    )


def pictures_of(path: Path) -> Pictures:
    with av.open(str(path)) as container:
        return np.stack([frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]).astype(
            np.float32
        )


@pytest.fixture
def shoot(tmp_path: Path) -> Callable[[VideoRequest], Pictures]:
    def run(request: VideoRequest) -> Pictures:
        out = tmp_path / "clip.mp4"
        Animatic().shoot(request, out, ignore)
        return pictures_of(out)

    return run


def stills(request: VideoRequest) -> NDArray[np.float32]:
    """Return the frames before encoding, as luma."""
    from storyboard.generators.video.animatic.film import Film
    from storyboard.generators.video.animatic.reel import scenery_of

    height = request.look.height
    film = Film(request, scenery_of(request))
    return np.stack([planes[:height].astype(np.float32) for planes, _ in film.frames()])


def difference(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    return float(np.abs(first - second).mean())


def test_it_is_a_video_generator_of_any_length() -> None:
    animatic = Animatic()
    assert isinstance(animatic, VideoGenerator)
    assert animatic.capabilities().max_s is None
    assert animatic.capabilities().runs_in == "process"
    assert not animatic.capabilities().reads_prompt


def test_importing_it_does_not_load_the_drawing_libraries() -> None:
    code = (
        "import sys, storyboard.generators.video.animatic\n"
        "sys.exit('skia' in sys.modules or 'cv2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("aspect", "fps", "size"), [("16:9", 24, (256, 144)), ("9:16", 30, (80, 144)), ("1:1", 25, (144, 144))]
)
def test_a_clip_has_exactly_the_frames_rate_and_size_asked_for(
    tmp_path: Path, aspect: str, fps: int, size: tuple[int, int]
) -> None:
    request = request_of(n_frames=9, aspect=aspect, fps=fps, n_characters=2)
    take = Animatic().shoot(request, tmp_path / "clip.mp4", ignore)
    assert (take.n_frames, take.fps) == (9, fps)
    with av.open(str(tmp_path / "clip.mp4")) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(video=0))
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (stream.width, stream.height) == size
        assert stream.average_rate == fps
        assert [round(float(frame.time) * fps, 3) for frame in frames] == list(range(9))


def test_the_same_request_gives_the_same_bytes(tmp_path: Path) -> None:
    request = request_of("a stage", n_frames=6, framings=("wide", "close"), n_characters=2, weather="rain")
    for name in ("a.mp4", "b.mp4"):
        Animatic().shoot(request, tmp_path / name, ignore)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_every_kind_of_place_differs_from_every_other() -> None:
    from storyboard.generators.video.animatic.settings import SETTINGS

    places = {kind: stills(request_of(kind, n_frames=1))[0] for kind in SETTINGS}
    assert len(places) >= 20
    close = {(a, b): difference(places[a], places[b]) for a, b in combinations(places, 2)}
    assert min(close.values()) > 8, min(close, key=lambda pair: close[pair])
    assert min(float(picture.std()) for picture in places.values()) > 12


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mia's tiny bedroom at her parents' house", "bedroom"),
        ("the corner coffee shop", "café"),
        ("a rain-slick downtown street outside a bar", "street"),
        ("on the train home", "train interior"),
        ("an abandoned train station", "train station"),
        ("the old bakery on Main Street", "bakery"),
        ("driving down the highway", "road"),
        ("an iron bridge over the river at night", "bridge"),
        ("her grandmother's rose garden", "garden"),
        ("a little snowy village", "snow village"),
        ("a village in the snow", "snow village"),
        ("an empty classroom", "classroom"),
        ("the school library", "library"),
        ("a city park", "park"),
        ("a concert in the park", "stage"),
        ("a city rooftop at dawn", "rooftop"),
        ("Leo's flat above the shop", "living room"),
    ],
)
def test_a_setting_is_found_in_free_text(text: str, kind: str) -> None:
    from storyboard.generators.video.animatic.settings import kind_of

    assert kind_of(text, 0) == kind


def test_an_unknown_setting_is_drawn_all_the_same(shoot: Callable[[VideoRequest], Pictures]) -> None:
    assert shoot(request_of("xyzzy"))[0].std() > 12


def test_the_same_place_looks_different_in_another_scene() -> None:
    first, second = (stills(request_of("a park", n_frames=1, scene_index=index))[0] for index in (1, 2))
    assert difference(first, second) > 8


@pytest.mark.parametrize(
    "change", [{"time_of_day": "night"}, {"weather": "fog"}, {"weather": "snow"}, {"weather": "rain"}]
)
def test_hour_and_weather_change_the_picture(change: dict[str, object]) -> None:
    assert difference(stills(request_of(n_frames=1))[0], stills(request_of(n_frames=1, **change))[0]) > 6


@pytest.mark.parametrize(
    "framings",
    [("wide", "close"), ("medium", "close"), ("wide", "wide"), ("close", "close"), ("medium", "medium")],
)
@pytest.mark.parametrize("n_characters", [0, 2])
def test_a_cut_inside_a_clip_is_seen(framings: tuple[str, str], n_characters: int) -> None:
    luma = stills(request_of(n_frames=48, framings=framings, n_characters=n_characters))
    steps = np.abs(np.diff(luma, axis=0)).mean(axis=(1, 2))
    assert steps[23] > 8
    assert steps[23] > 4 * np.median(steps)
    assert steps[23] == steps.max()


def test_a_shot_begins_with_a_key_frame(tmp_path: Path) -> None:
    Animatic().shoot(
        request_of(n_frames=12, framings=("wide", "medium", "close")), tmp_path / "clip.mp4", ignore
    )
    with av.open(str(tmp_path / "clip.mp4")) as container:
        keys = [index for index, frame in enumerate(container.decode(video=0)) if frame.key_frame]
    assert keys == [0, 4, 8]


@pytest.mark.parametrize("camera", ["static", "slow push in", "pan left", "crane up", "handheld", "orbit"])
def test_no_frame_is_frozen_or_black(camera: str) -> None:
    luma = stills(request_of("a desert", n_frames=12, camera=camera, time_of_day="night"))
    assert np.abs(np.diff(luma, axis=0)).mean(axis=(1, 2)).min() > 0.3
    assert luma.mean(axis=(1, 2)).min() > 25


def test_characters_are_in_the_picture() -> None:
    empty, peopled = (stills(request_of("a beach", n_frames=1, n_characters=n))[0] for n in (0, 2))
    assert difference(empty, peopled) > 3


def test_feet_and_faces_stay_out_of_the_caption_area() -> None:
    from storyboard.generators.video.animatic.camera import REST, matrix_at
    from storyboard.generators.video.animatic.staging import cast_of, frame_of, shots_of

    for aspect in ("16:9", "9:16", "1:1"):
        request = request_of(
            framings=("wide", "medium", "close", "wide"), n_frames=8, n_characters=2, aspect=aspect
        )
        frame = frame_of(request)
        for shot in shots_of(request, frame, cast_of(request, frame, 0.0)):
            for actor in shot.actors:
                matrix = matrix_at(frame, shot.view, REST, 1.0)
                x, y, radius = actor.head
                assert matrix.mapXY(x, y + radius).fY < 0.76 * frame.height
                if shot.framing == "wide":
                    assert matrix.mapXY(x, actor.y).fY < 0.84 * frame.height
                    assert 0 < matrix.mapXY(x, y).fX < frame.width


def test_cancelling_passes_through_and_leaves_no_file(tmp_path: Path) -> None:
    def cancel(fraction: float) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        Animatic().shoot(request_of(n_frames=12), tmp_path / "clip.mp4", cancel)
    assert list(tmp_path.iterdir()) == []


def test_progress_rises_to_one(tmp_path: Path) -> None:
    seen: list[float] = []
    Animatic().shoot(request_of(n_frames=14), tmp_path / "clip.mp4", seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_shots_that_do_not_tile_the_clip_are_refused(tmp_path: Path) -> None:
    request = request_of().model_copy(update={"n_frames": 9})
    with pytest.raises(GeneratorError, match="4 frames"):
        Animatic().shoot(request, tmp_path / "clip.mp4", ignore)


def test_a_missing_package_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "skia", None)
    with pytest.raises(GeneratorUnavailable, match="skia is not installed") as caught:
        Animatic().check()
    assert "pip install skia-python" in caught.value.hint


@pytest.mark.parametrize("action", ["sits", "walks", "sings", "dances"])
def test_actions_change_the_picture_over_time(action: str) -> None:
    luma = stills(
        request_of("a park", n_frames=24, n_characters=1, actions=f"Mia {action}.", camera="static")
    )
    assert difference(luma[0], luma[12]) > 0.6


def test_lamps_answer_the_downbeat() -> None:
    request = request_of("a stage", n_frames=24, camera="static")
    on_beat = stills(request.model_copy(update={"downbeats": [20]}))
    off_beat = stills(request.model_copy(update={"downbeats": [0]}))
    assert on_beat[20].mean() > off_beat[20].mean() + 1
