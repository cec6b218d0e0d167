"""Weights are found without a network, named when missing, and fetched from a hub on loopback."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlparse

import pytest

from storyboard.generators.models.device import Device
from storyboard.generators.models.download import wanted_files
from storyboard.generators.models.local_model import Companion, LocalModel
from storyboard.generators.models.weights import find_weights, licence_of, pull_weights
from storyboard.schema.errors import Cancelled, GeneratorError, GeneratorUnavailable

constants = pytest.importorskip("huggingface_hub.constants")

COMMIT = "0123456789abcdef0123456789abcdef01234567"
FILES = {
    "config.json": b'{"model_type": "musicgen"}',
    "model.safetensors": b"w" * 3_000_000,
    "pytorch_model.bin": b"w" * 5_000,
    "README.md": b"# a model",
}


class Hub(BaseHTTPRequestHandler):
    """As much of the hub's API as a download uses, serving ada/tunes and, the same, ada/more."""

    def do_HEAD(self) -> None:
        self._answer(send=False)

    def do_GET(self) -> None:
        self._answer(send=True)

    def _answer(self, *, send: bool) -> None:
        path = urlparse(self.path).path.replace("/ada/more", "/ada/tunes")
        resolve = f"/ada/tunes/resolve/{COMMIT}/"
        if path.startswith("/api/models/ada/tunes/tree/"):
            tree = [
                {"type": "file", "path": name, "size": len(data), "oid": hashlib.sha1(data).hexdigest()}
                for name, data in FILES.items()
            ]
            self._send(200, json.dumps(tree).encode(), send)
        elif path.startswith("/api/models/ada/tunes"):
            self._send(200, json.dumps({"id": "ada/tunes", "sha": COMMIT, "siblings": []}).encode(), send)
        elif path.startswith(resolve) and path.removeprefix(resolve) in FILES:
            self._send(200, FILES[path.removeprefix(resolve)], send)
        else:
            self._send(404, b"{}", send, error="RepoNotFound")

    def _send(self, status: int, data: bytes, send: bool, error: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("ETag", f'"{hashlib.sha1(data).hexdigest()}"')
        if error:
            self.send_header("X-Error-Code", error)
        self.end_headers()
        if send:
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the hub, and a hub that cannot be reached."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(time, "sleep", lambda _: None)  # between the hub's own attempts
    reach(monkeypatch, "http://127.0.0.1:9")
    return tmp_path / "hub"


def reach(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Let HF_ENDPOINT be an address, after the import that reads it."""
    monkeypatch.setattr(constants, "ENDPOINT", address)
    template = address + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)


@pytest.fixture
def served(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    reach(monkeypatch, f"http://127.0.0.1:{server.server_port}")
    yield cache
    server.shutdown()
    server.server_close()
    thread.join()


def folder_of(path: Path, **files: bytes) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (path / name.replace("_", ".")).write_bytes(data)
    return path


def test_the_revision_of_a_folder_follows_its_content(tmp_path: Path) -> None:
    one = folder_of(tmp_path / "one", config_json=b"{}", model_bin=b"x" * 3_000_000)
    same = folder_of(tmp_path / "same", config_json=b"{}", model_bin=b"x" * 3_000_000)
    other = folder_of(tmp_path / "other", config_json=b"{}", model_bin=b"x" * 2_999_999 + b"y")
    revisions = [find_weights(str(each), "musicgen", "musicgen").revision for each in (one, same, other)]
    assert revisions[0] == revisions[1] != revisions[2]


def test_a_folder_that_lacks_a_file_names_it(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "tunes", config_json=b"{}")
    with pytest.raises(GeneratorUnavailable, match=r"lacks \*\.safetensors or \*\.bin"):
        find_weights(str(folder), "musicgen", "musicgen", ["config.json", "*.safetensors|*.bin"])


def test_a_shard_that_the_index_lists_is_missed(tmp_path: Path) -> None:
    index = {"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}
    folder = tmp_path / "tunes"
    folder.mkdir()
    (folder / "model-1.safetensors").write_bytes(b"w")
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(GeneratorUnavailable, match=r"lacks model-2\.safetensors"):
        find_weights(str(folder), "musicgen", "musicgen")


def test_a_model_that_was_never_fetched_names_the_command(cache: Path) -> None:
    with pytest.raises(GeneratorUnavailable, match="ada/tunes are not on this machine") as caught:
        find_weights("ada/tunes", "musicgen:ada/tunes", "musicgen")
    assert caught.value.hint == "storyboard pull musicgen:ada/tunes"


def test_a_pulled_model_is_found_again_without_the_hub(served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[float] = []
    pulled = pull_weights("ada/tunes", seen.append, ["*.json", "*.safetensors", "*.bin"])
    reach(monkeypatch, "http://127.0.0.1:9")
    found = find_weights("ada/tunes", "musicgen", "musicgen", ["config.json", "*.safetensors"])
    assert found == pulled
    assert found.revision == COMMIT
    assert (found.path / "model.safetensors").read_bytes() == FILES["model.safetensors"]
    assert seen == sorted(seen)
    assert seen[-1] == 1.0 and any(0 < fraction < 1 for fraction in seen)


def test_a_pull_leaves_out_what_is_not_wanted_and_what_is_twice_there(served: Path) -> None:
    pulled = pull_weights("ada/tunes", lambda _: None, ["*.json", "*.safetensors", "*.bin"])
    assert {each.name for each in pulled.path.iterdir()} == {"config.json", "model.safetensors"}


def test_a_pinned_revision_is_recorded(served: Path) -> None:
    assert pull_weights(f"ada/tunes@{COMMIT}", lambda _: None, ["*.json"]).revision == COMMIT
    assert find_weights(f"ada/tunes@{COMMIT}", "musicgen", "musicgen").path.name == COMMIT


def test_a_pull_can_be_stopped_and_taken_up_again(served: Path) -> None:
    def stop(fraction: float) -> None:
        raise Cancelled("stop")

    with pytest.raises(Cancelled):
        pull_weights("ada/tunes", stop)
    with pytest.raises(GeneratorUnavailable):
        find_weights("ada/tunes", "musicgen", "musicgen", ["*.safetensors"])
    assert (pull_weights("ada/tunes", lambda _: None).path / "model.safetensors").exists()


def test_a_hub_out_of_reach_is_an_error_that_says_what_to_do(cache: Path) -> None:
    with pytest.raises(GeneratorError) as caught:
        pull_weights("ada/tunes", lambda _: None)
    assert caught.value.where == "ada/tunes"
    assert "connection" in caught.value.hint


def test_a_name_that_the_hub_does_not_know_is_said_so(served: Path) -> None:
    with pytest.raises(GeneratorError, match="no such model"):
        pull_weights("ada/nothing", lambda _: None)


def test_a_disk_too_small_is_said_before_the_download(served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 1_000_000})
    monkeypatch.setattr("storyboard.generators.models.download.shutil.disk_usage", lambda _: usage)
    with pytest.raises(GeneratorError, match="do not fit on the disk"):
        pull_weights("ada/tunes", lambda _: None)


def test_one_format_and_one_precision_of_the_same_weights_are_taken() -> None:
    names = ["unet/m.safetensors", "unet/m.fp16.safetensors", "unet/m.bin", "vae/m.bin", "big.ckpt"]
    assert wanted_files(names, ["*/*"]) == ["unet/m.safetensors", "vae/m.bin"]


class Pair(LocalModel):
    """A model with a companion."""

    name, default_model, modules, extra = "pair", "ada/tunes", ("json",), "gpu"
    needs, files = ("config.json", "*.safetensors"), ("*.json", "*.safetensors")
    adapter = Companion("ada/more", needs=("model.safetensors",), files=("*.safetensors",))

    @property
    def companions(self) -> Mapping[str, Companion]:
        return {"adapter": self.adapter}


def test_a_companion_is_pulled_with_its_model_and_progress_only_grows(served: Path) -> None:
    seen: list[float] = []
    Pair().pull(seen.append)
    assert seen == sorted(seen) and seen[-1] == 1.0
    assert any(0 < each < 0.5 for each in seen) and any(0.5 < each < 1 for each in seen)
    there = {name: Pair().companion(name).path for name in Pair().companions}
    assert {each.name for each in there["adapter"].iterdir()} == {"model.safetensors", "README.md"}
    assert Pair().revision == f"{COMMIT} {COMMIT}"


def test_folders_are_left_as_they_are_by_a_pull_that_ends_all_the_same(cache: Path, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "tunes", config_json=b"{}", model_safetensors=b"w")
    seen: list[float] = []

    class Here(Pair):
        adapter = Companion(str(folder), needs=())

    Here(str(folder)).pull(seen.append)
    assert seen == [0.5, 1.0]


def test_a_missing_companion_names_the_command_and_leaves_no_revision(cache: Path, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "tunes", config_json=b"{}", model_safetensors=b"w")
    model = Pair(str(folder))
    assert model.weights().revision and model.revision == ""
    with pytest.raises(GeneratorUnavailable, match="ada/more are not on this machine") as caught:
        model.companion("adapter")
    assert caught.value.hint == f"storyboard pull pair:{folder}"
    with pytest.raises(GeneratorUnavailable, match="ada/tunes are not") as caught:
        Pair().weights()
    assert caught.value.hint == "storyboard pull pair"


def test_the_revision_follows_the_companion_and_is_in_the_record(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "tunes", config_json=b"{}", model_safetensors=b"w")
    revisions = []
    for content in (b"one", b"two"):
        adapter = folder_of(tmp_path / content.decode(), model_safetensors=content)
        model = type("Other", (Pair,), {"adapter": Companion(str(adapter), needs=("*.safetensors",))})(
            str(folder)
        )
        revisions.append(model.revision)
        assert model.used(Device("cpu", "float32")).revision == model.revision
    assert revisions[0] != revisions[1]
    assert [each.split()[0] for each in revisions] == [Pair(str(folder)).weights().revision] * 2


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("---\nlicense: cc-by-nc-4.0\ntags:\n- video\n---\n# Model\n", "cc-by-nc-4.0"),
        ('---\ntags: []\nlicense: "apache-2.0"\n---\n', "apache-2.0"),
        (
            "---\nlicense: other\nlicense_name: svd-nc-community\nlicense_link: LICENSE\n---\n",
            "svd-nc-community",
        ),
        ("# Model\n\nlicense: mit\n\n---\n\nmore\n\n---\n", ""),
        ("---\ntags:\n- a---b\nlicense: mit\n---\n", "mit"),
        ("---\nlicense:\n- mit\n- apache-2.0\n---\n", "mit, apache-2.0"),
        ("---\r\nlicense: mit\r\n---\r\n", "mit"),
        ("---\nlicense: [mit\n---\n", ""),
        ("---\nlicense: mit", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_the_licence_is_what_the_card_names(tmp_path: Path, card: str | None, licence: str) -> None:
    if card is not None:
        (tmp_path / "README.md").write_text(card, encoding="utf-8", newline="")
    assert licence_of(tmp_path) == licence
