"""Who sings and how high, read from the song's vocal tags: the same for every voice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storyboard.schema.song import Song

_SPOKEN_MIDI = {"female": 56.5, "male": 47.0}  # the speaking pitch of each voice: G#3, B2
_SINGING_UP = 2.0  # semitones from the speaking pitch to the centre of a verse


@dataclass(frozen=True)
class Register:
    """Who sings and how high: `voice` is female or male, `center_midi` the middle of a verse."""

    voice: str
    center_midi: float

    @property
    def spoken_midi(self) -> float:
        """The middle of what is rapped."""
        return self.center_midi - _SINGING_UP

    @property
    def lowest_midi(self) -> float:
        """The lowest note sung."""
        return self.center_midi - 6.0

    @property
    def highest_midi(self) -> float:
        """The highest note sung."""
        return self.center_midi + 9.0


def register_of(song: Song) -> Register:
    """Read from the vocal tags who sings; a woman at middle height where they do not say."""
    tags = f"{song.vocals.voice} {song.vocals.range}".lower()
    words = set(re.findall(r"[a-z]+", tags))
    deep = words & {"male", "man", "boy", "baritone", "bass", "tenor", "masculine"}
    light = words & {"female", "woman", "girl", "soprano", "alto", "mezzo", "feminine"}
    voice = "male" if deep and not light else "female"
    up = 2.0 * bool(words & {"high", "soprano", "tenor", "bright"})
    down = 2.0 * bool(words & {"low", "deep", "bass", "alto", "baritone"})
    return Register(voice, _SPOKEN_MIDI[voice] + _SINGING_UP + up - down)
