"""What members tell about themselves, and to whom: profile, portrait and the list of people."""
