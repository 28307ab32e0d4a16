"""The public pages: the agenda and one session, for whoever looks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sessions.admission import call_off
from sessions.permissions import grant_staff_permissions
from sessions.registration import Answers
from tests.sessions.factories import make_session, member, sign_up

pytestmark = pytest.mark.django_db


def html(client, address="/sessies/sessie-1/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def standing(client, address="/sessies/sessie-1/"):
    return client.get(address).context["standing"]


def test_a_visitor_sees_the_session_without_a_form_a_cookie_or_the_meeting_link(client):
    make_session(capacity=12)
    answer = client.get("/sessies/sessie-1/")
    content = answer.content.decode()
    assert "/sessies/sessie-1/aanmelden/" in content
    assert "<form" not in content
    assert "csrf" not in content
    assert "secret-room" not in content
    assert not answer.cookies
    assert answer.context["participants"] is None


def test_the_standing_says_what_matters_first(cast, client_of, client):
    page = make_session(capacity=7)
    assert standing(client).state == "open"
    sign_up(page), sign_up(page)
    assert standing(client).state == "few_left"
    for _ in range(5):
        sign_up(page)
    assert standing(client).state == "full"
    sign_up(page)
    sign_up(page, cast.anna.memberships.get())
    own = standing(client_of(cast.anna))
    assert (own.state, own.place, own.has_seat) == ("waiting", 2, False)
    assert "secret-room" not in html(client_of(cast.anna))
    assert standing(client_of(cast.bram)).state == "full"


def test_who_is_registered_sees_the_own_seat_and_the_link_from_an_hour_before(cast, client_of):
    page = make_session()
    sign_up(page, cast.anna.memberships.get())
    content = html(client_of(cast.anna))
    assert "seat-mine" in content
    assert "secret-room" not in content
    for minutes, shown in ((61, False), (59, True), (-5, True)):
        type(page).objects.filter(pk=page.pk).update(starts_at=timezone.now() + timedelta(minutes=minutes))
        assert ("secret-room" in html(client_of(cast.anna))) is shown
        assert "secret-room" not in html(client_of(cast.bram))
    assert "/sessies/sessie-1/afmelden/" in content
    other = html(client_of(cast.daan))
    assert "seat-mine" not in other
    assert "secret-room" not in other


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"opens_at": timezone.now() + timedelta(days=1)}, "not_yet_open"),
        ({"closes_at": timezone.now() - timedelta(days=1)}, "closed"),
        ({"days": -9}, "past"),
        ({"days": -9, "report": "<p>Goed.</p>"}, "past"),
    ],
)
def test_outside_the_period_there_is_nothing_to_click(client, fields, state):
    make_session(**fields)
    assert standing(client).state == state
    assert "/aanmelden/" not in html(client)


def test_a_session_that_is_called_off_says_so_everywhere(cast, client_of, client):
    grant_staff_permissions(cast.els.groups.get())
    page = make_session()
    sign_up(page, cast.anna.memberships.get())
    call_off(cast.els, page, "De zaal staat onder water.")
    for visitor in (client, client_of(cast.anna), client_of(cast.els)):
        assert standing(visitor).state == "called_off"
        content = html(visitor)
        assert "onder water" in content
        assert "/aanmelden/" not in content
    assert client.get("/sessies/").context["upcoming"][0].standing.state == "called_off"


def test_members_see_how_many_come_and_the_names_of_those_who_agreed(cast, client_of, client):
    page = make_session()
    open_one = sign_up(page, answers=Answers("Mijn leervraag", True, True))
    silent = sign_up(page, answers=Answers("Geheime vraag", False, False))
    half = sign_up(page, answers=Answers("Zonder naam", True, False))
    for user in (cast.anna, cast.daan):
        content = html(client_of(user))
        assert open_one.user.get_full_name() in content
        assert "Mijn leervraag" in content
        assert "Zonder naam" in content
        assert silent.user.get_full_name() not in content
        assert half.user.get_full_name() not in content
        assert "Geheime vraag" not in content
        people = client_of(user).get("/sessies/sessie-1/").context["participants"]
        assert (people.people, people.organisations) == (3, 3)
    outsider = member()
    outsider.revoked_at = timezone.now()
    outsider.save()
    for visitor in (client, client_of(outsider.user)):
        content = html(visitor)
        assert open_one.user.get_full_name() not in content
        assert "Mijn leervraag" not in content


def test_the_agenda_filters_by_theme_and_bears_any_input(client):
    make_session(topic="thuiszitters")
    make_session(topic="doelmatigheid")
    make_session(topic="doelmatigheid", days=-20)
    assert len(client.get("/sessies/").context["upcoming"]) == 2
    filtered = client.get("/sessies/?thema=doelmatigheid").context
    assert (len(filtered["upcoming"]), len(filtered["past"].object_list)) == (1, 1)
    for query in (
        "?thema=bestaat-niet",
        "?page=-1",
        "?page=x",
        "?page=999",
        "?thema=%00&page=%F0",
        "?thema=a&thema=b",
    ):
        assert client.get("/sessies/" + query).status_code == 200


def test_sessions_that_are_not_published_are_nowhere(client):
    page = make_session()
    page.unpublish()
    assert client.get("/sessies/sessie-1/").status_code == 404
    assert client.get("/sessies/").context["upcoming"] == []


@pytest.mark.parametrize("name", ["nobody", "anna"])
def test_pages_cost_the_same_queries_with_many_rows(cast, client_of, name):
    client = client_of(getattr(cast, name))
    page = make_session(capacity=40)
    make_session(days=-3)
    if name == "anna":
        sign_up(page, cast.anna.memberships.get())

    def count(address):
        html(client, address)  # warm caches
        with CaptureQueriesContext(connection) as queries:
            html(client, address)
        return len(queries)

    for _ in range(4):
        sign_up(page, answers=Answers("Hoe?", True, True))
    few, few_listed = count("/sessies/sessie-1/"), count("/sessies/")
    for _ in range(45):
        sign_up(page, answers=Answers("Hoe?", True, True))
    for number in range(8):
        make_session(days=number + 1)
        make_session(days=-number - 2)
    assert count("/sessies/sessie-1/") == few <= (9 if name == "nobody" else 24)
    assert count("/sessies/") == few_listed <= (13 if name == "nobody" else 24)
