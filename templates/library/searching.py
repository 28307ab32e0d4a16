"""How goal templates are found."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lnpo.search.sources import Projection, page_source, plain, register
from lnpo.topics.models import Sector
from templates.library.models import GoalTemplatePage

KIND = "doelsjabloon"


def project(page: Any) -> Projection:
    """What is kept of one template."""
    published = page.last_published_at.date() if page.last_published_at else None
    sectors = [Sector.PRIMARY, Sector.SECONDARY] if page.sector == Sector.BOTH else [page.sector]
    topic = page.topic
    facets = [*(("sector", str(sector)) for sector in sectors if sector)]
    facets += [("topic", topic.key)] if topic else []
    facets += [("year", str(published.year))] if published else []
    parts = [page.rationale, page.strategic_objective, page.indicators, page.activities]
    return Projection(
        kind=KIND,
        object_id=str(page.pk),
        url=page.get_url() or "",
        title=page.title,
        text=plain(*parts, page.resources, page.questions, topic.title if topic else ""),
        about=page.code,
        published_on=published,
        facets=tuple(facets),
    )


def announce() -> None:
    """Let goal templates be found."""
    register(page_source(KIND, _("Goal templates"), "copy-plus", GoalTemplatePage, project, ["topic"]))
