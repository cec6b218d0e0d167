from __future__ import annotations

import random
from itertools import pairwise

import pytest

from storyboard.generators.harmony import Chord
from storyboard.generators.music.band import bass, chording, drums, hook
from storyboard.generators.music.band.arrangement import Note, arrange
from storyboard.generators.music.band.desk import DRUM_PLACES
from storyboard.generators.music.band.patterns import (
    BASS,
    DRUM_KEYS,
    DRUM_VELOCITIES,
    FIGURES,
    FILLS,
    GROOVES,
    HOOKS,
    steps_of,
)
from storyboard.generators.music.band.styles import INSTRUMENTS, STYLES, style_of
from storyboard.generators.music.band.voicing import voice_led
from storyboard.schema.song import Section, Song

LINES = ["I saw your name come up in blue", "A little heart beneath the view"]
SONG = Song(
    title="Blue",
    genre="pop",
    tempo_bpm=110,
    key="A minor",
    sections=[
        Section(kind="intro"),
        Section(kind="verse", lines=LINES),
        Section(kind="chorus", lines=LINES),
        Section(kind="verse", lines=LINES),
        Section(kind="chorus", lines=LINES),
        Section(kind="outro"),
    ],
)


@pytest.mark.parametrize(
    ("genre", "name"),
    [("indie folk", "folk"), ("synth-pop", "electronic"), ("Synthwave", "electronic"), ("R&B", "r&b"),
     ("RnB ballad", "ballad"),
     ("hip hop", "hip-hop"), ("jazz rap", "hip-hop"), ("folk rock", "rock"), ("ska punk", "rock"),
     ("reggaeton", "latin"),
     ("bossa nova", "jazz"), ("country", "folk"), ("neo-soul", "r&b"), ("K-pop", "pop"), ("", "pop"),
     ("polka?", "pop"),
     ("Drum & Bass", "electronic"), ("rocksteady", "reggae"), ("latin pop", "latin")],
)  # fmt: skip
def test_a_genre_in_free_words_finds_its_style(genre: str, name: str) -> None:
    assert style_of(genre).name == name


def test_every_name_in_a_style_is_in_the_tables() -> None:
    for style in STYLES:
        assert {style.light, style.full} <= GROOVES.keys()
        assert style.fills in FILLS and style.hooks in HOOKS
        assert {style.bass_light, style.bass_full} <= BASS.keys()
        assert {
            *style.bass,
            *style.leads,
            *(layer.instrument for layer in style.layers),
        } <= INSTRUMENTS.keys()
        assert {
            figure for layer in style.layers for figure in (layer.light, layer.full) if figure
        } <= FIGURES.keys()
    assert DRUM_PLACES.keys() == DRUM_KEYS.keys()


def test_every_pattern_fits_whole_bars_of_its_metre() -> None:
    per_bar = {"4/4": 4, "3/4": 3, "6/8": 2}
    for table in (BASS, FIGURES):
        for name, by_metre in table.items():
            assert by_metre.keys() == per_bar.keys(), name
            for metre, pattern in by_metre.items():
                assert steps_of(pattern)[1] % per_bar[metre] == 0, (name, metre)
    for name, grooves in GROOVES.items():
        assert grooves.keys() == per_bar.keys(), name
        for metre, groove in grooves.items():
            assert groove.keys() <= DRUM_KEYS.keys(), (name, metre)
            for lane, pattern in groove.items():
                steps, length = steps_of(pattern)
                assert length % per_bar[metre] == 0, (name, metre, lane)
                assert {step.symbol for step in steps} <= DRUM_VELOCITIES.keys(), (name, metre, lane)
    assert all(
        steps_of(pattern)[1] == 2 for fills in FILLS.values() for fill in fills for pattern in fill.values()
    )


def test_the_lead_is_silent_while_a_line_is_sung() -> None:
    arrangement = arrange(SONG)
    notes = hook.play(arrangement, "piano", random.Random(1))
    assert notes
    assert not [note for note in notes if arrangement.is_sung(note.beat, note.n_beats)]


def test_later_choruses_are_bigger_and_verses_lighter() -> None:
    arrangement = arrange(SONG)
    energies = [
        [bar.energy for bar in arrangement.bars if bar.index in span]
        for span in _spans(arrangement.score.sections)
    ]
    intro, verse, chorus, second_verse, second_chorus, _ = (sum(part) / len(part) for part in energies)
    assert intro < verse < second_verse < chorus < second_chorus


def _spans(sections: tuple[object, ...]) -> list[range]:
    return [range(part.first_bar, part.first_bar + part.n_bars) for part in sections]  # type: ignore[attr-defined]


def test_a_fill_leads_into_the_chorus_and_a_crash_opens_it() -> None:
    arrangement = arrange(SONG)
    kit = drums.play(arrangement, random.Random(3))
    chorus_beat = arrangement.score.sections[2].first_bar * arrangement.score.beats_per_bar
    crashes = [note.beat for lane in ("crash", "crash2") for note in kit[lane]]
    assert chorus_beat in crashes
    assert [note for note in kit["snare"] if chorus_beat - 2 <= note.beat < chorus_beat]


def test_everyone_ends_together_on_the_last_bar() -> None:
    arrangement = arrange(SONG)
    kit = drums.play(arrangement, random.Random(3))
    parts: list[list[Note]] = [kit["kick"], kit["crash"], bass.play(arrangement, "finger bass")]
    parts += [chording.play(arrangement, layer) for layer in arrangement.style.layers[:1]]
    for notes in parts:
        assert max(note.beat for note in notes) == arrangement.final_beat
    assert bass.play(arrangement, "finger bass")[-1].key % 12 == arrangement.final.root


def test_the_bass_begins_every_bar_on_the_root_within_its_range() -> None:
    arrangement = arrange(SONG)
    notes = {note.beat: note for note in bass.play(arrangement, "finger bass")}
    for bar in arrangement.bars:
        if bar.first_beat in notes:
            assert notes[bar.first_beat].key % 12 == bar.chord.root
    assert all(28 <= note.key <= 55 for note in notes.values())


def test_hands_move_little_from_chord_to_chord() -> None:
    roots = [(0, "major", 1), (9, "minor", 6), (5, "major", 4), (7, "major", 5), (11, "dim", 7)]
    chords = [Chord(*root) for root in roots]  # type: ignore[arg-type]
    for voices in (3, 4):
        voicings = voice_led(chords, (0, 2, 4, 5, 7, 9, 11), 62, voices, sevenths=voices == 4)
        for chord, keys in zip(chords, voicings, strict=True):
            assert set(chord.pitches) <= {key % 12 for key in keys}
        for before, after in pairwise(voicings):
            assert all(abs(key - other) <= 5 for key, other in zip(before, after, strict=True))
