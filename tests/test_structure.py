"""The house keeps its shape: floors import downwards, names are public on purpose, links match the wheel."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import storyboard

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("schema", "prompts", "generators", "sync", "orchestrator", "interfaces")
MAY_IMPORT = {
    "schema": set(),
    "prompts": {"schema"},
    "generators": {"schema"},
    "sync": {"schema"},
    "orchestrator": {"schema", "prompts", "generators", "sync"},
    "interfaces": {"schema", "orchestrator"},
}
HEAVY = ("librosa", "langgraph", "numpy", "skia", "cv2", "av", "openai", "onnxruntime", "jinja2", "soundfile")


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_floor_imports_only_from_floors_below(folder: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / folder).rglob("*.py")
        for name in imports_of(path)
        if (parts := name.split("."))[0] == "storyboard"
        and len(parts) > 1
        and parts[1] in FOLDERS
        and parts[1] not in MAY_IMPORT[folder] | {folder}
    ]
    assert wrong == []


def test_folders_links_and_wheel_sources_agree() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    links = {path.name for path in (ROOT / "src/storyboard").iterdir() if path.is_symlink()}
    sources = build["targets"]["wheel"]["sources"]
    assert links == set(FOLDERS)
    assert sources == {"src/storyboard": "storyboard"} | {name: f"storyboard/{name}" for name in FOLDERS}
    assert set(FOLDERS) <= set(build["only-include"])
    for name in FOLDERS:
        assert (ROOT / "src/storyboard" / name).resolve() == ROOT / name


def test_all_names_the_public_names_and_each_can_be_had() -> None:
    homes = {name for names in storyboard._HOMES.values() for name in names}
    assert set(storyboard.__all__) == homes | {"__version__"}
    assert storyboard.__all__ == sorted(storyboard.__all__)
    for name in storyboard.__all__:
        assert getattr(storyboard, name) is not None


def test_importing_is_cheap() -> None:
    code = f"import sys, storyboard; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert storyboard.__version__ == project["version"]
    assert f"## {storyboard.__version__}" in (ROOT / "CHANGELOG.md").read_text()
