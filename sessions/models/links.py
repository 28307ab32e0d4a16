"""Secrets in addresses: handing a seat over, and the private calendar. Revoked when the row goes.

The address holds the key of the row and a signature made with ``SECRET_KEY``: who reads the database alone
cannot make it.
"""

import hmac
import uuid

from django.conf import settings
from django.core.signing import Signer
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignedLink(models.Model):
    """A row whose address cannot be guessed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @property
    def token(self) -> str:
        """What stands in the address beside the key."""
        return Signer(salt=self._meta.label_lower, algorithm="sha256").signature(self.pk.hex)

    def is_token(self, token: str) -> bool:
        """Whether ``token`` is the right one; takes as long for a wrong one."""
        return hmac.compare_digest(self.token.encode(), token.encode())


class HandOver(SignedLink):
    """Somebody offers the own seat to a colleague of the same organisation; at most one link at a time."""

    registration = models.OneToOneField(
        "lnpo_sessions.Registration",
        on_delete=models.CASCADE,
        related_name="hand_over",
        verbose_name=_("registration"),
    )

    class Meta:
        verbose_name = _("seat to hand over")
        verbose_name_plural = _("seats to hand over")

    def __str__(self) -> str:
        return str(self.registration)


class CalendarFeed(SignedLink):
    """The private calendar of one person; a new row makes the old address worthless."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="session_feed",
        verbose_name=_("member"),
    )

    class Meta:
        verbose_name = _("private calendar")
        verbose_name_plural = _("private calendars")

    def __str__(self) -> str:
        return str(self.user)


class StaffMessage(models.Model):
    """What POS wrote to the participants of one state of one session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(
        "lnpo_sessions.SessionPage",
        on_delete=models.CASCADE,
        related_name="staff_messages",
        verbose_name=_("session"),
    )
    state = models.CharField(_("to whom"), max_length=10)
    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(_("text"), max_length=10_000)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now, editable=False)
    receivers = models.PositiveIntegerField(_("receivers"), default=0, editable=False)

    class Meta:
        ordering = ["-sent_at"]
        verbose_name = _("message to participants")
        verbose_name_plural = _("messages to participants")

    def __str__(self) -> str:
        return self.subject
