"""sync-report.json: what was measured on the rendered file."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from storyboard.schema.document import Part, Text
from storyboard.schema.song import LineRef
from storyboard.schema.timeline import Transition, WordsFrom


class CutError(Part):
    """Distance of what is seen in the video from the music, in milliseconds."""

    median: float = 0.0
    p95: float = 0.0
    max: float = 0.0


class Run(Part):
    """A stretch of black or frozen picture."""

    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)


class SeenCut(Part):
    """A planned cut, and what the picture shows of it."""

    shot: int = Field(ge=1, description="index of the shot that begins here, in timeline.json")
    scene: Text
    kind: Transition = Field(description="as planned")
    planned_frame: int = Field(ge=0)
    n_frames: int = Field(default=0, ge=0, description="planned length of a crossfade or dip")
    seen: Transition | None = Field(description="as seen; empty: no change could be told")
    seen_frame: float | None = Field(
        description="first frame of the new shot; of a crossfade or dip its middle, to parts of a frame"
    )
    why_unseen: Text = ""
    beat_s: float | None = Field(default=None, description="the nearest beat")
    error_ms: float | None = Field(default=None, description="from that beat; above 0: the cut is late")
    inside_word: Text = Field(default="", description="the word during which it falls, if any")


class UnplannedCut(Part):
    """A hard cut seen where none was planned."""

    frame: int = Field(ge=0)
    at_s: float = Field(ge=0)
    error_ms: float | None = Field(default=None, description="from the nearest beat; above 0: it is late")


class VisualBeats(Part):
    """Motion accents of the film (movement that turns or stops), and how many of them the music has."""

    accents: int = 0
    at_s: list[float] = Field(default_factory=list)
    strengths: list[float] = Field(default_factory=list, description="of each accent, 0 to 1")
    tolerance_ms: float = Field(default=0.0, description="an accent this near to a beat is on it")
    on_beat: float = Field(default=0.0, ge=0, le=1, description="share of the accents on a beat, by strength")
    by_chance: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="the same share, on average, with the beats moved off their place",
    )


class CaptionLine(Part):
    """One caption as seen in the film, against the words that are sung."""

    section: int = Field(ge=0)
    line: int = Field(ge=0)
    text: Text
    sung_from_s: float
    sung_to_s: float
    shown_from_s: float | None = Field(default=None, description="empty: never seen")
    shown_to_s: float | None = None
    lead_ms: float | None = Field(
        default=None, description="it is seen this long before its first word; below 0: too late"
    )
    fill_errors_ms: list[float | None] = Field(
        default_factory=list,
        description="of each word: start of its fill against its start in the song; above 0: late",
    )


class CaptionTiming(Part):
    """When captions are seen, measured in the picture, or on the subtitle track where they are soft."""

    kind: Literal["burned", "soft", "none"] = "none"
    captions: int = 0
    seen: int = 0
    late: int = Field(default=0, description="captions first seen after their first word began")
    lead_ms: CutError | None = Field(default=None, description="how long before its first word one is seen")
    shortest_lead_ms: float | None = None
    words: int = Field(default=0, description="words whose fill could be measured")
    offset_ms: float | None = Field(
        default=None, description="median of fill starts against words; above 0: captions are late"
    )
    fill_error_ms: CutError | None = Field(default=None, description="fill starts against words, unsigned")
    lines: list[CaptionLine] = Field(default_factory=list)


class MissedLine(Part):
    """A lyric line that is not shown over the scene that carries it."""

    section: int = Field(ge=0)
    line: int = Field(ge=0)
    text: Text
    scene: Text
    why: Text


class Loudness(Part):
    """Loudness over time, by EBU R128."""

    short_term_max_lufs: float = -99.0
    range_lu: float = 0.0
    step_s: float = Field(default=1.0, gt=0)
    short_term_lufs: list[float] = Field(
        default_factory=list, description="over 3 s, every `step_s`; -99 until the first 3 s are over"
    )
    clipped_samples: int = Field(default=0, description="samples within 0.1 dB of full scale, or beyond")


class FittedShot(Part):
    """A shot whose clip was not of its length: what was done to it."""

    shot: int = Field(ge=0)
    scene: Text
    way: Text
    speed: float
    on_beat: tuple[float, float] = Field(
        description="share of the clip's visual impact on a beat, without and with the speed map"
    )


class Ground(Part):
    """What the report stands on: how well the song was heard."""

    beats: int = 0
    tempo_bpm: float | None = None
    beats_per_bar: int | None = None
    grid_confidence: float = 0.0
    words: int = 0
    words_from: WordsFrom = "nothing"
    unsung: list[LineRef] = Field(default_factory=list)


class SyncReport(Part):
    """Measured by decoding video.mp4, not taken from the plan."""

    cuts: int = Field(description="cuts seen in the picture; a crossfade or dip is one, at its middle")
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
    cuts_seen: list[SeenCut] = Field(default_factory=list, description="every planned cut")
    unplanned: list[UnplannedCut] = Field(default_factory=list)
    visual_beats: VisualBeats = Field(default_factory=VisualBeats)
    captions: CaptionTiming = Field(default_factory=CaptionTiming)
    missed_lines: list[MissedLine] = Field(default_factory=list)
    loudness: Loudness = Field(default_factory=Loudness)
    fitted: list[FittedShot] = Field(default_factory=list)
    ground: Ground = Field(default_factory=Ground)
    notes: list[Text] = Field(default_factory=list, description="what deserves attention, in plain words")
