"""Wagtail's background tasks go to the worker after the commit, and never fail the request."""

import pytest
from django.db import transaction
from django_tasks import task

from lnpo import tasks
from lnpo.tasks import CeleryBackend, run_django_task

ran = []


@task()
def remember(word):
    ran.append(word)


@pytest.fixture
def backend():
    return CeleryBackend("default", {})


@pytest.mark.django_db
def test_a_task_is_sent_after_the_commit(backend, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr("lnpo.nudge.nudge", lambda *args: sent.append(args))
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        result = backend.enqueue(remember, ("word",), {})
        assert sent == []
    assert result.args == ["word"]
    assert sent[0][1:] == (remember.module_path, ["word"], {})


@pytest.mark.django_db
def test_nothing_is_sent_when_the_transaction_fails(backend, monkeypatch):
    monkeypatch.setattr("lnpo.nudge.nudge", lambda *args: pytest.fail("sent"))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        backend.enqueue(remember, ("word",), {})
        raise ZeroDivisionError


def test_the_worker_runs_the_task():
    ran.clear()
    run_django_task(remember.module_path, ["word"], {})
    assert ran == ["word"]


@pytest.mark.django_db
def test_the_schedule_publishes_what_is_due(settings):
    tasks.publish_scheduled()
    tasks.clear_expired()
    names = {row["task"] for row in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {"lnpo.publish_scheduled", "lnpo.outbox.sweep", "lnpo.clear_expired"} <= names
