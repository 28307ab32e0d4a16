"""Asking for access, and deciding about it."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lnpo.accounts.models import User
from lnpo.audit.models import AuditEntry
from lnpo.organisations.joining import (
    Asker,
    RequestGoneError,
    approve,
    ask,
    ask_as,
    confirm,
    find,
    queue_of,
    refuse,
    token_of,
    withdraw,
)
from lnpo.organisations.models import (
    AccessRole,
    Invitation,
    JobRole,
    JoinRequest,
    Membership,
    OrganisationCode,
    RequestState,
    today,
)
from lnpo.organisations.permissions import access_role
from lnpo.outbox import delivery
from tests.organisations.factories import UserFactory

FORM = {
    "first_name": "Vera",
    "last_name": "Vraagt",
    "email": "vera@example.org",
    "organisation": "SWV Lindestreek",
    "job_role": "controller",
    "note": "",
}


def asked(email="vera@example.org", text="SWV Lindestreek"):
    ask(Asker(email, "Vera", "Vraagt", JobRole.CONTROLLER), text)
    return JoinRequest.objects.latest("created_at")


@pytest.fixture
def waiting(cast):
    confirm(asked())
    return JoinRequest.objects.get()


def test_nobody_sees_a_request_before_its_address_is_confirmed(cast, client, mailoutbox):
    answer = client.post(reverse("network:join"), FORM)
    assert answer["Location"] == reverse("network:join_sent")
    assert client.get(answer["Location"]).status_code == 200
    delivery.sweep()
    assert [message.to for message in mailoutbox] == [["vera@example.org"]]
    assert not queue_of(cast.anna).exists()
    link = re.search(r"(/organisaties/aansluiten/bevestigen/\S+)", mailoutbox[0].body).group(1)
    page = client.get(link, follow=True)
    assert page.status_code == 200
    assert not queue_of(cast.anna).exists(), "looking confirms nothing"
    assert "onderweg" in client.post(reverse("network:request_confirm")).content.decode()
    assert queue_of(cast.anna).get().organisation == cast.swv
    assert client.get(link).status_code == 410
    delivery.sweep()
    assert mailoutbox[-1].to == [cast.anna.email]


def test_the_answer_and_the_work_are_the_same_for_every_address(cast, client):
    counts, pages = set(), set()
    client.post(reverse("network:join"), {**FORM, "email": "warm@example.org"})
    for email in ("onbekend@example.org", cast.anna.email, cast.daan.email):
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(reverse("network:join"), {**FORM, "email": email}, follow=True)
        counts.add(len(queries))
        pages.add(answer.content)
    assert len(counts) == len(pages) == 1


def test_who_has_an_account_but_no_access_yet_asks_as_well(cast, client_of):
    assert client_of(cast.anna).get(reverse("network:join"))["Location"] == reverse("network:directory")
    loner = UserFactory(first_name="Lotte", email="lotte@example.org")
    page = client_of(loner).get(reverse("network:mine"))
    assert reverse("network:join") in page.content.decode()
    assert 'value="Lotte"' in client_of(loner).get(reverse("network:join")).content.decode()
    client_of(loner).post(reverse("network:join"), {**FORM, "email": loner.email})
    confirm(JoinRequest.objects.get())
    approve(cast.anna, JoinRequest.objects.get(), AccessRole.READER)
    assert access_role(loner, cast.swv) == AccessRole.READER


def test_ten_requests_in_an_hour_is_enough(db, client):
    codes = [client.post(reverse("network:join"), {}).status_code for _time in range(11)]
    assert codes == [200] * 10 + [429]


def test_one_address_gets_three_mails_a_day_at_most(cast, mailoutbox):
    for _time in range(5):
        asked()
    delivery.sweep()
    assert len(mailoutbox) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "geen adres"},
        {"email": "a@example.org\x00"},
        {"job_role": "koning"},
        {"first_name": "x" * 500},
    ],
)
def test_what_is_not_right_is_said_at_the_field(db, client, changes):
    answer = client.post(reverse("network:join"), {**FORM, **changes})
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == changes.keys()
    assert not JoinRequest.objects.exists()


def test_a_link_to_confirm_works_for_seven_days(cast):
    request = asked()
    token = token_of(request)
    assert find(token) == request
    JoinRequest.objects.update(created_at=timezone.now() - timedelta(days=7, minutes=1))
    with pytest.raises(RequestGoneError):
        find(token)


def test_an_organisation_is_found_by_name_or_code_and_otherwise_pos_picks_it(cast):
    OrganisationCode.objects.create(organisation=cast.board, scheme="board", value="99001")
    for text, found in (("swv lindestreek", cast.swv), ("99 001", cast.board), ("Onbekend", None)):
        request = asked(text=text, email=f"{len(text)}@example.org")
        confirm(request)
        assert JoinRequest.objects.get(pk=request.pk).organisation == found
    request = JoinRequest.objects.get(organisation=None)
    assert request not in queue_of(cast.anna)
    assert request in queue_of(cast.els)
    with pytest.raises(PermissionDenied):
        approve(cast.anna, request, AccessRole.READER, organisation=cast.swv)
    with pytest.raises(ValidationError):
        approve(cast.els, request, AccessRole.READER)
    approve(cast.els, request, AccessRole.READER, organisation=cast.school)
    assert Invitation.objects.get().organisation == cast.school


def test_a_newcomer_who_is_approved_gets_an_invitation_to_make_an_account(cast, waiting, mailoutbox):
    approve(cast.anna, waiting, AccessRole.READER)
    assert not User.objects.filter(email="vera@example.org").exists()
    delivery.sweep()
    assert "/organisaties/uitnodiging/" in mailoutbox[-1].body
    assert AuditEntry.objects.filter(action="join_request.approved").exists()


def test_somebody_with_an_account_is_in_at_once(cast, mailoutbox):
    request = ask_as(cast.daan, cast.swv, JobRole.SUPERVISOR, "")
    approve(cast.anna, request, AccessRole.OBSERVER)
    assert access_role(cast.daan, cast.swv) == AccessRole.OBSERVER
    delivery.sweep()
    assert mailoutbox[-1].to == [cast.daan.email]


def test_a_refusal_has_a_reason_that_the_person_reads(cast, waiting, mailoutbox):
    with pytest.raises(ValidationError):
        refuse(cast.anna, waiting, "  ")
    refuse(cast.anna, waiting, "We kennen je niet.")
    delivery.sweep()
    assert "We kennen je niet." in mailoutbox[-1].body
    with pytest.raises(RequestGoneError):
        approve(cast.anna, waiting, AccessRole.READER)


@pytest.mark.parametrize("who", ["bram", "carla", "femke", "daan"])
def test_nobody_else_decides(cast, waiting, who):
    person = getattr(cast, who)
    assert waiting not in queue_of(person)
    with pytest.raises(PermissionDenied):
        approve(person, waiting, AccessRole.READER)
    with pytest.raises(PermissionDenied):
        refuse(person, waiting, "nee")


def test_while_an_organisation_has_no_manager_those_above_decide(cast):
    request = ask_as(cast.daan, cast.school, JobRole.HEAD_TEACHER, "")
    assert request not in queue_of(cast.anna)
    cast.femke.memberships.update(access_role=AccessRole.READER)
    assert request in queue_of(cast.anna)
    assert request in queue_of(cast.carla)
    approve(cast.carla, request, AccessRole.MANAGER)


def test_access_to_an_organisation_that_ends_tomorrow_ends_with_it(cast):
    request = ask_as(cast.daan, cast.swv, JobRole.CONTROLLER, "")
    cast.swv.ends_on = today() + timedelta(days=1)
    cast.swv.save()
    approve(cast.anna, JoinRequest.objects.get(pk=request.pk), AccessRole.READER)
    assert Membership.objects.get(user=cast.daan, organisation=cast.swv).ends_on == cast.swv.ends_on


def test_an_organisation_that_has_ended_takes_nobody_in(cast, waiting):
    type(cast.swv).objects.filter(pk=cast.swv.pk).update(ends_on=today() - timedelta(days=1))
    with pytest.raises(ValidationError):
        approve(cast.els, JoinRequest.objects.get(pk=waiting.pk), AccessRole.READER)
    with pytest.raises(ValidationError):
        ask_as(cast.daan, type(cast.swv).objects.get(pk=cast.swv.pk), JobRole.CONTROLLER, "")
    assert JoinRequest.objects.get().state == RequestState.WAITING


def test_asking_twice_waits_once(cast, waiting):
    confirm(asked())
    assert JoinRequest.objects.waiting().count() == 1
    ask_as(cast.daan, cast.swv, JobRole.CONTROLLER, "")
    with pytest.raises(ValidationError):
        ask_as(cast.daan, cast.swv, JobRole.CONTROLLER, "")


def test_one_withdraws_ones_own_request_only(cast):
    request = ask_as(cast.daan, cast.swv, JobRole.CONTROLLER, "")
    with pytest.raises(PermissionDenied):
        withdraw(cast.femke, request)
    withdraw(cast.daan, request)
    assert not queue_of(cast.anna).exists()


def test_the_pages_of_asking_and_deciding(cast, client_of, mailoutbox):
    daan, anna = client_of(cast.daan), client_of(cast.anna)
    page = daan.post(
        reverse("network:ask", args=[cast.swv.pk]), {"job_role": "controller", "note": "Graag"}, follow=True
    )
    assert "wacht op antwoord" in page.content.decode()
    request = JoinRequest.objects.get()
    address = reverse("network:request_decide", args=[request.pk])
    assert address in anna.get(reverse("home:start")).content.decode()
    assert address in anna.get(reverse("network:people", args=[cast.swv.pk])).content.decode()
    empty = anna.post(address, {"refuse": "1", "access_role": "reader"})
    assert empty.context["form"].errors["reason"]
    assert anna.post(address, {"approve": "1", "access_role": "observer"}).status_code == 302
    assert access_role(cast.daan, cast.swv) == AccessRole.OBSERVER
    assert anna.get(address)["Location"] == reverse("network:requests")
    daan.post(reverse("network:ask", args=[cast.board.pk]), {"job_role": "controller", "note": ""})
    own = JoinRequest.objects.get(organisation=cast.board)
    assert daan.post(reverse("network:request_withdraw", args=[own.pk])).status_code == 302
