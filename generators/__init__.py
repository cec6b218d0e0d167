"""Everything that makes something: text, voice, music, pictures. One module a backend."""
