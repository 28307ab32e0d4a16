"""How many may come and when they may register. Plain rows: a page's revisions never reset them."""

import uuid
from datetime import date, datetime, time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sessions.enums import AttendanceForm

DEFAULT_CAPACITY = 30


class SeatPool(models.Model):
    """The seats for one form of attendance of one session.

    ``taken`` counts registrations that hold a seat, ``waiting`` those in the queue. Both change only in
    :mod:`sessions.seats` and :mod:`sessions.registration`, in the transaction of the registration itself.
    ``taken`` may exceed ``capacity`` only after the capacity was lowered: nobody is ever thrown out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(
        "lnpo_sessions.SessionPage", on_delete=models.CASCADE, related_name="pools", verbose_name=_("session")
    )
    form = models.CharField(_("form of attendance"), max_length=10, choices=AttendanceForm)
    capacity = models.PositiveIntegerField(_("seats"), default=DEFAULT_CAPACITY)
    taken = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)
    waiting = models.PositiveIntegerField(_("waiting"), default=0, editable=False)
    is_open = models.BooleanField(
        default=True,
        editable=False,
        verbose_name=_("takes registrations"),
        help_text=_("No when called off."),
    )
    restricted = models.BooleanField(
        default=False, editable=False, verbose_name=_("has a limit per organisation")
    )
    seats_per_organisation = models.PositiveSmallIntegerField(
        _("seats per organisation"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("So many people of one organisation may come; the rest waits. Empty means no limit."),
    )
    limited_until = models.DateField(
        _("limit per organisation until"),
        null=True,
        blank=True,
        help_text=_("Up to and including this day; after it the seats that are left go to whoever waits."),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "form"], name="one_pool_per_form")]
        ordering = ["page__starts_at", "form"]
        verbose_name = _("seats of a session")
        verbose_name_plural = _("seats of sessions")

    def __str__(self) -> str:
        return f"{self.page} ({self.get_form_display()})"

    @property
    def free(self) -> int:
        """Seats that nobody holds; never below zero."""
        return max(self.capacity - self.taken, 0)

    def limit_on(self, day: date) -> int | None:
        """How many people of one organisation may hold a seat on ``day``; ``None`` without a limit."""
        if self.seats_per_organisation is None or (
            self.limited_until is not None and day > self.limited_until
        ):
            return None
        return self.seats_per_organisation


class Admission(models.Model):
    """When people may register for a session and until when they may cancel, and whether it goes on."""

    page = models.OneToOneField(
        "lnpo_sessions.SessionPage",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="admission",
        verbose_name=_("session"),
    )
    opens_at = models.DateTimeField(
        _("registration opens"),
        null=True,
        blank=True,
        help_text=_("Empty means: as soon as the page is live."),
    )
    closes_at = models.DateTimeField(
        _("registration closes"), null=True, blank=True, help_text=_("Empty means: when the session starts.")
    )
    cancel_until = models.DateField(
        _("cancelling is possible until"),
        null=True,
        blank=True,
        help_text=_("Up to and including this day. Empty means: until the session starts."),
    )
    open_to_guests = models.BooleanField(
        _("open to guests"),
        default=False,
        help_text=_("Somebody who is not yet a member can register with a confirmed e-mail address."),
    )
    offers_seats = models.BooleanField(
        _("offer seats that come free"),
        default=False,
        help_text=_("Whoever is next gets time to say yes. Otherwise the seat is theirs at once."),
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to say yes"), default=48, validators=[MinValueValidator(1), MaxValueValidator(720)]
    )
    may_switch = models.BooleanField(
        _("participants may switch between on site and online"),
        default=True,
        help_text=_("As long as there is a seat on the other side, and until the last day of cancelling."),
    )
    called_off_at = models.DateTimeField(_("called off at"), null=True, blank=True, editable=False)
    called_off_reason = models.TextField(_("reason for calling off"), blank=True, editable=False)
    calendar_sequence = models.PositiveIntegerField(
        _("version of the calendar event"), default=0, editable=False
    )
    calendar_facts = models.JSONField(_("published time and place"), default=dict, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=models.F("opens_at")),
                name="registration_closes_after_opening",
            )
        ]
        verbose_name = _("registration period")
        verbose_name_plural = _("registration periods")

    def __str__(self) -> str:
        return str(self.page)

    @property
    def is_called_off(self) -> bool:
        """Whether the session does not go on."""
        return self.called_off_at is not None

    def last_registration(self, starts_at: datetime) -> datetime:
        """Until when people may register: the set moment, and never after the start."""
        return min(self.closes_at, starts_at) if self.closes_at else starts_at

    def last_cancellation(self, starts_at: datetime) -> datetime:
        """Until when people may cancel: the end of the set day, and never after the start."""
        if self.cancel_until is None:
            return starts_at
        end_of_day = timezone.make_aware(datetime.combine(self.cancel_until, time.max))
        return min(end_of_day, starts_at)
