"""Listening models are chosen in the settings, found on this machine, and fetched by `pull` alone."""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlparse

import pytest

import storyboard
from storyboard.generators.settings import load_settings
from storyboard.orchestrator import fetching, listening_models
from storyboard.orchestrator.fetching import fetch_file
from storyboard.orchestrator.listening_models import ListeningModels, chosen
from storyboard.schema.errors import Cancelled, DocumentError, GeneratorError, GeneratorUnavailable
from storyboard.schema.progress import StepFinished, StepProgress

constants = pytest.importorskip("huggingface_hub.constants")
pytest.importorskip("torch")
pytest.importorskip("transformers")

COMMIT = "0123456789abcdef0123456789abcdef01234567"
CONFIGURATION = ("config.json", "preprocessor_config.json", "vocab.json")
CHECKPOINT = bytes(range(256)) * 4000


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Empty folders for models, and a hub that cannot be reached."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(listening_models.platformdirs, "user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setattr(time, "sleep", lambda _: None)
    reach_hub(monkeypatch, "http://127.0.0.1:9")
    return tmp_path / "data"


def reach_hub(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(constants, "ENDPOINT", address)
    monkeypatch.setattr(
        constants, "HUGGINGFACE_CO_URL_TEMPLATE", address + "/{repo_id}/resolve/{revision}/{filename}"
    )


Choose = Callable[..., None]


@pytest.fixture
def choose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Choose:
    def write(**settings: str) -> None:
        path = tmp_path / "settings.toml"
        path.write_text(
            "[listening]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())
        )
        monkeypatch.setenv("STORYBOARD_SETTINGS", str(path))

    return write


def in_cache(tmp_path: Path, model: str, *files: str) -> Path:
    """Lay the files of a model into the hub's cache."""
    stored = tmp_path / "hub" / f"models--{model.replace('/', '--')}"
    snapshot = stored / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    (stored / "refs").mkdir()
    (stored / "refs" / "main").write_text(COMMIT)
    for name in files:
        (snapshot / name).write_bytes(b"x")
    return snapshot


# What is chosen.


def test_without_settings_the_built_in_ones_listen() -> None:
    assert chosen("en") == ListeningModels(None, "", None, "")


@pytest.mark.parametrize(
    ("words", "language", "model"),
    [
        ("wav2vec2", "en", "facebook/wav2vec2-large-960h-lv60-self"),
        ("wav2vec2", "pt-BR", "jonatasgrosman/wav2vec2-large-xlsr-53-portuguese"),
        ("wav2vec2:de", "en", "jonatasgrosman/wav2vec2-large-xlsr-53-german"),
        ("wav2vec2:ada/ears", "sv", "ada/ears"),
    ],
)
def test_the_model_of_the_language_or_of_the_settings_is_found(
    tmp_path: Path, choose: Choose, words: str, language: str, model: str
) -> None:
    choose(words=words)
    folder = in_cache(tmp_path, model, *CONFIGURATION, "pytorch_model.bin")
    assert chosen(language) == ListeningModels(folder, f"{model}@{COMMIT}", None, "")


@pytest.mark.parametrize(
    ("words", "language", "command"),
    [
        ("wav2vec2", "en", "storyboard pull wav2vec2:en"),
        ("wav2vec2", "pt-BR", "storyboard pull wav2vec2:pt"),
        ("wav2vec2:ada/ears", "en", "storyboard pull wav2vec2:ada/ears"),
        ("mms", "th", "storyboard pull mms:th"),
    ],
)
def test_what_is_missing_is_named_with_the_command_that_fetches_it(
    choose: Choose, words: str, language: str, command: str
) -> None:
    choose(words=words)
    with pytest.raises(GeneratorUnavailable, match="not on this machine") as failure:
        chosen(language)
    assert failure.value.hint == command
    assert chosen(language, words=False) == ListeningModels()


def test_the_adapter_of_the_language_must_be_there(tmp_path: Path, choose: Choose) -> None:
    choose(words="mms")
    folder = in_cache(
        tmp_path, "facebook/mms-1b-all", *CONFIGURATION, "model.safetensors", "adapter.eng.safetensors"
    )
    assert chosen("en").words == folder
    with pytest.raises(GeneratorUnavailable, match=r"lacks adapter\.deu") as failure:
        chosen("de")
    assert failure.value.hint == "storyboard pull mms:de"


def test_a_language_without_a_model_says_what_else_there_is(choose: Choose) -> None:
    choose(words="wav2vec2")
    with pytest.raises(GeneratorUnavailable, match="no model of its own for the language 'sv'") as failure:
        chosen("sv")
    assert 'words = "mms"' in failure.value.hint


def test_a_folder_is_known_by_its_content(tmp_path: Path, choose: Choose) -> None:
    folder = tmp_path / "my ears"
    folder.mkdir()
    choose(words=f"wav2vec2:{folder}")
    with pytest.raises(GeneratorUnavailable, match=r"lacks config\.json"):
        chosen("en")
    for name in (*CONFIGURATION, "model.safetensors"):
        (folder / name).write_bytes(b"one")
    before = chosen("en")
    assert before.words == folder and before.words_revision.startswith("sha256:")
    (folder / "model.safetensors").write_bytes(b"another")
    assert chosen("en").words_revision != before.words_revision


def test_a_beat_model_is_found_by_name_or_folder(tmp_path: Path, data: Path, choose: Choose) -> None:
    choose(beats="beat_this:small0")
    with pytest.raises(GeneratorUnavailable, match="not on this machine") as failure:
        chosen("en")
    assert failure.value.hint == "storyboard pull beat_this:small0"
    assert chosen("en", beats=False) == ListeningModels()
    for folder in (data / "beat_this" / "small0", tmp_path / "mine"):
        folder.mkdir(parents=True)
        (folder / "a.ckpt").write_bytes(folder.name.encode())
    published = chosen("en")
    choose(beats=f"beat_this:{tmp_path / 'mine'}")
    mine = chosen("en")
    assert (published.beats, mine.beats) == (data / "beat_this" / "small0", tmp_path / "mine")
    assert published.beats_revision != mine.beats_revision
    (tmp_path / "mine" / "a.ckpt").unlink()
    with pytest.raises(GeneratorUnavailable, match=r"lacks \*\.ckpt"):
        chosen("en")


def test_a_missing_package_is_named_with_the_pip_line(
    choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storyboard.generators.models import packages

    choose(words="wav2vec2", beats="beat_this")
    monkeypatch.setattr(packages, "_is_installed", lambda module: module != "torch")
    for wanted in ({"beats": False}, {"words": False}):
        with pytest.raises(GeneratorUnavailable, match="not installed: torch") as failure:
            chosen("en", **wanted)
        assert failure.value.hint == 'pip install "storyboard[listening]"'


@pytest.mark.parametrize(
    "settings", [{"words": "whisper"}, {"words": "mms:eng"}, {"words": "wav2vec2:"}, {"beats": "madmom"}]
)
def test_a_name_that_means_nothing_is_refused(choose: Choose, settings: dict[str, str]) -> None:
    choose(**settings)
    with pytest.raises(DocumentError, match=next(iter(settings))):
        load_settings()


# What is pulled.

FILES = {
    **dict.fromkeys(CONFIGURATION, b"{}"),
    "model.safetensors": b"w" * 9000,
    "pytorch_model.bin": b"w" * 9000,
    "language_model/lm.binary": b"l" * 9000,
    "adapter.deu.safetensors": b"d",
    "adapter.eng.safetensors": b"e",
    "adapter.tha.safetensors": b"t",
    "adapter.azj-script_latin.safetensors": b"a",
    "README.md": b"# ears",
}
HUB_NAMES = ("facebook/mms-1b-all", "jonatasgrosman/wav2vec2-large-xlsr-53-german")


class Server(BaseHTTPRequestHandler):
    """A hub with two models, and a shared folder with one checkpoint; it notes what is asked of it."""

    asked: list[str] = []  # noqa: RUF012 - one server at a time
    stops_after: int | None = None
    honours_ranges = True

    def do_HEAD(self) -> None:
        self._answer(send=False)

    def do_GET(self) -> None:
        self._answer(send=True)

    def _answer(self, *, send: bool) -> None:
        path = urlparse(self.path).path
        self.asked.append(path)
        found = re.fullmatch(rf"/({'|'.join(HUB_NAMES)})/resolve/{COMMIT}/(.+)", path)
        if path.startswith("/api/models/") and "/tree/" in path:
            tree = [
                {"type": "file", "path": name, "size": len(data), "oid": hashlib.sha1(data).hexdigest()}
                for name, data in FILES.items()
            ]
            self._send(200, json.dumps(tree).encode(), send)
        elif path.startswith("/api/models/"):
            self._send(200, json.dumps({"id": "x", "sha": COMMIT, "siblings": []}).encode(), send)
        elif found and found[2] in FILES:
            self._send(200, FILES[found[2]], send)
        elif path == "/share/final0.ckpt":
            self._send_part(send)
        else:
            self._send(404, b"{}", send)

    def _send_part(self, send: bool) -> None:
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        first = int(wanted[1]) if wanted and self.honours_ranges else 0
        if first >= len(CHECKPOINT):
            self._send(416, b"", send)
            return
        self._send(206 if first else 200, CHECKPOINT[first:], send)

    def _send(self, status: int, data: bytes, send: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("ETag", f'"{hashlib.sha1(data).hexdigest()}"')
        self.end_headers()
        if send:
            self.wfile.write(data[: self.stops_after])

    def log_message(self, *_: object) -> None:
        pass


class Running(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing of a client that hangs up: some tests do."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Server]]:
    monkeypatch.setattr(Server, "asked", [])
    running = Running(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{running.server_port}"
    reach_hub(monkeypatch, address)
    monkeypatch.setattr(listening_models, "_BEAT_THIS_URL", f"{address}/share")
    yield Server
    running.shutdown()
    thread.join()
    running.server_close()


def pulled(spec: str) -> tuple[str, list[float]]:
    """Pull a model; return what is told of it, and how far it was on the way."""
    events: list[object] = []
    storyboard.pull(spec, on_event=events.append)
    assert isinstance(events[-1], StepFinished)
    return events[-1].detail, [event.fraction for event in events if isinstance(event, StepProgress)]


def fetched_of_hub(server: type[Server]) -> set[str]:
    return {path.partition(f"/resolve/{COMMIT}/")[2] for path in server.asked} - {""}


def test_an_acoustic_model_is_fetched_without_what_is_not_needed(
    server: type[Server], choose: Choose
) -> None:
    detail, _ = pulled("wav2vec2:de")
    assert detail == "jonatasgrosman/wav2vec2-large-xlsr-53-german"
    assert fetched_of_hub(server) == {*CONFIGURATION, "model.safetensors"}
    choose(words="wav2vec2")
    assert chosen("de").words_revision == f"{detail}@{COMMIT}"


@pytest.mark.parametrize(
    ("spec", "adapters"),
    [
        ("mms", {"adapter.eng.safetensors", "adapter.deu.safetensors"}),
        ("mms:th", {"adapter.tha.safetensors"}),
        ("mms:azj", {"adapter.azj-script_latin.safetensors"}),
    ],
)
def test_of_the_many_languages_those_wanted_are_fetched_and_the_licence_is_told(
    server: type[Server], spec: str, adapters: set[str]
) -> None:
    detail, _ = pulled(spec)
    assert "CC BY-NC 4.0: not for commercial use" in detail
    assert {name for name in fetched_of_hub(server) if name.startswith("adapter")} == adapters


def test_a_beat_model_is_fetched_by_its_address(server: type[Server], data: Path, choose: Choose) -> None:
    detail, told = pulled("beat_this")
    assert detail == "Beat This, final0"
    assert told[-1] == 1.0 and told == sorted(told) and len(told) > 2
    folder = data / "beat_this" / "final0"
    assert [path.name for path in folder.iterdir()] == ["final0.ckpt"]
    assert (folder / "final0.ckpt").read_bytes() == CHECKPOINT
    choose(beats="beat_this")
    assert chosen("en").beats == folder
    n_asked = len(server.asked)
    pulled("beat_this")
    assert len(server.asked) == n_asked


def test_a_checkpoint_that_does_not_exist_is_not_there_afterwards(server: type[Server], data: Path) -> None:
    with pytest.raises(GeneratorError, match="the server says 404"):
        storyboard.pull("beat_this:final9")
    assert not list(data.rglob("*.ckpt*"))


@pytest.mark.parametrize("honours_ranges", [True, False])
def test_a_broken_download_goes_on_where_it_stopped(
    server: type[Server], data: Path, monkeypatch: pytest.MonkeyPatch, honours_ranges: bool
) -> None:
    monkeypatch.setattr(Server, "stops_after", 300_000)
    with pytest.raises(GeneratorError, match="the download stopped") as failure:
        storyboard.pull("beat_this")
    assert "what came is kept" in failure.value.hint
    part = data / "beat_this" / "final0" / "final0.ckpt.part"
    assert part.read_bytes() == CHECKPOINT[:300_000]
    monkeypatch.setattr(Server, "stops_after", None)
    monkeypatch.setattr(Server, "honours_ranges", honours_ranges)
    _, told = pulled("beat_this")
    assert (told[0] > 0.3) is honours_ranges
    assert part.with_name("final0.ckpt").read_bytes() == CHECKPOINT
    assert not part.exists()


def test_what_is_longer_than_the_file_is_fetched_anew(server: type[Server], data: Path) -> None:
    part = data / "beat_this" / "final0" / "final0.ckpt.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"?" * (len(CHECKPOINT) + 1))
    pulled("beat_this")
    assert part.with_name("final0.ckpt").read_bytes() == CHECKPOINT


def test_a_download_can_be_cancelled_and_gone_on_with(server: type[Server], data: Path) -> None:
    def stop(event: object) -> None:
        if isinstance(event, StepProgress):
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        storyboard.pull("beat_this", on_event=stop)
    assert list(data.rglob("*.part")) and not list(data.rglob("*.ckpt"))
    pulled("beat_this")
    assert list(data.rglob("*.ckpt"))


def test_a_server_that_cannot_be_reached_is_named(tmp_path: Path) -> None:
    with pytest.raises(GeneratorError, match="the download stopped"):
        fetch_file("http://127.0.0.1:9/a", tmp_path / "a", lambda _: None)


def test_a_full_disk_is_told_before_the_download(
    server: type[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000}))
    with pytest.raises(GeneratorError, match="1 MB do not fit on the disk"):
        storyboard.pull("beat_this")
