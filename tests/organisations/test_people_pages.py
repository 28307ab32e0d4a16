"""Managers change and end access; people leave, stand in, and work for several organisations."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lnpo.organisations.membership import LastManagerError, change, grant, leave, revoke
from lnpo.organisations.models import AccessRole, Invitation, JobRole, today
from lnpo.organisations.permissions import access_role
from lnpo.organisations.switch import SESSION_KEY
from lnpo.organisations.tasks import remind
from tests.organisations.factories import LinkFactory, MembershipFactory, OrganisationFactory, UserFactory

TOMORROW = today() + timedelta(days=1)


def page(name, *args):
    return reverse(f"network:{name}", args=[arg if isinstance(arg, str) else arg.pk for arg in args])


def test_a_manager_changes_what_somebody_may_do(cast, client_of):
    own = cast.bram.memberships.get()
    address = page("membership_edit", cast.swv, own)
    data = {"job_role": "controller", "access_role": "reader", "ends_on": str(TOMORROW)}
    data["stands_in_for"] = cast.anna.pk
    assert client_of(cast.anna).post(address, data).status_code == 302
    own.refresh_from_db()
    assert (own.access_role, own.ends_on, own.stands_in_for) == ("reader", TOMORROW, cast.anna)
    assert "vervangt Anna" in client_of(cast.anna).get(page("people", cast.swv)).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": "2020-01-01"}, "__all__"),
        ({"ends_on": "31-31-2020"}, "ends_on"),
        ({"access_role": "king"}, "access_role"),
        ({"stands_in_for": "999999999999999999999999"}, "stands_in_for"),
        ({"stands_in_for": "daan"}, "stands_in_for"),
        ({"stands_in_for": "anna"}, "ends_on"),
    ],
)
def test_what_is_not_right_is_said_at_the_field(cast, client_of, changes, field):
    if changes.get("stands_in_for") in ("daan", "anna"):
        changes = {"stands_in_for": getattr(cast, changes["stands_in_for"]).pk}
    address = page("membership_edit", cast.swv, cast.bram.memberships.get())
    data = {"job_role": "controller", "access_role": "reader", "ends_on": "", "stands_in_for": ""}
    answer = client_of(cast.anna).post(address, {**data, **changes})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert access_role(cast.bram, cast.swv) == AccessRole.CONTRIBUTOR


def test_ended_access_is_refused_with_the_next_request(cast, client_of):
    """I10: sessions that are open see nothing any more."""
    bram = client_of(cast.bram)
    workspace = reverse("workspace:overview", args=[cast.swv.pk])
    assert bram.get(workspace).status_code == 200
    address = page("membership_end", cast.swv, cast.bram.memberships.get())
    assert client_of(cast.anna).post(address, {"reason": "Andere baan"}).status_code == 302
    assert bram.get(workspace).status_code == 404
    assert bram.get(page("organisation", cast.swv)).status_code == 404
    assert "Bram" in client_of(cast.anna).get(page("people", cast.swv)).content.decode()


def test_the_last_manager_reads_why_and_stays(cast, client_of):
    anna, own = client_of(cast.anna), cast.anna.memberships.get()
    for address in (page("membership_end", cast.swv, own), page("leave", own)):
        answer = anna.post(address, {})
        assert answer.status_code == 200
        assert "laatste beheerder" in answer.content.decode()
    assert access_role(cast.anna, cast.swv) == AccessRole.MANAGER


def test_a_deputy_is_no_successor(cast):
    change(cast.anna, cast.bram.memberships.get(), JobRole.OTHER, AccessRole.MANAGER, TOMORROW, cast.anna)
    with pytest.raises(LastManagerError):
        leave(cast.anna, cast.anna.memberships.get())
    change(cast.anna, cast.bram.memberships.get(), JobRole.OTHER, AccessRole.MANAGER, None)
    leave(cast.anna, cast.anna.memberships.get())
    assert access_role(cast.anna, cast.swv) is None
    assert cast.bram.memberships.get().stands_in_for is None


def test_a_person_leaves_and_what_they_made_stays(cast, client_of):
    own = cast.bram.memberships.get()
    answer = client_of(cast.bram).post(page("leave", own), follow=True)
    assert "Je bent weg bij" in answer.content.decode()
    assert access_role(cast.bram, cast.swv) is None
    assert client_of(cast.bram).post(page("leave", own)).status_code == 404
    with pytest.raises(PermissionDenied):
        leave(cast.rita, cast.anna.memberships.get())


def test_ending_twice_or_after_the_last_day_is_said(cast):
    own = cast.bram.memberships.get()
    revoke(cast.anna, own)
    with pytest.raises(ValidationError):
        revoke(cast.anna, own)
    with pytest.raises(ValidationError):
        change(cast.anna, own, JobRole.OTHER, AccessRole.READER, None)


def test_access_that_begins_later_is_not_given_twice(cast):
    colleague = UserFactory()
    MembershipFactory(user=colleague, organisation=cast.swv, starts_on=TOMORROW)
    with pytest.raises(ValidationError):
        grant(cast.anna, colleague, cast.swv, JobRole.OTHER, AccessRole.READER)


def test_who_works_for_several_organisations_switches(cast, client_of):
    MembershipFactory(user=cast.bram, organisation=cast.board)
    bram = client_of(cast.bram)
    assert bram.post(page("switch"), {"organisation": str(cast.board.pk)}).status_code == 302
    assert bram.get(page("mine")).context["active"] == cast.board
    for foreign in (str(cast.other_swv.pk), "x", ""):
        assert bram.post(page("switch"), {"organisation": foreign}).status_code == 404
    assert bram.session[SESSION_KEY] == str(cast.board.pk)
    cast.bram.memberships.filter(organisation=cast.board).update(
        ends_on=today() - timedelta(1), starts_on=today() - timedelta(9)
    )
    assert bram.get(page("mine")).context["active"] == cast.swv


def test_the_workspace_opens_for_the_organisation_that_was_chosen(cast, client_of):
    MembershipFactory(user=cast.bram, organisation=cast.other_swv)
    bram, entrance = client_of(cast.bram), reverse("workspace:entrance")
    assert bram.get(entrance).status_code == 200
    bram.post(page("switch"), {"organisation": str(cast.other_swv.pk)})
    assert bram.get(entrance)["Location"] == reverse("workspace:overview", args=[cast.other_swv.pk])
    assert bram.get(entrance + "?alle=1").status_code == 200


def test_a_pasted_list_is_checked_shown_and_then_sent(cast, client_of):
    anna, address = client_of(cast.anna), page("invite_list", cast.swv)
    roles = {"job_role": "consulent", "access_role": "reader"}
    bad = "ok@example.org;Ok;Ja\ngeen-adres;Nee\nok@example.org;Dubbel\nrol@example.org;A;B;koning"
    answer = anna.post(address, {"people": bad, **roles})
    errors = answer.context["form"].errors["people"]
    assert [error.split(":")[0] for error in errors] == ["Rij 2", "Rij 3", "Rij 4"]
    good = "e-mail\tvoornaam\tachternaam\tfunctie\nA@Example.org\tAn\tAap\tController\nb@example.org\tBo\tB\t"
    shown = anna.post(address, {"people": good, **roles})
    assert [one.email for one in shown.context["invitees"]] == ["a@example.org", "b@example.org"]
    assert not Invitation.objects.exists()
    sent = anna.post(address, {"people": good, **roles, "send": "1"}, follow=True)
    assert "2 uitnodigingen" in sent.content.decode()
    assert Invitation.objects.get(email="a@example.org").job_role == "controller"


@pytest.mark.parametrize("people", ["", "\x00", "a" * 70_000, "@", "e-mail;naam", "x;y;z\n" * 300])
def test_a_list_that_makes_no_sense_gets_a_sentence(cast, client_of, people):
    data = {"people": people, "job_role": "consulent", "access_role": "reader", "send": "1"}
    answer = client_of(cast.anna).post(page("invite_list", cast.swv), data)
    assert answer.status_code == 200
    assert answer.context["form"].errors["people"]
    assert not Invitation.objects.exists()


def test_a_list_with_a_colleague_in_it_sends_nothing(cast, client_of):
    people = f"nieuw@example.org;N;N\n{cast.bram.email};B;B"
    data = {"people": people, "job_role": "consulent", "access_role": "reader", "send": "1"}
    answer = client_of(cast.anna).post(page("invite_list", cast.swv), data)
    assert cast.bram.email in str(answer.context["form"].errors)
    assert not Invitation.objects.exists()


def test_an_invitation_is_sent_again_and_withdrawn(cast, client_of):
    anna = client_of(cast.anna)
    form = {"email": "n@example.org", "job_role": "consulent", "access_role": "reader"}
    anna.post(page("invite", cast.swv), form)
    made = Invitation.objects.get()
    anna.post(page("invitation_again", cast.swv, made))
    anna.post(page("invitation_withdraw", cast.swv, made))
    made.refresh_from_db()
    assert made.times_sent == 2
    assert made.withdrawn_at
    for name in ("invitation_again", "invitation_withdraw"):
        assert "intussen" in anna.post(page(name, cast.swv, made), follow=True).content.decode()
    assert remind() == 0


def statements(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["people", "organisation", "directory", "requests"])
def test_the_number_of_queries_does_not_grow_with_the_rows(cast, client_of, name):
    """Features 1 and 2: the member list and the page of an organisation."""
    anna = client_of(cast.anna)
    address = page(name, cast.swv) if name in ("people", "organisation") else page(name)
    LinkFactory(parent=cast.swv, child=OrganisationFactory(board=True))
    few = statements(anna, address)
    for number in range(25):
        MembershipFactory(organisation=cast.swv, stands_in_for=cast.anna, ends_on=TOMORROW)
        LinkFactory(parent=cast.swv, child=OrganisationFactory(school=True))
        Invitation.objects.create(
            organisation=cast.swv,
            email=f"n{number}@example.org",
            job_role="anders",
            invited_by=cast.bram,
            token_hash=str(number),
            expires_at="2030-01-01T00:00Z",
        )
    assert statements(anna, address) == few
    assert few <= 16
