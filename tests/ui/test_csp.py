"""The Content-Security-Policy of the site, of the CMS, and of the one page with a QR code."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse

from home.structure import prepare_site
from lnpo.ui.csp import ContentSecurityPolicyMiddleware
from tests.cast import PASSWORD


def policy(path):
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    answer = ContentSecurityPolicyMiddleware(lambda _request: HttpResponse())(request)
    parts = (part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    return {name: set(sources.split()) for name, sources in parts}


@pytest.mark.parametrize("path", ["/account/login/", "/werkruimte/", "/account/2fa/", "/readyz"])
def test_the_site_allows_nothing_inline_and_nothing_from_elsewhere(path):
    sources = policy(path)
    assert sources["default-src"] == {"'none'"}
    assert sources["frame-ancestors"] == {"'none'"}
    assert set().union(*sources.values()) == {"'self'", "'none'"}


def test_the_cms_may_use_inline_style_and_script_but_nothing_from_elsewhere():
    sources = policy("/beheer/")
    assert "'unsafe-inline'" in sources["script-src"]
    assert not any("//" in source or source == "*" for found in sources.values() for source in found)


def test_only_the_page_with_the_qr_code_may_show_data_images():
    qr = policy(reverse("mfa_activate_totp"))
    assert qr.pop("img-src") == {"'self'", "data:"}
    assert set().union(*qr.values()) == {"'self'", "'none'"}
    assert "data:" not in policy(reverse("mfa_index"))["img-src"]


def test_the_qr_code_is_shown_under_its_policy(cast, client_of):
    prepare_site()
    client = client_of(cast.anna)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.get(reverse("mfa_activate_totp"))
    assert b'class="qr" src="data:image/svg+xml' in answer.content
    assert "data:" in answer["Content-Security-Policy"]
