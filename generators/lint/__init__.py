"""The linter: deterministic checks of a storyboard, whoever wrote it."""

from storyboard.generators.lint.finding import Finding
from storyboard.generators.lint.linter import lint

__all__ = ["Finding", "lint"]
