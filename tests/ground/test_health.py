"""Health: what makes the product unready, and what only degrades it."""

from datetime import timedelta

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone

from lnpo import health
from lnpo.outbox import delivery
from lnpo.outbox.models import OutboxEntry


def test_the_process_answers_without_a_database(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200


@pytest.mark.django_db
def test_ready_with_nothing_degraded(client, monkeypatch):
    monkeypatch.setattr(health, "_broker_answers", lambda: True)
    assert client.get("/readyz").json() == {"ready": True, "degraded": []}


@pytest.mark.django_db
def test_a_broker_that_is_away_degrades_but_stays_ready(client, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["degraded"] == ["broker"]


@pytest.mark.django_db
def test_mail_that_waits_too_long_is_reported(client, monkeypatch):
    monkeypatch.setattr(health, "_broker_answers", lambda: True)
    with transaction.atomic():
        delivery.post("test:old", "test", {})
    OutboxEntry.objects.update(available_at=timezone.now() - timedelta(minutes=6))
    assert client.get("/readyz").json() == {"ready": True, "degraded": ["outbox"]}


@pytest.mark.django_db
def test_pending_migrations_make_it_unready(client, monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *args: ["one"])
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "problem": "pending migrations"}


@pytest.mark.django_db
def test_a_database_that_is_away_makes_it_unready(client, monkeypatch):
    class Away:
        def cursor(self):
            raise OperationalError("connection refused to 10.0.0.1")

    monkeypatch.setattr(health, "connection", Away())
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "10.0.0.1" not in answer.content.decode()
