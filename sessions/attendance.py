"""Verbs on attendance: ticked by staff, confirmed with a code, or read from the list of a meeting."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from sessions.enums import AttendanceSource, RegistrationState
from sessions.models import Attendance, CheckInCode, Registration, SessionPage
from sessions.permissions import may_run_sessions

SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Signs that nobody mistakes for one another when they stand on a screen."""
CODE_LENGTH = 6
OPENS_BEFORE = timedelta(minutes=60)
CLOSES_AFTER = timedelta(hours=3)


class NotPresentableError(Exception):
    """Attendance cannot be confirmed; ``str()`` is the reason for the member."""


def is_check_in_time(page: SessionPage) -> bool:
    """Whether people confirm by themselves now: from an hour before the start until three after the end."""
    return page.starts_at - OPENS_BEFORE <= timezone.now() <= page.ends_at + CLOSES_AFTER


def check_in_list(page: SessionPage, query: str = "") -> "QuerySet[Registration]":
    """Who is expected, by name; only those whose name or organisation holds every word of ``query``."""
    found = (
        Registration.objects.confirmed()
        .filter(page=page)
        .select_related("user", "organisation", "pool", "attendance")
        .order_by("user__last_name", "user__first_name", "pk")
    )
    for word in query.split()[:6]:
        found = found.filter(
            Q(user__first_name__icontains=word)
            | Q(user__last_name__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    return found


def note_presence(staff: User, registration: Registration) -> bool:
    """Tick somebody on the list; twice is harmless.

    Raises:
        PermissionDenied: ``staff`` does not run sessions.
        NotPresentableError: the registration is not confirmed.

    """
    if not may_run_sessions(staff):
        raise PermissionDenied
    with transaction.atomic():
        return _be_present(staff, registration, AttendanceSource.LIST)


def take_back(staff: User, registration: Registration) -> bool:
    """Undo a tick; a certificate that was issued is not valid any more.

    Raises:
        PermissionDenied: ``staff`` does not run sessions.

    """
    if not may_run_sessions(staff):
        raise PermissionDenied
    with transaction.atomic():
        removed, _rows = Attendance.objects.filter(registration=registration).delete()
        if removed:
            record(
                staff,
                "attendance.taken_back",
                registration,
                changes={"present": (True, False)},
                organisation=registration.organisation,
            )
    return bool(removed)


def confirm_own(user: User, registration: Registration, code: str) -> bool:
    """Say with the code of the room that one is there.

    Raises:
        PermissionDenied: it is somebody else's registration.
        NotPresentableError: not the time, not the code, or no seat.

    """
    if registration.user_id != user.pk:
        raise PermissionDenied
    if not is_check_in_time(registration.page):
        raise NotPresentableError(
            _("You can confirm from an hour before the session until three hours after it.")
        )
    right = CheckInCode.objects.filter(page=registration.page_id).first()
    given = "".join(code.split()).upper()
    if right is None or not secrets.compare_digest(right.code.encode(), given.encode()):
        raise NotPresentableError(_("This is not the code of this session. Look at the screen once more."))
    with transaction.atomic():
        return _be_present(user, registration, AttendanceSource.CODE)


def note_import(staff: User, page: SessionPage, registrations: Iterable[str]) -> int:
    """Note the people of a meeting's list, who were shown in the preview; all of them or nobody.

    Args:
        staff: who imports.
        page: the session.
        registrations: keys of confirmed registrations; what does not belong to the session is left out.

    Raises:
        PermissionDenied: ``staff`` does not run sessions.

    """
    if not may_run_sessions(staff):
        raise PermissionDenied
    keys = {key for key in registrations if _is_key(key)}
    with transaction.atomic():
        chosen = check_in_list(page).filter(pk__in=keys)
        return sum(_be_present(staff, registration, AttendanceSource.IMPORT) for registration in chosen)


def _is_key(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def _be_present(actor: User, registration: Registration, source: AttendanceSource) -> bool:
    if registration.state != RegistrationState.CONFIRMED:
        raise NotPresentableError(_("Only somebody with a confirmed seat can be present."))
    _attendance, new = Attendance.objects.get_or_create(
        registration=registration, defaults={"source": source, "noted_by": actor}
    )
    if new:
        record(
            actor,
            "attendance.noted",
            registration,
            changes={"present": (False, True), "source": (None, source.value)},
            organisation=registration.organisation,
        )
    return new


def renew_code(staff: User, page: SessionPage) -> CheckInCode:
    """Make the code of a session, or another one when the old one went round.

    Raises:
        PermissionDenied: ``staff`` does not run sessions.

    """
    if not may_run_sessions(staff):
        raise PermissionDenied
    code = "".join(secrets.choice(SIGNS) for _sign in range(CODE_LENGTH))
    with transaction.atomic():
        made, _new = CheckInCode.objects.update_or_create(page=page, defaults={"code": code})
        record(staff, "check_in_code.renewed", page)
    return made
