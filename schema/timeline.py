"""What was heard (SongMap) and what was decided (Timeline): timeline.json."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator

from storyboard.schema.document import Line, Part, Text
from storyboard.schema.song import LineRef

Framing = Literal["wide", "medium", "close"]
Transition = Literal["cut", "crossfade", "dip"]
AccentKind = Literal["flash", "zoom"]
WordsFrom = Literal["nothing", "singer", "times", "voice", "separated voice", "middle", "mix", "model"]


class Word(Part):
    """A sung word, with its place in the lyrics by occurrence."""

    text: Line
    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)
    section: int = Field(ge=0)
    line: int = Field(ge=0)
    confidence: float = Field(default=1.0, ge=0, le=1)


class Span(Part):
    """A labelled stretch of the song: a section."""

    label: Line
    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)


class SongMap(Part):
    """Where everything is in the song, in seconds from its first sample."""

    duration_s: float = Field(gt=0)
    beats_s: list[float] = Field(default_factory=list)
    downbeats_s: list[float] = Field(default_factory=list)
    sections: list[Span] = Field(default_factory=list)
    words: list[Word] = Field(default_factory=list)
    energy: list[float] = Field(
        default_factory=list, description="loudness of each bar, 0 (softest) to 1 (loudest)"
    )
    phrase_ends_s: list[float] = Field(
        default_factory=list,
        description="where the voice comes to rest, and where the music does without one",
    )
    tempo_bpm: float | None = Field(default=None, gt=0, description="the median, where it changes")
    beats_per_bar: int | None = Field(
        default=None, ge=2, le=12, description="of most bars; the beats of 6 divide in three"
    )
    is_steady: bool = Field(default=True, description="whether the tempo stays the same")
    keeps_metre: bool = Field(default=True, description="whether nearly all bars have as many beats")
    grid_confidence: float = Field(
        default=0.0, ge=0, le=1, description="1: known from the players; by ear 0.4 and more; 0: no grid"
    )
    words_from: WordsFrom = Field(default="nothing", description="what the words were found in")
    unsung: list[LineRef] = Field(
        default_factory=list, description="lines of the lyrics that were not found in the song"
    )

    def words_by_line(self) -> dict[LineRef, list[Word]]:
        """Return the words of every line that has some, by occurrence."""
        lines: dict[LineRef, list[Word]] = {}
        for word in self.words:
            lines.setdefault((word.section, word.line), []).append(word)
        return lines


class Accent(Part):
    """A short emphasis on a beat: the picture lights up or jumps nearer, and settles."""

    kind: AccentKind
    frame: int = Field(ge=0, description="of the film, on which it is strongest")
    strength: float = Field(default=1.0, gt=0, le=1)


class Retime(Part):
    """The speed map of a shot: which moment of the clip each moment of the shot shows."""

    anchors: list[tuple[float, float]] = Field(
        min_length=2,
        description="(seconds in the shot, seconds in the clip), straight between them; a crossfade begins "
        "before its shot, at negative seconds",
    )
    way: Literal["whole", "part", "slower", "forward and back"] = "whole"
    on_beat: tuple[float, float] = Field(
        default=(0.0, 0.0),
        description="share of the clip's visual impact on a beat, without and with the map",
    )

    @property
    def speed(self) -> float:
        """Seconds of clip a second of shot, on the whole."""
        shown_s = self.anchors[-1][0] - self.anchors[0][0]
        return sum(abs(b[1] - a[1]) for a, b in pairwise(self.anchors)) / shown_s


class Shot(Part):
    """A piece of the timeline, showing frames first_frame to last_frame, both included."""

    scene: Line
    first_frame: int = Field(ge=0)
    last_frame: int = Field(ge=0)
    clip: Line
    source_start_s: float = Field(ge=0)
    speed: float = Field(default=1.0, gt=0)
    transition: Transition = Field(default="cut", description="how the shot before it gives way to it")
    transition_frames: int = Field(
        default=0, ge=0, multiple_of=2, description="how long that takes, half of it before first_frame"
    )
    accents: list[Accent] = Field(default_factory=list)
    framing: Framing = "wide"
    retime: Retime | None = Field(
        default=None, description="where the clip was not shot for exactly this slot"
    )
    reason: Text
    cost: dict[str, float] = Field(
        default_factory=dict,
        description="what this cut and this shot weigh in the plan, by part; less is better",
    )

    @property
    def n_frames(self) -> int:
        """Length in frames."""
        return self.last_frame - self.first_frame + 1


class Timeline(Part):
    """timeline.json: the song map, and shots that tile the song exactly."""

    fps: int = Field(ge=1)
    n_frames: int = Field(ge=1)
    song_map: SongMap
    shots: list[Shot] = Field(min_length=1)
    objective: dict[str, float] = Field(
        default_factory=dict, description="the sum over all shots, by part, and its total"
    )

    @model_validator(mode="after")
    def _shots_tile_the_song(self) -> Timeline:
        expected = 0
        for index, shot in enumerate(self.shots):
            if shot.first_frame != expected or shot.last_frame < shot.first_frame:
                raise ValueError(f"shots[{index}] must start at frame {expected} and not be empty")
            expected = shot.last_frame + 1
        if expected != self.n_frames:
            raise ValueError(f"the shots end at frame {expected}, the song at {self.n_frames}")
        return self

    @model_validator(mode="after")
    def _transitions_fit(self) -> Timeline:
        for index, (before, shot) in enumerate(pairwise(self.shots), start=1):
            half = shot.transition_frames // 2
            if (shot.transition == "cut") != (half == 0):
                raise ValueError(f"shots[{index}]: a cut takes no frames, a {shot.transition} some")
            if half and half > min(shot.n_frames, before.n_frames) // 2:
                raise ValueError(f"shots[{index}]: its {shot.transition} leaves too little of a shot")
            if shot.transition == "crossfade" and shot.scene == before.scene:
                raise ValueError(f"shots[{index}]: a crossfade joins two scenes")
        if self.shots[0].transition != "cut":
            raise ValueError("shots[0]: nothing gives way to the first shot")
        return self

    def shots_of(self, scene_id: str) -> list[Shot]:
        """Return the shots of one scene in order."""
        return [shot for shot in self.shots if shot.scene == scene_id]

    def handles(self, scene_id: str) -> tuple[int, int]:
        """Return how many frames the clip of a scene gives to crossfades before and after its shots."""
        places = [index for index, shot in enumerate(self.shots) if shot.scene == scene_id]
        after = self.shots[places[-1] + 1 : places[-1] + 2]
        into = self.shots[places[0]]
        lead = into.transition_frames // 2 if into.transition == "crossfade" else 0
        tail = after[0].transition_frames // 2 if after and after[0].transition == "crossfade" else 0
        return lead, tail
