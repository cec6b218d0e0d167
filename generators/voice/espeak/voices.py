"""Which of the library's voices speaks: by the song's language and by who sings."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from storyboard.generators.voice.espeak.speaker import WHERE, Speaker, Voice
from storyboard.generators.voice.register import register_of
from storyboard.schema.errors import GeneratorUnavailable, InputError
from storyboard.schema.song import Song

_USUAL = {"en": "en-us"}  # the library itself takes British English for "en"
_VARIANTS = {"female": "f5", "male": "m1"}  # those that a recogniser understands best
_PITCH = 50
_PITCH_A_SEMITONE = 4  # of the library's scale from 0 to 100, by ear
_MIDDLE_MIDI = {"female": 58.5, "male": 49.0}  # where neither high nor low is asked for


def choose_voice(speaker: Speaker, language: str, song: Song, model: str) -> str:
    """Return the library's name of a voice, LANGUAGE+VARIANT, and speak with it from now on.

    Args:
        speaker: the running library.
        language: as BCP 47 has it.
        song: its vocal tags say who sings.
        model: what the user chose instead: a language of the library, VARIANT after a plus, or both.

    Raises:
        InputError: the library does not have the song's language.
        GeneratorUnavailable: it has no such voice as the user chose.
    """
    chosen, _, variant = model.partition("+")
    file = _file_of(speaker.voices, chosen or language)
    if not file:
        raise _unknown(chosen or language, speaker.voices, chosen=bool(chosen))
    variant = variant or _VARIANTS[register_of(song).voice]
    _check_variant(variant)
    name = f"{file}+{variant}"
    if not speaker.take_voice(name):
        raise GeneratorUnavailable(f"espeak-ng lacks the voice {name}", where=WHERE, hint=_REINSTALL)
    return name


def pitch_of(song: Song) -> int:
    """Return the height of the voice on the library's scale, 0 to 100, by the vocal tags."""
    register = register_of(song)
    above = register.center_midi - _MIDDLE_MIDI[register.voice]
    return min(100, max(0, round(_PITCH + _PITCH_A_SEMITONE * above)))


_REINSTALL = 'pip install --force-reinstall "storyboard[espeak]"'


def _check_variant(variant: str) -> None:
    """Refuse a variant without a file: the library would silently speak without it."""
    import espeakng_loader

    folder = Path(espeakng_loader.get_data_path()) / "voices" / "!v"
    there = sorted(path.name for path in folder.iterdir())
    if variant not in there:
        message = f"espeak-ng has no variant {variant!r}; it has {', '.join(there)}"
        raise GeneratorUnavailable(message, where=WHERE, hint="choose one of these after the plus")


def _file_of(voices: Sequence[Voice], language: str) -> str:
    """Return the voice of a language or, failing that, of the language that it is a kind of."""
    code = language.lower()
    code = _USUAL.get(code, code)
    while code:
        found = [(rank, voice.file) for voice in voices for rank, own in voice.languages if own == code]
        if found:
            return min(found, key=lambda pair: pair[0])[1]
        code = code.rpartition("-")[0]
    return ""


def _unknown(language: str, voices: Sequence[Voice], *, chosen: bool) -> InputError | GeneratorUnavailable:
    names = {code: voice.name for voice in reversed(voices) for _, code in voice.languages}
    near = get_close_matches(language.lower(), names, n=6, cutoff=0.4) or sorted(names)[:6]
    listed = ", ".join(f"{code} ({names[code]})" for code in near)
    message = f"espeak-ng does not speak {language!r}; near it are {listed}"
    if chosen:
        return GeneratorUnavailable(message, where=WHERE, hint="choose one of these after espeak:")
    return InputError(message, where="language", hint=f"it speaks {len(names)}; or choose espeak:LANGUAGE")
