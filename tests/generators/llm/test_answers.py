"""Values and JSON as models write them, and the ladder from a question to a document."""

from __future__ import annotations

import json
from typing import Any

import pytest

from storyboard.generators.llm.answers import BoardForm, CastForm, LookForm, Question, SongForm, ask
from storyboard.generators.llm.answers.documents import LookAnswer
from storyboard.generators.llm.answers.json_in import json_in
from storyboard.generators.llm.answers.values import (
    age_of,
    gender_of,
    hour_of,
    key_of,
    kind_of,
    metre_of,
    tempo_of,
    weather_of,
)
from storyboard.generators.llm.answers.wardrobe import clothing_of, hair_of
from storyboard.prompts import render
from storyboard.schema.errors import GeneratorError

PALETTE = ["#101820", "#f2aa4c", "#ffffff", "#000000", "#123456"]
LOOK = {"style": "ink", "palette": PALETTE}


class Script:
    """A model that says its lines in turn, and remembers what it was asked."""

    where = "llm script"

    def __init__(self, *lines: Any, takes_schema: bool = True) -> None:
        self._lines = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        self.takes_schema = takes_schema
        self.asked: list[tuple[Any, Any]] = []

    def complete(self, prompt: Any, *, step: str, schema: Any = None, seed: int = 0) -> str:
        self.asked.append((prompt, schema))
        return self._lines.pop(0)


def look_from(script: Script, notes: list[str] | None = None) -> LookAnswer:
    question = Question(
        "look", "Choose.", LookForm(), fallback=lambda: LookAnswer(style="rules", palette=PALETTE)
    )
    return ask(script, render, question, [] if notes is None else notes)


@pytest.mark.parametrize(
    ("said", "bpm"),
    [("110-120 BPM", 115), ("110 to 120", 115), ("about 92.5", 92.5), (128, 128), ("fast", None), (900, None),
     (float("nan"), None), (True, None), ([100, 110], 100)],
)  # fmt: skip
def test_tempos(said: Any, bpm: float | None) -> None:
    assert tempo_of(said) == bpm


@pytest.mark.parametrize(
    ("said", "key"),
    [("G", "G major"), ("Key: G", "G major"), ("Am", "A minor"), ("F# minor", "F# minor"),
     ("f sharp minor", "F# minor"), ("B flat major", "Bb major"), ("Bb", "Bb major"),
     ("D♯ minor", "Eb minor"), ("C Major (bright)", "C major"), ("C#m", "C# minor"),
     ("happy", None), ("", None)],
)  # fmt: skip
def test_keys(said: str, key: str | None) -> None:
    assert key_of(said) == key


def test_metres_hours_weathers_and_kinds() -> None:
    assert [metre_of(said) for said in ("3/4", "12/8", "common time", "a waltz", "7/8")] == [
        *("3/4", "6/8", "4/4", "3/4", None)
    ]
    assert [hour_of(said) for said in ("Sunset", "late afternoon", "Midnight", "blue hour", "soon")] == [
        *("golden hour", "day", "night", "dusk", None)
    ]
    assert [weather_of(said) for said in ("misty", "a train", "window light", "light rain", "sunny")] == [
        *("fog", None, None, "rain", "clear")
    ]
    assert [kind_of(said) for said in ("Performance scene", "establishing shot", "narrative")] == [
        *("performance", "environment", "story")
    ]


def test_ages_and_genders() -> None:
    said = ("27", "27-29 years old", "in her late twenties", "mid-30s", "elderly", "ageless", 300)
    assert [age_of(each) for each in said] == [27, 28, 27, 35, 74, None, None]
    assert [gender_of(each) for each in ("Female", "non-binary", "a stray cat", "Android")] == [
        *("woman", "person", "animal", "robot")
    ]
    assert [gender_of(each) for each in ("a friendly ghost", "Alien")] == ["creature", "creature"]
    assert gender_of("female", 8) == "girl" and gender_of("zorp") is None


def test_clothes_and_hair_in_words_and_records() -> None:
    assert clothing_of("An olive hat; teal jeans & a dark green velvet suit.") == [
        {"item": "hat", "color": "olive", "material": ""},
        {"item": "jeans", "color": "teal", "material": ""},
        {"item": "suit", "color": "dark green", "material": "velvet"},
    ]
    assert clothing_of([{"Item": "coat", "colour": "red"}, "a leather belt", 7]) == [
        {"item": "coat", "color": "red", "material": ""}
    ]
    assert hair_of({"hair": {"Colour": "black", "length": "waist-length"}}) == {
        **{"color": "black", "length": "long", "style": ""}
    }
    assert hair_of({"hair": "bald"}) == {"color": "none", "length": "bald", "style": ""}
    assert hair_of({"hair": "nice"}) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('<think>{"a": 0}</think>{"a": 1}', {"a": 1}),
        ('Sure:\n```json\n{"a": [1, 2,],}\n```\nEnjoy {it}.', {"a": [1, 2]}),
        ('first {"a": 1} then {"a": 1, "b": {"c": 2}}', {"a": 1, "b": {"c": 2}}),
        ('[{"a": 1}]', [{"a": 1}]),
        ('{"a": {"b": 1}, "c": [{"d": "x"}, {"d": "y', {"a": {"b": 1}, "c": [{"d": "x"}]}),
        ('{"a": "one", "b": "tw', {"a": "one"}),
        ("no", None),
        ("", None),
        ("[" * 3000, None),
    ],
)
def test_json_is_found_whole_or_as_far_as_it_goes(text: str, value: Any) -> None:
    assert json_in(text) == value


def test_json_in_other_words_than_ours_is_read_too() -> None:
    song = {"Song": {"Song Title": "Tide", "BPM": "110-120", "Lyrics": "[Verse]\na b\n[Chorus]\nc d\n"}}
    parts = SongForm(2, 0).parts_of(song).parts
    assert (parts["title"], parts["tempo_bpm"]) == ("Tide", 115)
    assert [(each["kind"], each["lines"]) for each in parts["sections"]] == [
        ("verse", ["a b"]),
        ("chorus", ["c d"]),
    ]
    cast = {
        "cast": {
            "Mia": {"sex": "F", "age": "24", "hair": "long red", "eyes": "green", "outfit": "a teal coat"}
        }
    }
    assert CastForm().gaps(CastForm().parts_of(cast).parts) == {}
    board = {"Scene 1": {"place": "a roof", "action": "Mia waves", "who": ["Mia"]}}
    assert BoardForm(["Mia"], 1).parts_of(board).parts["scene 1"]["characters"] == ["Mia"]


def test_a_song_without_tempo_genre_and_key_gets_plain_ones_and_a_note() -> None:
    form = SongForm(2, 4)
    lines = ["a line of some length to sing", "and one more line that goes with it"] * 2
    given = {
        "title": "T",
        "sections": [{"kind": "verse", "lines": lines}, {"kind": "chorus", "lines": lines}] * 2,
    }
    parts = form.parts_of(given).parts
    song = form.assemble(parts)
    assert song.genre in ("electronic", "rock") and 110 <= song.tempo_bpm <= 120
    assert song.key in ("C major", "G major") and form.assemble(parts) == song
    assert form.remarks(parts) == ["the model gave no usable genre and tempo and key; a plain one was chosen"]


def test_a_good_answer_costs_one_question_with_a_schema() -> None:
    script = Script(LOOK)
    assert look_from(script).style == "ink"
    (((asked,), schema),) = script.asked
    assert schema["required"] == ["style", "palette"] and "JSON Schema" in asked["content"]


def test_a_failing_answer_goes_back_with_what_is_wrong_at_most_twice() -> None:
    script = Script({"style": "ink"}, {"style": "ink", "palette": ["red"]}, LOOK)
    assert look_from(script).palette == PALETTE
    last = script.asked[2][0]
    assert [message["role"] for message in last] == ["user", "assistant", "user"]
    assert "five colours" in last[2]["content"] and '"red"' in last[1]["content"]


def test_after_two_corrections_the_missing_part_alone_is_asked_for() -> None:
    half, notes = {"style": "ink"}, list[str]()
    script = Script(half, half, half, "Palette: " + " ".join(PALETTE))
    assert look_from(script, notes).palette == PALETTE and notes == []
    (asked,), schema = script.asked[3]
    assert schema is None and "Only this is missing: the palette." in asked["content"]
    assert "**Style:**" not in asked["content"]


def test_when_json_holds_nothing_the_text_template_is_sent() -> None:
    script = Script("no", "no", "no", "**Style:** ink\n**Palette:** " + ", ".join(PALETTE))
    assert look_from(script).style == "ink"
    (asked,), schema = script.asked[3]
    assert schema is None and "**Style:** ..." in asked["content"]


def test_a_gap_that_stays_is_filled_by_the_rules_and_noted() -> None:
    notes: list[str] = []
    look = look_from(Script(*[{"style": "ink"}] * 5), notes)
    assert (look.style, look.palette) == ("ink", PALETTE)
    assert notes == ["the palette was written by the built-in rules: the model left it out"]


def test_without_rules_to_fall_back_on_nonsense_is_an_error() -> None:
    question: Question[LookAnswer] = Question("look", "Choose.", LookForm())
    with pytest.raises(GeneratorError, match="no usable look in 5 answers") as raised:
        ask(Script(*["no"] * 5), render, question, [])
    assert "larger model" in raised.value.hint


def test_a_server_error_is_passed_on() -> None:
    class Broken(Script):
        def complete(self, prompt: Any, **_: Any) -> str:
            raise GeneratorError("the request failed", where="llm")

    with pytest.raises(GeneratorError, match="the request failed"):
        look_from(Broken())


def test_one_chance_refusal_is_asked_again() -> None:
    class Shy(Script):
        def complete(self, prompt: Any, **options: Any) -> str:
            if not self.asked:
                self.asked.append((prompt, None))
                raise GeneratorError("the model refused to write about this topic")
            return super().complete(prompt, **options)

    assert look_from(Shy(LOOK)).style == "ink"
