"""How near the camera stands: every scene opens wide, then comes nearer and goes back."""

from __future__ import annotations

from storyboard.schema.scene import Scene
from storyboard.schema.timeline import Framing


def framing_of(scene: Scene, scene_index: int, n_before: int) -> Framing:
    """Return the framing of a shot after `n_before` shots of its scene; never the same twice running."""
    cycle: tuple[Framing, ...] = (
        ("wide", "medium", "close") if scene_index % 2 == 0 else ("wide", "close", "medium")
    )
    if not scene.characters:
        cycle = ("wide", "medium")
    return cycle[n_before % len(cycle)]
