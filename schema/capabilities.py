"""What a video generator can deliver, for those who plan with it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from storyboard.schema.document import Part


class VideoCapabilities(Part):
    """What a video generator can deliver, so that the planner never asks for more."""

    min_s: float = Field(default=0.0, ge=0, description="the shortest shot")
    max_s: float | None = Field(default=None, gt=0, description="the longest clip of one scene; empty: any")
    best_s: float | None = Field(
        default=None, gt=0, description="the length beyond which a shot loses quality"
    )
    exact: bool = Field(
        default=False,
        description="its clip has the very frames, shots and size asked for, moving on the beat",
    )
    fps: float | None = Field(default=None, gt=0, description="its own frame rate; empty: the film's")
    needs_image: bool = Field(default=False, description="every clip begins with a key frame")
    uses_portraits: bool = Field(default=False, description="its characters take after their portraits")
    reads_prompt: bool = Field(
        default=True, description="false: it draws the scene's fields, and a prompt changes nothing"
    )
    draws_mouths: bool = Field(default=False, description="its mouths take the shapes it is told")
    deterministic: bool = True
    runs_in: Literal["process", "thread", "elsewhere"] = Field(
        default="thread",
        description="process: CPU-bound, several scenes side by side; elsewhere: on a server, likewise",
    )


class Estimate(Part):
    """What a clip is expected to take before it is shot."""

    device_s: float = Field(default=0.0, ge=0, description="seconds on the device that models run on")
    vram_gb: float = Field(default=0.0, ge=0, description="most memory of the card at once")
    disk_mb: float = Field(default=0.0, ge=0, description="of the clip")
    cost_usd: float = Field(default=0.0, ge=0, description="what the host will charge")
    is_guess: bool = Field(
        default=False, description="derived from published figures and not from this machine"
    )
