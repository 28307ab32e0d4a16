"""The outbox: written with the change, carried out at least once, given up in sight."""

import smtplib
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from lnpo.outbox import delivery, handlers
from lnpo.outbox.handlers import PermanentError
from lnpo.outbox.models import OutboxEntry, OutboxState


@pytest.fixture
def seen(monkeypatch):
    """A handler for kind ``test`` that keeps what it was given; ``seen.fail`` makes it raise."""

    class Seen(list):
        fail: Exception | None = None

    calls = Seen()

    def handle(key, payload):
        if calls.fail:
            raise calls.fail
        calls.append((key, payload))

    monkeypatch.setitem(handlers._handlers, "test", handle)
    return calls


@pytest.fixture
def nudged(monkeypatch):
    calls = []
    monkeypatch.setattr(delivery, "_nudge", calls.append)
    return calls


def posted(key="test:1", **kwargs):
    with transaction.atomic():
        delivery.post(key, "test", {"id": 1}, **kwargs)
    return OutboxEntry.objects.get(key=key)


@pytest.mark.django_db
def test_an_entry_posted_twice_under_one_key_stands_once(seen, nudged):
    posted()
    with transaction.atomic():
        assert delivery.post("test:1", "test", {"id": 2}) is False
    assert OutboxEntry.objects.count() == 1
    assert OutboxEntry.objects.get().payload == {"id": 1}


@pytest.mark.django_db
def test_a_failed_transaction_leaves_no_entry(seen, nudged):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        delivery.post("test:1", "test", {})
        raise ZeroDivisionError
    assert not OutboxEntry.objects.exists()
    assert nudged == []


@pytest.mark.django_db
def test_the_worker_is_nudged_only_after_the_commit(seen, nudged, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        entry = posted()
        assert nudged == []
    assert nudged == [entry.pk]


@pytest.mark.django_db
def test_an_entry_for_later_is_neither_nudged_nor_swept_before_its_time(
    seen, nudged, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        posted(available_at=timezone.now() + timedelta(hours=1))
    assert nudged == []
    assert delivery.sweep() == 0
    OutboxEntry.objects.update(available_at=timezone.now())
    assert delivery.sweep() == 1


@pytest.mark.django_db
def test_the_sweep_carries_out_what_no_nudge_reached(seen, nudged):
    posted("test:1")
    posted("test:2")
    assert delivery.sweep() == 2
    assert {key for key, _ in seen} == {"test:1", "test:2"}
    assert delivery.sweep() == 0
    assert len(seen) == 2


@pytest.mark.django_db
def test_of_two_workers_one_gets_the_claim(seen, nudged):
    entry = posted()
    assert delivery.claim(entry.pk) is not None
    assert delivery.claim(entry.pk) is None


@pytest.mark.django_db
def test_a_claim_of_a_killed_worker_is_taken_over_after_the_lease(seen, nudged):
    entry = posted()
    delivery.claim(entry.pk)
    assert delivery.sweep() == 0
    OutboxEntry.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert delivery.sweep() == 1
    assert seen == [("test:1", {"id": 1})]


@pytest.mark.django_db
def test_a_failure_is_tried_again_with_growing_delay_and_keeps_no_text(seen, nudged):
    seen.fail = OSError("mail server said no to anna@example.org")
    entry = posted()
    before = timezone.now()
    assert delivery.deliver(entry.pk) is False
    entry.refresh_from_db()
    assert entry.state == OutboxState.PENDING
    assert entry.last_error == "OSError"
    assert entry.available_at >= before + delivery.BACKOFF[0]
    OutboxEntry.objects.update(available_at=timezone.now())
    delivery.deliver(entry.pk)
    entry.refresh_from_db()
    assert entry.available_at >= before + delivery.BACKOFF[1]


@pytest.mark.django_db
def test_after_the_last_attempt_an_entry_is_given_up_and_stays_visible(seen, nudged):
    seen.fail = OSError("no")
    entry = posted()
    for _attempt in range(len(delivery.BACKOFF) + 1):
        OutboxEntry.objects.update(available_at=timezone.now())
        delivery.deliver(entry.pk)
    entry.refresh_from_db()
    assert entry.state == OutboxState.FAILED
    assert entry.attempts == len(delivery.BACKOFF) + 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error",
    [
        PermanentError("address does not exist"),
        smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such user")}),
    ],
)
def test_what_can_never_work_is_given_up_at_once(seen, nudged, error):
    seen.fail = error
    entry = posted()
    delivery.deliver(entry.pk)
    entry.refresh_from_db()
    assert entry.state == OutboxState.FAILED
    assert entry.attempts == 1


@pytest.mark.django_db
def test_a_mailbox_that_is_busy_is_tried_again(seen, nudged):
    seen.fail = smtplib.SMTPRecipientsRefused({"a@example.org": (451, b"later")})
    entry = posted()
    delivery.deliver(entry.pk)
    entry.refresh_from_db()
    assert entry.state == OutboxState.PENDING


@pytest.mark.django_db
def test_an_unknown_kind_is_given_up_instead_of_lost(nudged):
    with transaction.atomic():
        delivery.post("odd:1", "odd", {})
    delivery.sweep()
    assert OutboxEntry.objects.get().state == OutboxState.FAILED


@pytest.mark.django_db
def test_a_broker_that_is_away_does_not_fail_the_request(seen, settings, django_capture_on_commit_callbacks):
    from lnpo.celery import app

    original = app.conf.broker_url
    app.conf.broker_url = "redis://127.0.0.1:1/0"
    try:
        with django_capture_on_commit_callbacks(execute=True):
            posted()
    finally:
        app.conf.broker_url = original
    assert delivery.sweep() == 1


@pytest.mark.django_db
def test_oldest_waiting_counts_only_what_is_due(seen, nudged):
    assert delivery.oldest_waiting() is None
    posted("test:later", available_at=timezone.now() + timedelta(hours=1))
    assert delivery.oldest_waiting() is None
    posted("test:now", available_at=timezone.now() - timedelta(minutes=7))
    waiting = delivery.oldest_waiting()
    assert waiting is not None
    assert waiting >= timedelta(minutes=7)


def test_two_handlers_for_one_kind_are_refused():
    @handlers.handles("test.once")
    def first(key, payload):
        return None

    with pytest.raises(ValueError, match=r"test\.once"):

        @handlers.handles("test.once")
        def second(key, payload):
            return None

    del handlers._handlers["test.once"]
