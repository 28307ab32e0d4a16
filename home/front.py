"""What the front page gathers from the apps, in a constant number of queries."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from knowledge.models import PracticePage
from lnpo.organisations.models import Organisation, OrganisationKind
from sessions.models import Registration, SessionPage
from sessions.standing import attach_standing
from templates.library.adoptions import adopted_by
from templates.library.models import GoalTemplatePage

SHOWN = 3
SWV_IN_THE_COUNTRY = 150
"""About how many samenwerkingsverbanden there are (the owner's text); the directory may know fewer."""


def front_page_content() -> dict[str, Any]:
    """Coming sessions, practice, goal templates, and who takes part."""
    coming = list(SessionPage.objects.upcoming().with_seats()[:SHOWN])
    templates = _most_adopted()
    swv = Organisation.objects.filter(kind=OrganisationKind.SWV)
    taking_part = swv.filter(
        pk__in=Registration.objects.holding_a_seat()
        .filter(page__in=SessionPage.objects.upcoming())
        .values("organisation")
    )
    return {
        "sessions": attach_standing(coming, AnonymousUser()),
        "practice": list(PracticePage.objects.published()[:SHOWN]),
        "practice_total": PracticePage.objects.live().public().count(),
        "goal_templates": templates,
        "goal_templates_total": GoalTemplatePage.objects.live().public().count(),
        "network_total": max(SWV_IN_THE_COUNTRY, swv.count()),
        "network_active": taking_part.count(),
    }


def _most_adopted() -> list[tuple[GoalTemplatePage, int]]:
    """The templates that most organisations adopted; with equal numbers in the order of the library."""
    pages = GoalTemplatePage.objects.live().public()
    uids = list(pages.order_by("code").values_list("template_uid", flat=True))
    counts = adopted_by(uids)
    chosen = sorted(uids, key=lambda uid: -counts.get(uid, 0))[:SHOWN]
    found = {
        page.template_uid: page for page in pages.filter(template_uid__in=chosen).select_related("topic")
    }
    return [(found[uid], counts.get(uid, 0)) for uid in chosen if uid in found]
