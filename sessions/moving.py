"""Another place in the same session, or another date: by the participant, or by POS with a reason."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.models import today
from lnpo.page_cache import bump_on_commit
from sessions.enums import HOLDS_A_SEAT, AttendanceForm, MailKind, RegistrationState
from sessions.mail_queue import queue_mail
from sessions.models import Registration, SeatPool, SessionPage
from sessions.permissions import may_manage_seats
from sessions.questions import keep_replies, replies_of
from sessions.refusals import NoSeatThereError, NoSwitchError, RegistrationClosedError
from sessions.registration import give_up_place
from sessions.seats import hold, may_have_a_seat, promote, seats_of


def may_switch(page: SessionPage) -> bool:
    """Whether participants of ``page`` may change between on site and online now."""
    admission = page.admission
    last = admission.last_cancellation(page.starts_at)
    return admission.may_switch and not admission.is_called_off and timezone.now() <= last


def switch_form(user: User, registration: Registration, form: AttendanceForm) -> bool:
    """Take a free seat in the other pool; the seat that is left goes to whoever is first in line there.

    Returns:
        Whether something changed.

    Raises:
        PermissionDenied: it is somebody else's.
        NoSwitchError: this session does not allow it, or not any more.
        NoSeatThereError: the other pool is full; nothing changes.

    """
    if registration.user_id != user.pk:
        raise PermissionDenied
    target = SeatPool.objects.filter(page=registration.page_id, form=form).first()
    if target is None or not may_switch(registration.page):
        raise NoSwitchError
    with transaction.atomic():
        old = _hold_both(registration, target)
        if not registration.is_live:
            raise NoSwitchError
        if old.pk == target.pk:
            return False
        promote(target)
        held = seats_of(target)
        if not target.free or not may_have_a_seat(target, registration.organisation_id, held, today()):
            raise NoSeatThereError
        _change_pool(user, registration, old, target, "registration.switched")
        queue_mail(registration, MailKind.SWITCHED)
        promote(old)
        bump_on_commit()
    return True


def _hold_both(registration: Registration, target: SeatPool) -> SeatPool:
    """Hold the pools of the move in a fixed order, so that two moves never wait for each other.

    Somebody who moved in the meantime makes this a stale order; then the move is refused.
    """
    old = target if registration.pool_id == target.pk else registration.pool
    for pool in sorted({old.pk: old, target.pk: target}.values(), key=lambda pool: pool.pk):
        hold(pool)
    registration.refresh_from_db()
    if registration.pool_id != old.pk:
        raise NoSwitchError
    registration.pool = old
    return old


def _change_pool(
    actor: User, registration: Registration, old: SeatPool, target: SeatPool, action: str, reason: str = ""
) -> None:
    """Seat a live registration in ``target``; both pools are held. Counts follow."""
    before = {"state": str(registration.state), "pool": str(old.pk)}
    if registration.state in HOLDS_A_SEAT:
        old.taken -= 1
    else:
        old.waiting -= 1
    old.save(update_fields=["taken", "waiting"])
    target.taken += 1
    target.save(update_fields=["taken"])
    registration.pool, registration.state = target, RegistrationState.CONFIRMED
    registration.confirmed_at = registration.confirmed_at or timezone.now()
    registration.offered_until = None
    registration.version += 1
    registration.save(update_fields=["pool", "state", "confirmed_at", "offered_until", "version"])
    record(
        actor,
        action,
        registration,
        changes={
            "state": (before["state"], RegistrationState.CONFIRMED.value),
            "pool": (before["pool"], str(target.pk)),
        },
        organisation=registration.organisation,
        reason=reason,
    )


def move(
    staff: User, registration: Registration, target: SeatPool, reason: str, *, beyond_capacity: bool = False
) -> Registration:
    """Give somebody a seat elsewhere: ahead of the line, in the other pool, or on another date.

    Args:
        staff: who decides.
        registration: a live one.
        target: where the seat is.
        reason: why; kept in the trail.
        beyond_capacity: also when no seat is free. The only door to more people than seats.

    Returns:
        The registration with the seat: a new one when the date is another.

    Raises:
        PermissionDenied: ``staff`` may not manage seats.
        NoSeatThereError: no seat is free, and ``beyond_capacity`` was not asked.
        RegistrationClosedError: the registration was cancelled, or the session is over or called off.

    """
    if not may_manage_seats(staff):
        raise PermissionDenied
    with transaction.atomic():
        old = _hold_both(registration, target)
        page = target.page
        if not registration.is_live or not target.is_open or page.ends_at < timezone.now():
            raise RegistrationClosedError
        if old.pk == target.pk and registration.state == RegistrationState.CONFIRMED:
            return registration
        if not target.free and not beyond_capacity and not _keeps_own_seat(registration, old, target):
            raise NoSeatThereError
        if page.pk != registration.page_id:
            return _move_to_another_date(staff, registration, old, target, reason)
        where = target if old.pk != target.pk else old
        _change_pool(staff, registration, old, where, "registration.moved", reason)
        queue_mail(registration, MailKind.SWITCHED if old.pk != target.pk else MailKind.PROMOTED)
        promote(old)
        bump_on_commit()
    return registration


def _keeps_own_seat(registration: Registration, old: SeatPool, target: SeatPool) -> bool:
    """A seat that was offered is already theirs."""
    return old.pk == target.pk and registration.state in HOLDS_A_SEAT


def _move_to_another_date(
    staff: User, registration: Registration, old: SeatPool, target: SeatPool, reason: str
) -> Registration:
    """Cancel on the one date and confirm on the other, with the same answers; both are told by mail."""
    page = target.page
    earlier = Registration.objects.filter(page=page, user=registration.user_id)
    if earlier.live().exists():
        raise RegistrationClosedError
    last = earlier.order_by("-version").first()
    replies = replies_of(registration)
    give_up_place(old, registration)
    record(
        staff,
        "registration.moved_away",
        registration,
        changes={"page": (registration.page_id, page.pk)},
        organisation=registration.organisation,
        reason=reason,
    )
    queue_mail(registration, MailKind.CANCELLED)
    now = timezone.now()
    moved = Registration.objects.create(
        pool=target,
        page=page,
        user=registration.user,
        organisation=registration.organisation,
        job_role=registration.job_role,
        state=RegistrationState.CONFIRMED,
        confirmed_at=now,
        version=last.version + 1 if last else 1,
        learning_question=registration.learning_question,
        share_learning_question=registration.share_learning_question,
        share_name=registration.share_name,
        consented_at=registration.consented_at,
    )
    keep_replies(moved, replies)
    target.taken += 1
    target.save(update_fields=["taken"])
    record(
        staff,
        "registration.moved",
        moved,
        changes={"state": (None, RegistrationState.CONFIRMED.value)},
        organisation=registration.organisation,
        reason=reason,
    )
    queue_mail(moved, MailKind.CONFIRMED)
    promote(old)
    bump_on_commit()
    return moved
