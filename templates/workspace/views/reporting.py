"""Report: a measurement, an activity, an amount."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lnpo.organisations.models import Organisation
from templates.workspace import editing
from templates.workspace.forms.goals import ActivityReportForm
from templates.workspace.forms.measuring import MeasurementForm
from templates.workspace.forms.money import DeploymentForm
from templates.workspace.locking import PeriodLockedError
from templates.workspace.measuring import measure
from templates.workspace.models import Activity, Deployment, Indicator
from templates.workspace.permissions import may_measure, may_report
from templates.workspace.views.access import Desk, demand_work, open_desk, show
from templates.workspace.views.goals import WRITE, part_or_404


@require_http_methods(WRITE)
@login_required
def measurement_create(request: HttpRequest, organisation_id: UUID, indicator_id: UUID) -> HttpResponse:
    """Enter or correct what was measured or noticed."""
    desk = open_desk(request, organisation_id)
    indicator: Indicator = part_or_404(desk, Indicator, indicator_id)
    mine = _organisations_to_measure_for(desk, indicator)
    if not mine.exists():
        raise PermissionDenied
    form = MeasurementForm(
        request.POST if request.method == "POST" else None, indicator=indicator, organisations=mine
    )
    if request.method == "POST" and form.is_valid() and _save_measurement(desk, indicator, form):
        messages.success(request, _("The measurement has been entered."))
        return redirect("workspace:goal", desk.organisation.pk, indicator.goal_id)
    return show(request, desk, "workspace/measurement_form.html", "goals", form=form, indicator=indicator)


def _organisations_to_measure_for(desk: Desk, indicator: Indicator) -> Any:
    mine = Organisation.objects.of_member(desk.user)
    allowed = [organisation.pk for organisation in mine if may_measure(desk.user, indicator, organisation)]
    return Organisation.objects.filter(pk__in=allowed)


def _save_measurement(desk: Desk, indicator: Indicator, form: MeasurementForm) -> bool:
    data = dict(form.cleaned_data)
    period = (data.pop("period_start"), data.pop("period_end"))
    try:
        measure(desk.user, indicator, data.pop("organisation"), period, **data)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


@require_http_methods(WRITE)
@login_required
def activity_report(request: HttpRequest, organisation_id: UUID, activity_id: UUID) -> HttpResponse:
    """Say how far an activity is."""
    desk = open_desk(request, organisation_id)
    activity: Activity = part_or_404(desk, Activity, activity_id)
    if not may_report(desk.user, activity):
        raise PermissionDenied
    initial = {"status": activity.status, "progress_note": activity.progress_note}
    form = ActivityReportForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        editing.report_activity(desk.user, activity, **form.cleaned_data)
        messages.success(request, _("Thank you, this has been reported."))
        return redirect("workspace:goal", desk.organisation.pk, activity.goal_id)
    return show(request, desk, "workspace/activity_report.html", "activities", form=form, activity=activity)


def _deployment(desk: Desk, pk: UUID) -> Deployment:
    rows = Deployment.objects.visible_to(desk.user).select_related("plan__organisation")
    found = rows.filter(pk=pk, plan__organisation=desk.organisation).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(WRITE)
@login_required
def deployment_create(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Add an amount."""
    desk = open_desk(request, organisation_id)
    demand_work(desk)
    if desk.plan is None:
        messages.info(request, _("Add a goal first; then you can link resources to it."))
        return redirect("workspace:overview", desk.organisation.pk)
    form = DeploymentForm(
        request.POST if request.method == "POST" else None,
        plan=desk.plan,
        initial={"goal": _own_goal(desk, request)},
    )
    return _edit_deployment(request, desk, form, None)


def _own_goal(desk: Desk, request: HttpRequest) -> Any:
    """The goal named in the address, when it is one of this plan."""
    assert desk.plan is not None
    asked = request.GET.get("doel", "")
    return next((goal for goal in desk.plan.goals.current() if str(goal.pk) == asked), None)


@require_http_methods(WRITE)
@login_required
def deployment_edit(request: HttpRequest, organisation_id: UUID, deployment_id: UUID) -> HttpResponse:
    """Change an amount."""
    desk = open_desk(request, organisation_id)
    deployment = _deployment(desk, deployment_id)
    demand_work(desk)
    form = DeploymentForm(
        request.POST if request.method == "POST" else None, instance=deployment, plan=deployment.plan
    )
    return _edit_deployment(request, desk, form, _deployment(desk, deployment_id))


def _edit_deployment(
    request: HttpRequest, desk: Desk, form: DeploymentForm, before: Deployment | None
) -> HttpResponse:
    plan = before.plan if before else desk.plan
    assert plan is not None
    if request.method == "POST" and form.is_valid():
        try:
            editing.save_deployment(
                desk.user, plan, form.save(commit=False), before, form.cleaned_data["once"]
            )
        except PeriodLockedError as error:
            form.add_error("school_year", error.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect("workspace:money", desk.organisation.pk)
    return show(request, desk, "workspace/deployment_form.html", "money", form=form, deployment=before)


@require_http_methods(["POST"])
@login_required
def deployment_remove(request: HttpRequest, organisation_id: UUID, deployment_id: UUID) -> HttpResponse:
    """Take an amount away."""
    desk = open_desk(request, organisation_id)
    deployment = _deployment(desk, deployment_id)
    demand_work(desk)
    try:
        editing.remove_deployment(desk.user, deployment)
    except PeriodLockedError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The amount was taken away; the history keeps it."))
    return redirect("workspace:money", desk.organisation.pk)
