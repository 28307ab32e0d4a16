"""Euros on goals: to the cent, and nothing out of sight."""

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lnpo.audit.models import AuditEntry
from templates.workspace import editing
from templates.workspace.models import Deployment
from templates.workspace.money import Amounts, calendar_split, ledger
from tests.workspace.addresses import address
from tests.workspace.factories import make_amount

STAGES = {"begroot": "budgeted", "toegekend": "granted", "gerealiseerd": "realised"}
cents = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
deployments = st.builds(
    Deployment,
    goal_id=st.none() | st.integers(0, 4).map(lambda number: UUID(int=number)),
    stage=st.sampled_from(list(STAGES)),
    amount=cents,
    school_year=st.sampled_from([2024, 2025]),
)


@given(st.lists(deployments, max_size=60), st.sampled_from([None, 2024, 2025]))
def test_what_stands_per_goal_and_what_is_not_linked_make_the_total(rows, school_year):
    book = ledger(rows, school_year)
    counted = [row for row in rows if school_year in (None, row.school_year)]
    for stage, name in STAGES.items():
        parts = [getattr(amounts, name) for amounts in [*book.per_goal.values(), book.unlinked]]
        known = [part for part in parts if part is not None]
        total = getattr(book.total, name)
        assert (total is None) == (not known)
        assert sum(known) == (total or 0)
        assert sum(row.amount for row in counted if row.stage == stage) == (total or 0)


@given(st.lists(deployments, max_size=60))
def test_every_goal_gets_its_own_amounts(rows):
    expected: dict = defaultdict(Decimal)
    for row in rows:
        expected[row.goal_id, STAGES[row.stage]] += row.amount
    book = ledger(rows)
    for (goal, name), amount in expected.items():
        amounts = book.per_goal[goal] if goal else book.unlinked
        assert getattr(amounts, name) == amount


@given(cents)
def test_a_school_year_splits_over_two_calendar_years_without_losing_a_cent(amount):
    first, second = calendar_split(amount)
    assert first + second == amount
    assert first == first.quantize(Decimal("0.01"))
    assert abs(first * 12 - amount * 5) <= Decimal("0.06")


@pytest.mark.parametrize(
    ("amount", "first", "second"),
    [("12", "5", "7"), ("0", "0", "0"), ("0.01", "0.00", "0.01"), ("100", "41.67", "58.33")],
)
def test_five_months_lie_in_the_first_calendar_year(amount, first, second):
    assert calendar_split(Decimal(amount)) == (Decimal(first), Decimal(second))


def test_nothing_entered_is_not_nought():
    assert not Amounts()
    assert (Amounts().budgeted, Amounts().free) == (None, None)
    nought = Amounts()
    nought.add("begroot", Decimal("0.00"))
    assert nought
    assert (nought.budgeted, nought.realised, nought.free) == (0, None, 0)


def test_what_is_free_is_what_was_budgeted_and_not_yet_realised():
    assert Amounts(Decimal(100), None, Decimal(30)).free == 70
    assert Amounts(Decimal(100), None, Decimal(130)).free == -30
    assert Amounts(None, None, Decimal(30)).free is None


def shown(response) -> tuple[Decimal, Decimal]:
    """The sum of the budgeted lines of the page, and the total below them."""
    context = response.context
    lines = [amounts.budgeted for _goal, amounts in context["lines"]]
    lines += [context["book"].unlinked.budgeted, context["elsewhere"].budgeted]
    return sum(line for line in lines if line is not None), context["book"].total.budgeted


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["anna", "rita", "femke"])
def test_the_lines_of_the_page_make_its_total(cast, workshop, client_of, person):
    make_amount(workshop.plan, None, "0.01")
    make_amount(workshop.plan, workshop.private, "10.10", receiver=cast.school)
    make_amount(workshop.plan, workshop.private, "5000", school_year=workshop.plan.first_year)
    lines, total = shown(client_of(getattr(cast, person)).get(address("money", workshop)))
    assert lines == total
    if person != "femke":
        assert total == Decimal("98765.43") + Decimal("1234.56") + Decimal("0.01") + Decimal("10.10")


@pytest.mark.django_db
def test_the_money_of_a_goal_that_was_removed_stays_in_sight(cast, workshop, client_of):
    make_amount(workshop.plan, workshop.private, "10.10")
    editing.remove_goal(cast.anna, workshop.private)
    response = client_of(cast.anna).get(address("money", workshop))
    lines, total = shown(response)
    assert lines == total
    assert response.context["elsewhere"].budgeted == Decimal("10.10")


@pytest.mark.django_db
def test_the_page_shows_one_school_year(cast, workshop, client_of):
    make_amount(workshop.plan, workshop.shared, "4321.00", school_year=workshop.plan.first_year)
    client, url = client_of(cast.anna), address("money", workshop)
    assert "4.321" not in client.get(url).content.decode()
    assert "4.321" in client.get(f"{url}?jaar={workshop.plan.first_year}").content.decode()


@pytest.mark.django_db
def test_amounts_are_added_changed_and_removed_with_a_line_in_the_trail(cast, workshop, client_of):
    client = client_of(cast.bram)
    url = address("deployment_edit", workshop)
    data = {
        "stage": "begroot",
        "school_year": workshop.amount.school_year,
        "amount": "1.000,50",
        "goal": workshop.shared.pk,
        "resource": "scholing",
        "source": "swv",
        "giver": cast.swv.pk,
        "receiver": cast.swv.pk,
    }
    assert client.post(url, data).status_code == 302
    assert client.post(url, data).status_code == 302
    assert client.post(address("deployment_remove", workshop)).status_code == 302
    assert client.post(address("deployment_remove", workshop)).status_code == 404
    changed, removed = AuditEntry.objects.about(workshop.amount)
    assert (changed.action, changed.changes["amount"]) == ("deployment.changed", ["98765.43", "1000.50"])
    assert (removed.action, removed.changes["amount"]) == ("deployment.removed", ["1000.50", None])
    assert changed.actor == removed.actor == cast.bram
