"""Verbs on requests to join: ask, confirm the address, approve, refuse, withdraw."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.entrance import account_of, may_become
from lnpo.organisations.invitations import Invitee, send_to
from lnpo.organisations.membership import enrol, hold, last_day, membership_of
from lnpo.organisations.models import (
    AccessRole,
    JobRole,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationCode,
    RequestState,
)
from lnpo.organisations.models.entry import VALID_FOR
from lnpo.organisations.permissions import may_decide_on_requests
from lnpo.organisations.tokens import hash_of, token_for
from lnpo.outbox.delivery import post

MOST_UNCONFIRMED = 3
"""How many mails one address gets in a day when somebody keeps filling in the form."""


class RequestGoneError(Exception):
    """Raised when a request was decided on, withdrawn or confirmed already, or its link is too old."""


@dataclass(frozen=True)
class Asker:
    """Who asks for access, and what for."""

    email: str
    first_name: str
    last_name: str
    job_role: JobRole
    note: str = ""


def ask(asker: Asker, organisation_text: str) -> None:
    """Ask for access as somebody who is not signed in: a mail goes to the address, known or not.

    The same rows are written whoever it is, and the answer says nothing; what comes next is told by mail.
    """
    email = User.objects.normalize_email(asker.email)
    with transaction.atomic():
        since = timezone.now() - timedelta(days=1)
        recent = JoinRequest.objects.filter(email=email, created_at__gte=since, user__isnull=True).count()
        request = _request(asker, email, organisation_text=organisation_text)
        request.save()
        if recent < MOST_UNCONFIRMED:
            _mail("organisations.confirm_request", request)


def ask_as(user: User, organisation: Organisation, job_role: JobRole, note: str) -> JoinRequest:
    """Ask for access as somebody who is signed in: the address is known to be theirs.

    Raises:
        ValidationError: there is access already, a request is waiting, or the organisation has ended.

    """
    with transaction.atomic():
        hold(organisation)
        last_day(organisation, None)
        if membership_of(user, organisation) is not None:
            raise ValidationError(_("You already have access to this organisation."), code="exists")
        if JoinRequest.objects.waiting().filter(organisation=organisation, email=user.email).exists():
            raise ValidationError(_("Your request is already waiting for an answer."), code="waiting")
        asker = Asker(user.email, user.first_name, user.last_name, job_role, note)
        request = _request(asker, user.email, organisation=organisation, user=user)
        request.state, request.confirmed_at = RequestState.WAITING, timezone.now()
        request.save()
        _announce(user, request)
        return request


def _request(asker: Asker, email: str, **fields: object) -> JoinRequest:
    request = JoinRequest(
        email=email,
        first_name=asker.first_name,
        last_name=asker.last_name,
        job_role=asker.job_role,
        note=asker.note,
        **fields,
    )
    request.token_hash = hash_of(token_of(request) if request.user is None else secrets.token_urlsafe(32))
    return request


def token_of(request: JoinRequest) -> str:
    """The token with which the address is confirmed; for the mail only."""
    return token_for("request", str(request.pk), request.token_hash)


def _mail(kind: str, request: JoinRequest) -> None:
    post(f"{kind}:{request.pk}", kind, {"request": str(request.pk)})


def _announce(actor: User | None, request: JoinRequest) -> None:
    record(actor, "join_request.made", request, organisation=request.organisation)
    for decider in deciders_on(request):
        post(
            f"organisations.request_waiting:{request.pk}:{decider.pk}",
            "organisations.request_waiting",
            {"request": str(request.pk), "user": decider.pk},
        )


def deciders_on(request: JoinRequest) -> list[User]:
    """Who is told about a new request: the managers, or those above when there are none."""
    if request.organisation is None:
        return []
    people = User.objects.filter(is_active=True)
    managing = Membership.objects.current().filter(access_role=AccessRole.MANAGER)
    own = people.filter(pk__in=managing.filter(organisation=request.organisation).values("user"))
    if own:
        return list(own[:10])
    parents = request.organisation.parent_links.current().values("parent")  # type: ignore[attr-defined]
    return list(people.filter(pk__in=managing.filter(organisation__in=parents).values("user"))[:10])


def find(token: str) -> JoinRequest:
    """The request whose address a link confirms.

    Raises:
        RequestGoneError: there is none that can still be confirmed.

    """
    found = JoinRequest.objects.filter(
        token_hash=hash_of(token),
        state=RequestState.UNCONFIRMED,
        created_at__gt=timezone.now() - VALID_FOR,
    ).first()
    if found is None:
        raise RequestGoneError
    return found


def confirm(request: JoinRequest) -> None:
    """Confirm the address: the request comes into the queue of whoever decides.

    Raises:
        RequestGoneError: it was confirmed already.

    """
    with transaction.atomic():
        now = timezone.now()
        organisation = meant_by(request.organisation_text)
        if organisation is not None:
            hold(organisation)
        same = JoinRequest.objects.waiting().filter(email=request.email)
        doubled = (
            same.filter(organisation=organisation)
            if organisation
            else same.filter(organisation_text=request.organisation_text)
        ).exists()
        taken = JoinRequest.objects.filter(pk=request.pk, state=RequestState.UNCONFIRMED).update(
            state=RequestState.WITHDRAWN if doubled else RequestState.WAITING,
            confirmed_at=now,
            organisation=organisation,
            user=account_of(request.email),
        )
        if not taken:
            raise RequestGoneError
        if not doubled:
            _announce(None, JoinRequest.objects.select_related("organisation").get(pk=request.pk))


def meant_by(text: str) -> Organisation | None:
    """The one organisation that somebody can mean: by its code, or by exactly its name."""
    words = " ".join(text.split())
    code = words.replace(" ", "").replace("-", "").upper()
    coded = OrganisationCode.objects.filter(value=code).values("organisation")
    found = Organisation.objects.current().filter(Q(pk__in=coded) | Q(name__iexact=words))[:2]
    return found[0] if len(found) == 1 else None


def queue_of(user: User) -> QuerySet[JoinRequest]:
    """The requests on which ``user`` may decide, oldest first."""
    waiting = JoinRequest.objects.waiting().select_related("organisation", "user")
    if user.is_pos:
        return waiting
    own = Organisation.objects.managed_by(user)
    managers = Membership.objects.current().filter(
        organisation=OuterRef("pk"), access_role=AccessRole.MANAGER, user__is_active=True
    )
    below = Organisation.objects.under(own).exclude(Exists(managers))
    return waiting.filter(Q(organisation__in=own.values("pk")) | Q(organisation__in=below.values("pk")))


def approve(
    actor: User,
    request: JoinRequest,
    access_role: AccessRole,
    ends_on: date | None = None,
    organisation: Organisation | None = None,
) -> None:
    """Let somebody in: at once with an account, otherwise with an invitation in which to make one.

    ``organisation`` says which one is meant when the request does not; only POS can say it.

    Raises:
        PermissionDenied: ``actor`` may not decide about this organisation.
        RequestGoneError: somebody decided already, or it was withdrawn.
        ValidationError: no organisation was chosen, or it has ended.

    """
    target = request.organisation or organisation
    if not may_decide_on_requests(actor, request.organisation):
        raise PermissionDenied
    if target is None:
        raise ValidationError(_("Choose the organisation that is meant."), code="organisation")
    with transaction.atomic():
        hold(target)
        target.refresh_from_db()
        ends_on = last_day(target, ends_on)
        _decide(actor, request, RequestState.APPROVED, "", target)
        user = request.user or account_of(request.email)
        if user is None or may_become(user):
            invitee = Invitee(
                request.email,
                JobRole(request.job_role),
                access_role,
                request.first_name,
                request.last_name,
                ends_on,
            )
            send_to(actor, target, invitee)
            return
        if membership_of(user, target) is None:
            enrol(actor, user, target, JobRole(request.job_role), access_role, ends_on)
        _mail("organisations.request_decided", request)


def refuse(actor: User, request: JoinRequest, reason: str) -> None:
    """Say no, with the reason that the person reads.

    Raises:
        PermissionDenied: ``actor`` may not decide about this organisation.
        RequestGoneError: somebody decided already, or it was withdrawn.
        ValidationError: there is no reason.

    """
    if not may_decide_on_requests(actor, request.organisation):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Write why: the person reads it."), code="reason")
    with transaction.atomic():
        _decide(actor, request, RequestState.REFUSED, reason.strip(), request.organisation)
        _mail("organisations.request_decided", request)


def _decide(
    actor: User, request: JoinRequest, state: RequestState, reason: str, organisation: Organisation | None
) -> None:
    taken = JoinRequest.objects.filter(pk=request.pk, state=RequestState.WAITING).update(
        state=state, reason=reason, decided_by=actor, decided_at=timezone.now(), organisation=organisation
    )
    if not taken:
        raise RequestGoneError
    record(actor, f"join_request.{state.value}", request, organisation=organisation, reason=reason)


def withdraw(user: User, request: JoinRequest) -> None:
    """Take one's own request back.

    Raises:
        PermissionDenied: it is somebody else's.
        RequestGoneError: somebody decided already.

    """
    if request.user_id != user.pk:
        raise PermissionDenied
    with transaction.atomic():
        taken = JoinRequest.objects.filter(pk=request.pk, state=RequestState.WAITING).update(
            state=RequestState.WITHDRAWN, decided_at=timezone.now()
        )
        if not taken:
            raise RequestGoneError
        record(user, "join_request.withdrawn", request, organisation=request.organisation)
