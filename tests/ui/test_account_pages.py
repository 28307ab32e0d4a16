"""Login and security look and speak like the rest: Dutch, je, one heading, nothing inline."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from home.structure import prepare_site
from lnpo.ui import wording
from tests.cast import PASSWORD

VISITOR = [
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password_from_key_done",
]
MEMBER = [
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "usersessions_list",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
]
STAFF = ["mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"]
STAFF += ["mfa_reauthenticate", "mfa_reauthenticate_webauthn"]


def main_part(answer):
    text = answer.content.decode()
    assert answer.status_code == 200
    return text[text.index("<main") : text.index("</main>")]


def check(answer):
    """What holds for each of these pages."""
    main, whole = main_part(answer), answer.content.decode()
    assert main.count("<h1>") == 1
    words = re.sub(r"<[^>]+>", " ", main)
    assert not re.search(r"\b[Uu](w)?\b", words), "says u"
    assert not re.search(r"\b(the|your|with|sign|password)\b", words, re.IGNORECASE), "says English"
    assert re.search(r"<title>[^<]+ – LNPO</title>", whole)
    assert 'name="robots" content="noindex"' in whole
    assert " style=" not in whole
    for script in re.findall(r"<script[^>]*>", whole):
        assert "src=" in script or 'type="application/json"' in script


@pytest.mark.parametrize("name", VISITOR)
def test_a_visitor_reads_pages_of_our_own(client, db, name):
    prepare_site()
    check(client.get(reverse(name)))


@pytest.fixture
def anna(cast, client_of):
    """Anna, who has just said again who she is."""
    prepare_site()
    client = client_of(cast.anna)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture
def els(cast, client_of):
    """Els, with an app, recovery codes and a passkey, who has just said again who she is."""
    prepare_site()
    client = client_of(cast.els)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_generate_recovery_codes"))
    data = {"name": "Sleutel", "credential": {}}
    client.key = Authenticator.objects.create(user=cast.els, type=Authenticator.Type.WEBAUTHN, data=data)
    return client


@pytest.mark.parametrize("name", MEMBER)
def test_a_member_reads_pages_of_our_own(anna, name):
    check(anna.get(reverse(name)))


@pytest.mark.parametrize("name", [*STAFF, "mfa_index", "mfa_list_webauthn"])
def test_somebody_with_second_factors_reads_pages_of_our_own(els, name, monkeypatch):
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.begin_authentication", lambda user=None: {})
    check(els.get(reverse(name)))


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_a_passkey_has_its_own_pages(els, name):
    check(els.get(reverse(name, args=[els.key.pk])))


def test_a_passkey_gets_the_name_somebody_gives_it(els):
    els.post(reverse("mfa_edit_webauthn", args=[els.key.pk]), {"name": "Telefoon van Els"})
    assert "Telefoon van Els" in main_part(els.get(reverse("mfa_list_webauthn")))


def test_the_second_step_asks_for_a_code_or_a_passkey(cast, client):
    prepare_site()
    client.post(reverse("account_login"), {"login": "els@example.org", "password": PASSWORD})
    answer = client.get(reverse("mfa_authenticate"))
    check(answer)
    assert 'autocomplete="one-time-code"' in main_part(answer)


def test_a_wrong_code_gets_the_form_back_with_the_secret_unchanged(anna):
    secret = re.compile(r'id="authenticator_secret">([A-Z0-9]+)<')
    before = secret.search(main_part(anna.get(reverse("mfa_activate_totp")))).group(1)
    answer = anna.post(reverse("mfa_activate_totp"), {"code": "000000"})
    check(answer)
    assert secret.search(main_part(answer)).group(1) == before
    assert "error-summary" in main_part(answer)


def test_the_page_of_the_own_addresses_says_which_is_in_use(anna, cast):
    EmailAddress.objects.create(user=cast.anna, email="anna.thuis@example.org")
    main = main_part(anna.get(reverse("account_email")))
    assert main.count('type="radio"') == 2
    assert main.count(">in gebruik<") == 1
    assert main.count("nog niet bevestigd") == 1


def test_a_link_that_no_longer_works_offers_a_new_one(client, db):
    prepare_site()
    answer = client.get(reverse("account_reset_password_from_key", args=["1", "set-password"]))
    check(answer)
    assert reverse("account_reset_password") in main_part(answer)
    check(client.get(reverse("account_confirm_email", args=["onzin"])))


def test_somebody_without_a_password_chooses_one(cast, client_of):
    prepare_site()
    cast.rita.set_unusable_password()
    cast.rita.save()
    check(client_of(cast.rita).get(reverse("account_set_password")))


def test_the_own_pages_say_which_of_them_is_open(anna):
    tabs = re.compile(r'<a href="([^"]+)" aria-current="true">')
    for name in ("mfa_index", "account_email", "account_change_password", "usersessions_list"):
        assert tabs.findall(main_part(anna.get(reverse(name)))) == [reverse(name)]


def test_what_the_library_says_is_said_in_our_words():
    texts = [*wording.PASSWORDS, *wording.SECOND_STEP, *wording.PASSKEYS, *wording.ADDRESSES]
    with translation.override("nl"):
        for text in filter(lambda text: isinstance(text, str), texts):
            said = gettext(text)
            assert said != text
            assert not re.search(r"\b([Uu]w?|[Yy]ou|sessies|sleutel)\b", said), said
