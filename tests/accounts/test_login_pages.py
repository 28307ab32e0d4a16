"""What somebody meets on the way in: the right page for each state of an account, in plain Dutch."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.messages import get_messages
from django.urls import reverse

from home.structure import prepare_site
from lnpo.accounts import encryption
from tests.cast import PASSWORD
from tests.mailbox import sent_mails


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def code_of(user):
    """The six digits that the app of ``user`` shows now."""
    secret = encryption.decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_closed_account_is_told_whom_to_ask_and_stays_out(cast, client):
    prepare_site()
    cast.bram.is_active = False
    cast.bram.save()
    answer = client.post(
        reverse("account_login"), {"login": cast.bram.email, "password": PASSWORD}, follow=True
    )
    assert "_auth_user_id" not in client.session
    assert "Vraag het na bij de beheerder van je organisatie of bij POS" in text_of(answer)


def test_a_closed_account_gets_no_link_to_choose_a_password(cast, client):
    cast.bram.is_active = False
    cast.bram.save()
    answer = client.post(reverse("account_reset_password"), {"email": cast.bram.email})
    assert answer["Location"] == reverse("account_reset_password_done")
    assert not any("/password/reset/key/" in message.body for message in sent_mails())


def test_a_wrong_and_an_unknown_address_read_the_same(cast, client):
    prepare_site()
    pages = [
        text_of(sign_in(client, email, "wrong-passphrase"))
        for email in ("anna@example.org", "nobody@example.org")
    ]
    assert pages[0] == pages[1]
    assert "E-mailadres of wachtwoord klopt niet." in pages[0]


def test_a_code_works_once(cast, client, client_of):
    prepare_site()
    code = code_of(cast.els)
    sign_in(client, cast.els.email)
    assert client.post(reverse("mfa_authenticate"), {"code": code})["Location"] == "/mijn/"
    again = client_of(None)
    sign_in(again, cast.els.email)
    answer = again.post(reverse("mfa_authenticate"), {"code": code})
    assert "Deze code klopt niet." in text_of(answer)
    assert "_auth_user_id" not in again.session


def test_a_reset_password_does_not_go_past_the_second_step(cast, client):
    prepare_site()
    cast.els.set_password("een eigen lange zin")
    cast.els.save()
    assert sign_in(client, cast.els.email, "een eigen lange zin")["Location"].startswith(
        reverse("mfa_authenticate")
    )
    assert client.get("/mijn/").status_code == 302


def test_a_passkey_is_offered_at_the_second_step_to_who_has_one(cast, client, monkeypatch):
    prepare_site()
    sign_in(client, cast.els.email)
    assert b"mfa_webauthn_authenticate" not in client.get(reverse("mfa_authenticate")).content
    options = {"publicKey": {"challenge": "x", "allowCredentials": [{"id": "y", "type": "public-key"}]}}
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.begin_authentication", lambda user=None: options)
    assert b'id="mfa_webauthn_authenticate"' in client.get(reverse("mfa_authenticate")).content


def test_staff_are_told_why_the_last_second_step_stays(cast, client_of):
    prepare_site()
    client = client_of(cast.els)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "Voeg eerst een passkey toe" in text_of(answer)
    assert Authenticator.objects.filter(user=cast.els, type="totp").exists()


def test_a_new_password_signs_out_every_other_device(cast, client, client_of):
    prepare_site()
    elsewhere = client_of(cast.anna)
    sign_in(client, cast.anna.email)
    data = {"oldpassword": PASSWORD, "password1": "een eigen lange zin", "password2": "een eigen lange zin"}
    client.post(reverse("account_change_password"), data)
    assert client.get("/mijn/").status_code == 200
    assert elsewhere.get("/mijn/").status_code == 302


@pytest.mark.parametrize("who", [None, "anna", "els"])
def test_the_login_form_of_the_cms_is_never_shown(cast, client_of, who):
    prepare_site()
    answer = client_of(getattr(cast, who) if who else None).get("/beheer/login/", follow=True)
    assert b"wagtailadmin" not in answer.content
    assert b'name="username"' not in answer.content


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_nobody_is_sent_off_the_site_after_signing_in(cast, client, target):
    data = {"login": cast.anna.email, "password": PASSWORD, "next": target}
    assert client.post(reverse("account_login"), data)["Location"] == "/mijn/"


def test_what_is_said_after_a_change_is_plain(cast, client_of):
    prepare_site()
    client = client_of(cast.anna)
    data = {"oldpassword": PASSWORD, "password1": "een eigen lange zin", "password2": "een eigen lange zin"}
    answer = client.post(reverse("account_change_password"), data)
    assert [str(m) for m in get_messages(answer.wsgi_request)] == ["Je nieuwe wachtwoord is opgeslagen."]
    answer = client.post(reverse("account_email"), {"email": cast.anna.email, "action_remove": ""})
    assert any("Kies eerst een ander adres" in str(m) for m in get_messages(answer.wsgi_request))


def test_only_the_cms_itself_is_guarded_not_what_begins_like_it(db, client):
    prepare_site()
    assert client.get("/beheermodel/").status_code == 404
    assert client.get("/beheer", follow=True).redirect_chain[-1][0] == "/account/login/?next=/beheer/"
