"""Verbs on organisations: describe one, with its codes and what it is part of."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.models import (
    CodeScheme,
    Organisation,
    OrganisationCode,
    OrganisationKind,
    OrganisationLink,
    today,
)

SCHEME_OF_KIND = {
    OrganisationKind.SWV: CodeScheme.SWV,
    OrganisationKind.BOARD: CodeScheme.BOARD,
    OrganisationKind.SCHOOL: CodeScheme.LOCATION,
}


def describe(
    actor: User, organisation: Organisation, codes: Iterable[str], part_of: Iterable[Organisation]
) -> None:
    """Save ``organisation`` with exactly these codes, and links in force today with exactly these parents.

    A link that is no longer there ends yesterday; its history stays.

    Raises:
        PermissionDenied: ``actor`` is not POS staff.

    """
    if not actor.is_pos:
        raise PermissionDenied
    with transaction.atomic():
        made = organisation._state.adding
        organisation.save()
        scheme = SCHEME_OF_KIND.get(OrganisationKind(organisation.kind))
        wanted = set(codes) if scheme else set()
        organisation.codes.exclude(value__in=wanted).delete()
        known = set(organisation.codes.values_list("value", flat=True))
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
            changes={"name": (None, organisation.name), "part_of": (sorted(before), sorted(after))},
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
