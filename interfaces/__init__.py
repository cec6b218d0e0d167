"""The doors: the command line today; agents and the studio use the same engine."""
