"""The subtitle track: the lines of the lyrics as timed text in the MP4, which a player shows or hides."""

from __future__ import annotations

from pathlib import Path

import pysubs2

_THREE_LETTERS = {
    "ar": "ara", "bg": "bul", "bn": "ben", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell",
    "en": "eng", "es": "spa", "et": "est", "eu": "eus", "fa": "fas", "fi": "fin", "fr": "fra", "ga": "gle",
    "gl": "glg", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "hy": "hye", "id": "ind", "is": "isl",
    "it": "ita", "ja": "jpn", "ka": "kat", "ko": "kor", "la": "lat", "lt": "lit", "lv": "lav", "mk": "mkd",
    "ms": "msa", "mt": "mlt", "nb": "nob", "nl": "nld", "nn": "nno", "no": "nor", "pl": "pol", "pt": "por",
    "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "sw": "swa",
    "ta": "tam", "te": "tel", "th": "tha", "tl": "tgl", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie",
    "zh": "zho",
}  # fmt: skip
"""ISO 639-1 to ISO 639-2/T, which MP4 knows languages by."""


def language_code(language: str) -> str:
    """Return a language as MP4 names it: three letters, `und` where it is not known."""
    base = language.partition("-")[0].lower()
    return base if len(base) == 3 else _THREE_LETTERS.get(base, "und")


def text_of(captions: Path) -> str:
    """Return everything that a caption file (SRT or ASS) shows, a line each."""
    events = pysubs2.load(str(captions), format_=captions.suffix.lstrip(".")).events
    return "\n".join(event.plaintext for event in events)


def track(index: int, language: str) -> list[str]:
    """Return ffmpeg's arguments for its input of that index as a subtitle track, shown by default."""
    tag = ["-metadata:s:s:0", f"language={language_code(language)}"]
    return ["-map", f"{index}:s", "-c:s", "mov_text", *tag, "-disposition:s:0", "default"]
