"""Verbs on memberships: give access, change it, end it. Nothing is deleted."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.audit.trail import changed_fields, record
from lnpo.organisations.models import AccessRole, JobRole, Membership, Organisation, today
from lnpo.organisations.permissions import may_manage_members
from lnpo.outbox.delivery import post


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
) -> Membership:
    """Give ``user`` access to ``organisation`` from today.

    Raises:
        PermissionDenied: ``actor`` may not decide about this organisation.
        ValidationError: ``user`` already has access today.

    """
    if not may_manage_members(actor, organisation):
        raise PermissionDenied
    with transaction.atomic():
        _hold(organisation)
        if Membership.objects.of_user(user).current().filter(organisation=organisation).exists():
            raise ValidationError(_("This person already has access to the organisation."), code="exists")
        membership = Membership.objects.create(
            user=user, organisation=organisation, job_role=job_role, access_role=access_role, ends_on=ends_on
        )
        record(
            actor,
            "membership.granted",
            membership,
            changes={"access_role": (None, access_role.value), "user": (None, user)},
            organisation=organisation,
        )
    return membership


def change(
    actor: User, membership: Membership, job_role: JobRole, access_role: AccessRole, ends_on: date | None
) -> None:
    """Change what somebody does or may do, or when it ends; in force with the next request.

    Raises:
        PermissionDenied: ``actor`` may not decide about this organisation.
        LastManagerError: nobody would be left who may.

    """
    organisation = membership.organisation
    if not may_manage_members(actor, organisation):
        raise PermissionDenied
    with transaction.atomic():
        _hold(organisation)
        if access_role is not AccessRole.MANAGER or ends_on is not None:
            _keep_a_manager(membership)
        values = {"job_role": job_role.value, "access_role": access_role.value, "ends_on": ends_on}
        changes = changed_fields(membership, values)
        if not changes:
            return
        for name, value in values.items():
            setattr(membership, name, value)
        membership.save(update_fields=list(values))
        record(actor, "membership.changed", membership, changes=changes, organisation=organisation)


def revoke(actor: User, membership: Membership, reason: str = "") -> None:
    """End somebody's access at once; the next request is refused.

    Raises:
        PermissionDenied: ``actor`` may not decide about this organisation.
        LastManagerError: nobody would be left who may.

    """
    organisation = membership.organisation
    if not may_manage_members(actor, organisation):
        raise PermissionDenied
    with transaction.atomic():
        _hold(organisation)
        _keep_a_manager(membership)
        membership.revoked_at = timezone.now()
        membership.save(update_fields=["revoked_at"])
        record(
            actor,
            "membership.revoked",
            membership,
            changes={"revoked_at": (None, membership.revoked_at)},
            organisation=organisation,
            reason=reason,
        )


def _hold(organisation: Organisation) -> None:
    """Lock the organisation's row, so that two managers cannot remove each other at the same moment."""
    Organisation.objects.filter(pk=organisation.pk).update(kind=F("kind"))


def _keep_a_manager(leaving: Membership) -> None:
    others = (
        Membership.objects.current(today())
        .filter(organisation=leaving.organisation, access_role=AccessRole.MANAGER, user__is_active=True)
        .exclude(pk=leaving.pk)
    )
    if leaving.access_role == AccessRole.MANAGER and not others.exists():
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
    if not may_manage_members(actor, organisation):
        raise PermissionDenied
    with transaction.atomic():
        _hold(organisation)
        address, (first_name, last_name) = User.objects.normalize_email(email), names
        user = User.objects.filter(email=address).first() or User.objects.create_user(
            address, first_name=first_name, last_name=last_name
        )
        membership = grant(actor, user, organisation, job_role, access_role, ends_on)
        post(
            f"organisations.welcome:{membership.pk}",
            "organisations.welcome",
            {"membership": str(membership.pk)},
        )
    return membership
