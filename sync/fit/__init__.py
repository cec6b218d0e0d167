"""Fit clips into their shots: where each moves, how it fills its slots, and the frames that come of it."""

from __future__ import annotations

from storyboard.sync.fit.clip import Clip

__all__ = ["Clip"]
