"""What a process remembers about the public site until something public changes.

Every visitor sees the same breadcrumbs, the same cards beside an article and the same tree of pages. Asking
the database for them at each request costs more than the page itself. What is remembered is thrown away
when the site's version (:func:`lnpo.page_cache.site_version`) or, for what shows seats or counts, the version
of all public pages changes, and is never older than :data:`lnpo.page_cache.LIFETIME`.

Only what everybody may see belongs here, and only finished values: lists, not query sets. They are shared
between threads, so nobody may change them.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Site

from lnpo.page_cache import LIFETIME, current_version, site_version

CAPACITY = 400
"""How many values a process keeps; the one not asked for longest goes first."""

Value = TypeVar("Value")
_values: OrderedDict[Hashable, tuple[int, float, Any]] = OrderedDict()


def _switched_off() -> bool:
    """In a transaction of its own a process may see what is never committed."""
    return not getattr(settings, "PAGE_CACHE_ENABLED", True) or connection.in_atomic_block


def remembered(key: Hashable, make: Callable[[], Value], *, with_counts: bool = False) -> Value:
    """The value of ``make()``, made once until the public site changes. ``None`` is not remembered.

    Args:
        key: what it is, and of which page.
        make: reads it from the database.
        with_counts: it also shows seats or counts, which change without anything being published.

    """
    if _switched_off():
        return make()
    whole_key = (key, get_language())
    version = current_version() if with_counts else site_version()  # read before the database is
    known = _values.get(whole_key)
    if known is not None and known[0] == version and known[1] > time.monotonic():
        return known[2]  # type: ignore[no-any-return]
    value = make()
    if value is not None:
        _values[whole_key] = (version, time.monotonic() + LIFETIME, value)
        _values.move_to_end(whole_key)
        while len(_values) > CAPACITY:
            _values.popitem(last=False)
    return value


def forget() -> None:
    """Forget everything; for tests."""
    _values.clear()


class SiteMiddleware:
    """Wagtail asks at each request which site it is for, and for the front page of that site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the question in advance, from memory."""
        if not _switched_off():
            key = ("site", request.get_host())
            site = remembered(key, lambda: Site.find_for_request(request))
            request._wagtail_site = site  # type: ignore[attr-defined]  # where Wagtail keeps its own answer
        return self.get_response(request)
