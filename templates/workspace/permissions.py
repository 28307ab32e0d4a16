"""Policies of the workspace; the docstring is the policy."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from lnpo.organisations.models import AccessRole, Membership, Organisation, OrganisationKind, OrganisationLink
from lnpo.organisations.permissions import RANK, access_role, has_role
from templates.workspace.models import Activity, Goal, Indicator, Plan

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from lnpo.accounts.models import User

    Person = User | AnonymousUser


def role_reads(role: AccessRole | None) -> bool:
    """Readers, contributors and managers of the SWV read all of its workspace; observers nothing."""
    return role is not None and RANK[role] >= RANK[AccessRole.READER]


def role_works(role: AccessRole | None) -> bool:
    """Contributors and managers of the SWV adopt, write and change in its workspace."""
    return role is not None and RANK[role] >= RANK[AccessRole.CONTRIBUTOR]


def may_open(role: AccessRole | None, plan: Plan | None) -> bool:
    """Who may open a workspace.

    Members of the SWV (not observers); and members of boards and schools that are responsible for something:
    they see a ``plan`` of it.
    """
    return role_reads(role) or plan is not None


def may_work_in(user: "Person", organisation: Organisation) -> bool:
    """Contributors and managers of the SWV adopt, write and change in its workspace."""
    return organisation.kind == OrganisationKind.SWV and role_works(access_role(user, organisation))


def may_edit_goal(user: "Person", goal: Goal) -> bool:
    """Who works in the workspace edits its goals, indicators, activities and amounts."""
    return may_work_in(user, goal.plan.organisation)


def may_measure(user: "Person", indicator: Indicator, organisation: Organisation) -> bool:
    """Who may measure.

    The SWV its own indicators; a board or school only for itself, when the indicator is measured at its level
    and it is responsible for an activity of the goal.
    """
    if organisation == indicator.goal.plan.organisation:
        return may_work_in(user, organisation)
    level = {OrganisationKind.BOARD: "bestuur", OrganisationKind.SCHOOL: "school"}.get(
        OrganisationKind(organisation.kind)
    )
    if level != indicator.level or not has_role(user, organisation, AccessRole.CONTRIBUTOR):
        return False
    return responsible_for(indicator.goal).filter(pk=organisation.pk).exists()


def may_report(user: "Person", activity: Activity) -> bool:
    """The SWV reports on every activity; a board or school on those it is responsible for."""
    if may_work_in(user, activity.goal.plan.organisation):
        return True
    organisation = activity.organisation
    return organisation is not None and has_role(user, organisation, AccessRole.CONTRIBUTOR)


def responsible_for(goal: Goal) -> "QuerySet[Organisation]":
    """The organisations that are responsible for an activity of ``goal``."""
    return Organisation.objects.filter(pk__in=goal.activities.current().values("organisation"))


def writing_memberships(user: "Person") -> "QuerySet[Any, Any]":
    """The organisations, as a subquery, in which ``user`` may write today."""
    writers = [AccessRole.CONTRIBUTOR, AccessRole.MANAGER]
    return Membership.objects.of_user(user).current().filter(access_role__in=writers).values("organisation")


def partners_of(organisation: Organisation) -> "QuerySet[Organisation]":
    """The SWV and the boards and schools that belong to it today: who can be responsible or receive."""
    children = OrganisationLink.objects.current().filter(parent=organisation).values("child")
    return Organisation.objects.filter(Q(pk=organisation.pk) | Q(pk__in=children)).order_by("kind", "name")


def may_manage(user: "Person", organisation: Organisation) -> bool:
    """Managers of the SWV close and open school years, and decide with whom a goal is shared."""
    return organisation.kind == OrganisationKind.SWV and has_role(user, organisation, AccessRole.MANAGER)
