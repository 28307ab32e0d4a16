"""Embedded: SQLite, a folder as broker, mail in files; every address can be replaced by the environment."""

from lnpo.settings.base import *
from lnpo.settings.base import CONTENT_SECURITY_POLICY, DATA_DIR, embedded_secret
from lnpo.settings.environment import celery_broker, database, env, mail

SECRET_KEY = env.str("SECRET_KEY", default="") or embedded_secret(DATA_DIR / "secret_key")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = ["*"]  # this machine and its own network only; production names its hosts

PORT = env.int("PORT", default=8000)
SITE_URL = WAGTAILADMIN_BASE_URL = env.str("SITE_URL", default=f"http://localhost:{PORT}")
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_URL.startswith("https") else "http"

DATABASES = {"default": database(env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'lnpo.sqlite3'}"))}
CACHES = {
    "default": (
        env.cache_url("CACHE_URL")
        if env.str("CACHE_URL", default="")
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}
    )
}
SEARCH_URL = env.str("SEARCH_URL", default="")

globals().update(celery_broker(env.str("CELERY_BROKER_URL", default="") or "filesystem://", DATA_DIR))
CELERY_WORKER_POOL = "solo"

if env.str("EMAIL_URL", default=""):
    globals().update(mail(env.str("EMAIL_URL")))
else:
    EMAIL_BACKEND = "lnpo.mailbox.FileBackend"
MAILBOX_DIR = DATA_DIR / "mail"

# Over plain http on this machine: a passkey works on localhost, and the cookies carry no Secure flag.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
CONTENT_SECURITY_POLICY = {**CONTENT_SECURITY_POLICY}

DEMO_ALLOWED = True
