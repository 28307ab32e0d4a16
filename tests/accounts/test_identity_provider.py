"""Sign in with an account elsewhere: only what holds in every respect signs somebody in."""

import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as project
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from home.structure import prepare_site
from lnpo.accounts.adapters import SocialAccountAdapter
from lnpo.settings.environment import identity_providers
from tests.accounts.identity_provider import APP, ISSUER, STRANGE_KEY, FakeProvider
from tests.cast import PASSWORD

LOGIN = "/account/oidc/oidc/login/"


@pytest.fixture
def idp(settings, monkeypatch):
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [APP]}}
    provider = FakeProvider()
    make = SocialAccountAdapter.get_requests_session

    def session(self):
        made = make(self)
        made.mount(ISSUER, provider)
        return made

    monkeypatch.setattr(SocialAccountAdapter, "get_requests_session", session)
    return provider


def go(client, provider, process="login", state=None, keep_nonce=True, code="c"):
    """To the provider and back."""
    there = client.post(f"{LOGIN}?process={process}")
    assert there.status_code == 302, there.content
    query = {name: values[0] for name, values in parse_qs(urlsplit(there["Location"]).query).items()}
    provider.query = query
    if keep_nonce:
        provider.nonce = query["nonce"]
    return client.get(f"{LOGIN}callback/", {"code": code, "state": state or query["state"]})


def signed_in(client):
    return client.get("/mijn/").status_code == 200


def connect(user, sub="s-1"):
    return SocialAccount.objects.create(user=user, provider="oidc", uid=sub, extra_data={})


def test_who_was_connected_before_signs_in_by_sub_whatever_the_address_is_now(cast, client, idp):
    connect(cast.bram)
    idp.claims = {"email": "nieuw.adres@example.org"}
    go(client, idp)
    assert signed_in(client)
    assert client.session["_auth_user_id"] == str(cast.bram.pk)
    assert idp.query["code_challenge_method"] == "S256"
    assert idp.form["code_verifier"]


def test_an_address_that_the_provider_verified_connects_the_account_once(cast, client, idp):
    go(client, idp)
    assert signed_in(client)
    assert SocialAccount.objects.get().user == cast.anna
    assert set(SocialAccount.objects.get().extra_data) == {"iss", "sub", "email", "email_verified"}


@pytest.mark.parametrize("value", [False, None, "false", 0, "nee"])
def test_an_address_that_is_not_verified_signs_nobody_in(cast, client, idp, value):
    idp.claims = {"email_verified": value}
    go(client, idp)
    assert not signed_in(client)
    assert not SocialAccount.objects.exists()


def test_a_known_sub_with_an_address_called_unverified_is_refused_too(cast, client, idp):
    connect(cast.anna)
    idp.claims = {"email_verified": False}
    assert go(client, idp).status_code == 401
    assert not signed_in(client)


HOUR = 3600
WRONG = [
    {"claims": {"nonce": "iets-anders"}},
    {"claims": {"nonce": None}},
    {"claims": {"aud": "andere-client"}},
    {"claims": {"aud": ["lnpo-client", "andere"]}},
    {"claims": {"aud": None}},
    {"claims": {"azp": "andere"}},
    {"claims": {"iss": "https://elders.example"}},
    {"claims": {"iss": ISSUER + "/"}},
    {"claims": {"iss": None}},
    {"claims": {"sub": None}},
    {"claims": {"sub": ""}},
    {"claims": {"sub": "x" * 500}},
    {"claims": {"exp": int(time.time()) - HOUR}},
    {"claims": {"exp": None}},
    {"claims": {"iat": int(time.time()) + HOUR}},
    {"key": STRANGE_KEY},
    {"headers": {"kid": "onbekend"}},
    {"algorithm": "none"},
    {"algorithm": "HS256"},
    {"token_answer": {"id_token": "geen.token.dus"}},
    {"token_answer": {"id_token": None}},
    {"token_answer": {"id_token": 7}},
    {"token_answer": {"access_token": None, "error": "invalid_grant"}},
    {"claims": {"email": None}, "userinfo": {"sub": "s-2", "email": "anna@example.org"}},
]


@pytest.mark.parametrize("wrong", WRONG, ids=[str(number) for number in range(len(WRONG))])
def test_what_does_not_hold_signs_nobody_in_and_breaks_no_page(cast, client, idp, wrong):
    connect(cast.anna)
    for name, value in wrong.items():
        setattr(idp, name, value)
    answer = go(client, idp)
    assert answer.status_code == 401
    assert "niet ingelogd" in answer.content.decode()
    assert not signed_in(client)


def test_the_same_answers_without_a_fault_do_sign_in(cast, client, idp):
    connect(cast.anna)
    go(client, idp)
    assert signed_in(client)


def test_another_or_a_used_state_signs_nobody_in(cast, client, idp):
    connect(cast.anna)
    assert go(client, idp, state="verzonnen").status_code == 401
    go(client, idp)
    again = client.get(f"{LOGIN}callback/", {"code": "c", "state": idp.query["state"]})
    assert again.status_code == 401


def test_an_answer_meant_for_another_browser_signs_nobody_in(cast, client, client_of, idp):
    connect(cast.anna)
    there = client.post(LOGIN)
    state = parse_qs(urlsplit(there["Location"]).query)["state"][0]
    other = client_of(None)
    assert other.get(f"{LOGIN}callback/", {"code": "c", "state": state}).status_code == 401


def test_nobody_adds_to_what_we_ask_of_the_provider(client, db, idp):
    there = client.post(f"{LOGIN}?scope=admin&auth_params=nonce%3Dx%26prompt%3Dnone")
    query = parse_qs(urlsplit(there["Location"]).query)
    assert sorted(query["scope"][0].split()) == ["email", "openid", "profile"]
    assert "prompt" not in query
    assert query["nonce"] != ["x"]


@pytest.mark.parametrize(
    "config", [{"issuer": "https://elders.example"}, {"issuer": None}, {"token_endpoint": 3}]
)
def test_a_provider_that_speaks_for_another_is_refused(cast, client, idp, config):
    connect(cast.anna)
    idp.config = config
    answer = client.post(LOGIN)
    if answer.status_code == 302:
        state = parse_qs(urlsplit(answer["Location"]).query)["state"][0]
        answer = client.get(f"{LOGIN}callback/", {"code": "c", "state": state})
    assert answer.status_code == 401
    assert not signed_in(client)


def test_a_provider_that_is_down_is_a_page_that_says_so(cast, client, idp):
    idp.status = 503
    assert client.post(LOGIN).status_code == 401


def test_somebody_we_do_not_know_gets_no_account(cast, client, idp):
    idp.claims = {"sub": "nieuw", "email": "onbekend@example.org"}
    answer = go(client, idp)
    assert "Toegang krijgen" in answer.content.decode()
    assert not SocialAccount.objects.exists()
    assert not signed_in(client)


def test_a_second_factor_is_asked_after_signing_in_elsewhere(cast, client, idp):
    connect(cast.els)
    assert go(client, idp)["Location"].startswith(reverse("mfa_authenticate"))
    assert not signed_in(client)


def test_a_closed_account_stays_closed(cast, client, idp):
    connect(cast.anna)
    cast.anna.is_active = False
    cast.anna.save()
    go(client, idp)
    assert not signed_in(client)


def test_a_member_connects_and_disconnects_an_account_elsewhere(cast, client_of, idp):
    prepare_site()
    client = client_of(cast.bram)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    idp.claims = {"email_verified": None, "email": "bram@werk.example"}
    go(client, idp, process="connect")
    account = SocialAccount.objects.get()
    assert account.user == cast.bram
    page = client.get(reverse("socialaccount_connections")).content.decode()
    assert "bram@werk.example" in page
    client.post(reverse("socialaccount_connections"), {"account": account.pk})
    assert not SocialAccount.objects.exists()


def test_an_account_elsewhere_of_somebody_else_is_not_taken_over(cast, client_of, idp):
    connect(cast.anna)
    client = client_of(cast.bram)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    go(client, idp, process="connect")
    assert SocialAccount.objects.get().user == cast.anna


def test_the_login_offers_what_is_configured_and_begins_with_a_button(client, db, idp):
    prepare_site()
    page = client.get(reverse("account_login")).content.decode()
    assert "Inloggen met Testpartij" in page
    assert re.search(r'<form method="post" action="/account/oidc/oidc/login/\?process=login', page)
    asked = client.get(LOGIN)
    assert asked.status_code == 200
    assert "Naar Testpartij" in asked.content.decode()
    assert not idp.asked


def test_nothing_is_offered_that_is_not_configured(client, db):
    prepare_site()
    assert "Inloggen met" not in client.get(reverse("account_login")).content.decode().replace(
        "Inloggen met een", ""
    )
    assert client.post("/account/oidc/google/login/").status_code == 404
    assert client.get("/account/oidc/google/login/callback/").status_code == 404


def test_who_stops_at_the_provider_comes_back_to_a_page_that_says_so(client, db, idp):
    there = client.post(LOGIN)
    state = parse_qs(urlsplit(there["Location"]).query)["state"][0]
    back = client.get(f"{LOGIN}callback/", {"error": "access_denied", "state": state}, follow=True)
    assert "niets veranderd" in back.content.decode()


def test_the_environment_names_the_parties_and_the_policy_lets_forms_go_there(monkeypatch):
    monkeypatch.setenv("MICROSOFT_CLIENT_ID", "m")
    monkeypatch.setenv("MICROSOFT_CLIENT_SECRET", "geheim")
    monkeypatch.setenv("GOOGLE_CLIENT_ID", "g")
    with pytest.raises(ImproperlyConfigured, match="GOOGLE_CLIENT_SECRET"):
        identity_providers()
    monkeypatch.setenv("GOOGLE_CLIENT_SECRET", "geheim")
    found = identity_providers()
    assert [one["name"] for one in found] == ["Microsoft", "Google"]
    assert found[0]["settings"]["server_url"].endswith("/organizations/v2.0")
    assert project.IDENTITY_PROVIDERS == []
    assert get_adapter().is_open_for_signup(None, None) is False
