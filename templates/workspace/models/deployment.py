"""Who does what for a goal, and which euros serve it."""

import uuid
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lnpo.organisations.models import JobRole
from templates.library.enums import Level, ResourceKind
from templates.workspace.enums import Acceptance, ActivityStatus, MoneySource, Stage
from templates.workspace.models.plan import AdoptedNode, Goal, Plan, one_per_node
from templates.workspace.scoping import WorkspaceModel


class Activity(AdoptedNode):
    """What is done for a goal; where person, money and result meet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, related_name="activities", verbose_name=_("goal")
    )
    title = models.CharField(_("activity"), max_length=255)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.SWV)
    role = models.CharField(_("role"), max_length=40, choices=JobRole, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("responsible organisation"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("responsible person"),
    )
    period = models.CharField(_("period"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("up to and including"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=ActivityStatus, default=ActivityStatus.PLANNED
    )
    progress_note = models.TextField(_("how it goes"), blank=True)
    acceptance = models.CharField(_("answer"), max_length=10, choices=Acceptance, blank=True, editable=False)
    handed_back_because = models.CharField(
        _("reason to hand it back"), max_length=255, blank=True, editable=False
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["sort_order", "title"]
        constraints = [one_per_node("one_activity_per_node")]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def __str__(self) -> str:
        return self.title


class Deployment(WorkspaceModel):
    """One amount: what it is spent on, where it comes from, who gives and who receives, in which school year.

    It serves a goal, perhaps through an activity; without a goal it is "not linked", and shown as such.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="deployments", verbose_name=_("plan")
    )
    goal = models.ForeignKey(
        Goal,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deployments",
        verbose_name=_("goal"),
    )
    activity = models.ForeignKey(
        Activity,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deployments",
        verbose_name=_("activity"),
    )
    stage = models.CharField(_("stage"), max_length=14, choices=Stage, default=Stage.BUDGETED)
    resource = models.CharField(_("spent on"), max_length=40, choices=ResourceKind)
    source = models.CharField(
        _("from which money"), max_length=12, choices=MoneySource, default=MoneySource.SWV
    )
    giver = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("from")
    )
    receiver = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("to")
    )
    via = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by way of"),
    )
    school_year = models.PositiveSmallIntegerField(
        _("school year"), validators=[MinValueValidator(2014), MaxValueValidator(2100)]
    )
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    fte = models.DecimalField(
        _("fte"), max_digits=7, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    hours_per_week = models.DecimalField(
        _("hours per week"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    note = models.CharField(_("note"), max_length=255, blank=True)

    class Meta:
        ordering = ["school_year", "stage", "resource"]
        constraints = [
            models.CheckConstraint(
                condition=Q(activity__isnull=True) | Q(goal__isnull=False),
                name="deployment_activity_has_goal",
            )
        ]
        verbose_name = _("use of resources")
        verbose_name_plural = _("use of resources")

    def __str__(self) -> str:
        return f"{self.get_resource_display()} {self.school_year}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """See Django.

        Raises:
            PeriodLockedError: the school year is closed, or the one from which the amount would move.

        """
        self._demand_open()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """See Django.

        Raises:
            PeriodLockedError: the school year is closed.

        """
        self._demand_open()
        return super().delete(*args, **kwargs)

    def _demand_open(self) -> None:
        from templates.workspace.locking import demand_open

        stored = Deployment.objects.unscoped("only from which year an amount would move")
        before = set(stored.filter(pk=self.pk).values_list("school_year", flat=True))
        demand_open(self.plan, {self.school_year} | before)
