"""What the documents promise is there: examples run, links lead somewhere, code blocks use public names."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import storyboard

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "docs/architecture.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_s_python_uses_public_names() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), flags=re.DOTALL)
    compile(block, "README.md", "exec")
    assert set(re.findall(r"storyboard\.([A-Za-z_]+)", block)) <= set(storyboard.__all__)


def test_committed_pictures_are_small() -> None:
    pictures = [path for path in (ROOT / "docs").iterdir() if path.suffix in (".png", ".jpg")]
    assert len(pictures) >= 2
    assert [path.name for path in pictures if path.stat().st_size > 300_000] == []


def test_the_example_shoots_one_scene_again(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "examples/preview_and_edit.py"), str(tmp_path / "film")]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    second = lines[next(index for index, line in enumerate(lines) if line.startswith("frame")) :]
    assert sum(line.startswith("made  shoot") for line in second) == 1
    assert sum(line.startswith("kept  shoot") for line in second) == 5
    assert Path(lines[-1]).name == "video.mp4"
