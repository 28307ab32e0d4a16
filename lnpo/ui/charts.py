"""Small charts as SVG, drawn on the server; beside each stands a table with the same figures."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lnpo.ui.dutch_format import euro, number, percent, shown

WIDTH, HEIGHT = 300, 132
LEFT, RIGHT, TOP, BOTTOM = 10, 246, 26, 100

LETTER = 6.6
"""Width of one letter of a label, about; a label that would leave the drawing moves to the left."""

Point = tuple[str, Decimal | None]
Spot = tuple[float, float]


def line_chart(
    points: Sequence[Point],
    target: Decimal | None = None,
    title: str = "",
    unit: str = "",
    breaks: Collection[int] = (),
) -> SafeString:
    """A line over periods with a dashed target; a period without a figure is a gap in the line.

    Args:
        points: per period its label and its figure, oldest first.
        target: drawn as a dashed line when there is one.
        title: what the drawing says to somebody who cannot see it.
        unit: of the figures; percent and euro are written beside the last one.
        breaks: which periods (0 is the first) were counted in another way than the one before. There the
            line stops and starts again, so that it never shows a rise that is only another way of counting.

    """
    figures = [value for _label, value in points if value is not None]
    if not figures:
        return SafeString("")
    low, high = _bounds([*figures, *([target] if target is not None else [])])
    placed = [
        None if value is None else (_across(index, len(points)), _up(value, low, high))
        for index, (_label, value) in enumerate(points)
    ]
    last = max(index for index, spot in enumerate(placed) if spot is not None)
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img"><title>{}</title>{}{}{}{}{}{}</svg>',
        WIDTH,
        HEIGHT,
        title,
        _target_line(target, low, high, unit),
        _break_lines(breaks, len(points)),
        _lines(placed, breaks),
        _dots(placed, last),
        _value_label(placed[last], _label(points[last][1], unit)),
        _period_labels(points),
    )


def _across(index: int, periods: int) -> float:
    return LEFT + (RIGHT - LEFT) * (index / (periods - 1) if periods > 1 else 0.5)


def _up(value: Decimal, low: Decimal, high: Decimal) -> float:
    return BOTTOM - (BOTTOM - TOP) * float((value - low) / (high - low))


def _label(value: Decimal | None, unit: str) -> str:
    """A figure as short as it may be; what it counts stands in the heading."""
    if value is None:
        return ""
    return {"procent": percent, "euro": euro}.get(unit, number)(shown(value))


def _bounds(values: list[Decimal]) -> tuple[Decimal, Decimal]:
    low, high = min(values), max(values)
    room = (high - low) / 8 or (abs(high) / 8 or Decimal(1))
    return low - room, high + room


def _target_line(target: Decimal | None, low: Decimal, high: Decimal, unit: str) -> SafeString:
    if target is None:
        return SafeString("")
    y = _up(target, low, high)
    return format_html(
        '<line class="chart-target" x1="{}" y1="{}" x2="{}" y2="{}"/><text x="{}" y="{}">{}</text>',
        LEFT,
        f"{y:.1f}",
        RIGHT,
        f"{y:.1f}",
        LEFT,
        f"{max(12.0, y - 6):.1f}",
        _("target %(value)s") % {"value": _label(target, unit)},
    )


def _break_lines(breaks: Collection[int], periods: int) -> SafeString:
    """A dotted line halfway to each period that was counted in another way."""
    halfway = [(_across(index - 1, periods) + _across(index, periods)) / 2 for index in breaks if index > 0]
    return format_html_join(
        "",
        '<line class="chart-break" x1="{}" y1="{}" x2="{}" y2="{}"/>',
        ((f"{x:.1f}", TOP - 8, f"{x:.1f}", BOTTOM + 8) for x in halfway),
    )


def _lines(placed: list[Spot | None], breaks: Collection[int]) -> SafeString:
    runs: list[list[Spot]] = [[]]
    for index, spot in enumerate(placed):
        if spot is None or index in breaks:
            runs.append([])
        if spot is not None:
            runs[-1].append(spot)
    return format_html_join(
        "",
        '<polyline class="chart-line" points="{}"/>',
        ((" ".join(f"{x:.1f},{y:.1f}" for x, y in run),) for run in runs if len(run) > 1),
    )


def _dots(placed: list[Spot | None], last: int) -> SafeString:
    return format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="{}"/>',
        (
            (
                "chart-now" if index == last else "chart-dot",
                f"{spot[0]:.1f}",
                f"{spot[1]:.1f}",
                6 if index == last else 3,
            )
            for index, spot in enumerate(placed)
            if spot is not None
        ),
    )


def _value_label(spot: Spot | None, label: str) -> SafeString:
    """The last figure: right of its dot, or above it where there is no room."""
    if spot is None:
        return SafeString("")
    x, y = spot
    if x + 11 + len(label) * LETTER <= WIDTH:
        return format_html(
            '<text class="strong" x="{}" y="{}">{}</text>', f"{x + 11:.1f}", f"{y + 4:.1f}", label
        )
    return format_html(
        '<text class="strong" x="{}" y="{}" text-anchor="end">{}</text>',
        WIDTH - 2,
        f"{y - 11 if y - 11 > 12 else y + 20:.1f}",
        label,
    )


def _period_labels(points: Sequence[Point]) -> SafeString:
    ends = [(LEFT, "start", points[0][0]), (RIGHT + 8, "end", points[-1][0])]
    if len(points) == 1:
        ends = [(round(_across(0, 1)), "middle", points[0][0])]
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}">{}</text>',
        ((x, HEIGHT - 10, anchor, label) for x, anchor, label in ends),
    )


def budget_bar(
    budgeted: Decimal | None, realised: Decimal | None, title: str = "", granted: Decimal | None = None
) -> SafeString:
    """Which part of a budget was granted and realised; nothing without a budget.

    More than was budgeted fills the bar, and a line shows where the budget ended.
    """
    if not budgeted or budgeted < 0:
        return SafeString("")
    whole = max(budgeted, realised or Decimal(0), granted or Decimal(0))
    end = SafeString("")
    if whole > budgeted:
        end = format_html('<rect class="bar-end" x="{}" width="4" height="20"/>', _part(budgeted, whole))
    return format_html(
        '<svg class="bar" viewBox="0 0 400 20" preserveAspectRatio="none" role="img"><title>{}</title>'
        '<rect class="bar-track" width="400" height="20" rx="4"/>'
        '<rect class="bar-granted" width="{}" height="20" rx="4"/>'
        '<rect class="bar-done" width="{}" height="20" rx="4"/>{}</svg>',
        title,
        _part(granted, whole),
        _part(realised, whole),
        end,
    )


def distribution_bar(levels: Sequence[tuple[str, int]], title: str = "") -> SafeString:
    """How many stand at each level, lowest first; never an average, and nothing when there is nobody."""
    whole = Decimal(sum(count for _level, count in levels))
    if not whole:
        return SafeString("")
    parts, start = [], Decimal(0)
    for index, (level, count) in enumerate(levels):
        if count:
            parts.append((min(index, 4), _part(start, whole), _part(Decimal(count), whole), level, count))
        start += count
    return format_html(
        '<svg class="bar" viewBox="0 0 400 20" preserveAspectRatio="none" role="img">'
        "<title>{}</title>{}</svg>",
        title,
        format_html_join(
            "",
            '<rect class="bar-{}" x="{}" width="{}" height="20"><title>{}: {}</title></rect>',
            parts,
        ),
    )


def _part(value: Decimal | None, whole: Decimal) -> str:
    """How much of the 400 units of a bar ``value`` takes."""
    share = max(Decimal(0), min(Decimal(1), (value or Decimal(0)) / whole))
    return f"{share * 400:.1f}"
