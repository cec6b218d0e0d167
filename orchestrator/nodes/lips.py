"""Lips: which shape a singing mouth has from which frame on, from what is sung and when.

The singer's own notes are best: they hold the sounds of every syllable. Without them the words of the
song map are read by their spelling. Consonants are short and vowels take the rest, as in singing.
"""
# ruff: noqa: RUF001 - phonetic letters are meant

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from storyboard.generators.seams import SungNote, Viseme
from storyboard.schema.timeline import Word

Shapes = tuple[Viseme, ...]

_CONSONANT_S: dict[Viseme, float] = {
    "closed": 0.085,
    "teeth": 0.08,
    "narrow": 0.06,
    "round": 0.06,
    "wide": 0.06,
}
_MOST_CONSONANTS = 0.55
"""Share of a syllable that its consonants may take."""
_REST_S = 0.12
"""Between words that follow faster the mouth does not close."""
_SURE: frozenset[Viseme] = frozenset(("closed", "teeth"))
"""Shapes whose time is seen to the frame; the others begin a frame before their sound."""

_SOUNDS: tuple[tuple[Viseme, str], ...] = (
    ("closed", "m b p ɓ M B P"),
    ("teeth", "f v ɱ ʋ F V"),
    ("round", "w ɹ ɻ ʃ ʒ ɥ ʧ ʤ W R SH ZH CH JH"),
    ("wide", "j Y"),
    ("narrow", "t d n l s z θ ð ɾ r k ɡ g ŋ h x ç ɣ ʁ ɲ ʎ ʔ ʦ ʣ T D N L S Z TH DH K G NG HH"),
)
_CONSONANTS: dict[str, Viseme] = {phone: shape for shape, phones in _SOUNDS for phone in phones.split()}
_SUNG: tuple[tuple[Shapes, str], ...] = (
    (("open",), "a ɑ æ ɐ ʌ ɒ ä ɶ AA AE AH"),
    (("wide",), "i ɪ e ɛ ɨ ᵻ IY IH EH EY"),
    (("round",), "u ʊ o ɔ y ʏ ø œ ɯ ɤ UW UH OW AO ER"),
    (("narrow",), "ə ɜ ɚ ɝ ᵊ"),
    (("open", "wide"), "AY"),
    (("open", "round"), "AW"),
    (("round", "wide"), "OY"),
)
_VOWELS: dict[str, Shapes] = {phone: shapes for shapes, phones in _SUNG for phone in phones.split()}
_IPA = re.compile("|".join(["aɪ", "aʊ", "ɔɪ", "dʒ", "tʃ", "."]))
_JOINED = {"aɪ": "AY", "aʊ": "AW", "ɔɪ": "OY", "dʒ": "ʤ", "tʃ": "ʧ"}


@dataclass(frozen=True)
class Sounds:
    """What sounds from one time to another: a syllable, or a word."""

    start_s: float
    end_s: float
    phones: tuple[str, ...]


def mouth_shapes(
    words: Sequence[Word], notes: Sequence[SungNote], language: str, fps: float, first: int, last: int
) -> list[tuple[int, Viseme]]:
    """Return from which frame on a mouth has which shape while the words are sung.

    Args:
        words: the sung words of a scene, with their times in the song.
        notes: the syllables of the whole song as the singer sang them; none: words are read by spelling.
        language: of the words.
        fps: frames a second of the film.
        first: the film's frame with which the clip begins.
        last: the film's frame with which it ends.

    Returns:
        Frames of the clip, rising, each shape other than the one before; the mouth rests where no word
        sounds.
    """
    sounds = sorted(_sung(words, notes, language), key=lambda each: each.start_s)
    shapes: list[tuple[int, Viseme]] = []
    for index, each in enumerate(sounds):
        for start_s, shape in _timed(each):
            early = 0 if shape in _SURE or (shapes and shapes[-1][1] in _SURE) else 1
            _add(shapes, max(0, round(start_s * fps) - early), shape)
        following_s = sounds[index + 1].start_s if index + 1 < len(sounds) else float("inf")
        if following_s - each.end_s > _REST_S:
            _add(shapes, round(each.end_s * fps), "rest")
    return _clipped(shapes, first, last)


def _sung(words: Sequence[Word], notes: Sequence[SungNote], language: str) -> Iterator[Sounds]:
    """Yield what sounds of each word: its notes, or where the singer tells none its spelling."""
    for word in words:
        own = [note for note in notes if word.start_s - 0.02 <= (note.start_s + note.end_s) / 2 < word.end_s]
        spelt = [Sounds(note.start_s, note.end_s, phones_of(note.phonemes)) for note in own if note.phonemes]
        yield from spelt or [Sounds(word.start_s, word.end_s, _spoken(word.text, language))]


def phones_of(ipa: str) -> tuple[str, ...]:
    """Return the sounds of a text in IPA; marks of stress, length and tone are left out."""
    found = (_JOINED.get(phone, phone) for phone in _IPA.findall(ipa))
    return tuple(phone for phone in found if phone in _CONSONANTS or phone in _VOWELS)


def _spoken(text: str, language: str) -> tuple[str, ...]:
    """Return how a word sounds; one that cannot be read opens the mouth once a syllable."""
    from storyboard.sync.align.pronunciation import pronunciations, syllables

    ways = pronunciations(text, language.partition("-")[0])
    return ways[0] if ways else ("N", "AH") * syllables(text, language)


def _timed(sounds: Sounds) -> Iterator[tuple[float, Viseme]]:
    """Yield when each shape begins: consonants take their time, vowels share what is left."""
    span_s = max(0.0, sounds.end_s - sounds.start_s)
    shapes: list[tuple[Viseme, bool]] = [
        (shape, phone in _VOWELS) for phone in sounds.phones for shape in _shapes(phone)
    ]
    n_vowels = sum(vowel for _, vowel in shapes)
    consonants_s = sum(_CONSONANT_S[shape] for shape, vowel in shapes if not vowel)
    most_s = span_s * (_MOST_CONSONANTS if n_vowels else 1.0)
    pace = min(1.0, most_s / consonants_s) if consonants_s else 1.0
    vowel_s = (span_s - consonants_s * pace) / n_vowels if n_vowels else 0.0
    at_s = sounds.start_s
    for shape, vowel in shapes:
        yield at_s, shape
        at_s += vowel_s if vowel else _CONSONANT_S[shape] * pace


def _shapes(phone: str) -> Shapes:
    return _VOWELS.get(phone) or ((_CONSONANTS[phone],) if phone in _CONSONANTS else ())


def _add(shapes: list[tuple[int, Viseme]], frame: int, shape: Viseme) -> None:
    """Append a shape; where two fall on a frame, met lips stay and a passing consonant gives way."""
    if shapes and frame <= shapes[-1][0]:
        held = shapes[-1][1]
        if (shape in _SURE and held not in _SURE) or held in ("narrow", "rest"):
            frame = max(frame, shapes[-2][0] + 1 if len(shapes) > 1 else 0)
            shapes.pop()
        elif shape == "narrow":
            return
        else:
            frame = shapes[-1][0] + 1
    shapes.append((frame, shape))


def _clipped(shapes: Iterable[tuple[int, Viseme]], first: int, last: int) -> list[tuple[int, Viseme]]:
    """Return the shapes in frames of the clip, without those that repeat the one before."""
    kept: list[tuple[int, Viseme]] = []
    for frame, shape in shapes:
        if frame > last:
            break
        if kept and frame <= first:
            kept.clear()  # the last one before the clip is the one it begins with
        if (kept[-1][1] if kept else "rest") != shape:
            kept.append((max(0, frame - first), shape))
    return kept
