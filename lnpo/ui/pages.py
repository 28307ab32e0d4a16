"""What all public Wagtail pages share."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from lnpo.page_cache import QUERY_KEYS, mark_public


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
