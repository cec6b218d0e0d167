"""Reading a given song: what its words are about, who is in them, and how it sounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from storyboard.generators.lint.screening import refusal_of
from storyboard.generators.llm.builtin.cues import cues_in, in_english, language_of, ranked
from storyboard.generators.llm.builtin.lexicon import Theme, stem, table, themes
from storyboard.generators.llm.builtin.lyric_people import people_in, things_in
from storyboard.generators.llm.builtin.places import meant_by
from storyboard.generators.llm.builtin.reading import Reading, read
from storyboard.generators.llm.builtin.words import latin_words, readable
from storyboard.generators.llm.given import hook_of, needs_title, quotable
from storyboard.generators.llm.writer import Brief
from storyboard.schema.song import Song

_OF_TOPIC, _OF_TITLE = 4, 1  # how much more a word counts there, or in the hook, than once in the lyrics
_MOST_OF_WORD = 2  # times that a word counts, however often it is sung
_BREADTH = 0.5  # two words of a theme tell more than one word twice
_FAINT = 2.0  # a theme with less is not what the song is about
# What is said in every other song: such words tell little of a theme.
_WEIGHTS = {
    "wonder": 0.25,
    "reunion": 0.3,
    "joy": 0.4,
    "ageing": 0.5,
    "love": 0.6,
    "sport": 0.6,
    "dreams": 0.7,
    "home": 0.7,
}
# Words of our themes that songs use for something else: "set me on fire", "run to me", "you're my star".
_LOOSE = frozenset(
    stem(word)
    for word in "fire break call run hit goal match wire star sun plane block spell stock spring fly after "
    "found find great good left price post follow ring came back".split()
)


def read_song(brief: Brief, song: Song) -> Reading:
    """Read a given song: topic, title and lyrics, the user's topic before the others."""
    lines = [song.line(ref) for ref in song.line_refs()]
    title = "" if needs_title(song) else song.title
    language = language_of(lines, brief.language) if lines else "en"
    topic = read(brief.topic) if brief.topic.strip() else None
    said = topic or (read(title) if title else None)
    hook = _hook(song)
    core = quotable(hook) or (said.core if said else "the song")
    things = things_in(lines) if language == "en" else [f"the {kind}" for kind in _places(lines, language)]
    told = list(said.phrases) if said and (topic or not lines) else []
    return Reading(
        topic=brief.topic.strip() or (f"\u201c{core}\u201d" if hook else title or "a song without words"),
        core=core,
        shape="chant",
        themes=_themes(brief, song, lines, language, title),
        phrases=tuple(dict.fromkeys([*told, *things])) or ("what was there all along",),
        people=(),
        places=(),
        things=(),
        gerund="",
        infinitive="",
        mentions=people_in(lines, language, said, bool(topic)),
        is_personal=bool(lines) or bool(said and said.is_personal),
        words=_place_words(lines, language, said, bool(topic)),
        source="\n".join([brief.topic, song.title, *lines]),
        is_sung=bool(lines),
    )


def _hook(song: Song) -> str:
    """Return the line that plots may quote; empty if it is one that no film should quote."""
    hook = hook_of(song)
    return "" if refusal_of(hook) else hook


def _themes(brief: Brief, song: Song, lines: Sequence[str], language: str, title: str) -> tuple[Theme, ...]:
    """Return up to three themes in the mood that was heard."""
    counts: Counter[str] = Counter()
    for word in [*in_english(lines, language), *(kind.split()[-1] for kind in _places(lines, language))]:
        if stem(word) not in _LOOSE:
            counts[stem(word)] = min(_MOST_OF_WORD, counts[stem(word)] + 1)
    for text, code, weight in (
        (brief.topic, "en", _OF_TOPIC),
        (f"{title} {hook_of(song)}", language, _OF_TITLE),
    ):
        for word in dict.fromkeys(map(stem, _words_of(text, code))):
            counts[word] += weight if weight == _OF_TOPIC or word not in _LOOSE else 0
    scores = {name: _score(name, theme, counts) for name, theme in themes().items()}
    names = [
        name for name in sorted(scores, key=lambda name: (-scores[name], name)) if scores[name] >= _FAINT
    ]
    if not lines and not brief.topic.strip() and not names:
        names = ["music"]
    heard = [name for mood in brief.moods for name in table("moods").get(mood, {}).get("themes", [])]
    names = list(dict.fromkeys([*names[:3], *heard, "wonder", "night"]))[:3]
    mood = _mood(brief.moods, [themes()[name].mood for name in names])
    first, *others = (themes()[name] for name in names)
    return replace(first, mood=mood), *others


def _words_of(text: str, language: str) -> list[str]:
    english = latin_words(readable(text))
    return english if language == "en" else [*english, *in_english([text], language)]


def _score(name: str, theme: Theme, counts: Counter[str]) -> float:
    hits = [counts[word] for word in theme.keywords if counts[word]]
    return _WEIGHTS.get(name, 1.0) * (sum(hits) + _BREADTH * len(hits))


def _mood(heard: Sequence[str], of_themes: Sequence[str]) -> str:
    """Return the mood of the film: what was heard of the recording, and the themes of the words."""
    votes: Counter[str] = Counter()
    for word in heard:
        for place, look in enumerate(table("moods").get(word, {}).get("looks", [])):
            votes[look] += 3 - place
    for place, look in enumerate(of_themes):
        votes[look] += 2 if place == 0 else 1
    return max(votes, key=lambda look: (votes[look], look == of_themes[0]))


def _place_words(
    lines: Sequence[str], language: str, said: Reading | None, is_topic: bool
) -> tuple[str, ...]:
    """Return the kinds of place that are named, the topic's before the lyrics'."""
    named = meant_by(said.words).kinds if said and (is_topic or not lines) else ()
    return tuple(dict.fromkeys([*named, *_places(lines, language)]))


def _places(lines: Sequence[str], language: str) -> list[str]:
    return ranked(cues_in(lines, language), "places")
