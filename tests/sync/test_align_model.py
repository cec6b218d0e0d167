"""Words by an acoustic model: an exact search over its letters, by occurrence."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from storyboard.sync.align import LyricLine
from storyboard.sync.align.model import find, finding
from storyboard.sync.align.model.ctc import (
    ANY,
    GAP,
    PAUSE,
    REST,
    SKIP,
    WAITING,
    Row,
    best_path,
    row_of,
    scores_of,
)
from storyboard.sync.align.model.emissions import CtcModel
from storyboard.sync.align.model.languages import three_letters
from storyboard.sync.align.model.vocabulary import STAR, Vocabulary

Floats = NDArray[np.float32]
BLANK = 0
LETTERS = {letter: number for number, letter in enumerate("abcdefghijklmnopqrstuvwxyz'", start=1)}
ALPHABET = Vocabulary(LETTERS, BLANK)
ANYWHERE = (0, 1 << 20)


def line(text: str, number: int = 0) -> LyricLine:
    return LyricLine((0, number), text)


# The search itself.


def graves_best(heard: Floats, target: Sequence[int]) -> float:
    """Return the best score of all labellings that collapse to the target (Graves et al., 2006)."""
    best = -math.inf
    for labels in itertools.product(range(heard.shape[1]), repeat=len(heard)):
        merged = [label for label, _ in itertools.groupby(labels)]
        if [label for label in merged if label != BLANK] == list(target):
            best = max(best, sum(float(heard[frame, label]) for frame, label in enumerate(labels)))
    return best


def path_score(heard: Floats, lines: Sequence[list[list[int]]]) -> float:
    """Return the score of the path that is found, when gaps and pauses are nothing but blanks."""
    row = row_of(lines)
    row.costs = [1e6] * len(lines)  # every line is sung
    blanks = np.repeat(heard[:, BLANK : BLANK + 1], 4, axis=1)
    scores = np.concatenate([heard, blanks], axis=1)
    path = best_path(scores, row, [ANYWHERE] * len(lines))
    columns = np.array(row.columns)[path]
    assert is_allowed(path.tolist(), row.columns, row.gaps)
    return float(scores[np.arange(len(scores)), columns].sum())


def is_allowed(path: list[int], columns: list[int], gaps: list[int]) -> bool:
    """Whether each step stays, goes on, or leaps a blank between unlike letters; no line is stepped over."""
    for before, state in itertools.pairwise([0, *path]):
        leaps = state == before + 2 and state % 2 == 1 and columns[state] != columns[before]
        if state not in (before, before + 1) and not (leaps and before % 2 == 1):
            return False
    return path[-1] >= gaps[-1] - 1


SPELLINGS = [[[1]], [[1, 1]], [[1, 2]], [[1], [1]], [[2], [1, 2]], [[2, 2], [1]]]


@given(
    spelling=st.sampled_from(SPELLINGS),
    cut=st.booleans(),
    values=st.lists(st.floats(-9, 0, width=32), min_size=18, max_size=18),
)
@settings(max_examples=60, deadline=None)
def test_the_search_is_as_good_as_trying_every_labelling(
    spelling: list[list[int]], cut: bool, values: list[float]
) -> None:
    heard = np.array(values, np.float32).reshape(6, 3)
    lines = [[word] for word in spelling] if cut else [spelling]
    target = [letter for word in spelling for letter in word]
    assert path_score(heard, lines) == pytest.approx(graves_best(heard, target), abs=1e-3)


def every_path(row: Row, n_frames: int) -> Iterator[tuple[list[int], float]]:
    """Yield every way through the states, with what its steps over lines cost."""
    over = {after: (gap, cost) for gap, after, cost in zip(row.gaps, row.gaps[1:], row.costs, strict=False)}
    paths: list[tuple[list[int], float]] = [([0], 0.0)]
    for _ in range(n_frames):
        longer = []
        for path, cost in paths:
            longer += [
                ([*path, state], cost)
                for state in range(path[-1], min(path[-1] + 3, len(row.columns)))
                if state != path[-1] + 2 or (state % 2 == 1 and row.columns[state] != row.columns[path[-1]])
            ]
            longer += [([*path, gap], cost + more) for gap, (left, more) in over.items() if left == path[-1]]
        paths = longer
    last = row.gaps[-1]
    yield from ((path[1:], cost) for path, cost in paths if path[-1] >= last - 1)


@given(
    lines=st.sampled_from([[[[1]], [[2]]], [[[1, 1]], [[1]]], [[[STAR], [2]], [[1]]]]),
    window=st.tuples(st.integers(0, 3), st.integers(1, 5)),
    values=st.lists(st.floats(-9, 0, width=32), min_size=15, max_size=15),
)
@settings(max_examples=40, deadline=None)
def test_the_search_is_as_good_as_trying_every_path_with_lines_left_out(
    lines: list[list[list[int]]], window: tuple[int, int], values: list[float]
) -> None:
    row = row_of(lines)
    scores = scores_of(np.array(values, np.float32).reshape(5, 3), BLANK, None)
    first, end = window[0], window[0] + window[1]

    def score(path: Sequence[int]) -> float:
        return sum(float(scores[frame, row.columns[state]]) for frame, state in enumerate(path))

    def holds(path: Sequence[int]) -> bool:
        return all(not 0 < state < row.gaps[1] or first <= frame < end for frame, state in enumerate(path))

    best = max(score(path) - cost for path, cost in every_path(row, 5) if holds(path))
    found = best_path(scores, row, [(first, end), ANYWHERE]).tolist()
    spent = [cost for path, cost in every_path(row, 5) if path == found]
    assert holds(found)
    assert score(found) - min(spent) == pytest.approx(best, abs=1e-3)


def letters_on(path: NDArray[np.int64], columns: list[int]) -> list[tuple[int, int, int]]:
    """Return the letters on a path: column, first frame, end frame."""
    edges = [0, *(np.flatnonzero(np.diff(path)) + 1).tolist(), len(path)]
    runs = [(columns[path[first]], first, end) for first, end in itertools.pairwise(edges)]
    return [run for run in runs if run[0] >= 0 or run[0] == ANY]


def sung(runs: Sequence[tuple[str, int, int]], n_frames: int, sure: float = 0.9, seed: int = 0) -> Floats:
    """Return log-probabilities of a model that hears these letters (letter, first, end), else nothing."""
    rng = np.random.default_rng(seed)
    weights = rng.uniform(0.001, 0.01, (n_frames, len(LETTERS) + 1))
    weights[:, BLANK] = 1.0
    for letter, first, end in runs:
        weights[first:end, BLANK] = (1 - sure) / sure
        weights[first:end, LETTERS[letter]] = 1.0
    return np.log(weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)


def spread_letters(text: str, first: int, step: int) -> list[tuple[str, int, int]]:
    """Sing the letters of a text from a frame on, each for one frame; a space takes as long as a letter."""
    return [
        (letter, first + step * place, first + step * place + 1)
        for place, letter in enumerate(text)
        if letter != " "
    ]


def test_letters_are_found_where_they_are_and_equal_ones_kept_apart() -> None:
    runs = [("h", 3, 5), ("e", 5, 6), ("l", 6, 8), ("l", 9, 10), ("o", 14, 15)]
    row = row_of([[ALPHABET.spelt("hello")]])
    path = best_path(scores_of(sung(runs, 20), BLANK, None), row, [ANYWHERE])
    found = letters_on(path, row.columns)
    assert found == [(LETTERS[letter], first, end) for letter, first, end in runs]
    assert row.columns[path[8]] == REST
    assert row.columns[path[0]] == row.columns[path[19]] == GAP


def test_equal_letters_without_a_blank_between_them_are_never_two() -> None:
    row = row_of([[ALPHABET.spelt("oo")]])
    path = best_path(scores_of(sung([("o", 5, 12)], 20), BLANK, None), row, [ANYWHERE])
    (_, _, first_end), (_, second, _) = letters_on(path, row.columns)
    assert second > first_end


def test_words_are_parted_by_a_pause_and_it_may_be_a_delimiter() -> None:
    spelling = [ALPHABET.spelt("ab"), ALPHABET.spelt("cd")]
    heard = sung([("a", 2, 3), ("b", 4, 5), ("'", 6, 7), ("c", 8, 9), ("d", 10, 11)], 14)
    row = row_of([spelling])
    path = best_path(scores_of(heard, BLANK, LETTERS["'"]), row, [ANYWHERE])
    assert row.columns[path[6]] == PAUSE
    assert [first for _, first, _ in letters_on(path, row.columns)] == [2, 4, 8, 10]


def test_other_singing_is_left_to_the_gaps() -> None:
    runs = spread_letters("yeah yeah", 2, 2) + spread_letters("sun", 30, 2) + spread_letters("la la", 50, 2)
    row = row_of([[ALPHABET.spelt("sun")]])
    path = best_path(scores_of(sung(runs, 70), BLANK, None), row, [ANYWHERE])
    assert [first for _, first, _ in letters_on(path, row.columns)] == [30, 32, 34]


def test_a_line_is_worth_more_frames_than_it_waits() -> None:
    assert WAITING * 60 * 50 > SKIP > WAITING * 50  # a minute of waiting costs letters, a second none


# Lines in songs.


class Singing:
    """A model that hears what it is told to: it takes the place of a loaded one."""

    def __init__(self, heard: Floats, vocabulary: Vocabulary = ALPHABET) -> None:
        self.heard = heard
        self.vocabulary = vocabulary

    def load(self, folder: Path, language: str, *, device: str, dtype: str) -> CtcModel:
        def predict(sound: Floats) -> Floats:
            first = round(float(sound[0]))
            return self.heard[first : first + len(sound) // 320]

        return CtcModel(self.vocabulary, 320, 320, lambda sound: sound, predict)

    @property
    def sound(self) -> Floats:
        """Return sound of that length, in which each frame says its number."""
        return np.repeat(np.arange(len(self.heard), dtype=np.float32), 320)


def found_in(
    heard: Floats,
    texts: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
    windows: Sequence[tuple[float, float]] = (),
    vocabulary: Vocabulary = ALPHABET,
) -> dict[int, list[tuple[float, float, float]]]:
    singing = Singing(heard, vocabulary)
    monkeypatch.setattr(finding, "load_model", singing.load)
    lines = [line(text, number) for number, text in enumerate(texts)]
    return find(singing.sound, lines, "en", Path("nowhere"), windows=windows)


def starts(words: Sequence[tuple[float, float, float]]) -> list[int]:
    """Return the frames in which words begin."""
    return [round(start_s * 50) for start_s, _, _ in words]


def test_every_word_of_a_line_is_found_in_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = spread_letters("come home", 100, 5) + spread_letters("before the snow", 400, 4)
    found = found_in(sung(runs, 600), ["Come home,", "before — the snow!"], monkeypatch)
    assert [starts(words) for words in found.values()] == [[100, 125], [400, 428, 428, 444]]
    assert all(start_s <= end_s for words in found.values() for start_s, end_s, _ in words)
    assert found[1][1] == (found[1][0][1], found[1][0][1], 0.0)  # nobody sings a dash


def test_confidence_falls_with_the_probability_of_the_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    runs, texts = spread_letters("come home", 100, 5), ["come home"]
    sure = [found_in(sung(runs, 200, sure=sure), texts, monkeypatch)[0] for sure in (0.9, 0.5, 0.2)]
    clear, weak, faint = (words[0][2] for words in sure)
    assert 1 > clear > weak > faint > 0
    garbled = [("x", first, end) if first > 115 else (letter, first, end) for letter, first, end in runs]
    first, second = found_in(sung(garbled, 200), texts, monkeypatch)[0]
    assert second[2] < first[2] < clear


def test_a_repeated_line_is_found_by_occurrence(monkeypatch: pytest.MonkeyPatch) -> None:
    at = [50, 200, 420, 560]
    runs = [run for first in at for run in spread_letters("hold on", first, 3)]
    found = found_in(sung(runs, 700), ["hold on"] * 4, monkeypatch)
    assert [starts(words)[0] for words in found.values()] == at


def test_a_line_that_is_not_sung_is_stepped_over_and_not_smeared(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = spread_letters("the river runs", 50, 4) + spread_letters("over the hill", 300, 4)
    texts = ["the river runs", "quick zebras jump vexed", "over the hill"]
    found = found_in(sung(runs, 500), texts, monkeypatch)
    assert sorted(found) == [0, 2]
    assert starts(found[0]) == [50, 66, 90]
    assert starts(found[2]) == [300, 320, 336]


def test_of_a_chorus_written_once_too_often_one_is_stepped_over(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = spread_letters("hold on", 50, 3) + spread_letters("hold on", 300, 3)
    found = found_in(sung(runs, 400), ["hold on"] * 3, monkeypatch)
    assert sorted(starts(words)[0] for words in found.values()) == [50, 300]


def test_a_line_is_looked_for_in_its_own_time_only(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [run for first in (50, 200, 420) for run in spread_letters("hold on", first, 3)]
    heard = sung(runs, 600)
    assert starts(found_in(heard, ["hold on"], monkeypatch, [(8.0, 11.0)])[0])[0] == 420
    assert starts(found_in(heard, ["hold on"], monkeypatch, [(3.0, 6.0)])[0])[0] == 200
    assert found_in(heard, ["hold on"], monkeypatch, [(9.5, 11.5)]) == {}
    assert found_in(heard, ["hold on"], monkeypatch, [(4.0, 4.02)]) == {}


@given(
    first=st.integers(0, 60),
    length=st.integers(1, 60),
    values=st.integers(0, 1000),
)
@settings(max_examples=40, deadline=None)
def test_no_frame_of_a_line_lies_outside_its_window(first: int, length: int, values: int) -> None:
    heard = np.random.default_rng(values).normal(-3, 2, (90, len(LETTERS) + 1)).astype(np.float32)
    row = row_of([[[1, 2], [3]], [[4, 4]]])
    window = (first, first + length)
    path = best_path(scores_of(heard, BLANK, None), row, [window, ANYWHERE])
    inside = np.flatnonzero((path > row.gaps[0]) & (path < row.gaps[1]))
    assert not len(inside) or (inside[0] >= window[0] and inside[-1] < window[1])


def test_a_word_in_letters_that_the_model_lacks_takes_the_room_that_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs = spread_letters("meet", 50, 3) + spread_letters("xqz", 70, 3) + spread_letters("at noon", 90, 3)
    found = found_in(sung(runs, 200), ["meet Наташа at noon"], monkeypatch)
    words = found[0]
    assert starts(words)[0] == 50 and starts(words)[2:] == [90, 99]
    assert 60 <= starts(words)[1] <= 70
    assert words[1][1] * 50 <= 90
    assert words[1][2] < min(words[0][2], words[2][2])


def test_a_line_mostly_in_other_letters_is_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = sung(spread_letters("meet", 50, 3), 200)
    assert found_in(heard, ["Наташа и meet", "— …", ""], monkeypatch) == {}


def test_without_sound_or_lines_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found_in(sung([], 0), ["hold on"], monkeypatch) == {}
    assert found_in(sung([], 50), [], monkeypatch) == {}


# Spelling.


@pytest.mark.parametrize(
    ("word", "spelt"),
    [("Hello!", "hello"), ("rock’n’roll", "rock'n'roll"), ("Über", "uber"), ("Straße", "strasse"),  # noqa: RUF001
     ("cœur", "coeur"), ("ﬁn", "fin"), ("e\u0301te\u0301", "ete"), ("—", "")],
)  # fmt: skip
def test_words_are_spelt_in_plain_letters(word: str, spelt: str) -> None:
    assert ALPHABET.spelt(word) == [LETTERS[letter] for letter in spelt]


def test_letters_with_accents_stay_where_the_model_has_them() -> None:
    upper = Vocabulary({"U": 1, "B": 2, "E": 3, "R": 4, "Ü": 5}, BLANK)
    assert upper.spelt("über") == [5, 2, 3, 4]
    assert upper.spelt("rub'") == [4, 1, 2]


@pytest.mark.parametrize("word", ["Наташа", "24", "東京", "&"])
def test_a_word_that_cannot_be_spelt_is_anything(word: str) -> None:
    assert ALPHABET.spelt(word) == [STAR]


def test_languages_are_named_as_the_adapters_are() -> None:
    assert [three_letters(code) for code in ("en", "pt-BR", "de", "zh", "yue")] == [
        "eng", "por", "deu", "cmn", "yue",
    ]  # fmt: skip
