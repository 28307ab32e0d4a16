"""The worker's side of sessions."""

import logging

from celery import shared_task

from sessions import guests, offers, questions, reminders, seats

logger = logging.getLogger(__name__)


@shared_task(name="sessions.check_seats")  # type: ignore[untyped-decorator]
def check_seats() -> int:
    """Every night: lift limits that ended, forget answers and guests, report counts that differ from rows."""
    questions.purge_answers()
    guests.forget_unconfirmed()
    seats.lift_expired_limits()
    wrong = seats.miscounted()
    for line in wrong:
        logger.error("seats do not add up: %s", line)
    return len(wrong)


@shared_task(name="sessions.remind")  # type: ignore[untyped-decorator]
def remind() -> int:
    """Every ten minutes: queue the reminders and follow-ups that are due, and end offers nobody took."""
    offers.end_late_offers()
    return reminders.queue_due()
