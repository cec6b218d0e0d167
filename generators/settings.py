"""The user's settings: models and temperatures of the writing, the keys, and where models run.

They live outside every project, in settings.toml of the user's configuration folder (on Linux
~/.config/storyboard), or wherever the environment variable STORYBOARD_SETTINGS says:

    [llm]
    spec = "openai#gpt-5-mini"
    temperature = 0.9

    [llm.steps.critic]
    model = "gpt-5-nano"
    temperature = 0.2

    [keys]
    openai = "..."

    [video]
    negative_prompt = "blurry, watermark"

    [models]                  # of voice, music and video, on this machine
    device = "cuda:1"
    offload = "model"

    [transcriber]             # writes down the words of a song that comes without lyrics
    spec = "openai#whisper-1"

    [listening]               # models that hear better than the built-in ones; fetched by `storyboard pull`
    words = "wav2vec2"        # one for each language; or wav2vec2:ORG/NAME, wav2vec2:FOLDER, or mms
    beats = "beat_this"       # or beat_this:small0, beat_this:FOLDER
"""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path
from typing import Annotated, Literal, get_args

import platformdirs
from pydantic import ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from storyboard.schema.document import Line, Part, Text
from storyboard.schema.errors import DocumentError
from storyboard.schema.files import invalid

PATH_VARIABLE = "STORYBOARD_SETTINGS"
StepName = Literal["song", "look", "story", "cast", "board", "critic", "revise"]
STEPS: tuple[str, ...] = get_args(StepName)


class AskSettings(Part):
    """How a question is asked; what is None is left to the level above, at last to the server."""

    model: Line | None = None
    temperature: Annotated[float, Field(ge=0.0, le=2.0)] | None = None
    max_tokens: Annotated[int, Field(ge=16, le=1_000_000, description="longest answer")] | None = None
    timeout_s: Annotated[float, Field(gt=0.0, le=3600.0, description="longest wait, seconds")] | None = None


class LlmSettings(AskSettings):
    """The model to write with, what holds for every step, and what a step has of its own."""

    spec: Line | None = None
    steps: dict[StepName, AskSettings] = Field(default_factory=dict)


class KeySettings(Part):
    """Keys of the hosts; the environment goes before them."""

    model_config = ConfigDict(hide_input_in_errors=True)

    openai: SecretStr | None = None
    together: SecretStr | None = None
    url: SecretStr | None = None


class VideoSettings(Part):
    """What every film of this user shall have."""

    negative_prompt: Text | None = Field(default=None, description="what no scene should show")


class ModelSettings(Part):
    """Where and how models run on this machine."""

    device: Line = Field(default="auto", description="auto, cpu, cuda, cuda:1, mps …")
    dtype: Literal["auto", "float32", "float16", "bfloat16"] = "auto"
    offload: Literal["auto", "none", "model", "sequential"] = Field(
        default="auto",
        description="what waits in main memory until the card needs it; auto: as its free memory asks for",
    )
    compile: bool = Field(default=False, description="compile a video model first: minutes once, then faster")
    likeness: Text = Field(
        default="",
        description="a CLIP model by which takes are compared with portraits; empty: what is on this machine",
    )


class TranscriberSettings(Part):
    """The server that writes down what is sung: "openai#MODEL", or a URL with "#MODEL"."""

    spec: Line | None = None


class ListeningSettings(Part):
    """The models that find words and beats in a song; an empty name is the built-in one."""

    words: Annotated[str, Field(max_length=400, pattern=r"^(|mms|wav2vec2(:.+)?)$")] = Field(
        default="", description="wav2vec2, wav2vec2:LANGUAGE, wav2vec2:MODEL, mms"
    )
    beats: Annotated[str, Field(max_length=400, pattern=r"^(|beat_this(:.+)?)$")] = Field(
        default="", description="beat_this, beat_this:NAME, beat_this:FOLDER"
    )


class Settings(BaseSettings):
    """Everything in settings.toml; `Settings()` reads it, arguments go before what it says."""

    model_config = SettingsConfigDict(extra="forbid", hide_input_in_errors=True)

    llm: LlmSettings = Field(default_factory=LlmSettings)
    keys: KeySettings = Field(default_factory=KeySettings)
    video: VideoSettings = Field(default_factory=VideoSettings)
    models: ModelSettings = Field(default_factory=ModelSettings)
    transcriber: TranscriberSettings = Field(default_factory=TranscriberSettings)
    listening: ListeningSettings = Field(default_factory=ListeningSettings)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Leave the environment out: STORYBOARD_LLM is a spec there, not the table [llm]."""
        return init_settings, TomlConfigSettingsSource(settings_cls, settings_path())

    def ask(self, step: StepName, server: str = "") -> AskSettings:
        """Return how a step is asked: its own settings over those of [llm].

        Args:
            step: what is written.
            server: the server to be asked, a spec without its model. The models named here belong
                to the server of [llm] spec, and are left out when another is asked.
        """
        own = self.llm.steps.get(step, AskSettings()).model_dump(exclude_none=True)
        values = {name: own.get(name, getattr(self.llm, name)) for name in AskSettings.model_fields}
        home = (self.llm.spec or server).partition("#")[0].rstrip("/")
        if server and home != server:
            values["model"] = None
        return AskSettings(**values)


def settings_path() -> Path:
    """Return where the settings are, whether or not there are any."""
    chosen = os.environ.get(PATH_VARIABLE, "").strip()
    return (
        Path(chosen).expanduser() if chosen else platformdirs.user_config_path("storyboard") / "settings.toml"
    )


def load_settings() -> Settings:
    """Read the settings; without a file, every one has its default.

    Raises:
        DocumentError: the file that STORYBOARD_SETTINGS names is missing, the file is not TOML, a
            field is wrong, or it holds keys and others may read it.
    """
    path = settings_path()
    if not path.exists() and not os.environ.get(PATH_VARIABLE, "").strip():
        return Settings()
    settings, failure = _read(path)
    # Raised out here: the context of the error could hold a key.
    if failure or not settings:
        raise failure or AssertionError
    if settings.keys.model_dump(exclude_none=True) and _others_may_read(path):
        raise DocumentError("holds keys and others may read it", where=str(path), hint=f"chmod 600 {path}")
    return settings


def _read(path: Path) -> tuple[Settings | None, DocumentError | None]:
    try:
        with path.open("rb"):
            return Settings(), None
    except OSError as error:
        hint = f"correct or unset {PATH_VARIABLE}"
        return None, DocumentError(f"cannot be read ({error.strerror})", where=str(path), hint=hint)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "not UTF-8"
        return None, DocumentError(f"is not TOML ({problem})", where=str(path), hint="mend the TOML")
    except ValidationError as error:
        return None, invalid(error, str(path))


def _others_may_read(path: Path) -> bool:
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))
