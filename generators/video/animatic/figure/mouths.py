"""Mouths: the shape that a sung or spoken sound gives to lips, jaw and teeth, and how it is drawn.

Head space: radius 1, y down; a face moves its mouth by drawing it on a canvas that it has shifted.
"""

from __future__ import annotations

from dataclasses import dataclass

import skia

from storyboard.generators.seams import Viseme
from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, mix, shade
from storyboard.generators.video.animatic.figure.features import Features
from storyboard.generators.video.animatic.figure.shapes import blob, strand
from storyboard.generators.video.animatic.figure.skeleton import Mood

_INSIDE: RGB = (0.42, 0.1, 0.13)
_TEETH: RGB = (0.98, 0.96, 0.93)
_TONGUE: RGB = (0.85, 0.38, 0.4)


@dataclass(frozen=True)
class Mouth:
    """The shape of a mouth.

    Attributes:
        open: how far the jaw is down, 0 to 1.
        wide: -1 pursed as in "oo" to 1 spread as in "ee".
        press: how firmly the lips are closed on each other, 0 to 1, as in "m".
        bite: how much the upper teeth rest on the lower lip, 0 to 1, as in "f".
    """

    open: float = 0.0
    wide: float = 0.0
    press: float = 0.0
    bite: float = 0.0

    def toward(self, other: Mouth, share: float) -> Mouth:
        """Return the shape a share of the way to another."""

        def between(a: float, b: float) -> float:
            return a + (b - a) * share

        return Mouth(
            between(self.open, other.open),
            between(self.wide, other.wide),
            between(self.press, other.press),
            between(self.bite, other.bite),
        )


MOUTHS: dict[Viseme, Mouth] = {
    "rest": Mouth(),
    "closed": Mouth(press=1.0),
    "teeth": Mouth(open=0.1, wide=0.1, bite=1.0),
    "narrow": Mouth(open=0.22, wide=0.3),
    "open": Mouth(open=0.95, wide=0.1),
    "wide": Mouth(open=0.46, wide=0.9),
    "round": Mouth(open=0.5, wide=-1.0),
}


def set_mouth(mood: Mood, mouth: Mouth, loudness: float) -> None:
    """Give a face the shape of a mouth; the jaw falls further in loud music, met lips stay met."""
    speaks = max(mouth.open, mouth.press, mouth.bite)
    if speaks <= 0.0:
        return
    mood.open = max(mouth.open * (0.72 + 0.4 * loudness), mood.open * (1 - speaks))
    mood.open = min(1.0, mood.open * (1 - mouth.press) * (1 - 0.75 * mouth.bite))
    mood.wide, mood.press, mood.bite = mouth.wide, mouth.press, mouth.bite
    mood.smile = min(mood.smile, 0.45 + 0.3 * max(0.0, mouth.wide))


def draw_mouth(brush: Brush, f: Features, mood: Mood) -> None:
    """Draw a person's mouth: a line that smiles or droops, opened to teeth and tongue."""
    x, y = 0.08, 0.565 - 0.03 * f.child
    w = (0.2 + 0.055 * max(0.0, mood.smile) - 0.03 * mood.open) * _width(mood)
    bend = 0.085 * mood.smile * (1 - 0.6 * max(0.0, -mood.wide))
    gap = 0.3 * max(0.0, min(1.0, mood.open))
    lip = mix(f.skin, f.lip, 0.9 if "lipstick" in f.marks else 0.62 if f.lips else 0.3)
    dark = mix(shade(f.skin, 2.0), _INSIDE, 0.4)
    if mood.bite > 0.4:
        _bitten(brush, f, (x, y), w, lip, dark)
    elif gap < 0.035:
        _shut(brush, f, mood, (x, y), w, bend, lip, dark)
    else:
        _opened(brush, f, mood, (x, y), w, bend, gap, lip)


def _width(mood: Mood) -> float:
    return 1.0 + (0.3 * mood.wide if mood.wide > 0 else 0.52 * mood.wide)


def _shut(
    brush: Brush,
    f: Features,
    mood: Mood,
    at: tuple[float, float],
    w: float,
    bend: float,
    lip: RGB,
    dark: RGB,
) -> None:
    """Draw met lips: pressed ones are thin and straight with a bulge above and below."""
    x, y = at
    bend *= 1 - 0.7 * mood.press
    left, right = (x - w, y - bend * 0.6), (x + w * 0.9, y - bend * 0.7)
    if f.lips:
        full = 0.1 - 0.035 * mood.press
        lower = blob([left, (x - 0.02, y + bend * 0.7 - full * 0.5), right, (x, y + bend * 0.75 + full)])
        brush.fill(lower, lip)
    elif mood.press > 0.3:
        under = strand([(x - w * 0.5, y + 0.085), (x, y + 0.1), (x + w * 0.45, y + 0.083)])
        brush.line(under, shade(f.skin, 1.1), 0.03, 0.6 * mood.press)
    brush.line(strand([left, (x, y + bend * 0.75), right]), dark, 0.042 + 0.012 * mood.press)


def _bitten(brush: Brush, f: Features, at: tuple[float, float], w: float, lip: RGB, dark: RGB) -> None:
    """Draw the upper teeth on the lower lip."""
    x, y = at
    brush.line(strand([(x - w, y), (x, y - 0.03), (x + w * 0.9, y)]), dark, 0.045)
    brush.oval((x, y + 0.022), w * 0.66, 0.036, _TEETH)
    lower = strand([(x - w * 0.72, y + 0.06), (x, y + 0.078), (x + w * 0.66, y + 0.06)])
    brush.line(lower, lip if f.lips else shade(f.skin, 1.2), 0.05)


def _opened(
    brush: Brush,
    f: Features,
    mood: Mood,
    at: tuple[float, float],
    w: float,
    bend: float,
    gap: float,
    lip: RGB,
) -> None:
    x, y = at
    left, right = (x - w, y - bend * 0.6), (x + w * 0.9, y - bend * 0.7)
    purse = max(0.0, -mood.wide)
    top = y - 0.036 - gap * (0.16 + 0.45 * purse)
    low = y + gap * (1.12 - 0.3 * purse) + bend
    bulge = 0.5 + 0.4 * purse
    mouth = skia.Path()
    mouth.moveTo(*left)
    mouth.cubicTo(x - w * bulge, top, x + w * bulge, top, *right)
    mouth.cubicTo(x + w * (0.78 + 0.2 * purse), low, x - w * (0.7 + 0.28 * purse), low, *left)
    mouth.close()
    if f.lips or purse > 0.5:
        brush.line(mouth, lip if f.lips else shade(f.skin, 0.7), 0.085 if f.lips else 0.06)
    brush.fill(mouth, _INSIDE)
    brush.canvas.save()
    brush.canvas.clipPath(mouth, True)
    if purse < 0.6:
        brush.oval((x + 0.01, y - 0.045 - gap * 0.1), w * 0.8, 0.04 + 0.045 * mood.open, _TEETH)
    if mood.wide > 0.5 and mood.open < 0.6:  # teeth below as well, as in a long "ee"
        brush.oval((x + 0.01, low - 0.01), w * 0.62, 0.035, _TEETH)
    else:
        brush.oval((x + 0.02, y + gap * 0.86 + bend), w * 0.62, gap * 0.36, _TONGUE)
    brush.canvas.restore()


def draw_muzzle_mouth(brush: Brush, mood: Mood, lower_y: float = 0.48) -> None:
    """Draw the open mouth under an animal's muzzle, before the muzzle itself; nothing when it is shut."""
    gap = 0.28 * max(0.0, min(1.0, mood.open))
    if gap < 0.02:
        return
    w = _width(mood)
    left, right = 0.2 - 0.32 * w, 0.2 + 0.3 * w
    jaw = [
        (left, lower_y),
        (0.2, lower_y + 0.02),
        (right, lower_y - 0.02),
        (right - 0.08, lower_y + 0.2 + gap),
        (0.18, lower_y + 0.26 + gap),
        (left + 0.06, lower_y + 0.18 + gap),
    ]
    brush.fill(blob(jaw), _INSIDE)
    brush.oval((0.2, lower_y + 0.18 + gap * 0.8), 0.16 * w, 0.06 + gap * 0.25, _TONGUE)


def draw_screen_mouth(brush: Brush, light: RGB, mood: Mood, y: float) -> None:
    """Draw a robot's mouth, a shape of light on its screen: a bar, a ring, a wide slot."""
    w = 0.28 * _width(mood)
    x, gap = 0.2, 0.022 + 0.14 * max(0.0, min(1.0, mood.open)) * (1 + 0.5 * max(0.0, -mood.wide))
    bend = 0.08 * mood.smile * (1 - mood.press)
    if mood.press > 0.4 or mood.bite > 0.4:
        brush.glow(_bar(x, y, w * 0.9, 0.022 if mood.press > 0.4 else 0.035), light, 0.9)
        return
    shape = blob([(x - w, y - bend), (x, y - gap + bend * 0.6), (x + w, y - bend), (x, y + gap + bend)])
    if mood.wide < -0.4 and mood.open > 0.15:
        shape = skia.Path()
        shape.addOval(skia.Rect.MakeLTRB(x - w, y - gap * 1.05, x + w, y + gap * 1.05))
    brush.glow(shape, light, 0.9)


def _bar(x: float, y: float, w: float, h: float) -> skia.Path:
    path = skia.Path()
    path.addRRect(skia.RRect.MakeRectXY(skia.Rect.MakeLTRB(x - w, y - h, x + w, y + h), h, h))
    return path
