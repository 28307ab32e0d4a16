"""Changing a goal and what hangs on it: nobody's text is lost, and every change is kept."""

import pytest
from django.core.exceptions import PermissionDenied

from lnpo.audit.models import AuditEntry
from templates.workspace import editing
from templates.workspace.models import Activity, Goal, Indicator
from tests.workspace.addresses import address
from tests.workspace.factories import make_goal

pytestmark = pytest.mark.django_db


def stored(goal) -> Goal:
    return Goal.objects.unscoped("test").get(pk=goal.pk)


def trail(row) -> list[str]:
    return [entry.action for entry in AuditEntry.objects.about(row)]


@pytest.fixture
def text(cast):
    return {
        "title": "Text of Bram",
        "interpretation": "It goes well.",
        "owner": cast.anna.pk,
        "seen_version": 1,
    }


def test_a_goal_is_saved_with_who_changed_what(cast, workshop, client_of, text):
    response = client_of(cast.bram).post(address("goal_edit", workshop), text)
    assert response["Location"] == address("goal", workshop)
    goal = stored(workshop.shared)
    assert (goal.title, goal.version) == ("Text of Bram", 2)
    entry = AuditEntry.objects.about(goal).get()
    assert (entry.action, entry.actor, entry.organisation_uuid) == ("goal.changed", cast.bram, cast.swv.pk)
    assert entry.changes == {
        "title": ["Shared goal", "Text of Bram"],
        "interpretation": ["", "It goes well."],
    }


def test_who_saves_second_sees_both_texts_and_nothing_is_saved(cast, workshop, client_of, text):
    url = address("goal_edit", workshop)
    client_of(cast.bram).post(url, text)
    mine = {**text, "title": "Text of Anna", "interpretation": "It stalls."}
    response = client_of(cast.anna).post(url, mine)
    assert response.status_code == 409
    page = response.content.decode()
    for words in ("Text of Bram", "Text of Anna", "It goes well.", "It stalls."):
        assert words in page
    assert (stored(workshop.shared).title, stored(workshop.shared).version) == ("Text of Bram", 2)
    assert trail(workshop.shared) == ["goal.changed"]


def test_after_comparing_the_second_can_save(cast, workshop, client_of, text):
    url = address("goal_edit", workshop)
    client_of(cast.bram).post(url, text)
    page = client_of(cast.anna).post(url, {**text, "title": "Text of Anna"})
    assert page.context["form"]["seen_version"].value() == "2"
    assert client_of(cast.anna).post(url, {**text, "title": "Both", "seen_version": 2}).status_code == 302
    assert (stored(workshop.shared).title, stored(workshop.shared).version) == ("Both", 3)


@pytest.mark.parametrize("seen", ["", "0", "99"])
def test_without_the_version_that_was_shown_nothing_is_overwritten(cast, workshop, client_of, text, seen):
    response = client_of(cast.anna).post(address("goal_edit", workshop), {**text, "seen_version": seen})
    assert response.status_code == 409
    assert stored(workshop.shared).title == "Shared goal"


def test_saving_without_a_change_leaves_no_line_in_the_trail(cast, workshop, client_of):
    data = {"title": "Shared goal", "owner": cast.anna.pk, "seen_version": 1}
    assert client_of(cast.anna).post(address("goal_edit", workshop), data).status_code == 302
    assert trail(workshop.shared) == []


def test_a_refused_form_changes_nothing_on_the_page(cast, workshop, client_of, text):
    response = client_of(cast.anna).post(address("goal_edit", workshop), {**text, "title": ""})
    assert set(response.context["form"].errors) == {"title"}
    assert "Shared goal" in response.content.decode()
    assert stored(workshop.shared).version == 1


@pytest.mark.parametrize("missing", ["light_reason", "light_until"])
def test_another_status_needs_a_reason_and_an_end(cast, workshop, client_of, text, missing):
    light = {"light_override": "op_koers", "light_reason": "We know more.", "light_until": "2099-01-01"}
    client, url = client_of(cast.anna), address("goal_edit", workshop)
    response = client.post(url, {**text, **light, missing: ""})
    assert set(response.context["form"].errors) == {missing}
    assert client.post(url, {**text, **light}).status_code == 302
    assert "We know more." in client.get(address("goal", workshop)).content.decode()


def test_a_removed_goal_is_kept_as_a_tombstone_with_its_figures(cast, workshop, client_of):
    url = address("goal_remove", workshop)
    assert client_of(cast.bram).get(url).status_code == 200
    assert stored(workshop.shared).removed_at is None
    assert client_of(cast.bram).post(url).status_code == 302
    goal = stored(workshop.shared)
    assert goal.removed_at is not None
    assert goal.indicators.count() == 2
    assert trail(goal) == ["goal.removed"]
    assert client_of(cast.bram).post(url).status_code == 404
    assert trail(goal) == ["goal.removed"]


@pytest.mark.parametrize("person", ["rita", "carla", "femke", "daan", "els"])
def test_the_verbs_refuse_who_does_not_work_there(cast, workshop, person):
    user, goal = getattr(cast, person), workshop.shared
    for verb, arguments in (
        (editing.add_goal, (workshop.plan,)),
        (editing.change_goal, (goal, 1)),
        (editing.remove_goal, (goal,)),
        (editing.save_part, (goal, workshop.indicator, None)),
        (editing.report_activity, (workshop.activity, "klaar", "")),
        (editing.save_deployment, (workshop.plan, workshop.amount, None)),
        (editing.remove_deployment, (workshop.amount,)),
    ):
        with pytest.raises(PermissionDenied):
            verb(user, *arguments)
    assert AuditEntry.objects.count() == 0


INDICATOR = {
    "name": "Renamed",
    "kind": "meetbaar",
    "unit": "procent",
    "direction": "omhoog",
    "level": "swv",
    "source": "anders",
    "frequency": "per_jaar",
    "baseline": "0",
    "target": "87,5",
}


def test_an_indicator_is_added_and_changed_with_a_line_in_the_trail(cast, workshop, client_of):
    client = client_of(cast.anna)
    assert (
        client.post(address("indicator_create", workshop), {**INDICATOR, "name": "Brand new"}).status_code
        == 302
    )
    added = Indicator.objects.unscoped("test").get(name="Brand new")
    assert (added.goal, str(added.target), trail(added)) == (workshop.shared, "87.5000", ["indicator.added"])
    url = address("indicator_edit", workshop)
    for _time in range(2):
        assert client.post(url, INDICATOR).status_code == 302
    entry = AuditEntry.objects.about(workshop.indicator).get()
    assert entry.action == "indicator.changed"
    assert entry.changes["name"] == ["Figure of the SWV", "Renamed"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"unit": "verhaal"}, "unit"),
        ({"target": "12,345.67"}, "target"),
        ({"direction": "binnen_bandbreedte", "target_low": "5", "target_high": "4"}, "target_high"),
        ({"name": ""}, "name"),
        ({"level": "x"}, "level"),
    ],
)
def test_an_indicator_that_does_not_fit_is_refused(cast, workshop, client_of, wrong, field):
    response = client_of(cast.anna).post(address("indicator_edit", workshop), {**INDICATOR, **wrong})
    assert set(response.context["form"].errors) == {field}
    assert trail(workshop.indicator) == []


def test_an_activity_is_changed_with_a_line_in_the_trail(cast, workshop, client_of):
    data = {"title": "Changed task", "level": "swv", "organisation": cast.swv.pk, "status": "loopt"}
    assert client_of(cast.anna).post(address("activity_edit", workshop), data).status_code == 302
    entry = AuditEntry.objects.about(workshop.activity).get()
    assert (entry.action, entry.changes["status"]) == ("activity.changed", ["gepland", "loopt"])


def test_a_report_is_kept_and_the_same_report_twice_is_one(cast, workshop, client_of):
    data = {"status": "vertraagd", "progress_note": "We wait."}
    url = address("activity_report", workshop)
    for _time in range(2):
        assert client_of(cast.bram).post(url, data).status_code == 302
    entry = AuditEntry.objects.about(workshop.activity).get()
    assert (entry.action, entry.changes["status"]) == ("activity.reported", ["gepland", "vertraagd"])
    assert Activity.objects.unscoped("test").get(pk=workshop.activity.pk).progress_note == "We wait."
    assert client_of(cast.bram).post(url, {"status": "x"}).status_code == 200


def test_the_page_of_the_goal_tells_its_history_to_the_own_people_only(cast, workshop, client_of, text):
    client_of(cast.bram).post(address("goal_edit", workshop), text)
    assert len(client_of(cast.rita).get(address("goal", workshop)).context["events"]) == 1
    assert client_of(cast.femke).get(address("goal", workshop)).context["events"] == []


def test_history_shows_nothing_of_another_goal(cast, workshop, client_of, text):
    other = make_goal(workshop.plan, title="Other")
    client_of(cast.bram).post(address("goal_edit", workshop, goal_id=other.pk), text)
    assert client_of(cast.anna).get(address("goal", workshop)).context["events"] == []
