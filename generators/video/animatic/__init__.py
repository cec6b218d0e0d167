"""The animatic: an illustrated, moving storyboard, drawn from the scene's record on any CPU."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from storyboard.generators.seams import VideoRequest, VideoTake
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.errors import GeneratorUnavailable
from storyboard.schema.progress import OnFraction


class Animatic:
    """Draws scenes: setting, hour, weather, characters from their sheets, on the beat. Needs no model."""

    name: ClassVar[str] = "animatic"
    version: ClassVar[str] = "4"

    def check(self) -> None:
        """Raise GeneratorUnavailable when a package or a system library is missing."""
        try:
            import av  # noqa: F401
            import cv2  # noqa: F401
            import skia  # noqa: F401
        except ModuleNotFoundError as error:
            hint = "pip install skia-python opencv-python-headless av"
            raise GeneratorUnavailable(
                f"{error.name} is not installed", where="animatic", hint=hint
            ) from error
        except ImportError as error:
            hint = "sudo apt-get install libegl1 libgl1 libexpat1"
            raise GeneratorUnavailable(
                f"skia cannot be loaded ({error})", where="animatic", hint=hint
            ) from error

    def capabilities(self) -> VideoCapabilities:
        """Any length, the same bytes for the same request, and worth a process of its own."""
        return VideoCapabilities(
            runs_in="process", exact=True, deterministic=True, reads_prompt=False, draws_mouths=True
        )

    def shoot(self, request: VideoRequest, out: Path, progress: OnFraction) -> VideoTake:
        """Draw the scene to an H.264 MP4 of exactly `n_frames` frames.

        Raises:
            GeneratorUnavailable: a package or a system library that skia needs is missing.
            GeneratorError: the shots do not tile the clip.
            Cancelled: from `progress`; no file is left.
        """
        self.check()
        from storyboard.generators.video.animatic.reel import shoot

        return shoot(request, out, progress)
