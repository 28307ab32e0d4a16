"""Verbs on guests: ask for a seat without an account, confirm the address, cancel, become a member."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.entrance import account_of
from lnpo.organisations.membership import grant
from lnpo.organisations.models import (
    AccessRole,
    JobRole,
    Membership,
    Organisation,
    OrganisationKind,
    memberships_of,
)
from lnpo.organisations.tokens import hash_of, token_for
from lnpo.outbox.delivery import post
from sessions.enums import AttendanceForm
from sessions.models import GuestRequest, Registration, SessionPage
from sessions.models.guests import VALID_FOR
from sessions.permissions import may_manage_seats
from sessions.refusals import RegistrationClosedError
from sessions.registration import Answers, cancel, enter

MOST_MAILS = 3
"""How many links one address gets in a day when somebody keeps filling in the form."""


@dataclass(frozen=True)
class Guest:
    """What somebody who is not a member fills in."""

    email: str
    first_name: str
    last_name: str
    organisation_name: str
    job_role: JobRole
    form: AttendanceForm | None = None
    learning_question: str = ""
    share_name: bool = False
    replies: Mapping[str, str | list[str]] | None = None


class MembersRegisterError(RegistrationClosedError):
    """Who is a member signs in and registers for the own organisation."""


def is_open(page: SessionPage) -> bool:
    """Whether guests may come to this session: POS marked it open."""
    admission = getattr(page, "admission", None)
    return bool(admission and admission.open_to_guests)


def ask(page: SessionPage, guest: Guest, language: str = "nl") -> GuestRequest:
    """Keep what a guest filled in, and mail a link with which it counts; the same for every address.

    Raises:
        RegistrationClosedError: the session is not open to guests.

    """
    if not is_open(page):
        raise RegistrationClosedError
    email = User.objects.normalize_email(guest.email)
    since = timezone.now() - timedelta(days=1)
    with transaction.atomic():
        recent = GuestRequest.objects.filter(email=email, created_at__gte=since).count()
        request = GuestRequest(
            page=page,
            email=email,
            first_name=guest.first_name,
            last_name=guest.last_name,
            organisation_name=" ".join(guest.organisation_name.split()),
            job_role=guest.job_role,
            form=guest.form or "",
            learning_question=guest.learning_question,
            share_name=guest.share_name,
            answers=dict(guest.replies or {}),
            language=language,
        )
        request.token_hash = hash_of(token_of(request))
        request.save()
        payload = {"request": str(request.pk), "send": recent < MOST_MAILS}
        post(f"sessions.guest:{request.pk}", "sessions.guest", payload)
    return request


def token_of(request: GuestRequest) -> str:
    """The token with which a guest confirms and cancels; for mails only."""
    return token_for("guest", str(request.pk), request.token_hash)


def find(token: str) -> GuestRequest | None:
    """What a link belongs to, while it works."""
    usable = GuestRequest.objects.usable().select_related("page__admission", "registration__pool")
    return usable.filter(token_hash=hash_of(token)).first()


def forget_unconfirmed() -> int:
    """Remove what guests filled in and never confirmed, once the link of the mail no longer works."""
    late = GuestRequest.objects.filter(registration__isnull=True, created_at__lte=timezone.now() - VALID_FOR)
    removed, _rows = late.delete()
    return removed


def is_member_address(email: str) -> bool:
    """Whether a member of the network has this address; told by mail and behind the link, never on a page."""
    user = account_of(email)
    return user is not None and (user.is_pos or bool(memberships_of(user)))


def confirm(request: GuestRequest) -> Registration:
    """The address is confirmed: make the account of a guest, and register. Twice is harmless.

    Raises:
        RegistrationRefusedError: closed meanwhile, called off, or a member's address.

    """
    if request.registration is not None and request.registration.is_live:
        return request.registration
    page: SessionPage = SessionPage.objects.with_seats().get(pk=request.page_id)
    if not page.live or not is_open(page):
        raise RegistrationClosedError
    user = account_of(request.email)
    if user is not None and (not user.is_active or user.is_pos or memberships_of(user)):
        raise MembersRegisterError
    with transaction.atomic():
        user = user or _account(request)
        organisation = _organisation(request.organisation_name)
    answers = Answers(
        learning_question=request.learning_question, share_name=request.share_name, replies=request.answers
    )
    form = AttendanceForm(request.form) if request.form else None
    registration, _new = enter(user, page, organisation, request.job_role, answers, form)
    with transaction.atomic():
        GuestRequest.objects.filter(registration=registration).exclude(pk=request.pk).update(
            registration=None
        )
        GuestRequest.objects.filter(pk=request.pk).update(registration=registration)
        record(user, "guest.confirmed", request, organisation=organisation)
    request.registration = registration
    return registration


def _account(request: GuestRequest) -> User:
    """The account of a guest: the address is confirmed, a password can be chosen later by mail."""
    user = User.objects.create_user(request.email, first_name=request.first_name, last_name=request.last_name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _organisation(name: str) -> Organisation:
    """What a guest calls the own organisation: kept apart from the directory, and given no access."""
    named = Organisation.objects.filter(named_by_guest=True, name__iexact=name, merged_into__isnull=True)
    return named.first() or Organisation.objects.create(
        kind=OrganisationKind.OTHER, name=name, named_by_guest=True
    )


def cancel_as_guest(request: GuestRequest) -> bool:
    """Cancel with the link of the mail, as the guest that it was sent to.

    Raises:
        CancellationClosedError: it is too late.

    """
    registration = request.registration
    if registration is None or not registration.is_live:
        return False
    return cancel(registration.user, registration)


def make_member(
    staff: User,
    registration: Registration,
    organisation: Organisation,
    job_role: JobRole,
    access_role: AccessRole,
) -> Membership:
    """Make a guest a member of a real organisation; what the guest registered for moves along.

    Raises:
        PermissionDenied: ``staff`` may not manage registrations.
        ValidationError: the person has access already, or the organisation has ended.

    """
    if not may_manage_seats(staff):
        raise PermissionDenied
    with transaction.atomic():
        membership = grant(staff, registration.user, organisation, job_role, access_role)
        Registration.objects.filter(user=registration.user, organisation__named_by_guest=True).update(
            organisation=organisation
        )
        record(
            staff,
            "guest.became_member",
            registration,
            changes={"organisation": (registration.organisation_id, organisation)},
            organisation=organisation,
        )
        post(
            f"organisations.welcome:{membership.pk}:{uuid4()}",
            "organisations.welcome",
            {"membership": str(membership.pk)},
        )
    return membership
