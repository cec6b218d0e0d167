"""sync-report.json: what was measured on the rendered file."""

from __future__ import annotations

from pydantic import Field

from storyboard.schema.document import Part


class CutError(Part):
    """Distance of the cuts seen in the video from the nearest beat, in milliseconds."""

    median: float
    p95: float
    max: float


class Run(Part):
    """A stretch of black or frozen picture."""

    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)


class SyncReport(Part):
    """Measured by decoding video.mp4, not taken from the plan."""

    cuts: int = Field(description="cuts seen in the picture")
    cuts_planned: int
    cuts_unplanned: int = Field(description="cuts seen where none was planned")
    cuts_on_beat: int = Field(description="cuts seen within one frame of a beat")
    cut_error_ms: CutError
    cuts_inside_words: int
    lines: int = Field(description="sung lines in the song")
    lines_over_their_scene: int = Field(description="lines shown over the scene that carries them")
    av_difference_s: float = Field(description="length of the picture minus length of the sound")
    duration_s: float
    frames: int
    black_runs: list[Run]
    frozen_runs: list[Run]
    loudness_lufs: float
    true_peak_dbtp: float
