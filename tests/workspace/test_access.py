"""Who may open which address of the workspace."""

import re
import uuid

import pytest

from lnpo.organisations.models import AccessRole
from templates.workspace.models import Deployment
from tests.organisations.factories import MembershipFactory
from tests.workspace.addresses import ELSEWHERE, OWN, POST_ONLY, READ, SHARING, WRITE, address, all_names

pytestmark = pytest.mark.django_db

DESK = [*READ, *WRITE]
ID_OF = {
    "goal": "goal_id",
    "goal_edit": "goal_id",
    "goal_remove": "goal_id",
    "indicator_create": "goal_id",
    "activity_create": "goal_id",
    "indicator_edit": "indicator_id",
    "measurement_create": "indicator_id",
    "activity_edit": "activity_id",
    "activity_report": "activity_id",
    "deployment_edit": "deployment_id",
    "deployment_remove": "deployment_id",
}


def body(response) -> str:
    """The page without what differs from one error to the next."""
    text = re.sub(r"<code[^>]*>.*?</code>", "", response.content.decode())
    text = re.sub(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", "", text)
    return re.sub(r"(csrfmiddlewaretoken\" value|nonce)=\"[^\"]*\"", "", text)


def test_these_tests_know_every_address():
    assert {*READ, *WRITE, *POST_ONLY, *OWN, *SHARING, *ELSEWHERE} == all_names()


@pytest.mark.parametrize("name", DESK)
@pytest.mark.parametrize("person", ["anna", "bram"])
def test_who_works_in_the_workspace_opens_every_page(cast, workshop, client_of, name, person):
    response = client_of(getattr(cast, person)).get(address(name, workshop))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"]


@pytest.mark.parametrize("name", READ)
def test_a_reader_reads_every_page(cast, workshop, client_of, name):
    assert client_of(cast.rita).get(address(name, workshop)).status_code == 200


@pytest.mark.parametrize("name", [*WRITE, *POST_ONLY])
def test_a_reader_who_writes_is_refused(cast, workshop, client_of, name):
    client = client_of(cast.rita)
    if name not in POST_ONLY:
        assert client.get(address(name, workshop)).status_code == 403
    assert client.post(address(name, workshop), {"title": "x"}).status_code == 403


@pytest.mark.parametrize("person", ["daan", "els"])
@pytest.mark.parametrize("name", [*DESK, *POST_ONLY])
def test_an_outsider_gets_the_answer_of_what_does_not_exist(cast, workshop, client_of, name, person):
    client = client_of(getattr(cast, person))
    wrong = {"organisation_id": uuid.uuid4()}
    ways = [client.get] if name in READ else [client.post] if name in POST_ONLY else [client.get, client.post]
    for send in ways:
        real, invented = send(address(name, workshop)), send(address(name, workshop, **wrong))
        assert (real.status_code, invented.status_code) == (404, 404)
        assert body(real) == body(invented)
        assert cast.swv.name not in real.content.decode()


@pytest.mark.parametrize("name", [*DESK, *POST_ONLY, *ELSEWHERE])
def test_a_visitor_goes_to_the_login(cast, workshop, client_of, name):
    client = client_of(None)
    url = address(name, workshop)
    response = client.post(url) if name in POST_ONLY else client.get(url)
    assert response.status_code == 302
    assert "/account/login/" in response["Location"]


@pytest.mark.parametrize("name", ID_OF)
def test_an_object_of_another_workspace_does_not_exist_here(cast, workshop, client_of, name):
    """Somebody of both workspaces mixes the address of one with an object of the other."""
    MembershipFactory(user=cast.anna, organisation=cast.other_swv, access_role=AccessRole.MANAGER)
    client = client_of(cast.anna)
    for url in (
        address(name, workshop, organisation_id=cast.other_swv.pk),
        address(name, workshop, **{ID_OF[name]: uuid.uuid4()}),
    ):
        if name not in READ:
            assert client.post(url).status_code == 404
        if name not in POST_ONLY:
            assert client.get(url).status_code == 404


@pytest.mark.parametrize("name", ["goal", "goal_edit", "goal_remove", "indicator_create", "activity_create"])
def test_a_removed_goal_is_gone(cast, workshop, client_of, name):
    workshop.shared.removed_at = "2026-01-01T00:00:00Z"
    workshop.shared.save()
    assert client_of(cast.anna).get(address(name, workshop)).status_code == 404


@pytest.mark.parametrize("kind", ["board", "school", "cast"])
def test_only_a_samenwerkingsverband_has_a_workspace(cast, workshop, client_of, kind):
    organisation = {"board": cast.board, "school": cast.school, "cast": cast.other_swv}[kind]
    url = address("overview", workshop, organisation_id=organisation.pk)
    assert client_of(cast.carla).get(url).status_code == 404


def test_an_observer_is_an_outsider_until_something_is_shared(cast, workshop, client_of):
    observer = MembershipFactory(organisation=cast.swv, access_role=AccessRole.OBSERVER).user
    for name in READ:
        assert client_of(observer).get(address(name, workshop)).status_code == 404


def test_a_membership_that_ended_opens_nothing(cast, workshop, client_of):
    cast.bram.memberships.update(starts_on="2024-01-01", ends_on="2025-01-01")
    assert client_of(cast.bram).get(address("overview", workshop)).status_code == 404


def test_the_entrance_leads_to_the_only_workspace(cast, workshop, client_of):
    for person in (cast.anna, cast.rita, cast.carla, cast.femke):
        response = client_of(person).get(address("entrance", workshop))
        assert response["Location"] == address("overview", workshop)


def test_the_entrance_offers_a_choice_or_an_explanation(cast, workshop, client_of):
    MembershipFactory(user=cast.anna, organisation=cast.other_swv)
    text = client_of(cast.anna).get(address("entrance", workshop)).content.decode()
    assert cast.swv.name in text
    assert cast.other_swv.name in text
    response = client_of(cast.els).get(address("entrance", workshop))
    assert response.status_code == 200
    assert cast.swv.name not in response.content.decode()


def test_an_amount_is_only_removed_by_a_post(cast, workshop, client_of):
    url = address("deployment_remove", workshop)
    assert client_of(cast.anna).get(url).status_code == 405
    assert client_of(cast.anna).post(url).status_code == 302
    assert not Deployment.objects.unscoped("test").filter(pk=workshop.amount.pk).exists()


@pytest.mark.parametrize(
    "query", ["jaar=9999", "jaar=abc", "jaar=%00", "jaar=²", "jaar=-1", "wie=x", "doel=x"]
)
def test_a_strange_address_is_no_server_error(cast, workshop, client_of, query):
    for name in ("money", "activities", "deployment_create", "overview"):
        assert client_of(cast.anna).get(f"{address(name, workshop)}?{query}").status_code == 200


def test_an_empty_workspace_opens(cast, workshop, client_of):
    for name in READ:
        if name != "goal":
            url = address(name, workshop, organisation_id=cast.other_swv.pk)
            assert client_of(cast.daan).get(url).status_code == 200
    url = address("deployment_create", workshop, organisation_id=cast.other_swv.pk)
    assert client_of(cast.daan).get(url).status_code == 302
