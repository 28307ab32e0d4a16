"""The demo shows sessions in different states, and may be loaded twice."""

import pytest

from lnpo.organisations import demo as organisations_demo
from lnpo.outbox.models import OutboxEntry
from sessions import demo
from sessions.models import Registration, SessionPage
from sessions.seats import miscounted
from sessions.standing import attach_standing
from tests.sessions.factories import make_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    organisations_demo.load()
    make_index()
    demo.load()


def standings(user):
    return {
        page.slug: page.standing.state
        for page in attach_standing(list(SessionPage.objects.with_seats()), user)
    }


def test_the_sessions_differ_and_anna_can_register(loaded):
    from lnpo.accounts.models import User

    anna, bram, carla = (User.objects.get(email=f"{name}@example.org") for name in ("anna", "bram", "carla"))
    assert standings(anna) == {
        "van-plan-naar-doel": "open",
        "het-goede-gesprek": "full",
        "euro-en-opbrengst": "not_yet_open",
        "ondersteuningsaanbod-in-beeld": "past",
        "van-beleid-naar-klas-oost": "open",
        "van-beleid-naar-klas-west": "full",
        "van-beleid-naar-klas-online": "open",
    }
    assert standings(bram)["van-plan-naar-doel"] == "registered"
    assert standings(carla)["het-goede-gesprek"] == "waiting"


def test_the_counts_are_those_of_the_rows_and_of_the_report(loaded):
    assert miscounted() == []
    past = Registration.objects.filter(page__slug="ondersteuningsaanbod-in-beeld")
    assert past.count() == 24
    assert past.values("organisation").distinct().count() == 15
    report = SessionPage.objects.get(slug="ondersteuningsaanbod-in-beeld").report
    assert "24 deelnemers uit 15 organisaties" in report
    assert {page.starts_at.weekday() for page in SessionPage.objects.all()} <= {1, 2, 3}


def test_loading_twice_changes_nothing_and_mails_nobody(loaded):
    before = Registration.objects.count(), SessionPage.objects.count()
    demo.load()
    assert (Registration.objects.count(), SessionPage.objects.count()) == before
    assert not OutboxEntry.objects.filter(kind__startswith="session.").exists()
