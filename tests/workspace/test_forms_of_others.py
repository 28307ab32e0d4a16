"""What belongs to somebody else cannot be chosen in a form, whatever is sent."""

import uuid

import pytest

from templates.workspace.models import Activity, Deployment, Goal, Plan
from tests.organisations.factories import UserFactory
from tests.workspace.addresses import address
from tests.workspace.factories import make_activity, make_goal, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def others(cast):
    """A goal with an activity of another SWV."""
    goal = make_goal(make_plan(cast.other_swv), title="Goal of others")
    return goal, make_activity(goal)


@pytest.fixture
def amount(cast, workshop):
    return {
        "stage": "begroot",
        "school_year": workshop.plan.first_year,
        "amount": "100",
        "goal": workshop.shared.pk,
        "activity": "",
        "resource": "scholing",
        "source": "swv",
        "giver": cast.swv.pk,
        "receiver": cast.school.pk,
        "via": cast.board.pk,
    }


def errors_of(response) -> set[str]:
    assert response.status_code == 200
    return set(response.context["form"].errors)


def test_a_complete_amount_is_accepted(cast, workshop, client_of, amount):
    before = Deployment.objects.unscoped("test").count()
    assert client_of(cast.anna).post(address("deployment_create", workshop), amount).status_code == 302
    assert Deployment.objects.unscoped("test").count() == before + 1


def test_an_amount_takes_no_goal_activity_or_organisation_of_others(
    cast, workshop, client_of, amount, others
):
    client = client_of(cast.anna)
    goal, activity = others
    wrong = {
        "goal": [goal.pk, uuid.uuid4(), "x"],
        "activity": [activity.pk, "x"],
        "giver": [cast.other_swv.pk],
        "receiver": [cast.other_swv.pk, ""],
        "via": [cast.other_swv.pk],
        "school_year": [workshop.plan.first_year - 1, workshop.plan.first_year + 4, "x"],
        "stage": ["x"],
        "resource": ["x"],
        "amount": ["", "abc", "1.5", "0,001", "12345678901"],
    }
    before = Deployment.objects.unscoped("test").count()
    for name, values in wrong.items():
        for value in values:
            response = client.post(address("deployment_create", workshop), {**amount, name: value})
            assert errors_of(response) == {name}
    assert Deployment.objects.unscoped("test").count() == before


def test_an_activity_of_another_goal_does_not_fit(cast, workshop, client_of, amount):
    data = {**amount, "goal": workshop.private.pk, "activity": workshop.activity.pk}
    assert errors_of(client_of(cast.anna).post(address("deployment_create", workshop), data)) == {"activity"}


def test_an_activity_alone_brings_its_goal_along(cast, workshop, client_of, amount):
    data = {**amount, "goal": "", "activity": workshop.activity.pk, "amount": "3,14"}
    assert client_of(cast.anna).post(address("deployment_create", workshop), data).status_code == 302
    stored = Deployment.objects.unscoped("test").get(amount="3.14")
    assert (stored.goal, stored.activity) == (workshop.shared, workshop.activity)


def test_a_goal_named_in_the_address_is_filled_in_only_when_it_is_ours(cast, workshop, client_of, others):
    client = client_of(cast.anna)
    url = address("deployment_create", workshop)
    ours = client.get(f"{url}?doel={workshop.private.pk}").context["form"].initial["goal"]
    assert ours == workshop.private
    response = client.get(f"{url}?doel={others[0].pk}")
    assert response.context["form"].initial["goal"] is None
    assert "Goal of others" not in response.content.decode()


def test_an_amount_stays_in_its_own_plan_when_a_newer_plan_exists(cast, workshop, client_of, amount):
    newer = make_plan(cast.swv, first_year=workshop.plan.first_year + 4, title="Newer")
    url = address("deployment_edit", workshop)
    assert client_of(cast.anna).post(url, {**amount, "amount": "5"}).status_code == 302
    stored = Deployment.objects.unscoped("test").get(pk=workshop.amount.pk)
    assert stored.plan == workshop.plan != newer
    assert stored.amount == 5


@pytest.fixture
def activity(cast):
    return {
        "title": "A new task",
        "level": "school",
        "role": "",
        "organisation": cast.school.pk,
        "person": cast.femke.pk,
        "status": "gepland",
    }


def test_an_activity_is_entrusted_to_a_partner(cast, workshop, client_of, activity):
    assert client_of(cast.anna).post(address("activity_create", workshop), activity).status_code == 302
    stored = Activity.objects.unscoped("test").get(title="A new task")
    assert (stored.goal, stored.organisation, stored.person) == (workshop.shared, cast.school, cast.femke)


def test_an_activity_takes_no_organisation_or_person_of_others(cast, workshop, client_of, activity):
    client = client_of(cast.anna)
    wrong = [
        ("organisation", cast.other_swv.pk),
        ("person", cast.daan.pk),
        ("person", cast.els.pk),
        ("person", UserFactory().pk),
        ("person", cast.carla.pk),
        ("level", "x"),
        ("title", ""),
        ("title", "x" * 256),
    ]
    for name, value in wrong:
        response = client.post(address("activity_create", workshop), {**activity, name: value})
        assert errors_of(response) == {name}
    dates = {"starts_on": "2026-02-01", "ends_on": "2026-01-01"}
    response = client.post(address("activity_create", workshop), {**activity, **dates})
    assert errors_of(response) == {"ends_on"}
    assert not Activity.objects.unscoped("test").filter(title="A new task").exists()


def test_people_of_another_samenwerkingsverband_are_not_even_offered(cast, workshop, client_of):
    text = client_of(cast.anna).get(address("activity_create", workshop)).content.decode()
    assert "Femke" in text
    assert "Daan" not in text
    assert cast.other_swv.name not in text


def test_a_goal_is_owned_by_a_colleague(cast, workshop, client_of):
    client = client_of(cast.anna)
    url = address("goal_create", workshop)
    for owner in (cast.daan, cast.els, cast.carla):
        assert errors_of(client.post(url, {"title": "New", "owner": owner.pk})) == {"owner"}
    assert client.post(url, {"title": "New", "owner": cast.rita.pk}).status_code == 302
    stored = Goal.objects.unscoped("test").get(title="New")
    assert (stored.owner, stored.plan) == (cast.rita, workshop.plan)


def test_the_first_goal_opens_a_plan(cast, workshop, client_of):
    url = address("goal_create", workshop, organisation_id=cast.other_swv.pk)
    assert client_of(cast.daan).post(url, {"title": "First"}).status_code == 302
    plan = Plan.objects.unscoped("test").get(organisation=cast.other_swv)
    assert plan.goals.get().title == "First"


def test_what_was_typed_stays_in_the_form(cast, workshop, client_of, amount):
    data = {**amount, "amount": "12,345.67", "note": "Remember me"}
    text = client_of(cast.anna).post(address("deployment_create", workshop), data).content.decode()
    assert "12,345.67" in text
    assert "Remember me" in text


def test_an_amount_sent_twice_is_added_once_and_the_same_amount_again_is_another(
    cast, workshop, client_of, amount
):
    client, url = client_of(cast.anna), address("deployment_create", workshop)
    rows = Deployment.objects.unscoped("test").filter(amount=100)
    once = client.get(url).context["form"]["once"].value()
    for _time in range(2):
        assert client.post(url, {**amount, "once": once}).status_code == 302
    assert rows.count() == 1
    assert client.post(url, {**amount, "once": uuid.uuid4()}).status_code == 302
    assert rows.count() == 2


def test_a_goal_sent_twice_is_added_once(cast, workshop, client_of):
    client, url = client_of(cast.anna), address("goal_create", workshop)
    once = client.get(url).context["form"]["once"].value()
    addresses = {client.post(url, {"title": "Twice", "once": once})["Location"] for _time in range(2)}
    assert len(addresses) == 1
    assert Goal.objects.unscoped("test").filter(title="Twice").count() == 1


def test_the_id_of_something_of_others_is_not_taken_over(cast, workshop, client_of, amount, others):
    client = client_of(cast.anna)
    goal = others[0]
    response = client.post(address("goal_create", workshop), {"title": "Mine", "once": goal.pk})
    assert str(goal.pk) not in response["Location"]
    goal.refresh_from_db()
    assert goal.title == "Goal of others"
    response = client.post(address("deployment_create", workshop), {**amount, "once": "x"})
    assert errors_of(response) == {"once"}
