"""Prompts for models that read CLIP: every word counts, and each prompt is encoded once.

CLIP's text encoder reads 77 tokens. A longer prompt is encoded in windows of 75, each with its own begin and
end, and the windows are laid one after the other: cross-attention takes any number of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

_WINDOW = 75  # tokens between begin and end
_encoded: WeakKeyDictionary[Any, dict[tuple[int, ...], Any]] = WeakKeyDictionary()


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
    most = max(len(each) for each in windows)
    empty = _windows(pipeline.tokenizer, "")
    with torch.no_grad():
        rows = [
            torch.cat([_embedding(pipeline, tokens) for tokens in each + empty * (most - len(each))], dim=1)
            for each in windows
        ]
    found = torch.cat(rows).to(pipeline._execution_device)
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
    """Return the embedding of one window, shape (1, 77, width), encoded the first time it is asked for."""
    import torch

    known = _encoded.setdefault(pipeline, {})
    if tokens not in known:
        ids = torch.tensor([tokens], device=pipeline._execution_device)
        known[tokens] = pipeline.text_encoder(ids)[0].detach()
    return known[tokens]
