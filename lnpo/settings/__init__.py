"""Settings: ``local`` (embedded, the default), ``production`` (strict environment) and ``test``."""
