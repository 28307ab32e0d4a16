"""Enter what was measured or noticed."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.audit.trail import changed_fields, record
from lnpo.organisations.models import Organisation
from templates.library.enums import Unit
from templates.workspace.models import Indicator, Measurement
from templates.workspace.permissions import may_measure

FIELDS = (
    "value",
    "numerator",
    "denominator",
    "noticed",
    "story",
    "observer",
    "observed_on",
    "note",
    "breaks_series",
)
TEXTS = ("story", "observer", "note")


def measure(
    user: User, indicator: Indicator, organisation: Organisation, period: tuple[date, date], **values: Any
) -> Measurement:
    """Enter or correct the measurement of ``indicator`` by ``organisation`` over ``period`` (inclusive).

    A percentage may come as numerator and denominator; the value is then computed, exact to four decimals.
    The same period again is a correction: old and new stand in the audit trail.

    Raises:
        PermissionDenied: ``user`` may not measure this for ``organisation``.
        ValidationError: there is nothing in it, or the figures do not fit together.

    """
    if not may_measure(user, indicator, organisation):
        raise PermissionDenied
    values = {name: values.get(name) for name in FIELDS}
    values["breaks_series"] = bool(values["breaks_series"])
    for name in TEXTS:
        values[name] = values[name] or ""
    _compute_percentage(indicator, values)
    if values["value"] is None and values["noticed"] is None:
        raise ValidationError(
            _("Fill in what was measured or noticed. Nought is a figure too."), code="empty"
        )
    with transaction.atomic():
        # Locks the indicator, so that a double click is one measurement and one correction.
        Indicator.objects.unscoped("lock").filter(pk=indicator.pk).update(sort_order=indicator.sort_order)
        measurement = indicator.measurements.filter(
            organisation=organisation, period_start=period[0], period_end=period[1]
        ).first()
        action = "measurement.corrected" if measurement else "measurement.entered"
        measurement = measurement or Measurement(
            indicator=indicator, organisation=organisation, period_start=period[0], period_end=period[1]
        )
        changes = changed_fields(measurement, values)
        if action == "measurement.corrected" and not changes:
            return measurement
        for name, value in values.items():
            setattr(measurement, name, value)
        measurement.entered_by = user
        measurement.full_clean()
        measurement.save()
        record(
            user,
            action,
            measurement,
            changes={**changes, "indicator": (None, indicator.name), "goal": (None, str(indicator.goal_id))},
            organisation=indicator.goal.plan.organisation,
        )
    return measurement


def _compute_percentage(indicator: Indicator, values: dict[str, Any]) -> None:
    numerator, denominator = values["numerator"], values["denominator"]
    if (numerator is None) != (denominator is None):
        raise ValidationError(_("Fill in both how many and out of how many, or neither."), code="half")
    if denominator is not None:
        if denominator <= 0:
            raise ValidationError({"denominator": _("Out of how many must be more than 0.")})
        factor = {Unit.PERCENT: 100, Unit.PER_1000: 1000}.get(Unit(indicator.unit), 1)
        values["value"] = round(numerator * factor / denominator, 4)
