"""A film that is dreamt, from a board whose rows say what is to be seen while each line is sung."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import storyboard
from storyboard.schema.board import Direction

torch = pytest.importorskip("torch")
pytest.importorskip("diffusers")
pytest.importorskip("transformers")

from storyboard.generators.testing.tiny.stable_diffusion import build_stable_diffusion  # noqa: E402
from storyboard.generators.video import dream_score  # noqa: E402
from storyboard.generators.video.dream_score import Key  # noqa: E402


@pytest.fixture(autouse=True)
def _one_thread() -> Any:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def scores(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Key]]:
    """The pictures that each scene is painted in, as its paintings begin."""
    kept: dict[str, list[Key]] = {}
    real: Callable[..., list[Key]] = dream_score.score_of

    def score_of(request: Any, told: Any) -> list[Key]:
        kept[request.scene.id] = real(request, told)
        return kept[request.scene.id]

    monkeypatch.setattr(dream_score, "score_of", score_of)
    return kept


def test_every_row_rules_while_its_line_is_sung(
    brief_board: storyboard.Storyboard,
    brief_project: storyboard.Project,
    scores: dict[str, list[Key]],
    tmp_path: Path,
) -> None:
    from PIL import Image

    folder = shutil.copytree(brief_project.path, tmp_path / "film")
    Image.new("RGB", (60, 40), (200, 30, 30)).save(folder / "kettle.png")
    rows = [
        Direction(section=0, line=0, prompt="A copper kettle", image="kettle.png", strength=0.9),
        Direction(section=1, line=0, prompt="A lit window", style="in oil", negative_prompt="people"),
    ]
    model = build_stable_diffusion(tmp_path / "model")
    told = {"width": 64, "height": 64, "steps": 2, "keys": "even", "keys_per_s": 2}
    dreamt = brief_board.generators.model_copy(
        update={"video": f"dream:{model}", "parameters": {"video": told}}
    )
    board = brief_board.model_copy(update={"directions": rows, "generators": dreamt})
    film = storyboard.render(board, out=folder)
    assert film.report.frames == film.timeline.n_frames and not film.report.frozen_runs

    first, second = (scores[scene.id] for scene in board.scenes)
    ruled = [key for key in first if "A copper kettle" in key.prompt]
    assert ruled and all(key.strength == 0.9 and Path(key.target).name == "kettle.png" for key in ruled)
    assert all(Path(key.target).is_file() and 0 < key.nearness <= 0.5 for key in ruled)
    assert not any("people" in key.negative_prompt for key in first)
    ruled = [key for key in second if "A lit window. in oil" in key.prompt]
    assert ruled and all(key.negative_prompt.count("people") == 1 and not key.target for key in ruled)
    sung_s = film.timeline.song_map.words_by_line()[(1, 0)][0].start_s
    scene = film.timeline.shots_of(board.scenes[1].id)[0]
    begins = scene.first_frame - film.timeline.handles(board.scenes[1].id)[0]
    at = max(0, round(sung_s * film.timeline.fps) - begins)
    assert ruled == [key for key in second if key.frame >= at], "from its line on"
