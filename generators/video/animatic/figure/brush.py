"""The brush: draws paths on a canvas in flat colours under the scene's ambient light."""

from __future__ import annotations

import skia

from storyboard.generators.video.animatic.figure.colors import RGB, luminance
from storyboard.generators.video.animatic.figure.shapes import Point


class Brush:
    """Fills and lines in flat colours, each multiplied by the ambient light.

    Attributes:
        canvas: where it draws, in figure space: y down, feet at 0, an adult 1.0 tall.
        px: pixels to one unit of figure space; detail is added as it grows.
        dark: the side away from the rim light, -1 or 1, in figure space.
    """

    def __init__(self, canvas: skia.Canvas, px: float, ambient: RGB, dark: int) -> None:
        self.canvas = canvas
        self.px = px
        self.dark = dark
        self._ambient = ambient
        self._fill = skia.Paint(AntiAlias=True)
        self._stroke = skia.Paint(
            AntiAlias=True,
            Style=skia.Paint.kStroke_Style,
            StrokeCap=skia.Paint.kRound_Cap,
            StrokeJoin=skia.Paint.kRound_Join,
        )

    def fill(self, path: skia.Path, color: RGB, alpha: float = 1.0) -> None:
        """Fill a path."""
        self._fill.setColor4f(self._lit(color, alpha))
        self.canvas.drawPath(path, self._fill)

    def line(self, path: skia.Path, color: RGB, width: float, alpha: float = 1.0) -> None:
        """Stroke a path with round ends."""
        self._stroke.setColor4f(self._lit(color, alpha))
        self._stroke.setStrokeWidth(width)
        self.canvas.drawPath(path, self._stroke)

    def oval(self, centre: Point, rx: float, ry: float, color: RGB, alpha: float = 1.0) -> None:
        """Fill an upright ellipse."""
        self._fill.setColor4f(self._lit(color, alpha))
        x, y = centre
        self.canvas.drawOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry), self._fill)

    def glow(self, path: skia.Path, color: RGB, alpha: float = 1.0) -> None:
        """Fill a path with light of its own, which the ambient light does not darken."""
        self._fill.setColor4f(skia.Color4f(*color, alpha))
        self.canvas.drawPath(path, self._fill)

    def shine(self, centre: Point, radius: float, color: RGB, alpha: float) -> None:
        """Let a light shine on what is drawn already, fading out with distance."""
        near = skia.Color4f(*color, alpha).toColor()
        far = skia.Color4f(*color, 0.0).toColor()
        shader = skia.GradientShader.MakeRadial(centre, radius, [near, far])
        paint = skia.Paint(AntiAlias=True, Shader=shader, BlendMode=skia.BlendMode.kSrcATop)
        self.canvas.drawCircle(centre[0], centre[1], radius, paint)

    def fine(self, size: float) -> bool:
        """Whether something of this size in figure units is worth drawing (above 0.7 px)."""
        return size * self.px > 0.7

    @property
    def gloom(self) -> float:
        """How dark the scene is, 0 to 1."""
        return 1.0 - luminance(self._ambient)

    def _lit(self, color: RGB, alpha: float) -> skia.Color4f:
        r, g, b = self._ambient
        return skia.Color4f(color[0] * r, color[1] * g, color[2] * b, alpha)
