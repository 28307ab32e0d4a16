"""Production: everything comes from the environment; what is missing stops the start with its name."""

from lnpo.settings.base import *
from lnpo.settings.base import CONTENT_SECURITY_POLICY
from lnpo.settings.environment import celery_broker, database, env, mail, required

SECRET_KEY = required("SECRET_KEY")
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS").split(",")]
SITE_URL = WAGTAILADMIN_BASE_URL = required("SITE_URL").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

DATABASES = {"default": database(required("DATABASE_URL"))}
CACHES = {"default": env.cache_url_config(required("CACHE_URL"))}
SEARCH_URL = env.str("SEARCH_URL", default="")
globals().update(celery_broker(required("CELERY_BROKER_URL"), DATA_DIR))
globals().update(mail(required("EMAIL_URL")))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = required("DEFAULT_FROM_EMAIL")

SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True  # type: ignore[assignment]
