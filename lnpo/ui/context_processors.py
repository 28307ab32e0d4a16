"""What every page shows around its content."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class NavigationItem:
    """One link of the navigation."""

    url: str
    label: "Promise | str"
    active: bool = False


MAIN = [
    ("/sessies/", _("Sessions")),
    ("/kennisbank/", _("Knowledge base")),
    ("/doelsjablonen/", _("Goal templates")),
    ("/werkruimte/", _("Workspace")),
    ("/over-ons/", _("About the network")),
]
ABOUT = [
    ("/nieuws/", _("News")),
    ("/aanbod/", _("What we offer")),
    ("/klanten/", _("Our customers")),
    ("/partners/", _("Our partners")),
    ("/over-ons/", _("About us")),
    ("/contact/", _("Contact")),
]
STATEMENTS = [("/toegankelijkheid/", _("Accessibility")), ("/privacy/", _("Privacy"))]


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """Name and navigation of the site; asks nothing of the database."""
    path = request.path

    def items(rows: list[tuple[str, Any]]) -> list[NavigationItem]:
        return [NavigationItem(url, label, path.startswith(url)) for url, label in rows]

    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site_url": getattr(settings, "SITE_URL", ""),
        "navigation": items(MAIN),
        "about_navigation": items(ABOUT),
        "statements": items(STATEMENTS),
    }
