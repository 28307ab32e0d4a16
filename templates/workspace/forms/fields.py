"""Figures as Dutch people type them."""

import re
import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lnpo.ui.dutch_format import number

_DUTCH = re.compile(
    r"(?P<minus>-?)€?(?P<late_minus>-?)(?P<whole>\d{1,3}(\.\d{3})+|\d+)(,(?P<decimals>\d+))?%?", re.ASCII
)


def parse_dutch(text: str) -> Decimal:
    """``1.234,56`` as a ``Decimal``. Points group thousands, a comma stands before decimals.

    Raises:
        ValueError: it is no figure in Dutch writing; ``12,345.67`` is not.

    """
    # Spreadsheets write a minus of their own (U+2212) and spaces that do not break.
    read = _DUTCH.fullmatch(re.sub(r"\s", "", text).replace("\u2212", "-"))
    if read is None or (read["minus"] and read["late_minus"]):
        raise ValueError(text)
    figure = Decimal(f"{read['whole'].replace('.', '')}.{read['decimals'] or '0'}")
    return -figure if read["minus"] or read["late_minus"] else figure


class DutchDecimalField(forms.Field):
    """A figure in Dutch writing; empty stays ``None``, 0 is 0."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Write a figure like 1.234,5. Use a comma for decimals."),
        "places": _("Use at most %(places)d decimals."),
        "digits": _("This figure is too large."),
    }

    def __init__(self, *, decimal_places: int = 4, max_digits: int = 14, **kwargs: Any) -> None:
        self.decimal_places = decimal_places
        self.max_digits = max_digits
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        """The figure, or ``None`` when nothing was typed."""
        if value in (None, ""):
            return None
        if isinstance(value, Decimal):
            return value
        try:
            figure = parse_dutch(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        exponent = figure.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.decimal_places:
            raise ValidationError(
                self.error_messages["places"], code="places", params={"places": self.decimal_places}
            )
        if abs(figure) >= Decimal(10) ** (self.max_digits - self.decimal_places):
            raise ValidationError(self.error_messages["digits"], code="digits")
        return figure

    def prepare_value(self, value: Any) -> Any:
        """What stands in the box: a stored figure in Dutch writing, what was typed as it was typed."""
        return number(value) if isinstance(value, Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare figures, not their writing."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class MoneyField(DutchDecimalField):
    """An amount in euros, with at most two decimals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(decimal_places=2, max_digits=12, **kwargs)


class OnceField(forms.UUIDField):
    """The id that what is added will get, so that the same form sent twice adds it once."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)


class DateInput(forms.DateInput):
    """The date picker of the browser; without one it is a box for 2026-12-31."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")
