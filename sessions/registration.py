"""Verbs on registrations: register, cancel, change what was filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.models import Membership, Organisation, today
from lnpo.page_cache import bump_on_commit
from sessions.enums import HOLDS_A_SEAT, AttendanceForm, MailKind, RegistrationState
from sessions.mail_queue import queue_mail
from sessions.models import HandOver, Registration, SeatPool, SessionPage
from sessions.permissions import may_cancel_for, may_manage_seats
from sessions.questions import keep_replies
from sessions.refusals import (
    REFUSALS,
    CancellationClosedError,
    EnoughDatesError,
    NotAMemberError,
    RegistrationClosedError,
    SessionCalledOffError,
)
from sessions.seats import claim_free_seat, hold, may_have_a_seat, promote, seats_of
from sessions.standing import registration_state


@dataclass(frozen=True)
class Answers:
    """What a member fills in when registering."""

    learning_question: str = ""
    share_learning_question: bool = False
    share_name: bool = False
    replies: Mapping[str, str | list[str]] | None = None
    """To the questions of the session, by the key of the question; nothing changes when left out."""


def register(
    user: User,
    page: SessionPage,
    organisation: Organisation,
    answers: Answers | None = None,
    form: AttendanceForm | None = None,
) -> tuple[Registration, bool]:
    """Register ``user`` for ``page``: a seat when there is one, otherwise a place on the waiting list.

    Args:
        user: who comes.
        page: the session.
        organisation: on whose behalf; one of the user's own.
        answers: what was filled in.
        form: on site or online; the only one there is when left out.

    Returns:
        The registration, and whether it is new: whoever is registered already gets that one back.

    Raises:
        NotAMemberError: ``user`` has no membership of ``organisation`` today.
        NotYetOpenError: registration opens later.
        RegistrationClosedError: registration is over.
        SessionCalledOffError: the session does not go on.

    """
    membership = Membership.objects.of_user(user).current().filter(organisation=organisation).first()
    if membership is None:
        raise NotAMemberError
    return enter(user, page, organisation, membership.job_role, answers, form)


def enter(
    user: User,
    page: SessionPage,
    organisation: Organisation,
    job_role: str,
    answers: Answers | None = None,
    form: AttendanceForm | None = None,
) -> tuple[Registration, bool]:
    """Register somebody of whom is known that they may come; see :func:`register` for the rest.

    Raises:
        EnoughDatesError: the person has as many dates of this series as it allows.

    """
    earlier = list(Registration.objects.filter(page=page, user=user).order_by("version"))
    if earlier and earlier[-1].is_live:
        return earlier[-1], False
    refusal = registration_state(page.admission, page, timezone.now())
    if refusal is not None:
        raise REFUSALS[refusal]
    registration = Registration(
        pool=_choose_pool(page, form),
        page=page,
        user=user,
        organisation=organisation,
        job_role=job_role,
        version=earlier[-1].version + 1 if earlier else 1,
    )
    answers = answers or Answers()
    _fill_in(registration, answers)
    try:
        with transaction.atomic():
            check_dates_of_series(user, page)
            _take_a_place(registration)
            if answers.replies is not None:
                keep_replies(registration, answers.replies)
    except IntegrityError:
        # A double click: the other request came first and the constraint refused this one.
        existing = Registration.objects.live().filter(page=page, user=user).first()
        if existing is None:
            raise
        return existing, False
    return registration, True


def check_dates_of_series(user: User, page: SessionPage) -> None:
    """Refuse one date too many; the row of the person is held, so that two clicks cannot both pass.

    Raises:
        EnoughDatesError: the person has as many dates of this series as it allows.

    """
    if page.series is None or page.series.most_dates_per_person is None:
        return
    User.objects.select_for_update().get(pk=user.pk)
    coming = Registration.objects.live().filter(user=user, page__series=page.series)
    if coming.filter(page__ends_at__gte=timezone.now()).exclude(page=page).count() >= (
        page.series.most_dates_per_person
    ):
        raise EnoughDatesError


def _choose_pool(page: SessionPage, form: AttendanceForm | None) -> SeatPool:
    pools = page.all_pools
    if not pools:
        raise RegistrationClosedError
    return next((pool for pool in pools if pool.form == form), pools[0])


def _fill_in(registration: Registration, answers: Answers) -> None:
    registration.learning_question = answers.learning_question
    registration.share_learning_question = answers.share_learning_question
    registration.share_name = answers.share_name
    shares = answers.share_name or answers.share_learning_question
    registration.consented_at = timezone.now() if shares else None


def _take_a_place(registration: Registration) -> None:
    """Claim a seat or a place in the queue; the claim is the first statement of the transaction."""
    if not claim_free_seat(registration.pool):
        _take_with_thought(registration)
    else:
        registration.state = RegistrationState.CONFIRMED
    registration.queued_at = timezone.now()
    seated = registration.state == RegistrationState.CONFIRMED
    registration.confirmed_at = registration.queued_at if seated else None
    registration.save(force_insert=True)
    action = "registration.confirmed" if seated else "registration.queued"
    record(
        registration.user,
        action,
        registration,
        changes={"state": (None, str(registration.state))},
        organisation=registration.organisation,
    )
    queue_mail(registration, MailKind.CONFIRMED if seated else MailKind.WAITING)
    bump_on_commit()


def _take_with_thought(registration: Registration) -> None:
    """Hold the pool and decide: queue order, seats per organisation, called off meanwhile."""
    pool = registration.pool
    hold(pool)
    if not pool.is_open:
        raise SessionCalledOffError
    promote(pool)  # a limit per organisation may have ended since
    if pool.free and may_have_a_seat(pool, registration.organisation_id, seats_of(pool), today()):
        registration.state = RegistrationState.CONFIRMED
        pool.taken += 1
    else:
        registration.state = RegistrationState.WAITING
        pool.waiting += 1
    pool.save(update_fields=["taken", "waiting"])


def cancel(user: User, registration: Registration, reason: str = "") -> bool:
    """Cancel a registration; the seat goes to whoever is first in line, in the same transaction.

    Returns:
        Whether something changed: cancelling twice is harmless.

    Raises:
        PermissionDenied: it is somebody else's, and ``user`` does not manage seats.
        CancellationClosedError: too late; POS staff can still do it.

    """
    if not may_cancel_for(user, registration):
        raise PermissionDenied
    if not may_manage_seats(user) and timezone.now() > last_moment_to_cancel(registration):
        raise CancellationClosedError
    with transaction.atomic():
        pool = registration.pool
        hold(pool)
        registration.refresh_from_db(fields=["state", "version"])
        if not registration.is_live:
            return False
        before = RegistrationState(registration.state)
        give_up_place(pool, registration)
        record(
            user,
            "registration.cancelled",
            registration,
            changes={"state": (before.value, RegistrationState.CANCELLED.value)},
            organisation=registration.organisation,
            reason=reason,
        )
        queue_mail(registration, MailKind.CANCELLED)
        promote(pool)
        bump_on_commit()
    return True


def last_moment_to_cancel(registration: Registration) -> datetime:
    """Until the set day for who has a seat; who waits or thinks about an offer can always leave."""
    page = registration.page
    if registration.state == RegistrationState.CONFIRMED:
        return page.admission.last_cancellation(page.starts_at)
    return page.starts_at


def give_up_place(pool: SeatPool, registration: Registration) -> None:
    """Cancel a live registration in a held pool, and count."""
    if registration.state in HOLDS_A_SEAT:
        pool.taken -= 1
    else:
        pool.waiting -= 1
    pool.save(update_fields=["taken", "waiting"])
    registration.state = RegistrationState.CANCELLED
    registration.cancelled_at = timezone.now()
    registration.version += 1
    registration.save(update_fields=["state", "cancelled_at", "version"])
    HandOver.objects.filter(registration=registration).delete()


def change_answers(user: User, registration: Registration, answers: Answers) -> None:
    """Change the learning question and the consents of the own registration, at any time.

    Raises:
        PermissionDenied: it is somebody else's.

    """
    if registration.user_id != user.pk:
        raise PermissionDenied
    with transaction.atomic():
        consents = {
            "share_name": answers.share_name,
            "share_learning_question": answers.share_learning_question,
        }
        changes = {
            name: (getattr(registration, name), new)
            for name, new in consents.items()
            if getattr(registration, name) != new
        }
        _fill_in(registration, answers)
        registration.save(
            update_fields=["learning_question", "share_learning_question", "share_name", "consented_at"]
        )
        if answers.replies is not None and not registration.page.is_past:
            keep_replies(registration, answers.replies)
        if changes:
            record(
                user,
                "registration.consent_changed",
                registration,
                changes=changes,
                organisation=registration.organisation,
            )
