"""The plan as a whole: read, print, keep as a workbook, close a school year, and what the law asks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lnpo.ui.spreadsheets import xlsx_response
from templates.workspace import legal, locking
from templates.workspace import overview as glance
from templates.workspace.forms.plan import LegalForm, OpenYearForm
from templates.workspace.models import Activity, Deployment, Goal, Plan
from templates.workspace.permissions import may_manage
from templates.workspace.plan_sheet import in_tree, sheets
from templates.workspace.views.access import Desk, demand_work, open_desk, show


def own_plan(desk: Desk) -> Plan:
    """The plan, for members of the SWV.

    Raises:
        Http404: somebody of a board or school, or there is no plan yet.

    """
    if not desk.is_own or desk.plan is None:
        raise Http404
    return desk.plan


def _views(desk: Desk) -> list[glance.GoalView]:
    goals = Goal.objects.visible_to(desk.user).current().filter(plan=desk.plan)
    return glance.goal_views(desk.user, goals.select_related("plan", "owner", "topic"))


def _activities(desk: Desk) -> list[Activity]:
    rows = Activity.objects.visible_to(desk.user).current()
    rows = rows.filter(goal__plan=desk.plan, goal__removed_at__isnull=True)
    return list(rows.select_related("goal", "organisation", "person").order_by("goal__sort_order"))


@require_safe
@login_required
def plan(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """The whole plan on one page, which prints well, and its closed school years."""
    desk = open_desk(request, organisation_id)
    return _show_plan(request, desk, OpenYearForm())


def _show_plan(request: HttpRequest, desk: Desk, form: Any, year: int | None = None) -> HttpResponse:
    mine = own_plan(desk)
    closed = {
        lock.school_year: lock for lock in mine.locks.filter(opened_at=None).select_related("locked_by")
    }
    parts = legal.legal_parts(mine)
    return show(
        request,
        desk,
        "workspace/plan.html",
        "plan",
        plan=mine,
        tree=in_tree(_views(desk)),
        activities=_activities(desk),
        years=[(value, closed.get(value)) for value in mine.school_years()],
        may_manage=may_manage(desk.user, desk.organisation),
        form=form,
        form_year=year,
        legal_done=sum(part.is_finished for part in parts),
        legal_all=len(parts),
    )


@require_safe
@login_required
def plan_file(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """The plan as a workbook."""
    desk = open_desk(request, organisation_id)
    mine = own_plan(desk)
    amounts = Deployment.objects.visible_to(desk.user).filter(plan=mine)
    amounts = amounts.select_related("goal", "giver", "receiver", "via")
    return xlsx_response(mine.title, sheets(_views(desk), _activities(desk), amounts))


@require_POST
@login_required
def year_close(request: HttpRequest, organisation_id: UUID, year: int) -> HttpResponse:
    """Close a school year."""
    desk = open_desk(request, organisation_id)
    mine = own_plan(desk)
    try:
        locking.lock_year(desk.user, mine, year)
    except ValidationError as error:
        raise Http404 from error
    messages.success(request, _("The school year is closed. Figures and amounts of it cannot change now."))
    return redirect("workspace:plan", desk.organisation.pk)


@require_POST
@login_required
def year_open(request: HttpRequest, organisation_id: UUID, year: int) -> HttpResponse:
    """Open a closed school year, with a reason."""
    desk = open_desk(request, organisation_id)
    mine = own_plan(desk)
    if year not in mine.school_years():
        raise Http404
    if not may_manage(desk.user, desk.organisation):
        raise PermissionDenied
    form = OpenYearForm(request.POST)
    if not form.is_valid():
        return _show_plan(request, desk, form, year)
    locking.open_year(desk.user, mine, year, form.cleaned_data["reason"])
    messages.success(request, _("The school year is open again; your reason stands in the history."))
    return redirect("workspace:plan", desk.organisation.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def legal_parts(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """What the law asks of the plan, with how far each part is."""
    desk = open_desk(request, organisation_id)
    mine = own_plan(desk)
    parts = legal.legal_parts(mine)
    if request.method == "POST":
        demand_work(desk)
    form = LegalForm(request.POST if request.method == "POST" else None, parts=parts)
    if request.method == "POST" and form.is_valid():
        legal.set_legal_parts(desk.user, mine, form.answers())
        messages.success(request, _("Saved."))
        return redirect("workspace:legal_parts", desk.organisation.pk)
    return show(request, desk, "workspace/legal_parts.html", "plan", parts=parts, form=form)
