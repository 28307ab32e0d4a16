"""Verbs on goals, indicators, activities and amounts: change something, and keep who changed what."""

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.audit.trail import changed_fields, record
from lnpo.page_cache import bump_on_commit
from templates.workspace.answering import asked_anew
from templates.workspace.models import Activity, Deployment, Goal, Indicator, Plan
from templates.workspace.permissions import may_edit_goal, may_report, may_work_in


class EditConflictError(Exception):
    """Somebody else saved it in the meantime; ``current`` is how it stands now."""

    def __init__(self, current: Any) -> None:
        self.current = current
        super().__init__("edit conflict")


def _lock(plan: Plan) -> None:
    Plan.objects.unscoped("lock the plan: a form may be sent twice at once").filter(pk=plan.pk).update(
        first_year=plan.first_year
    )


def _unused(model: type[Goal] | type[Deployment], once: UUID | None) -> UUID:
    """``once``, or another id when a row of somebody else has it."""
    taken = once is None or model.objects.unscoped("only whether it is taken").filter(pk=once).exists()
    return uuid4() if once is None or taken else once


def add_goal(user: User, plan: Plan, once: UUID | None = None, **values: Any) -> Goal:
    """Add a goal of one's own to ``plan``; with the same ``once`` again it is the same goal.

    Raises:
        PermissionDenied: ``user`` does not work in the workspace.

    """
    if not may_work_in(user, plan.organisation):
        raise PermissionDenied
    with transaction.atomic():
        _lock(plan)
        known: Goal | None = plan.goals.filter(pk=once).first() if once else None
        if known is not None:
            return known
        goal = Goal(pk=_unused(Goal, once), plan=plan, sort_order=plan.goals.count() + 1, **values)
        goal.save()
        record(
            user, "goal.added", goal, changes={"title": (None, goal.title)}, organisation=plan.organisation
        )
    return goal


def change_goal(user: User, goal: Goal, seen_version: int, **values: Any) -> None:
    """Save ``values`` on ``goal`` if nobody saved it since ``seen_version`` was shown.

    Raises:
        PermissionDenied: ``user`` may not edit the goal.
        EditConflictError: somebody did; nothing is saved.

    """
    if not may_edit_goal(user, goal):
        raise PermissionDenied
    with transaction.atomic():
        mine = Goal.objects.unscoped("permission was checked above").filter(pk=goal.pk)
        if not mine.filter(version=seen_version).update(version=F("version") + 1):
            raise EditConflictError(mine.select_related("plan__organisation").get())
        stored = mine.get()
        changes = changed_fields(stored, values)
        for name, value in values.items():
            setattr(stored, name, value)
        stored.save(update_fields=list(values))
        if changes:
            record(user, "goal.changed", stored, changes=changes, organisation=goal.plan.organisation)


def remove_goal(user: User, goal: Goal) -> None:
    """Take ``goal`` out of the plan; it stays as a tombstone, with its figures.

    Raises:
        PermissionDenied: ``user`` may not edit the goal.

    """
    if not may_edit_goal(user, goal):
        raise PermissionDenied
    with transaction.atomic():
        goal.removed_at = timezone.now()
        goal.save(update_fields=["removed_at"])
        record(
            user,
            "goal.removed",
            goal,
            changes={"title": (goal.title, None)},
            organisation=goal.plan.organisation,
        )
        bump_on_commit()


def save_part(
    user: User, goal: Goal, part: Indicator | Activity, before: Any, seen_version: int | None = None
) -> None:
    """Add or change an indicator or activity of ``goal``; ``before`` is how it stood, if it did.

    Raises:
        PermissionDenied: ``user`` may not edit the goal.
        EditConflictError: somebody saved it since ``seen_version`` was shown; nothing is saved.

    """
    if not may_edit_goal(user, goal):
        raise PermissionDenied
    noun = part._meta.model_name
    with transaction.atomic():
        part.goal = goal
        if before is not None:
            seen = before.version if seen_version is None else seen_version
            mine = type(part).objects.unscoped("permission was checked above").filter(pk=part.pk)
            if not mine.filter(version=seen).update(version=F("version") + 1):
                raise EditConflictError(mine.get())
            part.version = seen + 1
        if isinstance(part, Activity):
            asked_anew(user, part, before)
        part.save()
        changes = _differences(before, part) if before else {"title": (None, str(part))}
        if changes:
            action = f"{noun}.changed" if before else f"{noun}.added"
            record(
                user,
                action,
                part,
                changes={**changes, "goal": (None, goal)},
                organisation=goal.plan.organisation,
            )


def report_activity(user: User, activity: Activity, status: str, progress_note: str) -> None:
    """Say how far an activity is.

    Raises:
        PermissionDenied: ``user`` is not responsible for it and does not work in the workspace.

    """
    if not may_report(user, activity):
        raise PermissionDenied
    with transaction.atomic():
        changes = changed_fields(activity, {"status": status, "progress_note": progress_note})
        if not changes:
            return
        activity.status, activity.progress_note = status, progress_note
        activity.save(update_fields=["status", "progress_note"])
        record(
            user,
            "activity.reported",
            activity,
            changes={**changes, "title": (None, activity.title), "goal": (None, activity.goal_id)},
            organisation=activity.goal.plan.organisation,
        )


def save_deployment(
    user: User, plan: Plan, deployment: Deployment, before: Deployment | None, once: UUID | None = None
) -> None:
    """Add or change an amount of ``plan``; adding with the same ``once`` again adds nothing.

    Raises:
        PermissionDenied: ``user`` does not work in the workspace.

    """
    if not may_work_in(user, plan.organisation):
        raise PermissionDenied
    with transaction.atomic():
        if before is None:
            _lock(plan)
            if once and plan.deployments.filter(pk=once).exists():
                return
            deployment.pk = _unused(Deployment, once)
        deployment.plan = plan
        deployment.save()
        changes: dict[str, tuple[Any, Any]] = (
            _differences(before, deployment) if before else {"amount": (None, deployment.amount)}
        )
        if changes:
            action = "deployment.changed" if before else "deployment.added"
            changes["goal"] = (None, deployment.goal_id)
            record(user, action, deployment, changes=changes, organisation=plan.organisation)


def remove_deployment(user: User, deployment: Deployment) -> None:
    """Take an amount away; the audit trail keeps it.

    Raises:
        PermissionDenied: ``user`` does not work in the workspace.

    """
    organisation = deployment.plan.organisation
    if not may_work_in(user, organisation):
        raise PermissionDenied
    with transaction.atomic():
        changes = {"amount": (deployment.amount, None), "goal": (deployment.goal_id, None)}
        record(user, "deployment.removed", deployment, changes=changes, organisation=organisation)
        deployment.delete()


def _differences(before: Model, after: Model) -> dict[str, tuple[Any, Any]]:
    names = [field.attname for field in after._meta.concrete_fields if field.editable]
    return {
        name: (getattr(before, name), getattr(after, name))
        for name in names
        if getattr(before, name) != getattr(after, name)
    }
