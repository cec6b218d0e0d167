"""What the linter says: one finding."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from storyboard.schema.document import Line, Part

Step = Literal["song", "story", "cast", "board"]
"""The writing step that can mend a finding."""

Severity = Literal["must", "should"]
"""must: the film would be wrong or confusing; should: it would be better otherwise."""


class Finding(Part):
    """One thing to mend: what, where, by which step, and how much it matters."""

    model_config = ConfigDict(frozen=True)

    code: Line
    where: Line
    message: Line
    step: Step
    severity: Severity = "should"
