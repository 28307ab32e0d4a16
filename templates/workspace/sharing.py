"""With whom a goal is shared, next to those who are responsible for something of it."""

from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.models import Organisation
from templates.library.enums import Unit
from templates.workspace.models import Goal, Indicator, Measurement, Share
from templates.workspace.permissions import may_manage

FEW = Decimal(5)
COUNTS = (Unit.NUMBER,)


def share_goal(user: User, goal: Goal, organisations: Iterable[Organisation], observers: bool) -> None:
    """Share ``goal`` with exactly these boards and schools, and with the observers of the SWV or not.

    Raises:
        PermissionDenied: ``user`` does not manage the workspace.

    """
    if not may_manage(user, goal.plan.organisation):
        raise PermissionDenied
    wanted = {organisation.pk for organisation in organisations} | ({None} if observers else set())
    with transaction.atomic():
        Goal.objects.unscoped("hold the goal").filter(pk=goal.pk).update(sort_order=goal.sort_order)
        shares = Share.objects.unscoped("permission was checked above").filter(goal=goal)
        before = set(shares.values_list("organisation", flat=True))
        if before == wanted:
            return
        for share in shares:
            if share.organisation_id not in wanted:
                share.delete()
        for key in wanted - before:
            Share(goal=goal, organisation_id=key).save()
        record(
            user,
            "goal.shared",
            goal,
            changes={"shared_with": (_as_list(before), _as_list(wanted))},
            organisation=goal.plan.organisation,
        )


def _as_list(keys: Iterable[object]) -> list[str]:
    return sorted(str(key) if key else "observers" for key in keys)


def hide_small(indicator: Indicator, row: Measurement) -> Measurement:
    """Take the figures out of ``row`` when fewer than five pupils stand behind them; for others than the SWV.

    Nought stays: nobody stands behind it.
    """
    counted = [row.numerator, row.denominator]
    if row.numerator is not None and row.denominator is not None:
        counted.append(row.denominator - row.numerator)
    if indicator.unit in COUNTS:
        counted.append(row.value)
    if any(figure is not None and 0 < figure < FEW for figure in counted):
        row.value = row.numerator = row.denominator = None
    return row
