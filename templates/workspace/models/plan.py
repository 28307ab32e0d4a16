"""Plan → goal → indicator → measurement, and what came along from a template."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lnpo.topics.models import Topic
from lnpo.ui.dutch_format import with_unit
from templates.library.enums import (
    Direction,
    Frequency,
    IndicatorKind,
    IndicatorSource,
    Level,
    Phase,
    ResourceKind,
    Unit,
)
from templates.workspace.enums import Light, NoticedLevel, PlanKind
from templates.workspace.periods import school_year_of
from templates.workspace.scoping import WorkspaceModel


def figure(verbose_name: Any) -> models.DecimalField:  # type: ignore[type-arg]
    """A measured figure: up to four decimals; empty is "not reported", 0 is 0."""
    return models.DecimalField(verbose_name, max_digits=14, decimal_places=4, null=True, blank=True)


def school_years_of(start: date, end: date) -> set[int]:
    """The school years that a period touches, each by the calendar year in which it began."""
    return set(range(school_year_of(start), school_year_of(end) + 1))


class Plan(WorkspaceModel):
    """What an SWV wants to reach in one or four school years."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organisation"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=PlanKind, default=PlanKind.SUPPORT)
    title = models.CharField(_("title"), max_length=160)
    first_year = models.PositiveSmallIntegerField(
        _("first school year"), validators=[MinValueValidator(2014), MaxValueValidator(2100)]
    )
    years = models.PositiveSmallIntegerField(
        _("number of school years"), default=4, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-first_year", "title"]
        verbose_name = _("plan")
        verbose_name_plural = _("plans")

    def __str__(self) -> str:
        return self.title

    @property
    def starts_on(self) -> date:
        """1 August of the first school year."""
        return date(self.first_year, 8, 1)

    @property
    def ends_on(self) -> date:
        """31 July of the last school year."""
        return date(self.first_year + self.years, 7, 31)

    def school_years(self) -> list[int]:
        """The first calendar year of each school year of the plan."""
        return list(range(self.first_year, self.first_year + self.years))


class AdoptedNode(WorkspaceModel):
    """A row that may come from a node of a goal template.

    ``base`` is the node as it was adopted: what a newer version is compared with. ``removed_at`` keeps a
    removed node as a tombstone, so that a newer version does not bring it back.
    """

    template_uid = models.CharField(_("node of the template"), max_length=40, blank=True, editable=False)
    base_version = models.PositiveIntegerField(_("adopted version"), null=True, blank=True, editable=False)
    base = models.JSONField(_("as adopted"), null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


def one_per_node(name: str) -> models.UniqueConstraint:
    """A node of a template stands once under a goal, removed or not."""
    return models.UniqueConstraint(fields=["goal", "template_uid"], condition=~Q(template_uid=""), name=name)


class Goal(AdoptedNode):
    """What the plan wants to reach; everything else hangs on it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals", verbose_name=_("plan"))
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("part of"),
    )
    title = models.CharField(_("goal"), max_length=255)
    rationale = models.TextField(_("why"), blank=True)
    objective = models.TextField(_("what we want to reach"), blank=True)
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("theme")
    )
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.SWV)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
    )
    inspection_areas = models.JSONField(_("areas of attention of the Inspectorate"), default=list, blank=True)
    interpretation = models.TextField(_("interpretation"), blank=True)
    light_override = models.CharField(_("status"), max_length=12, choices=Light, blank=True)
    light_reason = models.CharField(_("reason for this status"), max_length=255, blank=True)
    light_until = models.DateField(_("until"), null=True, blank=True)
    next_conversation_on = models.DateField(_("next conversation"), null=True, blank=True)
    template_version = models.ForeignKey(
        "library.GoalTemplateVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    named_in_library = models.BooleanField(
        _("The library may name our organisation as one that adopted this goal"), default=False
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["sort_order", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "template_uid"], condition=~Q(template_uid=""), name="one_goal_per_template"
            )
        ]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")

    def __str__(self) -> str:
        return self.title


class Indicator(AdoptedNode):
    """How one can tell whether the goal comes nearer: measurable or noticeable, of equal weight."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, related_name="indicators", verbose_name=_("goal")
    )
    name = models.CharField(_("name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=10, choices=IndicatorKind, default=IndicatorKind.MEASURABLE)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit, default=Unit.PERCENT)
    direction = models.CharField(_("better is"), max_length=20, choices=Direction, default=Direction.UP)
    level = models.CharField(_("measured by"), max_length=10, choices=Level, default=Level.SWV)
    measurement = models.TextField(_("how it is measured"), blank=True)
    source = models.CharField(
        _("source"), max_length=40, choices=IndicatorSource, default=IndicatorSource.OTHER
    )
    frequency = models.CharField(_("how often"), max_length=20, choices=Frequency, default=Frequency.YEAR)
    baseline = figure(_("baseline"))
    baseline_on = models.DateField(_("baseline on"), null=True, blank=True)
    target = figure(_("target"))
    target_low = figure(_("lower end of the band"))
    target_high = figure(_("upper end of the band"))
    target_on = models.DateField(_("target on"), null=True, blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["sort_order", "name"]
        constraints = [one_per_node("one_indicator_per_node")]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self) -> str:
        return self.name

    @property
    def is_noticeable(self) -> bool:
        """Whether it is observed rather than counted."""
        return self.kind == IndicatorKind.NOTICEABLE

    @property
    def uses_level(self) -> bool:
        """Whether a measurement is a level on the rubric."""
        return self.is_noticeable and self.unit in (Unit.SCALE, Unit.STORY)

    def figure_text(self, figure: Decimal | None) -> str:
        """A figure as people read it: with its unit, or as a level of the rubric."""
        if figure is not None and self.uses_level and figure in NoticedLevel.values:
            return str(NoticedLevel(int(figure)).label)
        return with_unit(figure, self.unit)

    @property
    def baseline_text(self) -> str:
        """Where it started."""
        return self.figure_text(self.baseline)

    @property
    def target_text(self) -> str:
        """Where it should go; a band as its two ends."""
        if self.direction == Direction.BAND:
            ends = [self.figure_text(end) for end in (self.target_low, self.target_high) if end is not None]
            return " – ".join(ends)
        return self.figure_text(self.target)


class Measurement(WorkspaceModel):
    """What was measured or noticed over one period by one organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="measurements", verbose_name=_("indicator")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organisation"),
    )
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("up to and including"))
    value = figure(_("value"))
    numerator = figure(_("numerator"))
    denominator = figure(_("denominator"))
    noticed = models.PositiveSmallIntegerField(_("level"), choices=NoticedLevel, null=True, blank=True)
    story = models.TextField(_("story"), blank=True)
    observer = models.CharField(_("noticed by"), max_length=160, blank=True)
    observed_on = models.DateField(_("noticed on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=255, blank=True)
    breaks_series = models.BooleanField(_("counted in another way than before"), default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["period_end", "period_start"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "organisation", "period_start", "period_end"],
                name="one_measurement_per_period",
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=models.F("period_start")), name="measurement_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0),
                name="measurement_denominator_positive",
            ),
        ]
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")

    def __str__(self) -> str:
        return f"{self.indicator} {self.period_end}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """See Django.

        Raises:
            PeriodLockedError: the school year of the period is closed.

        """
        from templates.workspace.locking import demand_open

        demand_open(self.indicator.goal.plan, school_years_of(self.period_start, self.period_end))
        super().save(*args, **kwargs)

    @property
    def figure(self) -> Decimal | None:
        """The figure of this period, also for a noticeable indicator; ``None`` when there is none."""
        return Decimal(self.noticed) if self.noticed is not None else self.value


class PlannedResource(AdoptedNode):
    """A kind of means that the goal needs according to its template."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="resources", verbose_name=_("goal"))
    kind = models.CharField(_("kind of resources"), max_length=40, choices=ResourceKind)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["sort_order", "kind"]
        constraints = [one_per_node("one_resource_per_node")]
        verbose_name = _("planned kind of resources")
        verbose_name_plural = _("planned kinds of resources")

    def __str__(self) -> str:
        return self.get_kind_display()


class ConversationQuestion(AdoptedNode):
    """A question for the conversation about the goal."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="questions", verbose_name=_("goal"))
    phase = models.CharField(_("when"), max_length=12, choices=Phase, default=Phase.PROGRESS)
    text = models.TextField(_("question"))
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["sort_order", "pk"]
        constraints = [one_per_node("one_question_per_node")]
        verbose_name = _("question for the conversation")
        verbose_name_plural = _("questions for the conversation")

    def __str__(self) -> str:
        return self.text
