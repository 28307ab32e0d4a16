"""Error pages: in Dutch, with an error number that stands in the log, and without a trace."""

import logging
import secrets
import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def _error(request: HttpRequest, status: int) -> HttpResponse:
    number = secrets.token_hex(4)
    logger.warning("error page %s, number %s, path %r", status, number, request.path[:200])
    # Without the request: its context asks for the user, and the database may be what is broken.
    body = render_to_string(f"{status}.html", {"error_number": number})
    response = HttpResponse(body, status=status)
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
    """500; or 503 with a time to come back when the database is away or locked."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = _error(request, 503)
        response["Retry-After"] = "30"
        return response
    return _error(request, 500)
