"""What the workspace shows at a glance, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lnpo.organisations.models import (
    AccessRole,
    Membership,
    Organisation,
    OrganisationKind,
    memberships_of,
    today,
)
from lnpo.ui.waiting import Waiting
from templates.workspace.enums import ActivityStatus, Light
from templates.workspace.models import Activity, Deployment, Goal, Indicator, Measurement, Plan
from templates.workspace.money import Amounts, ledger
from templates.workspace.periods import last_period, school_year_of
from templates.workspace.progress import Standing, goal_light, indicator_standing
from templates.workspace.sharing import hide_small
from templates.workspace.visibility import own_organisations

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lnpo.accounts.models import User

SOON = timedelta(days=21)
MOST_TASKS = 8
OPEN = [ActivityStatus.PLANNED, ActivityStatus.RUNNING, ActivityStatus.DELAYED]


@dataclass
class IndicatorView:
    """An indicator with its series and where it stands."""

    indicator: Indicator
    series: list[Measurement]
    standing: Standing

    @property
    def points(self) -> list[tuple[str, Any]]:
        """What the chart draws."""
        return [(f"{row.period_end:%m-%Y}", row.figure) for row in self.series]

    @property
    def breaks(self) -> set[int]:
        """Which of the points were counted in another way than the one before."""
        return {index for index, row in enumerate(self.series) if row.breaks_series}


@dataclass
class GoalView:
    """A goal with everything a row or page shows of it."""

    goal: Goal
    light: Light
    indicators: list[IndicatorView] = field(default_factory=list)
    amounts: Amounts = field(default_factory=Amounts)

    @property
    def measurable(self) -> IndicatorView | None:
        """The first measurable indicator, with a figure if one has it."""
        return self._first(False)

    @property
    def noticeable(self) -> IndicatorView | None:
        """The first noticeable indicator, with an observation if one has it."""
        return self._first(True)

    def _first(self, noticeable: bool) -> IndicatorView | None:
        fitting = [view for view in self.indicators if view.indicator.is_noticeable is noticeable]
        return next((view for view in fitting if view.series), fitting[0] if fitting else None)


def workspaces_of(user: "User | AnonymousUser") -> list[Organisation]:
    """The SWV's whose workspace ``user`` may open: the own ones, and those with a task for one's own."""
    visible = Plan.objects.visible_to(user).values("organisation")
    own = own_organisations(user)
    return list(
        Organisation.objects.filter(Q(pk__in=own) | Q(pk__in=visible), kind=OrganisationKind.SWV).order_by(
            "name"
        )
    )


def goal_views(
    user: "User",
    goals: Iterable[Goal],
    school_year: int | None = None,
    deployments: Iterable[Deployment] | None = None,
) -> list[GoalView]:
    """Goals with indicators, series, lights and amounts: three queries, whatever their number.

    ``deployments`` are the amounts when the caller has them already.
    """
    goals = list(goals)
    keys = [goal.pk for goal in goals]
    indicators = list(Indicator.objects.visible_to(user).current().filter(goal__in=keys))
    series = _series(user, indicators, {goal.pk: goal.plan.organisation_id for goal in goals})
    if deployments is None:
        deployments = Deployment.objects.visible_to(user).filter(goal__in=keys)
    book = ledger(deployments, school_year)
    per_goal: dict[UUID, list[IndicatorView]] = defaultdict(list)
    for indicator in indicators:
        rows = series.get(indicator.pk, [])
        per_goal[indicator.goal_id].append(
            IndicatorView(indicator, rows, indicator_standing(indicator, rows))
        )
    return [
        GoalView(
            goal,
            goal_light(goal, (view.standing.light for view in per_goal[goal.pk]), today()),
            per_goal[goal.pk],
            book.per_goal.get(goal.pk, Amounts()),
        )
        for goal in goals
    ]


def _series(
    user: "User", indicators: list[Indicator], swv_of_goal: dict[UUID, UUID]
) -> dict[UUID, list[Measurement]]:
    """Per indicator its measurements, oldest first: those of the SWV, or else of the viewer's own."""
    goal_of = {indicator.pk: indicator.goal_id for indicator in indicators}
    rows: dict[UUID, list[Measurement]] = defaultdict(list)
    others: dict[UUID, list[Measurement]] = defaultdict(list)
    by_key = {indicator.pk: indicator for indicator in indicators}
    own = {
        membership.organisation_id
        for membership in memberships_of(user)
        if membership.access_role != AccessRole.OBSERVER
    }
    for row in (
        Measurement.objects.visible_to(user).filter(indicator__in=list(goal_of)).order_by("period_end")
    ):
        is_swv = row.organisation_id == swv_of_goal[goal_of[row.indicator_id]]
        if is_swv and row.organisation_id not in own:
            row = hide_small(by_key[row.indicator_id], row)
        (rows if is_swv else others)[row.indicator_id].append(row)
    return {pk: rows.get(pk) or others.get(pk, []) for pk in goal_of}


def waiting_for(user: "User", organisation: Organisation | None = None) -> list[Waiting]:
    """What waits for ``user``: own activities that end soon or are late, and indicators to be measured."""
    tasks = [*_activity_tasks(user, organisation), *_measuring_tasks(user, organisation)]
    return sorted(tasks, key=lambda task: task.due or date.max)[:MOST_TASKS]


def _activity_tasks(user: "User", organisation: Organisation | None) -> list[Waiting]:
    on = today()
    activities = (
        Activity.objects.visible_to(user)
        .current()
        .filter(person=user, status__in=OPEN, ends_on__lte=on + SOON, goal__removed_at__isnull=True)
        .select_related("goal__plan")
        .order_by("ends_on")[:MOST_TASKS]
    )
    return [
        Waiting(
            activity.title,
            activity.goal.title,
            reverse("workspace:activity_report", args=[activity.goal.plan.organisation_id, activity.pk]),
            _("Report"),
            activity.ends_on,
            max(0, (on - activity.ends_on).days) if activity.ends_on else 0,
        )
        for activity in activities
        if organisation is None or activity.goal.plan.organisation_id == organisation.pk
    ]


def _measuring_tasks(user: "User", organisation: Organisation | None) -> list[Waiting]:
    """Indicators of goals that I own and that have nothing over their last whole period."""
    on = today()
    indicators = list(
        Indicator.objects.visible_to(user)
        .current()
        .filter(goal__owner=user, goal__removed_at__isnull=True, level="swv")
        .select_related("goal__plan")
    )
    measured = set(
        Measurement.objects.visible_to(user)
        .filter(indicator__in=indicators, period_end__gte=on - timedelta(days=800))
        .values_list("indicator", "period_end")
    )
    tasks = []
    for indicator in indicators:
        start, end = last_period(indicator.frequency, on)
        plan = indicator.goal.plan
        known = any(pk == indicator.pk and period_end >= end for pk, period_end in measured)
        if known or end < plan.starts_on or start > plan.ends_on:
            continue
        if organisation is None or plan.organisation_id == organisation.pk:
            url = reverse("workspace:measurement_create", args=[plan.organisation_id, indicator.pk])
            tasks.append(Waiting(indicator.name, indicator.goal.title, url, _("Enter a measurement"), end))
    return tasks


def to_measure(views: Iterable[GoalView]) -> int:
    """How many indicators have nothing reported yet."""
    return sum(1 for view in views for item in view.indicators if not item.series)


def current_year(plan: Plan) -> int:
    """The school year of the plan that it is now; before the plan its first, after it its last."""
    years = plan.school_years()
    return min(max(school_year_of(today()), years[0]), years[-1])


def team(organisation: Organisation) -> list[Membership]:
    """Who works in the workspace today."""
    return list(
        Membership.objects.current()
        .filter(organisation=organisation, user__is_active=True)
        .select_related("user")
        .order_by("user__last_name", "user__first_name")
    )
