"""Mixin of public pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse


class PublicPageMixin:
    """Placeholder until the front of house writes it."""

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Serve the page."""
        return super().serve(request, *args, **kwargs)  # type: ignore[misc,no-any-return]
