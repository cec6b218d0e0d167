"""Pieces of scenery that several settings use."""
