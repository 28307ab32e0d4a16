"""AuditEntry: one change, written in the transaction of the verb and never changed again."""

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnlyError(TypeError):
    """Raised when somebody tries to change or remove an audit entry."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Reading is free; writing goes through :func:`lnpo.audit.trail.record`."""

    def about(self, obj: models.Model) -> "AuditQuerySet":
        """Entries about ``obj``, oldest first."""
        return self.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))

    def update(self, **kwargs: Any) -> NoReturn:
        """Never."""
        raise AppendOnlyError("Audit entries are never changed.")

    def delete(self) -> NoReturn:
        """Never."""
        raise AppendOnlyError("Audit entries are never removed.")


class AuditEntry(models.Model):
    """Who did what to which object, and from what to what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(_("at"), auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("by"),
    )
    action = models.CharField(_("action"), max_length=60)
    object_type = models.CharField(_("kind of object"), max_length=80)
    object_id = models.CharField(_("object"), max_length=40)
    organisation_uuid = models.UUIDField(_("organisation"), null=True, blank=True, db_index=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["object_type", "object_id"])]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save raises :class:`AppendOnlyError`."""
        if not self._state.adding:
            raise AppendOnlyError("Audit entries are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        raise AppendOnlyError("Audit entries are never removed.")
