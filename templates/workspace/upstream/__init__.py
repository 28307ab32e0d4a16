"""Between a goal and the template it came from: newer versions that come in, improvements that go back."""
