"""How an indicator and a goal stand, by a rule that anybody can check.

The rule for one indicator, on the day of its last measurement: the expected figure lies on the straight
line from the baseline (on its day) to the target (on its day). What counts is which part of the way to the
expected figure has been covered: all of it is on course, at least half asks for attention, less is stuck. A
target that has been reached is reached. Without a measurement, or without a target, the light is grey: not
reported. The light of a goal is that of its least advanced indicator that has a light; measurable and
noticeable weigh the same. People may set another light for a goal, with a reason and until a date.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from templates.library.enums import Direction
from templates.workspace.enums import Light
from templates.workspace.models import Goal, Indicator, Measurement

HALF = Decimal("0.5")
ONE = Decimal(1)
ORDER = [Light.STUCK, Light.ATTENTION, Light.ON_COURSE, Light.REACHED]


@dataclass(frozen=True)
class Standing:
    """Where an indicator stands."""

    light: Light
    latest: Measurement | None
    previous: Measurement | None
    expected: Decimal | None = None


def indicator_standing(indicator: Indicator, measurements: Sequence[Measurement]) -> Standing:
    """The standing of ``indicator`` from the measurements of one organisation, oldest first."""
    reported = [measurement for measurement in measurements if measurement.figure is not None]
    if not reported:
        return Standing(Light.UNKNOWN, None, None)
    latest = reported[-1]
    previous = reported[-2] if len(reported) > 1 else None
    figure = latest.figure
    assert figure is not None
    direction = Direction(indicator.direction)
    if direction is Direction.BAND:
        return Standing(_band(indicator, figure), latest, previous)
    if indicator.target is None:
        return Standing(Light.UNKNOWN, latest, previous)
    if _reached(direction, figure, indicator.target):
        return Standing(Light.REACHED, latest, previous, indicator.target)
    first = reported[0]
    baseline, since = indicator.baseline, indicator.baseline_on or first.period_end
    if baseline is None:
        baseline, since = first.figure, first.period_end
    assert baseline is not None
    expected = expected_on(baseline, since, indicator.target, indicator.target_on, latest.period_end)
    return Standing(_light_of(baseline, expected, indicator.target, figure), latest, previous, expected)


def expected_on(baseline: Decimal, since: date, target: Decimal, until: date | None, on: date) -> Decimal:
    """The figure on the line from ``baseline`` to ``target``; without an end day the target itself."""
    if until is None or until <= since or on >= until:
        return target
    passed = Decimal(max(0, (on - since).days)) / Decimal((until - since).days)
    return baseline + (target - baseline) * passed


def _reached(direction: Direction, figure: Decimal, target: Decimal) -> bool:
    if direction is Direction.UP:
        return figure >= target
    if direction is Direction.DOWN:
        return figure <= target
    return figure == target


def _light_of(baseline: Decimal, expected: Decimal, target: Decimal, figure: Decimal) -> Light:
    """Which part of the expected way was covered."""
    way = expected - baseline
    if way == 0:
        # At the start of the line: nothing is expected yet, but going back asks for attention.
        moved = (figure - baseline) * (target - baseline)
        return Light.ON_COURSE if moved >= 0 and target != baseline else Light.ATTENTION
    covered = (figure - baseline) / way
    if covered >= ONE:
        return Light.ON_COURSE
    return Light.ATTENTION if covered >= HALF else Light.STUCK


def _band(indicator: Indicator, figure: Decimal) -> Light:
    low, high = indicator.target_low, indicator.target_high
    if low is None and high is None:
        return Light.UNKNOWN
    inside = (low is None or figure >= low) and (high is None or figure <= high)
    return Light.ON_COURSE if inside else Light.ATTENTION


def goal_light(goal: Goal, lights: Iterable[Light], on: date) -> Light:
    """The light of ``goal``: what people set while that holds, else that of its least advanced indicator."""
    if goal.light_override and (goal.light_until is None or goal.light_until >= on):
        return Light(goal.light_override)
    known = [light for light in lights if light is not Light.UNKNOWN]
    return min(known, key=ORDER.index) if known else Light.UNKNOWN
