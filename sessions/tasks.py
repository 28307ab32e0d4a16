"""The worker's side of sessions."""

import logging

from celery import shared_task

from sessions import seats

logger = logging.getLogger(__name__)


@shared_task(name="sessions.check_seats")  # type: ignore[untyped-decorator]
def check_seats() -> int:
    """Every night: open pools whose limit has ended, and report counts that differ from their rows."""
    seats.lift_expired_limits()
    wrong = seats.miscounted()
    for line in wrong:
        logger.error("seats do not add up: %s", line)
    return len(wrong)
