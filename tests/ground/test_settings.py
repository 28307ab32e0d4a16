"""Settings: production is strict and says what is missing; addresses come from the environment."""

import os
import subprocess
import sys

import pytest

from lnpo.settings import environment

COMPLETE = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "lnpo.example.org",
    "SITE_URL": "https://lnpo.example.org",
    "DATABASE_URL": "postgres://lnpo@127.0.0.1/lnpo",
    "CACHE_URL": "redis://127.0.0.1:6379/1",
    "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtps://user:secret@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "LNPO <lnpo@example.org>",
}


def start(variables, tmp_path):
    environ = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **variables}
    code = "from django.conf import settings as s; print(s.EMAIL_HOST, s.DEMO_ALLOWED)"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**environ, "DJANGO_SETTINGS_MODULE": "lnpo.settings.production", "PYTHONPATH": "."},
        cwd=environment.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_production_names_the_variable_that_is_missing(name, tmp_path):
    result = start({key: value for key, value in COMPLETE.items() if key != name}, tmp_path)
    assert result.returncode != 0
    assert f"environment variable {name} is required" in result.stderr


def test_production_starts_with_a_complete_environment_and_without_the_demo(tmp_path):
    result = start(COMPLETE, tmp_path)
    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == ["mail.example.org", "False"]


def test_sqlite_takes_its_write_lock_at_the_start_of_a_transaction():
    assert environment.database("sqlite:////tmp/x.sqlite3")["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgres_gets_no_options_of_sqlite():
    assert "OPTIONS" not in environment.database("postgres://lnpo@localhost/lnpo")


def test_a_mail_address_becomes_settings():
    settings = environment.mail("smtp://localhost:1025")
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("localhost", 1025)


def test_the_embedded_broker_keeps_its_folders_in_the_data_folder(tmp_path):
    settings = environment.celery_broker("filesystem://", tmp_path)
    assert all(str(tmp_path) in folder for folder in settings["CELERY_BROKER_TRANSPORT_OPTIONS"].values())
