"""Network meetings, from invitation to certificate. Label ``lnpo_sessions``: Django has its own ``sessions``."""
