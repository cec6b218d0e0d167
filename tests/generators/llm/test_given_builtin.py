"""What the built-in writer makes of a finished song: a film of these lyrics, the song left as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from storyboard.generators.lint import lint
from storyboard.generators.llm import Brief, Writer
from storyboard.generators.llm.builtin import BuiltinWriter
from storyboard.prompts import character_description, scene_prompt
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import InputError
from storyboard.schema.scene import Scene
from storyboard.schema.song import Section

SEEDS = (0, 3, 8)
# Words that a listener would see a place in, written down without the writer's own tables; and of which any
# may stand in the setting that shows it.
PLACES = {
    r"kitchen|cocina|küche": ("kitchen",),
    r"street|pavement|\bcity\b|ciudad|stadt|ville": ("street",),
    r"rooftop": ("rooftop",),
    r"\btrain\b|\btren\b|\bzug\b": ("train",),
    r"station|andén|bahnsteig|gare": ("train station",),
    r"\bbeach|shoreline|playa|strand|plage|\btide\b|\bmar\b": ("beach",),
    r"harbour|\bboats?\b|\bboot\b|lighthouse|marinero": ("harbour",),
    r"rocket|orbit": ("moon",),
    r"bedroom": ("bedroom",),
    r"\bdesert\b": ("desert",),
    r"\bgarden\b|\bjardin\b|apple tree|garten": ("garden",),
    r"highway|headlights|\bmy car\b": ("road",),
    r"\bbridge\b|\bpont\b": ("bridge",),
    r"mountains|valley": ("mountain",),
    r"office": ("office",),
    r"dance floor": ("club",),
    r"baker": ("bakery",),
    r"forest|birches": ("forest",),
    r"\bfield\b": ("field",),
    r"fireplace": ("living room",),
    r"blackboard|back row": ("classroom",),
    r"library": ("library",),
    r"supermarket|checkout": ("shop",),
    r"\bschool\b": ("school",),
    r"\bcafé\b|diners": ("café",),
    r"hospital": ("hospital",),
    r"\bstage\b": ("stage",),
}
WEATHERS = {
    r"\brain\b|thunder|lluvia|\bregen\b": "rain",
    r"\bsnow(?:ing)?\b|neige": "snow",
    r"\bfog\b": "fog",
}
HOURS = {
    r"midnight|tonight|\bnoche\b|minuit|\bnight\b": "night",
    r"\bat dawn\b": "dawn",
    r"\bmorning\b": "morning",
}
Films = dict[tuple[str, int], Storyboard]


@pytest.fixture(scope="module")
def films(given_songs: dict[str, Any], film_of: Callable[..., Storyboard]) -> Films:
    return {(name, seed): film_of(given, seed=seed) for name, given in given_songs.items() for seed in SEEDS}


def words_of(board: Storyboard, scene: Scene) -> str:
    return " / ".join(board.song.line(ref) for ref in scene.lines).lower()


def test_a_film_is_written_to_every_song(films: Films, given_songs: dict[str, Any]) -> None:
    assert isinstance(BuiltinWriter(), Writer)
    assert len(given_songs) >= 12
    for key, board in films.items():
        due = list(board.song.line_refs())
        assert [ref for scene in board.scenes for ref in scene.lines] == due, key
        assert len(board.scenes) == (min(6, len(due)) if due else 6), key
        assert board.story.summary and board.story.where and board.look.style, key


def test_nothing_of_the_song_is_changed_but_what_was_left_open(
    films: Films, given_songs: dict[str, Any]
) -> None:
    open_fields = {"title", "genre", "recording", "vocals"}
    for (name, _), board in films.items():
        before, after = given_songs[name].song, board.song
        assert after.model_dump(exclude=open_fields) == before.model_dump(exclude=open_fields)
        assert after.genre != "unknown" and all(after.recording.model_dump().values())
        assert bool(after.vocals.voice) == any(section.lines for section in after.sections)


def test_titles_are_kept_and_only_names_of_files_replaced_by_words_of_the_chorus(films: Films) -> None:
    titles = {name: board.song.title for (name, seed), board in films.items() if seed == 0}
    assert titles["rain"] == "Window Seat" and titles["lluvia"] == "El último tren"
    assert titles["beach"] == "Salt on Your Shoulders"
    assert titles["road"] == "I'm a Long Way Down"
    assert titles["nameless"] == "Calm and Warm" and titles["instrumental"] == "Night Drive"


def test_what_is_said_of_a_song_already_is_kept(given_songs: dict[str, Any]) -> None:
    given = given_songs["rain"]
    tagged = given.song.model_copy(
        update={"genre": "trip hop", "vocals": given.song.vocals.model_copy(update={"voice": "female"})}
    )
    song = BuiltinWriter().describe_song(given.brief(), tagged)
    assert (song.genre, song.vocals.voice) == ("trip hop", "female") and song.vocals.emotions
    parts = [BuiltinWriter().cast(given.brief(seed=seed), song, films_story()) for seed in range(6)]
    assert {cast[0].gender for cast in parts} == {"woman"}


def films_story() -> Any:
    from storyboard.schema.board import Story

    return Story(summary="A story.")


def test_scenes_are_where_their_lines_are(films: Films) -> None:
    shown = named = 0
    missed = []
    for key, board in films.items():
        for scene in board.scenes:
            kinds = {
                k for words, ks in PLACES.items() if re.search(words, words_of(board, scene)) for k in ks
            }
            if kinds:
                named += 1
                hit = any(kind in scene.setting for kind in kinds)
                shown += hit
                missed += [] if hit else [(key, scene.id, kinds, scene.setting)]
    assert named >= 40 * len(SEEDS)
    assert shown >= 0.8 * named, missed


@pytest.mark.parametrize(("table", "field"), [(WEATHERS, "weather"), (HOURS, "time_of_day")])
def test_rain_falls_and_night_is_where_lines_say_so(films: Films, table: dict[str, str], field: str) -> None:
    shown = named = 0
    for board in films.values():
        for scene in board.scenes:
            said = {value for words, value in table.items() if re.search(words, words_of(board, scene))}
            named += bool(said)
            shown += getattr(scene, field) in said
    assert named >= 30 and shown >= 0.8 * named, (shown, named)


def test_neighbouring_scenes_share_a_place_only_where_the_lines_insist(films: Films) -> None:
    for key, board in films.items():
        for one, other in pairwise(board.scenes):
            same = {k for ks in PLACES.values() for k in ks if k in one.setting and k in other.setting}
            if one.setting.split()[-1] and same - {"train"}:
                lyrics = [words_of(board, scene) for scene in (one, other)]
                kinds = [
                    {k for words, ks in PLACES.items() if re.search(words, text) for k in ks}
                    for text in lyrics
                ]
                assert same & kinds[0] & kinds[1], (key, one.setting, other.setting)


def test_descriptions_are_the_same_in_every_scene_and_nothing_is_left_to_mend(films: Films) -> None:
    for key, board in films.items():
        for scene in board.scenes:
            sheets = board.characters_of(scene)
            prompt = scene_prompt(scene, sheets, board.look)
            assert all(character_description(sheet) in prompt for sheet in sheets), key
            assert "{" not in scene.actions + scene.plot
            named = {each.name for each in board.cast if each.name in scene.actions}
            assert named == set(scene.characters), (key, scene.actions)
        assert lint(board) == [], key


def test_people_of_the_lyrics_are_cast_and_those_only_called_are_not(
    films: Films, given_songs: dict[str, Any], film_of: Callable[..., Storyboard]
) -> None:
    assert "the grandmother" in films["winter", 0].story.who
    assert films["winter", 0].cast[1].age >= 70
    assert "the brother" in films["train", 0].story.who
    assert "the grandmother" in films["lluvia", 0].story.who
    assert "the mother" in films["kueche", 0].story.who
    lines = ["Baby, baby, come back home", "You were my queen and I was your king", "Hey boy, hey boy"]
    song = given_songs["rain"].song.model_copy(update={"sections": [Section(kind="verse", lines=lines)]})
    board = film_of(type(given_songs["rain"])(song, ("warm",), "en"))
    assert all(each.age >= 16 for each in board.cast)
    assert not re.search(r"\b(?:baby|queen|king|boy)\b", board.story.who)


def test_the_topic_weighs_more_than_the_lyrics(
    given_songs: dict[str, Any], film_of: Callable[..., Storyboard]
) -> None:
    board = film_of(given_songs["rain"], topic="an astronaut writes home from the moon")
    assert "an astronaut writes home from the moon" in board.story.summary
    assert "astronaut" in board.story.who
    assert board.story.where.startswith("the moon")
    assert board.song.sections == given_songs["rain"].song.sections
    assert lint(board) == []


def test_the_topic_sets_the_first_scene_where_its_lines_leave_it_open(
    given_songs: dict[str, Any], film_of: Callable[..., Storyboard]
) -> None:
    lines = ["I never told you", "You never asked me", "We never called it love", "And now we never do"]
    song = given_songs["rain"].song.model_copy(update={"sections": [Section(kind="verse", lines=lines)]})
    board = film_of(type(given_songs["rain"])(song, ("dark",), "en"), topic="a snowy night on the beach")
    first = board.scenes[0]
    assert "beach" in first.setting and (first.time_of_day, first.weather) == ("night", "snow")


def test_no_action_is_seen_twice_while_there_are_others(films: Films) -> None:
    repeats = sum(len(b.scenes) - len({s.actions for s in b.scenes}) for b in films.values())
    assert repeats <= len(films) / 10


def test_a_song_without_words_is_danced_and_played_between_empty_places(films: Films) -> None:
    for name in ("instrumental", "nameless"):
        for seed in SEEDS:
            board = films[name, seed]
            kinds = [scene.kind for scene in board.scenes]
            assert kinds == ["story", "performance", "environment", "story", "performance", "story"]
            for scene in board.scenes:
                assert bool(scene.characters) == (scene.kind != "environment")
                assert "sing" not in scene.actions and "sing" not in scene.plot.lower()
                if scene.kind == "performance":
                    assert "dances" in scene.actions or "plays guitar" in scene.actions
    assert re.search(r"\b(?:road|car)\b", films["instrumental", 0].scenes[0].setting)
    assert films["instrumental", 0].scenes[0].time_of_day == "night"


@pytest.mark.parametrize("n_scenes", [1, 2, 3, 12, 24])
@pytest.mark.parametrize("name", ["instrumental", "train"])
def test_any_number_of_scenes_fits_a_song(
    given_songs: dict[str, Any], film_of: Callable[..., Storyboard], name: str, n_scenes: int
) -> None:
    board = film_of(given_songs[name], n_scenes=n_scenes)
    assert len(board.scenes) == min(n_scenes, len(list(board.song.line_refs())) or n_scenes)
    assert any(scene.kind == "performance" for scene in board.scenes)


def test_a_song_of_three_lines_has_three_scenes_and_a_note_says_so(films: Films) -> None:
    board = films["few", 0]
    assert [len(scene.lines) for scene in board.scenes] == [1, 1, 1]
    settings = [scene.setting for scene in board.scenes]
    assert "harbour" in settings[0] and "field" in settings[1] and "hospital" in settings[2]
    assert any("3 lines" in note and "instead of 6" in note for note in board.notes)


def test_a_chorus_is_performed_however_short_it_is(
    given_songs: dict[str, Any], film_of: Callable[..., Storyboard]
) -> None:
    verse = Section(kind="verse", lines=[f"I count the days, {number}" for number in range(9)])
    sections = [verse, Section(kind="chorus", lines=["Hey now"]), verse, verse]
    song = given_songs["rain"].song.model_copy(update={"sections": sections})
    board = film_of(type(given_songs["rain"])(song, ("bright",), "en"), n_scenes=4)
    (performed,) = [scene for scene in board.scenes if scene.kind == "performance"]
    assert (1, 0) in performed.lines and lint(board) == []


def test_notes_say_how_much_of_another_language_is_read(
    films: Films, given_songs: dict[str, Any], film_of: Callable[..., Storyboard]
) -> None:
    assert any("Spanish" in note for note in films["lluvia", 0].notes)
    assert films["rain", 0].notes == []
    lines = ["夜の雨が降る", "海のそばで君を待つ", "電車はもう来ない", "夢を見ていた"]
    song = given_songs["rain"].song.model_copy(update={"sections": [Section(kind="verse", lines=lines)]})
    board = film_of(type(given_songs["rain"])(song, ("calm",), "ja"), n_scenes=4)
    assert any("does not read" in note for note in board.notes)
    assert (board.scenes[0].time_of_day, board.scenes[0].weather) == ("night", "rain")
    assert lint(board) == []


def test_the_mood_that_was_heard_decides_the_look(given_songs: dict[str, Any]) -> None:
    given, writer = given_songs["nameless"], BuiltinWriter()

    def look(*moods: str) -> tuple[str, list[str]]:
        return writer.look(Brief(topic="", is_given=True, moods=moods), given.song)

    luma = [sum(int(color[at : at + 2], 16) for color in look(*moods)[1][:2] for at in (1, 3, 5))
            for moods in (("dark", "tense"), ("bright", "happy"))]  # fmt: skip
    assert luma[0] < luma[1]
    assert look("dark", "tense") != look("calm", "gentle")


def test_the_same_song_and_seed_give_the_same_film_and_another_seed_another(
    given_songs: dict[str, Any], film_of: Callable[..., Storyboard], films: Films
) -> None:
    assert film_of(given_songs["space"], seed=3) == films["space", 3]
    assert films["space", 0].scenes != films["space", 3].scenes


def test_findings_of_a_review_lead_to_another_board(films: Films, given_songs: dict[str, Any]) -> None:
    board = films["dancefloor", 0]
    brief = given_songs["dancefloor"].brief()
    again = BuiltinWriter().draw_board(
        brief, board.song, board.story, board.cast, ["scenes 3 and 4 look alike"]
    )
    assert again != board.scenes
    assert Storyboard(**{**dict(board), "scenes": again}).song == board.song


@pytest.mark.parametrize("name", ["road", "nameless"])
def test_another_cast_than_its_own_can_be_boarded(
    films: Films, given_songs: dict[str, Any], name: str
) -> None:
    board, brief = films[name, 0], given_songs[name].brief()
    alone = board.cast[:1]
    scenes = BuiltinWriter().draw_board(brief, board.song, board.story, alone)
    made = Storyboard(**{**dict(board), "cast": alone, "scenes": scenes})
    assert lint(made) == []
    assert not any("{" in scene.plot + scene.actions for scene in scenes)


@pytest.mark.parametrize("request_text", ["faster", "96 bpm", "in A minor", "scene 2 at night; much slower"])
def test_the_tempo_and_key_of_a_recording_are_not_revised(films: Films, request_text: str) -> None:
    board = films["rain", 0]
    with pytest.raises(InputError, match="your own recording") as caught:
        BuiltinWriter().revise(Brief(topic="", is_given=True), board, request_text)
    assert "--song" in caught.value.hint


def test_scenes_and_title_of_a_given_song_are_revised(films: Films) -> None:
    board = films["rain", 0]
    revised = BuiltinWriter().revise(
        Brief(topic="", is_given=True), board, "scene 2 on the beach; title: Wet"
    )
    assert "beach" in revised.scenes[1].setting and revised.song.title == "Wet"
    assert revised.song.sections == board.song.sections
