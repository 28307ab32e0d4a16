"""The shared vocabulary of sessions, practice and goals."""
