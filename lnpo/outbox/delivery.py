"""Post, claim, carry out and sweep outbox entries."""

import logging
import smtplib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from lnpo.outbox.handlers import PermanentError, handler_for
from lnpo.outbox.models import LEASE, OutboxEntry, OutboxState

logger = logging.getLogger(__name__)

BACKOFF = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440)]
"""How long to wait after each failed attempt; after the last one an entry is given up and shown to staff."""


class OutsideTransactionError(RuntimeError):
    """Raised when an entry is posted outside the transaction of its verb."""


def post(key: str, kind: str, payload: dict[str, Any], *, available_at: datetime | None = None) -> bool:
    """Write an entry inside the current transaction and wake a worker when it commits.

    Args:
        key: ``kind:object:recipient:version``; posting the same key again does nothing.
        kind: which handler carries it out.
        payload: ids only.
        available_at: not before this moment (a reminder); now when left out.

    Returns:
        Whether the entry is new.

    Raises:
        OutsideTransactionError: there is no transaction, so the entry could outlive a change that failed.

    """
    if not connection.in_atomic_block:
        raise OutsideTransactionError(f"{key} was posted outside a transaction")
    entry = OutboxEntry(key=key, kind=kind, payload=payload)
    if available_at is not None:
        entry.available_at = available_at
    OutboxEntry.objects.bulk_create([entry], ignore_conflicts=True)
    new = OutboxEntry.objects.filter(pk=entry.pk).exists()
    if new and entry.available_at <= timezone.now():
        transaction.on_commit(lambda: _nudge(entry.pk))
    return new


def _nudge(pk: UUID) -> None:
    from lnpo.nudge import nudge
    from lnpo.outbox.tasks import deliver_entry

    nudge(deliver_entry, str(pk))


def claim(pk: UUID) -> OutboxEntry | None:
    """Take the entry for :data:`LEASE`; ``None`` when it is not due or somebody else has it.

    One conditional ``UPDATE``: of two workers that try at once, one gets a row count of 1.
    """
    now = timezone.now()
    taken = (
        OutboxEntry.objects.due(now)
        .filter(pk=pk)
        .update(claimed_until=now + LEASE, attempts=F("attempts") + 1)
    )
    return OutboxEntry.objects.get(pk=pk) if taken else None


def deliver(pk: UUID) -> bool:
    """Carry out one entry, if it can be claimed; say whether it is done."""
    entry = claim(pk)
    if entry is None:
        return False
    handler = handler_for(entry.kind) or _nobody
    try:
        handler(entry.key, entry.payload)
    except Exception as error:
        if _is_permanent(error):
            _finish(entry, OutboxState.FAILED, type(error).__name__)
            logger.error("outbox entry %s given up: %s", entry.pk, type(error).__name__)
        else:
            _retry_later(entry, error)
        return False
    _finish(entry, OutboxState.DONE, "")
    return True


def _nobody(key: str, payload: dict[str, Any]) -> None:
    """What carries out a kind that no installed app knows."""
    raise PermanentError(f"no handler for {key}")


def _is_permanent(error: Exception) -> bool:
    """Whether trying again can never help: the handler or the mail server (5xx) says so."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return isinstance(error, PermanentError)


def _finish(entry: OutboxEntry, state: OutboxState, error: str) -> None:
    OutboxEntry.objects.filter(pk=entry.pk).update(
        state=state,
        claimed_until=None,
        last_error=error[:200],
        done_at=timezone.now() if state is OutboxState.DONE else None,
        **({"payload": {}} if "sealed" in entry.payload else {}),  # a secret is forgotten once it is used
    )


def _retry_later(entry: OutboxEntry, error: Exception) -> None:
    """Put the entry back with a growing delay. Only the kind of error is kept: texts may hold addresses."""
    if entry.attempts > len(BACKOFF):
        _finish(entry, OutboxState.FAILED, type(error).__name__)
        logger.error("outbox entry %s given up after %s attempts", entry.pk, entry.attempts)
        return
    OutboxEntry.objects.filter(pk=entry.pk).update(
        claimed_until=None,
        available_at=timezone.now() + BACKOFF[entry.attempts - 1],
        last_error=type(error).__name__,
    )
    logger.warning("outbox entry %s failed (%s), attempt %s", entry.pk, type(error).__name__, entry.attempts)


def sweep(limit: int = 200) -> int:
    """Carry out everything that is due, oldest first; say how many were done.

    This is the truth: it finds entries whose nudge was lost and claims whose worker was killed.
    """
    due = list(OutboxEntry.objects.due().order_by("available_at").values_list("pk", flat=True)[:limit])
    return sum(deliver(pk) for pk in due)


def oldest_waiting() -> timedelta | None:
    """How long the oldest due entry has been waiting, for the health page; ``None`` when nothing waits."""
    now = timezone.now()
    first = (
        OutboxEntry.objects.due(now).order_by("available_at").values_list("available_at", flat=True).first()
    )
    return now - first if first else None
