"""What the front page gathers from the apps, in a constant number of queries."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Window
from django.utils import timezone

from knowledge.models import PracticePage
from lnpo.organisations.models import Organisation, OrganisationKind
from lnpo.ui.pages import only_public
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
    templates, total = _most_adopted()
    swv = Organisation.objects.filter(kind=OrganisationKind.SWV)
    seats = Registration.objects.holding_a_seat().filter(page__live=True, page__starts_at__gt=timezone.now())
    practice = list(PracticePage.objects.published().annotate(total=Window(Count("*")))[:SHOWN])
    return {
        "sessions": attach_standing(coming, AnonymousUser()),
        "practice": practice,
        "practice_total": practice[0].total if practice else 0,
        "goal_templates": templates,
        "goal_templates_total": total,
        "network_total": max(SWV_IN_THE_COUNTRY, swv.count()),
        "network_active": swv.filter(pk__in=seats.values("organisation")).count(),
    }


def _most_adopted() -> tuple[list[tuple[GoalTemplatePage, int]], int]:
    """The templates that most organisations adopted, and how many templates there are.

    With equal numbers the order is that of the library.
    """
    public = only_public(GoalTemplatePage.objects).order_by("code")
    uids = list(public.values_list("template_uid", flat=True))
    counts = adopted_by(uids)
    chosen = sorted(uids, key=lambda uid: -counts.get(uid, 0))[:SHOWN]
    found = {
        page.template_uid: page
        for page in GoalTemplatePage.objects.filter(template_uid__in=chosen).select_related("topic")
    }
    return [(found[uid], counts.get(uid, 0)) for uid in chosen if uid in found], len(uids)
