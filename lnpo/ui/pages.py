"""What all public Wagtail pages share."""

from copy import copy
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from lnpo.page_cache import QUERY_KEYS, mark_public
from lnpo.ui.site_memory import remembered


def only_public(pages: Any) -> Any:
    """The published pages of a query set that stand behind no restriction.

    Like Wagtail's ``.live().public()``, but what is restricted is read once and remembered.
    """
    restricted = remembered("restricted pages", lambda: Page.objects.all().private_q())
    return pages.live().exclude(restricted)


def _protected_paths() -> tuple[str, ...]:
    """Where in the tree pages stand behind a restriction."""
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))


def _any_alias() -> tuple[bool]:
    """Whether there are aliases: they take over the restrictions of the page that they repeat."""
    return (Page.objects.filter(alias_of__isnull=False).exists(),)


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

    @classmethod
    def with_what_it_shows(cls) -> Any:
        """The pages of this type with the rows that each of them shows, read in few queries."""
        return cls._default_manager.all()  # type: ignore[attr-defined]

    def get_view_restrictions(self) -> Any:
        """The restrictions before this page; without any in its way, nothing is asked of the database."""
        protected = remembered("protected paths", _protected_paths)
        page: Any = self
        free = not any(page.path.startswith(path) for path in protected)
        if free and (not protected or not remembered("any alias", _any_alias)[0]):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()  # type: ignore[misc]

    def _get_site_root_paths(self, cache_object: Any = None, **kwargs: Any) -> Any:
        """Where the site's pages begin: Wagtail keeps it in the cache, which embedded is a table."""
        holder: Any = cache_object or self  # Wagtail's own redirects look there for the answer
        if not hasattr(holder, "_wagtail_cached_site_root_paths"):
            holder._wagtail_cached_site_root_paths = remembered("site root paths", Site.get_site_root_paths)
        return holder._wagtail_cached_site_root_paths

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the path to this page, and the filters of the address without the page number."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["crumbs"] = self.path_to_it(request)
        kept = [
            (key, value)
            for key, values in request.GET.lists()
            for value in values
            if key in QUERY_KEYS and key != "page"
        ]
        context["filter_query"] = urlencode(kept)
        return context

    def path_to_it(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Addresses and titles of the pages above this one, from the front page on."""

        def read() -> list[tuple[str, str]]:
            ancestors = Page.objects.ancestor_of(self).filter(depth__gt=1)  # type: ignore[arg-type]
            return [
                (page.get_url(request), gettext("Home") if page.depth == 2 else page.title)
                for page in ancestors.live().order_by("depth")
            ]

        page: Any = self
        return remembered(("path to it", page.path), read)


class SiteRootMixin(PublicPageMixin):
    """The front page: remembers where its site keeps which page, so that each is found with one question."""

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page for an address.

        Raises:
            Http404: no published page answers there.

        """
        if not path_components:
            own: Any = self  # shared by all requests of this process: hand out a copy
            return super(SiteRootMixin, copy(own)).route(request, path_components)  # type: ignore[misc, no-any-return]
        walked: list[RouteResult] = []

        def walk() -> tuple[type[Any], int] | None:
            result = super(SiteRootMixin, self).route(request, path_components)  # type: ignore[misc]
            walked.append(result)
            plain = not result.args and not result.kwargs and isinstance(result.page, PublicPageMixin)
            return (type(result.page), result.page.pk) if plain else None

        place = remembered(("route", *path_components), walk)
        if walked:
            return walked[0]
        assert place is not None
        model, pk = place
        page = model.with_what_it_shows().filter(pk=pk, live=True).first()
        return RouteResult(page) if page else super().route(request, path_components)  # type: ignore[misc, no-any-return]
