"""The codes that languages have: two letters in lyrics (ISO 639-1), three in files and models."""

from __future__ import annotations

_THREE_LETTERS = {
    "ar": "ara", "bg": "bul", "bn": "ben", "ca": "cat", "cs": "ces", "cy": "cym", "da": "dan", "de": "deu",
    "el": "ell",
    "en": "eng", "es": "spa", "et": "est", "eu": "eus", "fa": "fas", "fi": "fin", "fr": "fra", "ga": "gle",
    "gl": "glg", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "hy": "hye", "id": "ind", "is": "isl",
    "it": "ita", "ja": "jpn", "ka": "kat", "ko": "kor", "la": "lat", "lt": "lit", "lv": "lav", "mk": "mkd",
    "ms": "msa", "mt": "mlt", "nb": "nob", "nl": "nld", "nn": "nno", "no": "nor", "pl": "pol", "pt": "por",
    "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "sw": "swa",
    "ta": "tam", "te": "tel", "th": "tha", "tl": "tgl", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie",
    "yo": "yor", "zh": "zho", "zu": "zul",
}  # fmt: skip
"""ISO 639-1 to ISO 639-2/T."""


def bare_code(language: str) -> str:
    """Return the language of a code with a region: "pt" of "pt-BR"."""
    return language.lower().replace("_", "-").partition("-")[0]


def three_letters(language: str) -> str | None:
    """Return the ISO 639-2/T code of a language, "por" of "pt-BR"; three letters are taken as they are."""
    bare = bare_code(language)
    return bare if len(bare) == 3 else _THREE_LETTERS.get(bare)
