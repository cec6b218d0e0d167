"""Dreams by tiny random weights: what shines through, what is approached, and when."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("diffusers")
pytest.importorskip("transformers")

from storyboard.generators import registry  # noqa: E402
from storyboard.generators.seams import Cue, ImageFile, Portrait, ShotSpec, VideoRequest  # noqa: E402
from storyboard.generators.testing import check_video  # noqa: E402
from storyboard.generators.testing.tiny.stable_diffusion import (  # noqa: E402
    build_stable_diffusion,
    build_stable_diffusion_xl,
)
from storyboard.generators.video.dream import Dream, DreamParameters  # noqa: E402
from storyboard.generators.video.dream_painting import begun, film_through, like_in_color, moved  # noqa: E402
from storyboard.generators.video.dream_score import score_of  # noqa: E402
from storyboard.schema.board import Look  # noqa: E402
from storyboard.schema.errors import Cancelled, GeneratorUnavailable, InputError, MediaError  # noqa: E402
from storyboard.schema.scene import Scene  # noqa: E402


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_stable_diffusion(tmp_path_factory.mktemp("dream") / "tiny")


def request(parameters: dict[str, Any] | None = None, **changed: Any) -> VideoRequest:
    """Return a scene of three seconds with a beat every half second."""
    scene = Scene(
        id="a", title="Sea", setting="a beach", prompt="A beach at dusk, long waves.", negative_prompt="text"
    )
    fields: dict[str, Any] = {
        "scene": scene, "scene_index": 0, "n_scenes": 1, "characters": [], "look": Look(height=360, fps=24),
        "seed": 3, "film_seed": 9, "n_frames": 72, "beats": list(range(12, 72, 12)),
        "shots": [ShotSpec(first_frame=0, n_frames=72, framing="wide")],
        "parameters": {"steps": 3, "width": 128, "height": 64, **(parameters or {})},
    }  # fmt: skip
    return VideoRequest(**fields | changed)


def frames_of(tiny: Path, asked: VideoRequest, out: Path) -> np.ndarray[Any, Any]:
    Dream(str(tiny)).shoot(asked, out, lambda _: None)
    with av.open(str(out)) as container:
        return np.stack([frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]) / 255


def picture(path: Path, shade: tuple[int, int, int]) -> ImageFile:
    from PIL import Image

    Image.new("RGB", (40, 90), shade).save(path)
    return ImageFile(file=str(path), sha256=sha256(path.read_bytes()).hexdigest())


def test_conforms(tiny: Path, tmp_path: Path) -> None:
    check_video(registry.video(f"dream:{tiny}"), request(), tmp_path)


def test_pictures_are_painted_on_the_beats_and_the_film_is_as_long_as_asked(
    tiny: Path, tmp_path: Path
) -> None:
    asked = request()
    assert [key.frame for key in score_of(asked, DreamParameters())] == [0, 12, 24, 36, 48, 60]
    assert frames_of(tiny, asked, tmp_path / "clip.mp4").shape == (72, 64, 128, 3)


def test_without_beats_pictures_are_painted_evenly() -> None:
    told = DreamParameters(keys="even", keys_per_s=4)
    assert [key.frame for key in score_of(request(), told)] == list(range(0, 72, 6))
    assert [key.frame for key in score_of(request(beats=[]), DreamParameters())] == list(range(0, 72, 12))


def test_every_line_has_its_prompt_style_strength_and_negative_prompt_from_its_time() -> None:
    cues = [
        Cue(first_frame=20, prompt="A lighthouse.", style="in oil", negative_prompt="people", strength=0.9),
        Cue(first_frame=50, prompt="A storm"),
    ]
    keys = score_of(request(cues=cues), DreamParameters())
    assert [key.prompt for key in keys] == [
        *["A beach at dusk, long waves."] * 2, *["A lighthouse. in oil"] * 3, "A storm",
    ]  # fmt: skip
    assert [key.strength for key in keys] == [0.5, 0.5, 0.9, 0.9, 0.9, 0.5]
    assert [key.negative_prompt for key in keys] == ["text"] * 2 + ["people, text"] * 3 + ["text"]


def test_a_target_is_approached_step_by_step(tmp_path: Path) -> None:
    red = picture(tmp_path / "red.png", (255, 0, 0))
    cues = [Cue(first_frame=0, image=red), Cue(first_frame=60, prompt="A storm")]
    keys = score_of(request(cues=cues), DreamParameters(approach=0.8))
    assert [key.target for key in keys] == [str(tmp_path / "red.png")] * 5 + [""]
    assert [key.nearness for key in keys] == [*sorted(key.nearness for key in keys[:5]), 0.0]
    before, first, target = (np.full((8, 8, 3), shade, np.float32) for shade in (0.2, 0.2, 0.9))
    told = DreamParameters(shadow=0.0, keep_colors=0.0)
    far, near = (begun(before, first, target, key.nearness, told).mean() for key in (keys[0], keys[4]))
    assert 0.2 < far < near <= 0.2 + 0.8 * 0.7 + 1e-6


def test_a_weaker_strength_stays_nearer_to_the_picture_before(tiny: Path, tmp_path: Path) -> None:
    def change(strength: float) -> float:
        told = {"steps": 10, "strength": strength, "zoom": 1.0, "keep_colors": 0.0, "shadow": 0.0}
        film = frames_of(tiny, request(told, n_frames=24), tmp_path / f"{strength}.mp4")
        return float(np.abs(film[12] - film[0]).mean())

    assert change(0.1) < change(0.9)


def test_the_first_picture_shines_through_all_others() -> None:
    rng = np.random.default_rng(0)
    before, first = (rng.random((16, 16, 3)).astype(np.float32) for _ in range(2))
    gaps = [
        float(np.abs(begun(before, first, None, 0.0, DreamParameters(shadow=shadow)) - first).mean())
        for shadow in (0.0, 0.3, 0.9)
    ]
    assert gaps[0] > gaps[1] > gaps[2]


def test_a_key_frame_is_the_first_picture(tiny: Path, tmp_path: Path) -> None:
    blue = picture(tmp_path / "blue.png", (0, 0, 255))
    film = frames_of(tiny, request(key_frames=[blue]), tmp_path / "clip.mp4")
    assert film[0].mean((0, 1)) == pytest.approx((0, 0, 1), abs=0.05)


def test_progress_ends_when_the_film_does_with_a_key_frame_too(tiny: Path, tmp_path: Path) -> None:
    blue, seen = picture(tmp_path / "blue.png", (0, 0, 255)), list[float]()
    Dream(str(tiny)).shoot(request(key_frames=[blue]), tmp_path / "clip.mp4", seen.append)
    assert seen == sorted(seen) and seen[-1] == 1.0


def test_a_stop_is_noticed_while_the_frames_between_are_written(tiny: Path, tmp_path: Path) -> None:
    def stop(fraction: float) -> None:
        if fraction > 0.97:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        Dream(str(tiny)).shoot(request(n_frames=24), tmp_path / "clip.mp4", stop)
    assert not list(tmp_path.iterdir())


def test_one_step_is_enough_to_paint_over(tiny: Path, tmp_path: Path) -> None:
    film = frames_of(tiny, request({"steps": 1}, n_frames=24), tmp_path / "clip.mp4")
    assert not np.array_equal(film[0], film[12])


def test_its_characters_take_after_their_portraits(tmp_path: Path) -> None:
    model = build_stable_diffusion(tmp_path / "model", portraits=True)
    dream = Dream(str(model))
    assert dream.capabilities().uses_portraits
    shades = {"ida": (250, 200, 10), "jon": (10, 20, 120)}
    portraits = [
        [Portrait(name=name, image=picture(tmp_path / f"{name}.png", shades[name]))] for name in shades
    ]
    films = [
        frames_of(
            model, request({"portrait_scale": scale}, n_frames=6, portraits=each), tmp_path / "clip.mp4"
        )
        for each, scale in [([], 1.0), (portraits[0], 1.0), (portraits[1], 1.0), (portraits[1], 0.2)]
    ]
    assert len({film.tobytes() for film in films}) == 4


def test_the_camera_comes_nearer_between_two_pictures_and_meets_each_on_its_frame() -> None:
    rng = np.random.default_rng(0)
    pictures = [rng.random((32, 48, 3)).astype(np.float32) for _ in range(2)]
    film = list(film_through(pictures, [0, 10], 15, DreamParameters(zoom=1.1)))
    assert len(film) == 15
    assert np.allclose(film[0], pictures[0], atol=1e-3) and np.allclose(film[10], pictures[1], atol=1e-3)
    dot = np.zeros((33, 33, 3), np.float32)
    dot[16, 24] = 1
    seen = [int(moved(dot, DreamParameters(zoom=1.2), part)[16].sum(-1).argmax()) for part in (-1, 0, 1, 2)]
    assert seen == sorted(seen) and seen[0] < 24 < seen[-1]


def test_colours_are_brought_back() -> None:
    rng = np.random.default_rng(0)
    first = (rng.random((16, 16, 3)) * 0.2 + 0.3).astype(np.float32)
    drifted = (first * 2).clip(0, 1).astype(np.float32)
    assert np.allclose(like_in_color(drifted, first, 1.0).mean((0, 1)), first.mean((0, 1)), atol=0.02)
    assert np.array_equal(like_in_color(drifted, first, 0.0), drifted)


def test_scenes_of_one_film_begin_from_related_noise(tiny: Path, tmp_path: Path) -> None:
    told = {"shared_noise": 1.0}
    same = [
        frames_of(tiny, request(told, n_frames=6, seed=seed), tmp_path / f"{seed}.mp4") for seed in (1, 2)
    ]
    other = frames_of(tiny, request(told, n_frames=6, film_seed=10), tmp_path / "other.mp4")
    assert np.array_equal(same[0][0], same[1][0]) and not np.array_equal(same[0][0], other[0])


def test_a_stop_between_two_steps_ends_it(tiny: Path, tmp_path: Path) -> None:
    seen: list[float] = []

    def stop(fraction: float) -> None:
        seen.append(fraction)
        if fraction > 0.3:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        Dream(str(tiny)).shoot(request(), tmp_path / "clip.mp4", stop)
    assert len(seen) > 4 and seen == sorted(seen) and not list(tmp_path.iterdir())


def test_too_little_memory_is_answered_by_the_next_tier(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storyboard.generators.video import dream_painting

    plain = frames_of(tiny, request(), tmp_path / "plain.mp4")
    real, calls = dream_painting.embeddings_of, []

    def short(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == 3:
            raise torch.OutOfMemoryError("simulated")
        return real(*given)

    monkeypatch.setattr(dream_painting, "embeddings_of", short)
    again = frames_of(tiny, request(), tmp_path / "again.mp4")
    assert len(calls) == 7, "what was painted before is kept"
    assert plain.shape == again.shape and np.array_equal(plain[0], again[0])


def test_what_is_wrong_is_named(tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no parameter 'zoomies'"):
        Dream(str(tiny)).shoot(request({"zoomies": 2}), tmp_path / "clip.mp4", lambda _: None)
    for name in ("fps", "num_frames", "batch"):
        with pytest.raises(InputError, match=f"no parameter '{name}'"):
            Dream(str(tiny)).shoot(request({name: 8}), tmp_path / "clip.mp4", lambda _: None)
    with pytest.raises(GeneratorUnavailable, match="is for StableDiffusionXLPipeline"):
        Dream(str(build_stable_diffusion_xl(tmp_path / "xl"))).check()
    (tmp_path / "notes.txt").write_text("no picture")
    text = ImageFile(file=str(tmp_path / "notes.txt"), sha256="0" * 64)
    with pytest.raises(MediaError, match=r"notes\.txt: is no image"):
        asked = request(cues=[Cue(first_frame=0, image=text)])
        Dream(str(tiny)).shoot(asked, tmp_path / "clip.mp4", lambda _: None)
    with pytest.raises(GeneratorUnavailable) as caught:
        Dream("nobody/nothing").check()
    assert caught.value.hint == "storyboard pull dream:nobody/nothing"


def test_the_estimate_grows_with_pictures_and_steps(tiny: Path) -> None:
    dream = Dream(str(tiny))
    few, more = (dream.estimate(request({"steps": steps})).device_s for steps in (10, 20))
    even = dream.estimate(request({"steps": 10, "keys": "even", "keys_per_s": 8.0})).device_s
    assert 0 < few < more and few < even
