"""Who signs in: the e-mail user, allauth adapters and the guard in front of the CMS."""
