"""Hand a seat to a colleague of the same organisation, by link; the waiting list is not touched."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.models import Membership
from lnpo.page_cache import bump_on_commit
from sessions.enums import MailKind, RegistrationState
from sessions.mail_queue import queue_mail
from sessions.models import HandOver, Registration, SeatPool
from sessions.refusals import NotToHandOverError
from sessions.registration import check_dates_of_series
from sessions.seats import hold


def may_hand_over(registration: Registration) -> bool:
    """A confirmed seat of a session that has not begun and goes on."""
    page = registration.page
    return (
        registration.state == RegistrationState.CONFIRMED
        and page.starts_at > timezone.now()
        and not page.admission.is_called_off
    )


def offer_to_colleague(user: User, registration: Registration) -> HandOver:
    """Make a link with which a colleague takes the seat; the one there is when there is one.

    Raises:
        PermissionDenied: it is somebody else's seat.
        NotToHandOverError: there is no seat to hand over.

    """
    if registration.user_id != user.pk:
        raise PermissionDenied
    if not may_hand_over(registration):
        raise NotToHandOverError
    with transaction.atomic():
        link, created = HandOver.objects.get_or_create(registration=registration)
        if created:
            record(user, "seat.offered_to_colleague", registration, organisation=registration.organisation)
    return link


def withdraw(user: User, registration: Registration) -> None:
    """Make the link worthless.

    Raises:
        PermissionDenied: it is somebody else's seat.

    """
    if registration.user_id != user.pk:
        raise PermissionDenied
    with transaction.atomic():
        if HandOver.objects.filter(registration=registration).delete()[0]:
            record(user, "seat.kept", registration, organisation=registration.organisation)


def link_for(user: User, key: UUID, token: str) -> HandOver | None:
    """The link when it is right and ``user`` works for the organisation whose seat it is."""
    link = (
        HandOver.objects.select_related(
            "registration__page__admission", "registration__organisation", "registration__user"
        )
        .filter(pk=key)
        .first()
    )
    if link is None or not link.is_token(token):
        return None
    colleagues = Membership.objects.of_user(user).current()
    if not colleagues.filter(organisation=link.registration.organisation_id).exists():
        return None
    return link


def take_over(user: User, link: HandOver) -> Registration:
    """Take the seat of a colleague: the seat changes hands, no count changes and nobody moves up.

    Raises:
        NotToHandOverError: the seat is no longer there, or ``user`` has one already.
        EnoughDatesError: ``user`` has as many dates of this series as it allows.

    """
    giver = link.registration
    membership = Membership.objects.of_user(user).current().filter(organisation=giver.organisation_id).first()
    if membership is None or giver.user_id == user.pk:
        raise NotToHandOverError
    with transaction.atomic():
        check_dates_of_series(user, giver.page)
        pools = {pool.pk: pool for pool in SeatPool.objects.filter(page=giver.page_id).order_by("pk")}
        for pool in pools.values():
            hold(pool)
        giver.refresh_from_db()
        if (
            not HandOver.objects.filter(pk=link.pk).exists()
            or not may_hand_over(giver)
            or not pools[giver.pool_id].is_open
        ):
            raise NotToHandOverError
        taker = _registration_of_taker(user, giver, membership, pools)
        giver.state = RegistrationState.CANCELLED
        giver.cancelled_at = timezone.now()
        giver.version += 1
        giver.save(update_fields=["state", "cancelled_at", "version"])
        HandOver.objects.filter(pk=link.pk).delete()
        taker.save()
        for actor, registration, action in (
            (user, giver, "registration.handed_over"),
            (user, taker, "registration.taken_over"),
        ):
            record(
                actor,
                action,
                registration,
                changes={"seat": (str(giver.pk), str(taker.pk))},
                organisation=giver.organisation,
            )
        queue_mail(giver, MailKind.HANDED_OVER)
        queue_mail(taker, MailKind.TAKEN_OVER)
        bump_on_commit()
    return taker


def _registration_of_taker(
    user: User, giver: Registration, membership: Membership, pools: dict[UUID, SeatPool]
) -> Registration:
    """A new confirmed registration; a place on the waiting list of the same person becomes it."""
    last = Registration.objects.filter(page=giver.page_id, user=user).order_by("-version").first()
    if last is not None and last.state == RegistrationState.WAITING:
        taker = last
        pools[taker.pool_id].waiting -= 1
        pools[taker.pool_id].save(update_fields=["waiting"])
    elif last is not None and last.is_live:
        raise NotToHandOverError
    else:
        taker = Registration(page=giver.page, user=user, version=0)
        taker.version = last.version if last is not None else 0
    taker.organisation, taker.job_role = giver.organisation, membership.job_role
    taker.pool_id = giver.pool_id
    taker.state, taker.confirmed_at = RegistrationState.CONFIRMED, timezone.now()
    taker.version += 1
    return taker
