"""How every page of the workspace finds its objects: through the access rule, or not at all."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lnpo.accounts.models import User
from lnpo.organisations.models import Organisation, OrganisationKind
from lnpo.organisations.permissions import access_role
from templates.workspace.models import Goal, Plan
from templates.workspace.overview import workspaces_of
from templates.workspace.permissions import may_open, role_reads, role_works


@dataclass(frozen=True)
class Desk:
    """A person in a workspace: whose it is, which plan is on the table, and what the person may do."""

    user: User
    organisation: Organisation
    plan: Plan | None
    may_work: bool
    is_own: bool


def open_desk(request: HttpRequest, organisation_id: UUID) -> Desk:
    """Open the workspace for the signed-in person.

    Raises:
        Http404: there is no such workspace for this person.

    """
    user = request.user
    assert isinstance(user, User)
    organisation = Organisation.objects.filter(pk=organisation_id, kind=OrganisationKind.SWV).first()
    if organisation is None:
        raise Http404
    plan = (
        Plan.objects.visible_to(user).filter(organisation=organisation).select_related("organisation").first()
    )
    role = access_role(user, organisation)
    if not may_open(role, plan):
        raise Http404
    return Desk(user, organisation, plan, role_works(role), role_reads(role))


def goal_or_404(desk: Desk, goal_id: UUID) -> Goal:
    """A goal of this workspace that this person may see."""
    goals = Goal.objects.visible_to(desk.user).current().filter(plan__organisation=desk.organisation)
    goal = (
        goals.filter(pk=goal_id)
        .select_related("plan__organisation", "owner", "topic", "template_version")
        .first()
    )
    if goal is None:
        raise Http404
    return goal


def demand_work(desk: Desk) -> None:
    """Refuse readers; outsiders never come here.

    Raises:
        PermissionDenied: the person may read but not write.

    """
    if not desk.may_work:
        raise PermissionDenied


def show(
    request: HttpRequest, desk: Desk, template: str, section: str, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page of the workspace with its side navigation."""
    frame = {"desk": desk, "section": section, "other_workspaces": len(workspaces_of(desk.user)) > 1}
    return render(request, template, {**frame, **context}, status=status)
