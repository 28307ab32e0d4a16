"""Somebody who is not a member comes to an open session, and may become a member."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from home.structure import prepare_site
from lnpo.accounts.models import User
from lnpo.organisations.models import AccessRole, JobRole, Organisation, memberships_of
from sessions.guests import make_member
from sessions.models import Admission, Answer, GuestRequest, Question, Registration
from sessions.tasks import check_seats
from tests.mailbox import sent_mails
from tests.sessions.factories import fresh, make_session

GUEST = "gast@school.example"


@pytest.fixture
def page(db):
    prepare_site()
    page = make_session(slug="open-sessie", capacity=1)
    Admission.objects.filter(page=page).update(open_to_guests=True)
    return fresh(page)


def fields(email=GUEST, **changed):
    return {
        "first_name": "Gijs",
        "last_name": "Gast",
        "email": email,
        "organisation": "Basisschool  De Gast",
        "job_role": "schooldirecteur",
        "learning_question": "Hoe begin je?",
        **changed,
    }


def ask(client, page, **changed):
    return client.post(reverse("sessions:guest_ask", args=[page.slug]), fields(**changed))


def link(message):
    return re.search(r"https?://[^/\s]+(/sessies/gast/\S+)", message.body).group(1)


def come(client, page, **changed):
    ask(client, page, **changed)
    where = link(sent_mails()[-1])
    client.post(where, {"action": "confirm"})
    return where


def test_a_guest_has_a_seat_after_confirming_the_address_and_not_before(page, client):
    assert ask(client, page)["Location"] == reverse("sessions:guest_sent", args=[page.slug])
    assert client.get(reverse("sessions:guest_sent", args=[page.slug])).status_code == 200
    (message,) = sent_mails()
    answer = client.get(link(message))
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not Registration.objects.exists()
    assert not User.objects.filter(email=GUEST).exists()
    assert client.post(link(message), {"action": "confirm"}).status_code == 302
    registration = Registration.objects.get()
    assert registration.state == "confirmed"
    assert registration.organisation.name == "Basisschool De Gast"
    assert registration.learning_question == "Hoe begin je?"
    assert "Je bent aangemeld" in client.get(link(message)).content.decode()
    assert sent_mails()[-1].to == [GUEST]
    client.post(link(message), {"action": "confirm"})
    assert Registration.objects.count() == 1


def test_a_guest_cancels_with_the_same_link_and_can_come_back(page, client):
    where = come(client, page)
    client.post(where, {"action": "cancel"})
    assert Registration.objects.get().state == "cancelled"
    client.post(where, {"action": "cancel"})
    client.post(where, {"action": "confirm"})
    assert Registration.objects.live().count() == 1


def test_a_second_guest_waits_when_the_session_is_full(page, client):
    come(client, page)
    come(client, page, email="twee@school.example")
    assert list(Registration.objects.order_by("created_at").values_list("state", flat=True)) == [
        "confirmed",
        "waiting",
    ]
    assert Organisation.objects.filter(named_by_guest=True).count() == 1


def test_a_guest_sees_nothing_of_the_network(page, client, client_of, cast):
    come(client, page)
    guest = User.objects.get(email=GUEST)
    assert memberships_of(guest) == []
    visitor = client_of(guest)
    for path in ("/netwerk/", f"/werkruimte/{cast.swv.pk}/"):
        assert cast.swv.name not in visitor.get(path, follow=True).content.decode()
    assert "Basisschool De Gast" not in client_of(cast.anna).get("/netwerk/").content.decode()


def test_members_guests_and_strangers_get_the_same_answer_with_the_same_work(page, client, cast):
    come(client, page, email="bekend@school.example")
    answers, work = [], []
    for email in ("anna@example.org", "bekend@school.example", "nieuw@school.example"):
        with CaptureQueriesContext(connection) as queries:
            answers.append(ask(client, page, email=email))
        work.append([re.sub(r"'[^']*'|\d+", "?", query["sql"])[:60] for query in queries])
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    assert work[0] == work[1] == work[2]


def test_a_member_is_told_by_mail_to_sign_in_and_gets_no_second_registration(page, client, cast):
    ask(client, page, email="anna@example.org")
    assert "/aanmelden/" in sent_mails()[-1].body
    assert "/sessies/gast/" not in sent_mails()[-1].body
    from sessions.guests import token_of

    where = reverse("sessions:guest_answer", args=[token_of(GuestRequest.objects.get())])
    assert client.post(where, {"action": "confirm"}).status_code == 409
    assert "hoort bij een lid" in client.get(where).content.decode()
    assert not Registration.objects.exists()


@pytest.mark.parametrize("open_to_guests", [False, True])
def test_only_a_session_that_staff_opened_has_the_door(page, client, open_to_guests):
    Admission.objects.update(open_to_guests=open_to_guests)
    where = reverse("sessions:guest_ask", args=[page.slug])
    assert client.get(where).status_code == (200 if open_to_guests else 404)
    assert (where in client.get("/sessies/open-sessie/").content.decode()) is open_to_guests


def test_a_session_that_closed_meanwhile_takes_no_guest(page, client):
    ask(client, page)
    where = link(sent_mails()[-1])
    Admission.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert (
        "Je kunt je niet meer aanmelden voor deze sessie."
        in client.post(where, {"action": "confirm"}).content.decode()
    )
    assert not Registration.objects.exists()
    assert ask(client, page).status_code == 302


def test_a_link_that_is_late_tampered_with_or_not_ours_opens_nothing(page, client):
    ask(client, page)
    where = link(sent_mails()[-1])
    assert client.get(where[:-3] + "xx/").status_code == 410
    assert client.post("/sessies/gast/%00/").status_code == 410
    GuestRequest.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert client.get(where).status_code == 410


@pytest.mark.parametrize(
    "bad",
    [
        {"email": "geen adres"},
        {"first_name": ""},
        {"organisation": "x" * 300},
        {"job_role": "koning"},
        {"learning_question": "x" * 10_000},
        {"last_name": "a\x00b"},
    ],
)
def test_bad_input_is_a_sentence_at_the_field_and_keeps_the_rest(page, client, bad):
    answer = ask(client, page, **bad)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "error-summary" in text
    assert "Basisschool  De Gast" in text or "organisation" in bad
    assert not GuestRequest.objects.exists()


def test_one_address_gets_few_mails_and_the_door_is_limited(page, client):
    statuses = [ask(client, page).status_code for _turn in range(11)]
    assert statuses == [302] * 10 + [429]
    assert len(sent_mails()) == 3


def test_staff_make_a_guest_a_member_and_the_registration_moves_along(page, client, client_of, cast):
    come(client, page)
    registration = Registration.objects.get()
    with pytest.raises(PermissionDenied):
        make_member(cast.anna, registration, cast.school, JobRole.HEAD_TEACHER, AccessRole.READER)
    staff = client_of(cast.els)
    listing = staff.get("/beheer/guests/").content.decode()
    assert GUEST in listing
    url = reverse("guests:make_member", args=[registration.guest_request.pk])
    assert staff.get(url).status_code == 200
    values = {"organisation": cast.school.pk, "job_role": "schooldirecteur", "access_role": "reader"}
    assert staff.post(url, values).status_code == 302
    registration.refresh_from_db()
    assert registration.organisation == cast.school
    guest = User.objects.get(email=GUEST)
    assert [one.organisation for one in memberships_of(guest)] == [cast.school]
    assert "Basisschool De Vlier" in sent_mails()[-1].subject
    assert staff.post(url, values).status_code == 200


def test_staff_export_guests_as_text_that_is_never_a_formula(page, client, client_of, cast):
    come(client, page, organisation="=HYPERLINK(1)")
    export = b"".join(client_of(cast.els).get("/beheer/guests/?export=csv")).decode()
    assert "'=HYPERLINK(1)" in export
    assert GUEST in export
    assert client_of(cast.anna).get("/beheer/guests/?export=csv").status_code == 404


def test_a_guest_answers_the_questions_of_the_session(page, client):
    question = Question.objects.create(page=page, text="Eet je mee?", kind="yes_no", required=True)
    name = f"question_{question.pk.hex}"
    assert "Eet je mee?" in ask(client, page).content.decode()
    assert not GuestRequest.objects.exists()
    come(client, page, **{name: "yes"})
    assert Answer.objects.get().registration == Registration.objects.get()


def test_what_was_never_confirmed_is_forgotten_after_a_week(client, page):
    for email in ("old@school.example", "new@school.example"):
        ask(client, page, email=email)
    come(client, page)
    GuestRequest.objects.exclude(email="new@school.example").update(
        created_at=timezone.now() - timedelta(days=7, minutes=1)
    )
    check_seats()
    assert set(GuestRequest.objects.values_list("email", flat=True)) == {"new@school.example", GUEST}
