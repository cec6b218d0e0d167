"""The languages that acoustic models are named by, from the codes that lyrics have."""

from __future__ import annotations

_ISO_639_3 = {
    "ar": "ara", "bg": "bul", "bn": "ben", "ca": "cat", "cs": "ces", "cy": "cym", "da": "dan", "de": "deu",
    "el": "ell", "en": "eng", "es": "spa", "et": "est", "eu": "eus", "fa": "fas", "fi": "fin", "fr": "fra",
    "ga": "gle", "gl": "glg", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "id": "ind", "is": "isl",
    "it": "ita", "ja": "jpn", "ka": "kat", "ko": "kor", "la": "lat", "lt": "lit", "lv": "lav", "mk": "mkd",
    "ms": "zlm", "mt": "mlt", "nl": "nld", "no": "nob", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus",
    "sk": "slk", "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "sw": "swh", "ta": "tam", "te": "tel",
    "th": "tha", "tl": "tgl", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie", "yo": "yor", "zh": "cmn",
    "zu": "zul",
}  # fmt: skip


def bare_code(language: str) -> str:
    """Return the language of a code with a region: "pt" of "pt-BR"."""
    return language.lower().replace("_", "-").partition("-")[0]


def three_letters(language: str) -> str:
    """Return the ISO 639-3 code of a language, as MMS names its adapters; "por" of "pt-BR".

    A code that is not known here is taken to be one already.
    """
    bare = bare_code(language)
    return _ISO_639_3.get(bare, bare)
