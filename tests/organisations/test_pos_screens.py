"""POS sees who may do what, why, and who changed it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.structure import prepare_site
from lnpo.organisations.joining import ask_as
from lnpo.organisations.membership import grant, revoke
from lnpo.organisations.models import AccessRole, JobRole, Organisation
from lnpo.organisations.permissions import grant_staff_permissions
from tests.organisations.factories import MembershipFactory, UserFactory


@pytest.fixture
def els(cast, client_of):
    prepare_site()
    grant_staff_permissions(cast.els.groups.get())
    return client_of(cast.els)


def explained(els, person, thing):
    page = els.get(reverse("network:explain_access"), {"persoon": person, "object": thing})
    assert page.status_code == 200
    return {str(verdict.what): verdict.may for verdict in page.context.get("verdicts", [])}


def test_pos_reads_why_somebody_may_and_why_not(els, cast):
    workspace = reverse("workspace:overview", args=[cast.swv.pk])
    assert all(explained(els, cast.anna.email, workspace).values())
    daan = explained(els, "Daan Voorbeeld", "SWV Lindestreek")
    assert [what for what, may in daan.items() if may] == ["De organisatie in de lijst zien"]
    femke = explained(els, cast.femke.email, str(cast.school.pk))
    assert femke["Beslissen wie toegang heeft"]
    own = explained(els, cast.els.email, cast.swv.name)
    assert not own["De werkruimte openen"]
    assert own["Mensen uitnodigen"]


def test_the_verdicts_are_those_of_the_policies(els, cast, client_of):
    """What the screen says is what the pages do."""
    for who in ("anna", "bram", "rita", "carla", "femke", "daan"):
        person = getattr(cast, who)
        said = explained(els, person.email, cast.swv.name)
        client = client_of(person)
        workspace = client.get(reverse("workspace:overview", args=[cast.swv.pk])).status_code == 200
        people = client.get(reverse("network:invite", args=[cast.swv.pk])).status_code == 200
        assert said["De werkruimte openen"] is workspace, who
        assert said["Mensen uitnodigen"] is people, who


@pytest.mark.parametrize("what", ["", "onbekend", "\x00", "x" * 5000, "00000000-0000-0000-0000-000000000000"])
def test_what_is_not_found_is_said(els, cast, what):
    assert explained(els, what, what) == {}
    assert explained(els, cast.anna.email, what) == {}
    assert explained(els, "Voorbeeld", cast.swv.name) == {}


def test_the_facts_name_access_that_has_ended(els, cast):
    revoke(cast.els, cast.bram.memberships.get())
    page = els.get(reverse("network:explain_access"), {"persoon": cast.bram.email, "object": cast.swv.name})
    assert "meteen beëindigd" in page.content.decode()


def test_the_screen_of_changes_names_person_organisation_and_role(els, cast):
    person = UserFactory(first_name="Pien", last_name="Proef")
    membership = grant(cast.anna, person, cast.swv, JobRole.CONTROLLER, AccessRole.READER)
    revoke(cast.anna, membership, reason="Vergissing")
    ask_as(cast.daan, cast.swv, JobRole.CONTROLLER, "")
    text = els.get(reverse("role_changes:index")).content.decode()
    for words in (
        "Daan Voorbeeld",
        "Pien Proef",
        "SWV Lindestreek",
        "Toegang gegeven",
        "Vergissing",
        "Lezer",
    ):
        assert words in text
    assert els.get(reverse("role_changes:add")).status_code in (302, 403)


@pytest.mark.parametrize("name", ["organisations", "memberships", "role_changes"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lists_are_exported_and_no_name_becomes_a_formula(els, cast, name, kind):
    Organisation.objects.filter(pk=cast.swv.pk).update(name="=HYPERLINK(1)")
    grant(cast.els, UserFactory(), cast.swv, JobRole.CONTROLLER, AccessRole.READER)
    answer = els.get(reverse(f"{name}:index") + f"?export={kind}")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200
    assert content
    if kind == "csv":
        assert b"\n=HYPER" not in content
        assert b",=HYPER" not in content


@pytest.mark.parametrize("name", ["organisations", "memberships", "role_changes"])
def test_the_lists_of_pos_ask_a_constant_number_of_questions(els, cast, name):
    def statements():
        els.get(reverse(f"{name}:index"))
        with CaptureQueriesContext(connection) as queries:
            assert els.get(reverse(f"{name}:index")).status_code == 200
        return len(queries)

    def more(number):
        for _time in range(number):
            grant(
                cast.els,
                UserFactory(),
                MembershipFactory().organisation,
                JobRole.CONTROLLER,
                AccessRole.READER,
            )

    more(3)
    few = statements()
    more(12)
    assert statements() == few


def test_the_menu_leads_to_the_pages_of_access(els):
    text = els.get("/beheer/").content.decode()
    for name in ("requests", "import_start", "explain_access"):
        assert reverse(f"network:{name}") in text
