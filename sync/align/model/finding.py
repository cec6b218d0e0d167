"""Known lines to the time of every word, by the letters that an acoustic model hears."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.progress import OnFraction, ignore
from storyboard.sync.align.lines import LyricLine
from storyboard.sync.align.model.ctc import ANY, REST, Row, Spelling, best_path, margins_of, row_of, scores_of
from storyboard.sync.align.model.emissions import RATE_HZ, CtcModel, emissions, load_model
from storyboard.sync.align.model.vocabulary import STAR

Floats = NDArray[np.float32]
Found = tuple[float, float, float]
"""Start and end of a word in seconds, and its confidence."""

_HEARING = 0.9  # of the time that finding takes
_RINGS_S = 0.4  # a letter is told at one moment, but a word sounds on, at most until the next one
# Set on simulated songs, of whose letters the model hears 20 to 85 % wrongly or not at all, under their own
# lyrics and under others: by how much (log, by letter) a line fits better than a gap.
_DOUBTFUL, _STEEPNESS = -1.5, 2.0  # as likely sung as not, and how fast that changes
_SUNG = 0.05
_WORSE = 3.5  # than most lines of the song
_GUESSED = 0.3  # of a word that cannot be spelled


def find(
    sound: Floats,
    lines: Sequence[LyricLine],
    language: str,
    folder: Path,
    *,
    windows: Sequence[tuple[float, float]] = (),
    on_fraction: OnFraction = ignore,
    device: str = "auto",
    dtype: str = "auto",
) -> dict[int, list[Found]]:
    """Return, for each line that is sung, when each of its words is, and how sure that is.

    A word that the letters of the model cannot write is put between those beside it. A line is left
    out when it is not sung, or when most of its words cannot be written.

    Args:
        sound: mono at 16 kHz, (n,).
        lines: in the order in which they are sung.
        language: as in "en", "pt-BR".
        folder: of the model, see `load_model`.
        windows: by line, from when to when it may be sung, in seconds; empty: anywhere.
        on_fraction: receives progress.
        device: of torch, "auto" for the best there is.
        dtype: of torch, "auto" for what suits the device.

    Returns:
        By index of the line: (start_s, end_s, confidence) of each of `line.words`. The confidence
        follows from the probabilities of the word's letters, and from how likely its line is sung.

    Raises:
        SystemRequirementError: a package is missing, or the folder does not hold such a model.
    """
    model = load_model(folder, language, device=device, dtype=dtype)
    spellings = [[model.vocabulary.spelt(word) for word in line.words] for line in lines]
    sought = [index for index, spelling in enumerate(spellings) if _is_written(spelling)]
    heard = emissions(model, sound, lambda done: on_fraction(_HEARING * done)) if sought else None
    if heard is None or not len(heard):
        on_fraction(1.0)
        return {}
    anywhere = (0.0, len(sound) / RATE_HZ)
    spans = [windows[index] if windows else anywhere for index in sought]
    found = _search(model, heard, [spellings[index] for index in sought], spans)
    on_fraction(1.0)
    return {sought[number]: words for number, words in found.items()}


@dataclass(frozen=True)
class _Letter:
    """A letter on the path: its first frame, the one after its last, its probability; None of STAR."""

    first: int
    end: int
    sure: float | None


_Line = Mapping[int, Sequence[_Letter]]
"""By word: its letters."""


def _is_written(spelling: Spelling) -> bool:
    """Whether more than half of the words that are sung can be written."""
    sung = [word for word in spelling if word]
    return sum(word != [STAR] for word in sung) * 2 > len(sung)


def _search(
    model: CtcModel, heard: Floats, lines: Sequence[Spelling], spans: Sequence[tuple[float, float]]
) -> dict[int, list[Found]]:
    """Return the words of each line on the likeliest path that is likely enough to be sung."""
    row = row_of(lines)
    scores = scores_of(heard, model.vocabulary.blank, model.vocabulary.delimiter)
    first_s, end_s = np.array(spans).T
    firsts = np.ceil((first_s - model.offset_s) / model.frame_s).astype(int).tolist()
    ends = np.floor((end_s - model.offset_s) / model.frame_s).astype(int).tolist()
    path = best_path(scores, row, list(zip(firsts, ends, strict=True)))
    said = _letters_said(path, row, heard)
    likely = _likelihoods(said, _margins(path, row, scores))
    starts_s = [_seconds(said[line][min(said[line])][0].first, model) for line in likely]
    limits_s = [*starts_s[1:], _seconds(len(heard), model)]
    return {
        line: _words(lines[line], said[line], model, min(limit_s, spans[line][1]), likely[line])
        for line, limit_s in zip(likely, limits_s, strict=False)
    }


def _seconds(frame: int, model: CtcModel) -> float:
    return frame * model.frame_s + model.offset_s


def _letters_said(path: NDArray[np.int64], row: Row, heard: Floats) -> dict[int, dict[int, list[_Letter]]]:
    """Return, by line and word, the letters on a path."""
    columns = np.array(row.columns)
    changes = np.flatnonzero(np.diff(path)) + 1
    said: dict[int, dict[int, list[_Letter]]] = {}
    for first, end in pairwise([0, *changes.tolist(), len(path)]):
        column, (line, word) = int(columns[path[first]]), row.places[int(path[first])]
        if line < 0 or column == REST:
            continue
        sure = None if column == ANY else float(np.exp(heard[first:end, column].max()))
        said.setdefault(line, {}).setdefault(word, []).append(_Letter(first, end, sure))
    return said


def _margins(path: NDArray[np.int64], row: Row, scores: Floats) -> dict[int, float]:
    """Return by how much (log) each line on a path fits better than a gap would, over all its frames."""
    margins = margins_of(scores, np.array(row.columns)[path])
    return {
        line: float(margins[(path > gap) & (path < following)].sum())
        for line, (gap, following) in enumerate(pairwise(row.gaps))
    }


def _likelihoods(said: Mapping[int, _Line], margins: Mapping[int, float]) -> dict[int, float]:
    """Return, by line in order, how likely it is sung, 0 to 1, without lines that hardly are.

    A line of other lyrics finds a place too, but fits less for each of its letters than a gap.
    """
    n_letters = {
        line: sum(letter.sure is not None for word in words.values() for letter in word)
        for line, words in said.items()
    }
    fits = {line: margins[line] / n_letters[line] for line in sorted(said)}
    usual = float(np.median(list(fits.values()))) if fits else 0.0
    likely = {line: 1 / (1 + float(np.exp(-_STEEPNESS * (fit - _DOUBTFUL)))) for line, fit in fits.items()}
    return {line: sure for line, sure in likely.items() if sure >= _SUNG and fits[line] > usual - _WORSE}


def _words(spelling: Spelling, said: _Line, model: CtcModel, limit_s: float, likely: float) -> list[Found]:
    """Return every word of a line; one that is not sung lasts no time, where the one before it ends."""
    starts_s = {word: _seconds(letters[0].first, model) for word, letters in said.items()}
    words: list[Found] = []
    at_s = min(starts_s.values())
    for index in range(len(spelling)):
        if index not in said:
            words.append((at_s, at_s, 0.0))
            continue
        next_s = min((start for word, start in starts_s.items() if word > index), default=limit_s)
        told_s = _seconds(said[index][-1].end, model)
        at_s = max(told_s, min(next_s, told_s + _RINGS_S))
        words.append((starts_s[index], at_s, likely * _of_letters(said[index])))
    return words


def _of_letters(letters: Sequence[_Letter]) -> float:
    """Return how sure a word of a sung line is: half of it follows from the line, half from its letters."""
    sure = [letter.sure for letter in letters if letter.sure is not None]
    return (1 + float(np.mean(sure))) / 2 if sure else _GUESSED
