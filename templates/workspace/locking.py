"""Closing a school year: what was reported about it stays as it is, until it is opened with a reason."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.ui.dutch_format import school_year as as_text
from templates.workspace.models import PeriodLock, Plan
from templates.workspace.permissions import may_manage


class PeriodLockedError(ValidationError):
    """Raised when something of a closed school year would change; the message says which year."""


def _hold(plan: Plan) -> None:
    """Let a lock and a figure that is being entered wait for each other."""
    Plan.objects.unscoped("hold the plan").filter(pk=plan.pk).update(first_year=F("first_year"))


def demand_open(plan: Plan, school_years: Iterable[int]) -> None:
    """Refuse when one of ``school_years`` of ``plan`` is closed.

    Raises:
        PeriodLockedError: it is.

    """
    _hold(plan)
    locks = PeriodLock.objects.unscoped("only whether a year is closed")
    closed = locks.filter(plan=plan, school_year__in=list(school_years), opened_at__isnull=True).first()
    if closed:
        raise PeriodLockedError(
            _("School year %(year)s is closed. A manager can open it again, with a reason.")
            % {"year": as_text(closed.school_year)},
            code="locked",
        )


def lock_year(user: User, plan: Plan, school_year: int) -> None:
    """Close ``school_year`` of ``plan``; closing it twice closes it once.

    Raises:
        PermissionDenied: ``user`` does not manage the workspace.
        ValidationError: the year is none of the plan.

    """
    if not may_manage(user, plan.organisation):
        raise PermissionDenied
    if school_year not in plan.school_years():
        raise ValidationError(_("This school year is not in the plan."), code="other_year")
    with transaction.atomic():
        _hold(plan)
        if plan.locks.filter(school_year=school_year, opened_at__isnull=True).exists():
            return
        lock = PeriodLock(plan=plan, school_year=school_year, locked_by=user)
        lock.save()
        record(
            user,
            "period.locked",
            plan,
            changes={"school_year": (None, school_year)},
            organisation=plan.organisation,
        )


def open_year(user: User, plan: Plan, school_year: int, reason: str) -> None:
    """Open a closed school year again.

    Raises:
        PermissionDenied: ``user`` does not manage the workspace.
        ValidationError: there is no reason.

    """
    if not may_manage(user, plan.organisation):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Say why, so that others can follow it."), code="reason")
    with transaction.atomic():
        _hold(plan)
        changed = plan.locks.filter(school_year=school_year, opened_at__isnull=True).update(
            opened_at=timezone.now(), opened_by=user, reason=reason.strip()
        )
        if changed:
            record(
                user,
                "period.opened",
                plan,
                changes={"school_year": (school_year, None)},
                organisation=plan.organisation,
                reason=reason.strip(),
            )
