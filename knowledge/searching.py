"""How practice examples are found."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from knowledge.models import Evidence, PracticePage
from lnpo.search.questions import name_values
from lnpo.search.sources import Projection, page_source, plain, register
from lnpo.topics.models import Sector
from templates.library.enums import Level

KIND = "praktijk"


def sectors_of(sector: str) -> tuple[tuple[str, str], ...]:
    """Primary, secondary, or both of them."""
    both = [Sector.PRIMARY, Sector.SECONDARY]
    return tuple(("sector", str(one)) for one in (both if sector == Sector.BOTH else [sector]) if one)


def project(page: Any) -> Projection:
    """What is kept of one example."""
    published = page.first_published_at.date() if page.first_published_at else None
    topic = page.topic
    facets = [*sectors_of(page.sector), ("level", page.level), ("evidence", page.evidence)]
    facets += [("topic", topic.key)] if topic else []
    facets += [("organisation", page.organisation.name[:60])] if page.organisation else []
    facets += [("year", str(published.year))] if published else []
    return Projection(
        kind=KIND,
        object_id=str(page.pk),
        url=page.get_url() or "",
        title=page.title,
        text=plain(
            page.lead,
            page.context,
            page.approach,
            page.result,
            page.different,
            page.body,
            page.effect,
            page.cost,
            page.tips,
            topic.title if topic else "",
        ),
        about=page.by,
        published_on=published,
        facets=tuple(facets),
    )


def announce() -> None:
    """Let practice examples be found."""
    register(
        page_source(
            KIND, _("Practice examples"), "lightbulb", PracticePage, project, ["topic", "organisation"]
        )
    )
    name_values("evidence", dict(Evidence.choices))
    name_values("level", dict(Level.choices))
