"""Network meetings, from invitation to certificate. Label ``lnpo_sessions``, beside Django's ``sessions``."""
