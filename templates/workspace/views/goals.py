"""One goal: read it, change it, and what hangs on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lnpo.organisations.models import OrganisationKind
from templates.library.enums import Level
from templates.workspace import editing
from templates.workspace import overview as glance
from templates.workspace.forms.goals import ActivityForm, GoalForm, IndicatorForm
from templates.workspace.history import history
from templates.workspace.models import Activity, Goal, Indicator
from templates.workspace.permissions import may_manage, responsible_for, writing_memberships
from templates.workspace.upstream.newer import at_a_glance, last_merge
from templates.workspace.views.access import Desk, demand_work, goal_or_404, open_desk, show

WRITE = ["GET", "HEAD", "POST"]
LEVEL_OF_KIND = {OrganisationKind.BOARD: Level.BOARD, OrganisationKind.SCHOOL: Level.SCHOOL}


@require_safe
@login_required
def goal(request: HttpRequest, organisation_id: UUID, goal_id: UUID) -> HttpResponse:
    """The goal with its indicators, money, activities, questions and history."""
    desk = open_desk(request, organisation_id)
    shown = goal_or_404(desk, goal_id)
    year = glance.current_year(shown.plan)
    view = glance.goal_views(desk.user, [shown], year)[0]
    current = Activity.objects.visible_to(desk.user).current().filter(goal=shown)
    activities = list(current.select_related("organisation", "person"))
    questions = list(shown.questions.current()) if desk.is_own else []
    known = {
        "indicators": [item.indicator for item in view.indicators],
        "activities": activities,
        "questions": questions,
    }
    return show(
        request,
        desk,
        "workspace/goal.html",
        "goals",
        view=view,
        goal=shown,
        year=year,
        activities=activities,
        questions=questions,
        events=history(shown) if desk.is_own else [],
        may_share=may_manage(desk.user, desk.organisation),
        standing=at_a_glance(shown, known) if desk.is_own else None,
        merge=last_merge(shown) if desk.may_work else None,
        measurable_ids=_measurable_by(desk, shown, view),
    )


def _measurable_by(desk: Desk, goal: Goal, view: glance.GoalView) -> set[UUID]:
    """Indicators that this person may measure: all for who works here, else those of the own level."""
    indicators = [item.indicator for item in view.indicators]
    if desk.may_work:
        return {indicator.pk for indicator in indicators}
    kinds = responsible_for(goal).filter(pk__in=writing_memberships(desk.user)).values_list("kind", flat=True)
    levels = {LEVEL_OF_KIND[OrganisationKind(kind)] for kind in kinds if kind in LEVEL_OF_KIND}
    return {indicator.pk for indicator in indicators if indicator.level in levels}


@require_http_methods(WRITE)
@login_required
def goal_create(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Add a goal of one's own."""
    desk = open_desk(request, organisation_id)
    demand_work(desk)
    form = GoalForm(
        request.POST if request.method == "POST" else None,
        organisation=desk.organisation,
        initial={"owner": desk.user},
    )
    if request.method == "POST" and form.is_valid():
        plan = desk.plan or _first_plan(desk)
        values = {name: form.cleaned_data[name] for name in GoalForm.Meta.fields}
        added = editing.add_goal(desk.user, plan, form.cleaned_data["once"], **values)
        messages.success(request, _("The goal stands in your plan. Add indicators to follow it."))
        return redirect("workspace:goal", desk.organisation.pk, added.pk)
    return show(request, desk, "workspace/goal_form.html", "goals", form=form)


def _first_plan(desk: Desk) -> Any:
    from templates.workspace.adoption import first_plan
    from templates.workspace.forms.adoption import AdoptionForm

    return first_plan(desk.user, desk.organisation, **AdoptionForm.new_plan_values(desk.organisation))


@require_http_methods(WRITE)
@login_required
def goal_edit(request: HttpRequest, organisation_id: UUID, goal_id: UUID) -> HttpResponse:
    """Change the text of a goal; who is second sees both texts."""
    desk = open_desk(request, organisation_id)
    shown = goal_or_404(desk, goal_id)
    demand_work(desk)
    form = GoalForm(
        request.POST if request.method == "POST" else None, instance=shown, organisation=desk.organisation
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in GoalForm.Meta.fields}
        stored = goal_or_404(desk, goal_id)
        try:
            editing.change_goal(desk.user, stored, form.cleaned_data["seen_version"] or 0, **values)
        except editing.EditConflictError as error:
            conflict = _both_texts(form, error.current)
            form.data = form.data.copy()  # type: ignore[attr-defined]
            form.data["seen_version"] = str(error.current.version)  # type: ignore[index]
        else:
            messages.success(request, _("Saved."))
            return redirect("workspace:goal", desk.organisation.pk, goal_id)
    status = 409 if conflict else 200
    return show(
        request, desk, "workspace/goal_form.html", "goals", status, form=form, goal=shown, conflict=conflict
    )


def _both_texts(form: Any, current: Any) -> list[dict[str, Any]]:
    """Per field that differs what the other person saved and what was typed here."""
    return [
        {
            "label": form.fields[name].label,
            "theirs": getattr(current, name) or "–",
            "mine": form.cleaned_data[name] or "–",
        }
        for name in form.Meta.fields
        if getattr(current, name) != form.cleaned_data[name]
    ]


@require_http_methods(WRITE)
@login_required
def goal_remove(request: HttpRequest, organisation_id: UUID, goal_id: UUID) -> HttpResponse:
    """Take a goal out of the plan, after a question."""
    desk = open_desk(request, organisation_id)
    shown = goal_or_404(desk, goal_id)
    demand_work(desk)
    if request.method == "POST":
        editing.remove_goal(desk.user, shown)
        messages.success(request, _("The goal was taken out of the plan. Its figures are kept."))
        return redirect("workspace:goals", desk.organisation.pk)
    return show(request, desk, "workspace/goal_remove.html", "goals", goal=shown)


def part_or_404(desk: Desk, model: Any, pk: UUID) -> Any:
    """An indicator or activity of this workspace that this person may see."""
    rows = model.objects.visible_to(desk.user).current().select_related("goal__plan__organisation")
    found = rows.filter(
        pk=pk, goal__plan__organisation=desk.organisation, goal__removed_at__isnull=True
    ).first()
    if found is None:
        raise Http404
    return found


def _edit_part(
    request: HttpRequest, desk: Desk, goal: Goal, form: Any, before: Any, heading: str
) -> HttpResponse:
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["seen_version"]
            editing.save_part(desk.user, goal, form.save(commit=False), before, seen)
        except editing.EditConflictError as error:
            conflict = _both_texts(form, error.current)
            form.data = form.data.copy()
            form.data["seen_version"] = str(error.current.version)
        else:
            messages.success(request, _("Saved."))
            return redirect("workspace:goal", desk.organisation.pk, goal.pk)
    return show(
        request,
        desk,
        "workspace/part_form.html",
        "goals",
        409 if conflict is not None else 200,
        form=form,
        goal=goal,
        heading=heading,
        conflict=conflict,
    )


@require_http_methods(WRITE)
@login_required
def indicator_create(request: HttpRequest, organisation_id: UUID, goal_id: UUID) -> HttpResponse:
    """Add an indicator to a goal."""
    desk = open_desk(request, organisation_id)
    shown = goal_or_404(desk, goal_id)
    demand_work(desk)
    form = IndicatorForm(request.POST if request.method == "POST" else None)
    return _edit_part(request, desk, shown, form, None, _("New indicator"))


@require_http_methods(WRITE)
@login_required
def indicator_edit(request: HttpRequest, organisation_id: UUID, indicator_id: UUID) -> HttpResponse:
    """Change an indicator."""
    desk = open_desk(request, organisation_id)
    indicator = part_or_404(desk, Indicator, indicator_id)
    demand_work(desk)
    form = IndicatorForm(request.POST if request.method == "POST" else None, instance=indicator)
    return _edit_part(
        request, desk, indicator.goal, form, part_or_404(desk, Indicator, indicator_id), _("Change indicator")
    )


@require_http_methods(WRITE)
@login_required
def activity_create(request: HttpRequest, organisation_id: UUID, goal_id: UUID) -> HttpResponse:
    """Add an activity to a goal."""
    desk = open_desk(request, organisation_id)
    shown = goal_or_404(desk, goal_id)
    demand_work(desk)
    form = ActivityForm(request.POST if request.method == "POST" else None, organisation=desk.organisation)
    return _edit_part(request, desk, shown, form, None, _("New activity"))


@require_http_methods(WRITE)
@login_required
def activity_edit(request: HttpRequest, organisation_id: UUID, activity_id: UUID) -> HttpResponse:
    """Change an activity."""
    desk = open_desk(request, organisation_id)
    activity = part_or_404(desk, Activity, activity_id)
    demand_work(desk)
    form = ActivityForm(
        request.POST if request.method == "POST" else None, instance=activity, organisation=desk.organisation
    )
    return _edit_part(
        request, desk, activity.goal, form, part_or_404(desk, Activity, activity_id), _("Change activity")
    )
