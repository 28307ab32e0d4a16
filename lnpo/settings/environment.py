"""Read the environment: addresses of databases, brokers and mail servers, and nothing implicit."""

from pathlib import Path
from typing import Any

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
        message = f"The environment variable {name} is required in production and is missing or empty."
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


def mail(url: str) -> dict[str, Any]:
    """Django's mail settings for ``url`` (``smtp://``, ``smtps://``, ``smtp+tls://``, ``filemail://``)."""
    config = dict(environ.Env.email_url_config(url))
    config.pop("OPTIONS", None)
    return {name: value for name, value in config.items() if value is not None} | {"EMAIL_TIMEOUT": 20}
