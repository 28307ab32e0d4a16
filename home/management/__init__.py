"""Management commands of the front of house."""
