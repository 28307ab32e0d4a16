"""Builders of a workspace: plan, goals and what hangs on them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lnpo.organisations.models import Organisation
from templates.workspace.models import Activity, Deployment, Goal, Indicator, Measurement, Plan
from templates.workspace.overview import current_year
from templates.workspace.periods import school_year_of
from tests.cast import Cast
from tests.organisations.factories import OrganisationFactory

YEAR = (date(2025, 8, 1), date(2026, 7, 31))


def saved(row: Any) -> Any:
    """``row``, stored."""
    row.save()
    return row


def make_plan(organisation: Organisation | None = None, **fields: Any) -> Plan:
    """A plan in which today lies."""
    values = {"title": "Ondersteuningsplan", "first_year": school_year_of(date.today()) - 1, **fields}  # noqa: DTZ011
    return saved(Plan(organisation=organisation or OrganisationFactory(), **values))


def make_goal(plan: Plan | None = None, **fields: Any) -> Goal:
    """A goal without anything."""
    return saved(Goal(plan=plan or make_plan(), **{"title": "Every child at school", **fields}))


def make_indicator(goal: Goal | None = None, **fields: Any) -> Indicator:
    """A percentage that should rise from 0 to 100 in the school year 2025-2026."""
    values = {
        "name": "Share of pupils at school",
        "baseline": Decimal(0),
        "baseline_on": date(2025, 8, 1),
        "target": Decimal(100),
        "target_on": date(2026, 8, 1),
        **fields,
    }
    return saved(Indicator(goal=goal or make_goal(), **values))


def make_measurement(indicator: Indicator, value: Any = "50", **fields: Any) -> Measurement:
    """A figure of the SWV over the school year 2025-2026."""
    values = {"organisation": indicator.goal.plan.organisation, **fields}
    values = {"period_start": YEAR[0], "period_end": YEAR[1], **values}
    return saved(Measurement(indicator=indicator, value=Decimal(value), **values))


def make_activity(goal: Goal, organisation: Organisation | None = None, **fields: Any) -> Activity:
    """An activity, of the SWV unless said otherwise."""
    values = {"title": "Visit every school", **fields}
    return saved(Activity(goal=goal, organisation=organisation or goal.plan.organisation, **values))


def make_amount(plan: Plan, goal: Goal | None = None, amount: str = "1000.00", **fields: Any) -> Deployment:
    """An amount of this school year, from the SWV to itself."""
    values = {"resource": "scholing", "giver": plan.organisation, "receiver": plan.organisation}
    values = {"school_year": current_year(plan), **values, **fields}
    return saved(Deployment(plan=plan, goal=goal, amount=Decimal(amount), **values))


@dataclass
class Workshop:
    """The workspace of the cast: a goal of the SWV alone, and one that board and school share."""

    plan: Plan
    shared: Goal
    private: Goal
    indicator: Indicator
    school_indicator: Indicator
    private_indicator: Indicator
    activity: Activity
    board_activity: Activity
    school_activity: Activity
    amount: Deployment
    school_amount: Deployment


def make_workshop(cast: Cast) -> Workshop:
    """What anna sees all of, and carla and femke a part each."""
    plan = make_plan(cast.swv)
    shared = make_goal(plan, title="Shared goal", owner=cast.anna)
    private = make_goal(plan, title="Secret goal", owner=cast.bram)
    indicator = make_indicator(shared, name="Figure of the SWV")
    make_measurement(indicator, "61.25")
    private_indicator = make_indicator(private, name="Secret figure")
    make_measurement(private_indicator, "73.75")
    school_indicator = make_indicator(shared, name="Figure of schools", level="school")
    make_measurement(school_indicator, "44.5", organisation=cast.school)
    return Workshop(
        plan,
        shared,
        private,
        indicator,
        school_indicator,
        private_indicator,
        activity=make_activity(shared, title="Task of the SWV"),
        board_activity=make_activity(shared, cast.board, title="Task of the board"),
        school_activity=make_activity(shared, cast.school, title="Task of the school"),
        amount=make_amount(plan, shared, "98765.43"),
        school_amount=make_amount(plan, shared, "1234.56", receiver=cast.school),
    )
