import numpy as np
import pytest

from storyboard.generators.harmony import chords_of, scale_of
from storyboard.generators.score import score_of
from storyboard.generators.voice.register import register_of
from storyboard.generators.voice.singer.part import SungLine, part_of
from storyboard.schema.song import Section, Song, VocalTags

VERSE = ["I saw your name light up my phone tonight", "A little dance beneath the kitchen light"]
CHORUS = ["I met my ex on TikTok again", "Scrolling through the night with all her friends"]


def song(**changes: object) -> Song:
    sections = [Section(kind="verse", lines=VERSE), Section(kind="chorus", lines=CHORUS)]
    sections += [Section(kind="verse", lines=VERSE[::-1]), Section(kind="chorus", lines=CHORUS)]
    fields = {"title": "Tune", "genre": "pop", "tempo_bpm": 100, "key": "D major", "sections": sections}
    return Song.model_validate({**fields, **changes})


def lines_of(sung: Song) -> list[SungLine]:
    return part_of(sung, score_of(sung))


@pytest.mark.parametrize("key", ["D major", "C# minor", "Bb major"])
def test_every_note_belongs_to_the_key(key: str) -> None:
    sung = song(key=key)
    assert {note % 12 for line in lines_of(sung) for note in line.notes} <= set(scale_of(sung))


def test_a_repeated_chorus_repeats_its_melody_and_rhythm() -> None:
    first, again = [[line for line in lines_of(song()) if line.slot.ref[0] == index] for index in (1, 3)]
    for one, two in zip(first, again, strict=True):
        assert one.notes == two.notes
        rhythms = [[sung.beat - line.slot.first_beat for sung in line.syllables] for line in (one, two)]
        assert rhythms[0] == rhythms[1]


def test_other_words_of_the_same_length_find_the_same_notes_at_the_same_places() -> None:
    sections = [
        Section(kind="chorus", lines=["Love is all we need now"]),
        Section(kind="chorus", lines=["Rain is all I see now"]),
    ]
    one, two = lines_of(song(sections=sections))
    places = [
        {
            sung.beat - line.slot.first_beat: note
            for sung, note in zip(line.syllables, line.notes, strict=True)
        }
        for line in (one, two)
    ]
    shared = places[0].keys() & places[1].keys()
    assert len(shared) >= 4
    assert all(places[0][beat] == places[1][beat] for beat in shared)


def test_line_ends_rest_on_a_chord_tone() -> None:
    sung = song()
    score = score_of(sung)
    chords = chords_of(sung, score)
    for line in lines_of(sung):
        bar = int(line.syllables[-1].beat) // score.beats_per_bar
        assert line.notes[-1] % 12 in chords[bar].pitches


def test_a_man_sings_lower_than_a_woman_and_a_high_voice_above_a_low_one() -> None:
    centers = [
        np.median([note for line in lines_of(song(vocals=VocalTags(voice=voice))) for note in line.notes])
        for voice in ("male, low", "male", "female", "female, high")
    ]
    assert centers == sorted(centers)
    assert centers[2] - centers[1] >= 5


def test_the_word_female_is_not_read_as_male() -> None:
    assert register_of(song(vocals=VocalTags(voice="female, warm"))).voice == "female"


def test_the_tune_moves_mostly_by_steps_and_spans_a_singable_range() -> None:
    lines = lines_of(song())
    notes = [note for line in lines for note in line.notes]
    leaps = [abs(two - one) for line in lines for one, two in zip(line.notes, line.notes[1:], strict=False)]
    assert 5 <= max(notes) - min(notes) <= 16
    assert np.median(leaps) <= 3
    assert max(leaps) <= 9


def test_another_title_is_another_tune() -> None:
    tunes = {tuple(note for line in lines_of(song(title=title)) for note in line.notes) for title in "ABCDEF"}
    assert len(tunes) >= 4
