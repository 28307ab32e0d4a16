"""Where a session stands for whoever looks at it: open, full, called off, or "you have a seat"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sessions.enums import RegistrationState
from sessions.models import Admission, Registration, SessionPage

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lnpo.accounts.models import User

FEW = 5
"""With so many seats left or fewer, a session says "few seats left"."""


class StandingState(models.TextChoices):
    """What a visitor should know first about a session."""

    OPEN = "open", _("Seats available")
    FEW_LEFT = "few_left", _("Few seats left")
    FULL = "full", _("Full, waiting list")
    NOT_YET_OPEN = "not_yet_open", _("Registration opens later")
    CLOSED = "closed", _("Registration closed")
    REGISTERED = "registered", _("You are registered")
    WAITING = "waiting", _("You are on the waiting list")
    OFFERED = "offered", _("A seat is offered to you")
    CALLED_OFF = "called_off", _("Called off")
    PAST = "past", _("Has been")


OF_REGISTRATION = {
    RegistrationState.CONFIRMED: StandingState.REGISTERED,
    RegistrationState.WAITING: StandingState.WAITING,
    RegistrationState.OFFERED: StandingState.OFFERED,
}
NOTHING_TO_CANCEL = (StandingState.CALLED_OFF, StandingState.PAST)
TAKES_REGISTRATIONS = (StandingState.OPEN, StandingState.FEW_LEFT, StandingState.FULL)


@dataclass(frozen=True)
class Standing:
    """The seats of a session, and the own registration if there is one."""

    state: StandingState
    capacity: int
    taken: int
    waiting: int
    registration: Registration | None
    place: int
    opens_at: datetime | None
    closes_at: datetime
    cancel_until: datetime

    @property
    def free(self) -> int:
        """Seats that nobody holds."""
        return max(self.capacity - self.taken, 0)

    @property
    def seats_drawn(self) -> int:
        """Seats in the figure: also those taken above a capacity that was lowered later."""
        return max(self.capacity, self.taken)

    @property
    def takes_registrations(self) -> bool:
        """Whether somebody without a registration can get one, be it on the waiting list."""
        return self.state in TAKES_REGISTRATIONS

    @property
    def has_seat(self) -> bool:
        """Whether whoever looks has a confirmed seat."""
        return self.registration is not None and self.registration.state == RegistrationState.CONFIRMED

    @property
    def may_cancel(self) -> bool:
        """Whether the own registration can still be cancelled by its owner."""
        if self.registration is None or not self.registration.is_live or self.state in NOTHING_TO_CANCEL:
            return False
        return not self.has_seat or timezone.now() <= self.cancel_until


def registration_state(admission: Admission, page: SessionPage, at: datetime) -> StandingState | None:
    """Why nobody can register at ``at``, or ``None`` when people can (be it on the waiting list)."""
    if admission.is_called_off:
        return StandingState.CALLED_OFF
    if page.ends_at < at:
        return StandingState.PAST
    if admission.opens_at and at < admission.opens_at:
        return StandingState.NOT_YET_OPEN
    if at >= admission.last_registration(page.starts_at):
        return StandingState.CLOSED
    return None


def standing(page: SessionPage, registration: Registration | None = None) -> Standing:
    """The standing of ``page`` for the owner of ``registration`` (a live one, with its ``place``)."""
    pools = page.all_pools
    admission = getattr(page, "admission", None) or Admission(page=page)
    capacity, taken = sum(pool.capacity for pool in pools), sum(pool.taken for pool in pools)
    state = registration_state(admission, page, timezone.now())
    if registration is not None and state not in (StandingState.CALLED_OFF, StandingState.PAST):
        state = OF_REGISTRATION[RegistrationState(registration.state)]
    if state is None:
        free = sum(pool.free for pool in pools if not pool.waiting or pool.restricted)
        state = StandingState.OPEN if free > FEW else StandingState.FEW_LEFT if free else StandingState.FULL
    return Standing(
        state=state,
        capacity=capacity,
        taken=taken,
        waiting=sum(pool.waiting for pool in pools),
        registration=registration,
        place=getattr(registration, "place", 0),
        opens_at=admission.opens_at,
        closes_at=admission.last_registration(page.starts_at),
        cancel_until=admission.last_cancellation(page.starts_at),
    )


def own_registrations(pages: Iterable[SessionPage], user: "User | AnonymousUser") -> dict[int, Registration]:
    """The live registrations of ``user`` by the key of the page, with ``place``; one query."""
    keys = [page.pk for page in pages if page.pk is not None]
    if not user.is_authenticated or not keys:
        return {}
    rows = (
        Registration.objects.live()
        .filter(user=user, page__in=keys)
        .with_place()
        .select_related("organisation", "pool")
    )
    return {row.page_id: row for row in rows}


def attach_standing(pages: list[SessionPage], user: "User | AnonymousUser") -> list[SessionPage]:
    """Put ``standing`` on every page of the list, for ``user``; one query more, however long the list."""
    mine = own_registrations(pages, user)
    for page in pages:
        page.standing = standing(page, mine.get(page.pk))
    return pages
