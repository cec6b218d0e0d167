"""Voices that sing a song along its score."""
