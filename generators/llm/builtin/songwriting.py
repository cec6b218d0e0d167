"""The song: genre, tempo, key, form and lyrics from a reading of the topic."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from storyboard.generators.llm.builtin.hooks import title_of
from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.reading import Reading
from storyboard.generators.llm.builtin.shapes import Shape, shape_of
from storyboard.generators.llm.builtin.verses import Lyricist
from storyboard.generators.score import score_of
from storyboard.schema.song import RecordingTags, Section, Song, VocalTags

SHORTEST_S, LONGEST_S = 48.0, 84.0
# Sections in order: v verse, s short verse, c chorus, b bridge, p pre-chorus, i intro, o outro.
_FORMS = ("ivcvco", "cvcvo", "ivcsco", "ivcvo", "ivcvbco", "ivpcvco", "ivcvcbco", "vcvco", "ivcbco", "ivbco")
_N_LINES = {"v": 4, "s": 2, "c": 4, "b": 2, "p": 2, "i": 0, "o": 0}
_RANGES = ("low and intimate", "mid-range, conversational", "mid-range, opening out in the chorus")
_EXPRESSIONS = (
    "close to the microphone",
    "plain and unforced",
    "half spoken verses, sung chorus",
    "light vibrato",
)


def compose(reading: Reading, seed: int, n_scenes: int, voice: str, findings: Sequence[str] = ()) -> Song:
    """Write a song with at least as many sung lines as there are scenes; findings lead to another one.

    Its length is SHORTEST_S to LONGEST_S by the score, unless more than 12 scenes ask for more lines.
    """
    rng = reading.rng(seed, "song", findings)
    theme = reading.themes[0]
    genre = rng.choice(theme.genres)
    mood = table("looks")[theme.mood]
    sound = table("sounds")[genre]
    low, high = sound["tempo"]
    song = Song(
        title=title_of(reading),
        genre=genre,
        tempo_bpm=2 * rng.randint(low // 2, high // 2),
        time_signature=rng.choice(sound["metres"]),
        key=rng.choice(mood["keys"]),
        sections=[Section(kind="intro")],
        recording=RecordingTags(
            melody=rng.choice(sound["melody"]),
            beat=rng.choice(sound["beat"]),
            rhythm=rng.choice(sound["rhythm"]),
        ),
        vocals=VocalTags(
            emotions=rng.choice(mood["emotions"]),
            range=rng.choice(_RANGES),
            expression=rng.choice(_EXPRESSIONS),
            voice=voice,
        ),
    )
    if song.time_signature == "3/4":
        # Faster, and two bars no longer hold a line.
        song = song.model_copy(update={"tempo_bpm": min(song.tempo_bpm, 108.0)})
    if song.time_signature == "6/8":
        song = song.model_copy(update={"tempo_bpm": 2.0 * rng.randint(29, 34)})  # dotted quarters
    return _with_sections(song, reading, shape_of(reading, seed), rng, n_scenes)


def _with_sections(song: Song, reading: Reading, shape: Shape, rng: Random, n_scenes: int) -> Song:
    """Take the first form, in an order drawn by lot, that has lines enough and the right length."""
    state = rng.getstate()
    forms = list(_FORMS)
    rng.shuffle(forms)
    # The common forms come first: they give the story two verses and the hook two chances.
    forms.sort(key=lambda form: form.count("v") + form.count("s") < 2)
    long_enough = [form for form in forms if sum(_N_LINES[part] for part in form) >= n_scenes]
    tried: list[tuple[float, Song]] = []
    for form in long_enough or ["ivcvc" + "vc" * ((n_scenes - 16 + 7) // 8)]:
        candidate = song.model_copy(update={"sections": _sections(form, song, reading, shape, state)})
        duration_s = score_of(candidate).duration_s
        if SHORTEST_S <= duration_s <= LONGEST_S:
            return candidate
        tried.append((max(SHORTEST_S - duration_s, duration_s - LONGEST_S), candidate))
    return min(tried, key=lambda off_and_song: off_and_song[0])[1]


def _sections(
    form: str, song: Song, reading: Reading, shape: Shape, state: tuple[object, ...]
) -> list[Section]:
    rng = Random()
    rng.setstate(state)
    lyricist = Lyricist(reading, shape, rng)
    chorus = lyricist.chorus()
    bars = 4 if song.time_signature == "3/4" else 2
    sections, n_verses = [], 0
    for part in form:
        if part == "i":
            sections.append(Section(kind="intro", bars=bars))
        elif part == "o":
            sections.append(Section(kind="outro", bars=bars))
        elif part == "c":
            sections.append(Section(kind="chorus", lines=chorus))
        elif part in "bp":
            sections.append(Section(kind="bridge" if part == "b" else "pre-chorus", lines=lyricist.bridge()))
        else:
            sections.append(Section(kind="verse", lines=lyricist.verse(n_verses, _N_LINES[part])))
            n_verses += 1
    return sections
