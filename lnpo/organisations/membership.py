"""Verbs on memberships: give access, change it, end it. Nothing is deleted."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.audit.trail import changed_fields, record
from lnpo.organisations.models import AccessRole, JobRole, Membership, Organisation, today
from lnpo.organisations.permissions import may_manage_members
from lnpo.outbox.delivery import post
from lnpo.ui.dutch_format import date_long


class LastManagerError(ValidationError):
    """The last manager of an organisation cannot lose that role without a successor."""

    def __init__(self) -> None:
        super().__init__(
            _("This is the last manager of the organisation. Make somebody else a manager first."),
            code="last_manager",
        )


def grant(
    actor: User,
    user: User,
    organisation: Organisation,
    job_role: JobRole,
    access_role: AccessRole,
    ends_on: date | None = None,
    stands_in_for: User | None = None,
) -> Membership:
    """Give ``user`` access to ``organisation`` from today; for a deputy say for whom, and until when.

    Raises:
        PermissionDenied: ``actor`` may not decide about this organisation.
        ValidationError: ``user`` already has access, the organisation has ended, or the last day has passed.

    """
    with transaction.atomic():
        hold(organisation)
        if not may_manage_members(actor, organisation):
            raise PermissionDenied
        return enrol(actor, user, organisation, job_role, access_role, ends_on, stands_in_for)


def enrol(
    actor: User,
    user: User,
    organisation: Organisation,
    job_role: JobRole,
    access_role: AccessRole,
    ends_on: date | None = None,
    stands_in_for: User | None = None,
) -> Membership:
    """The part of giving access that every door shares; the caller holds the organisation and has the right.

    Raises:
        ValidationError: see :func:`grant`.

    """
    if not user.is_active:
        raise ValidationError(_("This account is closed. POS can open it again."), code="closed")
    if membership_of(user, organisation) is not None:
        raise ValidationError(_("This person already has access to the organisation."), code="exists")
    membership = Membership.objects.create(
        user=user,
        organisation=organisation,
        job_role=job_role,
        access_role=access_role,
        ends_on=last_day(organisation, ends_on),
        stands_in_for=stands_in_for,
    )
    record(
        actor,
        "membership.granted",
        membership,
        changes={
            "access_role": (None, access_role.value),
            "job_role": (None, job_role.value),
            "ends_on": (None, membership.ends_on),
            "user": (None, user),
        },
        organisation=organisation,
    )
    return membership


def membership_of(user: User, organisation: Organisation) -> Membership | None:
    """The membership that gives ``user`` access to ``organisation`` now or from a day to come."""
    return (
        Membership.objects.not_over()
        .filter(user=user, organisation=organisation)
        .order_by("starts_on")
        .first()
    )


def last_day(organisation: Organisation, wanted: date | None) -> date | None:
    """Until when access lasts: no longer than the organisation itself.

    Raises:
        ValidationError: the organisation has ended, or ``wanted`` lies behind us.

    """
    if organisation.has_ended:
        raise ValidationError(
            _("This organisation ended on %(day)s. Choose the organisation in which it went on.")
            % {"day": date_long(organisation.ends_on)},
            code="ended",
        )
    if wanted is not None and wanted < today():
        raise ValidationError(_("The last day lies in the past. Choose today or later."), code="past")
    days = [day for day in (organisation.ends_on, wanted) if day is not None]
    return min(days, default=None)


def change(
    actor: User,
    membership: Membership,
    job_role: JobRole,
    access_role: AccessRole,
    ends_on: date | None,
    stands_in_for: User | None = None,
) -> None:
    """Change what somebody does or may do, or when it ends; in force with the next request.

    Raises:
        PermissionDenied: ``actor`` may not decide about this organisation.
        LastManagerError: nobody would be left who may.
        ValidationError: the last day lies before the first, or the access has already ended.

    """
    with transaction.atomic():
        organisation, membership = _fresh(membership)
        if not may_manage_members(actor, organisation):
            raise PermissionDenied
        _refuse_what_is_over(membership)
        if ends_on != membership.ends_on:
            ends_on = last_day(organisation, ends_on)
        if ends_on is not None and ends_on < membership.starts_on:
            raise ValidationError(_("The last day lies before the first."), code="order")
        stays = access_role is AccessRole.MANAGER and ends_on == organisation.ends_on
        if not stays:
            _keep_a_manager(membership, organisation)
        values = {
            "job_role": job_role.value,
            "access_role": access_role.value,
            "ends_on": ends_on,
            "stands_in_for_id": stands_in_for.pk if stands_in_for and ends_on else None,
        }
        changes = changed_fields(membership, values)
        if not changes:
            return
        for name, value in values.items():
            setattr(membership, name, value)
        membership.save(update_fields=["job_role", "access_role", "ends_on", "stands_in_for"])
        record(actor, "membership.changed", membership, changes=changes, organisation=organisation)


def revoke(actor: User, membership: Membership, reason: str = "") -> None:
    """End somebody's access at once; the next request is refused.

    Raises:
        PermissionDenied: ``actor`` may not decide about this organisation.
        LastManagerError: nobody would be left who may.
        ValidationError: the access has already ended.

    """
    with transaction.atomic():
        organisation, membership = _fresh(membership)
        if not may_manage_members(actor, organisation):
            raise PermissionDenied
        _end(actor, "membership.revoked", membership, organisation, reason)


def leave(user: User, membership: Membership) -> None:
    """End one's own access at once; what one made stays with the organisation.

    Raises:
        PermissionDenied: it is somebody else's.
        LastManagerError: nobody would be left who decides about access.
        ValidationError: the access has already ended.

    """
    with transaction.atomic():
        organisation, membership = _fresh(membership)
        if membership.user_id != user.pk:
            raise PermissionDenied
        _end(user, "membership.left", membership, organisation, "")


def hold(organisation: Organisation) -> None:
    """Lock the organisation's row, so that two managers cannot remove each other at the same moment."""
    Organisation.objects.filter(pk=organisation.pk).update(kind=F("kind"))


def _fresh(membership: Membership) -> tuple[Organisation, Membership]:
    """Hold the organisation, then read what is true now: while we waited, another may have decided."""
    hold(membership.organisation)
    fresh = Membership.objects.select_related("organisation").get(pk=membership.pk)
    return fresh.organisation, fresh


def _refuse_what_is_over(membership: Membership) -> None:
    if membership.is_over:
        raise ValidationError(_("This access has already ended."), code="over")


def _end(actor: User, action: str, membership: Membership, organisation: Organisation, reason: str) -> None:
    _refuse_what_is_over(membership)
    _keep_a_manager(membership, organisation)
    membership.revoked_at = timezone.now()
    membership.save(update_fields=["revoked_at"])
    record(
        actor,
        action,
        membership,
        changes={"revoked_at": (None, membership.revoked_at)},
        organisation=organisation,
        reason=reason,
    )


def _keep_a_manager(leaving: Membership, organisation: Organisation) -> None:
    """Whoever is left must be a manager for as long as the organisation lasts: a deputy is no successor."""
    if leaving.access_role != AccessRole.MANAGER or not leaving.is_current:
        return
    others = (
        Membership.objects.current()
        .filter(organisation=organisation, access_role=AccessRole.MANAGER, user__is_active=True)
        .exclude(pk=leaving.pk)
    )
    lasting = Q(ends_on__isnull=True)
    if organisation.ends_on is not None:
        lasting |= Q(ends_on__gte=organisation.ends_on)
    if not others.filter(lasting).exists():
        raise LastManagerError


def admit(
    actor: User,
    email: str,
    names: tuple[str, str],
    organisation: Organisation,
    job_role: JobRole,
    access_role: AccessRole,
    ends_on: date | None = None,
) -> Membership:
    """Let a person in: find or make the account of ``email``, and grant access to ``organisation``.

    The person gets a mail that says how to choose a password. An account that exists keeps its name.

    Raises:
        PermissionDenied: ``actor`` may not decide about this organisation.
        ValidationError: the person already has access today.

    """
    with transaction.atomic():
        hold(organisation)
        if not may_manage_members(actor, organisation):
            raise PermissionDenied
        address, (first_name, last_name) = User.objects.normalize_email(email), names
        user = User.objects.filter(email=address).first() or User.objects.create_user(
            address, first_name=first_name, last_name=last_name
        )
        membership = enrol(actor, user, organisation, job_role, access_role, ends_on)
        post(
            f"organisations.welcome:{membership.pk}",
            "organisations.welcome",
            {"membership": str(membership.pk)},
        )
    return membership
