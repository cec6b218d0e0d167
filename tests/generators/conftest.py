"""What the tests of all generators share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Use a settings file of the test's own, empty, instead of the user's; return its path."""
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    path.touch(mode=0o600)
    monkeypatch.setenv("STORYBOARD_SETTINGS", str(path))
    return path
