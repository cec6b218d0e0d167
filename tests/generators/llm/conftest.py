"""Boards made by the built-in writer, finished songs, and a server that plays scripted answers."""

from __future__ import annotations

import contextlib
import json
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from storyboard.generators.llm import Brief
from storyboard.schema.board import Look, Storyboard
from storyboard.schema.song import Song


def write_board(topic: str, seed: int = 0, n_scenes: int = 6) -> Storyboard:
    from storyboard.generators.llm.builtin import BuiltinWriter

    writer = BuiltinWriter()
    brief = Brief(topic=topic, seed=seed, n_scenes=n_scenes)
    song = writer.write_song(brief)
    story = writer.tell_story(brief, song)
    cast = writer.cast(brief, song, story)
    scenes = writer.draw_board(brief, song, story, cast)
    style, palette = writer.look(brief, song)
    look = Look(style=style, palette=palette)
    return Storyboard(topic=topic, seed=seed, look=look, song=song, story=story, cast=cast, scenes=scenes)


@pytest.fixture(scope="session")
def board_of() -> Callable[..., Storyboard]:
    return write_board


@dataclass(frozen=True)
class GivenSong:
    """A finished song as the sync engine hands it on, and what a writer is told of it."""

    song: Song
    moods: tuple[str, ...]
    language: str

    def brief(self, topic: str = "", seed: int = 0, n_scenes: int = 6) -> Brief:
        return Brief(
            topic=topic,
            seed=seed,
            n_scenes=n_scenes,
            language=self.language,
            moods=self.moods,
            is_given=True,
        )


def _given(data: dict[str, Any]) -> GivenSong:
    sections: list[dict[str, Any]] = []
    for line in data["lyrics"].strip().splitlines():
        if line.startswith("["):
            sections.append({"kind": line.strip("[]"), "lines": []})
        else:
            sections[-1]["lines"].append(line)
    song = Song.model_validate(
        {
            "title": data["title"],
            "genre": "unknown",
            "tempo_bpm": data["tempo_bpm"],
            "key": data["key"],
            "time_signature": data.get("time_signature", "4/4"),
            "sections": sections or [{"kind": "instrumental"}],
            "audio": {"file": "song/original.mp3", "sha256": "0" * 64, "duration_s": 190.0},
        }
    )
    return GivenSong(song, tuple(data["moods"]), data.get("language", "en"))


@pytest.fixture(scope="session")
def given_songs() -> dict[str, GivenSong]:
    path = Path(__file__).with_name("given_songs.toml")
    return {name: _given(data) for name, data in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def write_film(given: GivenSong, topic: str = "", seed: int = 0, n_scenes: int = 6) -> Storyboard:
    """Write everything but the song."""
    from storyboard.generators.llm.builtin import BuiltinWriter

    writer, brief = BuiltinWriter(), given.brief(topic, seed, n_scenes)
    song = writer.describe_song(brief, given.song)
    style, palette = writer.look(brief, song)
    story = writer.tell_story(brief, song)
    cast = writer.cast(brief, song, story)
    scenes = writer.draw_board(brief, song, story, cast)
    return Storyboard(
        topic=topic,
        seed=seed,
        language=given.language,
        look=Look(style=style, palette=palette),
        song=song,
        story=story,
        cast=cast,
        scenes=scenes,
        notes=writer.notes,
    )


@pytest.fixture(scope="session")
def film_of() -> Callable[..., Storyboard]:
    return write_film


def _completion(
    content: str | None, finish: str = "stop", tokens: tuple[int, int] | None = None, **message: Any
) -> dict[str, Any]:
    """Build an answer; `tokens` are those of the prompt and of the answer, as the server counts them."""
    choice = {
        "index": 0,
        "finish_reason": finish,
        "message": {"role": "assistant", "content": content, **message},
    }
    answer = {"id": "1", "object": "chat.completion", "created": 0, "model": "scripted", "choices": [choice]}
    if tokens:
        answer["usage"] = {
            "prompt_tokens": tokens[0],
            "completion_tokens": tokens[1],
            "total_tokens": sum(tokens),
        }
    return answer


@dataclass
class ScriptedServer:
    """Answers each request with the next step of its script.

    A step is an answer's JSON, (status, headers, JSON), or a function that plays it on the handler.
    `respond`, if set, makes a step for each request once the script is over.
    """

    url: str
    script: list[Any] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    delay_s: float = 0.0
    respond: Callable[[dict[str, Any]], Any] | None = None
    over: threading.Event = field(default_factory=threading.Event)

    def says(self, *contents: Any) -> None:
        """Add answers: text, a document to be sent as JSON, or a ready step."""
        self.script += [self.answer(content) for content in contents]

    def answer(self, content: Any) -> Any:
        """Make a step of text, a document or a ready step."""
        if isinstance(content, tuple) or callable(content):
            return content
        if isinstance(content, dict) and "choices" in content:
            return content
        return _completion(content if isinstance(content, str) else json.dumps(content))

    def fails(self, status: int, message: str = "no", **headers: str) -> None:
        """Add an error of HTTP."""
        self.script.append((status, headers, {"error": {"message": message}}))

    def hangs(self) -> None:
        """Add a silence that lasts until the test ends."""
        self.script.append(lambda handler: self.over.wait())

    def sends(self, data: bytes, content_type: str = "application/json", status: int = 200) -> None:
        """Add a body that may be anything."""
        self.script.append(lambda handler: _send(handler, status, {"Content-Type": content_type}, data))

    def cuts_the_body(self, content: str = "a long answer") -> None:
        """Add an answer that breaks off half-way through the bytes it promised."""
        data = json.dumps(_completion(content)).encode()
        headers = {"Content-Type": "application/json", "Content-Length": str(len(data))}
        self.script.append(lambda handler: _send(handler, 200, headers, data[: len(data) // 2], cut=True))

    def cuts_the_stream(self, content: str = "a long answer") -> None:
        """Add an answer in chunks that breaks off before the last of them."""
        data = json.dumps(_completion(content)).encode()
        first = data[: len(data) // 2]
        chunk = f"{len(first):x}\r\n".encode() + first + b"\r\n"
        headers = {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
        self.script.append(lambda handler: _send(handler, 200, headers, chunk, cut=True))

    def next_step(self, request: dict[str, Any]) -> Any:
        if self.script:
            return self.script.pop(0)
        if self.respond:
            return self.answer(self.respond(request))
        return 409, {}, {"error": {"message": "the script is over: this request was not expected"}}


def _send(
    handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], data: bytes, cut: bool = False
) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    if not {"Content-Length", "Transfer-Encoding"} & set(headers):
        handler.send_header("Content-Length", str(len(data)))
    with contextlib.suppress(OSError):  # a client that no longer waits
        handler.end_headers()
        handler.wfile.write(data)
    if cut:
        handler.close_connection = True


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    for variable in ("OPENAI_API_KEY", "TOGETHER_API_KEY", "STORYBOARD_LLM_KEY", "STORYBOARD_LLM"):
        monkeypatch.delenv(variable, raising=False)
    scripted = ScriptedServer("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            models = {"object": "list", "data": [{"id": "first-model", "object": "model"}]}
            self._play((200, {}, models))

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            scripted.requests.append(request)
            scripted.keys.append(self.headers.get("Authorization", ""))
            scripted.paths.append(self.path)
            time.sleep(scripted.delay_s)
            self._play(scripted.next_step(request))

        def _play(self, step: Any) -> None:
            if callable(step):
                step(self)
                return
            status, headers, answer = step if isinstance(step, tuple) else (200, {}, step)
            _send(self, status, {"Content-Type": "application/json", **headers}, json.dumps(answer).encode())

        def log_message(self, *_: Any) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    scripted.url = f"http://127.0.0.1:{http.server_address[1]}/v1#scripted"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield scripted
    scripted.over.set()
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture
def completion() -> Callable[..., dict[str, Any]]:
    return _completion
