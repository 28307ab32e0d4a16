"""The forms of the workspace."""
