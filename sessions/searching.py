"""How sessions are found: coming ones by their subject, past ones also by their report."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lnpo.search.sources import Projection, page_source, plain, register
from sessions.models import SessionPage

KIND = "sessie"


def project(page: Any) -> Projection:
    """What is kept of one session; never the meeting link."""
    day = timezone.localtime(page.starts_at).date()
    return Projection(
        kind=KIND,
        object_id=str(page.pk),
        url=page.get_url() or "",
        title=page.title,
        text=plain(page.lead, page.intro, page.takeaways, page.agenda, page.report, page.topic.title),
        about=page.place_label,
        published_on=day,
        facets=(
            ("topic", page.topic.key),
            ("year", str(day.year)),
            *(("role", role) for role in page.audience),
        ),
    )


def announce() -> None:
    """Let sessions be found."""
    register(page_source(KIND, _("Sessions"), "calendar", SessionPage, project, ["topic"]))
