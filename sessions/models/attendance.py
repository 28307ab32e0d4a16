"""Who was there, the code by which people say so themselves, and the certificate that follows from it."""

import secrets
import uuid
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sessions.enums import AttendanceSource


class Attendance(models.Model):
    """Somebody was there. There is no row for who was not; taking a mark back removes the row."""

    registration = models.OneToOneField(
        "lnpo_sessions.Registration",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="attendance",
        verbose_name=_("registration"),
    )
    source = models.CharField(_("how we know"), max_length=10, choices=AttendanceSource)
    noted_at = models.DateTimeField(_("noted at"), default=timezone.now, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("noted by"),
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")

    def __str__(self) -> str:
        return str(self.registration)


class CheckInCode(models.Model):
    """The code that is shown in the room or online; a new one makes the old one worthless."""

    page = models.OneToOneField(
        "lnpo_sessions.SessionPage",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="check_in_code",
        verbose_name=_("session"),
    )
    code = models.CharField(_("code"), max_length=12)

    class Meta:
        verbose_name = _("check-in code")
        verbose_name_plural = _("check-in codes")

    def __str__(self) -> str:
        return str(self.page)


def new_number() -> str:
    """128 bits that nobody guesses."""
    return secrets.token_urlsafe(16)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Set rules of certificates."""

    def valid(self) -> Self:
        """Certificates of who is still known to have been there."""
        return self.filter(registration__attendance__isnull=False)


class Certificate(models.Model):
    """Proof that somebody was at a session. Name, title and hours are those of the day it was made."""

    registration = models.OneToOneField(
        "lnpo_sessions.Registration",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="certificate",
        verbose_name=_("registration"),
    )
    number = models.CharField(_("number"), max_length=32, unique=True, default=new_number, editable=False)
    name = models.CharField(_("name"), max_length=310)
    session_title = models.CharField(_("session"), max_length=255)
    hours = models.DecimalField(
        _("hours"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal("99.5"))],
    )
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return f"{self.name}, {self.session_title}"


class Material(models.Model):
    """Something to keep after a session: a file or an address, for everybody or for members."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(
        "lnpo_sessions.SessionPage",
        on_delete=models.CASCADE,
        related_name="materials",
        verbose_name=_("session"),
    )
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), blank=True)
    file = models.FileField(_("file"), upload_to="session_materials/", blank=True)
    file_name = models.CharField(_("file name"), max_length=150, blank=True, editable=False)
    members_only = models.BooleanField(_("for members only"), default=True)
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["added_at", "title"]
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return self.title
