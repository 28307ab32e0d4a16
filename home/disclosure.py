"""Where people report a weak spot of this site (RFC 9116), with a date that a check watches."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

EXPIRES = datetime(2027, 11, 1, tzinfo=UTC)
"""Until when the contact is certain to be right; look at it and move it on once a year."""
WARN_BEFORE = timedelta(days=30)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell, in which languages, and until when this holds."""
    site = settings.SITE_URL.rstrip("/")
    lines = [
        f"Contact: {site}/contact/",
        f"Expires: {EXPIRES:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {site}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@register("security", deploy=True)
def security_txt_holds(app_configs: Any = None, **kwargs: Any) -> list[Error]:
    """An error thirty days before the date of ``security.txt`` is over, so that somebody looks in time."""
    if datetime.now(UTC) + WARN_BEFORE < EXPIRES:
        return []
    return [Error("security.txt is about to expire: look at it and move EXPIRES on.", id="home.E001")]
