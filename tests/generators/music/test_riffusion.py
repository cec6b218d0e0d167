"""Riffusion on tiny random weights, saved and loaded as real ones are."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from storyboard.generators import registry
from storyboard.generators.models.device import Device
from storyboard.generators.music.riffusion import Riffusion
from storyboard.generators.seams import SongRequest
from storyboard.generators.testing import check_music
from storyboard.schema.errors import Cancelled, GeneratorUnavailable, InputError
from storyboard.schema.provenance import ModelUsed
from storyboard.schema.song import Song

torch = pytest.importorskip("torch")
diffusers = pytest.importorskip("diffusers")
transformers = pytest.importorskip("transformers")

from storyboard.generators.music.riffusion_image import RATE_HZ, Image, image_of, samples_of  # noqa: E402
from storyboard.generators.music.riffusion_model import Wish, paint, plan_images  # noqa: E402
from storyboard.generators.testing.tiny.stable_diffusion import build_stable_diffusion  # noqa: E402


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Any:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_stable_diffusion(tmp_path_factory.mktemp("riffusion") / "tiny")


@pytest.fixture(scope="module")
def song() -> Song:
    return Song.model_validate(
        {"title": "Kettle", "genre": "pop", "tempo_bpm": 120, "key": "G major",
         "sections": [{"kind": "verse", "lines": ["A kettle sings"]}]}
    )  # fmt: skip


def request(song: Song, seed: int = 3, **told: str | int | float) -> SongRequest:
    return SongRequest(song=song, seed=seed, parameters={"steps": 2, "width": 256, **told})


def wish(**changed: Any) -> Wish:
    return Wish(
        **{"prompt": "pop", "negative_prompt": "", "duration_s": 4.0, "bar_s": 0.5, "steps": 3,
           "guidance_scale": 3.0, "strength": 0.75, "width": 160, "start_from": None, "seed": 3, **changed}
    )  # fmt: skip


def painted(folder: Path, **changed: Any) -> Image:
    return paint(folder, Device("cpu", "float32"), wish(**changed), lambda _: None)


def test_conforms(tiny: Path, song: Song, tmp_path: Path) -> None:
    check_music(registry.music(f"riffusion:{tiny}"), request(song), tmp_path)


def test_the_same_seed_gives_the_same_bytes_and_the_take_names_the_weights(
    tiny: Path, song: Song, tmp_path: Path
) -> None:
    riffusion = Riffusion(str(tiny))
    takes = [
        riffusion.play(request(song, seed), tmp_path / name, lambda _: None)
        for name, seed in (("one", 3), ("same", 3), ("other", 4))
    ]
    assert (tmp_path / "one").read_bytes() == (tmp_path / "same").read_bytes()
    assert (tmp_path / "one").read_bytes() != (tmp_path / "other").read_bytes()
    assert takes[0].model == ModelUsed(id="tiny", revision=riffusion.revision, device="cpu", dtype="float32")


@pytest.mark.parametrize(
    ("n_columns", "widest"), [(100, 512), (512, 512), (513, 512), (6_050, 512), (6_050, 768)]
)
def test_images_cover_the_music_and_are_no_wider_than_allowed(n_columns: int, widest: int) -> None:
    plan = plan_images(n_columns, widest)
    reached = plan.width + (plan.n_images - 1) * (plan.width - plan.overlap)
    assert n_columns <= reached < n_columns + plan.n_images * 8 + 8
    assert plan.width <= widest and plan.width % 8 == plan.overlap % 8 == 0


def test_the_next_image_goes_on_where_the_last_one_ends(tiny: Path) -> None:
    plan = plan_images(401, 160)
    longer = painted(tiny)
    assert longer.shape[1] >= 401 and plan.n_images > 2
    kept = plan.width - plan.overlap // 2
    seams = np.abs(np.diff(longer, axis=1)).mean(axis=0)
    assert seams[kept - 4 : kept + plan.overlap].max() < 1.5 * np.percentile(seams, 99), "no seam is seen"


def test_a_weaker_strength_keeps_more_of_the_bars_before(tiny: Path, tmp_path: Path) -> None:
    times_s = np.arange(2 * RATE_HZ) / RATE_HZ
    soundfile.write(tmp_path / "start.wav", 0.3 * np.sin(2 * np.pi * 440 * times_s), RATE_HZ)
    starts = {"start_from": tmp_path / "start.wav", "duration_s": 1.4, "steps": 10}
    untouched = painted(tiny, strength=1e-9, **starts)
    changed = [
        float(np.abs(painted(tiny, strength=strength, **starts) - untouched).mean())
        for strength in (0.1, 0.5, 0.9)
    ]
    assert changed[0] < changed[1] < changed[2]


def test_progress_counts_the_steps_of_every_image_and_a_stop_ends_the_painting(tiny: Path) -> None:
    seen: list[float] = []

    def stop(fraction: float) -> None:
        seen.append(fraction)
        if fraction > 0.5:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        paint(tiny, Device("cpu", "float32"), wish(), stop)
    assert len(seen) > 3 and seen == sorted(seen)


@pytest.mark.parametrize("told", [{"negative_prompt": "drums"}, {"guidance_scale": 9.0}, {"prompt": "slow"}])
def test_what_the_user_tells_changes_the_picture(tiny: Path, told: dict[str, Any]) -> None:
    assert not np.allclose(painted(tiny, duration_s=1.0), painted(tiny, duration_s=1.0, **told))


def test_an_image_is_what_the_model_was_trained_on() -> None:
    times_s = np.arange(RATE_HZ) / RATE_HZ
    image = image_of((0.3 * np.sin(2 * np.pi * 1000 * times_s)).astype(np.float32))
    assert (RATE_HZ, image.shape) == (44_100, (512, 101)), "44.1 kHz, 512 notes, 10 ms a column"
    assert image.min() == 0.0 and image[:, 50].argmin() == pytest.approx(511 - 512 * 1000 / 3073, abs=2)
    tenth = image_of(
        (0.3 * np.sin(2 * np.pi * 1000 * times_s) * np.where(times_s < 0.5, 1, 1e-4)).astype(np.float32)
    )
    assert 1 - tenth[:, 90].min() == pytest.approx(0.1, abs=0.005), "the fourth root of the amplitude"


def test_a_melody_survives_the_way_through_the_picture() -> None:
    import librosa

    notes = [57, 64, 69, 76]
    times_s = np.arange(RATE_HZ // 2) / RATE_HZ
    fade = np.minimum(1, np.minimum(times_s, 0.5 - times_s) / 0.03)
    tones = [
        sum(np.sin(2 * np.pi * librosa.midi_to_hz(note) * k * times_s) / k for k in range(1, 5)) * fade * 0.2
        for note in notes
    ]
    image = image_of(np.concatenate(tones).astype(np.float32))
    pixels = np.round(image * 255).astype(np.float32) / 255
    heard = samples_of(pixels, 1, "cpu", lambda _: None)
    for index, note in enumerate(notes):
        tone = heard[index * len(times_s) :][RATE_HZ // 10 : RATE_HZ * 4 // 10]
        hz = librosa.yin(tone, fmin=80, fmax=1000, sr=RATE_HZ, frame_length=4096)
        assert abs(1200 * np.log2(np.median(hz) / librosa.midi_to_hz(note))) < 20, "cents"


def test_an_unknown_parameter_is_refused_by_name(tiny: Path, song: Song, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no parameter 'top_k'") as caught:
        Riffusion(str(tiny)).play(request(song, top_k=3), tmp_path / "music.wav", lambda _: None)
    assert "steps (1 to 500)" in caught.value.hint


def test_weights_that_lack_a_part_name_it(tiny: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(tiny, tmp_path / "half")
    shutil.rmtree(folder / "vae")
    with pytest.raises(GeneratorUnavailable, match=r"lacks vae/\*\.safetensors or vae/\*\.bin"):
        Riffusion(str(folder)).check()
