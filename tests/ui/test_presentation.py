"""Figures, dates, charts, the kring, mail and the style sheet."""

from datetime import UTC, date, datetime
from decimal import Decimal

import brotli
import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string

from lnpo.ui import dutch_format, stylesheet
from lnpo.ui.charts import budget_bar, line_chart
from lnpo.ui.icons import icon
from lnpo.ui.kring import HEIGHT, WIDTH, kring, network_kring, seat_positions
from lnpo.ui.pagination import page_numbers

HARD = "\u00a0"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (0, "0"), (Decimal("0.50"), "0,5"), (Decimal("1234567.10"), "1.234.567,1"), (-3, "-3")],
)
def test_numbers(value, text):
    assert dutch_format.number(value) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (None, 0, ""),
        (0, 0, f"€{HARD}0"),
        (Decimal("1234.56"), 0, f"€{HARD}1.235"),
        (Decimal("1234.5"), 2, f"€{HARD}1.234,50"),
        (Decimal(-12), 0, f"-€{HARD}12"),
    ],
)
def test_amounts(value, decimals, text):
    assert dutch_format.euro(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "procent", ""),
        (0, "procent", f"0{HARD}%"),
        (Decimal("69.2308"), "procent", f"69,2{HARD}%"),
        (1, "ja_nee", "ja"),
        (0, "ja_nee", "nee"),
        (3, "weken", f"3{HARD}weken"),
        (Decimal(1200), "euro", f"€{HARD}1.200"),
    ],
)
def test_measured_figures_carry_their_unit(value, unit, text):
    assert dutch_format.with_unit(value, unit) == text


def test_dates_and_times_are_those_of_the_netherlands():
    moment = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)
    assert dutch_format.date_long(moment) == "do 10 december 2026"
    assert dutch_format.time_range(moment, datetime(2026, 12, 10, 15, 30, tzinfo=UTC)) == "13.00–16.30 uur"
    assert dutch_format.date_weekday(date(2026, 12, 10)) == "do 10 december"
    assert dutch_format.date_long(None) == ""
    assert dutch_format.time_range(None, None) == ""


def test_school_years_and_initials():
    assert dutch_format.school_year(2026) == "2026-2027"
    assert dutch_format.school_year(None) == ""
    assert dutch_format.initials("Anna van der Linde") == "AL"
    assert dutch_format.initials("") == ""


@pytest.mark.parametrize("seats", [0, 1, 2, 3, 4, 7, 30, 36, 150, 400])
def test_the_kring_has_one_dot_for_each_seat_and_stays_inside(seats):
    points = seat_positions(seats)
    assert len(points) == seats
    assert len(set(points)) == seats
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in points)


@pytest.mark.parametrize(("taken", "mine"), [(0, False), (10, False), (10, True), (30, True), (99, False)])
def test_the_kring_shows_how_many_seats_are_taken(taken, mine):
    drawing = kring(30, taken, mine)
    filled = drawing.count("seat-taken") + drawing.count("seat-mine")
    assert filled == min(taken, 30)
    assert drawing.count("seat-mine") == (1 if mine and taken else 0)
    assert "style=" not in drawing


def test_the_network_has_a_dot_for_each_swv():
    drawing = network_kring(150, 12)
    assert drawing.count("dot-on") == 12
    assert drawing.count("<circle") == 150


def test_a_line_has_gaps_where_nothing_was_reported():
    points = [("a", Decimal(1)), ("b", Decimal(2)), ("c", None), ("d", Decimal(4)), ("e", Decimal(0))]
    drawing = line_chart(points, Decimal(5), "<Title>")
    assert drawing.count("<polyline") == 2
    assert drawing.count("<circle") == 4
    assert "&lt;Title&gt;" in drawing
    assert "streefwaarde 5" in drawing


def test_a_chart_without_figures_is_nothing():
    assert line_chart([("a", None)]) == ""
    assert budget_bar(None, None) == ""


def test_a_single_figure_and_a_flat_line_are_drawn():
    assert "<circle" in line_chart([("a", Decimal(0))], Decimal(0))
    assert "<polyline" in line_chart([("a", Decimal(3)), ("b", Decimal(3))])


def test_more_realised_than_budgeted_fills_the_bar():
    assert 'width="400.0"' in budget_bar(Decimal(10), Decimal(25))


def test_an_unknown_icon_is_an_error_of_the_template():
    assert "<svg" in icon("euro")
    for name in ("nothing", "../../secret", "x.svg"):
        with pytest.raises(TemplateSyntaxError):
            icon(name)


def test_the_style_sheet_is_small_and_complete():
    text = stylesheet.join()
    assert text.index("@layer reset") < text.index("@layer utilities")
    assert len(brotli.compress(text.encode())) < 10_000
    assert "url(http" not in text
    assert "../fonts" not in text


@pytest.mark.parametrize(
    ("current", "shown"), [(1, [1, 2, 0, 9]), (5, [1, 0, 4, 5, 6, 0, 9]), (9, [1, 0, 8, 9])]
)
def test_page_numbers_show_where_one_is(current, shown):
    class Pages:
        num_pages = 9

    assert page_numbers(Pages(), current) == shown


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
def test_error_pages_need_nothing_but_their_number(status):
    text = render_to_string(f"{status}.html", {"error_number": "ab12cd34"})
    assert "ab12cd34" in text
    assert "<h1>" in text


def test_error_pages_through_the_handlers_carry_no_trace(client, db, monkeypatch, settings):
    from lnpo import health

    client.raise_request_exception = False

    def fail(request):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(health, "oldest_waiting", lambda: 1 / 0)
    answer = client.get("/readyz")
    assert answer.status_code == 500
    assert b"division" not in answer.content
    assert b"Foutnummer" in answer.content
    assert client.get("/nope/\x00").status_code in (400, 404)


def test_texts_of_people_are_escaped():
    payload = "<script>alert(1)</script>"
    text = Template('{% include "ui/components/badge.html" with text=payload only %}').render(
        Context({"payload": payload})
    )
    assert payload not in text
