"""What is in the store is whole, and is made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.orchestrator.store import Store, key_of


def test_a_result_is_made_once(tmp_path: Path) -> None:
    store, made = Store(tmp_path), []

    def fill(folder: Path) -> None:
        made.append(folder)
        (folder / "voice.wav").write_bytes(b"la")

    assert store.make("voice-1", fill) is False
    assert store.make("voice-1", fill) is True
    assert len(made) == 1
    assert store.path("voice-1", "voice.wav").read_bytes() == b"la"


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)

    def fill(folder: Path) -> None:
        (folder / "half.wav").write_bytes(b"l")
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        store.make("voice-1", fill)
    assert "voice-1" not in store
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.make("voice-1", lambda folder: None)
    (tmp_path / ".clip-7.ab12").mkdir()
    store.sweep()
    assert [entry.name for entry in tmp_path.iterdir()] == ["voice-1"]


def test_keys_depend_on_every_input_and_on_nothing_else() -> None:
    assert key_of("clip", seed=1, name="a") == key_of("clip", name="a", seed=1)
    keys = {key_of("clip", seed=1), key_of("clip", seed=2), key_of("voice", seed=1), key_of("clip", sead=1)}
    assert len(keys) == 4
