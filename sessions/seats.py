"""Seats: hold the pool, hand out what is free, change the capacity.

Everything that touches ``taken`` or ``waiting`` runs after :func:`hold`, or is one conditional ``UPDATE``
(:func:`claim_free_seat`), so that concurrent requests cannot hand out a seat twice on any database.
"""

from collections import Counter
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.audit.trail import changed_fields, record
from lnpo.organisations.models import today
from lnpo.outbox.delivery import post
from lnpo.page_cache import bump_on_commit
from sessions.enums import FORMS_OF_FORMAT, HOLDS_A_SEAT, MailKind, RegistrationState
from sessions.mail_queue import OFFER_ENDS, queue_mail
from sessions.models import Admission, Registration, SeatPool, SessionPage
from sessions.permissions import may_manage_seats


def claim_free_seat(pool: SeatPool) -> bool:
    """Take one seat if that needs no thought: one is free, nobody waits, no limit, not called off.

    One conditional ``UPDATE``, meant as the first statement of a transaction; its row count decides.
    """
    return bool(
        SeatPool.objects.filter(
            pk=pool.pk, is_open=True, restricted=False, waiting=0, taken__lt=F("capacity")
        ).update(taken=F("taken") + 1)
    )


def hold(pool: SeatPool) -> None:
    """Lock the row of ``pool`` until the transaction ends, and read it afresh."""
    SeatPool.objects.filter(pk=pool.pk).update(taken=F("taken"))
    pool.refresh_from_db(
        fields=[
            "capacity",
            "taken",
            "waiting",
            "is_open",
            "restricted",
            "seats_per_organisation",
            "limited_until",
        ]
    )


def seats_of(pool: SeatPool) -> Counter[str]:
    """How many seats each organisation holds, by its key."""
    held = Registration.objects.holding_a_seat().filter(pool=pool).values_list("organisation_id", flat=True)
    return Counter(str(key) for key in held)


def may_have_a_seat(pool: SeatPool, organisation_id: object, held: Counter[str], on: date) -> bool:
    """Whether the limit per organisation leaves room for one more."""
    limit = pool.limit_on(on)
    return limit is None or held[str(organisation_id)] < limit


def promote(pool: SeatPool) -> list[Registration]:
    """Give the free seats of a held pool to the waiting list, first come first; say who moved up."""
    if not pool.waiting or not pool.free or not pool.is_open:
        return []
    admission = Admission.objects.select_related("page").get(page=pool.page_id)
    if admission.page.starts_at <= timezone.now():
        return []  # nobody comes to what has begun
    queue = Registration.objects.in_queue().filter(pool=pool).select_related("organisation")
    limited = pool.limit_on(today()) is not None
    held = seats_of(pool) if limited else Counter()
    promoted = []
    for registration in queue.iterator() if limited else queue[: pool.free]:
        if not pool.free:
            break
        if may_have_a_seat(pool, registration.organisation_id, held, today()):
            held[str(registration.organisation_id)] += 1
            _move_up(pool, registration, admission)
            promoted.append(registration)
    return promoted


def _move_up(pool: SeatPool, registration: Registration, admission: Admission) -> None:
    """Give one seat: at once, or as an offer that waits for a yes, as the session says."""
    now = timezone.now()
    if admission.offers_seats:
        registration.state = RegistrationState.OFFERED
        deadline = now + timedelta(hours=admission.offer_hours)
        registration.offered_until = min(deadline, admission.page.starts_at)
    else:
        registration.state = RegistrationState.CONFIRMED
        registration.confirmed_at = now
    registration.version += 1
    registration.save(update_fields=["state", "confirmed_at", "offered_until", "version"])
    pool.taken += 1
    pool.waiting -= 1
    pool.save(update_fields=["taken", "waiting"])
    record(
        None,
        "registration.offered" if admission.offers_seats else "registration.promoted",
        registration,
        changes={"state": (RegistrationState.WAITING.value, str(registration.state))},
        organisation=registration.organisation,
    )
    if registration.offered_until and admission.offers_seats:
        queue_mail(registration, MailKind.OFFERED)
        post(
            f"{OFFER_ENDS}:{registration.pk}:{registration.version}",
            OFFER_ENDS,
            {"registration": str(registration.pk)},
            available_at=registration.offered_until,
        )
    else:
        queue_mail(registration, MailKind.PROMOTED)


def change_capacity(staff: User, pool: SeatPool, capacity: int) -> list[Registration]:
    """Set the number of seats. More seats promote whoever waits; fewer never throw anybody out.

    Raises:
        PermissionDenied: ``staff`` may not manage seats.

    """
    return change_seats(staff, pool, capacity, pool.seats_per_organisation, pool.limited_until)


def change_seats(
    staff: User, pool: SeatPool, capacity: int, seats_per_organisation: int | None, limited_until: date | None
) -> list[Registration]:
    """Set the number of seats and the limit per organisation; say who was promoted by it.

    Raises:
        PermissionDenied: ``staff`` may not manage seats.

    """
    if not may_manage_seats(staff):
        raise PermissionDenied
    with transaction.atomic():
        hold(pool)
        values = {
            "capacity": capacity,
            "seats_per_organisation": seats_per_organisation,
            "limited_until": limited_until if seats_per_organisation else None,
        }
        changes = changed_fields(pool, values)
        for name, value in values.items():
            setattr(pool, name, value)
        pool.restricted = pool.limit_on(today()) is not None
        pool.save(update_fields=[*values, "restricted"])
        if changes:
            record(staff, "seats.changed", pool, changes=changes)
        promoted = promote(pool)
        bump_on_commit()
    return promoted


def lift_expired_limits() -> int:
    """Open the pools whose limit per organisation has ended, and promote; say how many pools."""
    expired = SeatPool.objects.filter(restricted=True, limited_until__lt=today())
    for pool in expired:
        with transaction.atomic():
            hold(pool)
            pool.restricted = pool.limit_on(today()) is not None
            pool.save(update_fields=["restricted"])
            promote(pool)
            bump_on_commit()
    return len(expired)


def prepare_seats(page: SessionPage) -> None:
    """Give ``page`` its registration period and a pool for each form of attendance; may run twice.

    When the format changes, a pool that nobody registered in takes over the new form, with its capacity;
    a pool with registrations always stays.
    """
    wanted = FORMS_OF_FORMAT[page.format]
    with transaction.atomic():
        Admission.objects.get_or_create(page=page)
        present = set(SeatPool.objects.filter(page=page).values_list("form", flat=True))
        unused = list(SeatPool.objects.filter(page=page, registrations=None).exclude(form__in=wanted))
        for form in wanted:
            if form in present:
                continue
            if unused:
                SeatPool.objects.filter(pk=unused.pop().pk).update(form=form)
            else:
                SeatPool.objects.create(page=page, form=form)
        SeatPool.objects.filter(pk__in=[pool.pk for pool in unused]).delete()


def miscounted() -> list[str]:
    """Pools whose counts differ from their rows, in words; empty when all is well."""
    found = []
    for pool in SeatPool.objects.select_related("page"):
        states = Counter(Registration.objects.filter(pool=pool).values_list("state", flat=True))
        taken, waiting = sum(states[state] for state in HOLDS_A_SEAT), states[RegistrationState.WAITING]
        if (pool.taken, pool.waiting) != (taken, waiting):
            found.append(
                f"pool {pool.pk}: {pool.taken} taken, {pool.waiting} waiting; by its rows {taken}, {waiting}"
            )
    return found
