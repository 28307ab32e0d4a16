"""Verbs on organisations: describe one with its codes and what it is part of, rename it, close it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.audit.trail import changed_fields, record
from lnpo.organisations.membership import hold, last_day
from lnpo.organisations.models import (
    CodeScheme,
    FormerName,
    Invitation,
    Membership,
    Organisation,
    OrganisationCode,
    OrganisationKind,
    OrganisationLink,
    today,
)
from lnpo.organisations.permissions import may_describe, may_merge

SCHEME_OF_KIND = {
    OrganisationKind.SWV: CodeScheme.SWV,
    OrganisationKind.BOARD: CodeScheme.BOARD,
    OrganisationKind.SCHOOL: CodeScheme.LOCATION,
}


def describe(
    actor: User, organisation: Organisation, codes: Iterable[str], part_of: Iterable[Organisation]
) -> None:
    """Save ``organisation`` with exactly these codes, and links in force today with exactly these parents.

    A link that is no longer there ends yesterday and a name that changed is kept: history stays.

    Raises:
        PermissionDenied: ``actor`` is not POS staff.

    """
    if not actor.is_pos:
        raise PermissionDenied
    with transaction.atomic():
        made = organisation._state.adding
        old_name = "" if made else Organisation.objects.get(pk=organisation.pk).name
        organisation.save()
        if old_name and old_name != organisation.name:
            _keep_name(organisation, old_name)
        scheme = SCHEME_OF_KIND.get(OrganisationKind(organisation.kind))
        wanted = set(codes) if scheme else set()
        own = organisation.codes.filter(scheme=scheme) if scheme else organisation.codes.all()
        own.exclude(value__in=wanted).delete()
        known = set(own.values_list("value", flat=True))
        if scheme:
            OrganisationCode.objects.bulk_create(
                OrganisationCode(organisation=organisation, scheme=scheme, value=value)
                for value in sorted(wanted - known)
            )
        before, after = _relink(organisation, list(part_of))
        record(
            actor,
            "organisation.made" if made else "organisation.changed",
            organisation,
            changes={
                "name": (old_name or None, organisation.name),
                "part_of": (sorted(before), sorted(after)),
            },
            organisation=organisation,
        )


def _relink(organisation: Organisation, parents: list[Organisation]) -> tuple[set[str], set[str]]:
    current = OrganisationLink.objects.current().filter(child=organisation)
    before = {str(pk) for pk in current.values_list("parent", flat=True)}
    after = {str(parent.pk) for parent in parents}
    gone = current.exclude(parent__in=parents)
    # A link that began today never held: it goes; an older one ends with yesterday.
    gone.filter(starts_on=today()).delete()
    gone.filter(Q(starts_on__isnull=True) | Q(starts_on__lt=today())).update(
        ends_on=today() - timedelta(days=1)
    )
    for parent in parents:
        if str(parent.pk) not in before:
            OrganisationLink.objects.create(parent=parent, child=organisation, starts_on=today())
    return before, after


def _keep_name(organisation: Organisation, name: str) -> None:
    FormerName.objects.create(organisation=organisation, name=name, until=today() - timedelta(days=1))


def update(actor: User, organisation: Organisation, **values: Any) -> None:
    """Change the name, place, region or website; a former name is kept, and people find it by that.

    Raises:
        PermissionDenied: ``actor`` may not describe this organisation.
        ValidationError: it has ended.

    """
    with transaction.atomic():
        hold(organisation)
        if not may_describe(actor, organisation):
            raise PermissionDenied
        fresh = Organisation.objects.get(pk=organisation.pk)
        last_day(fresh, None)
        changes = changed_fields(fresh, values)
        if not changes:
            return
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.save(update_fields=list(values))
        if "name" in changes:
            _keep_name(fresh, changes["name"][0])
        record(actor, "organisation.changed", fresh, changes=changes, organisation=fresh)


def close(actor: User, organisation: Organisation, ends_on: date, reason: str) -> None:
    """Let an organisation end with a day: its links, memberships and invitations too.

    Nothing is deleted. Until that day everything works as it did.

    Raises:
        PermissionDenied: ``actor`` is not POS staff.
        ValidationError: the day lies in the past, it has ended already, or there is no reason.

    """
    if not may_merge(actor):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Write why: it stays in the history."), code="reason")
    with transaction.atomic():
        hold(organisation)
        fresh = Organisation.objects.get(pk=organisation.pk)
        ends_on = last_day(fresh, ends_on) or ends_on
        fresh.ends_on = ends_on
        fresh.save(update_fields=["ends_on"])
        end_with(fresh, ends_on)
        record(
            actor,
            "organisation.closed",
            fresh,
            changes={"ends_on": (organisation.ends_on, ends_on)},
            organisation=fresh,
            reason=reason.strip(),
        )


def end_with(organisation: Organisation, ends_on: date) -> None:
    """Let nothing last longer than the organisation: its links, its memberships, what it offered."""
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on)
    ends = {"ends_on": ends_on}
    links = OrganisationLink.objects.filter(Q(parent=organisation) | Q(child=organisation))
    links.filter(later).exclude(starts_on__gt=ends_on).update(**ends)
    members = Membership.objects.filter(organisation=organisation, revoked_at__isnull=True)
    members.filter(later).exclude(starts_on__gt=ends_on).update(**ends)
    members.filter(starts_on__gt=ends_on).update(revoked_at=timezone.now())
    offered = Invitation.objects.unanswered().filter(organisation=organisation)
    offered.filter(later).update(**ends)
