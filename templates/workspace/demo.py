"""Demo content: a workspace with a history of two school years, and a small one of another SWV."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from lnpo.accounts.models import User
from lnpo.organisations.models import Organisation, OrganisationCode, today
from templates.library.demo import improve
from templates.library.enums import IndicatorKind, Unit
from templates.library.models import GoalTemplatePage, GoalTemplateVersion
from templates.library.versions import newest
from templates.workspace.adoption import adopt, start_plan
from templates.workspace.measuring import measure
from templates.workspace.models import Deployment, Goal, Plan
from templates.workspace.periods import school_year_of
from templates.workspace.upstream.newer import take_over

CONTENT = Path(__file__).parent / "demo_content" / "workspace.yaml"


@transaction.atomic
def load() -> None:
    """Fill the workspaces that have no plan yet; one that has is left alone."""
    content = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    anna = User.objects.get(email="anna@example.org")
    plan = _plan(anna, content["plan"])
    if plan is not None:
        for row in content["goals"]:
            _goal(anna, plan, row)
        for row in content["unlinked"]:
            _amount(plan, None, row)
    other = content["other"]
    daan = User.objects.get(email=other["owner"])
    small = _plan(daan, other)
    if small is not None:
        goal = adopt(daan, _version(other["template"]), small)
        improve()
        take_over(daan, goal, {})


def _organisation(code: str) -> Organisation:
    return OrganisationCode.objects.select_related("organisation").get(value=code).organisation


def _version(code: str) -> GoalTemplateVersion:
    version = newest(GoalTemplatePage.objects.get(code=code).template_uid)
    assert version is not None
    return version


def _plan(user: User, row: dict[str, Any]) -> Plan | None:
    organisation = _organisation(row["organisation"])
    if Plan.objects.unscoped("demo content").filter(organisation=organisation).exists():
        return None
    first_year = school_year_of(today()) - row["started_years_ago"]
    return start_plan(user, organisation, row["title"], first_year, row["years"])


def _goal(user: User, plan: Plan, row: dict[str, Any]) -> None:
    goal = adopt(user, _version(row["template"]), plan)
    goal.owner = User.objects.get(email=row["owner"])
    goal.interpretation = row["interpretation"]
    if row.get("next_conversation_in_days"):
        goal.next_conversation_on = today() + timedelta(days=row["next_conversation_in_days"])
    goal.save()
    _measurements(user, goal, row)
    _activities(goal, row["activities"])
    for amount in row["amounts"]:
        _amount(plan, goal, amount)


def _measurements(user: User, goal: Goal, row: dict[str, Any]) -> None:
    indicators = list(goal.indicators.order_by("sort_order"))
    swv = goal.plan.organisation
    for item in row["indicators"]:
        indicator = indicators[item["index"]]
        indicator.baseline, indicator.target = Decimal(item["baseline"]), Decimal(item["target"])
        indicator.baseline_on, indicator.target_on = goal.plan.starts_on, goal.plan.ends_on
        indicator.save()
        for point in item["measurements"]:
            values = {
                name: Decimal(point[name]) for name in ("value", "numerator", "denominator") if name in point
            }
            values.update({name: point[name] for name in ("note", "breaks_series") if name in point})
            measure(user, indicator, swv, _period(goal.plan, point), **values)
    observed = next((item for item in indicators if item.kind == IndicatorKind.NOTICEABLE), None)
    if observed is not None and row["noticed"]:
        if not observed.uses_level:
            observed.unit = Unit.SCALE
        observed.target, observed.baseline = Decimal(4), Decimal(1)
        observed.baseline_on = goal.plan.starts_on
        observed.save()
        for point in row["noticed"]:
            period = _period(goal.plan, point)
            measure(
                user,
                observed,
                swv,
                period,
                noticed=point["level"],
                story=point["story"],
                observer=point["observer"],
                observed_on=period[1],
            )


def _period(plan: Plan, point: dict[str, Any]) -> tuple[date, date]:
    """A quarter or a whole school year of the plan."""
    year = plan.first_year + point["year"]
    if "quarter" not in point:
        return date(year, 8, 1), date(year + 1, 7, 31)
    starts = [
        date(year, 8, 1),
        date(year, 11, 1),
        date(year + 1, 2, 1),
        date(year + 1, 5, 1),
        date(year + 1, 8, 1),
    ]
    return starts[point["quarter"] - 1], starts[point["quarter"]] - timedelta(days=1)


def _activities(goal: Goal, rows: list[dict[str, Any]]) -> None:
    activities = list(goal.activities.order_by("sort_order"))
    for row in rows:
        if row["index"] < len(activities):
            activity = activities[row["index"]]
            activity.person = User.objects.get(email=row["person"])
            activity.organisation = _organisation(row["organisation"])
            activity.status = row["status"]
            activity.ends_on = today() + timedelta(days=row["ends_in_days"])
            activity.progress_note = row["note"]
            activity.save()


def _amount(plan: Plan, goal: Goal | None, row: dict[str, Any]) -> None:
    Deployment(
        plan=plan,
        goal=goal,
        stage=row["stage"],
        school_year=plan.first_year + row["year"],
        resource=row["resource"],
        amount=Decimal(row["amount"]),
        giver=_organisation(row["giver"]),
        via=_organisation(row["via"]) if row.get("via") else None,
        receiver=_organisation(row["receiver"]),
        note=row["note"],
    ).save()
