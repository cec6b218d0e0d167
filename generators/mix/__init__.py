"""The mix: voice and music become one mastered recording."""

from storyboard.generators.mix.desk import mix
from storyboard.generators.mix.loudness import Loudness, measure_loudness

__all__ = ["Loudness", "measure_loudness", "mix"]
