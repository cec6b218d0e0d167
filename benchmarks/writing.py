"""Write storyboards for twenty topics, and films to finished songs, with both writers; print what came out.

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
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import storyboard
from storyboard.generators.lint import lint
from storyboard.generators.llm import Brief, Writer
from storyboard.generators.llm.builtin import BuiltinWriter
from storyboard.generators.llm.builtin.cues import cues_in, language_of, ranked
from storyboard.generators.llm.chat import Chat
from storyboard.generators.llm.llm_writer import LLMWriter
from storyboard.prompts import character_description, render, scene_prompt
from storyboard.schema.board import Look, Storyboard
from storyboard.schema.errors import StoryboardError
from storyboard.schema.song import Song

TOPICS = (
    "I met my ex on TikTok", "a robot learns to bake bread", "my grandmother's garden",
    "the last train to Osaka", "quitting my job", "dragons versus lawyers",
    "two old friends", "a postcard from my brother", "the night shift",
    "moving out of my first flat", "a lighthouse keeper's dog", "learning to swim at sixty",
    "my bicycle was stolen", "the summer we built a raft", "first snow in the desert",
    "a violin in the subway", "the chess club", "letters from the moon",
    "grandfather's fishing boat", "rain on the football field",
)  # fmt: skip
SONGS = Path(__file__).parents[1] / "tests" / "generators" / "llm" / "given_songs.toml"
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
        if "genre" in asked:
            return board.song.model_dump(include=asked) | {"sections": [], "tempo_bpm": 60}
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
        given_lyrics()


def given_lyrics() -> None:
    """Write a film to every finished song, by rules and with the model, and print the figures."""
    songs = list(tomllib.loads(SONGS.read_text(encoding="utf-8")).values())
    start_s = time.process_time()
    films = [film_of(each, BuiltinWriter()) for each in songs]
    cpu_ms = (time.process_time() - start_s) / len(songs) * 1000
    show_films("given lyrics, built-in writer", songs, films, {"CPU a film": f"{cpu_ms:.0f} ms"})
    for share in (0.0, 0.3):
        model = Model(share_failing=share)
        with served(model) as spec:
            made = []
            for each, answer in zip(songs, films, strict=True):
                model.board = answer
                made.append(film_of(each, LLMWriter(Chat(spec, wait_s=0.0), render)))
        extra = {"calls a film": f"{model.n_calls / len(songs):.1f}, {model.n_failed} of all broken"}
        show_films(f"given lyrics, language model, {share:.0%} of answers broken", songs, made, extra)


def film_of(data: dict[str, Any], writer: Writer) -> Storyboard:
    """Write everything but the song."""
    brief = Brief(topic="", is_given=True, moods=tuple(data["moods"]), language=data.get("language", "en"))
    song = writer.describe_song(brief, given_song(data))
    style, palette = writer.look(brief, song)
    story = writer.tell_story(brief, song)
    cast = writer.cast(brief, song, story)
    scenes = writer.draw_board(brief, song, story, cast)
    look = Look(style=style, palette=palette)
    board = Storyboard(topic="", look=look, song=song, story=story, cast=cast, scenes=scenes)
    drawn = [scene.with_prompt(scene_prompt(scene, board.characters_of(scene), look)) for scene in scenes]
    return board.model_copy(update={"scenes": drawn, "notes": list(getattr(writer, "notes", []))})


def given_song(data: dict[str, Any]) -> Song:
    """Return a finished song as it comes from its files."""
    parts = [part.strip().splitlines() for part in data["lyrics"].split("[") if part.strip()]
    sections = [{"kind": head.strip("]"), "lines": lines} for head, *lines in parts]
    fixed = {name: data[name] for name in ("title", "tempo_bpm", "key")}
    audio = {"file": "song/original.mp3", "sha256": "0" * 64, "duration_s": 190.0}
    return Song.model_validate(
        {**fixed, "genre": "unknown", "sections": sections or [{"kind": "instrumental"}], "audio": audio}
    )


def show_films(
    title: str, songs: list[dict[str, Any]], films: list[Storyboard], extra: dict[str, str]
) -> None:
    """Print what holds for how many films of finished songs."""
    fixed = {"sections", "tempo_bpm", "key", "time_signature", "audio", "times"}
    sung = [
        (film.song.model_dump(include=fixed), given_song(data))
        for data, film in zip(songs, films, strict=True)
    ]
    same = sum(found == song.model_dump(include=fixed) for found, song in sung)
    places = [shown for film in films for shown in places_shown(film)]
    rows = {
        "songs unchanged": f"{same} of {len(songs)}",
        "in a place of their lines": f"{sum(places)} of {len(places)}",
    }
    show(title, films, rows | extra, len(songs))


def places_shown(film: Storyboard) -> Iterator[bool]:
    """Yield for each scene whose lines name a place whether it is one of those."""
    for scene in film.scenes:
        lines = [film.song.line(ref) for ref in scene.lines]
        named = ranked(cues_in(lines, language_of(lines, film.language)), "places") if lines else []
        if named:
            yield any(kind in scene.setting for kind in named)


def with_a_model(answers: list[storyboard.Storyboard], share_failing: float, folder: Path) -> None:
    """Write every topic with the model played by a server, and print the figures."""
    model = Model(share_failing=share_failing)
    boards, wall_s, waited_s, failures = [], 0.0, 0.0, []
    with served(model) as spec:
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


@contextmanager
def served(model: Model) -> Iterator[str]:
    """Serve a model on this machine and yield its spec."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(model))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1#scripted"
    server.shutdown()


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


def show(
    title: str, boards: list[storyboard.Storyboard], extra: dict[str, str], n_asked: int = len(TOPICS)
) -> None:
    """Print what holds for how many storyboards."""
    covered = sum(
        [ref for scene in board.scenes for ref in scene.lines] == list(board.song.line_refs())
        for board in boards
    )
    rows = {
        "valid storyboards": f"{len(boards)} of {n_asked}",
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
