"""The language of lyrics, as a code."""

from __future__ import annotations

import re

_CODE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_NAMES = {
    "english": "en", "spanish": "es", "español": "es", "french": "fr", "français": "fr", "german": "de",
    "deutsch": "de", "italian": "it", "italiano": "it", "portuguese": "pt", "português": "pt", "dutch": "nl",
    "japanese": "ja", "korean": "ko", "chinese": "zh", "russian": "ru", "polish": "pl", "swedish": "sv",
}  # fmt: skip
_THREE_LETTERS = {
    "eng": "en", "spa": "es", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "ita": "it", "por": "pt",
    "nld": "nl", "dut": "nl", "jpn": "ja", "kor": "ko", "zho": "zh", "chi": "zh", "rus": "ru", "pol": "pl",
    "swe": "sv",
}  # fmt: skip


def language_code(name: str) -> str:
    """Return "de" for "de", "DE", "ger" or "Deutsch"; empty if the name means no language known here."""
    plain = name.strip().replace("_", "-").casefold()
    first, _, region = plain.partition("-")
    code = _NAMES.get(plain) or "-".join(filter(None, (_THREE_LETTERS.get(first, first), region.upper())))
    return code if _CODE.match(code) else ""
