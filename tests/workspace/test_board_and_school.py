"""A board or school that is responsible for one activity sees what that needs, and no more."""

import pytest

from templates.workspace.models import Activity, Measurement
from tests.workspace.addresses import READ, WRITE, address
from tests.workspace.factories import make_activity, make_amount, make_goal

pytestmark = pytest.mark.django_db

SECRETS = ["Secret goal", "Secret figure", "98.765", "61,25", "73,75", "Task of the SWV"]


@pytest.fixture(params=["carla", "femke"])
def guest(request, cast):
    return getattr(cast, request.param)


@pytest.mark.parametrize("name", READ)
def test_a_guest_opens_the_pages_and_finds_nothing_of_others_on_them(workshop, client_of, guest, name):
    response = client_of(guest).get(address(name, workshop))
    assert response.status_code == 200
    text = response.content.decode()
    assert [secret for secret in SECRETS if secret in text] == []


def test_the_school_finds_its_own_goal_activity_figure_and_amount(cast, workshop, client_of):
    client = client_of(cast.femke)
    assert "Shared goal" in client.get(address("overview", workshop)).content.decode()
    goal = client.get(address("goal", workshop)).content.decode()
    assert "Task of the school" in goal
    assert "Task of the board" not in goal
    assert "44,5" in goal
    assert "1.234" in client.get(address("money", workshop)).content.decode()


def test_the_board_does_not_find_the_figure_and_amount_of_the_school(cast, workshop, client_of):
    client = client_of(cast.carla)
    goal = client.get(address("goal", workshop)).content.decode()
    assert "Task of the board" in goal
    assert "Task of the school" not in goal
    assert "44,5" not in goal
    assert "1.234" not in client.get(address("money", workshop)).content.decode()


def test_the_other_goal_does_not_exist_for_a_guest(workshop, client_of, guest):
    client = client_of(guest)
    for name in ("goal", "goal_edit", "goal_remove", "indicator_create", "activity_create"):
        assert client.get(address(name, workshop, goal_id=workshop.private.pk)).status_code == 404
    for name in ("indicator_edit", "measurement_create"):
        url = address(name, workshop, indicator_id=workshop.private_indicator.pk)
        assert client.get(url).status_code == 404
    for name in ("activity_edit", "activity_report"):
        assert client.get(address(name, workshop)).status_code == 404
    for name in ("deployment_edit", "deployment_remove"):
        assert client.post(address(name, workshop)).status_code == 404


def test_a_guest_may_not_change_what_it_sees(cast, workshop, client_of):
    client = client_of(cast.femke)
    for name in set(WRITE) - {"activity_report", "measurement_create", "activity_edit", "deployment_edit"}:
        assert client.get(address(name, workshop)).status_code == 403
        assert client.post(address(name, workshop), {"title": "x"}).status_code == 403
    own = workshop.school_activity.pk
    assert client.post(address("activity_edit", workshop, activity_id=own)).status_code == 403
    url = address("deployment_edit", workshop, deployment_id=workshop.school_amount.pk)
    assert client.post(url).status_code == 403


def test_the_school_reports_on_its_own_activity_only(cast, workshop, client_of):
    client = client_of(cast.femke)
    data = {"status": "loopt", "progress_note": "It goes well."}
    url = address("activity_report", workshop, activity_id=workshop.school_activity.pk)
    assert client.get(url).status_code == 200
    assert client.post(url, data)["Location"] == address("goal", workshop)
    stored = Activity.objects.unscoped("test").get(pk=workshop.school_activity.pk)
    assert (stored.status, stored.progress_note) == ("loopt", "It goes well.")
    for other in (workshop.activity, workshop.board_activity):
        url = address("activity_report", workshop, activity_id=other.pk)
        assert client.post(url, data).status_code == 404
        assert Activity.objects.unscoped("test").get(pk=other.pk).status == "gepland"


def test_a_reader_at_the_school_reads_and_does_not_report(cast, workshop, client_of):
    cast.femke.memberships.update(access_role="reader")
    client = client_of(cast.femke)
    page = client.get(address("goal", workshop))
    assert page.status_code == 200
    assert "/meting/" not in page.content.decode()
    url = address("activity_report", workshop, activity_id=workshop.school_activity.pk)
    assert client.post(url, {"status": "loopt"}).status_code == 403
    url = address("measurement_create", workshop, indicator_id=workshop.school_indicator.pk)
    assert client.post(url, {"value": "1"}).status_code == 403


def test_the_school_measures_what_is_measured_by_schools(cast, workshop, client_of):
    client = client_of(cast.femke)
    url = address("measurement_create", workshop, indicator_id=workshop.school_indicator.pk)
    data = {
        "organisation": cast.school.pk,
        "period_start": "2024-08-01",
        "period_end": "2025-07-31",
        "value": "12,5",
    }
    assert client.get(url).status_code == 200
    assert client.post(url, {**data, "organisation": cast.swv.pk}).status_code == 200
    assert client.post(url, {**data, "organisation": cast.board.pk}).status_code == 200
    rows = Measurement.objects.unscoped("test").filter(period_end="2025-07-31")
    assert not rows.exists()
    assert client.post(url, data).status_code == 302
    assert rows.get().organisation == cast.school
    assert client.post(address("measurement_create", workshop), data).status_code == 403


def test_amounts_of_goals_that_a_guest_does_not_see_count_without_a_name(cast, workshop, client_of):
    make_amount(workshop.plan, workshop.private, "777.00", receiver=cast.school)
    text = client_of(cast.femke).get(address("money", workshop)).content.decode()
    assert "Secret goal" not in text
    assert "777" in text


def test_a_task_of_a_removed_goal_waits_for_nobody(cast, workshop, client_of):
    gone = make_goal(workshop.plan, title="Gone goal", removed_at="2026-01-01T00:00:00Z")
    make_activity(gone, title="Gone task", person=cast.anna, ends_on="2026-01-01")
    for name in ("overview", "activities", "goals", "money"):
        text = client_of(cast.anna).get(address(name, workshop)).content.decode()
        assert "Gone" not in text
