"""Engines; nothing outside this package knows which one runs."""
