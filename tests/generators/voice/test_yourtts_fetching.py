"""A coqui model is looked for where coqui keeps it, and fetched whole or not at all, its terms accepted."""

from __future__ import annotations

import functools
import http.server
import json
import random
import threading
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from storyboard.generators.voice.yourtts import YourTts, fetching
from storyboard.generators.voice.yourtts import files as model_files
from storyboard.generators.voice.yourtts.coqui import importable
from storyboard.schema.errors import Cancelled, GeneratorError, GeneratorUnavailable
from storyboard.schema.progress import ignore

pytest.importorskip("torch")
if not find_spec("TTS"):
    pytest.skip("coqui-tts is not installed", allow_module_level=True)

NAME = "tts_models/multilingual/multi-dataset/your_tts"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TTS_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "tts"


def test_without_weights_the_command_is_named(home: Path) -> None:
    with pytest.raises(GeneratorUnavailable, match="your_tts are not on this machine") as caught:
        YourTts().check()
    assert caught.value.hint == "storyboard pull yourtts"


def test_a_model_that_coqui_lacks_is_refused_with_near_ones(home: Path) -> None:
    with pytest.raises(GeneratorUnavailable, match="coqui has no model") as caught:
        YourTts("tts_models/de/thorsten/vitz").check()
    assert "tts_models/de/thorsten/vits" in caught.value.hint


def test_an_incomplete_model_is_told(home: Path) -> None:
    (home / NAME.replace("/", "--")).mkdir(parents=True)
    with pytest.raises(GeneratorUnavailable, match=r"lacks config.json and a model file"):
        YourTts().check()


def test_models_are_looked_for_where_coqui_keeps_them(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with importable():
        from TTS.utils.manage import ModelManager
    assert model_files.home() == ModelManager().output_prefix
    monkeypatch.delenv("TTS_HOME")
    assert model_files.home() == ModelManager().output_prefix


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A catalogue with the small model as coqui's, served from this machine."""
    archive = tmp_path / "served" / "small.zip"
    archive.parent.mkdir()
    with zipfile.ZipFile(archive, "w") as whole:
        whole.writestr("your_tts/config.json", json.dumps({"model": "vits"}))
        whole.writestr("your_tts/model_file.pth", random.Random(0).randbytes(100_000))

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    handler = functools.partial(Quiet, directory=str(archive.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        entries = {
            "your_tts": {"github_rls_url": f"{address}/small.zip", "default_vocoder": None},
            "gone": {"github_rls_url": f"{address}/gone.zip", "default_vocoder": None},
            "bound": {"repo_id": "nobody/none", "default_vocoder": None, "tos_required": True},
        }
        listed = {"tts_models": {"multilingual": {"multi-dataset": entries}}}
        (tmp_path / "models.json").write_text(json.dumps(listed))
        for module in (model_files, fetching):
            monkeypatch.setattr(module, "catalogue_path", lambda: tmp_path / "models.json")
        yield archive
        server.shutdown()
        thread.join()


def test_a_pulled_model_is_found_by_its_name(catalogue: Path, home: Path) -> None:
    seen: list[float] = []
    YourTts().pull(seen.append)
    assert seen == sorted(seen) and seen[-1] == 1.0 and len(seen) > 10
    assert [path.name for path in home.iterdir()] == [NAME.replace("/", "--")]
    YourTts().check()
    assert YourTts().revision.startswith("sha256:")


def test_nothing_is_fetched_twice(catalogue: Path, home: Path) -> None:
    YourTts().pull(ignore)
    catalogue.unlink()
    YourTts().pull(ignore)


def test_a_pull_that_is_stopped_leaves_nothing(catalogue: Path, home: Path) -> None:
    def stop(fraction: float) -> None:
        if fraction > 0.3:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        YourTts().pull(stop)
    assert not list(home.iterdir())
    with pytest.raises(GeneratorUnavailable):
        YourTts().check()


def test_a_pull_that_fails_leaves_nothing(catalogue: Path, home: Path) -> None:
    with pytest.raises(GeneratorError, match="cannot be downloaded"):
        YourTts(NAME.replace("your_tts", "gone")).pull(ignore)
    assert not list(home.iterdir())


def test_terms_are_for_the_user_to_accept(
    catalogue: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COQUI_TOS_AGREED", raising=False)
    monkeypatch.setattr("builtins.input", lambda *_: pytest.fail("asked on the terminal"))
    with pytest.raises(GeneratorUnavailable, match="Coqui Public Model License") as caught:
        YourTts(NAME.replace("your_tts", "bound")).pull(ignore)
    assert "COQUI_TOS_AGREED=1" in caught.value.hint
