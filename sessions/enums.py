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


class QuestionKind(models.TextChoices):
    """What kind of answer a question at registration asks for."""

    TEXT = "text", _("Text")
    CHOICE = "choice", _("One of these answers")
    SEVERAL = "several", _("Several of these answers")
    YES_NO = "yes_no", _("Yes or no")


class MailKind(models.TextChoices):
    """The mails about one registration."""

    CONFIRMED = "confirmed", _("Confirmed")
    WAITING = "waiting", _("On the waiting list")
    PROMOTED = "promoted", _("Promoted from the waiting list")
    OFFERED = "offered", _("Seat offered")
    OFFER_ENDED = "offer_ended", _("Offer ended")
    CANCELLED = "cancelled", _("Cancelled")
    HANDED_OVER = "handed_over", _("Seat handed over")
    TAKEN_OVER = "taken_over", _("Seat taken over")
    SWITCHED = "switched", _("Other form of attendance")
    REMINDER_WEEK = "week", _("Reminder a week before")
    REMINDER_DAY = "day", _("Reminder a day before")
    FOLLOW_UP = "follow_up", _("Follow-up after six weeks")
    CHANGED = "changed", _("Session changed")
    CALLED_OFF = "called_off", _("Session called off")


class AttendanceSource(models.TextChoices):
    """How it is known that somebody was there."""

    LIST = "list", _("Ticked on the list")
    CODE = "code", _("Own confirmation with the code")
    IMPORT = "import", _("Attendance list of the meeting")


class EvaluationKind(models.TextChoices):
    """What kind of answer a question of an evaluation asks for."""

    SCALE = "scale", _("A mark from 1 to 5")
    OPEN = "open", _("Text")


class ReportAudience(models.TextChoices):
    """Who reads the report of a session."""

    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("Members only")
