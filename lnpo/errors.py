"""Error pages: in Dutch, with an error number that stands in the log, and without a trace."""

import logging
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)


def _error(request: HttpRequest, status: int) -> HttpResponse:
    number = secrets.token_hex(4)
    logger.warning("error page %s, number %s, path %r", status, number, request.path[:200])
    response = render(request, f"{status}.html", {"error_number": number, "status": status}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _error(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _error(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    """403 for a form whose token is missing or old; the page says how to go on."""
    return _error(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; the same page for what does not exist and for what this visitor may not know of."""
    return _error(request, 404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429."""
    return _error(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without the request's context, so that nothing else can fail."""
    return _error(request, 500)
