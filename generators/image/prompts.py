"""Prompts of text-to-image pipelines: every word counts wherever CLIP reads them."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from storyboard.generators.video.diffusion.prompting import embeddings_of


def texts_for(pipeline: Any, prompt: str, negative_prompt: str, known: Container[str]) -> dict[str, Any]:
    """Return what to tell a pipeline of the texts: as embeddings where it reads CLIP, else as they are.

    Args:
        pipeline: placed on its device.
        prompt: what is to be seen.
        negative_prompt: what is not.
        known: the names of the arguments that it takes.
    """
    encoders = [type(getattr(pipeline, name, None)).__name__ for name in ("text_encoder", "text_encoder_2")]
    if encoders == ["CLIPTextModel", "NoneType"] and "prompt_embeds" in known:
        wanted, unwanted = embeddings_of(pipeline, [prompt], [negative_prompt])
        return {"prompt_embeds": wanted, "negative_prompt_embeds": unwanted}
    one_more = "text_encoder_3" in getattr(pipeline, "config", {})
    if encoders == ["CLIPTextModel", "CLIPTextModelWithProjection"] and not one_more:
        return _of_two_encoders(pipeline, prompt, negative_prompt)
    return {"prompt": prompt, "negative_prompt": negative_prompt}


def _of_two_encoders(pipeline: Any, prompt: str, negative_prompt: str) -> dict[str, Any]:
    """Return the embeddings of Stable Diffusion XL: two encoders' last layer but one, side by side.

    Podell et al., SDXL: Improving Latent Diffusion Models for High-Resolution Image Synthesis, 2023. The
    second encoder also gives one vector for a text, read from its beginning: there its 77 tokens hold.
    """
    import torch

    encoders = [_LastButOne(pipeline, ""), _LastButOne(pipeline, "_2")]
    found = [embeddings_of(encoder, [prompt], [negative_prompt]) for encoder in encoders]
    wanted, unwanted = (torch.cat([pair[part] for pair in found], dim=-1) for part in (0, 1))
    pooled = [encoders[1].pooled(text) for text in (prompt, negative_prompt)]
    if not negative_prompt and pipeline.config.force_zeros_for_empty_prompt:
        unwanted, pooled[1] = torch.zeros_like(unwanted), torch.zeros_like(pooled[1])
    return {
        "prompt_embeds": wanted,
        "negative_prompt_embeds": unwanted,
        "pooled_prompt_embeds": pooled[0],
        "negative_pooled_prompt_embeds": pooled[1],
    }


class _LastButOne:
    """One encoder of a pipeline that has two, as a pipeline of its own that gives its last layer but one."""

    def __init__(self, pipeline: Any, which: str) -> None:
        self.tokenizer = getattr(pipeline, f"tokenizer{which}")
        self.text_encoder = self
        self._encoder = getattr(pipeline, f"text_encoder{which}")
        self._execution_device = pipeline._execution_device
        self.dtype, self.modules = self._encoder.dtype, self._encoder.modules

    def __call__(self, ids: Any) -> tuple[Any]:
        """Return the hidden states of a window, shape (1, 77, width)."""
        return (self._encoder(ids, output_hidden_states=True).hidden_states[-2],)

    def pooled(self, text: str) -> Any:
        """Return the one vector of a text, shape (1, width)."""
        import torch

        read = self.tokenizer(
            text, padding="max_length", max_length=77, truncation=True, return_tensors="pt", verbose=False
        )
        with torch.no_grad():
            return self._encoder(read.input_ids.to(self._execution_device)).text_embeds
