"""Every address of organisations, as everybody."""

import uuid
from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from lnpo.organisations.importing.taking_in import preview
from lnpo.organisations.invitations import Invitee, invite
from lnpo.organisations.models import (
    AccessRole,
    FormerName,
    JobRole,
    JoinRequest,
    OrganisationCode,
    OrganisationLink,
    RequestState,
    today,
)
from tests.access.classification import CLASSES, DIRECTORY, MANAGER, OWN, POS_ONLY

POST_ONLY = {
    "network:invitation_again",
    "network:invitation_withdraw",
    "network:switch",
    "network:request_withdraw",
    "network:import_drop",
}
OPEN = [name for name, kind in CLASSES.items() if name.startswith("network:") and name not in POST_ONLY]


def of(*kinds):
    return sorted(name for name, kind in CLASSES.items() if kind in kinds and name.startswith("network:"))


@pytest.fixture
def ids(cast):
    """One of everything of Anna's organisation."""
    invitation = invite(
        cast.anna, cast.swv, Invitee("nieuw@example.org", JobRole.CONTROLLER, AccessRole.READER)
    )
    asked = JoinRequest.objects.create(
        organisation=cast.swv,
        email="vraagt@example.org",
        first_name="Vera",
        last_name="Vraagt",
        job_role="controller",
        note="Ik werk hier sinds augustus.",
        token_hash="x",
        state=RequestState.WAITING,
        confirmed_at=timezone.now(),
    )
    run, _plan = preview(cast.anna, [("scholen.csv", b"vestigingscode;name\n99AA09;De Eik\n")], cast.swv)
    OrganisationCode.objects.create(organisation=cast.swv, scheme="swv", value="PO9901")
    FormerName.objects.create(organisation=cast.swv, name="WSNS Lindestreek", until=today())
    OrganisationLink.objects.create(
        parent=cast.swv,
        child=cast.other_swv,
        starts_on=today() - timedelta(9),
        ends_on=today() - timedelta(1),
    )
    return {
        "organisation_id": cast.swv.pk,
        "membership_id": cast.anna.memberships.get().pk,
        "invitation_id": invitation.pk,
        "request_id": asked.pk,
        "run_id": run.pk,
        "token": "x",
        "key": "schools",
    }


def address(name, ids):
    patterns = next(e for e in get_resolver().url_patterns if getattr(e, "namespace", "") == "network")
    pattern = next(p for p in patterns.url_patterns if p.name == name.split(":")[1])
    return reverse(name, kwargs={key: ids[key] for key in pattern.pattern.converters})


def ask(client, name, ids):
    return getattr(client, "post" if name in POST_ONLY else "get")(address(name, ids))


@pytest.mark.parametrize("name", [n for n in OPEN if n not in {"network:own_invitation", "network:ask"}])
def test_the_manager_opens_every_page(cast, client_of, ids, name):
    answer = ask(client_of(cast.anna), name, ids)
    expected = {
        "network:organisation_close": 403,
        "network:organisation_merge": 403,
        "network:explain_access": 403,
        "network:join": 302,
        "network:request_open": 410,
        "network:request_confirm": 410,
        "network:invitation_open": 410,
        "network:invitation_answer": 410,
    }
    assert answer.status_code == expected.get(name, 200)


@pytest.mark.parametrize("name", of(DIRECTORY, MANAGER, POS_ONLY))
def test_pos_opens_every_page_of_every_organisation(cast, client_of, ids, name):
    assert ask(client_of(cast.els), name, ids).status_code in (200, 302)


@pytest.mark.parametrize("name", of(DIRECTORY, MANAGER, POS_ONLY))
def test_pos_without_a_second_factor_sets_one_up_first(cast, client_of, ids, name):
    cast.els.authenticator_set.all().delete()
    assert ask(client_of(cast.els), name, ids)["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("name", of(MANAGER, POS_ONLY))
@pytest.mark.parametrize("who", ["bram", "rita", "femke", "carla"])
def test_who_is_no_manager_is_refused(cast, client_of, ids, name, who):
    client = client_of(getattr(cast, who))
    for method in ("get", "post"):
        if method == "get" and name in POST_ONLY:
            continue
        answer = getattr(client, method)(address(name, ids))
        assert answer.status_code in (403, 405), method


@pytest.mark.parametrize("name", of(MANAGER, POS_ONLY))
def test_a_manager_elsewhere_changes_nothing_here(cast, client_of, ids, name):
    if "import" in name:
        pytest.skip("each manager imports for the own samenwerkingsverband")
    assert ask(client_of(cast.daan), name, ids).status_code == 403


@pytest.mark.parametrize("name", of(OWN))
@pytest.mark.parametrize("who", ["bram", "daan", "carla"])
def test_what_is_somebody_elses_does_not_exist(cast, client_of, ids, name, who):
    client = client_of(getattr(cast, who))
    nothing = {**ids, **{key: uuid.uuid4() for key in ids if key.endswith("_id")}}
    assert ask(client, name, ids).status_code == ask(client, name, nothing).status_code == 404


@pytest.mark.parametrize("name", [*of(DIRECTORY, MANAGER, POS_ONLY, OWN), "network:mine", "network:requests"])
def test_a_visitor_is_led_to_the_login(client, ids, name):
    assert ask(client, name, ids)["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    "name", [n for n in of(DIRECTORY, MANAGER, POS_ONLY) if "import" not in n and "explain" not in n]
)
def test_who_is_no_member_finds_nothing(cast, client_of, ids, name):
    cast.daan.memberships.update(ends_on=today() - timedelta(1), starts_on=today() - timedelta(9))
    if name == "network:directory":
        assert not client_of(cast.daan).get(address(name, ids)).context["page_obj"].object_list
    else:
        assert ask(client_of(cast.daan), name, ids).status_code == 404


def test_ids_of_another_organisation_open_nothing_in_ones_own(cast, client_of, ids):
    theirs = {**ids, "organisation_id": cast.other_swv.pk}
    daan = client_of(cast.daan)
    for name in ("membership_edit", "membership_end", "invitation_again", "invitation_withdraw"):
        for method in ("get", "post"):
            answer = getattr(daan, method)(address(f"network:{name}", theirs))
            assert answer.status_code in (404, 405)
    assert cast.anna.memberships.get().is_current


@pytest.mark.parametrize(
    "query",
    [
        "?page=-1",
        "?page=0",
        "?page=999999999999999999999",
        "?q=%00",
        "?q=" + "x" * 5000,
        "?soort=x",
        "?q=%27",
    ],
)
def test_odd_addresses_are_answered_calmly(cast, client_of, ids, query):
    for name in ("directory", "people", "organisation", "requests"):
        assert client_of(cast.anna).get(address(f"network:{name}", ids) + query).status_code == 200
    assert client_of(cast.els).get(address("network:organisation_merge", ids) + query).status_code == 200


def test_robots_stay_out(client, ids):
    assert "Disallow: /organisaties/" in client.get("/robots.txt").content.decode()
