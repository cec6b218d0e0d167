"""Which of Bark's voices speaks: by the song's language and by who sings."""

from __future__ import annotations

from collections.abc import Sequence

from storyboard.schema.errors import InputError

# Bark has ten speakers a language; these are the first woman and the first man of each, of English
# those that its makers show. Portuguese has no woman.
_SPEAKERS = {
    "en": {"female": 9, "male": 6},
    "de": {"female": 3, "male": 0},
    "es": {"female": 8, "male": 0},
    "fr": {"female": 1, "male": 0},
    "hi": {"female": 0, "male": 2},
    "it": {"female": 2, "male": 0},
    "ja": {"female": 0, "male": 2},
    "ko": {"female": 0, "male": 1},
    "pl": {"female": 4, "male": 0},
    "pt": {"female": 0, "male": 0},
    "ru": {"female": 5, "male": 0},
    "tr": {"female": 4, "male": 0},
    "zh": {"female": 4, "male": 0},
}
_WHERE = "generators.parameters.voice.voice_preset"


def choose_preset(asked: str, language: str, voice: str, there: Sequence[str]) -> str | None:
    """Return the name of a preset of the checkpoint; None where it has none.

    Args:
        asked: what the user chose; empty: by language and voice.
        language: as BCP 47 has it.
        voice: "female" or "male".
        there: the presets of the checkpoint.

    Raises:
        InputError: it has no such preset, or Bark does not speak the language.
    """
    if asked:
        if asked in there:
            return asked
        listed = ", ".join(sorted(there)[:8]) or "none"
        raise InputError(f"no preset is named {asked!r}", where=_WHERE, hint=f"there are {listed} …")
    code = language.partition("-")[0].lower()
    if code not in _SPEAKERS:
        hint = "choose another voice generator, or a voice_preset whose accent it may have"
        spoken = ", ".join(sorted(_SPEAKERS))
        raise InputError(f"Bark does not speak {language!r}; it has {spoken}", where="language", hint=hint)
    number = _SPEAKERS[code][voice]
    names = (f"v2/{code}_speaker_{number}", f"{code}_speaker_{number}")
    return next((name for name in names if name in there), None)
