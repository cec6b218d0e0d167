"""Turn a topic into a finished music video."""
