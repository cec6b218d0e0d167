import pytest

from storyboard.generators.harmony import chords_of, scale_of
from storyboard.generators.score import score_of
from storyboard.schema.song import Section, Song

GENRES = ["pop", "indie rock", "blues", "country", "folk", "smooth jazz", "soul", "nothing known"]


def song(key: str = "G major", genre: str = "pop", title: str = "Title") -> Song:
    lines = ["one two three four five six seven"] * 4
    sections = [
        Section(kind=kind, lines=lines) for kind in ("verse", "pre-chorus", "chorus", "bridge", "chorus")
    ]
    return Song(title=title, genre=genre, tempo_bpm=110, key=key, sections=[*sections, Section(kind="outro")])


@pytest.mark.parametrize("genre", GENRES)
@pytest.mark.parametrize("key", ["G major", "C# minor", "Bb major", "B minor"])
def test_every_bar_has_a_triad_of_the_key_and_the_last_is_the_tonic(key: str, genre: str) -> None:
    sung = song(key, genre)
    score = score_of(sung)
    chords = chords_of(sung, score)
    assert len(chords) == score.n_bars
    assert all(set(chord.pitches) <= set(scale_of(sung)) for chord in chords)
    assert (chords[-1].root, chords[-1].degree) == (sung.tonic, 1)


@pytest.mark.parametrize("genre", GENRES)
@pytest.mark.parametrize("key", ["G major", "A minor"])
def test_a_chorus_is_not_the_verse_and_repeats_itself(key: str, genre: str) -> None:
    for title in "ABCDEFGH":
        sung = song(key, genre, title)
        score = score_of(sung)
        chords = chords_of(sung, score)
        loops = [chords[section.first_bar : section.first_bar + 4] for section in score.sections]
        assert loops[0] != loops[2]
        assert loops[2] == loops[4]


def test_the_title_varies_the_loops() -> None:
    loops = {chords_of(song(title=title), score_of(song(title=title))) for title in "ABCDEFGH"}
    assert len(loops) > 2
