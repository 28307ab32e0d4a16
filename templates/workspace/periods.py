"""School years and measuring periods."""

from datetime import date, timedelta

from templates.library.enums import Frequency


def school_year_of(day: date) -> int:
    """The calendar year in which the school year of ``day`` began (1 August)."""
    return day.year if day.month >= 8 else day.year - 1


def last_period(frequency: str, on: date) -> tuple[date, date]:
    """The last whole period before ``on``: what is now due to be measured."""
    if frequency == Frequency.MONTH:
        end = on.replace(day=1) - timedelta(days=1)
        return end.replace(day=1), end
    if frequency == Frequency.QUARTER:
        start_of_quarter = date(on.year, 3 * ((on.month - 1) // 3) + 1, 1)
        end = start_of_quarter - timedelta(days=1)
        return date(end.year, end.month - 2, 1), end
    if frequency == Frequency.HALF_YEAR:
        year = school_year_of(on)
        if on >= date(year + 1, 2, 1):
            return date(year, 8, 1), date(year + 1, 1, 31)
        return date(year, 2, 1), date(year, 7, 31)
    year = school_year_of(on) - 1
    return date(year, 8, 1), date(year + 1, 7, 31)
