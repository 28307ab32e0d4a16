"""The public page cache: whole answers for visitors without any cookie.

First in the middleware stack, so that a stored page costs one dictionary look-up. Only answers that a view
has marked with :func:`mark_public` are stored, and only when they set no cookie. A version number, the time
of change of a file in ``DATA_DIR``, is bumped on commit by whatever changes a public page, so that all
processes of one machine see it at once. What depends on the clock is at most :data:`LIFETIME` old.

There are two versions: that of the site changes when something is published, taken down, moved or put behind
a restriction; that of all pages changes then too, and with every seat or count that a page shows.
"""

import gzip
import os
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import brotli
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase

LIFETIME = 60.0
"""Seconds that a stored page may be served."""
CAPACITY = 500
"""Pages kept per process; the one not asked for longest goes first."""
QUERY_KEYS = frozenset(
    {"page", "thema", "sector", "soort", "niveau", "jaar", "gebied", "rol", "bewijs", "organisatie"}
)
"""Query keys that may change a public page; a request with any other key is never stored or answered here."""

GetResponse = Callable[[HttpRequest], HttpResponseBase]
Key = tuple[str, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class StoredPage:
    """One answer in the three encodings a browser may ask for."""

    version: int
    until: float
    headers: tuple[tuple[str, str], ...]
    bodies: dict[str, bytes]


PAGES, SITE = "page-cache-version", "site-version"
"""The files in ``DATA_DIR`` whose time of change is a version."""


def _version(name: str) -> int:
    try:
        return (Path(settings.DATA_DIR) / name).stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def current_version() -> int:
    """The version of all public pages: nanoseconds; 0 before the first bump."""
    return _version(PAGES)


def site_version() -> int:
    """The version of what is published, and of who may see it; seats and counts do not change it."""
    return _version(SITE)


def _touch(name: str) -> None:
    """Give the file this very moment: a file system alone tells only a few hundred moments a second apart."""
    path = Path(settings.DATA_DIR) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    now = time.time_ns()
    os.utime(path, ns=(now, now))


def bump() -> None:
    """Make every stored page old, now."""
    _touch(PAGES)


def bump_site() -> None:
    """Make every stored page old, and what processes remember of the site, now."""
    _touch(SITE)
    _touch(PAGES)


def bump_on_commit() -> None:
    """Make every stored page old when the current transaction commits: a seat or a count changed."""
    transaction.on_commit(bump)


def bump_site_on_commit() -> None:
    """When the current transaction commits, begin anew: something was published, moved or restricted."""
    transaction.on_commit(bump_site)


def mark_public(response: HttpResponse) -> HttpResponse:
    """Say that every visitor may receive this very answer; call it only without a signed-in user."""
    response.is_public_page = True  # type: ignore[attr-defined]
    return response


def _key(request: HttpRequest) -> Key | None:
    if request.method not in ("GET", "HEAD") or request.META.get("HTTP_AUTHORIZATION"):
        return None
    if request.META.get("HTTP_COOKIE") or request.META.get("HTTP_HX_REQUEST"):
        return None
    query = sorted((key, value) for key, values in request.GET.lists() for value in values)
    if any(key not in QUERY_KEYS for key, _ in query) or len(query) > 6:
        return None
    return (f"{request.scheme}://{request.META.get('HTTP_HOST', '')}", request.path, tuple(query))


class PageCacheMiddleware:
    """Answer from the store when possible; store what may be stored."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.pages: OrderedDict[Key, StoredPage] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """One look-up before everything else."""
        key = _key(request) if getattr(settings, "PAGE_CACHE_ENABLED", True) else None
        if key is None:
            return self.get_response(request)
        version = current_version()
        stored = self.pages.get(key)
        if stored is not None and stored.version == version and stored.until > time.monotonic():
            return _answer(request, stored)
        response = self.get_response(request)
        if request.method == "GET" and _may_store(response):
            page = _store(response, version)
            self.pages[key] = page
            self.pages.move_to_end(key)
            while len(self.pages) > CAPACITY:
                self.pages.popitem(last=False)
            return _answer(request, page)
        return response


def _may_store(response: HttpResponseBase) -> bool:
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and getattr(response, "is_public_page", False)
        and not response.cookies
        and not response.has_header("Set-Cookie")
        and "no-store" not in response.get("Cache-Control", "")
    )


def _store(response: HttpResponseBase, version: int) -> StoredPage:
    assert isinstance(response, HttpResponse)
    body = response.content
    headers = {name: value for name, value in response.items() if name not in ("Content-Length", "Vary")}
    headers["Vary"] = "Accept-Encoding, Cookie"
    headers["Cache-Control"] = "no-cache"
    return StoredPage(
        version=version,
        until=time.monotonic() + LIFETIME,
        headers=tuple(headers.items()),
        bodies={
            "br": brotli.compress(body, quality=5),
            "gzip": gzip.compress(body, compresslevel=6, mtime=0),
            "": body,
        },
    )


def _answer(request: HttpRequest, page: StoredPage) -> HttpResponse:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    encoding = next((name for name in ("br", "gzip") if name in accepted), "")
    response = HttpResponse(page.bodies[encoding])
    for name, value in page.headers:
        response[name] = value
    if encoding:
        response["Content-Encoding"] = encoding
    response["Content-Length"] = str(len(page.bodies[encoding]))
    return response
