"""The entrance, the overview, and the lists of a workspace."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lnpo.accounts.models import User
from lnpo.organisations.models import today
from lnpo.organisations.switch import chosen_organisation
from templates.workspace import overview as glance
from templates.workspace.enums import Light
from templates.workspace.models import Activity, Deployment, Goal
from templates.workspace.money import ledger
from templates.workspace.views.access import Desk, open_desk, show


@require_safe
@login_required
def entrance(request: HttpRequest) -> HttpResponse:
    """To the only workspace or that of the chosen organisation; otherwise a choice or an explanation."""
    assert isinstance(request.user, User)
    organisations = glance.workspaces_of(request.user)
    if len(organisations) == 1:
        return redirect("workspace:overview", organisations[0].pk)
    chosen = chosen_organisation(request)
    if chosen is not None and chosen in organisations and "alle" not in request.GET:
        return redirect("workspace:overview", chosen.pk)
    return render(request, "workspace/entrance.html", {"organisations": organisations})


def _views(desk: Desk, deployments: list[Deployment] | None = None) -> list[glance.GoalView]:
    if desk.plan is None:
        return []
    goals = Goal.objects.visible_to(desk.user).current().filter(plan=desk.plan)
    return glance.goal_views(
        desk.user, goals.select_related("plan", "owner", "topic"), glance.current_year(desk.plan), deployments
    )


@require_safe
@login_required
def overview(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """What is going on: what waits for me first, then the goals."""
    desk = open_desk(request, organisation_id)
    deployments = list(Deployment.objects.visible_to(desk.user).filter(plan=desk.plan))
    views = _views(desk, deployments)
    activities = (
        Activity.objects.visible_to(desk.user)
        .current()
        .filter(goal__plan=desk.plan, goal__removed_at__isnull=True, status__in=glance.OPEN)
    )
    year = glance.current_year(desk.plan) if desk.plan else None
    return show(
        request,
        desk,
        "workspace/overview.html",
        "overview",
        views=views,
        tasks=glance.waiting_for(desk.user, desk.organisation),
        lights=[(light, sum(view.light is light for view in views)) for light in Light],
        to_measure=glance.to_measure(views),
        open_activities=activities.count() if desk.plan else 0,
        year=year,
        book=ledger(deployments, year),
    )


@require_safe
@login_required
def goals(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """All goals of the plan."""
    desk = open_desk(request, organisation_id)
    return show(request, desk, "workspace/goals.html", "goals", views=_views(desk))


@require_safe
@login_required
def activities(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """All activities that I see, or only mine."""
    desk = open_desk(request, organisation_id)
    rows = (
        Activity.objects.visible_to(desk.user)
        .current()
        .filter(goal__plan=desk.plan, goal__removed_at__isnull=True)
        .select_related("goal__plan__organisation", "organisation", "person")
        .order_by("goal__sort_order", "sort_order")
    )
    mine = request.GET.get("wie") == "ik"
    if mine:
        rows = rows.filter(person=desk.user)
    return show(
        request,
        desk,
        "workspace/activities.html",
        "activities",
        activities=list(rows),
        mine=mine,
        today=today(),
    )


@require_safe
@login_required
def money(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Amounts per goal in one school year; what is not linked stands below them."""
    desk = open_desk(request, organisation_id)
    years = desk.plan.school_years() if desk.plan else []
    asked = request.GET.get("jaar", "")
    year = (
        int(asked)
        if asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in years
        else None
    )
    year = year or (glance.current_year(desk.plan) if desk.plan else None)
    rows = list(
        Deployment.objects.visible_to(desk.user)
        .filter(plan=desk.plan, school_year=year)
        .select_related("goal", "giver", "receiver", "via")
    )
    goals = list(Goal.objects.visible_to(desk.user).current().filter(plan=desk.plan)) if desk.plan else []
    book = ledger(rows)
    return show(
        request,
        desk,
        "workspace/money.html",
        "money",
        book=book,
        lines=[(goal, book.per_goal[goal.pk]) for goal in goals if goal.pk in book.per_goal],
        elsewhere=ledger(row for row in rows if row.goal_id and row.goal not in goals).total,
        rows=rows,
        years=years,
        year=year,
    )


@require_safe
@login_required
def team(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Who works in this workspace."""
    desk = open_desk(request, organisation_id)
    return show(request, desk, "workspace/team.html", "team", members=glance.team(desk.organisation))
