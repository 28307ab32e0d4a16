"""A plan as a whole: closed school years, what the law asks, and the plan as a page and a workbook."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from lnpo.audit.models import AuditEntry
from templates.workspace import editing, legal, locking
from templates.workspace.locking import PeriodLockedError
from templates.workspace.measuring import measure
from templates.workspace.models import Deployment, Measurement
from tests.workspace.addresses import OWN, address
from tests.workspace.factories import make_amount, make_goal

pytestmark = pytest.mark.django_db


def period_of(year):
    return date(year, 8, 1), date(year + 1, 7, 31)


@pytest.fixture
def closed(cast, workshop):
    """A school year of the plan that anna closed, with an amount in it."""
    year = workshop.plan.first_year
    amount = make_amount(workshop.plan, workshop.shared, "100.00", school_year=year)
    locking.lock_year(cast.anna, workshop.plan, year)
    return year, amount


def test_a_measurement_of_a_closed_year_is_refused_by_the_verb_and_in_the_form(
    cast, workshop, closed, client_of
):
    year, _amount = closed
    with pytest.raises(PeriodLockedError):
        measure(cast.anna, workshop.indicator, cast.swv, period_of(year), value=Decimal(4))
    start, end = period_of(year)
    data = {"organisation": cast.swv.pk, "period_start": start, "period_end": end, "value": "4"}
    answer = client_of(cast.bram).post(address("measurement_create", workshop), data)
    assert answer.status_code == 200
    assert "gesloten" in answer.content.decode()
    assert not Measurement.objects.unscoped("test").filter(value=4).exists()


def test_a_period_that_only_touches_a_closed_year_is_refused_too(cast, workshop, closed):
    year, _amount = closed
    with pytest.raises(PeriodLockedError):
        measure(
            cast.anna,
            workshop.indicator,
            cast.swv,
            (date(year + 1, 7, 1), date(year + 1, 9, 30)),
            value=Decimal(4),
        )


def test_an_amount_of_a_closed_year_is_not_added_changed_moved_or_taken_away(cast, workshop, closed):
    year, amount = closed
    with pytest.raises(PeriodLockedError):
        make_amount(workshop.plan, school_year=year)
    amount.amount = Decimal(7)
    with pytest.raises(PeriodLockedError):
        amount.save()
    amount.school_year = year + 1
    with pytest.raises(PeriodLockedError):
        amount.save()
    with pytest.raises(PeriodLockedError):
        editing.remove_deployment(cast.anna, Deployment.objects.unscoped("test").get(pk=amount.pk))
    assert Deployment.objects.unscoped("test").get(pk=amount.pk).amount == 100


def test_taking_away_an_amount_of_a_closed_year_says_why_it_does_not_go(cast, workshop, closed, client_of):
    url = reverse("workspace:deployment_remove", args=[cast.swv.pk, closed[1].pk])
    answer = client_of(cast.anna).post(url, follow=True)
    assert "gesloten" in answer.content.decode()
    edit = reverse("workspace:deployment_edit", args=[cast.swv.pk, closed[1].pk])
    data = {
        "stage": "begroot",
        "school_year": closed[0],
        "amount": "5,00",
        "resource": "scholing",
        "source": "swv",
        "giver": cast.swv.pk,
        "receiver": cast.swv.pk,
    }
    assert "gesloten" in client_of(cast.anna).post(edit, data).content.decode()


def test_the_next_year_stays_open(cast, workshop, closed):
    measure(cast.anna, workshop.indicator, cast.swv, period_of(closed[0] + 1), value=Decimal(4))
    make_amount(workshop.plan, school_year=closed[0] + 1)


def test_opening_asks_for_a_reason_and_keeps_it(cast, workshop, closed, client_of):
    client, url = client_of(cast.anna), address("year_open", workshop, year=closed[0])
    answer = client.post(url, {"reason": "  "})
    assert "Zeg waarom" in answer.content.decode() or b'class="error"' in answer.content
    assert workshop.plan.locks.filter(opened_at=None).exists()
    client.post(url, {"reason": "Fout in de telling"})
    entry = AuditEntry.objects.get(action="period.opened")
    assert entry.reason == "Fout in de telling"
    measure(cast.anna, workshop.indicator, cast.swv, period_of(closed[0]), value=Decimal(4))


def test_closing_twice_closes_once(cast, workshop, client_of):
    url = address("year_close", workshop)
    for _again in range(2):
        assert client_of(cast.anna).post(url).status_code == 302
    assert workshop.plan.locks.count() == 1
    assert AuditEntry.objects.filter(action="period.locked").count() == 1


@pytest.mark.parametrize("who", ["bram", "rita"])
def test_only_managers_close_and_open(cast, workshop, client_of, who):
    user = getattr(cast, who)
    for name in ("year_close", "year_open"):
        assert client_of(user).post(address(name, workshop), {"reason": "x"}).status_code == 403
    with pytest.raises(PermissionDenied):
        locking.lock_year(user, workshop.plan, workshop.plan.first_year)
    with pytest.raises(PermissionDenied):
        locking.open_year(user, workshop.plan, workshop.plan.first_year, "x")


def test_a_year_that_is_not_in_the_plan_does_not_exist(cast, workshop, client_of):
    for name in ("year_close", "year_open"):
        for year in (1900, 10**30):
            url = address(name, workshop, year=year)
            assert client_of(cast.anna).post(url, {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("who", ["carla", "femke", "daan", "els"])
def test_the_plan_as_a_whole_is_for_the_swv_itself(cast, workshop, client_of, name, who):
    client, url = client_of(getattr(cast, who)), address(name, workshop)
    assert client.get(url).status_code in (404, 405)
    assert client.post(url).status_code in (404, 405)


def test_the_plan_shows_goals_in_their_tree_and_prints_everything(cast, workshop, client_of):
    make_goal(workshop.plan, title="A part of it", parent=workshop.shared)
    body = client_of(cast.rita).get(address("plan", workshop)).content.decode()
    assert "Secret goal" in body
    assert body.index("Shared goal") < body.index("A part of it")


def test_the_workbook_carries_goals_indicators_activities_and_amounts(cast, workshop, client_of):
    make_goal(workshop.plan, title="=1+1")
    answer = client_of(cast.rita).get(address("plan_file", workshop))
    book = load_workbook(BytesIO(answer.content))
    assert len(book.worksheets) == 4
    assert [row[0].value == "'=1+1" for row in book.worksheets[0].iter_rows(min_row=2)].count(True) == 1
    assert 98765.43 in [row[4].value for row in book.worksheets[3].iter_rows(min_row=2)]


def test_what_the_law_asks_is_kept_with_its_status(cast, workshop, client_of):
    url = address("legal_parts", workshop)
    data = {f"status-{part.key}": "open" for part in legal.known_parts()}
    answer = client_of(cast.bram).post(
        url, {**data, "status-opr": "klaar", "note-opr": "Vergadering van mei"}
    )
    assert answer.status_code == 302
    parts = {part.key: part for part in legal.legal_parts(workshop.plan)}
    assert (parts["opr"].is_finished, parts["opr"].note) == (True, "Vergadering van mei")
    assert not parts["a"].is_finished
    entry = AuditEntry.objects.get(action="plan.legal_parts")
    assert list(entry.changes) == ["opr"]
    assert "Vergadering van mei" in client_of(cast.rita).get(url).content.decode()
    assert client_of(cast.rita).post(url, data).status_code == 403
    bad = client_of(cast.bram).post(url, {**data, "status-a": "nonsense"})
    assert b"error" in bad.content
