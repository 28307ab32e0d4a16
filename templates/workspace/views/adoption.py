"""Adopt a goal template into a plan of one's own SWV."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lnpo.accounts.models import User
from lnpo.organisations.models import Organisation, OrganisationKind
from templates.library.models import GoalTemplateVersion
from templates.workspace.adoption import AlreadyAdoptedError, adopt, first_plan
from templates.workspace.forms.adoption import AdoptionForm
from templates.workspace.models import Plan
from templates.workspace.permissions import may_work_in


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def adoption_start(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Choose plan and nodes, then adopt; who cannot adopt reads why."""
    user = request.user
    assert isinstance(user, User)
    version = get_object_or_404(GoalTemplateVersion.objects.select_related("page"), pk=version_id)
    mine = Organisation.objects.of_member(user).filter(kind=OrganisationKind.SWV)
    organisations = [organisation for organisation in mine if may_work_in(user, organisation)]
    if not organisations:
        return render(request, "workspace/adoption_refused.html", {"version": version}, status=403)
    plans = list(
        Plan.objects.visible_to(user).filter(organisation__in=organisations).select_related("organisation")
    )
    form = AdoptionForm(
        request.POST if request.method == "POST" else None,
        version=version,
        organisations=organisations,
        plans=plans,
    )
    if request.method == "POST" and form.is_valid():
        return _carry_out(request, user, version, form)
    return render(request, "workspace/adoption.html", {"version": version, "form": form})


def _carry_out(
    request: HttpRequest, user: User, version: GoalTemplateVersion, form: AdoptionForm
) -> HttpResponse:
    target = form.chosen_plan()
    try:
        with transaction.atomic():
            if isinstance(target, Organisation):
                target = first_plan(user, target, **form.new_plan_values(target))
            goal = adopt(user, version, target, form.chosen_nodes(), form.cleaned_data["title"])
    except AlreadyAdoptedError as error:
        goal = error.goal
        if goal.removed_at:
            messages.warning(
                request, _("This goal was taken out of the plan before and is kept in its history.")
            )
            return redirect("workspace:goals", goal.plan.organisation_id)
        messages.info(request, _("This goal already stands in your plan. Here it is."))
    else:
        messages.success(
            request, _("The goal now stands in your plan. Fill in baseline and target to follow it.")
        )
    return redirect("workspace:goal", goal.plan.organisation_id, goal.pk)
