"""The text side of a tiny transformer pipeline: a T5 tokenizer that knows single letters, and its encoder."""

from __future__ import annotations

from typing import Any

import transformers

WIDTH = 32
"""Of an embedding, which a transformer calls its text_dim or caption_channels."""


def tiny_t5_tokenizer() -> Any:
    """Return a tokenizer that spells every word."""
    letters = [chr(code) for code in range(33, 127)]
    vocabulary = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0)]
    vocabulary += [(letter, -4.0) for letter in letters]
    return transformers.T5Tokenizer(vocab=vocabulary, extra_ids=0)


def tiny_t5_encoder(tokenizer: Any) -> Any:
    """Return an encoder of one layer."""
    config = transformers.T5Config(
        vocab_size=len(tokenizer), d_model=WIDTH, d_kv=8, d_ff=16, num_layers=1, num_heads=2
    )
    return transformers.T5EncoderModel(config)
