"""Small charts as SVG, drawn on the server; beside each stands a table with the same figures."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lnpo.ui.dutch_format import number

WIDTH, HEIGHT = 300, 132
LEFT, RIGHT, TOP, BOTTOM = 10, 246, 26, 100

Point = tuple[str, Decimal | None]


def line_chart(points: Sequence[Point], target: Decimal | None = None, title: str = "") -> SafeString:
    """A line over periods with a dashed target; a period without a figure is a gap in the line.

    Args:
        points: per period its label and its figure, oldest first.
        target: drawn as a dashed line when there is one.
        title: what the drawing says to somebody who cannot see it.

    """
    figures = [value for _label, value in points if value is not None]
    if not figures:
        return SafeString("")
    low, high = _bounds([*figures, *([target] if target is not None else [])])

    def place(index: int, value: Decimal) -> tuple[float, float]:
        x = LEFT + (RIGHT - LEFT) * (index / (len(points) - 1) if len(points) > 1 else 0.5)
        return x, BOTTOM - (BOTTOM - TOP) * float((value - low) / (high - low))

    placed = [None if value is None else place(index, value) for index, (_label, value) in enumerate(points)]
    last = max(index for index, spot in enumerate(placed) if spot is not None)
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img"><title>{}</title>{}{}{}{}{}</svg>',
        WIDTH,
        HEIGHT,
        title,
        _target_line(target, low, high),
        _lines(placed),
        _dots(placed, last),
        _value_label(placed[last], points[last][1]),
        _period_labels(points),
    )


def _bounds(values: list[Decimal]) -> tuple[Decimal, Decimal]:
    low, high = min(values), max(values)
    room = (high - low) / 8 or (abs(high) / 8 or Decimal(1))
    return low - room, high + room


def _target_line(target: Decimal | None, low: Decimal, high: Decimal) -> SafeString:
    if target is None:
        return SafeString("")
    y = BOTTOM - (BOTTOM - TOP) * float((target - low) / (high - low))
    return format_html(
        '<line class="chart-target" x1="{}" y1="{}" x2="{}" y2="{}"/><text x="{}" y="{}">{}</text>',
        LEFT,
        f"{y:.1f}",
        RIGHT,
        f"{y:.1f}",
        LEFT,
        f"{max(12.0, y - 6):.1f}",
        _("target %(value)s") % {"value": number(target)},
    )


def _lines(placed: list[tuple[float, float] | None]) -> SafeString:
    runs: list[list[tuple[float, float]]] = [[]]
    for spot in placed:
        if spot is None:
            runs.append([])
        else:
            runs[-1].append(spot)
    return format_html_join(
        "",
        '<polyline class="chart-line" points="{}"/>',
        ((" ".join(f"{x:.1f},{y:.1f}" for x, y in run),) for run in runs if len(run) > 1),
    )


def _dots(placed: list[tuple[float, float] | None], last: int) -> SafeString:
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


def _value_label(spot: tuple[float, float] | None, value: Decimal | None) -> SafeString:
    if spot is None:
        return SafeString("")
    return format_html(
        '<text class="strong" x="{}" y="{}">{}</text>',
        f"{spot[0] + 11:.1f}",
        f"{spot[1] + 4:.1f}",
        number(value),
    )


def _period_labels(points: Sequence[Point]) -> SafeString:
    first = format_html('<text x="{}" y="{}">{}</text>', LEFT, HEIGHT - 10, points[0][0])
    if len(points) < 2:
        return first
    last = format_html(
        '<text x="{}" y="{}" text-anchor="end">{}</text>', RIGHT + 8, HEIGHT - 10, points[-1][0]
    )
    return first + last


def budget_bar(budgeted: Decimal | None, realised: Decimal | None, title: str = "") -> SafeString:
    """Which part of a budget was realised; nothing without a budget."""
    if not budgeted:
        return SafeString("")
    share = max(0.0, min(1.0, float((realised or Decimal(0)) / budgeted)))
    return format_html(
        '<svg class="bar" viewBox="0 0 400 20" preserveAspectRatio="none" role="img"><title>{}</title>'
        '<rect class="bar-track" width="400" height="20" rx="4"/>'
        '<rect class="bar-done" width="{}" height="20" rx="4"/></svg>',
        title,
        f"{400 * share:.1f}",
    )
