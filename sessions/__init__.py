"""Network meetings: from invitation to certificate. Label ``lnpo_sessions``: Django has an app ``sessions``."""
