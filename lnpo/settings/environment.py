"""Read the environment: addresses of databases, brokers and mail servers, and nothing implicit."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]

env = environ.Env()


def required(name: str) -> str:
    """The value of ``name``.

    Raises:
        ImproperlyConfigured: names the variable, when it is missing or empty.

    """
    value = env.str(name, default="").strip()
    if not value:
        message = f"The environment variable {name} is required and is missing or empty."
        raise ImproperlyConfigured(message)
    return value


def database(url: str) -> dict[str, Any]:
    """Django's database settings for ``url`` (``sqlite:///path`` or ``postgres://…``).

    SQLite runs in WAL with ``BEGIN IMMEDIATE``: a transaction takes the write lock at its start, so that
    two writers wait for each other instead of failing with "database is locked".
    """
    config: dict[str, Any] = dict(environ.Env.db_url_config(url))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            **config.get("OPTIONS", {}),
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
                "PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000;"
            ),
        }
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


def celery_broker(url: str, data_dir: Path) -> dict[str, Any]:
    """Celery's broker settings for ``url``; ``filesystem://`` keeps its messages under ``data_dir``."""
    settings: dict[str, Any] = {"CELERY_BROKER_URL": url}
    if url.startswith("filesystem:"):
        queue, control = data_dir / "broker" / "queue", data_dir / "broker" / "control"
        queue.mkdir(parents=True, exist_ok=True)
        control.mkdir(parents=True, exist_ok=True)
        settings["CELERY_BROKER_TRANSPORT_OPTIONS"] = {
            "data_folder_in": str(queue),
            "data_folder_out": str(queue),
            "control_folder": str(control),
        }
        settings["CELERY_WORKER_ENABLE_REMOTE_CONTROL"] = False
    else:
        settings["CELERY_BROKER_TRANSPORT_OPTIONS"] = {"socket_connect_timeout": 2, "socket_timeout": 5}
    return settings


GOOGLE = "https://accounts.google.com"
MICROSOFT = "https://login.microsoftonline.com"


def identity_providers() -> list[dict[str, Any]]:
    """Where people may sign in by OpenID Connect: those of which the environment names the client.

    ``MICROSOFT_CLIENT_ID``, ``GOOGLE_CLIENT_ID`` and, for another party such as a federation of schools,
    ``OIDC_CLIENT_ID``; each with ``…_CLIENT_SECRET``.

    Raises:
        ImproperlyConfigured: a client without its secret, or another party without its address.

    """
    known = {
        "MICROSOFT": (
            "Microsoft",
            f"{MICROSOFT}/{env.str('MICROSOFT_TENANT', default='organizations')}/v2.0",
        ),
        "GOOGLE": ("Google", GOOGLE),
        "OIDC": (env.str("OIDC_NAME", default="OpenID Connect"), env.str("OIDC_SERVER_URL", default="")),
    }
    found = []
    for prefix, (name, server_url) in known.items():
        client_id = env.str(f"{prefix}_CLIENT_ID", default="").strip()
        if not client_id:
            continue
        if not server_url:
            raise ImproperlyConfigured("OIDC_CLIENT_ID needs OIDC_SERVER_URL, the address of the provider.")
        found.append(
            {
                "provider_id": prefix.lower(),
                "name": name,
                "client_id": client_id,
                "secret": required(f"{prefix}_CLIENT_SECRET"),
                "settings": {"server_url": server_url.rstrip("/")},
            }
        )
    return found


def origin(url: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def mail(url: str) -> dict[str, Any]:
    """Django's mail settings for ``url`` (``smtp://``, ``smtps://``, ``smtp+tls://``, ``filemail://``)."""
    config = dict(environ.Env.email_url_config(url))
    config.pop("OPTIONS", None)
    return {name: value for name, value in config.items() if value is not None} | {"EMAIL_TIMEOUT": 20}
