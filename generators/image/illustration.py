"""Illustration: portraits and scenes drawn by the animatic's figures and places, on any CPU."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from storyboard.generators.models.parameters import parameters_of
from storyboard.generators.seams import ImageRequest, ImageTake
from storyboard.generators.video.animatic import Animatic
from storyboard.schema.document import Part
from storyboard.schema.errors import GeneratorError
from storyboard.schema.progress import OnFraction


class IllustrationParameters(Part):
    """It is told nothing beyond the request."""


class Illustration:
    """Draws a character's portrait from the sheet, or a scene from its record. Needs no model."""

    name: ClassVar[str] = "illustration"
    version: ClassVar[str] = f"1.{Animatic.version}"
    parameters: ClassVar[type[Part]] = IllustrationParameters
    uses_portraits: ClassVar[bool] = False

    def check(self) -> None:
        """Raise GeneratorUnavailable when a package or a system library is missing."""
        Animatic().check()

    def draw(self, request: ImageRequest, out: Path, progress: OnFraction) -> ImageTake:
        """Draw to a PNG of the size asked for; the same request gives the same bytes.

        Raises:
            GeneratorUnavailable: a package or a system library that skia needs is missing.
            GeneratorError: there is neither a scene nor a character to draw.
            InputError: a parameter is given, as there are none.
            Cancelled: from `progress`; no file is left.
        """
        parameters_of(IllustrationParameters, request.parameters, "generators.parameters.image")
        self.check()
        progress(0.0)
        from storyboard.generators.image.picture import write_png
        from storyboard.generators.image.portrait import portrait_of
        from storyboard.generators.image.scene_picture import scene_picture

        if request.scene is not None:
            picture = scene_picture(request, request.scene)
        elif request.characters:
            picture = portrait_of(request.characters[0], request.width, request.height, request.seed)
        else:
            raise GeneratorError(
                "there is neither a scene nor a character to draw", where=self.name, hint="give one of them"
            )
        progress(0.9)
        write_png(picture, out)
        progress(1.0)
        return ImageTake()
