"""The pages on which a member registers, cancels, and changes what was filled in."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from lnpo.outbox.models import OutboxEntry
from sessions.admission import call_off
from sessions.models import Registration
from sessions.permissions import grant_staff_permissions
from tests.organisations.factories import MembershipFactory
from tests.sessions.factories import make_session, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(cast):
    return make_session(capacity=2, slug="goede-gesprek")


def url(name, page):
    return reverse(f"sessions:{name}", args=[page.slug])


def messages_of(answer):
    return [str(message) for message in answer.context["messages"]]


@pytest.mark.parametrize("name", ["anna", "bram", "rita", "carla", "femke", "daan"])
def test_every_member_registers_on_one_page(cast, client_of, page, name):
    user = getattr(cast, name)
    form = client_of(user).get(url("register", page))
    assert form.status_code == 200
    assert user.email in form.content.decode()
    answer = client_of(user).post(url("register", page), {"learning_question": "Hoe?", "share_name": "on"})
    assert (answer.status_code, answer["Location"]) == (302, "/sessies/goede-gesprek/")
    registration = Registration.objects.get(user=user)
    assert (registration.learning_question, registration.share_name) == ("Hoe?", True)


def test_a_visitor_signs_in_first_and_comes_back(client, page):
    for method in (client.get, client.post):
        answer = method(url("register", page))
        assert answer.status_code == 302
        assert answer["Location"].endswith("next=" + quote(url("register", page)))


def test_pos_is_no_member_and_gets_a_clear_page(cast, client_of, page):
    for method in (client_of(cast.els).get, client_of(cast.els).post):
        answer = method(url("register", page))
        assert answer.status_code == 403
        assert "lnpo_sessions/registration_members_only.html" in [
            template.name for template in answer.templates
        ]
    assert not Registration.objects.exists()


@pytest.mark.parametrize("name", ["register", "cancel", "update", "calendar"])
def test_a_session_that_is_not_published_does_not_exist(cast, client_of, page, name):
    page.unpublish()
    assert client_of(cast.anna).get(url(name, page)).status_code == 404
    assert client_of(cast.anna).get(reverse(f"sessions:{name}", args=["nergens"])).status_code == 404


def test_a_double_click_registers_once_and_says_so(cast, client_of, page):
    client = client_of(cast.anna)
    client.post(url("register", page), {})
    answer = client.post(url("register", page), {}, follow=True)
    assert len(messages_of(answer)) == 2
    assert Registration.objects.count() == OutboxEntry.objects.filter(kind="session.mail").count() == 1


def test_who_works_for_two_organisations_chooses_one(cast, client_of, page):
    MembershipFactory(user=cast.anna, organisation=cast.other_swv)
    client = client_of(cast.anna)
    assert b'name="organisation"' in client.get(url("register", page)).content
    wrong = client.post(
        url("register", page), {"organisation": cast.board.pk, "learning_question": "Blijft staan"}
    )
    assert wrong.status_code == 200
    assert "organisation" in wrong.context["form"].errors
    assert "Blijft staan" in wrong.content.decode()
    client.post(url("register", page), {"organisation": cast.other_swv.pk})
    assert Registration.objects.get().organisation == cast.other_swv


def test_fields_that_are_not_asked_are_ignored(cast, client_of, page):
    client_of(cast.anna).post(
        url("register", page),
        {"state": "waiting", "organisation": cast.board.pk, "user": cast.bram.pk, "version": 9},
    )
    registration = Registration.objects.get()
    assert (registration.state, registration.user, registration.version) == ("confirmed", cast.anna, 1)
    assert registration.organisation == cast.swv


def test_a_full_session_offers_the_waiting_list(cast, client_of, page):
    sign_up(page), sign_up(page)
    client = client_of(cast.anna)
    assert client.get(url("register", page)).context["standing"].state == "full"
    client.post(url("register", page), {})
    assert Registration.objects.get(user=cast.anna).state == "waiting"


@pytest.mark.parametrize(
    "fields",
    [
        {"opens_at": timezone.now() + timedelta(days=1)},
        {"closes_at": timezone.now() - timedelta(1)},
        {"days": -9},
    ],
)
def test_outside_the_period_a_clear_page_tells_why(cast, client_of, fields):
    page = make_session(**fields)
    for method in (client_of(cast.anna).get, client_of(cast.anna).post):
        answer = method(url("register", page))
        assert answer.status_code == 409
        assert page.title in answer.content.decode()
    assert not Registration.objects.exists()


def test_a_session_that_is_called_off_tells_why(cast, client_of, page):
    grant_staff_permissions(cast.els.groups.get())
    call_off(cast.els, page, "De zaal staat onder water.")
    answer = client_of(cast.anna).post(url("register", page), {})
    assert answer.status_code == 409
    assert "onder water" in answer.content.decode()


def test_a_member_cancels_and_can_come_back(cast, client_of, page):
    client = client_of(cast.anna)
    client.post(url("register", page), {})
    assert client.get(url("cancel", page)).status_code == 200
    assert Registration.objects.get().is_live
    for _ in range(2):  # a second click on the button does no harm
        assert client.post(url("cancel", page)).status_code == 302
    assert not Registration.objects.get().is_live
    client.post(url("register", page), {})
    assert Registration.objects.live().get().version == 3


def test_cancelling_too_late_gives_a_clear_page(cast, client_of):
    page = make_session(cancel_until=timezone.localdate() - timedelta(days=1))
    client = client_of(cast.anna)
    client.post(url("register", page), {})
    assert client.post(url("cancel", page)).status_code == 409
    assert Registration.objects.get().is_live


def test_nobody_touches_the_registration_of_a_colleague(cast, client_of, page):
    client_of(cast.anna).post(url("register", page), {})
    for user in (cast.bram, cast.daan, cast.els):
        client_of(user).post(url("cancel", page))
        assert client_of(user).get(url("update", page)).status_code == 404
        assert client_of(user).post(url("update", page), {"learning_question": "x"}).status_code == 404
    registration = Registration.objects.get()
    assert registration.is_live
    assert registration.learning_question == ""


def test_a_member_changes_the_learning_question_and_takes_a_consent_back(cast, client_of, page):
    client = client_of(cast.anna)
    client.post(url("register", page), {"share_name": "on"})
    assert client.get(url("update", page)).status_code == 200
    client.post(url("update", page), {"learning_question": "Nieuw"})
    registration = Registration.objects.get()
    assert (registration.learning_question, registration.share_name) == ("Nieuw", False)
    long = client.post(url("update", page), {"learning_question": "x" * 1001})
    assert long.status_code == 200
    assert "learning_question" in long.context["form"].errors


def test_visitors_sign_in_before_cancelling_or_changing(client, page):
    for name in ("cancel", "update"):
        assert client.get(url(name, page)).status_code == 302


def test_the_calendar_file_has_the_link_for_who_is_confirmed_only(cast, client_of, client, page):
    client_of(cast.anna).post(url("register", page), {})
    mine = client_of(cast.anna).get(url("calendar", page))
    assert mine["Content-Type"].startswith("text/calendar")
    assert b"secret-room" in mine.content.replace(b"\r\n ", b"")
    for other in (client, client_of(cast.bram), client_of(cast.els)):
        answer = other.get(url("calendar", page))
        assert answer.status_code == 200
        assert b"secret-room" not in answer.content.replace(b"\r\n ", b"")


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(cast, client_of, page, method):
    client = client_of(cast.anna)
    for name in ("register", "cancel", "update", "calendar"):
        assert getattr(client, method)(url(name, page)).status_code == 405


def test_a_post_without_a_token_is_refused(cast, page):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.anna)
    assert client.post(url("register", page), {}).status_code == 403
    assert not Registration.objects.exists()
