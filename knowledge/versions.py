"""Numbered versions of published examples: an address that stays valid, and how to cite it."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.models import PracticePage, PracticeVersion
from lnpo.ui.dutch_format import date_short

KEPT = (
    "title", "lead", "context", "approach", "result", "different", "body", "tips", "cost", "effect",
    "evidence", "measured_with", "author_line", "organisation", "sector", "level", "topic", "reader_question",
)  # fmt: skip


def keep_version(page: PracticePage) -> PracticeVersion:
    """Keep what was published under the next number; the same content twice is one version."""
    content = page.serializable_data()
    newest = PracticeVersion.objects.filter(page=page).first()
    if newest is not None and all(newest.content.get(name) == content.get(name) for name in KEPT):
        return newest
    number = newest.number + 1 if newest else 1
    return PracticeVersion.objects.create(page=page, number=number, content=_plain(content))


def _plain(content: dict[str, Any]) -> dict[str, Any]:
    import json

    from django.core.serializers.json import DjangoJSONEncoder

    plain: dict[str, Any] = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return plain


def as_it_was(version: PracticeVersion) -> PracticePage:
    """The page with the content of that version; never saved."""
    content = {name: value for name, value in version.content.items() if name != "goal_templates"}
    page = PracticePage.from_serializable_data({**content, "goal_templates": []}, check_fks=False)
    if page is None:
        return version.page
    page.pk, page.live = version.page_id, True
    page.path, page.depth, page.url_path = version.page.path, version.page.depth, version.page.url_path
    page.first_published_at = version.page.first_published_at
    return page


def address_of(version: PracticeVersion) -> str:
    """The full address that stays valid."""
    return settings.SITE_URL + reverse("knowledge:version", args=[version.page_id, version.number])


def citation(page: PracticePage, version: PracticeVersion) -> str:
    """How to cite a version: maker, title, network, version and date, licence, address."""
    return _("%(by)s. %(title)s. LNPO, version %(number)s, %(date)s. CC BY 4.0. %(url)s") % {
        "by": page.by or "POS",
        "title": page.title,
        "number": version.number,
        "date": date_short(version.published_on),
        "url": address_of(version),
    }
