"""The worker's side of sessions: ids only."""
