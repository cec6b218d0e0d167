"""Tiny models with random weights, saved as real ones are: they prove that the real loading code runs.

What they make is noise. A builder returns the folder, which `from_pretrained` loads in an instant.
"""
