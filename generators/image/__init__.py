"""Generators of single pictures: portraits, and the frames that clips begin with."""
