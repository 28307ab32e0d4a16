"""Pages of the workspace ask the database the same number of questions, however much is in it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workspace.addresses import READ, address
from tests.workspace.factories import (
    make_activity,
    make_amount,
    make_goal,
    make_indicator,
    make_measurement,
)

pytestmark = pytest.mark.django_db

FRAME = 4
"""What every page of a signed-in person costs: session, person, rights of the person and of the groups."""
BUDGET = 13 + FRAME


def asked(client, url) -> list[str]:
    """The queries of the second visit: the first warms what is kept for all."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured]


def fill(cast, workshop, number: int) -> None:
    """``number`` goals, each with everything; the shared goal gets as many of each too."""
    for order in range(number):
        goal = make_goal(workshop.plan, title=f"Goal {order}", owner=cast.anna)
        soon = date.today() + timedelta(days=2)  # noqa: DTZ011
        make_activity(goal, title=f"Task {order}", person=cast.anna, ends_on=soon)
        make_amount(workshop.plan, goal, receiver=cast.school, via=cast.board)
        make_measurement(make_indicator(goal), "5")
        make_activity(workshop.shared, cast.school, title=f"Shared task {order}", person=cast.femke)
        make_amount(workshop.plan, workshop.shared, receiver=cast.school)
        measured = make_indicator(workshop.shared, name=f"Shared figure {order}", level="school")
        for year in range(2020, 2024):
            period = {"period_start": date(year, 8, 1), "period_end": date(year + 1, 7, 31)}
            make_measurement(measured, "5", **period)
            make_measurement(measured, "5", organisation=cast.school, **period)


@pytest.mark.parametrize("person", ["anna", "rita", "femke"])
@pytest.mark.parametrize("name", READ)
def test_ten_times_as_much_costs_not_one_query_more(cast, workshop, client_of, name, person):
    client, url = client_of(getattr(cast, person)), address(name, workshop)
    fill(cast, workshop, 3)
    few = asked(client, url)
    fill(cast, workshop, 27)
    many = asked(client, url)
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= BUDGET, "\n".join(many)


@pytest.mark.parametrize("name", ["overview", "goal"])
def test_a_page_stays_within_its_budget(cast, workshop, client_of, name, django_assert_max_num_queries):
    client, url = client_of(cast.anna), address(name, workshop)
    client.get(url)
    with django_assert_max_num_queries(BUDGET):
        client.get(url)


def test_more_workspaces_cost_no_more_queries(cast, workshop, client_of):
    from tests.organisations.factories import MembershipFactory, OrganisationFactory

    client, url = client_of(cast.anna), address("overview", workshop)
    before = len(asked(client, url))
    for _number in range(5):
        MembershipFactory(user=cast.anna, organisation=OrganisationFactory())
    assert len(asked(client, url)) == before


@pytest.mark.parametrize("name", ["measurement_create", "activity_create", "deployment_create", "goal_edit"])
def test_a_form_costs_the_same_with_many_choices(cast, workshop, client_of, name):
    client, url = client_of(cast.anna), address(name, workshop)
    fill(cast, workshop, 3)
    few = asked(client, url)
    fill(cast, workshop, 27)
    many = asked(client, url)
    assert len(many) == len(few), "\n".join(many)
