"""What all public Wagtail pages share."""

import time
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, Site

from lnpo.page_cache import QUERY_KEYS, current_version, mark_public

SITE_PATHS_LIFETIME = 10.0
"""Seconds that a process remembers where the site's pages begin; POS moves a site about never."""
_site_paths: tuple[float, Any] = (0.0, None)


def _remembered_site_paths() -> Any:
    """Wagtail asks its cache for every address of a page; embedded, that cache is a table in the database."""
    global _site_paths
    until, paths = _site_paths
    if paths is None or until < time.monotonic():
        paths = Site.get_site_root_paths()
        _site_paths = (time.monotonic() + SITE_PATHS_LIFETIME, paths)
    return paths


_restrictions: tuple[int, Any] = (0, None)


def only_public(pages: Any) -> Any:
    """The published pages of a query set that stand behind no restriction.

    Like Wagtail's ``.live().public()``, but what is restricted is read once and remembered until something
    public changes; a new restriction counts as such a change.
    """
    global _restrictions
    if not getattr(settings, "PAGE_CACHE_ENABLED", True):
        return pages.live().public()
    version, restricted = _restrictions
    if restricted is None or version != current_version():
        version, restricted = current_version(), Page.objects.all().private_q()
        _restrictions = (version, restricted)
    return pages.live().exclude(restricted)


class PublicPageMixin:
    """A page that everybody may see: kept in the public page cache for visitors.

    A signed-in person gets an answer of their own; a preview or a page behind a restriction is never kept.
    """

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Serve the page, and say whether every visitor may receive this very answer."""
        response: Any = super().serve(request, *args, **kwargs)  # type: ignore[misc]
        page: Any = self
        # Behind a restriction Wagtail adds "no-store" after this, and the cache keeps no such answer.
        if page.live and not getattr(request, "is_preview", False) and not request.user.is_authenticated:
            mark_public(response)
        return response  # type: ignore[no-any-return]

    def _get_site_root_paths(self, cache_object: Any = None, **kwargs: Any) -> Any:
        """Where the site's pages begin; remembered per process wherever public pages are."""
        if getattr(settings, "PAGE_CACHE_ENABLED", True):
            return _remembered_site_paths()
        return super()._get_site_root_paths(cache_object, **kwargs)  # type: ignore[misc]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the path to this page, and the filters of the address without the page number."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        ancestors = Page.objects.ancestor_of(self).filter(depth__gt=1).live().order_by("depth")  # type: ignore[arg-type]
        context["crumbs"] = [(page.get_url(request), page.title) for page in ancestors]
        kept = [
            (key, value)
            for key, values in request.GET.lists()
            for value in values
            if key in QUERY_KEYS and key != "page"
        ]
        context["filter_query"] = urlencode(kept)
        return context
