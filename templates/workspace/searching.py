"""How the goals of a workspace are found: by the members of its SWV and by nobody else."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lnpo.search.indexing import look_again
from lnpo.search.sources import Projection, Source, plain, register
from templates.workspace.models import Goal

KIND = "doel"


def _findable() -> Any:
    goals = Goal.objects.unscoped("each entry belongs to the organisation, which alone finds it")
    return goals.current().select_related("plan__organisation", "topic")


def _visible(user: Any, ids: Iterable[str]) -> set[str]:
    return {
        str(pk)
        for pk in Goal.objects.visible_to(user).current().filter(pk__in=ids).values_list("pk", flat=True)
    }


def project(goal: Goal) -> Projection:
    """What is kept of one goal: its own words, no figures."""
    organisation = goal.plan.organisation
    return Projection(
        kind=KIND,
        object_id=str(goal.pk),
        url=reverse("workspace:goal", args=[organisation.pk, goal.pk]),
        title=goal.title,
        text=plain(goal.objective, goal.rationale, goal.interpretation),
        about=organisation.name,
        organisation=organisation.pk,
        facets=(("topic", goal.topic.key), ("level", goal.level)) if goal.topic else (("level", goal.level),),
    )


def _look_again(instance: Goal, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        look_again(KIND, [instance.pk])


def announce() -> None:
    """Let goals be found, and look again at each that is written."""
    register(Source(KIND, _("Goals of our plan"), "target", _findable, project, _visible))
    post_save.connect(_look_again, sender=Goal, dispatch_uid="workspace.search")
    post_delete.connect(_look_again, sender=Goal, dispatch_uid="workspace.search.deleted")
