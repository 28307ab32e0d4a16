"""What keeps a plan: school years that are closed, what the law asks of it, and with whom it is shared."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lnpo.ui.dutch_format import school_year
from templates.workspace.enums import LegalStatus
from templates.workspace.models.plan import Goal, Plan
from templates.workspace.scoping import WorkspaceModel


class PeriodLock(WorkspaceModel):
    """A school year of a plan that is closed: figures and amounts of it cannot change.

    Opening it again asks for a reason; the row is kept, so that everybody can see when it was closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="locks", verbose_name=_("plan"))
    school_year = models.PositiveSmallIntegerField(_("school year"))
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    locked_at = models.DateTimeField(_("closed at"), auto_now_add=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    reason = models.CharField(_("reason to open it"), max_length=255, blank=True)

    class Meta:
        ordering = ["school_year", "locked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "school_year"],
                condition=Q(opened_at__isnull=True),
                name="one_lock_per_school_year",
            )
        ]
        verbose_name = _("closed school year")
        verbose_name_plural = _("closed school years")

    def __str__(self) -> str:
        return school_year(self.school_year)


class LegalItem(WorkspaceModel):
    """How far the plan is with one part that the law asks for; parts without a row are not begun."""

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="legal_items", verbose_name=_("plan")
    )
    key = models.CharField(_("part"), max_length=20)
    status = models.CharField(_("status"), max_length=10, choices=LegalStatus, default=LegalStatus.OPEN)
    note = models.CharField(_("where it stands"), max_length=255, blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="one_status_per_legal_part")]
        verbose_name = _("part that the law asks for")
        verbose_name_plural = _("parts that the law asks for")

    def __str__(self) -> str:
        return self.key


class Share(WorkspaceModel):
    """A goal that the manager shows to a board or school, or to the observers of the SWV.

    Without an organisation it is for the observers: support plan council, internal supervision.
    """

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="shares", verbose_name=_("goal"))
    organisation = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("shared with"),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "organisation"], name="one_share_per_organisation"),
            models.UniqueConstraint(
                fields=["goal"], condition=Q(organisation__isnull=True), name="one_share_with_observers"
            ),
        ]
        verbose_name = _("shared goal")
        verbose_name_plural = _("shared goals")

    def __str__(self) -> str:
        return f"{self.goal_id}"
