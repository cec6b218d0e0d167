"""Take the singing voice out of a finished recording."""

from storyboard.sync.separation.separator import RATE_HZ, separate_voice

__all__ = ["RATE_HZ", "separate_voice"]
