"""Safety: topics that no film is made about are refused before anything is spent."""

from __future__ import annotations

from storyboard.generators.lint.screening import refusal_of
from storyboard.schema.errors import TopicError


def refuse_forbidden(topic: str) -> None:
    """Let a topic pass, or refuse it.

    Raises:
        TopicError: the topic asks for sexual content about minors or real people, for hatred against a group
            of people, or for instructions for violence; the message says which.
    """
    refusal = refusal_of(topic)
    if refusal:
        raise TopicError(refusal.reason, where="topic", hint=refusal.hint)
