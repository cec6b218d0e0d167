"""Golden pictures: what the animatic draws looks like what somebody looked at and stored."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Stored = Mapping[str, Mapping[str, str]]
PATH = Path(__file__).resolve().parents[3] / "benchmarks" / "golden.py"
HINT = "look at the sheets of `python benchmarks/golden.py`; if they are right, run it with --write"
N_PLACES = 6
"""Kinds of places that are drawn here; the command draws all."""


@pytest.fixture(scope="module")
def golden() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden_pictures", PATH)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def stored(golden: ModuleType) -> dict[str, dict[str, str]]:
    hashes: dict[str, dict[str, str]] = json.loads(golden.GOLDEN.read_text("utf-8"))
    return hashes


def changed(golden: ModuleType, drawn: Mapping[str, Picture], stored: Mapping[str, str]) -> list[str]:
    assert drawn
    return [
        name
        for name, picture in drawn.items()
        if name not in stored or golden.differs(golden.hash_of(picture), stored[name])
    ]


@pytest.mark.parametrize("group", ["characters", "actions", "looks"])
def test_pictures_look_like_those_stored(golden: ModuleType, stored: Stored, group: str) -> None:
    assert changed(golden, golden.GROUPS[group](), stored[group]) == [], HINT


def test_places_look_like_those_stored(golden: ModuleType, stored: Stored) -> None:
    kinds = sorted({name.split(",")[0] for name in stored["places"]})
    drawn = golden.place_pictures(kinds[:: max(1, len(kinds) // N_PLACES)])
    assert changed(golden, drawn, stored["places"]) == [], HINT


def test_a_hash_bears_another_antialiasing_but_not_another_picture(golden: ModuleType) -> None:
    day, night = golden.place_pictures(["park"]).values()
    rng = np.random.default_rng(1)
    shaken = np.clip(day.astype(int) + rng.integers(-6, 7, day.shape), 0, 255).astype(np.uint8)
    assert not golden.differs(golden.hash_of(day), golden.hash_of(shaken))
    for other in (np.roll(day, 20, axis=1), day[::-1], night):
        assert golden.differs(golden.hash_of(day), golden.hash_of(other))


def test_a_contact_sheet_frames_what_changed(golden: ModuleType, tmp_path: Path) -> None:
    pictures = {name: np.full((60, 100, 3), 128, np.uint8) for name in ("one", "two")}
    golden.contact_sheet(pictures, ["two"], tmp_path / "sheet.jpg", width=100)
    sheet = cv2.imread(str(tmp_path / "sheet.jpg"))
    assert sheet is not None and sheet.shape == (60, 200, 3)
    assert sheet[30, 101, 2] > 200 > sheet[30, 1, 2]
