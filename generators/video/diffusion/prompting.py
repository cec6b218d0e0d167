"""Prompts for models that read CLIP: every word counts, and each prompt is encoded once.

CLIP's text encoder reads 77 tokens. A longer prompt is encoded in windows of 75, each with its own begin and
end, and the windows are laid one after the other: cross-attention takes any number of them. Where several
prompts have to be of one length, shorter ones are laid down several times: to attention, which takes a mean
weighted by likeness, that is the same as once, so a short prompt is not diluted by the length of another one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

_WINDOW = 75  # tokens between begin and end
_KEPT = 512  # windows: those of a long film, a hundred megabytes at most
_encoded: WeakKeyDictionary[Any, dict[Any, Any]] = WeakKeyDictionary()


def embeddings_of(pipeline: Any, prompts: Sequence[str], negatives: Sequence[str]) -> tuple[Any, Any]:
    """Return the embeddings of prompts and of negative prompts, all with the same number of windows.

    Args:
        pipeline: has a CLIP `tokenizer` and `text_encoder`.
        prompts: what is to be seen.
        negatives: what is not; as many.

    Returns:
        Two tensors of shape (number of prompts, 77 * windows, width), on the device that runs the pipeline.
    """
    import torch

    windows = [_windows(pipeline.tokenizer, text) for text in (*prompts, *negatives)]
    n_windows = math.lcm(*(len(each) for each in windows))
    with torch.no_grad():
        rows = [
            torch.cat([_embedding(pipeline, tokens) for tokens in each] * (n_windows // len(each)), dim=1)
            for each in windows
        ]
    found = torch.cat(rows)
    return found[: len(prompts)], found[len(prompts) :]


def _windows(tokenizer: Any, text: str) -> list[tuple[int, ...]]:
    """Divide a text into windows of 77 tokens, the last one filled up."""
    tokens = tokenizer(text, add_special_tokens=False, truncation=False, verbose=False).input_ids
    parts = [tokens[start : start + _WINDOW] for start in range(0, len(tokens), _WINDOW)] or [[]]
    filler = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id
    return [
        (
            tokenizer.bos_token_id,
            *part,
            tokenizer.eos_token_id,
            *[filler] * (_WINDOW - len(part)),
        )
        for part in parts
    ]


def _embedding(pipeline: Any, tokens: tuple[int, ...]) -> Any:
    """Return the embedding of one window, shape (1, 77, width), encoded the first time it is asked for.

    What is known belongs to the text encoder, goes with it, and counts only for the number format and
    the LoRA layers that it had.
    """
    import torch

    encoder, device = pipeline.text_encoder, pipeline._execution_device
    known = _encoded.setdefault(encoder, {})
    key = (tokens, encoder.dtype, sum(1 for _ in encoder.modules()))
    if key not in known:
        ids = torch.tensor([tokens], device=device)
        while len(known) >= _KEPT:
            known.pop(next(iter(known)))
        known[key] = encoder(ids)[0].detach()
    return known[key].to(device)
