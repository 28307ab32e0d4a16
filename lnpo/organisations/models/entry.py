"""How people come in: an invitation that goes out, or a request that comes in."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lnpo.organisations.models.organisations import AccessRole, JobRole, Organisation

VALID_FOR = timedelta(days=7)
"""How long the link in an invitation works, and that with which somebody confirms a request."""
REMIND_AFTER = timedelta(days=4)
"""When somebody who did not answer an invitation is reminded, once."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Set rules of invitations."""

    def unanswered(self) -> Self:
        """Neither accepted nor withdrawn; the link may have run out."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def usable(self, at: datetime | None = None) -> Self:
        """Unanswered, and the link still works at ``at`` (now)."""
        return self.unanswered().filter(expires_at__gt=at or timezone.now())


class Invitation(models.Model):
    """An offer of access to an organisation, to whoever reads the mail of one address.

    The link in the mail carries a token of 256 bits that is derived, never stored; what is stored is its
    hash. Sending it once more makes another token, and the link that went before is dead.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("organisation")
    )
    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    job_role = models.CharField(_("job role"), max_length=40, choices=JobRole)
    access_role = models.CharField(
        _("access role"), max_length=12, choices=AccessRole, default=AccessRole.READER
    )
    ends_on = models.DateField(_("up to and including"), null=True, blank=True)
    invited_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="invitations", verbose_name=_("invited by")
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    times_sent = models.PositiveIntegerField(_("times sent"), default=1, editable=False)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True, editable=False)
    expires_at = models.DateTimeField(_("valid until"), editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("accepted by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation",
            )
        ]
        ordering = ["-created_at", "email"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.email}, {self.organisation}"

    @property
    def is_usable(self) -> bool:
        """Whether the link in the last mail still works."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()


class RequestState(models.TextChoices):
    """How far a request to join has come."""

    UNCONFIRMED = "unconfirmed", _("address not confirmed yet")
    WAITING = "waiting", _("waiting for an answer")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    """Set rules of requests to join."""

    def waiting(self) -> Self:
        """Requests with a confirmed address on which nobody has decided yet, oldest first."""
        return self.filter(state=RequestState.WAITING).order_by("confirmed_at", "pk")

    def for_organisations(self, organisations: models.QuerySet[Organisation]) -> Self:
        """Requests to join one of these."""
        return self.filter(organisation__in=organisations.values("pk"))


class JoinRequest(models.Model):
    """Somebody asks for access; the address is confirmed before anybody sees the request.

    ``organisation`` is empty while nobody knows which one is meant by ``organisation_text``: POS picks it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="join_requests",
        verbose_name=_("organisation"),
    )
    organisation_text = models.CharField(_("organisation as written"), max_length=200, blank=True)
    user = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="join_requests",
        verbose_name=_("person"),
    )
    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=150)
    last_name = models.CharField(_("last name"), max_length=150)
    job_role = models.CharField(_("job role"), max_length=40, choices=JobRole)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=12, choices=RequestState, default=RequestState.UNCONFIRMED, editable=False
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(state="waiting", organisation__isnull=False),
                name="one_waiting_request",
            )
        ]
        indexes = [models.Index(fields=["state", "confirmed_at"])]
        ordering = ["-created_at"]
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}, {self.organisation or self.organisation_text}"
