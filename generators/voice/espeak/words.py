"""Where each written word sounds in what was spoken."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from storyboard.generators.voice.espeak.speaker import Speech

_STRESS = "\u02c8"  # the mark of IPA before a stressed sound
_SHORTEST_S = 0.02  # given to what is written but not spoken, such as a dash


@dataclass(frozen=True)
class SpokenWord:
    """A written word in the speech; `stress_s` is where its stressed vowel starts, if it has one."""

    text: str
    start_s: float
    end_s: float
    stress_s: float | None


def words_of(text: str, speech: Speech) -> list[SpokenWord]:
    """Return every written word of a line, those between spaces, in order and without overlap.

    The library tells where words begin; of some pairs ("out of") it tells one beginning only, and
    the pair is parted at the sound nearest to where its letters say.
    """
    written = [(match.group(), match.start()) for match in re.finditer(r"\S+", text)]
    starts = _told(written, speech)
    spoken = [index for index, (word, _) in enumerate(written) if starts[index] is not None or _speaks(word)]
    _part_pairs(written, spoken, starts, speech)
    words: list[SpokenWord] = []
    for index, (word, _) in enumerate(written):
        start_s = starts[index]
        after_s = next((each for each in starts[index + 1 :] if each is not None), None)
        words.append(_word(word, start_s, after_s, speech, words))
    return words


def _told(written: list[tuple[str, int]], speech: Speech) -> list[float | None]:
    """Return the first moment that the library tells of each written word."""
    places = [place for _, place in written]
    starts: list[float | None] = [None] * len(written)
    latest_s = -1.0
    for position, time_s in speech.words:
        index = bisect_right(places, position) - 1
        if index >= 0 and starts[index] is None and time_s > latest_s and _in_order(starts, index):
            starts[index] = latest_s = time_s
    return starts


def _in_order(starts: list[float | None], index: int) -> bool:
    return all(start is None for start in starts[index:])


def _speaks(word: str) -> bool:
    return any(character.isalnum() for character in word)


def _part_pairs(
    written: list[tuple[str, int]], spoken: list[int], starts: list[float | None], speech: Speech
) -> None:
    """Give a start to words that the library spoke in one with the word before."""
    place = 0
    while place < len(spoken):
        following = place + 1
        while following < len(spoken) and starts[spoken[following]] is None:
            following += 1
        group = spoken[place:following]
        start_s = starts[group[0]]
        if start_s is None:
            start_s = starts[group[0]] = 0.0
        end_s = _sound_end_s(start_s, _start_after(starts, spoken[following:]), speech)
        lengths = [len(written[index][0]) for index in group]
        for number, index in enumerate(group[1:], start=1):
            share = sum(lengths[:number]) / sum(lengths)
            starts[index] = _nearest_sound_s(start_s + share * (end_s - start_s), start_s, end_s, speech)
            start_s = starts[index] or start_s
        place = following


def _start_after(starts: list[float | None], rest: list[int]) -> float | None:
    return next((starts[index] for index in rest if starts[index] is not None), None)


def _nearest_sound_s(place_s: float, after_s: float, before_s: float, speech: Speech) -> float:
    inside = [
        each.start_s for each in speech.phonemes if after_s + _SHORTEST_S <= each.start_s <= before_s - 0.01
    ]
    return min(inside, key=lambda start_s: abs(start_s - place_s), default=(after_s + before_s) / 2)


def _sound_end_s(start_s: float, after_s: float | None, speech: Speech) -> float:
    """Return where the sound that starts at start_s ends: at a pause, the next word, or the end."""
    end_s = len(speech.samples) / speech.rate_hz if after_s is None else after_s
    pauses = (each.start_s for each in speech.phonemes if not each.ipa and start_s < each.start_s < end_s)
    return next(pauses, end_s)


def _word(
    text: str, start_s: float | None, after_s: float | None, speech: Speech, before: list[SpokenWord]
) -> SpokenWord:
    if start_s is None:
        return _unspoken(text, after_s, before)
    start_s = max(start_s, before[-1].end_s if before else 0.0)
    end_s = max(_sound_end_s(start_s, after_s, speech), start_s + _SHORTEST_S)
    stressed = (
        each.start_s
        for each in speech.phonemes
        if start_s <= each.start_s < end_s and each.ipa.startswith(_STRESS)
    )
    return SpokenWord(text, start_s, end_s, next(stressed, None))


def _unspoken(text: str, after_s: float | None, before: list[SpokenWord]) -> SpokenWord:
    """Place what is written but not spoken in the pause after the last word, or in that word's end."""
    start_s = before[-1].end_s if before else 0.0
    if before and after_s is not None and after_s - start_s < _SHORTEST_S:
        last = before[-1]
        start_s = max(last.end_s - _SHORTEST_S, (last.start_s + last.end_s) / 2)
        before[-1] = SpokenWord(last.text, last.start_s, start_s, last.stress_s)
    return SpokenWord(text, start_s, start_s + _SHORTEST_S, None)
