"""Mails that come by the calendar: a week and a day before a session, and six weeks after it.

Moments are eight o'clock in the Netherlands on a day that is counted in days, so that a change of the clock
shifts nothing. Whoever gets a seat after a reminder went out has just had a confirmation with the same facts.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from sessions.enums import MailKind
from sessions.mail_queue import queue_mail
from sessions.models import MailPlan, Registration, SessionPage

HOUR = time(8)
WEEK, DAY, SIX_WEEKS = timedelta(days=7), timedelta(days=1), timedelta(weeks=6)
CATCH_UP = timedelta(days=3)
"""How late a mail may still go after a stop of the workers; later it would only confuse."""


def day_number(moment: datetime) -> int:
    """The Dutch day of ``moment`` as a number such as 20261201."""
    day = timezone.localtime(moment)
    return day.year * 10_000 + day.month * 100 + day.day


def morning_of(day: date) -> datetime:
    """The moment on ``day`` at which reminders go."""
    return timezone.make_aware(datetime.combine(day, HOUR))


def plan_of(page: SessionPage) -> MailPlan:
    """What is mailed around ``page``; everything, without extra text, when nobody chose."""
    return MailPlan.objects.filter(page=page).first() or MailPlan(page=page)


def own_text(page: SessionPage, kind: MailKind) -> str:
    """The text that POS added to this mail of this session."""
    names = {
        MailKind.REMINDER_WEEK: "week_text",
        MailKind.REMINDER_DAY: "day_text",
        MailKind.FOLLOW_UP: "follow_up_text",
    }
    return str(getattr(plan_of(page), names[kind])) if kind in names else ""


def queue_due(now: datetime | None = None) -> int:
    """Queue every reminder and follow-up that is due; running it twice sends once. Say how many were due."""
    now = now or timezone.now()
    pages = SessionPage.objects.live().filter(admission__called_off_at=None)
    coming = pages.filter(starts_at__gt=now, starts_at__lt=now + WEEK + DAY)
    been = pages.filter(ends_at__lt=now - SIX_WEEKS + DAY, ends_at__gt=now - SIX_WEEKS - CATCH_UP - DAY)
    return sum(_remind(page, now) for page in coming) + sum(_follow_up(page, now) for page in been)


def _remind(page: SessionPage, now: datetime) -> int:
    plan, day = plan_of(page), timezone.localdate(page.starts_at)
    day_before = morning_of(day - DAY)
    week_before = morning_of(day - WEEK)
    if plan.day_before and day_before <= now:
        return _queue(_seated_before(page, day_before), MailKind.REMINDER_DAY, day_number(page.starts_at))
    if plan.week_before and week_before <= now < min(week_before + CATCH_UP, day_before):
        return _queue(_seated_before(page, week_before), MailKind.REMINDER_WEEK, day_number(page.starts_at))
    return 0


def _follow_up(page: SessionPage, now: datetime) -> int:
    due = morning_of(timezone.localdate(page.ends_at) + SIX_WEEKS)
    if not plan_of(page).follow_up or not due <= now < due + CATCH_UP:
        return 0
    asked = Registration.objects.confirmed().filter(page=page).exclude(learning_question="")
    return _queue(asked, MailKind.FOLLOW_UP, day_number(page.starts_at))


def _seated_before(page: SessionPage, moment: datetime) -> Iterable[Registration]:
    return Registration.objects.confirmed().filter(page=page, confirmed_at__lt=moment)


def _queue(registrations: Iterable[Registration], kind: MailKind, edition: int) -> int:
    found = list(registrations)
    with transaction.atomic():
        for registration in found:
            queue_mail(registration, kind, edition=edition)
    return len(found)
