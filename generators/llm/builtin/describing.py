"""Describing a given song: a genre and tags that fit its tempo and the mood that was heard in it."""

from __future__ import annotations

from collections.abc import Sequence

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
    """Return a title from the hook; of a song without words from the topic or the mood."""
    hook = hook_of(song)
    if hook:
        return title_from(hook)
    if brief.topic.strip():
        return title_from(brief.topic)
    words = [word.capitalize() for word in brief.moods[:2]]
    return " and ".join(words) if words else _NO_WORDS[brief.seed % len(_NO_WORDS)]
