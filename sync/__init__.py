"""Hear the song, plan the cuts, fit the clips, assemble the film and measure it."""

LISTENING = "4"
"""Changes whenever the same song would give another map."""

FITTING = "2"
"""Changes whenever the same clip would fill the same slots in another way."""

ASSEMBLY = "4"
"""Changes whenever the same inputs would give another film."""

MEASUREMENT = "2"
"""Changes whenever the same film would give another report."""
