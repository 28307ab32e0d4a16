"""The pages of organisations and of who works there."""
