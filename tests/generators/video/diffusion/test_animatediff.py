"""AnimateDiff on tiny random weights, saved and loaded as real ones are."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("peft")
torch = pytest.importorskip("torch")
diffusers = pytest.importorskip("diffusers")
constants = pytest.importorskip("huggingface_hub.constants")

from storyboard.generators import registry  # noqa: E402
from storyboard.generators.models.device import Device  # noqa: E402
from storyboard.generators.models.download import wanted_files  # noqa: E402
from storyboard.generators.models.tiers import Tier  # noqa: E402
from storyboard.generators.seams import Cue, ImageFile, Portrait, ShotSpec, VideoRequest  # noqa: E402
from storyboard.generators.testing import check_video  # noqa: E402
from storyboard.generators.testing.tiny.animatediff import (  # noqa: E402
    build_animatediff,
    build_checkpoint,
    build_lcm_adapter,
    build_lightning_adapter,
    build_motion_adapter,
    build_single_file,
)
from storyboard.generators.testing.tiny.ip_adapter import build_ip_adapter  # noqa: E402
from storyboard.generators.video.animatediff import AnimateDiff  # noqa: E402
from storyboard.generators.video.diffusion.frames import Frames  # noqa: E402
from storyboard.generators.video.diffusion.prompting import embeddings_of  # noqa: E402
from storyboard.schema.board import Look  # noqa: E402
from storyboard.schema.errors import GeneratorUnavailable, InputError, MediaError  # noqa: E402
from storyboard.schema.scene import Scene  # noqa: E402

CPU = Device("cpu", "float32")
PROMPT = "A street at night, a woman in a red coat walks."
SMALL = {"steps": 2, "width": 64, "height": 64}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint with its own motion adapter and no IP-Adapter."""
    return build_animatediff(tmp_path_factory.mktemp("animatediff") / "tiny")


@pytest.fixture(scope="module")
def with_portraits(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same checkpoint with an IP-Adapter in its folder."""
    folder = shutil.copytree(tiny, tmp_path_factory.mktemp("animatediff") / "portraits")
    unet = diffusers.UNet2DConditionModel.from_pretrained(tiny, subfolder="unet")
    build_ip_adapter(folder / "ip_adapter", unet)
    return folder


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the hub."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


def in_hub(hub: Path, model: str) -> Path:
    """Return the snapshot folder of a model in the cache, empty."""
    stored = hub / f"models--{model.replace('/', '--')}"
    (stored / "refs").mkdir(parents=True)
    (stored / "refs" / "main").write_text("0123abcd")
    return stored / "snapshots" / "0123abcd"


def request(
    *n_frames: int, portraits: list[Portrait] | None = None, cues: list[Cue] | None = None, **told: Any
) -> VideoRequest:
    """Ask for shots of so many frames at 8 a second, which is AnimateDiff's own rate."""
    firsts = np.cumsum([0, *n_frames]).tolist()
    scene = {"id": "a", "title": "A", "setting": "a street", "prompt": told.pop("prompt", PROMPT)}
    return VideoRequest(
        scene=Scene.model_validate({**scene, "negative_prompt": told.pop("negative", "blurry")}),
        scene_index=0,
        n_scenes=1,
        characters=[],
        look=Look(fps=told.pop("film_fps", 12)),
        seed=told.pop("scene_seed", 5),
        film_seed=9,
        n_frames=firsts[-1],
        shots=[
            ShotSpec(first_frame=first, n_frames=n, framing="wide")
            for first, n in zip(firsts, n_frames, strict=False)
        ],
        portraits=portraits or [],
        cues=cues or [],
        parameters={**SMALL, **told},
    )


def filmed(generator: AnimateDiff, asked: VideoRequest) -> list[Frames]:
    """Return the frames of every piece, before they are encoded."""
    from storyboard.generators.video.diffusion.counting import Counting

    wishes = generator.wishes(asked)
    pipeline = generator.held(CPU, Tier())
    return [generator._film_batch(pipeline, [wish], Counting(lambda _: None, 1))[0] for wish in wishes]


def frames(model: Path | str, *n_frames: int, **told: Any) -> Frames:
    return filmed(AnimateDiff(str(model)), request(*n_frames, **told))[0]


def portrait(folder: Path, name: str, color: tuple[int, int, int]) -> Portrait:
    from PIL import Image

    file = folder / f"{name}.png"
    Image.new("RGB", (40, 60), color).save(file)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Portrait(name=name, image=ImageFile(file=str(file), sha256=digest))


def test_conforms(tiny: Path, tmp_path: Path) -> None:
    check_video(registry.video(f"animatediff:{tiny}"), request(12, 18), tmp_path)


def test_a_clip_has_the_size_and_the_rate_that_are_asked_for(tiny: Path, tmp_path: Path) -> None:
    import av

    generator, out = AnimateDiff(str(tiny)), tmp_path / "clip.mp4"
    take = generator.shoot(request(24, width=72, height=64, fps=10), out, lambda _: None)
    with av.open(str(out)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate, take.fps) == (72, 64, 10, 10.0)
    untold = request(24).model_copy(update={"parameters": {}})
    wide = generator.wishes(untold)[0].frame
    assert abs(wide.width * wide.height / 512**2 - 1) < 0.05, "the area that it was trained on"
    assert abs(wide.width / wide.height / (16 / 9) - 1) < 0.05, "in the film's shape"


def test_every_shot_gets_a_piece_made_at_once_that_is_long_enough(tiny: Path, tmp_path: Path) -> None:
    generator = AnimateDiff(str(tiny))
    take = generator.shoot(request(12, 58), tmp_path / "clip.mp4", lambda _: None)
    assert [piece.n_frames for piece in take.pieces] == [16, 40], (
        "8 and 39 are needed; windows of 16, 4 apart"
    )
    assert take.lengthened == "up to 40 frames at once by windows of 16 frames, 4 apart (FreeNoise)"
    assert generator.shoot(request(12), tmp_path / "short.mp4", lambda _: None).lengthened == ""


def test_sixteen_frames_are_those_of_the_plain_pipeline(tiny: Path) -> None:
    ours = frames(tiny, 16, negative="")
    assert np.array_equal(ours, by_diffusers(tiny, 16)), "a window as long as the clip changes nothing"


def test_forty_frames_are_those_of_diffusers_free_noise(tiny: Path) -> None:
    ours = frames(tiny, 58, negative="")
    assert ours.shape == (40, 64, 64, 3)
    theirs = by_diffusers(tiny, 40)
    assert np.abs(ours.astype(int) - theirs).max() <= 1


def by_diffusers(folder: Path, n_frames: int) -> Any:
    """Film the same with diffusers alone, from the same noise."""
    from storyboard.generators.video import animatediff_model

    generator = AnimateDiff(str(folder))
    wish = generator.wishes(request(16, negative=""))[0]
    noise = animatediff_model._noise(generator.held(CPU, Tier()), [wish], 0, n_frames)
    adapter = diffusers.MotionAdapter.from_pretrained(folder / "motion_adapter")
    plain = diffusers.AnimateDiffPipeline.from_pretrained(
        folder, motion_adapter=adapter, feature_extractor=None, image_encoder=None
    )
    plain.scheduler = diffusers.DDIMScheduler.from_pretrained(
        folder, subfolder="scheduler", clip_sample=False, timestep_spacing="linspace", beta_schedule="linear",
        steps_offset=1,
    )  # fmt: skip
    if n_frames > 16:
        plain.enable_free_noise(context_length=16, context_stride=4)
    made = plain(
        wish.prompt, num_frames=n_frames, width=64, height=64, num_inference_steps=2, guidance_scale=7.5,
        negative_prompt="", latents=noise, output_type="np", decode_chunk_size=4,
    )  # fmt: skip
    return np.round(made.frames[0] * 255).astype(int)


def test_noise_beyond_the_window_is_that_of_sixteen_frames_before_in_another_order() -> None:
    from storyboard.generators.video.animatediff_model import _order

    order = _order(3, 64)
    assert order[:16] == list(range(16)) and len(order) == 64
    for first in range(16, 64, 4):
        assert sorted(order[first : first + 4]) == sorted(order[first - 16 : first - 12])
    assert order[16:32] != order[:16] and order != _order(4, 64)


def test_scenes_of_a_film_share_as_much_noise_as_is_told(tiny: Path) -> None:
    from storyboard.generators.video.animatediff_model import _noise

    generator = AnimateDiff(str(tiny))
    for share in (0.0, 0.6):
        wishes = [generator.wishes(request(58, scene_seed=seed, shared_noise=share))[0] for seed in (5, 6)]
        one, other = _noise(generator.held(CPU, Tier()), wishes, 0, 40)[:, :, :16].flatten(1).numpy()
        assert np.corrcoef(one, other)[0, 1] == pytest.approx(share, abs=0.05)


def test_a_cue_takes_over_where_it_comes_and_changes_little_before(tiny: Path) -> None:
    cue = Cue(first_frame=60, prompt="Snow falls on mountains at dawn, nobody is there")
    generator = AnimateDiff(str(tiny))
    asked = {"guidance_scale": 30.0, "negative": ""}
    (wish,) = generator.wishes(request(94, cues=[cue], **asked))
    assert [frame for frame, _ in wish.travel] == [40]
    before, after = frames(tiny, 94, **asked), frames(tiny, 94, cues=[cue], **asked)
    changed = np.abs(before.astype(float) - after).mean(axis=(1, 2, 3))
    assert len(changed) == 64 and changed[40:].mean() > 3 * changed[:24].mean(), changed


def test_a_prompt_holds_until_half_a_second_before_the_next(tiny: Path) -> None:
    from storyboard.generators.video.animatediff_model import _shares

    (wish,) = AnimateDiff(str(tiny)).wishes(
        request(60, cues=[Cue(first_frame=15, prompt="dawn"), Cue(first_frame=30, prompt="noon")])
    )
    shares = _shares(wish, 0, 40)
    assert np.allclose(shares.sum(axis=1), 1)
    assert shares[:7, 0].tolist() == [1.0] * 7 and 0 < shares[8, 1] < 1
    assert shares[10:17, 1].tolist() == [1.0] * 7 and shares[20:, 2].tolist() == [1.0] * 20
    assert np.array_equal(_shares(wish, 12, 16), shares[12:28]), "a part that goes on goes on in the prompts"


@pytest.mark.parametrize("n_frames", [8, 20])
def test_parts_as_short_as_the_user_wants_hold_the_end_of_the_one_before(tiny: Path, n_frames: int) -> None:
    generator = AnimateDiff(str(tiny))
    asked = request(48, num_frames=n_frames)
    (wish,) = generator.wishes(asked)
    assert set(wish.stretches) == {n_frames} and len(wish.stretches) > 1
    pipeline = generator.held(CPU, Tier())
    first = generator.film(pipeline, [wish], n_frames, [])
    (further,) = generator.film(pipeline, [wish], n_frames, first)
    end, decoded = first[0][-4:], further[:4]
    (free,) = generator.film(pipeline, [wish], n_frames, [])
    assert close(decoded, reencoded(pipeline, end)) and not close(free[:4], reencoded(pipeline, end))
    assert generator.lattice.shown(wish.stretches) >= 32


def reencoded(pipeline: Any, pictures: Frames) -> Frames:
    """Return what the VAE makes of pictures: with random weights, something else."""
    latents = pipeline.vae.encode(torch.from_numpy(pictures / 127.5 - 1).permute(0, 3, 1, 2).float())
    back = pipeline.vae.decode(latents.latent_dist.mode()).sample.detach().permute(0, 2, 3, 1).numpy()
    return np.round(np.clip(back / 2 + 0.5, 0, 1) * 255).astype(np.uint8)


def close(one: Frames, other: Frames) -> bool:
    return bool(np.abs(one.astype(int) - other).max() <= 1)


@pytest.mark.parametrize(
    ("told", "has_effect"),
    [({"negative_prompt": "drums"}, True), ({"negative": "drums"}, True), ({"seed": 8}, True),
     ({"guidance_scale": 3.0}, True), ({"steps": 3}, True), ({"shared_noise": 0.9}, True),
     ({"portrait_scale": 0.1}, False)],
)  # fmt: skip
def test_what_the_user_tells_changes_the_picture(tiny: Path, told: dict[str, Any], has_effect: bool) -> None:
    assert np.array_equal(frames(tiny, 12), frames(tiny, 12, **told)) is not has_effect


def test_the_last_word_of_a_long_prompt_matters(tiny: Path) -> None:
    words = " ".join(["night"] * 30)
    tokenizer = AnimateDiff(str(tiny)).held(CPU, Tier()).tokenizer
    assert len(tokenizer(words + " cat", truncation=False, verbose=False).input_ids) > 150
    cat, dog = (frames(tiny, 12, prompt=f"{words} {last}") for last in ("cat", "dog"))
    assert not np.array_equal(cat, dog)


def test_the_last_word_of_a_long_cue_matters(tiny: Path) -> None:
    words = " ".join(["night"] * 30)
    cat, dog = (
        frames(tiny, 36, cues=[Cue(first_frame=12, prompt=f"{words} {last}")]) for last in ("cat", "dog")
    )
    assert not np.array_equal(cat, dog)


def test_a_long_negative_prompt_does_not_dilute_a_short_prompt(tiny: Path) -> None:
    short, long = (
        frames(tiny, 12, prompt="a cat", guidance_scale=1.0, negative=text)
        for text in ("blurry", " ".join(["blurry"] * 40))
    )
    assert close(short, long), "unguided, the negative prompt says nothing"


def test_a_short_prompt_is_encoded_as_diffusers_does(tiny: Path) -> None:
    pipeline = AnimateDiff(str(tiny)).held(CPU, Tier())
    ours = embeddings_of(pipeline, ["a red coat"], ["blurry"])
    theirs = pipeline.encode_prompt("a red coat", "cpu", 1, True, "blurry")
    assert all(torch.equal(one, other) for one, other in zip(ours, theirs, strict=True))


def test_too_little_memory_is_answered_by_the_next_tier_with_the_same_frames(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generator, asked = AnimateDiff(str(tiny)), request(12, 28)
    expected = filmed(generator, asked)
    tried: list[Tier] = []
    made: list[Frames] = []
    film = AnimateDiff.film

    def short(self: AnimateDiff, pipeline: Any, *asked: Any) -> list[Frames]:
        tried.append(Tier(tiled=pipeline.vae.use_tiling))
        if len(tried) == 2:  # after the first piece
            raise torch.OutOfMemoryError("CUDA out of memory")
        made.extend(film(self, pipeline, *asked))
        return made[-1:]

    monkeypatch.setattr(AnimateDiff, "film", short)
    seen: list[float] = []
    generator.shoot(asked, tmp_path / "clip.mp4", seen.append)
    assert tried == [Tier(), Tier(), Tier(tiled=True)] and len(made) == 2, "what was filmed is kept"
    assert all(close(one, other) for one, other in zip(made, expected, strict=True))
    assert seen == sorted(seen) and seen[-1] == 1.0


def test_a_take_names_checkpoint_adapter_and_revisions(tiny: Path, tmp_path: Path) -> None:
    (tiny / "motion_adapter" / "README.md").write_text("---\nlicense: apache-2.0\n---\n# motion\n")
    generator = AnimateDiff(str(tiny))
    used = generator.shoot(request(12), tmp_path / "clip.mp4", lambda _: None).model
    assert used is not None and used.id == "tiny + motion_adapter"
    assert used.revision == generator.revision and used.licence == "apache-2.0"


def test_frames_that_fit_no_window_are_refused(tiny: Path) -> None:
    with pytest.raises(InputError, match="num_frames"):
        AnimateDiff(str(tiny)).wishes(request(12, num_frames=4))
    with pytest.raises(InputError, match="16, 20, 24"):
        AnimateDiff(str(tiny)).wishes(request(12, num_frames=22))


def test_only_the_frames_decoded_at_once_count_for_the_memory(tiny: Path) -> None:
    generator = AnimateDiff(str(tiny))
    short, long = (generator.demand(CPU, generator.wishes(request(n))[0]) for n in (12, 94))
    assert long.decode == short.decode and long.run == 4 * short.run


def test_pieces_filmed_at_once_are_those_filmed_alone(with_portraits: Path, tmp_path: Path) -> None:
    ada, bea = portrait(tmp_path, "ada", (200, 30, 30)), portrait(tmp_path, "bea", (20, 30, 230))
    generator = AnimateDiff(str(with_portraits))
    asked = [request(28, portraits=[who], scene_seed=seed) for seed, who in ((5, ada), (6, bea))]
    wishes = [generator.wishes(each)[0] for each in asked]
    together = generator.film(generator.held(CPU, Tier()), wishes, 20, [])
    assert all(close(one, filmed(generator, each)[0]) for one, each in zip(together, asked, strict=True))
    assert not np.array_equal(together[0], together[1])


def test_several_scenes_are_shot_side_by_side(with_portraits: Path, tmp_path: Path) -> None:
    ada = portrait(tmp_path, "ada", (200, 30, 30))
    asked = [request(12, 12, batch=4, portraits=who) for who in ([ada], [], [ada, ada])]
    outs = [tmp_path / f"{index}.mp4" for index in range(3)]
    takes = AnimateDiff(str(with_portraits)).shoot_all(asked, outs, [lambda _: None] * 3)
    assert [take.n_frames for take in takes] == [32, 32, 32] and all(out.exists() for out in outs)


def test_layers_may_wait_in_main_memory(with_portraits: Path, tmp_path: Path) -> None:
    """As sequential offload has them, with the processor in place of the card."""
    import accelerate

    generator = AnimateDiff(str(with_portraits))
    (wish,) = generator.wishes(request(28, portraits=[portrait(tmp_path, "ada", (200, 30, 30))]))
    whole = generator.film(generator.held(CPU, Tier()), [wish], 20, [])
    pipeline = generator.load(CPU)
    for part in (pipeline.unet, pipeline.vae, pipeline.text_encoder, pipeline.image_encoder):
        accelerate.cpu_offload(part, execution_device="cpu", offload_buffers=True)
    assert close(generator.film(pipeline, [wish], 20, [])[0], whole[0])


def test_portraits_change_the_picture_and_none_is_as_without_the_adapter(
    tiny: Path, with_portraits: Path, tmp_path: Path
) -> None:
    ada, bea = portrait(tmp_path, "ada", (200, 30, 30)), portrait(tmp_path, "bea", (20, 30, 230))
    made = [frames(with_portraits, 12, portraits=who) for who in ([ada], [bea], [ada, bea], [])]
    assert all(not np.array_equal(one, other) for i, one in enumerate(made) for other in made[:i])
    assert np.array_equal(made[3], frames(tiny, 12)), "no character: nothing is added"
    assert np.array_equal(made[0], frames(with_portraits, 12, portraits=[ada])), "and back again"
    unguided = [frames(with_portraits, 12, portraits=[who], guidance_scale=1.0) for who in (ada, bea)]
    assert not np.array_equal(*unguided)


def test_the_scale_of_portraits_can_be_told(with_portraits: Path, tmp_path: Path) -> None:
    ada = portrait(tmp_path, "ada", (200, 30, 30))
    without, little, much = (
        frames(with_portraits, 12, portraits=[ada], portrait_scale=scale).astype(float)
        for scale in (0.0, 0.1, 1.0)
    )
    assert 0 < np.abs(little - without).mean() < np.abs(much - without).mean()


def test_the_whole_of_a_portrait_is_seen(with_portraits: Path, tmp_path: Path) -> None:
    from PIL import Image

    plain = portrait(tmp_path, "plain", (200, 30, 30))
    picture = Image.open(plain.image.file).convert("RGB")
    picture.paste((255, 255, 255), (0, 52, 40, 60))  # below the square in the middle
    picture.save(tmp_path / "shoes.png")
    shoes = Portrait(name="shoes", image=ImageFile(file=str(tmp_path / "shoes.png"), sha256="5" * 64))
    seen = [frames(with_portraits, 12, portraits=[who], portrait_scale=1.0) for who in (plain, shoes)]
    assert not np.array_equal(*seen)


def test_a_portrait_that_is_no_picture_is_named(with_portraits: Path, tmp_path: Path) -> None:
    (tmp_path / "ada.png").write_text("no picture")
    ada = Portrait(name="ada", image=ImageFile(file=str(tmp_path / "ada.png"), sha256="a" * 64))
    with pytest.raises(MediaError, match=r"ada\.png: cannot be read as a picture"):
        AnimateDiff(str(with_portraits)).shoot(
            request(12, portraits=[ada]), tmp_path / "o.mp4", lambda _: None
        )


def test_portraits_are_left_out_where_their_weights_are_missing(
    tiny: Path, with_portraits: Path, hub: Path, tmp_path: Path
) -> None:
    plain, other = AnimateDiff(str(tiny)), AnimateDiff(str(with_portraits))
    plain.check()
    assert not plain.capabilities().uses_portraits and other.capabilities().uses_portraits
    ada = portrait(tmp_path, "ada", (200, 30, 30))
    assert np.array_equal(frames(tiny, 12), frames(tiny, 12, portraits=[ada]))
    assert other.revision.startswith(AnimateDiff(str(with_portraits)).weights().revision)
    assert len(other.revision.split()) == 3, "the adapter's weights are part of what makes a take"


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # of diffusers' Euler
@pytest.mark.parametrize(
    ("spec", "build", "model", "scheduler", "steps", "guidance"),
    [
        ("", build_motion_adapter, "guoyww/animatediff-motion-adapter-v1-5-2", "DDIMScheduler", 25, 7.5),
        ("lcm", build_lcm_adapter, "wangfuyun/AnimateLCM", "LCMScheduler", 6, 2.0),
        (
            "lightning", build_lightning_adapter, "ByteDance/AnimateDiff-Lightning",
            "EulerDiscreteScheduler", 4, 1.0,
        ),
    ],
)  # fmt: skip
def test_a_variant_has_its_adapter_scheduler_and_defaults(
    spec: str, build: Any, model: str, scheduler: str, steps: int, guidance: float, hub: Path, tmp_path: Path
) -> None:
    build(in_hub(hub, model))
    (tmp_path / "checkpoint").symlink_to(build_checkpoint(in_hub(hub, "emilianJR/epiCRealism")))
    own = AnimateDiff("+".join(filter(None, [spec, str(tmp_path / "checkpoint")])))
    generator = AnimateDiff(spec)
    for each in (own, generator):
        each.check()
        (wish,) = each.wishes(request(12).model_copy(update={"parameters": {}}))
        assert (wish.told.steps, wish.told.guidance_scale) == (steps, guidance)
        assert each.companions["motion adapter"].model == model
    assert own.weights().path == tmp_path / "checkpoint" and generator.model == "emilianJR/epiCRealism"
    asked = request(12, steps=3, guidance_scale=1.5)
    (wish,) = generator.wishes(asked)
    assert (wish.told.steps, wish.told.guidance_scale) == (3, 1.5), "the user's own win"
    pipeline = generator.held(CPU, Tier())
    assert type(pipeline.scheduler).__name__ == scheduler
    assert pipeline.scheduler.config.beta_schedule == "linear"
    film = filmed(generator, asked)[0]
    assert film.std() > 1 and np.array_equal(film, filmed(generator, asked)[0])


def test_the_motion_of_lightning_is_that_of_its_file_and_lcm_has_its_lora(hub: Path) -> None:
    from safetensors.torch import load_file

    build_checkpoint(in_hub(hub, "emilianJR/epiCRealism"))
    build_lcm_adapter(in_hub(hub, "wangfuyun/AnimateLCM"))
    folder = build_lightning_adapter(in_hub(hub, "ByteDance/AnimateDiff-Lightning"))
    weights = load_file(folder / "animatediff_lightning_4step_diffusers.safetensors")
    name = "down_blocks.0.motion_modules.0.proj_in.weight"
    lightning = AnimateDiff("lightning").held(CPU, Tier()).unet.state_dict()
    to_q = "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.weight"
    plain = lightning[to_q].clone()
    assert torch.equal(lightning[name], weights[name])
    lcm = AnimateDiff("lcm").held(CPU, Tier()).unet.state_dict()
    assert not torch.equal(lcm[name], weights[name]) and not torch.equal(lcm[to_q], plain)
    lora = load_file(
        hub / "models--wangfuyun--AnimateLCM/snapshots/0123abcd/AnimateLCM_sd15_t2v_lora.safetensors"
    )
    down, up = (lora[f"unet.{to_q.removesuffix('.weight')}.lora_{part}.weight"] for part in "AB")
    assert torch.allclose(lcm[to_q], plain + 0.8 * up @ down, atol=1e-5)


def test_a_missing_adapter_names_the_command_that_fetches_it(hub: Path) -> None:
    own = build_checkpoint(in_hub(hub, "emilianJR/epiCRealism"))
    for spec in ("animatediff", "animatediff:lcm", f"animatediff:lightning+{own}"):
        with pytest.raises(GeneratorUnavailable) as caught:
            registry.video(spec)
        assert caught.value.hint == f"storyboard pull {spec}"
        generator = registry.create("video", spec)
        assert registry.revision(generator) == ""


def test_a_pull_fetches_what_is_needed_and_no_more(hub: Path) -> None:
    checkpoint = [
        "model_index.json", "unet/config.json", "unet/diffusion_pytorch_model.safetensors", "vae/config.json",
        "unet/diffusion_pytorch_model.bin", "safety_checker/model.safetensors", "epicrealism.safetensors",
    ]  # fmt: skip
    lcm = [
        "config.json", "AnimateLCM_sd15_t2v.ckpt", "diffusion_pytorch_model.safetensors",
        "diffusion_pytorch_model.fp16.safetensors", "AnimateLCM_sd15_t2v_lora.safetensors",
    ]  # fmt: skip
    ip_adapter = [
        "models/ip-adapter_sd15.safetensors", "models/ip-adapter_sd15.bin",
        "models/image_encoder/config.json", "models/image_encoder/model.safetensors",
        "models/image_encoder/pytorch_model.bin",
        "models/ip-adapter-plus_sd15.safetensors", "sdxl_models/image_encoder/model.safetensors",
    ]  # fmt: skip
    wanted = dict(AnimateDiff("lcm").wanted)
    assert list(wanted) == ["emilianJR/epiCRealism", "wangfuyun/AnimateLCM", "h94/IP-Adapter"]
    assert wanted_files(checkpoint, wanted["emilianJR/epiCRealism"]) == [
        "model_index.json", "unet/config.json", "unet/diffusion_pytorch_model.safetensors", "vae/config.json",
    ]  # fmt: skip
    assert wanted_files(lcm, wanted["wangfuyun/AnimateLCM"]) == sorted([lcm[0], lcm[2], lcm[4]])
    assert wanted_files(ip_adapter, wanted["h94/IP-Adapter"]) == sorted(
        [ip_adapter[0], ip_adapter[2], ip_adapter[3]]
    )


def test_a_checkpoint_may_be_one_file(tiny: Path, hub: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.safetensors"
    generator = AnimateDiff(str(file))
    with pytest.raises(GeneratorUnavailable, match="there is no file"):
        generator.check()
    build_single_file(tiny, file)
    with pytest.raises(GeneratorUnavailable, match="not on this machine") as caught:
        generator.check()
    assert caught.value.hint == f"storyboard pull animatediff:{file}"
    wanted = dict(generator.wanted)
    assert str(file) not in wanted
    assert wanted_files(["unet/config.json", "unet/model.safetensors"], wanted["emilianJR/epiCRealism"]) == [
        "unet/config.json"
    ]
    build_motion_adapter(in_hub(hub, "guoyww/animatediff-motion-adapter-v1-5-2"))
    shutil.copytree(
        tiny, in_hub(hub, "emilianJR/epiCRealism"), ignore=shutil.ignore_patterns("*.safetensors")
    )
    generator.check()
    assert np.array_equal(frames(file, 12), frames(tiny, 12))
