"""The plan as a whole: to print, and as a workbook."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from lnpo.ui.dutch_format import school_year
from templates.workspace.models import Activity, Deployment
from templates.workspace.overview import GoalView

Sheet = tuple[list[Any], list[list[Any]]]


def in_tree(views: Iterable[GoalView]) -> list[tuple[int, GoalView]]:
    """Goals with their depth: each is followed by the goals that are part of it."""
    views = list(views)
    known = {view.goal.pk for view in views}
    below: dict[Any, list[GoalView]] = {}
    for view in views:
        parent = view.goal.parent_id if view.goal.parent_id in known else None
        below.setdefault(parent, []).append(view)
    placed: list[tuple[int, GoalView]] = []

    def place(parent: Any, depth: int) -> None:
        for view in below.pop(parent, []):
            placed.append((depth, view))
            place(view.goal.pk, depth + 1)

    place(None, 0)
    # A ring of parents hangs nowhere; nothing of the plan may be out of sight.
    return [*placed, *((0, view) for rows in below.values() for view in rows)]


def sheets(
    views: Iterable[GoalView], activities: Iterable[Activity], deployments: Iterable[Deployment]
) -> dict[str, Sheet]:
    """Goals, indicators, activities and resources, each on a sheet of its own."""
    views = list(views)
    return {
        _("Goals"): _goals(views),
        _("Indicators"): _indicators(views),
        _("Activities"): _activities(activities),
        _("Resources"): _amounts(deployments),
    }


def _goals(views: list[GoalView]) -> Sheet:
    header = [_("Goal"), _("Part of"), _("Why"), _("What we want to reach"), _("Owner"), _("Status")]
    titles: dict[Any, str] = {view.goal.pk: view.goal.title for view in views}
    rows = [
        [
            view.goal.title,
            titles.get(view.goal.parent_id, ""),
            view.goal.rationale,
            view.goal.objective,
            view.goal.owner or "",
            view.light.label,
        ]
        for _depth, view in in_tree(views)
    ]
    return header, rows


def _indicators(views: list[GoalView]) -> Sheet:
    header = [
        _("Goal"),
        _("Indicator"),
        _("Kind"),
        _("Unit"),
        _("Baseline"),
        _("Target"),
        _("Last measured"),
        _("Up to and including"),
        _("Status"),
    ]
    rows = []
    for view in views:
        for item in view.indicators:
            indicator, latest = item.indicator, item.standing.latest
            rows.append(
                [
                    view.goal.title,
                    indicator.name,
                    indicator.get_kind_display(),
                    indicator.get_unit_display(),
                    indicator.baseline,
                    indicator.target,
                    latest.figure if latest else None,
                    latest.period_end if latest else None,
                    item.standing.light.label,
                ]
            )
    return header, rows


def _activities(activities: Iterable[Activity]) -> Sheet:
    header = [
        _("Goal"),
        _("Activity"),
        _("Responsible organisation"),
        _("Responsible person"),
        _("Up to and including"),
        _("Status"),
        _("How it goes"),
    ]
    rows = [
        [
            row.goal.title,
            row.title,
            row.organisation.name if row.organisation else "",
            row.person or "",
            row.ends_on,
            row.get_status_display(),
            row.progress_note,
        ]
        for row in activities
    ]
    return header, rows


def _amounts(deployments: Iterable[Deployment]) -> Sheet:
    header = [
        _("Goal"),
        _("School year"),
        _("Stage"),
        _("Spent on"),
        _("Amount"),
        _("Fte"),
        _("Hours per week"),
        _("From"),
        _("By way of"),
        _("To"),
        _("Note"),
    ]
    rows = [
        [
            row.goal.title if row.goal else _("Not linked to a goal"),
            school_year(row.school_year),
            row.get_stage_display(),
            row.get_resource_display(),
            row.amount,
            row.fte,
            row.hours_per_week,
            row.giver.name,
            row.via.name if row.via else "",
            row.receiver.name,
            row.note,
        ]
        for row in deployments
    ]
    return header, rows
