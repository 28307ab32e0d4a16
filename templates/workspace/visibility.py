"""Who sees which rows of a workspace; the one rule behind ``.visible_to(user)``.

- Readers, contributors and managers of the SWV see all of its workspace.
- Members of a board or school see the goals for which their organisation is responsible for an activity,
  with the indicators; of activities, measurements and amounts only those of their own organisation.
- A goal that the manager shares is seen by the board, school or observers with whom it is shared, with its
  indicators, activities and the figures of the SWV, not with its amounts.
- Observers see nothing else. POS does not see workspaces.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from lnpo.organisations.models import AccessRole, Membership, memberships_of
from lnpo.request_memory import remembering

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lnpo.accounts.models import User

PLAN_PATH = {
    "plan": "",
    "goal": "plan__",
    "indicator": "goal__plan__",
    "activity": "goal__plan__",
    "plannedresource": "goal__plan__",
    "conversationquestion": "goal__plan__",
    "measurement": "indicator__goal__plan__",
    "deployment": "plan__",
    "periodlock": "plan__",
    "legalitem": "plan__",
    "share": "goal__plan__",
    "upstreammerge": "goal__plan__",
}
WITHIN_ONLY = ("periodlock", "legalitem", "share", "upstreammerge")
"""What only the SWV itself reads."""
GOAL_PATH = {"goal": "pk", "indicator": "goal", "plannedresource": "goal", "conversationquestion": "goal"}


def own_organisations(user: "User | AnonymousUser") -> Any:
    """The organisations in which ``user`` works today, observers left out: for ``__in`` of a filter."""
    if remembering():
        return [row.organisation_id for row in memberships_of(user) if row.access_role != AccessRole.OBSERVER]
    memberships = Membership.objects.of_user(user).current().exclude(access_role=AccessRole.OBSERVER)
    return memberships.values("organisation")


def restrict(queryset: Any, user: "User | AnonymousUser") -> Any:
    """The rows of ``queryset`` that ``user`` may see."""
    if not user.is_authenticated:
        return queryset.none()
    model = queryset.model._meta.model_name
    own = own_organisations(user)
    return queryset.filter(
        Q(**{f"{PLAN_PATH[model]}organisation__in": own})
        | _through_responsibility(model, own)
        | _through_sharing(model, own, observed_organisations(user))
    )


def observed_organisations(user: "User | AnonymousUser") -> Any:
    """The organisations that ``user`` observes today."""
    if remembering():
        return [row.organisation_id for row in memberships_of(user) if row.access_role == AccessRole.OBSERVER]
    memberships = Membership.objects.of_user(user).current().filter(access_role=AccessRole.OBSERVER)
    return memberships.values("organisation")


def _through_sharing(model: str, own: Any, observed: Any) -> Q:
    """What the manager shared: the goal, its indicators and activities, and the figures of the SWV."""
    from templates.workspace.models import Share

    if model in WITHIN_ONLY or model == "deployment":
        return Q(pk__in=[])
    shared = Share.objects.unscoped("only which goals are shared").filter(
        Q(organisation__in=own) | Q(organisation__isnull=True, goal__plan__organisation__in=observed),
        goal__removed_at__isnull=True,
    )
    if model == "plan":
        return Q(pk__in=shared.values("goal__plan"))
    if model == "activity":
        return Q(goal__in=shared.values("goal"), removed_at__isnull=True)
    if model == "measurement":
        return Q(
            indicator__goal__in=shared.values("goal"), organisation=F("indicator__goal__plan__organisation")
        )
    return Q(**{f"{GOAL_PATH[model]}__in": shared.values("goal")})


def _through_responsibility(model: str, own: Any) -> Q:
    """What a board or school sees of the workspace of its SWV."""
    from templates.workspace.models import Activity

    if model == "activity":
        return Q(organisation__in=own, removed_at__isnull=True, goal__removed_at__isnull=True)
    if model in WITHIN_ONLY:
        return Q(pk__in=[])
    if model == "measurement":
        return Q(organisation__in=own)
    if model == "deployment":
        return Q(giver__in=own) | Q(receiver__in=own) | Q(via__in=own)
    activities = Activity.objects.unscoped("only the goals of these activities are named").filter(
        organisation__in=own, removed_at__isnull=True, goal__removed_at__isnull=True
    )
    if model == "plan":
        return Q(pk__in=activities.values("goal__plan"))
    return Q(**{f"{GOAL_PATH[model]}__in": activities.values("goal")})
