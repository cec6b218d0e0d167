"""The main job with video models of tiny random weights: noise on screen, and the real chain behind it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import storyboard
from storyboard.generators.seams import VideoTake
from storyboard.schema.errors import Cancelled
from storyboard.schema.files import load, save
from storyboard.schema.progress import StepFinished, StepProgress
from storyboard.schema.provenance import ScenesProvenance

pytestmark = pytest.mark.filterwarnings(
    "ignore:__array__ implementation:DeprecationWarning"
)  # of diffusers' Euler
pytest.importorskip("peft")
torch = pytest.importorskip("torch")
pytest.importorskip("diffusers")
pytest.importorskip("transformers")

from storyboard.generators.models import held  # noqa: E402
from storyboard.generators.testing.tiny.animatediff import build_animatediff  # noqa: E402
from storyboard.generators.testing.tiny.ip_adapter import build_ip_adapter  # noqa: E402
from storyboard.generators.testing.tiny.stable_diffusion import build_stable_diffusion  # noqa: E402
from storyboard.generators.testing.tiny.svd import build_svd  # noqa: E402
from storyboard.generators.testing.tiny.text_to_video import build_text_to_video  # noqa: E402

Board, Project = storyboard.Storyboard, storyboard.Project
Film = Callable[..., Project]
SMALL = {"width": 64, "height": 64, "steps": 1}


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Any:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def text_to_video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_text_to_video(tmp_path_factory.mktemp("models") / "text-to-video")


@pytest.fixture(scope="module")
def board(brief_board: storyboard.Storyboard, text_to_video: Path) -> storyboard.Storyboard:
    changes = {"video": f"videofusion:{text_to_video}", "parameters": {"video": SMALL}}
    return brief_board.model_copy(update={"generators": brief_board.generators.model_copy(update=changes)})


@pytest.fixture(scope="module")
def planned(
    board: storyboard.Storyboard, brief_project: Project, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Project, storyboard.FilmEstimate]:
    """A project whose song is recorded and heard, and what its shoot is expected to take."""
    folder = shutil.copytree(brief_project.path, tmp_path_factory.mktemp("planned") / "film")
    save(board, folder / "storyboard.json")
    return storyboard.load(folder), storyboard.estimate(folder)


@pytest.fixture(scope="module")
def film_with(
    board: storyboard.Storyboard,
    planned: tuple[Project, storyboard.FilmEstimate],
    tmp_path_factory: pytest.TempPathFactory,
) -> Film:
    """Render the same song with other generators."""

    def make(**generators: Any) -> Project:
        folder = tmp_path_factory.mktemp("film") / "film"
        shutil.copytree(planned[0].path, folder)
        chosen = board.generators.model_copy(update=generators)
        return storyboard.render(board.model_copy(update={"generators": chosen}), out=folder)

    return make


@pytest.fixture(scope="module")
def video_fusion(film_with: Film) -> Project:
    return film_with()


def provenance_of(project: Project) -> ScenesProvenance:
    return load(project.path / "scenes/provenance.json", ScenesProvenance)


def check_film(project: Project) -> None:
    """Check that the film is whole, and that every cut was planned and shot on a beat."""
    report, timeline = project.report, project.timeline
    assert report.frames == timeline.n_frames and report.black_runs == report.frozen_runs == []
    assert abs(report.av_difference_s) < 1 / 12
    beats = [round(beat_s * timeline.fps) for beat_s in timeline.song_map.beats_s]
    cuts = [shot.first_frame for shot in timeline.shots[1:]]
    assert cuts and all(min(abs(cut - beat) for beat in beats) <= 1 for cut in cuts)
    assert report.cuts_planned == len(cuts) and report.cuts_inside_words == 0
    assert all(shot.retime is not None for shot in timeline.shots)


def pieces_of(project: Project, scene: str) -> list[tuple[float, float]]:
    """Return from when to when of its scene's clip each shot is shown, in seconds."""
    shown = []
    for shot in project.timeline.shots_of(scene):
        assert shot.retime is not None
        shown.append((shot.retime.anchors[0][1], shot.retime.anchors[-1][1]))
    return shown


def test_a_film_of_text_to_video_is_whole_and_cut_on_the_beat(video_fusion: Project) -> None:
    check_film(video_fusion)
    assert not (video_fusion.path / "portraits").exists(), "this model uses no pictures"
    for number, scene in enumerate(video_fusion.storyboard.scenes, start=1):
        entries = (video_fusion.path / ".storyboard/store").glob("clip-*/take.json")
        takes = [load(path, VideoTake) for path in entries]
        assert len(takes) == 2 and all(take.pieces for take in takes)
        shown = pieces_of(video_fusion, scene.id)
        assert any(fits(shown, take) for take in takes), f"scene {number}: each shot inside its own piece"


def fits(shown: list[tuple[float, float]], take: Any) -> bool:
    """Whether each stretch lies inside the piece of its place."""
    pieces = [(each.first_frame / take.fps, each.n_frames / take.fps) for each in take.pieces]
    if len(pieces) != len(shown):
        return False
    inside = [
        start_s - 1e-6 <= from_s and to_s <= start_s + length_s + 1e-6
        for (from_s, to_s), (start_s, length_s) in zip(shown, pieces, strict=True)
    ]
    return all(inside)


def test_what_shot_each_scene_is_on_record(video_fusion: Project, text_to_video: Path) -> None:
    made = provenance_of(video_fusion)
    assert list(made.scenes) == [scene.id for scene in video_fusion.storyboard.scenes]
    assert made.portraits == {}
    for index, each in enumerate(made.scenes.values()):
        assert each.generator == f"videofusion:{text_to_video}" and each.parameters == SMALL
        assert each.seed == index and each.takes[0].seed == index and each.takes[0].refused == ""
        assert each.model is not None and each.model.revision.startswith("sha256:")
        assert (each.model.device, each.model.dtype) == ("cpu", "float32")
        assert each.key_frames == [] and each.takes[0].likeness is None


def test_no_model_is_held_when_a_run_has_ended(video_fusion: Project) -> None:
    assert not held._held


def test_a_dry_run_says_what_each_scene_takes_and_shoots_nothing(
    planned: tuple[Project, storyboard.FilmEstimate], video_fusion: Project
) -> None:
    project, estimate = planned
    assert not list((project.path / ".storyboard/store").glob("clip-*"))
    assert [scene.pieces for scene in estimate.scenes] == [
        len(video_fusion.timeline.shots_of(scene.id)) for scene in project.storyboard.scenes
    ]
    assert all(scene.device_s > 0 and scene.disk_mb > 0 and scene.takes == 1 for scene in estimate.scenes)
    assert estimate.cost_usd == 0 and estimate.pictures == 0 and not estimate.scenes[0].is_there
    assert estimate.device_s == pytest.approx(sum(scene.device_s for scene in estimate.scenes))
    before = (video_fusion.path / "timeline.json").read_bytes()
    again = storyboard.estimate(video_fusion.path)
    assert all(scene.is_there and scene.device_s == 0 for scene in again.scenes)
    assert (video_fusion.path / "timeline.json").read_bytes() == before
    assert storyboard.export(video_fusion.path, "otio").exists(), "the film is still the last run"


def test_one_edited_scene_is_one_scene_shot(
    video_fusion: Project, copy_of: Callable[[Project], Project], watcher: Any
) -> None:
    project = copy_of(video_fusion)
    data = project.storyboard.model_dump(mode="json")
    data["scenes"][1]["setting"] = "a beach at low tide"
    save(Board.model_validate(data), project.path / "storyboard.json")
    storyboard.render(project.path, on_event=watcher)
    assert [part for step, part in watcher.made if step == "shoot"] == [1]
    kept, changed = ([made.scenes[f"scene-{n}"] for made in map(provenance_of, (video_fusion, project))]
                     for n in (1, 2))  # fmt: skip
    assert kept[0] == kept[1] and changed[0].takes != changed[1].takes


def test_a_parameter_of_one_scene_is_told_to_that_scene_alone(
    video_fusion: Project, copy_of: Callable[[Project], Project], watcher: Any
) -> None:
    project = copy_of(video_fusion)
    data = project.storyboard.model_dump(mode="json")
    data["scenes"][0]["generator"]["parameters"] = {"steps": 2, "slow_motion": "blend"}
    save(Board.model_validate(data), project.path / "storyboard.json")
    storyboard.render(project.path, on_event=watcher)
    assert [part for step, part in watcher.made if step == "shoot"] == [0]
    told = [each.parameters for each in provenance_of(project).scenes.values()]
    assert told == [SMALL | {"steps": 2}, SMALL]


def test_a_run_stopped_between_scenes_goes_on_with_the_others(
    planned: tuple[Project, storyboard.FilmEstimate],
    copy_of: Callable[[Project], Project],
    watcher: Any,
) -> None:
    project = copy_of(planned[0])

    def stop(event: object) -> None:
        if isinstance(event, StepFinished) and event.step == "shoot":
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        storyboard.render(project.path, on_event=stop)
    done = set((project.path / ".storyboard/store").glob("clip-*"))
    assert 1 <= len(done) <= 2 and not project.is_rendered
    storyboard.render(project.path, on_event=watcher)
    assert project.is_rendered and done <= set((project.path / ".storyboard/store").glob("clip-*"))
    assert not any(getattr(event, "step", "") in ("record", "listen") for event in watcher.events)


def test_progress_comes_from_the_denoising_steps(
    planned: tuple[Project, storyboard.FilmEstimate], copy_of: Callable[[Project], Project], watcher: Any
) -> None:
    project = copy_of(planned[0])
    storyboard.render(project.path, on_event=watcher)
    seen = [
        each.fraction for each in watcher.events if isinstance(each, StepProgress) and each.step == "shoot"
    ]
    assert any(0 < fraction < 1 for fraction in seen)


@pytest.fixture(scope="module")
def animated(film_with: Film, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """AnimateDiff with an IP-Adapter; its portraits are painted by Stable Diffusion."""
    import diffusers

    folder = tmp_path_factory.mktemp("models") / "animatediff"
    build_animatediff(folder)
    unet: Any = diffusers.UNet2DConditionModel
    build_ip_adapter(folder / "ip_adapter", unet.from_pretrained(folder / "unet", local_files_only=True))
    return film_with(
        video=f"animatediff:{folder}",
        image=f"stable-diffusion:{folder}",
        parameters={"video": SMALL, "image": {"steps": 1}},
    )


def test_a_film_of_animatediff_takes_after_portraits_that_are_kept(animated: Project) -> None:
    check_film(animated)
    made = provenance_of(animated)
    assert list(made.portraits) == ["Ida", "Jon"]
    for name, portrait in made.portraits.items():
        assert portrait.file == f"portraits/{name}.png" and (animated.path / portrait.file).is_file()
        assert portrait.made is not None and portrait.made.model is not None
        assert portrait.made.parameters == {"steps": 1}
    first, second = made.scenes.values()
    assert first.portraits == {"Ida": made.portraits["Ida"].sha256}
    assert second.portraits == {name: each.sha256 for name, each in made.portraits.items()}


def test_an_edited_character_changes_its_portrait_and_its_scenes(
    animated: Project, copy_of: Callable[[Project], Project], watcher: Any
) -> None:
    project = copy_of(animated)
    data = project.storyboard.model_dump(mode="json")
    data["cast"][1]["eyes"] = "green"
    save(Board.model_validate(data), project.path / "storyboard.json")
    storyboard.render(project.path, on_event=watcher)
    before, after = provenance_of(animated), provenance_of(project)
    assert before.portraits["Ida"] == after.portraits["Ida"]
    assert before.portraits["Jon"].sha256 != after.portraits["Jon"].sha256
    assert [part for step, part in watcher.made if step == "shoot"] == [1], "Jon is in the second scene"


@pytest.fixture(scope="module")
def moved(film_with: Film, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Stable Diffusion paints a key frame for each shot, Stable Video Diffusion moves them."""
    models = tmp_path_factory.mktemp("models")
    painter, mover = build_stable_diffusion(models / "painter"), build_svd(models / "mover", n_frames=14)
    return film_with(
        video=f"svd:{mover}",
        image=f"stable-diffusion:{painter}",
        parameters={"video": SMALL | {"decode_chunk_size": 14}, "image": {"steps": 1}},
    )


def test_a_film_from_text_to_image_to_video_has_a_key_frame_for_each_shot(moved: Project) -> None:
    check_film(moved)
    made, timeline = provenance_of(moved), moved.timeline
    for number, scene in enumerate(moved.storyboard.scenes, start=1):
        key_frames = made.scenes[scene.id].key_frames
        assert [each.file for each in key_frames] == [
            f"scenes/{number:02d}-key-{shot}.png" for shot in range(1, len(timeline.shots_of(scene.id)) + 1)
        ]
        assert all((moved.path / each.file).is_file() for each in key_frames)
        assert len({each.sha256 for each in key_frames}) == len(key_frames)


def test_an_edited_scene_has_only_its_own_key_frames_drawn_again(
    moved: Project, copy_of: Callable[[Project], Project], watcher: Any
) -> None:
    project = copy_of(moved)
    data = project.storyboard.model_dump(mode="json")
    data["scenes"][0]["setting"] = "a beach at low tide"
    save(Board.model_validate(data), project.path / "storyboard.json")
    dry = storyboard.estimate(project.path)
    n_shots = len(moved.timeline.shots_of("scene-1"))
    assert dry.pictures == n_shots and [scene.is_there for scene in dry.scenes] == [False, True]
    storyboard.render(project.path, on_event=watcher)
    before, after = (
        set((each.path / ".storyboard/store").glob("*"))
        and {path.name for path in (each.path / ".storyboard/store").glob("key-frame-*")}
        for each in (moved, project)
    )
    assert before < after and len(after - before) == n_shots
    assert [part for step, part in watcher.made if step == "shoot"] == [0]
