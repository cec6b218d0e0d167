"""The languages that acoustic models are named by, from the codes that lyrics have."""

from __future__ import annotations

from storyboard.sync import language_codes
from storyboard.sync.language_codes import bare_code

__all__ = ["bare_code", "three_letters"]

_OF_MODELS = {"ms": "zlm", "no": "nob", "sw": "swh", "zh": "cmn"}
"""Where MMS names one language of a group that ISO 639-2 has one code for."""


def three_letters(language: str) -> str:
    """Return the ISO 639-3 code of a language, as MMS names its adapters; "por" of "pt-BR".

    A code that is not known here is taken to be one already.
    """
    bare = bare_code(language)
    return _OF_MODELS.get(bare) or language_codes.three_letters(bare) or bare
