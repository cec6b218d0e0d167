"""What Bark is given to say at a time: lines that follow each other, as many as it can hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storyboard.generators.score import LineSlot, syllables

LONGEST_S = 12.0  # Bark ends at about 14 s, and its own pace is known only afterwards
_SYLLABLE_S = 0.27
_LINE_S = 0.4  # the pause after a line
_ENDINGS = tuple(".,;:!?…。、，！？")  # noqa: RUF001 — full-width marks end lines in Chinese and Japanese

Chunk = tuple[LineSlot, ...]


def chunks_of(slots: Iterable[LineSlot]) -> list[Chunk]:
    """Group lines of one section that follow each other without a rest, to about 12 seconds of speech."""
    chunks: list[Chunk] = []
    for slot in slots:
        if chunks and _goes_on(chunks[-1], slot):
            chunks[-1] = (*chunks[-1], slot)
        else:
            chunks.append((slot,))
    return chunks


def spoken_s(chunk: Sequence[LineSlot]) -> float:
    """Estimate how long Bark takes to say some lines, in seconds."""
    return sum(weight_of(slot) for slot in chunk)


def weight_of(slot: LineSlot) -> float:
    """Estimate how long Bark takes to say one line and its pause, in seconds."""
    # Scripts without vowels that `syllables` knows have about one syllable in two characters or fewer.
    letters = sum(character.isalpha() and not character.isascii() for character in slot.text)
    return max(syllables(slot.text), letters // 2, 1) * _SYLLABLE_S + _LINE_S


def prompt_of(chunk: Sequence[LineSlot]) -> str:
    """Return the lines as Bark wants what is sung: between notes, with a mark where a line ends."""
    lines = (slot.text.strip() for slot in chunk)
    return f"♪ {' '.join(line if line.endswith(_ENDINGS) else f'{line},' for line in lines)} ♪"


def _goes_on(chunk: Chunk, slot: LineSlot) -> bool:
    last = chunk[-1]
    follows = last.ref[0] == slot.ref[0] and last.first_beat + last.n_beats == slot.first_beat
    return follows and spoken_s((*chunk, slot)) <= LONGEST_S
