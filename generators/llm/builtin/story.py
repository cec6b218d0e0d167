"""The story: who it is about, where, what goes wrong and what changes."""

from __future__ import annotations

from collections.abc import Sequence

from storyboard.generators.llm.builtin.casting import Part
from storyboard.generators.llm.builtin.placing import meant, ranked_kinds, without_kin
from storyboard.generators.llm.builtin.reading import Reading
from storyboard.generators.llm.builtin.shapes import Shape
from storyboard.schema.board import Story
from storyboard.schema.cast import Character

_VOWELS = tuple("aeiou")


def story_of(
    reading: Reading,
    shape: Shape,
    parts: list[Part],
    cast: list[Character],
    seed: int,
    findings: Sequence[str] = (),
) -> Story:
    """Tell the story of a topic with its people; findings lead to another ending."""
    theme = reading.themes[0]
    names = [character.name for character in cast]
    who = [
        name if part.name else f"{name}, {role_phrase(part)}" for name, part in zip(names, parts, strict=True)
    ]
    about = " ".join(reading.topic.split()).rstrip(".!?,;:")
    about = about if len(about) <= 90 else reading.core
    rng = reading.rng(seed, "story", findings)
    ending = rng.choice((theme.change, *shape.change))
    summary = f"{names[0]} and {names[1]}: {about}. {_sentence(theme.trouble)} {ending}"
    return Story(
        summary=summary[:400],
        who="; ".join(who),
        where=_where(without_kin(ranked_kinds(reading, reading.rng(seed, "board")), meant(reading).named)),
        change=f"{_sentence(theme.trouble)} {ending}",
    )


def set_where(story: Story, reading: Reading) -> Story:
    """Return a story in the places that a song names, and in its theme's where it names few."""
    kinds = [*reading.words, *reading.themes[0].settings]
    return story.model_copy(update={"where": _where(kinds)})


def role_phrase(part: Part) -> str:
    """Return a role with its article: "the grandmother" if the topic tells of her, else "a baker"."""
    if part.role == "narrator":
        return "who sings"
    article = "the" if part.is_told else "an" if part.role.startswith(_VOWELS) else "a"
    return f"{article} {part.role}"


def _where(kinds: Sequence[str]) -> str:
    return ", ".join(_place(kind) for kind in list(dict.fromkeys(kinds))[:3])


def _place(kind: str) -> str:
    return {"moon": "the moon"}.get(kind, f"{'an' if kind.startswith(_VOWELS) else 'a'} {kind}")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
