"""Everything that makes something: text, voice, music, pictures. One module a backend."""

MIXING = "2"
"""Changes whenever the same voice and music would give another mix."""
