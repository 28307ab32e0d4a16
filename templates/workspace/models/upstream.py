"""What a newer version of a template brought into a goal, so that it can be undone."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from templates.workspace.models.plan import Goal
from templates.workspace.scoping import WorkspaceModel


class UpstreamMerge(WorkspaceModel):
    """One time that a newer version was merged into ``goal``.

    ``rows`` holds how every row that changed stood before and after; one that was added has no before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="merges", verbose_name=_("goal"))
    from_version = models.ForeignKey(
        "library.GoalTemplateVersion", on_delete=models.PROTECT, related_name="+"
    )
    to_version = models.ForeignKey("library.GoalTemplateVersion", on_delete=models.PROTECT, related_name="+")
    rows = models.JSONField(_("rows"))
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    done_at = models.DateTimeField(_("done on"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone on"), null=True, blank=True)

    class Meta:
        ordering = ["-done_at"]
        verbose_name = _("merged version")
        verbose_name_plural = _("merged versions")

    def __str__(self) -> str:
        return f"{self.goal}: {self.from_version.number} → {self.to_version.number}"
