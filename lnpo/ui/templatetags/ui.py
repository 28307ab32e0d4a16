"""The tags and filters of all templates; they are built in and need no ``load``."""

from collections.abc import Mapping
from typing import Any

from django import template

from lnpo.ui import dutch_format
from lnpo.ui.charts import budget_bar, distribution_bar, line_chart
from lnpo.ui.devices import browser_name
from lnpo.ui.icons import icon
from lnpo.ui.kring import kring, network_kring
from lnpo.ui.pagination import page_numbers

register = template.Library()


def lookup(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value of ``key`` in ``mapping``; ``None`` when it has none."""
    return mapping.get(key)


def in_list(value: Any, values: Any) -> bool:
    """Whether ``value`` is one of ``values``."""
    return value in values


def choice_label(bound_block: Any) -> str:
    """The label of what was chosen in a ChoiceBlock, instead of its key."""
    choices = dict(bound_block.block.field.choices)
    return str(choices.get(bound_block.value, bound_block.value))


register.simple_tag(icon, name="icon")
register.simple_tag(line_chart, name="line_chart")
register.simple_tag(budget_bar, name="budget_bar")
register.simple_tag(distribution_bar, name="distribution_bar")
register.simple_tag(kring, name="kring")
register.simple_tag(network_kring, name="network_kring")
for _name in (
    "euro",
    "number",
    "percent",
    "school_year",
    "date_long",
    "date_short",
    "date_weekday",
    "with_unit",
    "day_month",
    "month_year",
    "initials",
):
    register.filter(_name, getattr(dutch_format, _name))
register.filter("browser_name", browser_name)
register.filter("page_numbers", page_numbers)
register.filter("lookup", lookup)
register.filter("in_list", in_list)
register.filter("choice_label", choice_label)
register.simple_tag(dutch_format.time_range, name="time_range")
