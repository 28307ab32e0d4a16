"""GuestRequest: somebody who is not a member wants to come to an open session, and confirms the address."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lnpo.organisations.models import JobRole
from sessions.enums import AttendanceForm

if TYPE_CHECKING:
    from sessions.models.pages import SessionPage

VALID_FOR = timedelta(days=7)
"""How long the link in the mail works."""


class GuestRequestQuerySet(models.QuerySet["GuestRequest"]):
    """Set rules of requests of guests."""

    def usable(self) -> Self:
        """Requests whose link still works; a confirmed one stays, so that its guest can cancel."""
        return self.filter(
            models.Q(registration__isnull=False) | models.Q(created_at__gt=timezone.now() - VALID_FOR)
        )


class GuestRequest(models.Model):
    """What a guest filled in; it becomes a registration once the address is confirmed.

    The token of the link is derived and never stored; the hash is enough to find the request by it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page: "models.ForeignKey[SessionPage, SessionPage]" = models.ForeignKey(
        "lnpo_sessions.SessionPage",
        on_delete=models.PROTECT,
        related_name="guest_requests",
        verbose_name=_("session"),
    )
    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=150)
    last_name = models.CharField(_("last name"), max_length=150)
    organisation_name = models.CharField(_("organisation"), max_length=200)
    job_role = models.CharField(_("job role"), max_length=40, choices=JobRole)
    form = models.CharField(_("form of attendance"), max_length=10, choices=AttendanceForm, blank=True)
    learning_question = models.TextField(_("learning question"), max_length=1000, blank=True)
    share_name = models.BooleanField(_("name may be shown"), default=False)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    language = models.CharField(max_length=5, default="nl", editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    registration = models.OneToOneField(
        "lnpo_sessions.Registration",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="guest_request",
        verbose_name=_("registration"),
    )

    objects = GuestRequestQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["email", "created_at"])]
        ordering = ["-created_at"]
        verbose_name = _("guest")
        verbose_name_plural = _("guests")

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}, {self.organisation_name}"
