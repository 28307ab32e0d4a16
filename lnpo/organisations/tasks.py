"""The worker's side of organisations."""

from celery import shared_task

from lnpo.organisations.invitations import remind_invited


@shared_task(name="organisations.remind_invited")  # type: ignore[untyped-decorator]
def remind() -> int:
    """Every hour: remind once of invitations that have waited for some days."""
    return remind_invited()
