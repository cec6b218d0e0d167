"""What a user asks for: the topic and the options of a film, checked before any work."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from storyboard.generators.llm.safety import refuse_forbidden
from storyboard.orchestrator.given import Given, GivenFile, WantedVoice
from storyboard.schema.board import Aspect, Cutting, Generators, Look, Output, Pace, Parameter, Told
from storyboard.schema.document import Line, Part, Text
from storyboard.schema.errors import InputError, TopicError
from storyboard.schema.files import field_path
from storyboard.schema.timeline import AccentKind

MAX_TOPIC = 2000  # characters
MAX_SCENES = 12


class Options(Part):
    """The topic and everything that decides how it becomes a film."""

    topic: str
    seed: int = Field(default=0, ge=0, lt=2**32)
    scenes: int = Field(default=6, ge=1, le=MAX_SCENES)
    aspect: Aspect = "16:9"
    height: Annotated[int, Field(ge=144, le=2160, multiple_of=2)] = 720
    fps: Annotated[int, Field(ge=8, le=60)] = 24
    style: Annotated[Text, Field(max_length=400)] = ""
    language: Annotated[str, Field(pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$")] = ""
    pace: Pace = "medium"
    transitions: Literal["mixed", "cuts"] = "mixed"
    accents: list[AccentKind] = Field(default_factory=list, max_length=2)
    captions: Literal["burned", "soft", "none"] = "burned"
    titles: bool = True
    clean: bool = False
    also: list[Aspect] = Field(default_factory=list, max_length=2)
    llm: Line = "auto"
    voice: Line = "auto"
    music: Line = "auto"
    video: Line = "auto"
    image: Line = "auto"
    takes: int = Field(default=1, ge=1, le=8)
    parameters: dict[Told, dict[str, Parameter]] = Field(default_factory=dict)
    song: GivenFile | None = None
    lyrics: GivenFile | None = None
    voice_sample: WantedVoice | None = None

    @property
    def generators(self) -> Generators:
        """The generators asked for."""
        chosen = {family: getattr(self, family) for family in ("llm", "voice", "music", "video", "image")}
        return Generators(**chosen, takes=self.takes, parameters=self.parameters)

    @property
    def cutting(self) -> Cutting:
        """What is wanted of the cuts."""
        return Cutting(pace=self.pace, transitions=self.transitions, accents=self.accents)

    @property
    def output(self) -> Output:
        """The films that are wanted."""
        return Output(captions=self.captions, titles=self.titles, clean=self.clean, also=self.also)

    def look(self, style: str, palette: list[str]) -> Look:
        """Return the look of the film with the writer's style and palette."""
        return Look(style=style, palette=palette, aspect=self.aspect, height=self.height, fps=self.fps)


def options_of(topic: str, given: Given | None = None, **options: Any) -> Options:
    """Check a topic, options and the files that the user brings; a song of one's own needs no topic.

    Raises:
        TopicError: the topic is empty, too long, not plain text, or one that no film is made about.
        InputError: an option is unknown or out of its range; the message names it.
    """
    given = given or Given()
    if given.lyrics is not None and given.song is None:
        raise InputError(
            "lyrics come with a song", where=f"--lyrics {given.lyrics}", hint="give the recording with --song"
        )
    tidy = clean_topic(topic) if topic.strip() or given.song is None else ""
    try:
        return Options(topic=tidy, **options, **given.as_options())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        known = ", ".join(name for name in Options.model_fields if name != "topic")
        if first["type"] == "extra_forbidden":
            raise InputError("no such option", where=field_path(first), hint=f"known: {known}") from error
        message = first["msg"][0].lower() + first["msg"][1:]
        raise InputError(
            f"{message}, not {first['input']!r}",
            where=f"option {field_path(first)}",
            hint="storyboard make --help lists the options",
        ) from error


def clean_topic(topic: str) -> str:
    """Return the topic with its white space tidied.

    Raises:
        TopicError: it is empty, too long or holds characters that are not text.
    """
    tidy = " ".join(unicodedata.normalize("NFC", topic).split())
    for position, char in enumerate(tidy):
        if unicodedata.category(char) in ("Cc", "Cs"):
            raise TopicError(
                f"character {position + 1} (U+{ord(char):04X}) is a control character, not text",
                where="topic",
                hint="write the topic as plain text",
            )
    if not tidy:
        raise TopicError(
            "is empty",
            where="topic",
            hint='say what the film is about: storyboard "my first bike"; or bring a song: --song FILE',
        )
    if len(tidy) > MAX_TOPIC:
        raise TopicError(
            f"has {len(tidy):,} characters; at most {MAX_TOPIC:,} are read",
            where="topic",
            hint="say it in a sentence or two",
        )
    refuse_forbidden(tidy)
    return tidy
