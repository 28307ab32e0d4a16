"""A list of organisations that somebody sent: kept from the preview until it is taken in or dropped."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lnpo.organisations.models.organisations import Organisation


class ImportState(models.TextChoices):
    """How far an import has come."""

    PREVIEWED = "previewed", _("to be confirmed")
    APPLIED = "applied", _("taken in")
    DROPPED = "dropped", _("dropped")


class ImportRun(models.Model):
    """One import: who sent what, and what it changed.

    ``partnership`` is the samenwerkingsverband whose manager sent it; empty when POS did. ``fingerprint``
    is that of the preview: what is taken in is what was shown, or it is shown once more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    partnership = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="import_runs",
        verbose_name=_("samenwerkingsverband"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.PREVIEWED, editable=False
    )
    fingerprint = models.CharField(max_length=64, editable=False)
    summary = models.JSONField(_("summary"), default=dict, editable=False)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True, editable=False)
    applied_at = models.DateTimeField(_("taken in at"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("import of organisations")
        verbose_name_plural = _("imports of organisations")

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"


class ImportFile(models.Model):
    """A file of an import as it was sent; removed as soon as the import is taken in or dropped."""

    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="files", verbose_name=_("import")
    )
    name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField(editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file of an import")
        verbose_name_plural = _("files of imports")

    def __str__(self) -> str:
        return self.name
