"""What the tests of video models share: one thread, a tiny text-to-video model, a scene to film."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from storyboard.generators.models.held import release
from storyboard.generators.seams import ShotSpec, VideoRequest
from storyboard.schema.board import Look
from storyboard.schema.scene import Scene

Asking = Callable[..., VideoRequest]


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Tiny models are up to ninety times slower on several threads."""
    torch = pytest.importorskip("torch")
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
    release()


@pytest.fixture(scope="session")
def text_to_video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny ModelScope text-to-video model on disk."""
    pytest.importorskip("diffusers")
    from storyboard.generators.testing.tiny.text_to_video import build_text_to_video

    return build_text_to_video(tmp_path_factory.mktemp("models") / "text_to_video")


@pytest.fixture(scope="session")
def asking() -> Asking:
    """Return what asks for a scene with shots of so many frames, at 24 a second."""

    def ask(
        *n_frames: int, prompt: str = "A street at night.", told: Any = None, **given: Any
    ) -> VideoRequest:
        firsts = [0, *accumulate(n_frames)]
        scene = Scene(id="a", title="A", setting="a street", prompt=prompt, negative_prompt="blurry")
        framings = ("wide", "close", "medium")
        asked: dict[str, Any] = {
            "scene": scene, "scene_index": 0, "n_scenes": 1, "characters": [],
            "look": Look(height=360, fps=24), "seed": 5, "n_frames": firsts[-1],
            "shots": [
                ShotSpec(first_frame=first, n_frames=n, framing=framings[index % 3])
                for index, (first, n) in enumerate(zip(firsts, n_frames, strict=False))
            ],
            "parameters": {"steps": 2, "width": 64, "height": 64, **(told or {})},
        }  # fmt: skip
        return VideoRequest(**{**asked, **given})

    return ask
