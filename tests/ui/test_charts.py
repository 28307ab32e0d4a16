"""Charts say what the figures say: gaps, breaks, labels that stay inside, bars that never lie."""

import re
from decimal import Decimal

import pytest

from lnpo.ui.charts import HEIGHT, LETTER, WIDTH, budget_bar, distribution_bar, line_chart


def texts(drawing):
    """Every label with its place and side."""
    found = re.findall(r'<text(?: class="strong")? x="([\d.]+)" y="([\d.]+)"([^>]*)>([^<]*)<', drawing)
    return [(float(x), float(y), "end" in anchor, label) for x, y, anchor, label in found]


@pytest.mark.parametrize("value", ["0", "-3", "7.25", "999999999", "1234567.891"])
@pytest.mark.parametrize("unit", ["", "procent", "euro"])
@pytest.mark.parametrize("rising", [True, False])
def test_labels_stay_inside_the_drawing(value, unit, rising):
    figures = [Decimal(0), Decimal(value)] if rising else [Decimal(value), Decimal(0)]
    points = [("07-2025", figures[0]), ("07-2026", figures[1])]
    for x, y, at_the_end, label in texts(line_chart(points, Decimal(value), unit=unit)):
        width = len(label) * LETTER
        assert (x - width if at_the_end else x) >= 0
        assert (x if at_the_end else x + width) <= WIDTH
        assert 8 <= y <= HEIGHT


def test_a_figure_is_written_with_its_unit_and_one_decimal_at_most():
    drawing = line_chart([("a", Decimal(1)), ("b", Decimal("69.2308"))], unit="procent")
    assert ">69,2\u00a0%<" in drawing
    assert "69,2308" not in drawing


def test_a_line_stops_where_the_counting_changed():
    points = [("a", Decimal(1)), ("b", Decimal(2)), ("c", Decimal(9)), ("d", Decimal(8))]
    drawing = line_chart(points, breaks={2})
    assert drawing.count("<polyline") == 2
    assert drawing.count("chart-break") == 1
    assert line_chart(points, breaks={0}).count("chart-break") == 0


def test_a_single_measurement_has_its_period_under_it():
    ((x, _y, _end, label),) = [t for t in texts(line_chart([("07-2026", Decimal(3))])) if t[3] == "07-2026"]
    assert label == "07-2026"
    assert abs(x - 128) < 2


def test_a_bar_shows_what_was_granted_and_where_the_budget_ends():
    within = budget_bar(Decimal(200), Decimal(50), "title", Decimal(100))
    assert 'class="bar-granted" width="200.0"' in within
    assert 'class="bar-done" width="100.0"' in within
    assert "bar-end" not in within
    beyond = budget_bar(Decimal(200), Decimal(400))
    assert 'class="bar-end" x="200.0"' in beyond


def test_nothing_granted_is_an_empty_part_and_no_budget_is_no_bar():
    assert 'class="bar-granted" width="0.0"' in budget_bar(Decimal(1), Decimal(0))
    assert budget_bar(Decimal(0), Decimal(5)) == ""


def test_a_distribution_is_parts_of_a_whole_and_never_an_average():
    drawing = distribution_bar([("Nog niet", 1), ("Hier en daar", 0), ("Overal", 3)], "Merkbaar")
    assert [float(w) for w in re.findall(r'class="bar-\d" x="[\d.]+" width="([\d.]+)"', drawing)] == [
        100,
        300,
    ]
    assert "Overal: 3" in drawing
    assert "Hier en daar" not in drawing
    assert distribution_bar([("Nog niet", 0)]) == ""
