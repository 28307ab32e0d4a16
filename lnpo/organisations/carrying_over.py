"""What this app announces for a merge: links, memberships, invitations and requests that both may have."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from lnpo.organisations.merging import carries_over
from lnpo.organisations.models import (
    AccessRole,
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationLink,
    RequestState,
)
from lnpo.organisations.permissions import RANK


@carries_over("organisations.organisationlink", "parent")
def carry_links_down(ending: Organisation, going_on: Organisation) -> None:
    """Boards and schools of the one become those of the other."""
    _carry_links(ending, going_on, "parent", "child")


@carries_over("organisations.organisationlink", "child")
def carry_links_up(ending: Organisation, going_on: Organisation) -> None:
    """What the one was part of, the other is part of."""
    _carry_links(ending, going_on, "child", "parent")


def _carry_links(ending: Organisation, going_on: Organisation, side: str, other: str) -> None:
    """A link that the other has too at the same time stays behind, and so does one between both."""
    for link in OrganisationLink.objects.filter(**{side: ending}):
        theirs = OrganisationLink.objects.filter(**{side: going_on, other: getattr(link, other)})
        overlapping = [one for one in theirs if _overlap(one, link)]
        if getattr(link, f"{other}_id") == going_on.pk:
            continue
        if not overlapping:
            OrganisationLink.objects.filter(pk=link.pk).update(**{side: going_on})
            continue
        kept = overlapping[0]
        starts = _extreme(min, kept.starts_on, link.starts_on)
        ends = _extreme(max, kept.ends_on, link.ends_on)
        OrganisationLink.objects.filter(pk=kept.pk).update(ends_on=ends)
        if not theirs.exclude(pk=kept.pk).filter(starts_on=starts).exists():
            OrganisationLink.objects.filter(pk=kept.pk).update(starts_on=starts)


def _extreme(pick: Callable[[date, date], date], one: date | None, two: date | None) -> date | None:
    """The earlier or later of two days; empty is open, and wins."""
    return None if one is None or two is None else pick(one, two)


def _overlap(one: OrganisationLink, two: OrganisationLink) -> bool:
    begins_in_time = one.starts_on is None or two.ends_on is None or one.starts_on <= two.ends_on
    return begins_in_time and (two.starts_on is None or one.ends_on is None or two.starts_on <= one.ends_on)


@carries_over("organisations.membership", "organisation")
def carry_memberships(ending: Organisation, going_on: Organisation) -> None:
    """Everybody keeps the access they had; who worked at both has the stronger of the two, once."""
    standing = {one.user_id: one for one in Membership.objects.not_over().filter(organisation=going_on)}
    for membership in Membership.objects.filter(organisation=ending):
        present = standing.get(membership.user_id)
        if membership.is_over or present is None:
            Membership.objects.filter(pk=membership.pk).update(organisation=going_on)
            if not membership.is_over:
                standing[membership.user_id] = membership
            continue
        roles = (AccessRole(present.access_role), AccessRole(membership.access_role))
        ends = _extreme(max, present.ends_on, membership.ends_on)
        Membership.objects.filter(pk=present.pk).update(
            access_role=max(roles, key=lambda role: RANK[role]), ends_on=ends
        )
        Membership.objects.filter(pk=membership.pk).update(revoked_at=timezone.now())


@carries_over("organisations.invitation", "organisation")
def carry_invitations(ending: Organisation, going_on: Organisation) -> None:
    """Invitations go on for the other; whoever has one there already keeps that one."""
    theirs = Invitation.objects.unanswered().filter(organisation=going_on).values("email")
    doubled = Invitation.objects.unanswered().filter(organisation=ending, email__in=list(_emails(theirs)))
    doubled.update(withdrawn_at=timezone.now())
    Invitation.objects.filter(organisation=ending).update(organisation=going_on)


@carries_over("organisations.joinrequest", "organisation")
def carry_requests(ending: Organisation, going_on: Organisation) -> None:
    """Requests wait for the other; whoever asked both waits once."""
    theirs = JoinRequest.objects.waiting().filter(organisation=going_on).values("email")
    doubled = JoinRequest.objects.filter(
        organisation=ending, state=RequestState.WAITING, email__in=list(_emails(theirs))
    )
    doubled.update(state=RequestState.WITHDRAWN, decided_at=timezone.now())
    JoinRequest.objects.filter(organisation=ending).update(organisation=going_on)


def _emails(rows: object) -> list[str]:
    return [row["email"] for row in rows]  # type: ignore[attr-defined]


@carries_over("organisations.formername", "organisation")
def carry_names(ending: Organisation, going_on: Organisation) -> None:
    """Moved by the merge itself, together with the name that ends."""
