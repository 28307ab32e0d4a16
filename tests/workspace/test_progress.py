"""The lights, case by case; anybody can check them with the rule on the page."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates.workspace.enums import Light
from templates.workspace.models import Goal, Indicator, Measurement
from templates.workspace.progress import expected_on, goal_light, indicator_standing

START, END = date(2025, 8, 1), date(2027, 8, 1)  # 730 days
HALFWAY = date(2026, 8, 1)  # day 365
UP, DOWN, STABLE, BAND = "omhoog", "omlaag", "gelijk", "binnen_bandbreedte"
ON_COURSE, ATTENTION, STUCK = Light.ON_COURSE, Light.ATTENTION, Light.STUCK
REACHED, UNKNOWN = Light.REACHED, Light.UNKNOWN


def decimal(figure) -> Decimal | None:
    return None if figure is None else Decimal(str(figure))


def make(direction=UP, baseline=0, target=100, low=None, high=None, **fields) -> Indicator:
    values = {"baseline_on": START, "target_on": END, **fields}
    return Indicator(
        direction=direction,
        baseline=decimal(baseline),
        target=decimal(target),
        target_low=decimal(low),
        target_high=decimal(high),
        **values,
    )


def measured(figure, on: date = HALFWAY, **fields) -> Measurement:
    return Measurement(value=decimal(figure), period_start=on, period_end=on, **fields)


# Direction, baseline, target, figure halfway; the line then stands in the middle.
HALFWAY_CASES = [
    (UP, 0, 100, 50, ON_COURSE),
    (UP, 0, 100, 75, ON_COURSE),
    (UP, 0, 100, 49.9999, ATTENTION),
    (UP, 0, 100, 25, ATTENTION),
    (UP, 0, 100, 24.9999, STUCK),
    (UP, 0, 100, 0, STUCK),
    (UP, 0, 100, -10, STUCK),
    (UP, 0, 100, 100, REACHED),
    (UP, 0, 100, 130, REACHED),
    (UP, -20, 20, 0, ON_COURSE),
    (UP, -20, 20, -10, ATTENTION),
    (DOWN, 40, 0, 20, ON_COURSE),
    (DOWN, 40, 0, 30, ATTENTION),
    (DOWN, 40, 0, 31, STUCK),
    (DOWN, 40, 0, 50, STUCK),
    (DOWN, 40, 0, 0, REACHED),
    (DOWN, 100, 50, 75, ON_COURSE),
    (DOWN, 100, 50, 49, REACHED),
    (STABLE, 10, 10, 10, REACHED),
    (STABLE, 10, 10, 11, ATTENTION),
    (STABLE, 10, 10, 9, ATTENTION),
    (UP, 10, 10, 10, REACHED),
    (UP, 10, 10, 9, ATTENTION),
    (DOWN, 10, 10, 11, ATTENTION),
    (UP, 0, 0, 0, REACHED),
    (DOWN, 5, 0, 2.5, ON_COURSE),
    (UP, 0, None, 50, UNKNOWN),
    (UP, None, 100, 50, ON_COURSE),
    (UP, None, 100, 100, REACHED),
]


@pytest.mark.parametrize(("direction", "baseline", "target", "figure", "light"), HALFWAY_CASES)
def test_the_light_follows_the_part_of_the_way_that_was_covered(direction, baseline, target, figure, light):
    assert indicator_standing(make(direction, baseline, target), [measured(figure)]).light is light


@pytest.mark.parametrize(
    ("low", "high", "figure", "light"),
    [
        (10, 20, 10, ON_COURSE),
        (10, 20, 20, ON_COURSE),
        (10, 20, 9.9999, ATTENTION),
        (10, 20, 20.0001, ATTENTION),
        (None, 20, -5, ON_COURSE),
        (10, None, 500, ON_COURSE),
        (0, 0, 0, ON_COURSE),
        (None, None, 5, UNKNOWN),
    ],
)
def test_a_band_holds_its_ends(low, high, figure, light):
    assert indicator_standing(make(BAND, None, None, low, high), [measured(figure)]).light is light


@pytest.mark.parametrize("direction", [UP, DOWN, STABLE, BAND])
def test_nothing_measured_is_grey(direction):
    for rows in ([], [measured(None)]):
        standing = indicator_standing(make(direction, 0, 100, 1, 2), rows)
        assert (standing.light, standing.latest) == (UNKNOWN, None)


@pytest.mark.parametrize(
    ("on", "figure", "light"),
    [
        (START, 0, ON_COURSE),
        (START, -1, ATTENTION),
        (START, 5, ON_COURSE),
        (date(2025, 7, 1), 0, ON_COURSE),
        (END, 99, ATTENTION),
        (END, 50, ATTENTION),
        (END, 49, STUCK),
        (date(2030, 1, 1), 99, ATTENTION),
        (date(2030, 1, 1), 100, REACHED),
    ],
)
def test_what_is_expected_grows_from_the_first_day_to_the_last(on, figure, light):
    assert indicator_standing(make(), [measured(figure, on)]).light is light


def test_without_an_end_day_the_target_itself_is_expected():
    standing = indicator_standing(make(target_on=None), [measured(60)])
    assert (standing.light, standing.expected) == (ATTENTION, 100)


def test_without_a_day_of_its_own_the_baseline_counts_from_the_first_measurement():
    rows = [measured(0, START), measured(None, date(2026, 1, 1)), measured(50, HALFWAY)]
    standing = indicator_standing(make(baseline_on=None), rows)
    assert (standing.light, standing.expected) == (ON_COURSE, 50)


def test_a_missing_period_is_skipped_and_the_day_of_the_last_figure_counts():
    rows = [measured(10, date(2025, 12, 1)), measured(50), measured(None, date(2027, 1, 1))]
    standing = indicator_standing(make(), rows)
    assert (standing.light, standing.latest, standing.previous) == (ON_COURSE, rows[1], rows[0])


def test_nought_is_a_figure():
    rows = [measured(0)]
    assert indicator_standing(make(), rows).latest is rows[0]


def test_what_is_noticed_follows_the_same_rule():
    indicator = make(baseline=1, target=4, kind="merkbaar", unit="schaal_1_4")
    rows = [Measurement(noticed=3, period_start=HALFWAY, period_end=HALFWAY)]
    assert indicator_standing(indicator, rows).light is ON_COURSE


def test_the_expected_figure_is_exact():
    assert expected_on(Decimal(0), START, Decimal(730), END, date(2025, 8, 2)) == 1


TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("lights", "expected"),
    [
        ([], UNKNOWN),
        ([UNKNOWN], UNKNOWN),
        ([UNKNOWN, ON_COURSE], ON_COURSE),
        ([UNKNOWN, STUCK], STUCK),
        ([ON_COURSE, ATTENTION], ATTENTION),
        ([REACHED, ON_COURSE], ON_COURSE),
        ([REACHED, REACHED, UNKNOWN], REACHED),
        ([STUCK, ATTENTION, REACHED], STUCK),
    ],
)
def test_a_goal_follows_its_least_advanced_indicator_and_grey_is_no_judgement(lights, expected):
    assert goal_light(Goal(), lights, TODAY) is expected


@pytest.mark.parametrize(
    ("until", "holds"),
    [(None, True), (TODAY, True), (date(2026, 3, 2), True), (date(2026, 2, 28), False)],
)
def test_what_people_set_holds_up_to_and_including_its_last_day(until, holds):
    goal = Goal(light_override=ON_COURSE, light_reason="We know more.", light_until=until)
    assert goal_light(goal, [STUCK], TODAY) is (ON_COURSE if holds else STUCK)


figures = st.decimals(min_value=-1000, max_value=1000, places=2)


@given(st.sampled_from([UP, DOWN]), figures, figures, figures, st.dates(START, END))
def test_a_better_figure_never_gives_a_worse_light(direction, baseline, target, figure, on):
    order = [STUCK, ATTENTION, ON_COURSE, REACHED]
    # A target on the wrong side of the baseline is a mistake in the plan, and is reached from the start.
    if (target > baseline) != (direction == UP):
        return
    step = 1 if direction == UP else -1
    indicator = make(direction, baseline, target)
    worse = indicator_standing(indicator, [measured(figure, on)]).light
    better = indicator_standing(indicator, [measured(figure + step, on)]).light
    assert order.index(better) >= order.index(worse)


@given(st.sampled_from([UP, DOWN, STABLE, BAND]), figures, figures, st.none() | figures)
def test_without_a_figure_the_light_is_never_anything_but_grey(direction, baseline, target, low):
    assert indicator_standing(make(direction, baseline, target, low), []).light is UNKNOWN
