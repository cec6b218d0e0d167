"""What a generator is asked for: the parameters it is told, the wishes for lines, checked before any work."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import pytest
from pydantic import Field

import storyboard
from storyboard.generators import registry
from storyboard.generators.image.picture import write_png
from storyboard.generators.seams import ImageFile, VideoRequest
from storyboard.orchestrator.prompting import key_frame_prompt, portrait_prompt, unwanted_in_key_frame
from storyboard.orchestrator.requests import on_this_machine, parameters_of, told_of, video_request
from storyboard.orchestrator.requirements import check_generators
from storyboard.orchestrator.workspace import sha256_of
from storyboard.schema.board import Direction, Storyboard
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.document import Part
from storyboard.schema.errors import DocumentError, InputError
from storyboard.schema.scene import SceneGenerator

READS, DRAWS = VideoCapabilities(), VideoCapabilities(exact=True, reads_prompt=False)


class Told(Part):
    """What the model below knows."""

    steps: int = Field(default=25, ge=1, le=500)
    seed: int | None = None


class Model:
    """A model that is never run here."""

    name: ClassVar[str] = "model"
    version: ClassVar[str] = "1"
    parameters: ClassVar[type[Part]] = Told

    def __init__(self, model: str = "") -> None:
        self.model = model

    def check(self) -> None:
        """Nothing is needed."""

    def capabilities(self) -> VideoCapabilities:
        return READS


@pytest.fixture(autouse=True)
def _model(monkeypatch: pytest.MonkeyPatch) -> None:
    found = registry.load
    monkeypatch.setattr(
        registry, "load", lambda family, spec: Model if spec.startswith("model") else found(family, spec)
    )


def told(board: Storyboard, film: dict[str, Any], scene: SceneGenerator, video: str = "model") -> Storyboard:
    """Return a storyboard with parameters of the film and of its first scene."""
    generators = board.generators.model_copy(update={"video": video, "parameters": {"video": film}})
    scenes = [board.scenes[0].model_copy(update={"generator": scene}), *board.scenes[1:]]
    return board.model_copy(update={"generators": generators, "scenes": scenes})


def test_a_scene_s_parameters_go_before_the_film_s_and_the_fit_keeps_its_own(board: Storyboard) -> None:
    scene = SceneGenerator(parameters={"steps": 4, "forward_and_back": True})
    changed = told(board, {"steps": 30, "seed": 9, "slow_motion": "blend"}, scene)
    assert parameters_of(changed.scenes[0], changed) == {"steps": 4, "seed": 9}
    assert parameters_of(changed.scenes[1], changed) == {"steps": 30, "seed": 9}
    assert told_of(changed.scenes[0], changed)["forward_and_back"] is True
    assert told_of(changed.scenes[1], changed)["slow_motion"] == "blend"
    check_generators(changed)


def test_another_generator_is_not_told_what_is_for_the_film_s(board: Storyboard) -> None:
    changed = told(board, {"steps": 30}, SceneGenerator(name="animatic"))
    assert parameters_of(changed.scenes[0], changed) == {}
    assert parameters_of(changed.scenes[1], changed) == {"steps": 30}
    other = told(board, {"steps": 30}, SceneGenerator(name="model:large"))
    assert parameters_of(other.scenes[0], other) == {"steps": 30}, "the same generator with another model"


@pytest.mark.parametrize(
    ("film", "scene", "where"),
    [
        ({"stpes": 3}, {}, "generators.parameters.video.stpes: there is no parameter 'stpes'"),
        ({"steps": 0}, {}, "generators.parameters.video.steps: steps = 0"),
        ({}, {"stpes": 3}, r"scenes\[0\].generator.parameters.stpes: there is no parameter 'stpes'"),
        ({"steps": 5}, {"steps": 900}, r"scenes\[0\].generator.parameters.steps: steps = 900"),
    ],
)
def test_wrong_parameters_are_named_before_any_work(
    board: Storyboard, tmp_path: Path, film: dict[str, Any], scene: dict[str, Any], where: str
) -> None:
    changed = told(board, film, SceneGenerator(parameters=scene))
    with pytest.raises(InputError, match=where):
        storyboard.render(changed, out=tmp_path / "film")
    assert not (tmp_path / "film").exists()


def test_a_generator_without_parameters_refuses_all(board: Storyboard) -> None:
    with pytest.raises(InputError, match="there is no parameter 'steps'") as caught:
        check_generators(told(board, {"steps": 3}, SceneGenerator(), video="animatic"))
    assert "animatic has no parameters" in caught.value.hint
    with pytest.raises(DocumentError, match="slow_motion is 'magic'"):
        check_generators(told(board, {}, SceneGenerator(parameters={"slow_motion": "magic"})))


@pytest.fixture
def wished(short_film: storyboard.Project) -> Storyboard:
    """The short film's storyboard, with wishes for the second and third line of its second scene."""
    board = short_film.storyboard
    refs = board.scenes[1].lines
    directions = [
        Direction(section=refs[0][0], line=refs[0][1], negative_prompt="rain"),
        Direction(section=refs[1][0], line=refs[1][1], prompt="lanterns rise", image="images/lantern.png"),
    ]
    return board.model_copy(update={"directions": directions})


def request_for(
    board: Storyboard, film: storyboard.Project, folder: Path, able: VideoCapabilities = READS
) -> VideoRequest:
    return video_request(board, 1, film.timeline, able, folder=folder)


def test_wishes_for_lines_come_as_cues_with_the_frame_on_which_each_is_sung(
    wished: Storyboard, short_film: storyboard.Project, tmp_path: Path
) -> None:
    import numpy as np

    picture = tmp_path / "images/lantern.png"
    write_png(np.zeros((8, 8, 3), np.uint8), picture)
    request, timeline = request_for(wished, short_film, tmp_path), short_film.timeline
    first, second = request.cues
    assert first.negative_prompt == "rain" and first.image is None
    assert second.prompt == "lanterns rise"
    assert second.image == ImageFile(file="images/lantern.png", sha256=sha256_of(picture))
    scene = wished.scenes[1]
    clip_starts = timeline.shots_of(scene.id)[0].first_frame - timeline.handles(scene.id)[0]
    sung_s = timeline.song_map.words_by_line()[scene.lines[1]][0].start_s
    assert second.first_frame == round(sung_s * timeline.fps) - clip_starts > first.first_frame >= 0
    assert "lanterns" not in request.scene.prompt, "a cue has its time, the prompt holds throughout"
    assert "rain" not in request.scene.negative_prompt
    whole = on_this_machine(request, tmp_path, {}).cues[1].image
    assert whole is not None and whole.file == str(picture)
    assert request_for(wished, short_film, tmp_path, DRAWS).cues == []


def test_a_picture_that_is_not_in_the_project_names_its_line(
    wished: Storyboard, short_film: storyboard.Project, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"line \[\d, \d\], image: there is no picture 'images/lantern.png'"):
        request_for(wished, short_film, tmp_path)


def test_a_key_frame_shows_what_is_wished_for_the_line_sung_then(
    wished: Storyboard, short_film: storyboard.Project, tmp_path: Path
) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images/lantern.png").touch()
    request = request_for(wished, short_film, tmp_path)
    at = request.cues[1].first_frame
    later = [index for index, shot in enumerate(request.shots) if shot.first_frame >= at]
    assert key_frame_prompt(request, 0) == request.scene.prompt
    if later:
        assert key_frame_prompt(request, later[0]) == f"lanterns rise. {request.scene.prompt}"


def test_a_key_frame_leaves_out_what_the_line_sung_then_shall_not_show(
    wished: Storyboard, short_film: storyboard.Project, tmp_path: Path
) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images/lantern.png").touch()
    request = request_for(wished, short_film, tmp_path)
    moved = [request.cues[0].model_copy(update={"first_frame": 0}), request.cues[1]]
    request = request.model_copy(update={"cues": moved})
    always = request.scene.negative_prompt
    assert unwanted_in_key_frame(request, 0) == ", ".join(text for text in (always, "rain") if text)
    for shot, each in enumerate(request.shots):
        if each.first_frame >= moved[1].first_frame:
            assert unwanted_in_key_frame(request, shot) == always


def test_a_request_holds_what_all_scenes_share_and_nothing_of_how_it_was_chosen(
    board: Storyboard, short_film: storyboard.Project, tmp_path: Path
) -> None:
    changed = told(board, {"steps": 3}, SceneGenerator(name="model:x", parameters={"steps": 2}))
    changed = changed.model_copy(update={"seed": 5, "look": short_film.storyboard.look})
    request = video_request(changed, 0, short_film.timeline, READS, folder=tmp_path)
    assert request.film_seed == 5 and request.parameters == {"steps": 2}
    assert request.scene.generator == SceneGenerator()


def test_a_portrait_is_asked_for_by_the_sheet(board: Storyboard) -> None:
    look = board.look.model_copy(update={"style": "ink and gold"})
    prompt = portrait_prompt(board.cast[0], look)
    assert prompt.startswith("Portrait of Ida, a 31-year-old woman") and "mustard wool coat" in prompt
    assert prompt.endswith("Style: ink and gold.")
