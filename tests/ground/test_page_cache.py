"""The public page cache: what it stores, for whom, and for how long."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from lnpo import page_cache
from lnpo.page_cache import PageCacheMiddleware, bump, mark_public


@pytest.fixture
def public(settings, tmp_path):
    settings.PAGE_CACHE_ENABLED = True
    settings.DATA_DIR = tmp_path


class Site:
    """A view behind the middleware that counts how often it is asked."""

    def __init__(self, make=lambda request: mark_public(HttpResponse("hello" * 100))):
        self.calls = 0
        self.make = make
        self.middleware = PageCacheMiddleware(self.view)
        self.factory = RequestFactory()

    def view(self, request):
        self.calls += 1
        request.user = AnonymousUser()
        return self.make(request)

    def get(self, path="/", **extra):
        return self.middleware(self.factory.get(path, **extra))


def test_a_public_page_is_made_once(public):
    site = Site()
    assert site.get().content == site.get().content
    assert site.calls == 1


def test_a_head_request_is_answered_from_the_store(public):
    site = Site()
    site.get()
    assert site.middleware(site.factory.head("/")).status_code == 200
    assert site.calls == 1


@pytest.mark.parametrize(
    "extra",
    [
        {"HTTP_COOKIE": "sessionid=1"},
        {"HTTP_COOKIE": "anything=1"},
        {"HTTP_AUTHORIZATION": "Basic x"},
        {"HTTP_HX_REQUEST": "true"},
    ],
)
def test_a_request_that_may_be_personal_is_neither_stored_nor_answered_from_the_store(public, extra):
    site = Site()
    site.get(**extra)
    site.get()
    site.get(**extra)
    assert site.calls == 3


def with_cookie(request):
    response = mark_public(HttpResponse("x"))
    response.set_cookie("csrftoken", "secret")
    return response


@pytest.mark.parametrize(
    "make",
    [
        lambda request: HttpResponse("not marked"),
        lambda request: mark_public(HttpResponse("error", status=404)),
        lambda request: mark_public(HttpResponse("moved", status=302)),
        with_cookie,
    ],
)
def test_what_is_not_for_everybody_is_never_stored(public, make):
    site = Site(make)
    site.get()
    site.get()
    assert site.calls == 2
    assert not site.middleware.pages


def test_a_post_is_never_answered_from_the_store(public):
    site = Site()
    site.get()
    site.middleware(site.factory.post("/"))
    assert site.calls == 2


def test_a_bump_makes_every_page_old(public):
    site = Site()
    site.get()
    bump()
    site.get()
    assert site.calls == 2


def test_a_page_is_old_after_its_lifetime(public, monkeypatch):
    site = Site()
    site.get()
    later = page_cache.time.monotonic() + page_cache.LIFETIME + 1
    monkeypatch.setattr(page_cache.time, "monotonic", lambda: later)
    site.get()
    assert site.calls == 2


def test_host_path_and_known_query_keys_tell_pages_apart(public):
    site = Site(lambda request: mark_public(HttpResponse(request.get_full_path())))
    paths = ["/", "/a/", "/a/?thema=x", "/a/?thema=y", "/a/?page=2"]
    assert [site.get(path).content.decode() for path in paths] == paths
    assert [site.get(path).content.decode() for path in paths] == paths
    assert site.calls == len(paths)
    site.get("/", SERVER_NAME="other.example", HTTP_HOST="other.example")
    assert site.calls == len(paths) + 1


def test_unknown_query_keys_cannot_fill_the_store(public):
    site = Site()
    site.get("/?utm=1")
    site.get("/?utm=1")
    assert site.calls == 2
    assert not site.middleware.pages


def test_the_store_has_a_limit(public, monkeypatch):
    monkeypatch.setattr(page_cache, "CAPACITY", 2)
    site = Site()
    for path in ("/1/", "/2/", "/3/"):
        site.get(path)
    assert len(site.middleware.pages) == 2


@pytest.mark.parametrize(("accepts", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None)])
def test_a_stored_page_is_sent_in_an_encoding_the_browser_knows(public, accepts, encoding):
    site = Site()
    site.get()
    answer = site.get(HTTP_ACCEPT_ENCODING=accepts)
    assert answer.get("Content-Encoding") == encoding
    assert int(answer["Content-Length"]) == len(answer.content)
    assert "Accept-Encoding" in answer["Vary"]
