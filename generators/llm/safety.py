"""Safety: topics that no film is made about are refused before anything is spent."""

from __future__ import annotations

from storyboard.generators.lint.screening import refusal_of, refusal_of_lyrics
from storyboard.schema.errors import InputError, TopicError
from storyboard.schema.song import Song


def refuse_forbidden(topic: str) -> None:
    """Let a topic pass, or refuse it.

    Raises:
        TopicError: the topic asks for sexual content about minors or real people, for hatred against a group
            of people, or for instructions for violence; the message says which.
    """
    refusal = refusal_of(topic)
    if refusal:
        raise TopicError(refusal.reason, where="topic", hint=refusal.hint)


def refuse_forbidden_lyrics(song: Song) -> None:
    """Let a musician's own song pass, or refuse it.

    Lyrics may curse, hate and threaten as songs do; only what is refused wherever it stands is refused here.

    Raises:
        InputError: the lyrics are sexual about minors.
    """
    for index, section in enumerate(song.sections):
        refusal = refusal_of_lyrics([song.title, *section.lines] if not index else section.lines)
        if refusal:
            raise InputError(refusal.reason, where=f"lyrics, section {index + 1}", hint="bring another song")
