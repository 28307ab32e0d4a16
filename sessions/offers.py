"""A seat that waits for a yes: accept it in time, or it goes to whoever is next."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.outbox.handlers import handles
from lnpo.page_cache import bump_on_commit
from sessions.enums import MailKind, RegistrationState
from sessions.mail_queue import OFFER_ENDS, queue_mail
from sessions.models import Registration
from sessions.refusals import OfferEndedError
from sessions.registration import give_up_place
from sessions.seats import hold, promote


def accept_offer(user: User, registration: Registration) -> bool:
    """Say yes to the seat that is offered; twice is harmless.

    Returns:
        Whether something changed.

    Raises:
        PermissionDenied: it is somebody else's.
        OfferEndedError: too late, or nothing was offered.

    """
    if registration.user_id != user.pk:
        raise PermissionDenied
    with transaction.atomic():
        pool = registration.pool
        hold(pool)
        registration.refresh_from_db()
        if registration.state == RegistrationState.CONFIRMED:
            return False
        now = timezone.now()
        deadline = registration.offered_until
        if registration.state != RegistrationState.OFFERED or deadline is None or now >= deadline:
            raise OfferEndedError
        if not pool.is_open or now >= registration.page.starts_at:
            raise OfferEndedError
        registration.state, registration.confirmed_at = RegistrationState.CONFIRMED, now
        registration.offered_until = None
        registration.version += 1
        registration.save(update_fields=["state", "confirmed_at", "offered_until", "version"])
        record(
            user,
            "registration.accepted",
            registration,
            changes={"state": (RegistrationState.OFFERED.value, RegistrationState.CONFIRMED.value)},
            organisation=registration.organisation,
        )
        queue_mail(registration, MailKind.CONFIRMED)
        bump_on_commit()
    return True


def end_offer(registration: Registration) -> bool:
    """Take an offer back whose deadline has passed, and give the seat to whoever is next."""
    with transaction.atomic():
        pool = registration.pool
        hold(pool)
        registration.refresh_from_db()
        deadline = registration.offered_until
        if (
            registration.state != RegistrationState.OFFERED
            or deadline is None
            or deadline > timezone.now()
            or not pool.is_open
        ):
            return False
        give_up_place(pool, registration)
        record(
            None,
            "registration.offer_ended",
            registration,
            changes={"state": (RegistrationState.OFFERED.value, RegistrationState.CANCELLED.value)},
            organisation=registration.organisation,
        )
        queue_mail(registration, MailKind.OFFER_ENDED)
        promote(pool)
        bump_on_commit()
    return True


def end_late_offers() -> int:
    """End every offer whose deadline has passed; say how many."""
    late = Registration.objects.filter(state=RegistrationState.OFFERED, offered_until__lte=timezone.now())
    return sum(end_offer(registration) for registration in late.select_related("pool", "organisation"))


@handles(OFFER_ENDS)
def end_offer_in_time(key: str, payload: dict[str, Any]) -> None:
    """The moment that was set when the seat was offered."""
    registration = Registration.objects.filter(pk=payload["registration"]).select_related("pool").first()
    if registration is not None:
        end_offer(registration)
