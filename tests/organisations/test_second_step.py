"""A second step where an organisation asks it: who must set one up, and what stays closed until then."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from home.structure import prepare_site
from lnpo.audit.models import AuditEntry
from lnpo.organisations.models import SecondFactorRule
from lnpo.organisations.second_step import ask_second_step


def secure(user):
    TOTP.activate(user, generate_totp_secret())


@pytest.fixture
def asked(cast):
    prepare_site()
    secure(cast.anna)

    def ask(rule):
        ask_second_step(cast.anna, cast.swv, rule)

    return ask


def is_led_to_set_one_up(client, path="/mijn/"):
    answer = client.get(path)
    return answer.status_code == 302 and answer["Location"] == reverse("mfa_index")


@pytest.mark.parametrize(
    ("rule", "manager", "contributor"),
    [
        (SecondFactorRule.NOBODY, False, False),
        (SecondFactorRule.MANAGERS, True, False),
        (SecondFactorRule.ALL, True, True),
    ],
)
def test_who_must_have_one(cast, client_of, asked, rule, manager, contributor):
    asked(rule)
    cast.anna.authenticator_set.all().delete()
    assert is_led_to_set_one_up(client_of(cast.anna)) is manager
    assert is_led_to_set_one_up(client_of(cast.bram)) is contributor
    assert not is_led_to_set_one_up(client_of(cast.daan))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["/mijn/", "/werkruimte/", "/sessies/", "/netwerk/"])
def test_nothing_but_the_own_account_opens_without_it(cast, client_of, asked, path, method):
    asked(SecondFactorRule.ALL)
    client = client_of(cast.bram)
    assert getattr(client, method)(path)["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("account_logout")).status_code == 200


def test_with_a_second_step_everything_opens_at_the_next_page(cast, client_of, asked):
    asked(SecondFactorRule.ALL)
    client = client_of(cast.bram)
    assert is_led_to_set_one_up(client)
    secure(cast.bram)
    assert client.get("/mijn/").status_code == 200


def test_staff_without_one_reach_no_page_of_staff_nor_of_members(cast, client_of):
    prepare_site()
    cast.els.authenticator_set.all().delete()
    client = client_of(cast.els)
    for path in ("/beheer/", "/mijn/", "/netwerk/"):
        assert is_led_to_set_one_up(client, path), path


def test_recovery_codes_alone_are_not_a_second_step(cast, client_of, asked):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    asked(SecondFactorRule.ALL)
    RecoveryCodes.activate(cast.bram)
    assert is_led_to_set_one_up(client_of(cast.bram))


def test_a_manager_chooses_on_a_page_and_it_is_kept_in_the_trail(cast, client_of, asked):
    client = client_of(cast.anna)
    url = reverse("network:second_step", args=[cast.swv.pk])
    assert client.post(url, {"second_factor": "all"}).status_code == 302
    cast.swv.refresh_from_db()
    assert cast.swv.second_factor == SecondFactorRule.ALL
    entry = AuditEntry.objects.get(action="organisation.second_step_changed")
    assert entry.changes == {"second_factor": ["", "all"]}
    client.post(url, {"second_factor": "all"})
    assert AuditEntry.objects.filter(action="organisation.second_step_changed").count() == 1
    assert client.post(url, {"second_factor": "onzin"}).status_code == 200


def test_who_has_none_cannot_ask_it_of_others(cast, client_of):
    prepare_site()
    answer = client_of(cast.anna).post(
        reverse("network:second_step", args=[cast.swv.pk]), {"second_factor": "managers"}
    )
    assert "Stel eerst voor jezelf" in answer.content.decode()
    cast.swv.refresh_from_db()
    assert cast.swv.second_factor == ""


@pytest.mark.parametrize("who", ["bram", "daan", "carla"])
def test_others_cannot_choose_for_the_organisation(cast, client_of, who):
    prepare_site()
    user = getattr(cast, who)
    answer = client_of(user).post(
        reverse("network:second_step", args=[cast.swv.pk]), {"second_factor": "all"}
    )
    assert answer.status_code == 403
    with pytest.raises(PermissionDenied):
        ask_second_step(user, cast.swv, SecondFactorRule.ALL)
