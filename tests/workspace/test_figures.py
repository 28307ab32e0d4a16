"""Figures and amounts as Dutch people type them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from templates.workspace.forms.fields import DutchDecimalField, MoneyField, parse_dutch
from templates.workspace.periods import last_period, school_year_of

READ_AS = {
    "0": "0",
    "0,0": "0.0",
    "7": "7",
    "3,9": "3.9",
    "-3,9": "-3.9",
    "1.234,56": "1234.56",
    "1234,56": "1234.56",
    "12.345.678": "12345678",
    "1.000": "1000",
    " 1.234,5 ": "1234.5",
    "1 234,5": "1234.5",
    "1\u00a0234,5": "1234.5",
    "€ 1.234,56": "1234.56",
    "€-5": "-5",
    "\u22124,5": "-4.5",
    "62,5%": "62.5",
    "62,5 %": "62.5",
    "- 4": "-4",
    "-€ 4": "-4",
    "0,0001": "0.0001",
}
REFUSED = ["abc", "12,345.67", "1.5", "1,2,3", "1.23.456", "1..000", ",5", "5,", "--1", "1e5", "NaN", "inf"]
REFUSED += ["%", "€", "-", "٣", "12a", "½", "1_000", "\x00", "1.2345"]


@pytest.mark.parametrize(("text", "figure"), READ_AS.items())
def test_dutch_writing_is_read(text, figure):
    assert parse_dutch(text) == Decimal(figure)
    assert DutchDecimalField().clean(text) == Decimal(figure)


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_refused_in_words(text):
    with pytest.raises(ValidationError):
        DutchDecimalField().clean(text)


def test_empty_is_nothing_and_nought_is_nought():
    field = DutchDecimalField(required=False)
    assert field.clean("") is None
    assert field.clean(None) is None
    assert field.clean("0") == Decimal(0)
    with pytest.raises(ValidationError):
        DutchDecimalField().clean("")
    assert DutchDecimalField().clean("0") == Decimal(0)


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        (MoneyField(), "9.999.999.999,99", "10.000.000.000"),
        (MoneyField(), "0,01", "0,001"),
        (DutchDecimalField(), "9999999999,9999", "10000000000"),
        (DutchDecimalField(), "0,0001", "0,00001"),
    ],
)
def test_figures_that_do_not_fit_are_refused(field, good, bad):
    assert field.clean(good)
    with pytest.raises(ValidationError):
        field.clean(bad)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_stored_figure_shown_in_the_box_is_read_back_the_same(figure):
    field = DutchDecimalField()
    assert field.clean(field.prepare_value(figure)) == figure
    assert not field.has_changed(figure, field.prepare_value(figure))


def test_what_was_typed_wrongly_counts_as_a_change():
    assert DutchDecimalField().has_changed(Decimal(1), "abc")


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 7, 31), 2025), (date(2026, 8, 1), 2026), (date(2026, 1, 1), 2025)]
)
def test_a_school_year_begins_on_the_first_of_august(day, year):
    assert school_year_of(day) == year


@pytest.mark.parametrize(
    ("frequency", "on", "start", "end"),
    [
        ("per_maand", date(2026, 3, 1), date(2026, 2, 1), date(2026, 2, 28)),
        ("per_maand", date(2026, 1, 15), date(2025, 12, 1), date(2025, 12, 31)),
        ("per_kwartaal", date(2026, 3, 31), date(2025, 10, 1), date(2025, 12, 31)),
        ("per_kwartaal", date(2026, 4, 1), date(2026, 1, 1), date(2026, 3, 31)),
        ("per_halfjaar", date(2026, 1, 31), date(2025, 2, 1), date(2025, 7, 31)),
        ("per_halfjaar", date(2026, 2, 1), date(2025, 8, 1), date(2026, 1, 31)),
        ("per_halfjaar", date(2026, 8, 1), date(2026, 2, 1), date(2026, 7, 31)),
        ("per_jaar", date(2026, 7, 31), date(2024, 8, 1), date(2025, 7, 31)),
        ("per_jaar", date(2026, 8, 1), date(2025, 8, 1), date(2026, 7, 31)),
        ("per_planperiode", date(2026, 8, 1), date(2025, 8, 1), date(2026, 7, 31)),
    ],
)
def test_the_last_whole_period_is_what_is_due(frequency, on, start, end):
    assert last_period(frequency, on) == (start, end)


@given(
    st.sampled_from(["per_maand", "per_kwartaal", "per_halfjaar", "per_jaar", "per_planperiode"]),
    st.dates(date(2015, 1, 1), date(2060, 1, 1)),
)
def test_the_last_period_always_lies_before_today(frequency, on):
    start, end = last_period(frequency, on)
    assert start < end < on
