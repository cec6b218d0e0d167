"""The mix: voice and music become one mastered recording, and one MIDI file."""

from storyboard.generators.mix.clicks import click_times_s
from storyboard.generators.mix.desk import balance, mix
from storyboard.generators.mix.loudness import Loudness, measure_loudness
from storyboard.generators.mix.midi import song_midi

__all__ = ["Loudness", "balance", "click_times_s", "measure_loudness", "mix", "song_midi"]
