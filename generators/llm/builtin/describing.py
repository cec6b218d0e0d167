"""Describing a given song: a title from its words, a genre and tags that fit its tempo and its mood."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from storyboard.generators.llm.builtin.cues import language_of, name_of
from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.lyric_reading import read_song
from storyboard.generators.llm.given import SongDescription, hook_of, title_from
from storyboard.generators.llm.writer import Brief
from storyboard.schema.song import RecordingTags, Song, VocalTags

# Mood of the film: genres that sound so; the tempo decides among them.
_GENRES = {
    "tender": ("ballad", "folk", "R&B", "pop"),
    "bittersweet": ("ballad", "synth pop", "R&B", "rock"),
    "joyful": ("pop", "latin", "reggae", "folk"),
    "dark": ("hip-hop", "rock", "synth pop"),
    "calm": ("ballad", "folk", "dream pop"),
    "dreamy": ("ballad", "dream pop", "electronic"),
    "energetic": ("hip-hop", "rock", "electronic", "pop"),
    "nostalgic": ("ballad", "folk", "R&B", "synth pop"),
}
_IN_THREE = ("folk", "ballad", "jazz")
_OCTAVE = 0.1  # how much a tempo heard twice as fast or slow counts as off
_NO_WORDS = ("Without Words", "Instrumental")

# How a title is weighed: the root of its returns, times what its place and its length count for.
_ENDS_CHORUSES, _OPENS_CHORUSES, _OPENS_OR_ENDS_A_LINE = 3.0, 2.0, 1.5
_BY_N_WORDS = {1: 0.5, 2: 1.0, 3: 1.3, 4: 1.2, 5: 1.0, 6: 0.8}
_WITH_A_SOUND = 0.3  # "oh" belongs to the tune
_IN_NO_CHORUS = 0.5  # of a song that has some
_PHRASE_WORDS = range(2, 6)
_COUNTED_WORDS = range(2, 7)  # a word more shows which phrases are parts of one
_MAX_TITLE = 80  # characters
_CLAUSE_ENDS = re.compile(r"[,;:.!?()\u2014\u3001\u3002]+\s*|\s-\s")
_SUNG_SOUNDS = frozenset("oh ooh ah aah la na da ba doo uh yeah whoa woah mm hmm dam dum sha".split())
_WEAK = frozenset(
    "about above across after against am as at be because been before behind beneath between by can't could "
    "did do does don't during from get gonna got had has have haven't how i'd i'll i've if inside into let "
    "let's near off onto or she's should since some than that's their them then there's these they they'd "
    "this those through too tryin under until upon us wanna we'll we're were where which while who will "
    "within without would you'll you're you've".split()
)
_SMALL = frozenset("a an the and but or nor of in on at to by for with from as".split())  # within a title
_MARKS = ',;:.!?()[]{}*/"-\u2013\u2014\u2026\u201c\u201d\u201e\u00ab\u00bb\u00a1\u00bf\u3001\u3002'
Phrase = tuple[str, ...]


def description_of(brief: Brief, song: Song, findings: Sequence[str] = ()) -> SongDescription:
    """Describe a song by what was measured: tempo, metre, mood."""
    reading = read_song(brief, song)
    mood = reading.themes[0].mood
    rng = reading.rng(brief.seed, "song", findings)
    genre = _genre(song, mood)
    sound = table("sounds")[genre]
    emotions = [table("moods")[word]["emotions"] for word in brief.moods if word in table("moods")]
    has_words = bool(hook_of(song))
    return SongDescription(
        title=_title(brief, song),
        genre=genre,
        recording=RecordingTags(**{name: rng.choice(sound[name]) for name in RecordingTags.model_fields}),
        vocals=VocalTags(
            emotions=", ".join(dict.fromkeys(emotions[:2])) or rng.choice(table("looks")[mood]["emotions"]),
            range="mid-range" if has_words else "",
            expression="plain and unforced" if has_words else "",
            voice="lead voice" if has_words else "",
        ),
    )


def notes_on(brief: Brief, song: Song) -> list[str]:
    """Say how much of the lyrics can be read here."""
    lines = [song.line(ref) for ref in song.line_refs()]
    language = language_of(lines, brief.language) if lines else "en"
    if language == "en":
        return []
    better = "a language model (--llm) reads them whole"
    if language:
        of = name_of(language)
        return [f"of {of} lyrics the built-in writer reads places, hours, weather and people; {better}"]
    return [
        f"the built-in writer does not read lyrics in {name_of(brief.language)}: the film follows "
        f"the sound and what few words it knows; {better}"
    ]


def _genre(song: Song, mood: str) -> str:
    """Return the genre of a mood whose usual tempo is nearest, as heard or in half or double time."""
    choices = _IN_THREE if song.time_signature in ("3/4", "6/8") else _GENRES[mood]
    sounds = table("sounds")

    def distance(genre: str) -> float:
        low, high = sounds[genre]["tempo"]
        tempos = [song.tempo_bpm * factor for factor in (0.5, 1.0, 2.0)]
        half, whole, double = (max(low - tempo, tempo - high, 0.0) / tempo for tempo in tempos)
        return float(min(whole, half + _OCTAVE, double + _OCTAVE))

    return min(choices, key=distance)


def _title(brief: Brief, song: Song) -> str:
    """Return a title from the lyrics; of a song without words from the topic or the mood."""
    if hook_of(song):
        return sung_title(song, brief.language)
    if brief.topic.strip():
        return title_from(brief.topic)
    words = [word.capitalize() for word in brief.moods[:2]]
    return " and ".join(words) if words else _NO_WORDS[brief.seed % len(_NO_WORDS)]


def sung_title(song: Song, language: str) -> str:
    """Return the words of a song that a listener would call it by.

    The whole line that opens or ends its choruses, or the phrase of 2 to 5 words that returns; of a song in
    which nothing returns the first clause that is short enough.
    """
    lines = [song.line(ref) for ref in song.line_refs()]
    code = language_of(lines, language)
    weak = _SUNG_SOUNDS | (_WEAK if code == "en" else frozenset())
    weak |= frozenset(table(f"cues/{code}")["common"].split()) if code else frozenset()
    choruses = [section.lines for section in song.sections if section.kind == "chorus" and section.lines]
    weights = _weights(lines, choruses, weak)
    if not weights:
        outer = [line for chorus in choruses for line in (chorus[-1], chorus[0])] or lines
        clauses = [words for line in outer for words in _clauses(line) if not weak.issuperset(_low(words))]
        short = [words for words in clauses if len(words) in _PHRASE_WORDS] or sorted(clauses, key=len)
        return _as_title(short[0], code) if short else title_from(lines[0])
    best = max(weights, key=lambda phrase: weights[phrase])
    return _as_title(next(words for line in lines for words in _runs(line) if _low(words) == best), code)


def _weights(lines: list[str], choruses: list[list[str]], weak: frozenset[str]) -> dict[Phrase, float]:
    """Return what each phrase that may be a title weighs, in the order they are sung."""
    returns, edges = Counter[Phrase](), Counter[Phrase]()
    for line in lines:
        counts = _counts_in(line)
        returns.update(counts)
        clauses = [_low(clause) for clause in _clauses(line)]
        edges.update({phrase for phrase in counts for clause in clauses if clause[: len(phrase)] == phrase})
        edges.update({phrase for phrase in counts if clauses[-1][-len(phrase) :] == phrase})
    in_choruses = {phrase for chorus in choruses for line in chorus for phrase in _counts_in(line)}
    weights = {}
    for phrase in _candidates(lines, choruses, returns, weak):
        place = _place(phrase, choruses, edges[phrase] / returns[phrase])
        where = _WITH_A_SOUND if _SUNG_SOUNDS & set(phrase) else 1.0
        where *= 1.0 if phrase in in_choruses or not choruses else _IN_NO_CHORUS
        weights[phrase] = math.sqrt(returns[phrase]) * place * _BY_N_WORDS[len(phrase)] * where
    return weights


def _candidates(
    lines: list[str], choruses: list[list[str]], returns: Counter[Phrase], weak: frozenset[str]
) -> Iterator[Phrase]:
    """Yield the whole lines that open or end choruses, clauses that return, and phrases that do.

    A phrase ends with a word that means something and begins with one, or a clause; it is never a part of a
    longer one that returns as often.
    """
    outer = {_low(_words(line)) for chorus in choruses for line in (chorus[0], chorus[-1])}
    clauses = {_low(clause) for line in lines for clause in _clauses(line)}
    begins = {clause[:n] for clause in clauses for n in range(1, len(clause) + 1)}
    parts = {
        part for phrase, n in returns.items() for part in (phrase[:-1], phrase[1:]) if returns[part] == n
    }
    for phrase, n in returns.items():
        is_whole = (
            (phrase[0] not in weak or phrase in begins) and phrase[-1] not in weak and phrase not in parts
        )
        is_sung_again = n > 1 and len(phrase) in _PHRASE_WORDS and (is_whole or phrase in clauses)
        if not weak.issuperset(phrase) and (is_sung_again or phrase in outer):
            yield phrase


def _place(phrase: Phrase, choruses: list[list[str]], edge_share: float) -> float:
    """Return what the place of a phrase counts for: each by the share of times that it stands there."""
    n_choruses = max(1, len(choruses))
    ends = sum(_low(_words(chorus[-1])) == phrase for chorus in choruses) / n_choruses
    opens = sum(_low(_words(chorus[0]))[: len(phrase)] == phrase for chorus in choruses) / n_choruses
    return 1.0 + max(
        (_ENDS_CHORUSES - 1) * ends,
        (_OPENS_CHORUSES - 1) * opens,
        (_OPENS_OR_ENDS_A_LINE - 1) * min(1.0, edge_share),
    )


def _counts_in(line: str) -> Counter[Phrase]:
    """Return how often a line has each phrase, a line of a few words itself, without overlapping."""
    counts = Counter[Phrase]()
    for clause in map(_low, _clauses(line)):
        until: dict[Phrase, int] = {}
        for first in range(len(clause)):
            for phrase in (clause[first : first + n] for n in _COUNTED_WORDS if first + n <= len(clause)):
                if first >= until.get(phrase, 0) and not _is_echo(phrase):
                    counts[phrase] += 1
                    until[phrase] = first + len(phrase)
    whole = _low(_words(line))
    if 1 <= len(whole) <= max(_BY_N_WORDS) and not _is_echo(whole):
        counts[whole] = max(counts[whole], 1)
    return counts


def _is_echo(phrase: Phrase) -> bool:
    """Whether a phrase is a shorter one several times."""
    return any(phrase == phrase[:n] * (len(phrase) // n) for n in range(1, len(phrase) // 2 + 1))


def _runs(line: str) -> Iterator[Phrase]:
    """Yield every run of words of a line as it is written."""
    for words in (*_clauses(line), _words(line)):
        yield from (words[a:b] for a in range(len(words)) for b in range(a + 1, len(words) + 1))


def _clauses(line: str) -> list[Phrase]:
    return [words for clause in _CLAUSE_ENDS.split(line) if (words := _words(clause))] or [_words(line)]


def _words(line: str) -> Phrase:
    words = (word.strip(_MARKS).lstrip("'\u2018") for word in line.split())
    return tuple(word for word in words if word) or (line.strip(),)


def _low(words: Sequence[str]) -> Phrase:
    return tuple(word.lower().replace("\u2019", "'") for word in words)


def _as_title(words: Phrase, language: str) -> str:
    """Return words as a title is written: in English with capitals but for small ones."""
    if all(word.isupper() for word in words) and len("".join(words)) > 3:
        words = tuple(word.lower() for word in words)
    last = len(words) - 1
    titled = [
        word[:1].upper() + word[1:]
        if index == 0 or (language == "en" and (index == last or word.lower() not in _SMALL))
        else word.lower()
        if language == "en"
        else word
        for index, word in enumerate(words)
    ]
    title = " ".join(titled)
    return title if len(title) <= _MAX_TITLE else title[:_MAX_TITLE].rsplit(" ", 1)[0]
