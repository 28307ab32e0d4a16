"""Sharing, answering to being made responsible, and two people who change the same part."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lnpo.audit.models import AuditEntry
from templates.workspace import answering, editing
from templates.workspace.enums import Acceptance
from templates.workspace.models import Activity, Deployment, Goal, Indicator, Measurement
from templates.workspace.sharing import hide_small, share_goal
from tests.organisations.factories import MembershipFactory, UserFactory
from tests.workspace.addresses import SHARING, address
from tests.workspace.factories import make_activity

pytestmark = pytest.mark.django_db


def stored(row):
    return type(row).objects.unscoped("test").get(pk=row.pk)


def seen_goals(user) -> set[str]:
    return set(Goal.objects.visible_to(user).values_list("title", flat=True))


@pytest.fixture
def observer(cast):
    user = UserFactory()
    MembershipFactory(user=user, organisation=cast.swv, access_role="observer")
    return user


def test_an_observer_sees_nothing_until_something_is_shared(cast, workshop, observer, client_of):
    assert client_of(observer).get(address("overview", workshop)).status_code == 404
    share_goal(cast.anna, workshop.private, [], observers=True)
    assert seen_goals(observer) == {"Secret goal"}
    body = client_of(observer).get(address("overview", workshop)).content.decode()
    assert "Secret goal" in body
    assert "Shared goal" not in body
    url = address("goal", workshop, goal_id=workshop.private.pk)
    assert "73,8" in client_of(observer).get(url).content.decode()
    assert client_of(observer).get(address("goal", workshop)).status_code == 404
    assert not Deployment.objects.visible_to(observer).exists()
    share_goal(cast.anna, workshop.private, [], observers=False)
    assert client_of(observer).get(url).status_code == 404


def test_a_board_sees_what_is_shared_with_it_and_the_school_does_not(cast, workshop, client_of):
    share_goal(cast.anna, workshop.private, [cast.board], observers=False)
    assert "Secret goal" in seen_goals(cast.carla)
    assert "Secret goal" not in seen_goals(cast.femke)
    assert "Secret goal" not in seen_goals(cast.daan)
    figures = Measurement.objects.visible_to(cast.carla).filter(indicator=workshop.private_indicator)
    assert [row.value for row in figures] == [Decimal("73.75")]


def test_the_manager_chooses_in_a_form_and_a_contributor_cannot(cast, workshop, client_of):
    url = address("goal_share", workshop, goal_id=workshop.private.pk)
    assert client_of(cast.anna).get(url).status_code == 200
    for _twice in range(2):
        answer = client_of(cast.anna).post(url, {"observers": "on", "organisations": [cast.board.pk]})
        assert answer.status_code == 302
    assert workshop.private.shares.count() == 2
    assert AuditEntry.objects.filter(action="goal.shared").count() == 1
    for who in (cast.bram, cast.rita):
        assert client_of(who).get(url).status_code == 403
        assert client_of(who).post(url).status_code == 403
    for who in (cast.carla, cast.femke, cast.daan, cast.els):
        assert client_of(who).post(url).status_code == 404
    with pytest.raises(PermissionDenied):
        share_goal(cast.bram, workshop.private, [], observers=False)


def test_a_goal_is_not_shared_with_an_organisation_of_another_swv(cast, workshop, client_of):
    url = address("goal_share", workshop)
    answer = client_of(cast.anna).post(url, {"organisations": [cast.other_swv.pk]})
    assert answer.status_code == 200
    assert not workshop.shared.shares.exists()


@pytest.mark.parametrize(
    ("unit", "figures", "shown"),
    [
        ("aantal", {"value": 4}, False),
        ("aantal", {"value": 5}, True),
        ("aantal", {"value": 0}, True),
        ("procent", {"value": 2, "numerator": 2, "denominator": 100}, False),
        ("procent", {"value": 98, "numerator": 98, "denominator": 100}, False),
        ("procent", {"value": 50, "numerator": 50, "denominator": 100}, True),
        ("procent", {"value": 4}, True),
    ],
)
def test_fewer_than_five_pupils_are_not_shown_to_others(unit, figures, shown):
    row = Measurement(**{name: Decimal(value) for name, value in figures.items()})
    assert (hide_small(Indicator(unit=unit), row).value is not None) is shown


def test_who_is_made_responsible_says_yes_or_hands_it_back(cast, workshop, client_of):
    activity = make_activity(workshop.shared, title="Asked of Carla")
    before = stored(activity)
    activity.person, activity.organisation = cast.carla, cast.board
    editing.save_part(cast.anna, workshop.shared, activity, before)
    assert stored(activity).acceptance == Acceptance.ASKED
    url = address("activity_answer", workshop, activity_id=activity.pk)
    client = client_of(cast.carla)
    assert "Asked of Carla" in client.get(url).content.decode()
    assert client.post(url, {"answer": "terug"}).status_code == 200
    assert client.post(url, {"answer": "terug", "reason": "Geen tijd dit jaar"}).status_code == 302
    row = stored(activity)
    assert (row.acceptance, row.handed_back_because) == ("terug", "Geen tijd dit jaar")
    assert AuditEntry.objects.get(action="activity.handed_back").reason == "Geen tijd dit jaar"
    assert "Geen tijd dit jaar" in client_of(cast.anna).get(address("goal", workshop)).content.decode()
    client.post(url, {"answer": "ja"})
    row = stored(activity)
    assert (row.acceptance, row.handed_back_because) == ("ja", "")
    assert client_of(cast.anna).post(url, {"answer": "ja"}).status_code == 403
    with pytest.raises(PermissionDenied):
        answering.answer(cast.anna, row, "ja")
    with pytest.raises(ValidationError):
        answering.answer(cast.carla, row, "terug", " ")


def test_what_one_takes_on_oneself_needs_no_yes(cast, workshop):
    activity = Activity(title="Own task", person=cast.anna, organisation=cast.swv)
    editing.save_part(cast.anna, workshop.shared, activity, None)
    assert stored(activity).acceptance == Acceptance.ACCEPTED


@pytest.mark.parametrize("name", SHARING)
def test_outsiders_do_not_find_these_pages(cast, workshop, client_of, name):
    for who in (cast.daan, cast.els):
        assert client_of(who).get(address(name, workshop)).status_code == 404


@pytest.mark.parametrize("name", ["indicator_edit", "activity_edit"])
def test_who_changes_a_part_second_sees_both_texts(cast, workshop, client_of, name):
    url = address(name, workshop)
    row, field = (workshop.indicator, "name") if name == "indicator_edit" else (workshop.activity, "title")
    form = client_of(cast.anna).get(url).context["form"]
    data = {key: value for key in form.fields if (value := form[key].value()) not in (None, "")}
    data = {key: value.isoformat() if isinstance(value, date) else value for key, value in data.items()}
    data = {
        key: f"{value}".replace(".", ",") if isinstance(value, Decimal) else value
        for key, value in data.items()
    }
    assert data["seen_version"] == 1
    assert client_of(cast.bram).post(url, {**data, field: "Text of Bram"}).status_code == 302
    answer = client_of(cast.anna).post(url, {**data, field: "Text of Anna"})
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Text of Bram" in body
    assert "Text of Anna" in body
    assert getattr(stored(row), field) == "Text of Bram"
    again = {**data, field: "Text of both", "seen_version": 2}
    assert client_of(cast.anna).post(url, again).status_code == 302
    assert getattr(stored(row), field) == "Text of both"
