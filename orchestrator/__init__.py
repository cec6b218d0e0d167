"""The state machine that makes a film, the project folder it works in, and who runs its jobs."""
