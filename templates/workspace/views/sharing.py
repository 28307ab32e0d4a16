"""With whom a goal is shared, and the answer of who was made responsible for an activity."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from templates.workspace import answering
from templates.workspace.forms.sharing import AnswerForm, ShareForm
from templates.workspace.models import Activity
from templates.workspace.permissions import may_manage
from templates.workspace.sharing import share_goal
from templates.workspace.views.access import goal_or_404, open_desk, show
from templates.workspace.views.goals import WRITE, part_or_404


@require_http_methods(WRITE)
@login_required
def goal_share(request: HttpRequest, organisation_id: UUID, goal_id: UUID) -> HttpResponse:
    """Choose with whom a goal is shared; for managers."""
    desk = open_desk(request, organisation_id)
    if not desk.is_own:
        raise Http404
    goal = goal_or_404(desk, goal_id)
    if not may_manage(desk.user, desk.organisation):
        raise PermissionDenied
    form = ShareForm(request.POST if request.method == "POST" else None, goal=goal)
    if request.method == "POST" and form.is_valid():
        share_goal(desk.user, goal, form.cleaned_data["organisations"], form.cleaned_data["observers"])
        messages.success(request, _("Saved."))
        return redirect("workspace:goal", desk.organisation.pk, goal.pk)
    heading = _("Share this goal")
    return show(request, desk, "workspace/part_form.html", "goals", form=form, goal=goal, heading=heading)


@require_http_methods(WRITE)
@login_required
def activity_answer(request: HttpRequest, organisation_id: UUID, activity_id: UUID) -> HttpResponse:
    """Accept an activity, or hand it back with a reason; for who was made responsible."""
    desk = open_desk(request, organisation_id)
    activity: Activity = part_or_404(desk, Activity, activity_id)
    if not answering.may_answer(desk.user, activity):
        raise PermissionDenied
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answering.answer(desk.user, activity, form.cleaned_data["answer"], form.cleaned_data["reason"])
        messages.success(request, _("Thank you, your answer is kept."))
        return redirect("workspace:goal", desk.organisation.pk, activity.goal_id)
    return show(
        request,
        desk,
        "workspace/part_form.html",
        "activities",
        form=form,
        goal=activity.goal,
        heading=activity.title,
    )
