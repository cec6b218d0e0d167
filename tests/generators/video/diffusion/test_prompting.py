"""Prompts are encoded whole, once, and like diffusers' own."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
diffusers = pytest.importorskip("diffusers")

from storyboard.generators.video.diffusion import prompting  # noqa: E402
from storyboard.generators.video.diffusion.prompting import embeddings_of  # noqa: E402

LONG = " ".join(["tea"] * 49)  # three tokens each, as the tiny tokenizer spells


def loaded(folder: Path) -> Any:
    return diffusers.TextToVideoSDPipeline.from_pretrained(folder, local_files_only=True)


@pytest.fixture(scope="module")
def pipeline(text_to_video: Path) -> Any:
    return loaded(text_to_video)


def test_short_prompts_have_the_embeddings_that_diffusers_gives_them(pipeline: Any) -> None:
    wanted, unwanted = embeddings_of(pipeline, ["A tree.", "rain"], ["fog", ""])
    theirs = [
        pipeline.encode_prompt(prompt, "cpu", 1, True, negative)
        for prompt, negative in (("A tree.", "fog"), ("rain", ""))
    ]
    assert torch.allclose(wanted, torch.cat([one for one, _ in theirs]), atol=1e-6)
    assert torch.allclose(unwanted, torch.cat([one for _, one in theirs]), atol=1e-6)


def test_the_last_word_of_a_prompt_of_150_tokens_changes_it(pipeline: Any) -> None:
    assert len(pipeline.tokenizer(LONG + " sun", add_special_tokens=False).input_ids) == 150
    (sun,), (no,) = embeddings_of(pipeline, [LONG + " sun"], ["fog"])
    (sea,), _ = embeddings_of(pipeline, [LONG + " sea"], ["fog"])
    assert sun.shape == no.shape == (154, 16)
    assert torch.equal(sun[:77], sea[:77]) and not torch.allclose(sun[77:], sea[77:])
    theirs = [pipeline.encode_prompt(LONG + end, "cpu", 1, True)[0] for end in (" sun", " sea")]
    assert torch.equal(*theirs), "diffusers cuts it"


def test_a_prompt_counts_the_same_whatever_the_length_of_its_neighbours(pipeline: Any) -> None:
    alone, _ = embeddings_of(pipeline, ["tea"], [""])
    beside, _ = embeddings_of(pipeline, ["tea", LONG + " suns"], [LONG])
    query = torch.randn(5, 16, generator=torch.Generator().manual_seed(0))

    def attended(keys: Any) -> Any:
        return torch.nn.functional.scaled_dot_product_attention(query[None], keys[None], keys[None])

    assert beside.shape[1] == 6 * 77, "one, two and three windows"
    assert torch.allclose(attended(alone[0]), attended(beside[0]), atol=1e-5)


def test_each_prompt_is_encoded_once(pipeline: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    embeddings_of(pipeline, ["once upon a time"], ["fog"])
    monkeypatch.setattr(pipeline.text_encoder, "forward", None)
    embeddings_of(pipeline, ["once upon a time"], ["fog"])
    with pytest.raises(TypeError):
        embeddings_of(pipeline, ["twice"], ["fog"])


def test_what_is_known_neither_keeps_a_pipeline_nor_outlives_its_weights(text_to_video: Path) -> None:
    pipeline = loaded(text_to_video)
    before, _ = embeddings_of(pipeline, ["a tree"], [""])
    other = type(pipeline.text_encoder)(pipeline.text_encoder.config)
    pipeline.text_encoder = other
    assert not torch.allclose(embeddings_of(pipeline, ["a tree"], [""])[0], before)
    pipeline.text_encoder.to(torch.bfloat16)
    assert embeddings_of(pipeline, ["a tree"], [""])[0].dtype is torch.bfloat16
    gone = weakref.ref(other)
    del pipeline, other
    gc.collect()
    assert gone() is None


def test_no_more_is_kept_than_a_film_needs(pipeline: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompting, "_KEPT", 4)
    for number in range(8):
        embeddings_of(pipeline, [f"number {number}"], ["fog"])
    assert len(prompting._encoded[pipeline.text_encoder]) == 4
