"""The espeak-ng library, asked through a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.models.packages import need
from storyboard.schema.errors import GeneratorError, GeneratorUnavailable

Floats = NDArray[np.float32]
WHERE = "espeak"


@dataclass(frozen=True)
class Voice:
    """A voice of the library: its file, and its languages with their priority, the best lowest."""

    name: str
    file: str
    languages: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Phoneme:
    """One phoneme in IPA, stressed ones with their mark; an empty one is a pause."""

    ipa: str
    start_s: float


@dataclass(frozen=True)
class Speech:
    """What was spoken: samples, and where in it each word of the text and each phoneme starts.

    `words` pairs the index of a character in the text with a time in seconds.
    """

    samples: Floats
    rate_hz: int
    words: tuple[tuple[int, float], ...]
    phonemes: tuple[Phoneme, ...]


class Speaker:
    """A running espeak-ng."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    @cached_property
    def _about(self) -> dict[str, Any]:
        return dict(self._ask({"do": "about"}))

    def require(self) -> None:
        """Raise GeneratorUnavailable unless the library answers."""
        _ = self._about

    @property
    def version(self) -> str:
        """The version of the library."""
        return str(self._about["version"])

    @property
    def voices(self) -> list[Voice]:
        """Every voice of the library."""
        return [
            Voice(each["name"], each["file"], tuple((rank, code) for rank, code in each["languages"]))
            for each in self._about["voices"]
        ]

    def take_voice(self, name: str) -> bool:
        """Speak with this voice from now on; false when the library has none of that name."""
        return bool(self._ask({"do": "voice", "name": name}))

    def speak(self, text: str, rate_wpm: int, pitch: int = 50, pitch_range: int = 50) -> Speech:
        """Speak a text; pitch and its range go from 0 to 100.

        Raises:
            GeneratorError: the library failed.
        """
        question = {"do": "speak", "text": text, "rate_wpm": rate_wpm}
        said = self._ask({**question, "pitch": pitch, "pitch_range": pitch_range})
        data = self._read(said["n_bytes"])
        if said["failed"]:
            raise GeneratorError(f"espeak-ng cannot speak {text!r} (error {said['failed']})", where=WHERE)
        rate_hz = int(self._about["rate_hz"])
        return Speech(
            np.frombuffer(data, np.int16).astype(np.float32) / np.float32(32768),
            rate_hz,
            tuple((position, sample / rate_hz) for position, sample, _ in said["words"]),
            tuple(Phoneme(ipa, sample / rate_hz) for _, sample, ipa in said["phonemes"]),
        )

    def _ask(self, question: Mapping[str, object]) -> Any:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin and stdout
        try:
            stdin.write(json.dumps(question).encode() + b"\n")
            stdin.flush()
        except BrokenPipeError:
            raise self._died() from None
        line = stdout.readline()
        if not line:
            raise self._died()
        return json.loads(line)

    def _read(self, n_bytes: int) -> bytes:
        assert self._process.stdout
        data = self._process.stdout.read(n_bytes)
        if len(data) < n_bytes:
            raise self._died()
        return data

    def _died(self) -> GeneratorError:
        self._process.wait(timeout=10)
        assert self._process.stderr
        said = self._process.stderr.read().decode(errors="replace").strip().splitlines()
        reason = said[-1] if said else f"exit code {self._process.returncode}"
        return _broken(reason)


def _broken(reason: str) -> GeneratorUnavailable:
    hint = 'pip install --force-reinstall "storyboard[espeak]"'
    return GeneratorUnavailable(f"espeak-ng does not run ({reason})", where=WHERE, hint=hint)


@contextmanager
def speaker(seed: int = 0) -> Iterator[Speaker]:
    """Start espeak-ng, and end it afterwards; the seed is that of the noise in its voice.

    Raises:
        GeneratorUnavailable: espeakng-loader is missing, or its library does not load.
    """
    need("espeakng_loader", extra="espeak", where=WHERE)
    import espeakng_loader

    program = Path(__file__).with_name("speaking.py")
    try:
        library, data = str(espeakng_loader.get_library_path()), str(espeakng_loader.get_data_path())
    except RuntimeError as error:
        raise _broken(str(error)) from error
    process = subprocess.Popen(
        [sys.executable, "-I", str(program), library, data, str(seed & 0x7FFFFFFF)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield Speaker(process)
    finally:
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe and not pipe.closed:
                _close(pipe)
        process.kill()
        process.wait()


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except BrokenPipeError:  # a question that was never read
        pass
