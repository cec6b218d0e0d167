"""Video generators: each shoots one scene as a clip of the length its slots need."""
