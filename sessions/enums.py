"""The fixed choices of sessions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionFormat(models.TextChoices):
    """Where a session is held; hybrid sessions have two pools of seats."""

    ONLINE = "online", _("Online")
    ON_SITE = "on_site", _("On site")
    HYBRID = "hybrid", _("On site and online")


class AttendanceForm(models.TextChoices):
    """How somebody takes part: one pool of seats for each."""

    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")


FORMS_OF_FORMAT: dict[str, list[AttendanceForm]] = {
    SessionFormat.ONLINE: [AttendanceForm.ONLINE],
    SessionFormat.ON_SITE: [AttendanceForm.ON_SITE],
    SessionFormat.HYBRID: [AttendanceForm.ON_SITE, AttendanceForm.ONLINE],
}
"""Which pools of seats a session of each format has."""


class RegistrationState(models.TextChoices):
    """Where a registration stands. Attendance is a separate fact."""

    CONFIRMED = "confirmed", _("Confirmed")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("Seat offered")
    CANCELLED = "cancelled", _("Cancelled")


HOLDS_A_SEAT = (RegistrationState.CONFIRMED, RegistrationState.OFFERED)
"""States that count in :attr:`SeatPool.taken`."""


class MailKind(models.TextChoices):
    """The mails about one registration."""

    CONFIRMED = "confirmed", _("Confirmed")
    WAITING = "waiting", _("On the waiting list")
    PROMOTED = "promoted", _("Promoted from the waiting list")
    CANCELLED = "cancelled", _("Cancelled")
    CHANGED = "changed", _("Session changed")
    CALLED_OFF = "called_off", _("Session called off")
