"""The worker's side of the outbox: ids only."""

from uuid import UUID

from celery import shared_task

from lnpo.outbox import delivery


@shared_task(name="lnpo.outbox.deliver")
def deliver_entry(pk: str) -> None:
    """Carry out one entry, as a nudge right after it was posted."""
    delivery.deliver(UUID(pk))


@shared_task(name="lnpo.outbox.sweep")
def sweep() -> None:
    """Carry out everything that is due."""
    delivery.sweep()
