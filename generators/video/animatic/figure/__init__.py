"""Posable full-body characters, drawn from their sheets in any action, on the beat."""

from __future__ import annotations

from storyboard.generators.video.animatic.figure.acting import Moment
from storyboard.generators.video.animatic.figure.actions import ACTIONS, actions_of
from storyboard.generators.video.animatic.figure.figure import Figure
from storyboard.generators.video.animatic.figure.sprite import Light

__all__ = ["ACTIONS", "Figure", "Light", "Moment", "actions_of"]
