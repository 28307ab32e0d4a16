"""Registration: one person for one session."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lnpo.organisations.models import JobRole
from sessions.enums import HOLDS_A_SEAT, RegistrationState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lnpo.accounts.models import User
    from sessions.models.pages import SessionPage


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Set rules of registrations."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """A member sees the own registrations; POS staff with the right to view them sees all."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.has_perm("lnpo_sessions.view_registration"):
            return self
        return self.filter(user=user)

    def live(self) -> Self:
        """Registrations that still count: confirmed, waiting or with a seat on offer."""
        return self.exclude(state=RegistrationState.CANCELLED)

    def confirmed(self) -> Self:
        """Registrations of people who come."""
        return self.filter(state=RegistrationState.CONFIRMED)

    def holding_a_seat(self) -> Self:
        """Registrations that count in the seats taken."""
        return self.filter(state__in=HOLDS_A_SEAT)

    def in_queue(self) -> Self:
        """The waiting list, first come first."""
        return self.filter(state=RegistrationState.WAITING).order_by("queued_at", "pk")

    def upcoming_of(self, user: "User | AnonymousUser", at: datetime | None = None) -> Self:
        """The live registrations of ``user`` for sessions that have not ended, soonest first."""
        if not user.is_authenticated:
            return self.none()
        return (
            self.live()
            .filter(user=user, page__live=True, page__ends_at__gte=at or timezone.now())
            .with_place()
            .select_related("page__topic", "page__admission", "organisation", "pool")
            .prefetch_related("page__pools")
            .order_by("page__starts_at")
        )

    def in_calendar_of(self, user: "User", since: datetime) -> Self:
        """What stands in the private calendar of ``user``: seats, and seats on offer, from ``since`` on."""
        return (
            self.holding_a_seat()
            .filter(user=user, page__live=True, page__ends_at__gte=since)
            .select_related("page__admission")
            .order_by("page__starts_at", "pk")
        )

    def with_place(self) -> Self:
        """Add ``place``: the number on the waiting list (1 is next); 0 for who does not wait."""
        ahead = (
            Registration.objects.filter(pool=OuterRef("pool"), state=RegistrationState.WAITING)
            .filter(
                Q(queued_at__lt=OuterRef("queued_at"))
                | Q(queued_at=OuterRef("queued_at"), pk__lte=OuterRef("pk"))
            )
            .order_by()
            .values("pool")
            .annotate(total=Count("pk"))
            .values("total")
        )
        return self.annotate(
            place=models.Case(
                models.When(state=RegistrationState.WAITING, then=Coalesce(Subquery(ahead), Value(1))),
                default=Value(0),
                output_field=models.IntegerField(),
            )
        )


class Registration(models.Model):
    """One person registers for one session, on behalf of one organisation.

    ``version`` rises with every change of state, also over a cancelled and a new registration of the same
    person, so that mails have an own key and a calendar knows which message is the newest.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pool = models.ForeignKey(
        "lnpo_sessions.SeatPool",
        on_delete=models.PROTECT,
        related_name="registrations",
        verbose_name=_("seats"),
    )
    page: "models.ForeignKey[SessionPage, SessionPage]" = models.ForeignKey(
        "lnpo_sessions.SessionPage",
        on_delete=models.PROTECT,
        related_name="registrations",
        verbose_name=_("session"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="session_registrations",
        verbose_name=_("participant"),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="session_registrations",
        verbose_name=_("organisation"),
    )
    job_role = models.CharField(_("job role"), max_length=40, choices=JobRole)
    state = models.CharField(_("state"), max_length=10, choices=RegistrationState)
    queued_at = models.DateTimeField(_("in line since"), default=timezone.now)
    learning_question = models.TextField(
        _("What do you want to find out in this session?"),
        blank=True,
        max_length=1000,
        help_text=_("Your learning question. The host reads it beforehand. Please do not name pupils."),
    )
    share_learning_question = models.BooleanField(
        _("Other participants may read my learning question"), default=False
    )
    share_name = models.BooleanField(
        _("Other participants may see that I am coming"),
        default=False,
        help_text=_("They then see your name and organisation. You can change this at any time."),
    )
    consented_at = models.DateTimeField(_("consent given at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("registered at"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)
    offered_until = models.DateTimeField(_("seat offered until"), null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "user"],
                condition=~Q(state="cancelled"),
                name="one_live_registration_per_person",
            )
        ]
        indexes = [
            models.Index(fields=["pool", "state", "queued_at"]),
            models.Index(fields=["user", "state"]),
        ]
        ordering = [F("created_at").asc()]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")

    def __str__(self) -> str:
        return f"{self.user}, {self.page}"

    @property
    def is_live(self) -> bool:
        """Whether the registration still counts."""
        return self.state != RegistrationState.CANCELLED
