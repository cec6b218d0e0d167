"""Which shape a singing mouth has when: from the singer's notes, else from the spelling."""
# ruff: noqa: RUF001 - phonetic letters are meant

from __future__ import annotations

from itertools import pairwise

import pytest

from storyboard.generators.seams import SungNote, Viseme
from storyboard.orchestrator.nodes.lips import mouth_shapes, phones_of
from storyboard.schema.timeline import Word

FPS = 24


def word(text: str, start_s: float, end_s: float) -> Word:
    return Word(text=text, start_s=start_s, end_s=end_s, section=0, line=0)


def note(text: str, phonemes: str, start_s: float, end_s: float) -> SungNote:
    return SungNote(start_s=start_s, end_s=end_s, midi=60, text=text, phonemes=phonemes)


def shape_at(shapes: list[tuple[int, Viseme]], frame: int) -> str:
    return next((shape for first, shape in reversed(shapes) if first <= frame), "rest")


MAMA = [note("ma", "mɑ", 1.0, 1.5), note("-ma", "mɑ", 1.5, 2.0)]


def test_an_m_closes_the_lips_on_its_frame_and_an_ah_opens_them() -> None:
    shapes = mouth_shapes([word("mama", 1.0, 2.0)], MAMA, "en", FPS, 0, 200)
    assert [shape for _, shape in shapes] == ["closed", "open", "closed", "open", "rest"]
    closed = [frame for frame, shape in shapes if shape == "closed"]
    assert closed == [24, 36]
    assert shapes[-1][0] == 48
    assert all(b - a >= 2 for (a, one), (b, _) in pairwise(shapes) if one == "closed")


@pytest.mark.parametrize("fps", [24, 25, 30, 60])
def test_times_are_within_a_frame_at_any_rate(fps: int) -> None:
    shapes = mouth_shapes([word("mama", 1.0, 2.0)], MAMA, "en", fps, 0, 900)
    for at_s, shape in ((1.0, "closed"), (1.5, "closed"), (2.0, "rest")):
        assert min(abs(frame - at_s * fps) for frame, each in shapes if each == shape) <= 1


def test_vowels_take_what_consonants_leave() -> None:
    shapes = mouth_shapes([word("stay", 0.5, 2.5)], [note("stay", "steɪ", 0.5, 2.5)], "en", FPS, 0, 100)
    lengths: dict[str, int] = {}
    for (start, shape), (end, _) in pairwise(shapes):
        lengths[shape] = lengths.get(shape, 0) + end - start
    assert lengths["wide"] > 8 * lengths["narrow"]


def test_a_syllable_too_short_for_its_sounds_still_has_its_vowel() -> None:
    shapes = mouth_shapes([word("strengths", 1.0, 1.2)], [], "en", FPS, 0, 100)
    assert "wide" in [shape for _, shape in shapes]
    frames = [frame for frame, _ in shapes]
    assert frames == sorted(set(frames))


def test_without_notes_words_are_read_by_their_spelling() -> None:
    shapes = mouth_shapes([word("Baby,", 1.0, 1.8)], [], "en", FPS, 0, 100)
    assert [shape for _, shape in shapes].count("closed") == 2
    assert shape_at(shapes, 24) == "closed"
    assert "teeth" in [shape for _, shape in mouth_shapes([word("fever", 1.0, 1.8)], [], "en", FPS, 0, 100)]


@pytest.mark.parametrize(
    ("text", "language"), [("bonjour", "fr"), ("mañana", "es"), ("愛してる", "ja"), ("♪", "en")]
)
def test_words_of_any_language_move_the_mouth_in_time(text: str, language: str) -> None:
    shapes = mouth_shapes([word(text, 1.0, 2.0)], [], language, FPS, 0, 100)
    assert shapes
    assert 22 <= shapes[0][0] <= 25
    assert shapes[-1] == (48, "rest")


def test_only_the_words_of_the_scene_are_mouthed() -> None:
    other = [note("boom", "bum", 3.0, 3.5)]
    shapes = mouth_shapes([word("mama", 1.0, 2.0)], MAMA + other, "en", FPS, 0, 200)
    assert shapes[-1] == (48, "rest")


def test_a_mouth_rests_between_words_that_leave_room_and_not_between_others() -> None:
    apart = mouth_shapes([word("ah", 1.0, 1.3), word("ah", 2.0, 2.3)], [], "en", FPS, 0, 200)
    assert [shape for _, shape in apart] == ["open", "rest", "open", "rest"]
    near = mouth_shapes([word("ah", 1.0, 1.3), word("oh", 1.35, 1.8)], [], "en", FPS, 0, 200)
    assert [shape for _, shape in near] == ["open", "round", "rest"]


def test_frames_count_from_the_clip_and_a_word_may_have_begun_before_it() -> None:
    words = [word("mama", 1.0, 2.0)]
    whole = mouth_shapes(words, MAMA, "en", FPS, 0, 200)
    late = mouth_shapes(words, MAMA, "en", FPS, 30, 40)
    assert late[0] == (0, "open")
    assert late[1:] == [(frame - 30, shape) for frame, shape in whole if 30 < frame <= 40]


def test_marks_of_ipa_are_no_sounds() -> None:
    assert phones_of("ˈmaɪ̯ː") == phones_of("maɪ") == ("m", "AY")
    assert phones_of("tʃuː") == ("ʧ", "u")
    assert phones_of("?!") == ()


def test_no_words_leave_the_mouth_alone() -> None:
    assert mouth_shapes([], MAMA, "en", FPS, 0, 100) == []
