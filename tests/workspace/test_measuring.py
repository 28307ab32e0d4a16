"""What was measured or noticed: figures that fit, once per period, with every correction kept."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lnpo.audit.models import AuditEntry
from templates.workspace.measuring import measure
from templates.workspace.models import Measurement
from tests.workspace.addresses import address
from tests.workspace.factories import YEAR, make_indicator

pytestmark = pytest.mark.django_db


def rows(indicator):
    return Measurement.objects.unscoped("test").filter(indicator=indicator)


@pytest.fixture
def fresh(workshop):
    """An indicator of the SWV without measurements."""
    return make_indicator(workshop.shared, name="Fresh")


@pytest.fixture
def noticed(workshop):
    return make_indicator(
        workshop.shared, name="Noticed", kind="merkbaar", unit="schaal_1_4", baseline=1, target=4
    )


@pytest.fixture
def form(cast):
    return {"organisation": cast.swv.pk, "period_start": YEAR[0], "period_end": YEAR[1]}


@pytest.mark.parametrize(("typed", "stored"), [("0", 0), ("3,9", "3.9"), ("1.234,56", "1234.56"), ("-2", -2)])
def test_a_figure_is_stored_as_it_was_typed(cast, workshop, fresh, form, client_of, typed, stored):
    url = address("measurement_create", workshop, indicator_id=fresh.pk)
    assert client_of(cast.bram).post(url, {**form, "value": typed})["Location"] == address("goal", workshop)
    row = rows(fresh).get()
    assert (row.value, row.figure, row.entered_by) == (Decimal(stored), Decimal(stored), cast.bram)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"value": ""},
        {"value": "abc"},
        {"value": "12,345.67"},
        {"numerator": "3"},
        {"denominator": "3"},
        {"numerator": "3", "denominator": "0"},
        {"numerator": "0", "denominator": "0"},
        {"numerator": "3", "denominator": "-4"},
        {"value": "9999999999", "numerator": "9999999999", "denominator": "0,0001"},
        {"value": "1", "period_end": "2025-07-31"},
        {"value": "1", "period_start": ""},
        {"value": "1", "breaks_series": "on"},
        {"value": "1", "organisation": "x"},
        {"note": "only a note"},
    ],
)
def test_what_is_empty_or_does_not_fit_is_refused_with_words(cast, workshop, fresh, form, client_of, wrong):
    url = address("measurement_create", workshop, indicator_id=fresh.pk)
    response = client_of(cast.anna).post(url, {**form, **wrong})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert "error-summary" in response.content.decode() or 'role="alert"' in response.content.decode()
    assert not rows(fresh).exists()


@pytest.mark.parametrize(
    ("unit", "numerator", "denominator", "value"),
    [
        ("procent", "1", "3", "33.3333"),
        ("procent", "0", "12", "0"),
        ("procent", "12", "12", "100"),
        ("per_1000_leerlingen", "5", "8000", "0.625"),
        ("per_1000_leerlingen", "0", "8000", "0"),
    ],
)
def test_a_share_is_worked_out_to_four_decimals(
    cast, workshop, form, client_of, unit, numerator, denominator, value
):
    indicator = make_indicator(workshop.shared, unit=unit, name="Share")
    url = address("measurement_create", workshop, indicator_id=indicator.pk)
    data = {**form, "numerator": numerator, "denominator": denominator}
    assert client_of(cast.anna).post(url, data).status_code == 302
    row = rows(indicator).get()
    assert (row.value, row.numerator, row.denominator) == (
        Decimal(value),
        Decimal(numerator),
        Decimal(denominator),
    )


def test_the_same_post_twice_is_one_measurement_and_one_line_in_the_trail(
    cast, workshop, fresh, form, client_of
):
    url = address("measurement_create", workshop, indicator_id=fresh.pk)
    client = client_of(cast.anna)
    for _time in range(2):
        assert client.post(url, {**form, "value": "5"}).status_code == 302
    assert rows(fresh).count() == 1
    assert [entry.action for entry in AuditEntry.objects.about(rows(fresh).get())] == ["measurement.entered"]


def test_the_same_period_again_is_a_correction_that_keeps_old_and_new(cast, fresh):
    first = measure(cast.anna, fresh, cast.swv, YEAR, value=Decimal(5), note="count")
    second = measure(cast.bram, fresh, cast.swv, YEAR, value=Decimal(0), note="count")
    assert first.pk == second.pk
    entry = AuditEntry.objects.about(second).get(action="measurement.corrected")
    assert (entry.actor, entry.organisation_uuid) == (cast.bram, cast.swv.pk)
    old, new = entry.changes["value"]
    assert (Decimal(old), Decimal(new)) == (5, 0)
    assert "note" not in entry.changes
    assert rows(fresh).get().value == 0


def test_another_period_is_another_measurement(cast, fresh):
    for year in (2023, 2024, 2025):
        period = (YEAR[0].replace(year=year), YEAR[1].replace(year=year + 1))
        measure(cast.anna, fresh, cast.swv, period, value=Decimal(year))
    assert [row.value for row in rows(fresh)] == [2023, 2024, 2025]


def test_a_refused_measurement_leaves_no_trace(cast, fresh):
    before = AuditEntry.objects.count()
    with pytest.raises(ValidationError):
        measure(cast.anna, fresh, cast.swv, YEAR)
    with pytest.raises(ValidationError):
        measure(cast.anna, fresh, cast.swv, YEAR, value=Decimal("0.00001"))
    assert (AuditEntry.objects.count(), rows(fresh).count()) == (before, 0)


@pytest.mark.parametrize(
    ("level", "person", "organisation", "allowed"),
    [
        ("swv", "anna", "swv", True),
        ("swv", "bram", "swv", True),
        ("swv", "rita", "swv", False),
        ("swv", "carla", "swv", False),
        ("swv", "carla", "board", False),
        ("swv", "femke", "school", False),
        ("bestuur", "anna", "swv", True),
        ("bestuur", "carla", "board", True),
        ("bestuur", "femke", "school", False),
        ("bestuur", "anna", "board", False),
        ("school", "femke", "school", True),
        ("school", "carla", "school", False),
        ("school", "carla", "board", False),
        ("school", "femke", "swv", False),
        ("school", "anna", "school", False),
        ("swv", "daan", "swv", False),
        ("swv", "daan", "other_swv", False),
        ("swv", "els", "swv", False),
        ("school", "els", "school", False),
    ],
)
def test_everybody_measures_at_the_own_level_for_the_own_organisation(
    cast, workshop, level, person, organisation, allowed
):
    indicator = make_indicator(workshop.shared, name="Of a level", level=level)
    arguments = (getattr(cast, person), indicator, getattr(cast, organisation), YEAR)
    if allowed:
        assert measure(*arguments, value=Decimal(1)).organisation == getattr(cast, organisation)
    else:
        with pytest.raises(PermissionDenied):
            measure(*arguments, value=Decimal(1))
        assert not rows(indicator).exists()


def test_a_school_that_is_responsible_for_nothing_does_not_measure(cast, workshop):
    indicator = make_indicator(workshop.private, name="Of schools", level="school")
    with pytest.raises(PermissionDenied):
        measure(cast.femke, indicator, cast.school, YEAR, value=Decimal(1))


def test_what_is_noticed_is_a_level_with_its_story(cast, workshop, noticed, form, client_of):
    url = address("measurement_create", workshop, indicator_id=noticed.pk)
    client = client_of(cast.anna)
    fields = client.get(url).context["form"].fields
    assert {"noticed", "story", "observer", "observed_on"} <= set(fields)
    assert not {"value", "numerator", "denominator"} & set(fields)
    data = {**form, "noticed": "3", "story": "Children greet each other.", "observer": "Head teacher"}
    assert client.post(url, {**data, "observed_on": "2026-03-01"}).status_code == 302
    row = rows(noticed).get()
    assert (row.noticed, row.figure, row.value) == (3, Decimal(3), None)
    text = client.get(address("goal", workshop)).content.decode()
    assert "Children greet each other." in text
    assert "Head teacher" in text


@pytest.mark.parametrize("level", ["", "0", "5", "x"])
def test_a_level_outside_the_rubric_is_refused(cast, workshop, noticed, form, client_of, level):
    url = address("measurement_create", workshop, indicator_id=noticed.pk)
    response = client_of(cast.anna).post(url, {**form, "noticed": level, "story": "A story."})
    assert response.status_code == 200
    assert "A story." in response.content.decode()
    assert not rows(noticed).exists()


def test_a_story_is_shown_as_text_and_never_as_markup(cast, workshop, noticed, client_of):
    measure(cast.anna, noticed, cast.swv, YEAR, noticed=2, story="<script>alert(1)</script>")
    text = client_of(cast.anna).get(address("goal", workshop)).content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_the_history_of_the_goal_tells_of_it(cast, workshop, fresh, client_of):
    measure(cast.bram, fresh, cast.swv, YEAR, value=Decimal(1))
    event = client_of(cast.anna).get(address("goal", workshop)).context["events"][0]
    assert "Fresh" in event.what
    assert "Bram" in event.who
