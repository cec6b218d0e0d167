"""Whatever a model says, a writer's answer is a valid document or an error of our own."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyboard.generators.llm import Brief
from storyboard.generators.llm.builtin import BuiltinWriter
from storyboard.generators.llm.llm_writer import LLMWriter
from storyboard.prompts import render
from storyboard.schema.board import Look, Storyboard
from storyboard.schema.errors import StoryboardError
from storyboard.schema.files import dump

BRIEF = Brief(topic="a heron in the car park", seed=5)
quick = settings(
    max_examples=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


class Parrot:
    """A model that says the given texts in turn, for ever."""

    where = "llm parrot"
    takes_schema = True
    usage = None

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self.n_asked = 0

    def complete(self, prompt: Any, *, step: str, schema: Any = None, seed: int = 0) -> str:
        self.n_asked += 1
        return self._texts[(self.n_asked - 1) % len(self._texts)]


def writer_that_hears(texts: Sequence[str]) -> LLMWriter:
    chat: Any = Parrot(texts)
    return LLMWriter(chat, render)


def by_rules() -> Storyboard:
    writer = BuiltinWriter()
    song = writer.write_song(BRIEF)
    story = writer.tell_story(BRIEF, song)
    cast = writer.cast(BRIEF, song, story)
    style, palette = writer.look(BRIEF, song)
    scenes = writer.draw_board(BRIEF, song, story, cast)
    look = Look(style=style, palette=palette)
    return Storyboard(topic=BRIEF.topic, look=look, song=song, story=story, cast=cast, scenes=scenes)


BOARD = by_rules()


def write_all(texts: Sequence[str]) -> Storyboard:
    """Take every step with the same answers, each on the built-in writer's own parts."""
    writer = writer_that_hears(texts)
    song = writer.write_song(BRIEF)
    style, palette = writer.look(BRIEF, song)
    story = writer.tell_story(BRIEF, song)
    cast = writer.cast(BRIEF, song, story)
    scenes = writer.draw_board(BRIEF, song, story, cast)
    board = Storyboard(
        topic=BRIEF.topic,
        look=Look(style=style, palette=palette),
        song=song,
        story=story,
        cast=cast,
        scenes=scenes,
        notes=writer.notes,
    )
    assert len(board.scenes) == 6
    dump(board).encode()
    return board


def survives(write: Callable[[], Any]) -> None:
    """Write; a refusal or a request that was not understood is an answer too."""
    try:
        write()
    except StoryboardError as error:
        assert error.message


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
FIELDS = [
    *(
        "title",
        "genre",
        "tempo_bpm",
        "key",
        "sections",
        "lyrics",
        "style",
        "palette",
        "summary",
        "who",
        "where",
    ),
    *(
        "characters",
        "scenes",
        "name",
        "age",
        "hair",
        "clothing",
        "setting",
        "actions",
        "kind",
        "lines",
        "number",
    ),
    *("edits", "value", "story", "cast", "score", "items", "time_signature", "recording", "vocals"),
]
near_json = st.recursive(
    json_values,
    lambda inner: st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6) | st.lists(inner, max_size=3),
    max_leaves=20,
)
LABELS = [
    *(
        "**Song Title:**",
        "Tempo:",
        "Key:",
        "**Verse 1:**",
        "[Chorus]",
        "*Scene 3: x*",
        "Scene 99",
        "**Setting:**",
    ),
    *(
        "Actions:",
        "Characters: Mia",
        "**Character 1: Mia**",
        "Age:",
        "Hair:",
        "Clothing:",
        "Palette: #aabbcc",
        "```",
    ),
    *(
        "Summary:",
        "Lyrics: 1",
        "scene 1.setting:",
        "song.tempo_bpm: 999",
        "{",
        '{"scenes": [',
        "I can't help",
    ),
]
near_text = st.lists(st.sampled_from(LABELS) | st.text(max_size=40), max_size=30).map("\n".join)


def valid_answers() -> list[str]:
    scene_fields = {"title", "setting", "time_of_day", "weather", "characters", "actions", "plot", "kind"}
    documents: list[Any] = [
        BOARD.song.model_dump(),
        {"style": "ink", "palette": BOARD.look.palette},
        BOARD.story.model_dump(),
        {"characters": [person.model_dump() for person in BOARD.cast]},
        {"scenes": [scene.model_dump(include=scene_fields) for scene in BOARD.scenes]},
        {"edits": [{"where": "scene 3.setting", "value": "a rooftop"}]},
        {"lyrics": {"score": 2, "reason": "flat"}},
    ]
    return [json.dumps(document) for document in documents]


@quick
@given(st.lists(st.text(max_size=200), min_size=1, max_size=3))
def test_any_text_gives_a_valid_storyboard(texts: list[str]) -> None:
    survives(lambda: write_all(texts))


@quick
@given(near_text)
def test_any_filling_of_the_templates_gives_a_valid_storyboard(text: str) -> None:
    survives(lambda: write_all([text]))


@quick
@given(near_json)
def test_any_json_gives_a_valid_storyboard(value: Any) -> None:
    survives(lambda: write_all([json.dumps(value)]))


@quick
@given(st.data())
def test_valid_answers_cut_off_shuffled_or_mixed_give_a_valid_storyboard(data: st.DataObject) -> None:
    texts = []
    for answer in data.draw(st.permutations(valid_answers()))[:3]:
        end = data.draw(st.integers(0, len(answer)))
        words = answer[:end].split()
        texts.append(
            " ".join(data.draw(st.permutations(words))) if data.draw(st.booleans()) else answer[:end]
        )
    survives(lambda: write_all(texts))


@quick
@given(near_text | near_json.map(json.dumps) | st.sampled_from(valid_answers()))
def test_any_review_and_any_revision_is_read_or_refused(text: str) -> None:
    survives(lambda: writer_that_hears([text]).criticise(BRIEF, BOARD))
    survives(lambda: writer_that_hears([text]).revise(BRIEF, BOARD, "make it better"))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        '{"scenes": ' * 1_000,
        '{"tempo_bpm": ' + "9" * 6_000 + "}",
        '{"title": "\\ud800", "sections": [{"kind": "verse", "lines": ["\\udfff"]}]}',
        '{"tempo_bpm": NaN, "age": Infinity, "characters": [{"age": -Infinity, "name": "A"}]}',
        "**Verse 1:**\n" * 2_000,
        "\x00\x1b[31m" * 100,
        "*_`" * 20_000,
        "a:" * 20_000,
    ],
    ids=range(9),
)
def test_deep_long_and_poisonous_answers_give_a_valid_storyboard(text: str) -> None:
    assert write_all([text]).notes
