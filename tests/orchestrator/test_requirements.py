"""What the machine lacks is said before any work, with the command that installs it."""

from __future__ import annotations

from pathlib import Path

import pytest

import storyboard
from storyboard.orchestrator import requirements
from storyboard.orchestrator.doctor import examine
from storyboard.schema.errors import SystemRequirementError


@pytest.fixture
def bare_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the graphics libraries fail to load, as on a server that never had a screen."""
    monkeypatch.setattr(requirements, "_loads", lambda name: name == "libexpat.so.1")
    monkeypatch.setattr(requirements.sys, "platform", "linux")


@pytest.mark.usefixtures("bare_server")
def test_missing_libraries_are_named_with_the_command(tmp_path: Path) -> None:
    with pytest.raises(SystemRequirementError) as caught:
        storyboard.create("a paper boat", out=tmp_path / "film")
    assert caught.value.message == "libEGL.so.1, libGL.so.1 missing"
    assert "apt-get install -y libegl1 libgl1" in caught.value.hint
    assert caught.value.exit_code == 4
    assert not (tmp_path / "film").exists()


@pytest.mark.usefixtures("bare_server")
def test_the_doctor_says_what_is_missing_and_what_it_needs() -> None:
    (system,) = (finding for finding in examine() if finding.what == "system libraries")
    assert not system.ready and system.needed
    assert "libegl1" in system.detail
