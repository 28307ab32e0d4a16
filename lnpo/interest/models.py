"""Subscriber: an address that wants to hear of new sessions, once its owner said so twice."""

import uuid
from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

VALID_FOR = timedelta(days=7)
"""How long an address may be confirmed."""


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Set rules of subscribers."""

    def confirmed(self) -> Self:
        """Those who want mail: confirmed, and not unsubscribed since."""
        return self.filter(confirmed_at__isnull=False)

    def forgotten(self) -> Self:
        """Addresses that were never confirmed, and whose link no longer works."""
        return self.filter(confirmed_at__isnull=True, asked_at__lt=timezone.now() - VALID_FOR)


class Subscriber(models.Model):
    """One address. Who unsubscribes is removed: there is nothing left to keep."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(max_length=5, default="nl", editable=False)
    confirm_hash = models.CharField(max_length=64, unique=True, editable=False)
    stop_hash = models.CharField(max_length=64, unique=True, editable=False)
    times_asked = models.PositiveIntegerField(default=1, editable=False)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["email"]
        verbose_name = _("subscriber")
        verbose_name_plural = _("interest list")

    def __str__(self) -> str:
        return self.email
