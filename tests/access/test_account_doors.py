"""Every page of login and security, with what each needs to be shown."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.urls import reverse

from home.structure import prepare_site
from tests.cast import PASSWORD
from tests.mailbox import sent_mails

OPEN = ["mfa_index", "mfa_generate_recovery_codes", "mfa_deactivate_totp"]


@pytest.fixture
def els(cast, client_of):
    """Els, who has just said again who she is."""
    prepare_site()
    client = client_of(cast.els)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    key = Authenticator.objects.create(
        user=cast.els, type=Authenticator.Type.WEBAUTHN, data={"name": "Sleutel", "credential": {}}
    )
    client.key = key
    return client


@pytest.mark.parametrize("name", OPEN)
def test_staff_open_the_pages_of_the_second_factor(els, name):
    assert els.get(reverse(name), follow=True).status_code == 200


def test_recovery_codes_are_made_and_shown(els):
    assert els.post(reverse("mfa_generate_recovery_codes"), follow=True).status_code == 200
    assert els.get(reverse("mfa_view_recovery_codes")).status_code == 200


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_a_passkey_can_be_renamed_and_removed(els, name):
    assert els.get(reverse(name, args=[els.key.pk])).status_code == 200


@pytest.mark.parametrize("name", ["account_email", "account_change_password", "account_logout", "mfa_index"])
def test_a_member_opens_the_own_account(cast, client_of, name):
    prepare_site()
    assert client_of(cast.anna).get(reverse(name)).status_code == 200


def test_a_forgotten_password_is_replaced_through_the_link_in_the_mail(cast, client):
    prepare_site()
    assert client.post(reverse("account_reset_password"), {"email": cast.anna.email}).status_code == 302
    link = re.search(r"https?://[^/\s]+(/account/password/reset/key/\S+)", sent_mails()[-1].body).group(1)
    form = client.get(link, follow=True)
    assert form.status_code == 200
    new = "een-heel-nieuwe-zin-9"
    answer = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True)
    assert answer.status_code == 200
    cast.anna.refresh_from_db()
    assert cast.anna.check_password(new)
    used = client.get(link, follow=True)
    assert used.status_code == 200


def test_an_address_is_confirmed_through_the_link_in_the_mail(cast, client_of):
    prepare_site()
    client = client_of(cast.anna)
    client.post(reverse("account_email"), {"email": "anna.nieuw@example.org", "action_add": ""})
    link = re.search(r"https?://[^/\s]+(/account/confirm-email/\S+)", sent_mails()[-1].body).group(1)
    assert client.get(link).status_code == 200
    client.post(link)
    assert EmailAddress.objects.get(email="anna.nieuw@example.org").verified


@pytest.mark.parametrize("name", ["mfa_reauthenticate", "mfa_add_webauthn"])
def test_staff_say_again_who_they_are_and_add_a_passkey(els, name):
    els.key.delete()
    assert els.get(reverse(name), follow=True).status_code == 200


def test_staff_are_asked_for_the_code_after_the_password(cast, client):
    prepare_site()
    answer = client.post(
        reverse("account_login"), {"login": cast.els.email, "password": PASSWORD}, follow=True
    )
    assert answer.redirect_chain[-1][0].startswith(reverse("mfa_authenticate"))
    assert answer.status_code == 200
    assert client.get("/beheer/").status_code == 302


def test_a_member_sets_up_a_second_factor(cast, client_of):
    prepare_site()
    client = client_of(cast.anna)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_somebody_without_a_password_chooses_one(cast, client_of):
    prepare_site()
    cast.anna.set_unusable_password()
    cast.anna.save()
    assert client_of(cast.anna).get(reverse("account_set_password")).status_code == 200
