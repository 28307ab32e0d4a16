"""Signing in: one door, one set of limits, and a second factor for staff."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from home.structure import prepare_site
from lnpo.accounts import encryption
from lnpo.accounts.adapters import MFAAdapter
from lnpo.accounts.models import User
from lnpo.accounts.staff import make_pos_editor
from tests.cast import PASSWORD
from tests.mailbox import sent_mails


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_a_member_signs_in_whatever_the_case_of_the_address(cast, client):
    answer = sign_in(client, "ANNA@Example.org")
    assert answer.status_code == 302
    assert answer["Location"] == "/mijn/"


@pytest.mark.parametrize("email", ["anna@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(cast, client, email):
    answer = sign_in(client, email, "wrong-passphrase")
    assert answer.status_code == 200
    assert b"error-summary" in answer.content
    assert "_auth_user_id" not in client.session


def test_a_reset_answers_the_same_for_known_and_unknown_addresses(cast, client):
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in ("anna@example.org", "nobody@example.org")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, reverse("account_reset_password_done"))
    }


def test_a_person_without_a_password_can_choose_one_by_mail(cast, client):
    User.objects.create_user("new@example.org", first_name="New")
    client.post(reverse("account_reset_password"), {"email": "new@example.org"})
    assert [message.to for message in sent_mails()] == [["new@example.org"]]
    assert "/account/password/reset/key/" in sent_mails()[0].body


def test_nobody_signs_up(client, db):
    assert b'name="password1"' not in client.get(reverse("account_signup")).content
    client.post(reverse("account_signup"), {"email": "x@example.org", "password1": PASSWORD})
    assert not User.objects.filter(email="x@example.org").exists()


@pytest.mark.parametrize("password", ["short", "x" * 129, "wachtwoord1234"[:11], "password1234"])
def test_passwords_that_are_too_short_too_long_or_common_are_refused(cast, client_of, password):
    client = client_of(cast.anna)
    data = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    client.post(reverse("account_change_password"), data)
    cast.anna.refresh_from_db()
    assert cast.anna.check_password(PASSWORD)


@pytest.mark.parametrize("password", ["een lange zin zonder cijfers", "y" * 128])
def test_length_counts_and_composition_does_not(cast, client_of, password):
    data = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    client_of(cast.anna).post(reverse("account_change_password"), data)
    cast.anna.refresh_from_db()
    assert cast.anna.check_password(password)


def test_staff_give_a_code_after_the_password_before_anything_opens(cast, client):
    prepare_site()
    answer = sign_in(client, "els@example.org")
    assert answer["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/beheer/").status_code == 302
    factor = Authenticator.objects.get(user=cast.els, type="totp")
    secret = encryption.decrypt(factor.data["secret"])
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post("/account/2fa/authenticate/", {"code": code}).status_code == 302
    assert client.get("/beheer/").status_code == 200


def test_staff_without_a_second_factor_are_led_to_set_one_up(cast, client_of):
    prepare_site()
    make_pos_editor(cast.rita)
    answer = client_of(cast.rita).get("/beheer/")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("mfa_index")
    assert client_of(cast.rita).get(reverse("mfa_index")).status_code == 200


def test_a_member_at_the_cms_finds_no_page_and_no_circle(cast, client_of):
    answer = client_of(cast.anna).get("/beheer/", follow=True)
    assert answer.status_code == 404
    assert answer.redirect_chain == []


def test_secrets_of_second_factors_are_stored_encrypted(cast):
    stored = Authenticator.objects.get(user=cast.els, type="totp").data["secret"]
    assert encryption.decrypt(stored) != stored
    assert encryption.decrypt(encryption.encrypt("geheim")) == "geheim"


def test_staff_keep_their_last_second_factor(cast):
    factor = Authenticator.objects.get(user=cast.els, type="totp")
    assert not MFAAdapter().can_delete_authenticator(factor)
    factor.user = cast.anna
    assert MFAAdapter().can_delete_authenticator(factor)


def test_too_many_tries_are_refused(cast, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/300s/key"}
    for _try in range(5):
        sign_in(client, "anna@example.org", "wrong-passphrase")
    answer = sign_in(client, "anna@example.org")
    assert "_auth_user_id" not in client.session
    assert answer.status_code in (200, 429)


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_signup",
        "mfa_index",
        "account_email",
    ],
)
@pytest.mark.parametrize("who", ["anna", None])
def test_account_pages_open_or_lead_to_the_login(cast, client_of, who, name):
    answer = client_of(getattr(cast, who) if who else None).get(reverse(name))
    assert answer.status_code in (200, 302)


def test_the_csp_forbids_inline_code_for_members_and_allows_the_qr_code_on_one_page(cast, client_of):
    policy = client_of(None).get("/account/login/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "data:" not in policy
    assert "frame-ancestors 'none'" in policy
