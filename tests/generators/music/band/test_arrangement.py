from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest

from storyboard.generators.harmony import Chord, Quality
from storyboard.generators.music.band import bass, chording, drums, hook
from storyboard.generators.music.band.arrangement import Note, arrange
from storyboard.generators.music.band.desk import DRUM_PLACES
from storyboard.generators.music.band.figures import BASS, FIGURES, HOOKS
from storyboard.generators.music.band.grooves import BUILDS, DRUM_KEYS, DRUM_VELOCITIES, FILLS, GROOVES
from storyboard.generators.music.band.patterns import steps_of
from storyboard.generators.music.band.styles import INSTRUMENTS, STYLES, style_of
from storyboard.generators.music.band.voicing import BORROWED, Colour, tones, voice_led
from storyboard.schema.song import Section, Song

C_MAJOR = (0, 2, 4, 5, 7, 9, 11)
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
     ("polka?", "pop"), ("Viennese waltz", "waltz"),
     ("Drum & Bass", "electronic"), ("rocksteady", "reggae"), ("latin pop", "latin")],
)  # fmt: skip
def test_a_genre_in_free_words_finds_its_style(genre: str, name: str) -> None:
    assert style_of(genre).name == name


def test_every_name_in_a_style_is_in_the_tables() -> None:
    for style in STYLES:
        assert {style.light, style.full} <= GROOVES.keys()
        assert style.fills in FILLS and style.hooks in HOOKS
        assert style.build in {"", *BUILDS}
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
    for build in BUILDS.values():
        assert build.keys() <= DRUM_KEYS.keys()
        assert all(steps_of(pattern)[1] == 4 for pattern in build.values())


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
    for voices, colour in ((3, "triad"), (4, "triad"), (4, "seventh"), (4, "ninth"), (4, "sixth")):
        voicings = voice_led(chords, C_MAJOR, 62, voices, colour)  # type: ignore[arg-type]
        for before, after in pairwise(voicings):
            assert all(abs(key - other) <= 5 for key, other in zip(before, after, strict=True))


@pytest.mark.parametrize(
    ("colour", "chord", "pitches"),
    [("triad", (0, "major", 1), {0, 4, 7}), ("add9", (0, "major", 1), {0, 2, 4, 7}),
     ("add9", (4, "minor", 3), {4, 7, 11}), ("sixth", (0, "major", 1), {0, 4, 7, 9}),
     ("sixth", (9, "minor", 6), {9, 0, 4, 7}), ("seventh", (7, "major", 5), {7, 11, 2, 5}),
     ("ninth", (2, "minor", 2), {5, 9, 0, 4}), ("ninth", (4, "minor", 3), {4, 7, 11, 2}),
     ("seventh", (9, "major", BORROWED), {9, 1, 4, 7}), ("ninth", (9, "major", BORROWED), {1, 4, 7, 11})],
)  # fmt: skip
def test_a_colour_adds_only_what_the_key_has_and_no_semitone_clash(
    colour: Colour, chord: tuple[int, Quality, int], pitches: set[int]
) -> None:
    assert set(tones(Chord(*chord), C_MAJOR, colour)) == pitches


def test_power_chords_have_no_third() -> None:
    keys = voice_led([Chord(0, "major", 1), Chord(9, "minor", 6)], C_MAJOR, 50, 2, "power")
    assert [{key % 12 for key in chord} for chord in keys] == [{0, 7}, {9, 4}]


def test_jazz_leads_into_chords_by_their_dominants_where_nobody_sings() -> None:
    arrangement = arrange(SONG, "jazz")
    turned = [bar for bar in arrangement.bars if bar.turn]
    assert turned
    for bar in turned:
        assert bar.turn and (bar.turn.root - bar.next_chord.root) % 12 == 7
        assert not arrangement.is_sung(bar.first_beat + arrangement.turn_beat, 2)
        heard = _heard(chording.play(arrangement, arrangement.style.layers[0]), bar.first_beat + 2, 2)
        third = (bar.turn.root + 4) % 12
        assert not heard or third in heard
    assert not any(bar.turn for bar in arrange(SONG, "rock").bars)


def _heard(notes: list[Note], beat: float, n_beats: float) -> set[int]:
    return {note.key % 12 for note in notes if beat - 0.01 <= note.beat < beat + n_beats - 0.01}


@pytest.mark.parametrize("metre", ["4/4", "3/4", "6/8"])
def test_the_metre_is_heard_in_every_style(metre: str) -> None:
    """Each bar's first beat is struck hardest by kick and bass, and the backbeat never lies on it."""
    song = Song.model_validate(SONG.model_dump() | {"time_signature": metre, "tempo_bpm": 96})
    for style in STYLES:
        arrangement = arrange(song, style.name)
        kit = drums.play(arrangement, random.Random(1))
        first = {bar.first_beat for bar in arrangement.bars if bar.is_full}
        lows = [*kit["kick"], *bass.play(arrangement, style.bass[0])]
        struck = {round(note.beat, 3): note.velocity for note in lows}
        assert len(first & struck.keys()) == len(first), style.name
        backbeats = {round(note.beat, 3) for lane in ("snare", "clap", "rim") for note in kit.get(lane, [])
                     if note.velocity > 80}  # fmt: skip
        in_fill = {bar.first_beat for bar in arrangement.bars if bar.closes}
        assert not backbeats & (first - in_fill), style.name


def test_a_build_rises_into_the_chorus() -> None:
    arrangement = arrange(SONG, "electronic")
    chorus_beat = arrangement.score.sections[2].first_bar * arrangement.score.beats_per_bar
    kit = drums.play(arrangement, random.Random(3))
    rising = [note.velocity for note in sorted(kit["snare"], key=lambda note: note.beat)
              if chorus_beat - 4 <= note.beat < chorus_beat]  # fmt: skip
    assert len(rising) >= 10 and rising[-1] > rising[0] + 20
    assert not [note for note in kit["kick"] if chorus_beat - 4 <= note.beat < chorus_beat]


def test_the_ending_is_as_hard_as_the_song_went() -> None:
    soft, loud = (
        arrange(SONG.model_copy(update={"sections": [Section.model_validate({"kind": kind, "bars": 4})]}))
        for kind in ("intro", "chorus")
    )
    assert soft.final_velocity < 100 < loud.final_velocity


def test_every_style_has_a_groove_of_its_own() -> None:
    """No two styles share half of what their drums play in a full bar."""
    places = {}
    for style in STYLES:
        groove = GROOVES[style.full]["4/4"]
        hits = {
            (lane, step.beat, step.symbol)
            for lane, pattern in groove.items()
            for step in steps_of(pattern)[0]
        }
        places[style.name] = hits
    for one, other in combinations(places, 2):
        shared = len(places[one] & places[other]) / len(places[one] | places[other])
        assert shared < 0.5, (one, other)


def test_no_two_styles_have_the_same_players() -> None:
    players = {style.name: {*style.bass, *(layer.instrument for layer in style.layers)} for style in STYLES}
    for one, other in combinations(players, 2):
        shared = len(players[one] & players[other]) / len(players[one] | players[other])
        assert shared <= 0.5, (one, other)
