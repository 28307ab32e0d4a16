"""What stands around every page, for visitors and for members."""

import re

import pytest
from django.test import RequestFactory
from django.urls import reverse

from home.structure import prepare_site
from lnpo.ui.context_processors import site_frame


@pytest.fixture
def home(db):
    prepare_site()


def test_a_page_for_visitors_carries_nothing_that_is_only_theirs(home, client):
    answer = client.get("/")
    assert not answer.cookies
    assert b"csrf" not in answer.content
    assert b"nonce" not in answer.content


def test_the_frame_names_the_page_the_language_and_one_style_sheet(home, client):
    text = client.get("/contact/").content.decode()
    assert '<html lang="nl">' in text
    assert "<title>Contact – LNPO</title>" in text
    assert len(re.findall(r'rel="stylesheet"', text)) == 1
    assert text.count('as="font"') == 2
    assert 'class="skip" href="#inhoud"' in text
    assert text.count('<main id="inhoud"') == 1
    assert "<script" not in text


def test_everything_comes_from_this_site(home, client):
    for path in ("/", "/contact/", "/account/login/"):
        text = client.get(path).content.decode()
        sources = re.findall(r'(?:src|href)="([^"]+)"', text)
        assert [
            source for source in sources if source.startswith(("http", "//")) and "testserver" not in source
        ] == []


@pytest.mark.parametrize(("path", "label"), [("/sessies/", "Sessies"), ("/kennisbank/", "Kennisbank")])
def test_the_menu_says_where_one_is(home, client, path, label):
    text = client.get(path).content.decode()
    assert f'<a href="{path}" aria-current="true">{label}</a>' in text


def test_header_and_footer_lead_everywhere(home, client):
    text = client.get("/").content.decode()
    for path in (
        "nieuws",
        "aanbod",
        "klanten",
        "partners",
        "over-ons",
        "contact",
        "privacy",
        "toegankelijkheid",
    ):
        assert f'href="/{path}/"' in text


def test_menus_open_without_javascript(home, cast, client_of):
    text = client_of(cast.anna).get("/mijn/").content.decode()
    for target in re.findall(r'popovertarget="([^"]+)"', text):
        assert re.search(rf'id="{target}" popover', text)
    assert 'popovertarget="account-menu"' in text


def test_the_own_menu_has_the_cms_only_for_staff(home, cast, client_of):
    assert b'href="/beheer/"' in client_of(cast.els).get("/mijn/").content
    assert b'href="/beheer/"' not in client_of(cast.anna).get("/mijn/").content
    for name in ("account_logout", "mfa_index", "account_change_password"):
        assert reverse(name).encode() in client_of(cast.anna).get("/mijn/").content


def test_the_frame_asks_nothing_of_the_database_and_needs_no_user(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        frame = site_frame(RequestFactory().get("/sessies/x/"))
    assert [item.label for item in frame["navigation"] if item.active] == ["Sessies"]


def test_messages_of_the_last_action_are_shown_once(home, cast, client_of):
    client = client_of(cast.anna)
    client.post(reverse("account_logout"))
    assert b"Je bent uitgelogd." in client.get("/").content
    assert b"Je bent uitgelogd." not in client.get("/").content


def test_the_cms_wears_our_name_and_colours(home, cast, client_of):
    text = client_of(cast.els).get("/beheer/").content.decode()
    assert "- LNPO</title>" in text
    assert "ui/beheer.css" in text
    assert 'fill="#f3b33d"' in text
