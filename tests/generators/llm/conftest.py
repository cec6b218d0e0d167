"""A board made by the built-in writer, and a server that plays scripted answers."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from storyboard.generators.llm import Brief
from storyboard.generators.llm.builtin import BuiltinWriter
from storyboard.schema.board import Look, Storyboard


def write_board(topic: str, seed: int = 0, n_scenes: int = 6) -> Storyboard:
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


def _completion(content: str | None, finish: str = "stop", **message: Any) -> dict[str, Any]:
    choice = {
        "index": 0,
        "finish_reason": finish,
        "message": {"role": "assistant", "content": content, **message},
    }
    return {"id": "1", "object": "chat.completion", "created": 0, "model": "scripted", "choices": [choice]}


@dataclass
class ScriptedServer:
    """Answers each request with the next step of its script: a body, or (status, headers, body)."""

    url: str
    script: list[Any] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    delay_s: float = 0.0

    def says(self, *contents: Any) -> None:
        """Add answers: text, a document to be sent as JSON, or a ready step."""
        for content in contents:
            ready = isinstance(content, tuple) or (isinstance(content, dict) and "choices" in content)
            text = content if isinstance(content, str) else None if ready else json.dumps(content)
            self.script.append(content if ready else _completion(text))

    def fails(self, status: int, message: str = "no", **headers: str) -> None:
        self.script.append((status, headers, {"error": {"message": message}}))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    for variable in ("OPENAI_API_KEY", "TOGETHER_API_KEY", "STORYBOARD_LLM_KEY", "STORYBOARD_LLM"):
        monkeypatch.delenv(variable, raising=False)
    scripted = ScriptedServer("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(200, {}, {"object": "list", "data": [{"id": "first-model", "object": "model"}]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            scripted.requests.append(json.loads(body))
            scripted.keys.append(self.headers.get("Authorization", ""))
            step = scripted.script.pop(0)
            time.sleep(scripted.delay_s)
            status, headers, answer = step if isinstance(step, tuple) else (200, {}, step)
            self._send(status, headers, answer)

        def _send(self, status: int, headers: dict[str, str], answer: Any) -> None:
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            with contextlib.suppress(OSError):  # a client that no longer waits
                self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    scripted.url = f"http://127.0.0.1:{http.server_address[1]}/v1#scripted"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield scripted
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture
def completion() -> Callable[..., dict[str, Any]]:
    return _completion
