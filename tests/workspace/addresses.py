"""Every address of the workspace, with the objects of a workshop filled in."""

from django.urls import reverse

from templates.workspace.urls import urlpatterns
from tests.library.factories import make_version
from tests.workspace.factories import Workshop

READ = ["overview", "goals", "goal", "activities", "money", "team"]
WRITE = [
    "goal_create",
    "goal_edit",
    "goal_remove",
    "goal_newer",
    "goal_give_back",
    "indicator_create",
    "indicator_edit",
    "activity_create",
    "activity_edit",
    "activity_report",
    "measurement_create",
    "deployment_create",
    "deployment_edit",
]
POST_ONLY = ["goal_newer_undo", "deployment_remove"]
OWN = ["plan", "plan_file", "legal_parts", "year_close", "year_open"]
"""Only for members of the SWV; tried in tests of their own."""
SHARING = ["goal_share", "activity_answer"]
ELSEWHERE = ["entrance", "adoption_start"]


def all_names() -> set[str]:
    """The name of every pattern of the app."""
    return {str(pattern.name) for pattern in urlpatterns}


def address(name: str, workshop: Workshop, **instead) -> str:
    """The address of ``name`` for what board and school share; ``instead`` replaces ids in it."""
    if name == "entrance":
        return reverse("workspace:entrance")
    if name == "adoption_start":
        return reverse("workspace:adoption_start", args=[instead.get("version_id") or make_version().pk])
    ids = {
        "organisation_id": workshop.plan.organisation_id,
        "goal_id": workshop.shared.pk,
        "indicator_id": workshop.indicator.pk,
        "activity_id": workshop.activity.pk,
        "deployment_id": workshop.amount.pk,
        "year": workshop.plan.first_year,
        **instead,
    }
    pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
    wanted = pattern.pattern.converters
    return reverse(f"workspace:{name}", kwargs={key: ids[key] for key in wanted})
