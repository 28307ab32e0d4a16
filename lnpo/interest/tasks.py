"""What the worker does for the interest list at night."""

from celery import shared_task

from lnpo.interest.subscribing import forget_unconfirmed


@shared_task(name="interest.forget_unconfirmed")
def forget() -> None:
    """Addresses that nobody confirmed are forgotten."""
    forget_unconfirmed()
