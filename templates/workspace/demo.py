"""Placeholder."""
def load(): return None
