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
    organisation = goal.plan.organisation

    def origin(node: dict[str, Any]) -> dict[str, Any]:
        return {"goal": goal, "template_uid": node["uid"], "base_version": number, "base": node}

    Indicator.objects.bulk_create(
        Indicator(
            **origin(node),
            **{
                name: node[name]
                for name in (
                    "name",
                    "kind",
                    "unit",
                    "direction",
                    "level",
                    "measurement",
                    "source",
                    "frequency",
                )
            },
            target_on=goal.plan.ends_on,
            sort_order=order,
        )
        for order, node in enumerate(nodes["indicators"])
    )
    Activity.objects.bulk_create(
        Activity(
            **origin(node),
            title=node["title"],
            level=node["level"],
            role=node["role"],
            period=node.get("period", ""),
            organisation=organisation if node["level"] == "swv" else None,
            sort_order=order,
        )
        for order, node in enumerate(nodes["activities"])
    )
    PlannedResource.objects.bulk_create(
        PlannedResource(**origin(node), kind=node["kind"]) for node in nodes["resources"]
    )
    ConversationQuestion.objects.bulk_create(
        ConversationQuestion(**origin(node), phase=node["phase"], text=node["text"], sort_order=order)
        for order, node in enumerate(nodes["questions"])
    )


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
