"""Search over everything: one projection of what can be found, and an engine that looks through it."""
