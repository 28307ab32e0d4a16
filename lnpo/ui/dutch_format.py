"""Figures and dates as Dutch readers write them. Nothing stays nothing; nought is a figure."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import formats, timezone
from django.utils.translation import gettext as _

HARD_SPACE = "\u00a0"


def number(value: Decimal | int | None, decimals: int | None = None) -> str:
    """``1234.50`` as ``1.234,5``; without ``decimals`` only those that matter are shown."""
    if value is None or value == "":
        return ""
    amount = Decimal(value)
    if decimals is None:
        amount = amount.normalize()
        exponent = amount.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return formats.number_format(amount, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def euro(value: Decimal | int | None, decimals: int = 0) -> str:
    """An amount with the euro sign in front: ``€ 1.234.567``; cents only when asked for."""
    if value is None or value == "":
        return ""
    rounded = round(Decimal(value), decimals) if decimals else Decimal(value).quantize(Decimal(1))
    sign = "-" if rounded < 0 else ""
    return f"{sign}€{HARD_SPACE}{number(abs(rounded), decimals)}"


def percent(value: Decimal | int | None) -> str:
    """``71.5`` as ``71,5 %``."""
    return f"{number(value)}{HARD_SPACE}%" if value is not None and value != "" else ""


def with_unit(value: Decimal | int | None, unit: str) -> str:
    """A measured figure with its unit: ``71,5 %``, ``€ 1.200``, ``3 weken``, ``ja``."""
    if value is None or value == "":
        return ""
    if unit == "euro":
        return euro(value)
    if unit == "ja_nee":
        return _("yes") if value else _("no")
    if unit == "procent":
        return percent(shown(value))
    after = {"weken": _("weeks"), "dagen": _("days"), "per_1000_leerlingen": _("per 1,000 pupils")}.get(
        unit, ""
    )
    text = number(shown(value))
    return f"{text}{HARD_SPACE}{after}" if after else text


def shown(value: Decimal | int) -> Decimal:
    """A measured figure as people read it: one decimal at most; what is stored stays exact."""
    return Decimal(value).quantize(Decimal("0.1"))


def school_year(first_year: int | None) -> str:
    """The school year that starts on 1 August of ``first_year``: ``2026-2027``."""
    return f"{first_year}-{first_year + 1}" if isinstance(first_year, int) else ""


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def date_long(value: date | datetime | None) -> str:
    """``do 10 december 2026``."""
    return formats.date_format(_local(value), "D j F Y").lower() if value else ""


def date_weekday(value: date | datetime | None) -> str:
    """``do 10 december``."""
    return formats.date_format(_local(value), "D j F").lower() if value else ""


def date_short(value: date | datetime | None) -> str:
    """``10 dec 2026``."""
    return formats.date_format(_local(value), "j M Y").lower() if value else ""


def day_month(value: date | datetime | None) -> str:
    """``31 jul``."""
    return formats.date_format(_local(value), "j M").lower() if value else ""


def month_year(value: date | datetime | None) -> str:
    """``jul 2026``."""
    return formats.date_format(_local(value), "M Y").lower() if value else ""


def time_range(start: datetime | None, end: datetime | None) -> str:
    """``13.00–16.30 uur``."""
    if not start or not end:
        return ""
    return _("%(start)s–%(end)s h") % {
        "start": formats.date_format(_local(start), "H.i"),
        "end": formats.date_format(_local(end), "H.i"),
    }


def initials(name: str) -> str:
    """First letters of the first and last word of a name: ``AL``."""
    parts = [part for part in str(name).replace("@", " ").split() if part[:1].isalnum()]
    return "".join(part[0].upper() for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts))
