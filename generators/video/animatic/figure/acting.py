"""Acting: what every action does to a pose over time, always on the beat and without a jump.

An action is a function of a cue that registers itself by name. All curves are sums of smooth periodic
functions of the beat (for what follows the music) and of time (for breath and sway), so motion is
continuous everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from storyboard.generators.video.animatic.figure.mouths import Mouth, set_mouth
from storyboard.generators.video.animatic.figure.shapes import Point
from storyboard.generators.video.animatic.figure.skeleton import Mood, Pose

if TYPE_CHECKING:
    from storyboard.generators.video.animatic.things.catalogue import Thing

TAU = 2 * math.pi


@dataclass(frozen=True)
class Playing:
    """What a figure brings to every moment of a shot.

    Attributes:
        feeling: the name of what it feels, as in feelings.py.
        partner: who is held: how far in front and how tall, in own heights.
        turn: its place among those who talk or dance together: 0 begins or leads.
        step: how far a walker goes in a step, in leg lengths; 0: as far as is natural.
        beats: beats to a step; 0: as the action has it.
        held: what is in its hand, unless the action brings something else.
        up: how much higher than its own the face is that it looks at, in own heights.
    """

    feeling: str = ""
    partner: Point | None = None
    turn: int = 0
    step: float = 0.0
    beats: float = 0.0
    held: Thing | None = None
    up: float = 0.0


@dataclass(frozen=True)
class Moment:
    """What the music does at a time in the clip.

    Attributes:
        t_s: time from the start of the clip, in seconds.
        beat: beats from the start of the clip; whole numbers fall on beats.
        energy: of the music, 0 to 1.
        mouth: the shape of a singing mouth, or only how far it is open, 0 to 1.
        playing: what the figure itself brings.
    """

    t_s: float
    beat: float
    energy: float
    mouth: Mouth | float
    playing: Playing = field(default=Playing())


@dataclass(frozen=True)
class Cue:
    """A moment as one figure feels it: with a phase, a variant and a liveliness of its own."""

    t_s: float
    beat: float
    energy: float
    lips: Mouth
    phase: float
    variant: int
    playing: Playing

    @property
    def mouth(self) -> float:
        """How far a singing mouth is open, 0 to 1."""
        return self.lips.open

    @property
    def hit(self) -> float:
        """A bump that peaks at 1 on every whole beat."""
        return math.pow(0.5 + 0.5 * math.cos(TAU * self.beat), 1.6)

    @property
    def drive(self) -> float:
        """How big movements are: 0.6 in soft music to 1.15 in loud."""
        return 0.6 + 0.55 * self.energy

    @property
    def flip(self) -> int:
        """The side on which this figure starts: -1 or 1."""
        return 1 if self.variant % 2 else -1

    def swing(self, n_beats: float, offset: float = 0.0) -> float:
        """A sine with a period in beats, from -1 to 1."""
        return math.sin(TAU * (self.beat / n_beats + offset))

    def drift(self, period_s: float, offset: float = 0.0) -> float:
        """A sine with a period in seconds and this figure's own phase."""
        return math.sin(TAU * (self.t_s / period_s + self.phase + offset))

    def later(self, n_beats: float) -> Cue:
        """Return the cue of so many beats later, or earlier where negative."""
        return replace(self, beat=self.beat + n_beats)


Action = Callable[[Cue, Pose], None]
ACTS: dict[str, Action] = {}
"""Every action that can be drawn, by name."""


def act(name: str) -> Callable[[Action], Action]:
    """Register what follows as the action of this name."""

    def register(action: Action) -> Action:
        ACTS[name] = action
        return action

    return register


def cue_of(moment: Moment, phase: float, variant: int) -> Cue:
    """Return the moment as one figure feels it; it lags or leads the beat by up to 0.04 beats."""
    lag = (phase - 0.5) * 0.08
    lips = moment.mouth if isinstance(moment.mouth, Mouth) else Mouth(open=moment.mouth)
    return Cue(moment.t_s, moment.beat + lag, moment.energy, lips, phase, variant, moment.playing)


def alive(cue: Cue, pose: Pose) -> None:
    """Add what a living body always does: breath, weight shift, sway, a blink now and then."""
    breath = cue.drift(3.6)
    pose.curve += 0.008 * breath
    pose.sink += 0.0015 * breath
    pose.tilt += 0.022 * cue.drift(5.3, 0.3)
    if not pose.seated and not pose.planted:
        pose.hip_x += 0.012 * cue.drift(6.1, 0.1)
    pose.near.angle -= 0.018 * breath
    pose.far.angle += 0.014 * breath
    pose.mood.lids *= 1.0 - _blink(cue)
    pose.mood.gaze_x += 0.12 * cue.drift(7.3, 0.6)


def groove(cue: Cue, pose: Pose, amount: float) -> None:
    """Add a bounce: down on the beat, with squash there and stretch between."""
    power = amount * cue.drive
    pose.sink += 0.022 * power * cue.hit
    pose.squash -= 0.016 * power * (cue.hit - 0.35)
    pose.nod += 0.16 * power * cue.hit


def sing_mouth(cue: Cue, mood: Mood, share: float = 1.0) -> None:
    """Shape the mouth as the voice does, brows with it; a share below 1 sings along more softly."""
    set_mouth(mood, Mouth().toward(cue.lips, share), cue.energy)
    mood.brows += 0.3 * share * cue.mouth


def eased(share: float) -> float:
    """Return 0 to 1 with a soft start and end."""
    share = max(0.0, min(1.0, share))
    return share * share * (3 - 2 * share)


def _blink(cue: Cue) -> float:
    """Return how far the lids are shut: every few seconds, for about a fifth of a second."""
    period_s = 3.1 + 1.4 * cue.phase
    since_s = (cue.t_s + cue.phase * 3.0) % period_s
    return math.sin(math.pi * since_s / 0.22) ** 2 if since_s < 0.22 else 0.0
