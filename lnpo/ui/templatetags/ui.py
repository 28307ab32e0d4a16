"""The tags and filters of all templates; they are built in and need no ``load``."""

from django import template

from lnpo.ui import dutch_format
from lnpo.ui.icons import icon
from lnpo.ui.kring import kring, network_kring

register = template.Library()

register.simple_tag(icon, name="icon")
register.simple_tag(kring, name="kring")
register.simple_tag(network_kring, name="network_kring")
for _name in ("euro", "number", "percent", "school_year", "date_long", "date_short", "initials"):
    register.filter(_name, getattr(dutch_format, _name))
register.simple_tag(dutch_format.time_range, name="time_range")
