"""Verbs on a whole session: the registration period, calling off, and telling people of a change."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.audit.trail import changed_fields, record
from lnpo.interest.subscribing import announce
from lnpo.page_cache import bump_on_commit
from sessions.enums import MailKind
from sessions.mail_queue import queue_mail
from sessions.models import Admission, Registration, SeatPool, SessionPage
from sessions.permissions import may_manage_seats
from sessions.seats import hold


def change_period(
    staff: User,
    admission: Admission,
    opens_at: datetime | None,
    closes_at: datetime | None,
    cancel_until: date | None,
    choices: Mapping[str, Any] | None = None,
) -> None:
    """Set when people may register, until when they may cancel, and ``choices`` about free seats.

    Raises:
        PermissionDenied: ``staff`` may not manage sessions.

    """
    if not may_manage_seats(staff):
        raise PermissionDenied
    values = {"opens_at": opens_at, "closes_at": closes_at, "cancel_until": cancel_until, **(choices or {})}
    with transaction.atomic():
        changes = changed_fields(Admission.objects.get(pk=admission.pk), values)
        for name, value in values.items():
            setattr(admission, name, value)
        admission.save(update_fields=list(values))
        if changes:
            record(staff, "admission.changed", admission, changes=changes)
        bump_on_commit()


def call_off(staff: User, page: SessionPage, reason: str) -> int:
    """Call a session off: nobody can register any more, and everybody who would come or waits is told.

    Registrations keep their state, so that it stays known who would have come. Twice is harmless.

    Returns:
        How many people are told.

    Raises:
        PermissionDenied: ``staff`` may not manage sessions.

    """
    if not may_manage_seats(staff):
        raise PermissionDenied
    with transaction.atomic():
        for pool in SeatPool.objects.filter(page=page).order_by("pk"):
            hold(pool)
        admission = Admission.objects.get(page=page)
        if admission.is_called_off:
            return 0
        SeatPool.objects.filter(page=page).update(is_open=False)
        admission.called_off_at, admission.called_off_reason = timezone.now(), reason
        admission.calendar_sequence += 1
        admission.save(update_fields=["called_off_at", "called_off_reason", "calendar_sequence"])
        record(
            staff,
            "session.called_off",
            page,
            changes={"called_off_at": (None, admission.called_off_at)},
            reason=reason,
        )
        told = list(Registration.objects.live().filter(page=page))
        for registration in told:
            queue_mail(registration, MailKind.CALLED_OFF, edition=admission.calendar_sequence)
        bump_on_commit()
    page.admission = admission
    return len(told)


def calendar_facts(page: SessionPage) -> dict[str, str]:
    """What stands in people's calendars: when these facts change, they must be told."""
    return {
        "title": page.title,
        "starts_at": page.starts_at.astimezone(UTC).isoformat(),
        "ends_at": page.ends_at.astimezone(UTC).isoformat(),
        "place": page.place_label if page.format != "online" else "",
        "meeting_link": page.meeting_link,
    }


def note_publication(page: SessionPage) -> int:
    """After publishing: when time or place changed, raise the version and tell who comes or waits.

    Returns:
        How many people are told.

    """
    facts = calendar_facts(page)
    with transaction.atomic():
        Admission.objects.filter(page=page).update(calendar_sequence=F("calendar_sequence"))  # lock the row
        admission = Admission.objects.get(page=page)
        if admission.calendar_facts == facts:
            return 0
        before = admission.calendar_facts
        first_time = not admission.calendar_facts
        admission.calendar_facts = facts
        admission.calendar_sequence += 0 if first_time else 1
        admission.save(update_fields=["calendar_facts", "calendar_sequence"])
        if first_time and page.starts_at > timezone.now():
            announce(f"session:{page.pk}", "sessions.announcement", {"page": page.pk})
        if first_time or admission.is_called_off or page.starts_at < timezone.now():
            return 0
        differs = {key: value for key, value in facts.items() if before.get(key) != value}
        people = Registration.objects.live().filter(page=page)
        told = list(people.confirmed() if set(differs) == {"meeting_link"} else people)
        for registration in told:
            queue_mail(registration, MailKind.CHANGED, edition=admission.calendar_sequence)
    return len(told)
