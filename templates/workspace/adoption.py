"""Adopt a version of a goal template into a plan: whole or in part, all or nothing."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.models import Organisation
from lnpo.page_cache import bump_on_commit
from lnpo.topics.models import Topic
from templates.library.enums import Level
from templates.library.merging import FIELDS
from templates.library.models import GoalTemplateVersion
from templates.workspace.enums import PlanKind
from templates.workspace.models import (
    Activity,
    ConversationQuestion,
    Goal,
    Indicator,
    Plan,
    PlannedResource,
)
from templates.workspace.permissions import may_work_in


class AlreadyAdoptedError(ValidationError):
    """The plan already has this template; ``goal`` is where it stands."""

    def __init__(self, goal: Goal) -> None:
        self.goal = goal
        super().__init__(_("This goal template already stands in the plan."), code="already_adopted")


def start_plan(user: User, organisation: Organisation, title: str, first_year: int, years: int) -> Plan:
    """Open a plan for ``organisation``.

    Raises:
        PermissionDenied: ``user`` does not work in this workspace.

    """
    if not may_work_in(user, organisation):
        raise PermissionDenied
    with transaction.atomic():
        kind = PlanKind.YEAR if years == 1 else PlanKind.SUPPORT
        plan = Plan(organisation=organisation, title=title, first_year=first_year, years=years, kind=kind)
        plan.save()
        record(user, "plan.started", plan, changes={"title": (None, title)}, organisation=organisation)
    return plan


def first_plan(user: User, organisation: Organisation, title: str, first_year: int, years: int) -> Plan:
    """The plan of ``organisation``; opened when there is none. Two people at once get the same one.

    Raises:
        PermissionDenied: ``user`` does not work in this workspace.

    """
    if not may_work_in(user, organisation):
        raise PermissionDenied
    with transaction.atomic():
        # The row of the organisation is what both wait for; a plan that does not exist cannot be locked.
        Organisation.objects.filter(pk=organisation.pk).update(kind=organisation.kind)
        known: Plan | None = Plan.objects.visible_to(user).filter(organisation=organisation).first()
        return known or start_plan(user, organisation, title, first_year, years)


def adopt(
    user: User,
    version: GoalTemplateVersion,
    plan: Plan,
    chosen: Collection[str] | None = None,
    title: str = "",
) -> Goal:
    """Copy ``version`` into ``plan`` as a goal of its own.

    Args:
        user: who adopts.
        version: what is adopted.
        plan: into which plan.
        chosen: uids of the indicators, activities, resources and questions to take along; ``None`` is all.
        title: what the goal is called here; empty keeps the title of the template.

    Raises:
        PermissionDenied: ``user`` does not work in the workspace of the plan.
        AlreadyAdoptedError: the plan has this template already, also when it was removed there.

    """
    if not may_work_in(user, plan.organisation):
        raise PermissionDenied
    uid = str(version.template_uid)
    with transaction.atomic():
        Plan.objects.unscoped("lock the plan: two people may adopt at once").filter(pk=plan.pk).update(
            first_year=plan.first_year
        )
        existing = plan.goals.filter(template_uid=uid).first()
        if existing is not None:
            raise AlreadyAdoptedError(existing)
        goal = _copy_goal(user, version, plan, title)
        nodes = {
            kind: [node for node in version.content[kind] if chosen is None or node["uid"] in chosen]
            for kind in ("indicators", "activities", "resources", "questions")
        }
        _copy_nodes(goal, version.number, nodes)
        record(
            user,
            "goal.adopted",
            goal,
            changes={"title": (None, goal.title), "template": (None, f"{version.title} ({version.number})")},
            organisation=plan.organisation,
        )
        bump_on_commit()
    return goal


def _copy_goal(user: User, version: GoalTemplateVersion, plan: Plan, title: str) -> Goal:
    node = version.content["goal"]
    last = plan.goals.aggregate(last=Max("sort_order"))["last"]
    goal = Goal(
        plan=plan,
        title=title.strip() or node["title"],
        rationale=node["rationale"],
        objective=node["strategic_objective"],
        topic=Topic.objects.filter(key=node["theme"]).first(),
        owner=user,
        template_version=version,
        template_uid=str(version.template_uid),
        base_version=version.number,
        base=node,
        sort_order=(last or 0) + 1,
    )
    goal.save()
    return goal


def _copy_nodes(goal: Goal, number: int, nodes: dict[str, list[dict[str, Any]]]) -> None:
    for model, kind in (
        (Indicator, "indicators"),
        (Activity, "activities"),
        (PlannedResource, "resources"),
        (ConversationQuestion, "questions"),
    ):
        rows = [row_of(goal, kind, node, number, order) for order, node in enumerate(nodes[kind])]
        model.objects.bulk_create(rows)


def row_of(goal: Goal, kind: str, node: dict[str, Any], number: int, order: int) -> Any:
    """A row under ``goal`` for a node of version ``number``; not stored yet."""
    origin = {
        "goal": goal,
        "template_uid": node["uid"],
        "base_version": number,
        "base": node,
        "sort_order": order,
    }
    fields = {name: node.get(name, "") for name in FIELDS[kind]}
    if kind == "indicators":
        return Indicator(**origin, **fields, target_on=goal.plan.ends_on)
    if kind == "activities":
        swv = goal.plan.organisation if node["level"] == Level.SWV else None
        return Activity(**origin, **fields, organisation=swv)
    return (PlannedResource if kind == "resources" else ConversationQuestion)(**origin, **fields)


def count_adoptions(template_uids: list[Any]) -> dict[Any, int]:
    """Per template uid the number of organisations with a goal from it; one query, numbers only."""
    wanted = {str(uid): uid for uid in template_uids}
    pairs = (
        Goal.objects.unscoped("only numbers leave the workspaces")
        .current()
        .filter(template_uid__in=wanted)
        .values_list("template_uid", "plan__organisation")
        .distinct()
        .order_by()
    )
    counts: dict[Any, int] = {}
    for uid, _organisation in pairs:
        counts[wanted[uid]] = counts.get(wanted[uid], 0) + 1
    return counts
