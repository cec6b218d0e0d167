"""Find the words of known lyrics with an acoustic model that torch runs: wav2vec 2.0 or MMS."""

from storyboard.sync.align.model.finding import find

__all__ = ["find"]
