"""Films of other shapes from one: a window of the picture that keeps what matters, one for every shot."""

from storyboard.sync.reframe.focus import focal_points
from storyboard.sync.reframe.window import reframed, size_for

__all__ = ["focal_points", "reframed", "size_for"]
