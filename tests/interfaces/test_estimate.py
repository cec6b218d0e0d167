"""What `render --dry-run` prints of an estimate, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import storyboard
from storyboard.interfaces.cli import main
from storyboard.interfaces.estimate import estimate_result, print_estimate
from storyboard.schema.files import save

SCENES = [
    storyboard.SceneEstimate(1, "The kettle", "svd", 4, 6.5, 2, False, 300.0, 11.5, 3.0, 0.0, True),
    storyboard.SceneEstimate(2, "The road", "luma", 2, 5.0, 1, False, 0.0, 0.0, 8.0, 1.25, False),
    storyboard.SceneEstimate(3, "The door", "svd", 3, 4.0, 0, True, 0.0, 0.0, 0.0, 0.0, False),
]
FOUND = storyboard.FilmEstimate(SCENES, 4)


def test_programs_get_the_scenes_and_the_sums() -> None:
    result = json.loads(json.dumps(estimate_result(FOUND)))
    assert [scene["number"] for scene in result["scenes"]] == [1, 2, 3]
    assert result["scenes"][2]["is_there"] is True and result["pictures"] == 4
    sums = (result["device_s"], result["vram_gb"], result["disk_mb"], result["cost_usd"])
    assert sums == (300.0, 11.5, 11.0, 1.25)


def test_people_get_a_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    print_estimate(FOUND)
    shown = capsys.readouterr().out
    for text in (
        "1 The kettle",
        "5.0 min",
        "11.5 GB",
        "$1.25",
        "there",
        "15.5 s",
        "4 portraits and key frames",
    ):
        assert text in shown, text


def test_a_dry_run_of_the_command_shoots_nothing(
    board_data: dict[str, Any], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sections = [{"kind": "verse", "lines": ["The kettle sings"]}]
    scene = board_data["scenes"][0] | {"lines": [[0, 0]]}
    song = board_data["song"] | {"tempo_bpm": 150, "sections": sections}
    board = storyboard.Storyboard.model_validate(board_data | {"song": song, "scenes": [scene]})
    save(board, tmp_path / "film/storyboard.json")
    with pytest.raises(SystemExit) as ended:
        main(["render", str(tmp_path / "film"), "--dry-run", "--json"])
    (line,) = capfd.readouterr().out.splitlines()
    result = json.loads(line)
    assert not ended.value.code and result["ok"] and len(result["scenes"]) == 1
    assert not (tmp_path / "film/scenes").exists() and (tmp_path / "film/song/mix.wav").exists()
