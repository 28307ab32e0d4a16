"""Sign in with an account elsewhere by OpenID Connect: allauth's flow, with every check of the standard."""
