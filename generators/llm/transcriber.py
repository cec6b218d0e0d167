"""Writing down what is sung: a recogniser behind any server that speaks the OpenAI audio protocol.

audio ─► mono, 16 kHz, FLAC ─► /audio/transcriptions ─► segments and words ─► lines as one sings them
                                 a form of answer is refused ─► a simpler one is asked for
"""

from __future__ import annotations

import functools
import itertools
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from storyboard.generators.llm.chat_spec import Place, parse_spec
from storyboard.generators.llm.clients import Client, Refused
from storyboard.generators.llm.heard_lines import HeardLine, Transcript, lines_of, read_answer
from storyboard.generators.llm.patience import Transient, patiently
from storyboard.generators.settings import KeySettings, Settings, load_settings
from storyboard.schema.errors import GeneratorError, GeneratorUnavailable, InputError, MediaError

__all__ = ["HeardLine", "configured_transcriber", "transcribe"]

VARIABLE = "STORYBOARD_TRANSCRIBER"
MAX_BYTES = 25_000_000
"""Hosted services take files of up to 25 MB (OpenAI, speech to text)."""
_RATE_HZ = 16_000  # what recognisers of speech work at
_TIMEOUT_S = 300.0
_MODELS = {"openai": "whisper-1", "together": "openai/whisper-large-v3"}
_FORMS: tuple[dict[str, Any], ...] = (
    {"response_format": "verbose_json", "timestamp_granularities": ["word", "segment"]},
    {"response_format": "verbose_json"},
    {"response_format": "json"},
)
Result = TypeVar("Result")


def configured_transcriber() -> str:
    """Return the spec of the recogniser that the user has chosen; empty if there is none."""
    return os.environ.get(VARIABLE, "").strip() or load_settings().transcriber.spec or ""


def transcribe(
    audio: Path, spec: str, language: str = "", *, settings: Settings | None = None, wait_s: float = 1.0
) -> list[HeardLine]:
    """Return the lines that are sung in a recording, in their order; none if nobody sings.

    Args:
        audio: a sound file; a compressed copy of it is sent.
        spec: "openai", "together", either with "#model", or "http://host:port/v1#model".
        language: its code, such as "de"; empty leaves it to the recogniser.
        settings: where keys are; None reads the user's.
        wait_s: the first pause before asking again, in seconds; it doubles each time.

    Raises:
        UnknownGenerator: the spec is none.
        GeneratorUnavailable: no key, no such model, no credit, or no server.
        GeneratorError: refused, silent or broken after several requests.
        InputError: the recording is longer than such a server takes.
        MediaError: the file is no sound that can be read.
    """
    place = parse_spec(spec)
    client = _opened(place, (settings or load_settings()).keys)
    model = spec.partition("#")[2] or _MODELS.get(place.server, "")
    with tempfile.TemporaryDirectory(prefix="storyboard-") as folder:
        sound = compressed(audio, Path(folder))
        request: dict[str, Any] = {"file": (sound.name, sound.read_bytes()), "temperature": 0.0}
    if not model:
        offer = _settled(client, functools.partial(client.first_model, _TIMEOUT_S), wait_s)
        if isinstance(offer, Refused):
            raise client.failure(offer.error, _TIMEOUT_S)
        model = offer
    request |= {"model": model, "timeout": _TIMEOUT_S}
    request |= {"language": language.partition("-")[0]} if language else {}
    return lines_of(_answer(client, request, wait_s))


def compressed(audio: Path, folder: Path) -> Path:
    """Write a recording into a folder as servers take it: mono, 16 kHz, at most MAX_BYTES.

    FLAC, which puts no delay before the sound; Opus where that is too large (from about 25 minutes on).

    Raises:
        InputError: it is too large even so (from about two hours on).
        MediaError: it cannot be read.
    """
    for name, codec, rate_bps in (("song.flac", "flac", None), ("song.ogg", "libopus", 24_000)):
        _encode(audio, folder / name, codec, rate_bps)
        if (folder / name).stat().st_size <= MAX_BYTES:
            return folder / name
    raise InputError(
        f"is too long to be written down: more than {MAX_BYTES // 1_000_000} MB when compressed",
        where=str(audio),
        hint="give the lyrics with --lyrics",
    )


def _encode(audio: Path, out: Path, codec: str, rate_bps: int | None) -> None:
    import av

    try:
        with av.open(str(audio)) as source, av.open(str(out), "w") as container:
            stream = cast(av.AudioStream, container.add_stream(codec, rate=_RATE_HZ, layout="mono"))
            if rate_bps:
                stream.bit_rate = rate_bps
            resampler = av.AudioResampler(format=stream.format, layout="mono", rate=_RATE_HZ)
            for frame in itertools.chain(source.decode(audio=0), [None]):
                for part in resampler.resample(frame):
                    part.pts = None
                    container.mux(stream.encode(part))
            container.mux(stream.encode(None))
    except (av.FFmpegError, OSError, IndexError, ValueError) as error:
        hint = "give a sound file such as WAV, FLAC or MP3"
        raise MediaError(f"is no sound that can be read ({error})", where=str(audio), hint=hint) from error


class _Recogniser(Client):
    """A server asked to write down speech."""

    def write_down(self, request: dict[str, Any]) -> Transcript:
        """Send a request and read its answer; raises as `Client.complete` does."""
        return self._ask(lambda: read_answer(self._client.audio.transcriptions.create(**request)))

    def failure(self, error: Exception, timeout_s: float) -> GeneratorError:
        """Say what an error means; without it, the words can only come from the user."""
        return _for_lyrics(super().failure(error, timeout_s), self.where)


def _opened(place: Place, keys: KeySettings) -> _Recogniser:
    where = f"transcriber {place.spec}"
    try:
        client = _Recogniser(place, keys)
    except GeneratorUnavailable as error:
        failure = _for_lyrics(error, where)
    else:
        client.where = where
        return client
    raise failure


def _for_lyrics(error: GeneratorError, where: str) -> GeneratorError:
    """Return an error of a writer as one of a recogniser, which has no built-in other."""
    error.where = where
    error.hint = re.sub(r"(, or use --llm builtin|; --llm builtin needs none)$", "", error.hint)
    error.hint += "; or give the words with --lyrics"
    return error


def _answer(client: _Recogniser, request: dict[str, Any], wait_s: float) -> Transcript:
    """Ask for times of words and segments; where a server refuses, for those of segments, then for text."""
    for form in _FORMS:
        answer = _settled(client, functools.partial(client.write_down, request | form), wait_s)
        if not isinstance(answer, Refused):
            return answer
        refused = answer
    raise client.failure(refused.error, _TIMEOUT_S)


def _settled(client: _Recogniser, question: Callable[[], Result], wait_s: float) -> Result | Refused:
    """Return the result of a question, or how it was refused; raise what else went wrong."""
    try:
        return patiently(question, wait_s)
    except Refused as refused:
        return refused
    except GeneratorError:
        raise
    except Exception as error:
        failure = client.failure(error.error if isinstance(error, Transient) else error, _TIMEOUT_S)
    # Raised out here: a client's error in its context could show the key.
    raise failure
