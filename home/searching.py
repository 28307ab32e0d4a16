"""How news and pages of the site are found."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from home.models import ContentPage, NewsPage
from lnpo.search.sources import Projection, page_source, plain, register


def project_news(page: Any) -> Projection:
    """What is kept of one news item."""
    return Projection(
        kind="nieuws",
        object_id=str(page.pk),
        url=page.get_url() or "",
        title=page.title,
        text=plain(page.intro, page.body),
        published_on=page.date,
        facets=(("year", str(page.date.year)),),
    )


def project_page(page: Any) -> Projection:
    """What is kept of a page with text; when it was written says nothing."""
    return Projection(
        kind="pagina",
        object_id=str(page.pk),
        url=page.get_url() or "",
        title=page.title,
        text=plain(page.intro, page.body),
    )


def announce() -> None:
    """Let news and pages be found."""
    register(page_source("nieuws", _("News"), "file-text", NewsPage, project_news))
    register(page_source("pagina", _("Pages"), "info", ContentPage, project_page))
