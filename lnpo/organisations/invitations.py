"""Verbs on invitations: send, send again, withdraw, accept, remind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.audit.trail import changed_fields, record
from lnpo.organisations.entrance import account_of, may_become, newcomer, verified_addresses
from lnpo.organisations.membership import enrol, hold, last_day, membership_of
from lnpo.organisations.models import AccessRole, Invitation, JobRole, Membership, Organisation
from lnpo.organisations.models.entry import REMIND_AFTER, VALID_FOR
from lnpo.organisations.permissions import RANK, may_invite, may_manage_members
from lnpo.organisations.tokens import hash_of, token_for
from lnpo.outbox.delivery import post

MOST_TIMES = 5
"""How often one invitation is sent; more would be a nuisance to whoever did not answer."""
MOST_AT_ONCE = 200
"""How many people one list invites."""


class InvitationGoneError(Exception):
    """Raised when a link does not work, whatever the reason: unknown, used, withdrawn or too late."""


class OtherAddressError(Exception):
    """Raised when the invitation went to an address that is not one of the person's confirmed addresses."""


class SignInFirstError(Exception):
    """Raised when the address already belongs to somebody who can sign in."""


@dataclass(frozen=True)
class Invitee:
    """Whom to invite, and for what."""

    email: str
    job_role: JobRole
    access_role: AccessRole
    first_name: str = ""
    last_name: str = ""
    ends_on: date | None = None


def invite(actor: User, organisation: Organisation, invitee: Invitee) -> Invitation:
    """Offer somebody access; an invitation that is still open is replaced and its link dies.

    Nothing of this depends on whether the address is known: nobody learns from inviting who has an account.

    Raises:
        PermissionDenied: ``actor`` may not invite for this organisation.
        ValidationError: the organisation has ended, the last day has passed, the person is a colleague
            already, or the invitation was sent too often.

    """
    with transaction.atomic():
        hold(organisation)
        if not may_invite(actor, organisation):
            raise PermissionDenied
        return send_to(actor, organisation, invitee)


def invite_all(actor: User, organisation: Organisation, invitees: Iterable[Invitee]) -> list[Invitation]:
    """Invite a list of people: everybody or nobody.

    Raises:
        PermissionDenied, ValidationError: see :func:`invite`.

    """
    with transaction.atomic():
        return [invite(actor, organisation, invitee) for invitee in invitees]


def send_to(actor: User, organisation: Organisation, invitee: Invitee) -> Invitation:
    """The part of inviting that every door shares; the caller holds the organisation and has the right."""
    email = User.objects.normalize_email(invitee.email)
    if may_manage_members(actor, organisation) and is_colleague(email, organisation):
        raise ValidationError(
            _("%(email)s already has access to the organisation.") % {"email": email}, code="exists"
        )
    invitation = Invitation.objects.unanswered().filter(organisation=organisation, email=email).first()
    made = invitation is None
    invitation = invitation or Invitation(organisation=organisation, email=email, times_sent=0)
    invitation.first_name, invitation.last_name = invitee.first_name, invitee.last_name
    invitation.job_role, invitation.access_role = invitee.job_role, invitee.access_role
    invitation.ends_on = last_day(organisation, invitee.ends_on)
    invitation.invited_by = actor
    _renew(invitation)
    invitation.save()
    record(
        actor,
        "invitation.sent" if made else "invitation.sent_again",
        invitation,
        changes={"email": (None, email), "access_role": (None, str(invitee.access_role))},
        organisation=organisation,
    )
    _mail(invitation)
    return invitation


def is_colleague(email: str, organisation: Organisation) -> bool:
    """Whether the holder of this confirmed address has access to the organisation already."""
    holders = EmailAddress.objects.filter(email=email, verified=True).values("user")
    standing = Membership.objects.not_over().filter(organisation=organisation)
    return standing.filter(Q(user__email=email) | Q(user__in=holders)).exists()


def _renew(invitation: Invitation) -> None:
    if invitation.times_sent >= MOST_TIMES:
        raise ValidationError(
            _("This invitation was sent %(times)s times. Ask the person in another way.")
            % {"times": MOST_TIMES},
            code="too_often",
        )
    invitation.times_sent += 1
    invitation.token_hash = hash_of(token_of(invitation))
    invitation.expires_at = timezone.now() + VALID_FOR
    invitation.reminded_at = None


def token_of(invitation: Invitation) -> str:
    """The token in the last mail of this invitation; for the mail only."""
    return token_for("invitation", f"{invitation.pk}:{invitation.times_sent}", invitation.token_hash)


def _mail(invitation: Invitation, kind: str = "organisations.invitation") -> None:
    post(f"{kind}:{invitation.pk}:{invitation.times_sent}", kind, {"invitation": str(invitation.pk)})


def send_again(actor: User, invitation: Invitation) -> None:
    """Send the invitation once more with another link and seven new days.

    Raises:
        PermissionDenied: ``actor`` may not invite for this organisation.
        InvitationGoneError: it was answered or withdrawn meanwhile.
        ValidationError: it was sent too often, or the organisation has ended.

    """
    with transaction.atomic():
        hold(invitation.organisation)
        if not may_invite(actor, invitation.organisation):
            raise PermissionDenied
        fresh = Invitation.objects.unanswered().filter(pk=invitation.pk).first()
        if fresh is None:
            raise InvitationGoneError
        fresh.ends_on = last_day(fresh.organisation, fresh.ends_on)
        fresh.invited_by = actor
        _renew(fresh)
        fresh.save()
        record(actor, "invitation.sent_again", fresh, organisation=fresh.organisation)
        _mail(fresh)


def withdraw(actor: User, invitation: Invitation) -> None:
    """Take an invitation back; its link is dead at once.

    Raises:
        PermissionDenied: ``actor`` may not invite for this organisation.
        InvitationGoneError: it was answered or withdrawn meanwhile.

    """
    with transaction.atomic():
        if not may_invite(actor, invitation.organisation):
            raise PermissionDenied
        taken = Invitation.objects.unanswered().filter(pk=invitation.pk).update(withdrawn_at=timezone.now())
        if not taken:
            raise InvitationGoneError
        record(actor, "invitation.withdrawn", invitation, organisation=invitation.organisation)


def find(token: str) -> Invitation:
    """The invitation behind a link that works.

    Raises:
        InvitationGoneError: there is none, and there is no saying why.

    """
    found = (
        Invitation.objects.usable()
        .filter(token_hash=hash_of(token))
        .select_related("organisation", "invited_by")
        .first()
    )
    if found is None or not _still_stands(found):
        raise InvitationGoneError
    return found


def _still_stands(invitation: Invitation) -> bool:
    """Whether the one who invited still may, and the organisation and the access have not ended."""
    if invitation.organisation.has_ended or (
        invitation.ends_on is not None and invitation.ends_on < timezone.localdate()
    ):
        return False
    inviter = invitation.invited_by
    return inviter.is_active and may_invite(inviter, invitation.organisation)


def _take(invitation: Invitation, user: User) -> None:
    """Use the link up: of two who click at once, one is too late."""
    taken = (
        Invitation.objects.usable()
        .filter(pk=invitation.pk, token_hash=invitation.token_hash)
        .update(accepted_at=timezone.now(), accepted_by=user)
    )
    fresh = Invitation.objects.select_related("organisation", "invited_by").get(pk=invitation.pk)
    if not taken or not _still_stands(fresh):
        raise InvitationGoneError


def accept(user: User, invitation: Invitation) -> Membership:
    """Take up an invitation as somebody who is signed in.

    Raises:
        OtherAddressError: the invitation went to an address that is not theirs.
        InvitationGoneError: the link was used, withdrawn or too late.

    """
    with transaction.atomic():
        hold(invitation.organisation)
        if invitation.email not in verified_addresses(user):
            raise OtherAddressError
        _take(invitation, user)
        return _enter(user, invitation)


def accept_as_newcomer(invitation: Invitation, first_name: str, last_name: str, password: str) -> User:
    """Make the account of somebody new: the link proves the address, so that it counts as confirmed.

    Raises:
        SignInFirstError: the address belongs to somebody who can sign in.
        InvitationGoneError: the link was used, withdrawn or too late.

    """
    with transaction.atomic():
        hold(invitation.organisation)
        known = account_of(invitation.email)
        if known is not None and not may_become(known):
            raise SignInFirstError
        user = newcomer(invitation.email, first_name, last_name, password)
        _take(invitation, user)
        _enter(user, invitation)
        return user


def _enter(user: User, invitation: Invitation) -> Membership:
    organisation = invitation.organisation
    role, job = AccessRole(invitation.access_role), JobRole(invitation.job_role)
    record(
        user,
        "invitation.accepted",
        invitation,
        changes={"invited_by": (None, invitation.invited_by)},
        organisation=organisation,
    )
    present = membership_of(user, organisation)
    if present is None:
        return enrol(user, user, organisation, job, role, invitation.ends_on)
    return _widen(user, present, role, last_day(organisation, invitation.ends_on))


def _widen(user: User, present: Membership, role: AccessRole, ends_on: date | None) -> Membership:
    """Who has access already keeps it; the invitation can only add to it."""
    stronger = max((AccessRole(present.access_role), role), key=lambda one: RANK[one])
    later = None if present.ends_on is None or ends_on is None else max(present.ends_on, ends_on)
    values = {"access_role": stronger.value, "ends_on": later}
    changes = changed_fields(present, values)
    if changes:
        Membership.objects.filter(pk=present.pk).update(
            **values, stands_in_for=present.stands_in_for if later else None
        )
        record(user, "membership.changed", present, changes=changes, organisation=present.organisation)
    return present


def remind_invited() -> int:
    """Remind once of every invitation that has waited for some days; say of how many."""
    reminded = 0
    waiting = Invitation.objects.usable().filter(
        reminded_at__isnull=True, expires_at__lte=timezone.now() + VALID_FOR - REMIND_AFTER
    )
    for pk in list(waiting.values_list("pk", flat=True)[:500]):
        with transaction.atomic():
            taken = waiting.filter(pk=pk).update(reminded_at=timezone.now())
            if taken:
                _mail(Invitation.objects.get(pk=pk), "organisations.reminder")
                reminded += 1
    return reminded
