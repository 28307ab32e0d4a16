"""OutboxEntry: a side effect that must happen, kept in our own database until it has."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LEASE = timedelta(minutes=2)
"""How long a worker may hold a claim; a worker that was killed loses it after this time."""


class OutboxState(models.TextChoices):
    """Where an entry stands."""

    PENDING = "pending", _("to do")
    DONE = "done", _("done")
    FAILED = "failed", _("given up")


class OutboxQuerySet(models.QuerySet["OutboxEntry"]):
    """Set rules of the outbox."""

    def due(self, at: datetime | None = None) -> Self:
        """Entries that somebody may claim now."""
        now = at or timezone.now()
        return self.filter(
            Q(claimed_until__isnull=True) | Q(claimed_until__lte=now),
            state=OutboxState.PENDING,
            available_at__lte=now,
        )


class OutboxEntry(models.Model):
    """One side effect: ids only, never text or addresses, so that nothing stale or private is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(_("key"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=60)
    payload = models.JSONField(_("ids"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=OutboxState, default=OutboxState.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    available_at = models.DateTimeField(_("not before"), default=timezone.now)
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["available_at"], condition=Q(state="pending"), name="outbox_pending"),
        ]
        ordering = ["available_at"]
        verbose_name = _("outbox entry")
        verbose_name_plural = _("outbox")

    def __str__(self) -> str:
        return self.key
