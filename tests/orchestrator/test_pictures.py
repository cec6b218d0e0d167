"""Portraits and key frames: drawn only for who uses them, the user's own kept and never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import av
import numpy as np
import pytest

import storyboard
from storyboard.generators import registry
from storyboard.generators.image.picture import read_picture, write_png
from storyboard.generators.seams import VideoRequest, VideoTake
from storyboard.orchestrator.studio import portrait_files
from storyboard.orchestrator.workspace import sha256_of
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.errors import Cancelled, InputError
from storyboard.schema.files import load, save
from storyboard.schema.progress import OnFraction
from storyboard.schema.provenance import ScenesProvenance

Project = storyboard.Project
Copy = Callable[[Project], Project]


class Painter:
    """Films a moving texture, and remembers what pictures it was given."""

    name: ClassVar[str] = "painter"
    version: ClassVar[str] = "1"
    asked: ClassVar[list[VideoRequest]] = []

    def check(self) -> None:
        """Nothing is needed."""

    def capabilities(self) -> VideoCapabilities:
        return VideoCapabilities(uses_portraits=True, needs_image=True)

    def shoot(self, request: VideoRequest, out: Path, progress: OnFraction) -> VideoTake:
        self.asked.append(request)
        n_frames = round(8 * request.n_frames / request.look.fps) + 8
        texture = np.random.default_rng(request.scene_index).integers(30, 220, (16, 16, 3), np.uint8)
        texture = texture.repeat(4, 0).repeat(4, 1)
        with av.open(str(out), "w") as container:
            stream = container.add_stream("libx264", rate=8)
            stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
            for index in range(n_frames):
                picture = av.VideoFrame.from_ndarray(np.roll(texture, 3 * index, 1), format="rgb24")
                for packet in stream.encode(picture):
                    container.mux(packet)
            for packet in stream.encode():
                container.mux(packet)
        progress(1.0)
        return VideoTake(n_frames=n_frames, fps=8.0)


@pytest.fixture(autouse=True)
def painter(monkeypatch: pytest.MonkeyPatch) -> type[Painter]:
    found = registry.load
    monkeypatch.setattr(
        registry, "load", lambda family, spec: Painter if spec == "painter" else found(family, spec)
    )
    monkeypatch.setattr(Painter, "asked", [])
    return Painter


@pytest.fixture
def project(brief_project: Project, copy_of: Copy) -> Project:
    """A film of two scenes, the second of them shot by the painter."""
    copied = copy_of(brief_project)
    data = copied.storyboard.model_dump(mode="json")
    data["scenes"][1]["generator"]["name"] = "painter"
    save(storyboard.Storyboard.model_validate(data), copied.path / "storyboard.json")
    return copied


def provenance_of(project: Project) -> ScenesProvenance:
    return load(project.path / "scenes/provenance.json", ScenesProvenance)


def to_the_shoot(project: Project, **options: Any) -> None:
    """Render until the pictures are drawn."""

    def stop(event: object) -> None:
        if getattr(event, "step", "") == "shoot":
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        storyboard.render(project.path, on_event=stop, **options)


def test_nothing_is_drawn_for_scenes_that_use_no_pictures(short_film: Project, watcher: Any) -> None:
    storyboard.render(short_film.path, on_event=watcher)
    assert not any(getattr(event, "step", "") == "draw_pictures" for event in watcher.events)
    assert not (short_film.path / "portraits").exists()
    made = provenance_of(short_film)
    assert made.portraits == {} and all(each.generator == "animatic" for each in made.scenes.values())


def test_a_generator_gets_the_pictures_that_are_in_the_project(project: Project, watcher: Any) -> None:
    storyboard.render(project.path, on_event=watcher)
    (asked,) = Painter.asked
    scene = project.storyboard.scenes[1]
    assert [each.name for each in asked.portraits] == scene.characters
    assert len(asked.key_frames) == len(asked.shots) == len(project.timeline.shots_of(scene.id))
    for image in (*(each.image for each in asked.portraits), *asked.key_frames):
        assert Path(image.file).is_absolute() and sha256_of(Path(image.file)) == image.sha256
    made = provenance_of(project)
    assert made.scenes[scene.id].portraits == {each.name: each.image.sha256 for each in asked.portraits}
    for key_frame in made.scenes[scene.id].key_frames:
        assert sha256_of(project.path / key_frame.file) == key_frame.sha256
        width, height = read_picture(project.path / key_frame.file).shape[1::-1]
        assert width / height == pytest.approx(16 / 9, rel=0.02)
    assert ("draw_pictures", 0) in watcher.made


def test_what_was_drawn_goes_when_no_scene_uses_it_any_more(project: Project) -> None:
    to_the_shoot(project)
    mine = project.path / "portraits/mine.png"
    write_png(np.full((8, 8, 3), 9, np.uint8), mine)
    drawn = {path.name for path in (project.path / "portraits").iterdir()} - {"mine.png"}
    assert drawn and list((project.path / "scenes").glob("02-key-*.png"))
    data = project.storyboard.model_dump(mode="json")
    data["scenes"][1]["generator"]["name"] = ""
    save(storyboard.Storyboard.model_validate(data), project.path / "storyboard.json")
    to_the_shoot(project)
    assert [path.name for path in (project.path / "portraits").iterdir()] == ["mine.png"]
    assert not list((project.path / "scenes").glob("02-key-*.png"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A picture of the user's, as a JPEG."""
    import cv2

    path = tmp_path / "my ida.jpg"
    cv2.imwrite(str(path), np.full((40, 30, 3), (10, 200, 30), np.uint8))
    return path


def test_the_user_s_own_portrait_is_kept_and_used(project: Project, own: Path) -> None:
    to_the_shoot(project)
    drawn = sha256_of(project.path / "portraits/Ida.png")
    storyboard.render(project.path, portraits={"Ida": own})
    board = project.storyboard
    assert board.generators.portraits == {"Ida": "portraits/Ida.png"}
    kept = project.path / "portraits/Ida.png"
    assert read_picture(kept).shape == (40, 30, 3) and sha256_of(kept) != drawn
    assert not (project.path / "portraits/Ida-2.png").exists(), "what was drawn is in the store"
    (asked,) = Painter.asked
    portrait = next(each for each in asked.portraits if each.name == "Ida")
    assert np.array_equal(read_picture(Path(portrait.image.file)), read_picture(kept))
    made = provenance_of(project).portraits["Ida"]
    assert made.made is None and made.file == "portraits/Ida.png"
    to_the_shoot(project)
    assert sha256_of(kept) != drawn, "it is not drawn over"


def test_a_wrong_name_or_file_is_an_error_before_any_work(
    project: Project, own: Path, tmp_path: Path
) -> None:
    (tmp_path / "no.png").write_text("no picture")
    before = (project.path / "storyboard.json").read_bytes()
    for portraits, message in (
        ({"Nobody": own}, r"--portrait Nobody=.*no character is named 'Nobody'"),
        ({"Ida": tmp_path / "no.png"}, r"--portrait Ida=.*is no image"),
        ({"Ida": tmp_path / "gone.png"}, r"--portrait Ida=.*no such image"),
    ):
        with pytest.raises(InputError, match=message):
            storyboard.render(project.path, portraits=portraits)
    assert (project.path / "storyboard.json").read_bytes() == before and not Painter.asked
    assert not (project.path / "portraits").exists()


def test_a_portrait_that_the_storyboard_names_and_is_gone_says_how_to_bring_it(project: Project) -> None:
    data = project.storyboard.model_dump(mode="json")
    data["generators"]["portraits"] = {"Ida": "portraits/ida.png"}
    save(storyboard.Storyboard.model_validate(data), project.path / "storyboard.json")
    with pytest.raises(InputError, match=r"generators\.portraits\.Ida") as caught:
        storyboard.render(project.path)
    assert "--portrait Ida=FILE" in caught.value.hint


def test_create_takes_portraits_of_the_cast_that_is_written(own: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no image"):
        (tmp_path / "no.png").write_text("")
        storyboard.create("a paper boat", out=tmp_path / "film", portraits={"Ida": tmp_path / "no.png"})
    assert not (tmp_path / "film").exists()
    board = storyboard.create("a paper boat", out=tmp_path / "film", plan_only=True).storyboard
    name = board.cast[0].name
    project = storyboard.create("a paper boat", out=tmp_path / "film", plan_only=True, portraits={name: own})
    assert list(project.storyboard.generators.portraits) == [name]


def test_names_of_portraits_are_such_as_every_system_allows(board: storyboard.Storyboard) -> None:
    names = ["Ida", "../ida", "IDA", "a/b:c", "東京", "..."]
    cast = [board.cast[0].model_copy(update={"name": name}) for name in names]
    files = portrait_files(cast)
    assert list(files) == names
    assert list(files.values()) == [
        "Ida.png",
        "ida-2.png",
        "IDA-3.png",
        "a-b-c.png",
        "東京.png",
        "portrait.png",
    ]
