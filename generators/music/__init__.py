"""Music: the embedded band, and whatever else plays a song along its score."""
