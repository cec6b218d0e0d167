"""The text side of a tiny model: a CLIP tokenizer that knows single letters, and a text encoder."""

from __future__ import annotations

from typing import Any

import transformers

WIDTH = 16
"""Of an embedding, which a UNet calls its cross_attention_dim."""


def tiny_tokenizer() -> Any:
    """Return a tokenizer that spells every word."""
    letters = [chr(code) for code in range(33, 127)]
    tokens = [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    return transformers.CLIPTokenizer(
        vocab={token: n for n, token in enumerate(tokens)}, merges=[], model_max_length=77
    )


def tiny_text_encoder(tokenizer: Any) -> Any:
    """Return a text encoder of one layer."""
    config = transformers.CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        intermediate_size=WIDTH,
        num_hidden_layers=1,
        num_attention_heads=2,
        max_position_embeddings=77,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
    )
    return transformers.CLIPTextModel(config)
