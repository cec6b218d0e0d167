"""Write storyboards for twenty topics with both writers and print what came out.

python benchmarks/writing.py

The second writer is a language model played by a local server: once without failures, which gives the
overhead of our own code, and once with 30 % of the answers broken in every way that servers and models
break them (429, 500, a hang, half a body, truncated JSON, no choices, a refusal, another schema, noise,
twenty scenes for six). A refused key is not among them: it is final, and said at once.
"""

from __future__ import annotations

import json
import os
import random
import tempfile
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import storyboard
from storyboard.generators.lint import lint
from storyboard.prompts import character_description
from storyboard.schema.errors import StoryboardError

TOPICS = (
    "I met my ex on TikTok",
    "a robot learns to bake bread",
    "my grandmother's garden",
    "the last train to Osaka",
    "quitting my job",
    "dragons versus lawyers",
    "two old friends",
    "a postcard from my brother",
    "the night shift",
    "moving out of my first flat",
    "a lighthouse keeper's dog",
    "learning to swim at sixty",
    "my bicycle was stolen",
    "the summer we built a raft",
    "first snow in the desert",
    "a violin in the subway",
    "the chess club",
    "letters from the moon",
    "grandfather's fishing boat",
    "rain on the football field",
)
LATENCY_S = 0.02
FAILURES = (
    "429", "500", "hang", "half", "truncated", "empty", "refusal", "schema", "noise", "twenty",
)  # fmt: skip


@dataclass
class Model:
    """A language model that answers every question from a board, and sometimes fails."""

    board: storyboard.Storyboard | None = None
    share_failing: float = 0.0
    rng: random.Random = field(default_factory=lambda: random.Random(7))
    n_calls: int = 0
    n_failed: int = 0

    def document(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the right answer to a question, known by the fields that it asks for."""
        board, asked = self.board, set(schema.get("properties", {}))
        assert board is not None
        if "sections" in asked:
            return board.song.model_dump()
        if "palette" in asked:
            return {"style": board.look.style, "palette": board.look.palette}
        if "summary" in asked:
            return board.story.model_dump()
        if "characters" in asked:
            return {"characters": [character.model_dump() for character in board.cast]}
        if "scenes" in asked:
            kept = set(schema["$defs"]["SceneDraft"]["properties"])
            return {"scenes": [scene.model_dump(include=kept) for scene in board.scenes]}
        return {name: {"score": 4, "reason": "good", "where": ""} for name in asked}


def main() -> None:
    """Print a table for each writer."""
    boards, seconds = [], []
    for topic in TOPICS:
        start_s = time.perf_counter()
        boards.append(storyboard.plan(topic, llm="builtin"))
        seconds.append(time.perf_counter() - start_s)
    show("built-in writer", boards, {"seconds a plan": f"{sum(seconds) / len(seconds):.2f}"})
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "settings.toml"
        settings.write_text("[llm]\ntimeout_s = 1.0\n")
        os.environ["STORYBOARD_SETTINGS"] = str(settings)
        for share in (0.0, 0.3):
            with_a_model(boards, share, Path(folder) / f"{share}")


def with_a_model(answers: list[storyboard.Storyboard], share_failing: float, folder: Path) -> None:
    """Write every topic with the model played by a server, and print the figures."""
    model = Model(share_failing=share_failing)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(model))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    spec = f"http://127.0.0.1:{server.server_address[1]}/v1#scripted"
    boards, wall_s, waited_s, failures = [], 0.0, 0.0, []
    for index, (topic, answer) in enumerate(zip(TOPICS, answers, strict=True)):
        model.board = answer
        out = folder / str(index)
        start_s = time.perf_counter()
        try:
            boards.append(storyboard.create(topic, llm=spec, out=out, plan_only=True).storyboard)
        except StoryboardError as error:
            failures.append(f"{topic}: {error}")
        wall_s += time.perf_counter() - start_s
        usage = json.loads((out / ".storyboard/usage.json").read_text())
        waited_s += sum(step["waited_s"] for step in usage["steps"].values())
    server.shutdown()
    n = len(TOPICS)
    extra = {
        "finished": f"{len(boards)} of {len(TOPICS)}",
        "calls a plan": f"{model.n_calls / n:.1f}, {model.n_failed / model.n_calls:.0%} of them broken",
        "wall time a plan": f"{wall_s / n:.2f} s, of which waiting for the model {waited_s / n:.2f} s",
    }
    if not share_failing:
        extra["our own time a step"] = f"{(wall_s - waited_s) / len(TOPICS) / 5 * 1000:.0f} ms"
    show(f"language model, {share_failing:.0%} of answers broken", boards, extra)
    print(*failures, sep="\n")


def handler_of(model: Model) -> type[BaseHTTPRequestHandler]:
    """Return a handler that speaks the chat protocol for a model."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            time.sleep(LATENCY_S)
            model.n_calls += 1
            failure = model.rng.choice(FAILURES) if model.rng.random() < model.share_failing else ""
            model.n_failed += bool(failure)
            schema = request.get("response_format", {}).get("json_schema", {}).get("schema", {})
            self.answer(failure, json.dumps(model.document(schema)))

        def answer(self, failure: str, good: str) -> None:
            if failure in ("429", "500"):
                return self.send(int(failure), {"error": {"message": "try later"}})
            if failure == "hang":
                time.sleep(1.5)
            if failure == "empty":
                return self.send(200, {**completion(""), "choices": []})
            if failure == "refusal":
                return self.send(200, completion(None, refusal="I cannot write about that."))
            text = {
                "truncated": good[: len(good) // 2],
                "schema": '{"answer": 42}',
                "noise": "\u2603\ufffd{[(" * 40,
                "twenty": json.dumps({"scenes": json.loads(good).get("scenes", [])[:1] * 20}),
            }.get(failure, good)
            return self.send(200, completion(text), half=failure == "half")

        def send(self, status: int, body: dict[str, Any], *, half: bool = False) -> None:
            data = json.dumps(body).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Retry-After", "0")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data[: len(data) // 2] if half else data)
                self.close_connection = half
            except OSError:
                pass  # the client no longer waits

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def completion(content: str | None, **message: Any) -> dict[str, Any]:
    """Return the body of an answer."""
    said = {"role": "assistant", "content": content, **message}
    choice = {"index": 0, "finish_reason": "stop", "message": said}
    usage = {"prompt_tokens": 900, "completion_tokens": 600, "total_tokens": 1500}
    head = {"id": "1", "object": "chat.completion", "created": 0, "model": "scripted"}
    return {**head, "choices": [choice], "usage": usage}


def show(title: str, boards: list[storyboard.Storyboard], extra: dict[str, str]) -> None:
    """Print what holds for how many storyboards."""
    covered = sum(
        [ref for scene in board.scenes for ref in scene.lines] == list(board.song.line_refs())
        for board in boards
    )
    rows = {
        "valid storyboards": f"{len(boards)} of {len(TOPICS)}",
        "every line carried exactly once": f"{covered} of {len(boards)}",
        "descriptions identical across scenes": f"{sum(map(described_alike, boards))} of {len(boards)}",
        "linter findings left": str(sum(len(lint(board)) for board in boards)),
        "notes": str(sum(len(board.notes) for board in boards)),
        **extra,
    }
    print(f"\n{title}")
    for name, value in rows.items():
        print(f"{name:>38}  {value}")


def described_alike(board: storyboard.Storyboard) -> bool:
    """Whether each character's description stands word for word in the prompt of every scene it is in."""
    return all(
        character_description(character) in scene.prompt
        for scene in board.scenes
        for character in board.characters_of(scene)
    )


if __name__ == "__main__":
    main()
