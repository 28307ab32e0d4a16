"""Houd me op de hoogte: people who are not members hear of new sessions, as long as they want to."""
