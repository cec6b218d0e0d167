"""The register of places: what a kind of place is, and how a file announces the one it paints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from storyboard.generators.video.animatic.scenery import Scenery

Paint = Callable[[Scenery], None]


@dataclass(frozen=True)
class Setting:
    """A kind of place: what paints it, the words that mean it, what one sits on there."""

    paint: Paint
    seat: str
    indoor: bool
    words: str


SETTINGS: dict[str, Setting] = {}


def place(kind: str, *, seat: str, words: str, indoor: bool = False) -> Callable[[Paint], Paint]:
    """Register the function below as the painter of a kind of place.

    `words` are the names people give it, separated by ", ", in the singular; `seat` is one of
    `animatic.seats`.
    """

    def register(paint: Paint) -> Paint:
        SETTINGS[kind] = Setting(paint, seat, indoor, words)
        return paint

    return register
